"""What the number rests on: the untestable assumption, each list, each merge, lost links."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from affiant.estimate.families import graph_lines
from affiant.estimate.loglinear import fit
from affiant.estimate.lost_links import LOST, with_links_lost
from affiant.estimate.profile import profile
from affiant.estimate.table import CaptureTable
from affiant.estimate.terms import finite, hierarchical_models

ODDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
"""Odds ratios tried for the unrecorded cell; 1 is what every model assumes."""

AS_IT_IS = "nothing changed"
LINKS_LOST = f"{LOST:.0%} of the links between lists lost".replace("%", " %")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The estimate under another assumption or from another table.

    Attributes:
        change: What was changed, in words.
        method: By which method: ``loglinear-pairwise`` or ``graphs``.
        observed: People on at least one list of the table.
        estimate: All people; None where the method gives none, or sets no upper limit.
        interval95: Its interval: by profile likelihood, or posterior quantiles.
    """

    change: str
    method: str
    observed: int
    estimate: float | None
    interval95: tuple[float, float] | None

    def as_json(self) -> dict[str, Any]:
        """Return the variant as plain values."""
        return {
            "change": self.change,
            "method": self.method,
            "observed": self.observed,
            "estimate": self.estimate,
            "interval95": None if self.interval95 is None else list(self.interval95),
        }


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


def variants_of(table: CaptureTable) -> tuple[Variant, ...]:
    """Estimate again as it is, without each list, with each merge, and with links lost."""
    lost = with_links_lost(table)
    return (
        _by_pairs(table, change=AS_IT_IS),
        *without_each_list(table),
        *with_each_merge(table),
        _by_pairs(lost, change=LINKS_LOST),
        _by_graphs(lost, change=LINKS_LOST),
    )


def without_each_list(table: CaptureTable) -> tuple[Variant, ...]:
    """Estimate again without each list; nothing for three lists, since two are too few."""
    if len(table.lists) <= 3:
        return ()
    return tuple(_by_pairs(table.without(name), change=f"without {name}") for name in table.lists)


def with_each_merge(table: CaptureTable) -> tuple[Variant, ...]:
    """Estimate again with every two lists made one; nothing for three lists."""
    if len(table.lists) <= 3:
        return ()
    return tuple(
        _by_pairs(table.merged(pair), change=f"{pair[0]} and {pair[1]} as one list")
        for pair in combinations(table.lists, 2)
    )


def _by_pairs(table: CaptureTable, *, change: str) -> Variant:
    """Estimate by the best model with pairs alone."""
    counts = np.array(table.counts, dtype=np.float64)
    models = hierarchical_models(len(table.lists), order=2)
    models = models[finite(models, seen=counts > 0)]
    estimate = limits = None
    if len(models) and table.observed:
        fits = fit(models, counts=counts)
        if fits.settled.any():
            best = int(fits.bic.argmin())
            unseen = float(fits.unseen[best])
            limits = profile(fits.models[best], counts=counts, unseen=unseen)
            estimate = float(table.observed + unseen) if limits else None
    return Variant(
        change=change,
        method="loglinear-pairwise",
        observed=table.observed,
        estimate=estimate,
        interval95=limits,
    )


def _by_graphs(table: CaptureTable, *, change: str) -> Variant:
    """Estimate by the average over graphs; nothing where that is refused."""
    (line,) = graph_lines(table)
    return Variant(
        change=change,
        method="graphs",
        observed=table.observed,
        estimate=None if line.refused else line.estimate,
        interval95=None if line.refused else line.interval95,
    )
