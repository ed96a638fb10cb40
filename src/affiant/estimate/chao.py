"""Chao's lower bound: no fewer people than this, whoever was easier to list."""

from dataclasses import dataclass
from math import exp, log, sqrt

from affiant.estimate.table import CaptureTable

NORMAL95 = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A lower bound for all people.

    Attributes:
        people: The bound.
        standard_error: Its standard error, in people.
        interval95: Log-normal interval around the bound.
        once: People on exactly one list.
        twice: People on exactly two lists.
    """

    people: float
    standard_error: float
    interval95: tuple[float, float]
    once: int
    twice: int


def chao(table: CaptureTable) -> Bound:
    """Return Chao's lower bound, corrected for bias, over all lists.

    Holds where people differ in how easily they are listed; not where one list steers
    people away from another.

    Source: Chao (1987, 1989); Rivest and Baillargeon (2007).
    """
    once, twice = (_on(table, lists=number) for number in (1, 2))
    share = (len(table.lists) - 1) / len(table.lists)
    unseen = share * once * (once - 1) / (2 * (twice + 1))
    variance = _variance(once=once, twice=twice, share=share)
    people = table.observed + unseen
    spread = exp(NORMAL95 * sqrt(log(1 + variance / unseen**2))) if unseen > 0 else 1.0
    return Bound(
        people=people,
        standard_error=sqrt(variance),
        interval95=(table.observed + unseen / spread, table.observed + unseen * spread),
        once=once,
        twice=twice,
    )


def _on(table: CaptureTable, *, lists: int) -> int:
    """Count the people on exactly so many lists."""
    cells = enumerate(table.counts)
    return sum(count for cell, count in cells if cell.bit_count() == lists)


def _variance(*, once: int, twice: int, share: float) -> float:
    """Return the variance of the bound, by the delta method."""
    f, g = once, twice + 1
    return share * f * (f - 1) / (2 * g) + share**2 * (
        f * (2 * f - 1) ** 2 / (4 * g**2) + f**2 * twice * (f - 1) ** 2 / (4 * g**4)
    )
