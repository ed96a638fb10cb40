"""Fit the models by which incidents are read: logistic regressions and boosted trees.

Nothing but numpy and scipy, and the same numbers for the same examples.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from affiant.claims.learned.trees import Trees, tree_scores

_BINS = 48
_SHRUNK = 5.0
_LIGHT = 0.1


class Growth(NamedTuple):
    """How trees are grown: number, depth, rate, least weight of a leaf, share of columns, runs."""

    number: int
    depth: int
    rate: float
    leaf: float
    columns: float
    runs: int


def matrix_of(rows: Sequence[Sequence[int]], *, width: int) -> csr_matrix:
    """Return rows of column numbers as a matrix of ones."""
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([*rows, ()]).astype(np.int32)
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(rows), width))


def logistic(
    matrix: csr_matrix, *, truth: np.ndarray, penalty: float, rounds: int = 40, least: int = 2
) -> np.ndarray:
    """Return weights and, last, intercepts of one logistic regression a column of ``truth``."""
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    kept = np.flatnonzero(seen >= least)
    values = matrix.tocsc()[:, kept].tocsr().astype(np.float32)
    turned = values.T.tocsr()
    truth = truth.astype(np.float32)
    size, columns = len(kept), truth.shape[1]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.astype(np.float32).reshape(size + 1, columns)
        scores = values @ weights[:size] + weights[size]
        error = 1 / (1 + np.exp(-scores)) - truth
        slope = np.empty((size + 1, columns))
        slope[:size] = turned @ error + penalty * weights[:size]
        slope[size] = error.sum(0)
        cost = (np.logaddexp(0, scores) - truth * scores).sum(dtype=np.float64)
        return float(cost) + 0.5 * penalty * float((weights[:size] ** 2).sum()), slope.ravel()

    start = np.zeros((size + 1, columns))
    share = truth.mean(0)
    start[size] = np.log((share + 1e-4) / (1 - share + 1e-4))
    options = {"maxiter": rounds, "maxcor": 5}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    table = np.zeros((matrix.shape[1] + 1, columns), dtype=np.float32)
    best = found.x.reshape(size + 1, columns)
    table[kept], table[-1] = best[:size], best[size]
    return table


def boosted(values: np.ndarray, *, truth: np.ndarray, growth: Growth) -> Trees:
    """Return trees fitted one after the other to what is left to explain, over several runs."""
    edges = [
        np.unique(np.quantile(column, np.linspace(0, 1, _BINS + 1)[1:-1])) for column in values.T
    ]
    binned = np.stack(
        [np.searchsorted(cut, column) for cut, column in zip(edges, values.T, strict=True)], 1
    )
    share = float(truth.mean())
    base = np.array([np.log(share / (1 - share))], dtype=np.float32)
    grown = [
        tree
        for run in range(growth.runs)
        for tree in _run(binned, truth=truth, base=float(base[0]), growth=growth, seed=run)
    ]
    asked, over, worth = (np.array(part) for part in zip(*grown, strict=True))
    real = np.full(over.shape, np.inf, dtype=np.float32)
    for place in zip(*np.nonzero(asked >= 0), strict=True):
        cut = edges[asked[place]]
        real[place] = cut[over[place]] if over[place] < len(cut) else np.inf
    worth = (worth / growth.runs).astype(np.float32)
    return Trees(np.maximum(asked, 0).astype(np.int16), real, worth, base)


Tree = tuple[np.ndarray, np.ndarray, np.ndarray]


def _run(
    binned: np.ndarray, *, truth: np.ndarray, base: float, growth: Growth, seed: int
) -> list[Tree]:
    """Return one run of trees over the bins, each on a part of the rows and columns."""
    random = np.random.default_rng(seed)
    scores = np.full(len(binned), base)
    grown: list[Tree] = []
    width = binned.shape[1]
    for _ in range(growth.number):
        chance = 1 / (1 + np.exp(-scores))
        slopes = np.stack([chance - truth, chance * (1 - chance)])
        rows = np.flatnonzero(random.random(len(binned)) < 0.6)
        columns = np.sort(random.permutation(width)[: max(1, int(width * growth.columns))])
        tree = _tree(binned[rows], slopes=slopes[:, rows], columns=columns, growth=growth)
        grown.append(tree)
        trees = Trees(tree[0][None], tree[1][None], tree[2][None], np.zeros(1, np.float32))
        scores += tree_scores(binned, trees=trees)
    return grown


def _tree(binned: np.ndarray, *, slopes: np.ndarray, columns: np.ndarray, growth: Growth) -> Tree:
    """Return one tree: the column of each question (-1: none), its bin, and the leaves."""
    inner = (1 << growth.depth) - 1
    asked, over = np.full(inner, -1), np.full(inner, _BINS)
    node = np.zeros(len(binned), dtype=np.int64)
    wide = len(columns) * _BINS
    base = binned[:, columns] + np.arange(len(columns)) * _BINS
    for level in range(growth.depth):
        number = 1 << level
        flat = (node[:, None] * wide + base).ravel()
        first, second = (
            np.bincount(flat, np.repeat(slope, len(columns)), number * wide)
            .reshape(number, len(columns), _BINS)
            .cumsum(2)
            for slope in slopes
        )
        gain = _gain(first, second=second, leaf=growth.leaf).reshape(number, -1)
        best = gain.argmax(1)
        for one in np.flatnonzero(gain[np.arange(number), best] > 1e-3):
            asked[number - 1 + one] = columns[best[one] // _BINS]
            over[number - 1 + one] = best[one] % _BINS
        question = number - 1 + node
        values = binned[np.arange(len(binned)), np.maximum(asked[question], 0)]
        node = 2 * node + (values > over[question])
    leaves = 1 << growth.depth
    sums, weights = (np.bincount(node, slope, leaves) for slope in slopes)
    return asked, over, -growth.rate * sums / (weights + _SHRUNK)


def _gain(first: np.ndarray, *, second: np.ndarray, leaf: float) -> np.ndarray:
    """Return what each cut would gain; nothing where a side would be too light."""
    all_first, all_second = first[:, :, -1:], second[:, :, -1:]
    rest, left = all_second - second, all_first - first
    gain = first**2 / (second + _SHRUNK) + left**2 / (rest + _SHRUNK)
    gain = gain - all_first**2 / (all_second + _SHRUNK)
    gain[(second < leaf * _LIGHT) | (rest < leaf * _LIGHT)] = -1
    return gain
