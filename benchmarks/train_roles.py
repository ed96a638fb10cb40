"""Train the weights by which incidents are read from reports, and measure them.

Usage: python benchmarks/train_roles.py REPORTS.jsonl [--folds 5 --predicted OUT.jsonl]

The reports are those of MUC-4, one a line: ``docid``, ``doctext``, and ``templates`` in five
slots. Without ``--folds`` the weights are written into the package: same reports, same bytes.
With it nothing is written there: each block of reports is read by weights of the others.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass, replace
from math import log2
from pathlib import Path

import numpy as np
from muc import line_of
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from affiant.claims.learned.features import ROWS, report_features, row_of, rows_of
from affiant.claims.learned.incidents import Scored, decide, kind_values, rivals, staged
from affiant.claims.learned.reports import plain
from affiant.claims.learned.scoring import (
    Reading,
    kind_scores,
    mention_rows,
    odds,
    probabilities,
    read,
    report_scale,
    sifted,
    slot_scores,
)
from affiant.claims.learned.weights import KINDS, SIEVE_ROWS, SLOTS, Weights, pack, unpack

_FILE = Path(__file__).parents[1] / "src/affiant/claims/learned/weights.npz"
_INNER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A report with its key: kind to slot to plain forms of the mentions of all fillers."""

    docid: str
    reading: Reading
    keys: dict[str, dict[str, set[str]]]
    templates: int
    fillers: int

    def fills(self, key: str) -> list[bool]:
        """Tell for each slot whether a mention fills it in any incident."""
        return [any(key in slots[slot] for slots in self.keys.values()) for slot in SLOTS]

    def fillings(self) -> set[str]:
        """Return every mention that fills any slot."""
        return {key for slots in self.keys.values() for said in slots.values() for key in said}


def main() -> None:
    options = _options()
    lines = options.reports.read_text(encoding="utf-8").splitlines()
    examples = [_example(json.loads(line)) for line in lines]
    if not options.folds:
        _FILE.write_bytes(pack(fit(examples)))
        print(f"{_FILE.stat().st_size / 1e6:.2f} MB")
        return
    with options.predicted.open("w", encoding="utf-8") as out:
        for rest, block in _blocks(len(examples), number=options.folds):
            weights = unpack(pack(fit([examples[at] for at in rest])))
            for at in block:
                found = decide(_first_look(examples[at], weights=weights), weights=weights)
                out.write(line_of(examples[at].docid, found=found) + "\n")


def _example(line: dict) -> Example:
    keys: dict[str, dict[str, set[str]]] = {}
    for template in line["templates"]:
        slots = keys.setdefault(template["incident_type"], {slot: set() for slot in SLOTS})
        for slot in SLOTS:
            slots[slot].update(plain(m[0]) for entity in template[slot] for m in entity)
    return Example(
        docid=line["docid"],
        reading=read(line["doctext"]),
        keys=keys,
        templates=len(line["templates"]),
        fillers=sum(len(template[slot]) for template in line["templates"] for slot in SLOTS),
    )


def _blocks(size: int, *, number: int) -> list[tuple[list[int], list[int]]]:
    """Return for each block of neighbours the others and the block."""
    block_of = np.arange(size) * number // size
    return [
        (np.flatnonzero(block_of != one).tolist(), np.flatnonzero(block_of == one).tolist())
        for one in range(number)
    ]


def fit(examples: list[Example]) -> Weights:
    """Return the weights learned from examples.

    The second looks are trained on scores of first looks that had not seen the report.
    """
    blank = _blank(examples)
    blocks = _blocks(len(examples), number=_INNER)
    rows = [rows_of(report_features(one.reading.report, acts=one.reading.acts)) for one in examples]
    truth = np.array([[kind in one.keys for kind in KINDS] + [bool(one.keys)] for one in examples])
    kinds = np.zeros(truth.shape)
    for rest, block in blocks:
        table = _fit_reports([rows[at] for at in rest], truth=truth[rest])
        for at in block:
            kinds[at] = kind_scores(examples[at].reading, table=table)
    scored: dict[int, Scored] = {}
    cache: dict[tuple[int, str], list[int]] = {}
    for rest, block in blocks:
        part = _fit_mentions(examples, chosen=rest, kinds=kinds, weights=blank, cache=cache)
        for at in block:
            scored[at] = _looked(examples[at].reading, kinds=kinds[at], weights=part)
    everything = list(range(len(examples)))
    final = _fit_mentions(examples, chosen=everything, kinds=kinds, weights=blank, cache=cache)
    final = replace(final, report=_fit_reports(rows, truth=truth))
    return _fit_stages(examples, scored=[scored[at] for at in everything], weights=final)


def _blank(examples: list[Example]) -> Weights:
    """Return weights that know only how common each word is."""
    counted: Counter[int] = Counter()
    for one in examples:
        words = {word for sentence in one.reading.report.sentences for word in sentence}
        counted.update({row_of(word) % SIEVE_ROWS for word in words})
    common = np.zeros(SIEVE_ROWS, dtype=np.uint8)
    for row, number in counted.items():
        common[row] = min(int(log2(number + 1)), 8)
    nothing = np.zeros((1, 1), dtype=np.float32)
    return Weights(
        common=common,
        sieve=nothing,
        report=nothing,
        mention=nothing,
        kind_stage=nothing,
        slot_stage=nothing,
        bars=nothing,
    )


def _fit_reports(rows: list[list[int]], *, truth: np.ndarray) -> np.ndarray:
    scales = np.array([report_scale(row) for row in rows])
    return _logistic((diags(scales) @ _matrix(rows)).tocsr(), truth=truth, penalty=3.0)


