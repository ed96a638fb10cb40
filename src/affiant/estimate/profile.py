"""Profile-likelihood interval of one log-linear model."""

import numpy as np
from scipy.special import gammaln

from affiant.estimate.loglinear import fit
from affiant.estimate.terms import Flags, Numbers

DROP = 1.920729410347062
"""Half the 95 % point of chi-square with one degree of freedom."""

POINTS = 33
ROUNDS = 9
FURTHEST = 1e4
"""Where the likelihood has not dropped by this many times those seen, there is no limit."""


def profile(model: Flags, *, counts: Numbers, unseen: float) -> tuple[float, float] | None:
    """Return the 95 % profile-likelihood interval for all people, seen or not.

    The likelihood is multinomial over all cells; each number of unseen people is put in the
    unrecorded cell and the model fitted again. Stirling's formula stands for the factorial
    of the unseen, as in the R package Rcapture, so that the figures can be compared.

    Args:
        model: Terms of the model.
        counts: People per cell.
        unseen: The model's estimate of unseen people, where the search begins.

    Returns:
        Lower and upper limit, or None where the likelihood sets no upper limit.

    Source: Cormack (1992); Baillargeon and Rivest (2007).
    """
    curve = _Curve(model, counts=counts)
    best, top = _peak(curve, start=max(unseen, 1.0))
    level = top - DROP
    high = 2 * best + 10
    while curve.at(np.array([high]))[0] > level:
        high *= 2
        if high > FURTHEST * (curve.observed + best):
            return None
    floor = 1e-9
    low = 0.0
    if curve.at(np.array([floor]))[0] < level:
        low = _crossing(curve, level=level, bracket=(floor, best))
    up = _crossing(curve, level=level, bracket=(best, high))
    return curve.observed + low, curve.observed + up


class _Curve:
    """Profile log-likelihood of one model over numbers of unseen people."""

    def __init__(self, model: Flags, *, counts: Numbers) -> None:
        self.model = model
        self.counts = counts
        self.observed = float(counts[1:].sum())

    def at(self, unseen: Numbers) -> Numbers:
        """Return the log-likelihood at each number of unseen people."""
        tables = np.tile(self.counts, (len(unseen), 1))
        tables[:, 0] = unseen
        models = np.tile(self.model, (len(unseen), 1))
        fits = fit(models, counts=tables, free_cell=False)
        people = self.observed + unseen
        stirling = unseen * np.log(unseen) - unseen + np.log(2 * np.pi * unseen) / 2
        exact = gammaln(unseen + 1)
        change: Numbers = np.where(unseen > 1, exact - stirling, 0.0)
        value: Numbers = fits.likelihood + change + np.log(2 * np.pi * people) / 2
        return value


def _peak(curve: _Curve, *, start: float) -> tuple[float, float]:
    """Return where the curve is highest and how high."""
    low, high = start / 8, start * 4
    for _ in range(ROUNDS):
        points = np.linspace(low, high, POINTS)
        values = curve.at(points)
        at = int(values.argmax())
        low, high = points[max(at - 1, 0)], points[min(at + 1, POINTS - 1)]
    return float(points[at]), float(values[at])


def _crossing(curve: _Curve, *, level: float, bracket: tuple[float, float]) -> float:
    """Return where the curve crosses a level; it lies on both sides of it in the bracket."""
    low, high = bracket
    rising = bool(curve.at(np.array([low]))[0] < level)
    for _ in range(ROUNDS):
        points = np.linspace(low, high, POINTS)
        above = curve.at(points) >= level
        at = int(above.argmax() if rising else (~above).argmax())
        low, high = points[max(at - 1, 0)], points[max(at, 1)]
    return float((low + high) / 2)
