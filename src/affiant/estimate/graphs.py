"""Average over decomposable graphs of dependence between lists, in closed form."""

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import gammaln, logsumexp

from affiant.estimate.terms import Numbers

CAP = 10
"""The most unseen people that count, in people seen: the field's usual grid."""

WIDE_CAP = 30
"""How far the posterior is looked at, to see what the cap hides."""

DENSE = 40
"""Every number of unseen people up to this one is worked out; beyond it, every so many."""

KNOTS = 260
"""Numbers of unseen people beyond the dense ones that are worked out."""

MOST_INTEGERS = 400_000
"""Above this many, quantiles are read from every second, third … number."""


LEAST_MASS = 0.05
"""A peak with less of the mass is no second answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """Posterior of all people under one cap.

    Attributes:
        median: The least number with half of the mass at or below it.
        interval95: The numbers with 2.5 % and 97.5 %.
        mean: Mean.
    """

    median: float
    interval95: tuple[float, float]
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphAverage:
    """What the average over graphs says.

    Attributes:
        posterior: Up to ``CAP`` people unseen for each seen.
        wide: Up to ``WIDE_CAP``.
        beyond: Share of the wide posterior that lies beyond the cap.
        modes: Numbers of all people at which the wide posterior peaks, the heaviest first.
        graphs: Graphs averaged over.
        weight: Posterior weight of the heaviest graph.
        edges: Its edges, as pairs of list numbers from 0.
        complete: Weight of the complete graph, under which the unrecorded cell is free: it
            says nothing about people who stand on no list.
        joined: Edges of the heaviest graph that is not complete.
    """

    posterior: Posterior
    wide: Posterior
    beyond: float
    modes: tuple[float, ...]
    graphs: int
    weight: float
    edges: tuple[tuple[int, int], ...]
    complete: float
    joined: tuple[tuple[int, int], ...]


def decomposable_graphs(lists: int) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """List all decomposable graphs, the complete one included.

    Vertices whose neighbours are all joined are taken out one after another; a graph is
    decomposable if that empties it. Each step multiplies the likelihood by that of the
    vertex with its neighbours over that of the neighbours.

    Returns:
        Graphs as bits of pairs, and graphs x sets of lists with the power of each set's
        marginal likelihood. There are 8, 61, 822 and 18,154 for 3, 4, 5 and 6 lists.
    """
    pairs = list(combinations(range(lists), 2))
    bits = np.arange(2 ** len(pairs), dtype=np.int64)
    near = np.zeros((lists, len(bits)), dtype=np.int64)
    for at, (one, other) in enumerate(pairs):
        joined = bits >> at & 1
        near[one] |= joined << other
        near[other] |= joined << one
    left = np.full(len(bits), 2**lists - 1, dtype=np.int64)
    powers = np.zeros((len(bits), 2**lists), dtype=np.int8)
    for _ in range(lists):
        vertex, around = _simplicial(near, left=left)
        kept = vertex >= 0
        bits, left, near, powers = bits[kept], left[kept], near[:, kept], powers[kept]
        vertex, around = vertex[kept], around[kept]
        rows = np.arange(len(bits))
        powers[rows, around | 1 << vertex] += 1
        powers[rows, around] -= 1
        left &= ~(1 << vertex)
    powers[:, 0] = 0
    return bits, powers


def _simplicial(
    near: NDArray[np.int64], *, left: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find in each graph a vertex that is left and whose neighbours are all joined, or -1."""
    vertex = np.full(len(left), -1, dtype=np.int64)
    around = np.zeros(len(left), dtype=np.int64)
    for at in range(len(near)):
        mine = near[at] & left
        good = (left >> at & 1 == 1) & (vertex < 0)
        for other in range(len(near)):
            inside = mine >> other & 1 == 1
            good &= ~inside | (mine & ~(1 << other) & ~near[other] == 0)
        vertex[good] = at
        around[good] = mine[good]
    return vertex, around


def average_graphs(counts: Numbers, *, delta: float | None = None) -> GraphAverage:
    """Average over all decomposable graphs.

    Args:
        counts: People per cell, cell 0 unrecorded.
        delta: Prior count per cell; ``1 / 2 ** lists`` if not given.

    Returns:
        The posterior of all people, its modes and what lies beyond the cap. The prior over
        all people is ``1 / N``, all graphs are equally likely beforehand.

    Source: Madigan and York (1997); the R package dga; hyper-Dirichlet law of Dawid and
    Lauritzen (1993).
    """
    lists = int(counts.size).bit_length() - 1
    observed = float(counts[1:].sum())
    grid = _grid(WIDE_CAP * observed)
    bits, powers = decomposable_graphs(lists)
    sets = _set_likelihoods(counts, grid=grid, delta=delta or 2.0**-lists)
    people = observed + grid
    prior = gammaln(people + 1) - gammaln(grid + 1) - np.log(people)
    scores = powers.astype(np.float64) @ sets
    top = scores.max(axis=0)
    scores -= top
    np.exp(scores, out=scores)
    curve = np.log(scores.sum(axis=0)) + top + prior
    whole = _Whole(grid, curve=curve, observed=observed)
    inside = int(np.searchsorted(grid, CAP * observed, side="right"))
    mass = whole.knot_mass(inside)
    factor = np.exp(top[:inside] + prior[:inside] - (top + prior)[:inside].max()) * mass
    weights = scores[:, :inside] @ factor
    weights /= weights.sum()
    complete = bits == bits.max()
    best = int(weights.argmax())
    partial = int(np.where(complete, -1.0, weights).argmax())
    return GraphAverage(
        posterior=whole.upto(CAP * observed),
        wide=whole.upto(WIDE_CAP * observed),
        beyond=whole.beyond(CAP * observed),
        modes=whole.modes(),
        graphs=len(bits),
        weight=float(weights[best]),
        edges=_edges(int(bits[best]), lists=lists),
        complete=float(weights[complete].sum()),
        joined=_edges(int(bits[partial]), lists=lists),
    )


