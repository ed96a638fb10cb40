"""The latent-class model: a stick-breaking mixture of products of Bernoulli trials.

Each class has a share and, per list, a chance of being on it. The number of people unseen
is summed out under the prior ``1 / N``, which leaves the likelihood of the patterns given
that a person was seen; the concentration of the sticks is summed out under its gamma prior.
Many chains stand side by side in the last axis of every array.

Positions hold, from the top: ``classes - 1`` logarithms of ``-log(1 - stick)``, then
``lists x classes`` log-odds of being listed.

Source: Manrique-Vallier (2016), Biometrics 72:1246.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.floating[Any]]

SHAPE = 0.25
RATE = 0.25
"""Gamma prior of the concentration, as in the paper: few classes unless the data ask."""

FURTHEST_ODDS = 80.0
FURTHEST_STICK = 60.0
"""Coordinates beyond these change nothing but overflow; hardly any prior mass lies there."""


@dataclass(slots=True)
class _Room:
    """Arrays that are written over at each step, so that none is made anew."""

    cells: Positions
    seen: Positions
    chances: Positions
    rest: Positions
    shares: Positions
    sums: Positions
    slopes: Positions


class Mixture:
    """Log-posterior of the model and its slope, for many chains at once."""

    def __init__(self, counts: Positions, *, classes: int, chains: int, kind: type) -> None:
        self.classes = classes
        self.chains = chains
        self.lists = int(counts.size).bit_length() - 1
        self.observed = counts[1:].sum()
        self.kind = kind
        self.size = classes - 1 + self.lists * classes
        self._counts = counts
        self._weighed: Positions = np.repeat(counts[:, None], chains, axis=1).astype(kind)
        self._people: Positions = self._weighed[1:].sum(axis=0)
        trials = (self.lists, classes, chains)
        self._room = _Room(
            cells=np.empty((counts.size, classes, chains), kind),
            seen=self._weighed.copy(),
            chances=np.empty(trials, kind),
            rest=np.empty(trials, kind),
            shares=np.empty((classes, chains), kind),
            sums=np.zeros((classes, chains), kind),
            slopes=np.empty((self.size, chains), kind),
        )

    def weigh(self, heat: Positions) -> None:
        """Let the people of each chain count for only this share of a person; 1 at first."""
        self._weighed = (self._counts[:, None] * heat).astype(self.kind)
        self._people = self._weighed[1:].sum(axis=0)
        self._room.seen[:] = self._weighed

    def value(self, place: Positions) -> tuple[Positions, Positions]:
        """Return the log-posterior and the chance that a person is on no list."""
        self._fill(place)
        last = place[: self.classes - 1]
        sticks = np.exp(np.minimum(last, FURTHEST_STICK))
        cells = self._room.cells.sum(axis=1)
        none = cells[0].copy()
        cells = np.maximum(cells, 1e-300)
        value = (self._weighed[1:] * np.log(cells[1:])).sum(axis=0)
        value -= self._people * np.log1p(-none)
        value += last.sum(axis=0)
        value -= (self.classes - 1 + SHAPE) * np.log(RATE + sticks.sum(axis=0))
        chances, rest = self._room.chances, self._room.rest
        value += np.log(np.maximum(chances * rest, 1e-300)).sum(axis=(0, 1))
        value[(last > FURTHEST_STICK).any(axis=0)] = -np.inf
        return value, none

    def slope(self, place: Positions) -> Positions:
        """Return the slope of the log-posterior; the array is written over by the next call."""
        room = self._room
        sticks, broken = self._fill(place)
        cells, chances, last = room.cells, room.chances, self.classes - 1
        whole = cells.sum(axis=1)
        np.maximum(whole, 1e-30, out=whole)
        room.seen[0] = self._people * whole[0] / (1 - whole[0])
        np.divide(room.seen, whole, out=whole)
        cells *= whole[:, None, :]
        slopes = room.slopes
        lists = slopes[last:].reshape(chances.shape)
        for at in range(self.lists - 1, -1, -1):
            half = 1 << at
            np.sum(cells[half : 2 * half], axis=0, out=lists[at])
            cells[:half] += cells[half : 2 * half]
        people = cells[0]
        chances *= people + 2
        lists -= chances
        lists += 1
        after = np.cumsum(people[::-1], axis=0)[::-1]
        pull = (last + SHAPE) / (RATE + sticks.sum(axis=0))
        gain = sticks * (1 - broken) / np.maximum(broken, 1e-30)
        slopes[:last] = people[:-1] * gain - sticks * (after[1:] + pull) + 1
        return slopes

    def _fill(self, place: Positions) -> tuple[Positions, Positions]:
        """Work out the chance of every pattern in every class, by doubling list by list."""
        room, last = self._room, self.classes - 1
        chances, rest, cells = room.chances, room.rest, room.cells
        np.negative(place[last:].reshape(chances.shape), out=chances)
        np.clip(chances, -FURTHEST_ODDS, FURTHEST_ODDS, out=chances)
        np.exp(chances, out=rest)
        np.add(rest, 1, out=chances)
        np.reciprocal(chances, out=chances)
        rest *= chances
        sticks = np.exp(np.minimum(place[:last], FURTHEST_STICK))
        broken = -np.expm1(-sticks)
        np.cumsum(sticks, axis=0, out=room.sums[1:])
        shares = np.exp(-room.sums, out=room.shares)
        shares[:last] *= broken
        cells[0] = shares
        for at in range(self.lists):
            half = 1 << at
            np.multiply(cells[:half], chances[at], out=cells[half : 2 * half])
            cells[:half] *= rest[at]
        return sticks, broken

    def swap(self, place: Positions, *, source: np.random.Generator) -> None:
        """Let each chain exchange two neighbouring classes, chances and shares, or not.

        The log-odds go along with the share, so the likelihood stays; the prior of the
        sticks changes by the ratio of what the first of them leaves over.
        """
        rows = np.arange(self.chains)
        at = source.integers(0, self.classes - 2, self.chains)
        first = np.exp(place[at, rows].astype(np.float64))
        second = np.exp(place[at + 1, rows].astype(np.float64))
        share = np.clip(-np.exp(-first) * np.expm1(-second), 1e-30, 1 - 1e-12)
        new = -np.log1p(-share)
        left = first + second - new
        taken = (np.log(source.random(self.chains)) < new - first) & (left > 1e-30)
        rows, at = rows[taken], at[taken]
        place[at, rows] = np.log(new[taken])
        place[at + 1, rows] = np.log(left[taken])
        lists = place[self.classes - 1 :].reshape(self.lists, self.classes, self.chains)
        kept = lists[:, at, rows].copy()
        lists[:, at, rows] = lists[:, at + 1, rows]
        lists[:, at + 1, rows] = kept
