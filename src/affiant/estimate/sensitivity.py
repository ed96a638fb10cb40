"""What the number rests on: the untestable assumption, each list, each merge of two."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from affiant.estimate.loglinear import fit
from affiant.estimate.table import CaptureTable
from affiant.estimate.terms import finite, hierarchical_models

ODDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
"""Odds ratios tried for the unrecorded cell; 1 is what every model assumes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The estimate under another assumption or from another table.

    Attributes:
        change: What was changed, in words.
        observed: People on at least one list of the table.
        estimate: All people, by the log-linear model of lowest criterion; None where no
            model has a finite estimate.
    """

    change: str
    observed: int
    estimate: float | None


def odds_curve(
    observed: int, *, estimate: float, interval95: tuple[float, float]
) -> tuple[tuple[float, float, float, float], ...]:
    """Return odds ratio, estimate, lower and upper limit, per ratio from one half to two.

    No data tell whether the odds of being on a list are the same for those on no other
    list; every model assumes some such equality. If the ratio is another one, the people
    unseen are as many times more.
    """
    low, high = (limit - observed for limit in interval95)
    unseen = estimate - observed
    return tuple(
        (ratio, observed + ratio * unseen, observed + ratio * low, observed + ratio * high)
        for ratio in ODDS
    )


def without_each_list(table: CaptureTable) -> tuple[Variant, ...]:
    """Estimate again without each list; nothing for three lists, since two are too few."""
    if len(table.lists) <= 3:
        return ()
    return tuple(_variant(table.without(name), change=f"without {name}") for name in table.lists)


def with_each_merge(table: CaptureTable) -> tuple[Variant, ...]:
    """Estimate again with every two lists made one; nothing for three lists."""
    if len(table.lists) <= 3:
        return ()
    return tuple(
        _variant(table.merged(pair), change=f"{pair[0]} and {pair[1]} as one list")
        for pair in combinations(table.lists, 2)
    )


def _variant(table: CaptureTable, *, change: str) -> Variant:
    """Estimate by the best model with pairs alone."""
    counts = np.array(table.counts, dtype=np.float64)
    models = hierarchical_models(len(table.lists), order=2)
    models = models[finite(models, seen=counts > 0)]
    estimate = None
    if len(models) and table.observed:
        fits = fit(models, counts=counts)
        if fits.settled.any():
            estimate = float(table.observed + fits.unseen[int(fits.bic.argmin())])
    return Variant(change=change, observed=table.observed, estimate=estimate)