def _edges(graph: int, *, lists: int) -> tuple[tuple[int, int], ...]:
    """Return the pairs of lists that a graph joins."""
    pairs = enumerate(combinations(range(lists), 2))
    return tuple(pair for at, pair in pairs if graph >> at & 1)


def _grid(most: float) -> Numbers:
    """Return numbers of unseen people, dense at first and thinner further out."""
    if most <= DENSE + KNOTS:
        return np.arange(most + 1)
    far = np.geomspace(DENSE + 1, most, KNOTS).round()
    cap = round(most * CAP / WIDE_CAP)
    grid: Numbers = np.unique(np.concatenate([np.arange(DENSE + 1.0), far, [cap]]))
    return grid


def _set_likelihoods(counts: Numbers, *, grid: Numbers, delta: float) -> Numbers:
    """Return the log marginal likelihood of every set of lists for every grid point."""
    cells = counts.size
    observed = counts[1:].sum()
    everybody = gammaln(observed + grid + delta * cells) - gammaln(delta * cells)
    likelihoods = np.zeros((cells, grid.size))
    at = np.arange(cells)
    for chosen in range(1, cells):
        margin = np.bincount(at & chosen, weights=counts, minlength=cells)
        places = np.flatnonzero(at & ~chosen == 0)
        prior = delta * cells / places.size
        seen = gammaln(margin[places[1:]] + prior).sum()
        none = gammaln(margin[0] + grid + prior)
        likelihoods[chosen] = seen + none - places.size * gammaln(prior) - everybody
    return likelihoods


class _Whole:
    """The posterior at every whole number, interpolated between the grid's points."""

    def __init__(self, grid: Numbers, *, curve: Numbers, observed: float) -> None:
        self.observed = observed
        self.grid = grid
        self.stride = max(1, int(np.ceil(grid[-1] / MOST_INTEGERS)))
        self.unseen = np.arange(0, grid[-1] + 1, self.stride)
        self.logs = curve
        if self.unseen.size != grid.size:
            spline = CubicSpline(np.log(grid + 1), curve)
            self.logs = spline(np.log(self.unseen + 1))
        self.mass = np.exp(self.logs - logsumexp(self.logs))

    def upto(self, cap: float) -> Posterior:
        """Return the posterior with no more unseen people than the cap."""
        inside = self.unseen <= cap
        mass = self.mass[inside] / self.mass[inside].sum()
        low, median, high = np.searchsorted(np.cumsum(mass), [0.025, 0.5, 0.975])
        people = self.observed + self.unseen[inside]
        return Posterior(
            median=float(people[median]),
            interval95=(float(people[low]), float(people[high])),
            mean=float((people * mass).sum()),
        )

    def beyond(self, cap: float) -> float:
        """Return the share of the mass beyond a cap."""
        return float(self.mass[self.unseen > cap].sum())

    def knot_mass(self, inside: int) -> Numbers:
        """Return how many whole numbers each of the first grid points stands for."""
        knots = self.grid[:inside]
        width: Numbers = np.gradient(knots) if inside > 1 else np.ones(1)
        return width

    def modes(self) -> tuple[float, ...]:
        """Return where the posterior peaks, the heaviest peak first.

        A peak counts from ``LEAST_MASS`` of all mass between the valleys beside it, and only
        if the valleys are at least a tenth lower.
        """
        height = self.logs
        inner = (height[1:-1] >= height[:-2]) & (height[1:-1] > height[2:])
        peaks = [int(at) for at in np.flatnonzero(inner) + 1]
        peaks += [0] if height[0] > height[1] else []
        peaks += [len(height) - 1] if height[-1] > height[-2] else []
        found: list[int] = []
        for at in sorted(peaks, key=lambda at: -height[at]):
            valleys = [height[min(at, one) : max(at, one) + 1].min() for one in found]
            if all(low < height[at] - 0.1 for low in valleys):
                found.append(at)
        found.sort()
        ends = [one + int(height[one : other + 1].argmin()) for one, other in pairwise(found)]
        bounds = pairwise([0, *ends, len(height)])
        weighed = [
            (float(self.mass[low:high].sum()), float(self.observed + self.unseen[at]))
            for at, (low, high) in zip(found, bounds, strict=True)
        ]
        return tuple(people for mass, people in sorted(weighed, reverse=True) if mass >= LEAST_MASS)