def _fit_mentions(
    examples: list[Example],
    *,
    chosen: list[int],
    kinds: np.ndarray,
    weights: Weights,
    cache: dict[tuple[int, str], list[list[int]]],
) -> Weights:
    """Return the weights with a sieve and mention table learned from the chosen examples."""
    part = replace(weights, sieve=_fit_sieve([examples[at] for at in chosen]))
    rows, truth = [], []
    for at in chosen:
        for key in sifted(examples[at].reading, weights=part):
            found = cache.get((at, key))
            if found is None:
                found = mention_rows(
                    examples[at].reading, key=key, kinds=kinds[at], common=weights.common
                )
                cache[at, key] = found
            rows.append(found)
            truth.append(examples[at].fills(key))
    table = _logistic(_matrix(rows), truth=np.array(truth), penalty=6.0)
    return replace(part, mention=table)


def _fit_sieve(examples: list[Example]) -> np.ndarray:
    """Return how much each edge speaks for each slot, shrunk towards nothing."""
    seen = np.zeros(SIEVE_ROWS)
    right = np.zeros((SIEVE_ROWS, len(SLOTS)))
    total, number = np.ones(len(SLOTS)), 1
    for one in examples:
        if not one.keys:
            continue
        rows = one.reading.edge_rows
        np.add.at(seen, rows.ravel(), 1)
        number += len(rows)
        fills = {key: np.array(one.fills(key), dtype=float) for key in one.fillings()}
        for at, key in enumerate(one.reading.edge_keys):
            if key in fills:
                right[rows[at]] += fills[key]
                total += fills[key]
    base = total / number
    return np.log((right + 4 * base) / (seen[:, None] + 4) / base).astype(np.float32)


def _matrix(rows: list[list[int]]) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((c for row in rows for c in row), np.int32, ends[-1])
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(rows), ROWS))


def _logistic(
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
    options = {"maxiter": rounds, "maxcor": 4}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    table = np.zeros((matrix.shape[1] + 1, columns), dtype=np.float32)
    best = found.x.reshape(size + 1, columns)
    table[kept], table[-1] = best[:size], best[size]
    return table


def _stage(values: np.ndarray, *, truth: np.ndarray, penalty: float) -> np.ndarray:
    """Return a second stage: means, spreads, weights, and the intercepts in the last row."""
    mean, spread = values.mean(0), values.std(0) + 1e-9
    table = _logistic(
        csr_matrix((values - mean) / spread), truth=truth, penalty=penalty, rounds=60, least=0
    )
    scale = np.c_[np.append(mean, 0), np.append(spread, 1)]
    return np.c_[scale, table].astype(np.float32)


def _first_look(example: Example, *, weights: Weights) -> Scored:
    kinds = kind_scores(example.reading, table=weights.report)
    return _looked(example.reading, kinds=kinds, weights=weights)


def _looked(reading: Reading, *, kinds: np.ndarray, weights: Weights) -> Scored:
    keys = sifted(reading, weights=weights)
    slots = slot_scores(reading, keys=keys, kinds=kinds, weights=weights)
    return Scored(reading=reading, kinds=kinds, keys=keys, slots=slots)


def _fit_stages(examples: list[Example], *, scored: list[Scored], weights: Weights) -> Weights:
    """Return the weights with the second looks and the bars."""
    truth = np.array([[kind in one.keys for kind in KINDS] + [bool(one.keys)] for one in examples])
    values = np.array([kind_values(one) for one in scored])
    kind_stage = _stage(values, truth=truth, penalty=10.0)
    kinds = staged(values, stage=kind_stage)
    found = [(at, rival) for at, one in enumerate(scored) for rival in rivals(one, kinds=kinds[at])]
    right = np.array(
        [
            rival.key in examples[at].keys.get(KINDS[rival.kind], {}).get(SLOTS[rival.slot], ())
            for at, rival in found
        ]
    )
    slot_of = np.array([rival.slot for _, rival in found])
    seen = np.array([rival.values for _, rival in found])
    stages = [
        _stage(seen[slot_of == slot], truth=right[slot_of == slot][:, None], penalty=5.0)
        for slot in range(len(SLOTS))
    ]
    chance = np.zeros(len(found))
    for slot, stage in enumerate(stages):
        mine = slot_of == slot
        chance[mine] = probabilities(staged(seen[mine], stage=stage))[:, 0]
    owner = np.array([kinds[at][rival.kind] for at, rival in found])
    bars = _bars(examples, kinds=kinds, truth=truth, fillers=(slot_of, chance, right, owner))
    return replace(weights, kind_stage=kind_stage, slot_stage=np.array(stages), bars=bars)


def _bars(
    examples: list[Example],
    *,
    kinds: np.ndarray,
    truth: np.ndarray,
    fillers: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
) -> np.ndarray:
    """Return the bars at which the balance of what is right and what is said is best."""
    slot_of, chance, right, owner = fillers
    gold = sum(one.templates + one.fillers for one in examples)
    told, real = kinds[:, :-1].ravel(), truth[:, :-1].ravel()
    grid = np.arange(0.1, 0.6, 0.025)
    bars = np.full(1 + len(SLOTS), 0.25)

    def balance() -> float:
        said = told > odds(bars[0])
        kept = (owner > odds(bars[0])) & (chance > bars[1:][slot_of])
        hits = (said & real).sum() + (kept & right).sum()
        return 2 * hits / (said.sum() + kept.sum() + gold)

    for _ in range(3):
        for at in range(len(bars)):
            tried = []
            for bar in grid:
                bars[at] = bar
                tried.append(balance())
            bars[at] = grid[int(np.argmax(tried))]
    print(f"bars {bars.round(3)}, balance {balance():.3f}", flush=True)
    return bars.astype(np.float32)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--predicted", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
