"""Which number is the day: what a whole export proves, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from affiant.read.chat_heads import Head

# What each place of a date may be; "solar" counts two-digit years of the Solar Hijri calendar.
_ORDERS: Final = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2), "solar": (0, 1, 2)}
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_FIRST_SHORT, _LAST_SHORT = 9, 79  # no export is older than the service itself
_FIRST_SOLAR, _LAST_SOLAR = 1388, 1429
_FIRST_BUDDHIST, _LAST_BUDDHIST, _BUDDHIST = 2552, 2642, 543
_SLACK: Final = timedelta(days=1)
# The first day of a Solar Hijri year and its number; 33 years have 8 leap days.
_SOLAR_EPOCH: Final = (date(2016, 3, 20), 1395)
_SOLAR_LEAPS: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_LONG_MONTHS, _MONTHS = 6, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SentDates:
    """When each message of an export was sent.

    Attributes:
        sent: One value a head: full, or as far as it is sure, or None.
        unsure: How many of them are not full.
        order: ``dmy``, ``mdy``, ``ymd`` where the export as a whole proves it, else None.
    """

    sent: tuple[str | None, ...]
    unsure: int
    order: str | None


def sent_dates(heads: Sequence[Head]) -> SentDates:
    """Return the dates of an export's messages, decided by all of them together.

    An order of day, month and year is left out where one date does not exist in it, and
    where messages go back by more than a day in it while in another order none does. What
    more than one order leaves open is kept as far as they agree.
    """
    orders = _possible(heads)
    sent: list[str | None] = []
    unsure = 0
    for head in heads:
        found = [_day(head, order=order) for order in orders or _ORDERS]
        agreed = _agreed([day for day in found if day is not None])
        full = agreed is not None and len(agreed) == len("2031-03-14")
        sent.append(f"{agreed}T{head.clock}" if full else agreed)
        unsure += not full
    return SentDates(sent=tuple(sent), unsure=unsure, order=orders[0] if len(orders) == 1 else None)


def solar_hijri(year: int, *, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Solar Hijri date; None where it does not exist.

    Exact from 1343 to 1472 (1964 to 2094), where the 33-year cycle gives the calendar of Iran.

    >>> solar_hijri(1402, month=12, day=29)
    datetime.date(2024, 3, 19)
    """
    if not (1 <= month <= _MONTHS and 1 <= day <= _days_in(year, month=month)):
        return None
    first, epoch = _SOLAR_EPOCH
    step = 1 if year >= epoch else -1
    between = range(epoch, year) if step > 0 else range(year, epoch)
    days = step * sum(366 if _is_leap(one) else 365 for one in between)
    before = sum(_days_in(year, month=one) for one in range(1, month))
    return first + timedelta(days=days + before + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in _SOLAR_LEAPS


def _days_in(year: int, *, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < _MONTHS or _is_leap(year) else 29


def _possible(heads: Sequence[Head]) -> list[str]:
    """Return the orders in which all dates exist and, where one does so, follow each other.

    A year of two digits stands first between slashes or dots only where nothing else is left.
    """
    days = {order: [_day(head, order=order) for head in heads] for order in _ORDERS}
    whole = {order: found for order, found in days.items() if all(found)}
    onward = [order for order, found in whole.items() if _goes_on(found)]
    left = onward or list(whole)
    if heads and heads[0].years is None and heads[0].slashed:
        left = [order for order in left if order != "ymd"] or left
    return left


def _goes_on(days: Sequence[date | None]) -> bool:
    """Tell whether no day lies more than one before the day that stands before it."""
    known = [day for day in days if day is not None]
    return all(later >= earlier - _SLACK for earlier, later in pairwise(known))


def _day(head: Head, *, order: str) -> date | None:
    """Return the day that a head's numbers mean in an order, or None."""
    at_year, at_month, at_day = _ORDERS[order]
    if (order == "solar" and not (head.persian and head.years is None)) or (
        head.years is not None and head.years != at_year
    ):
        return None
    year, month, day = head.numbers[at_year], head.numbers[at_month], head.numbers[at_day]
    if order == "solar":
        return solar_hijri(_solar_year(year), month=month, day=day)
    if head.years is None:
        return (
            _gregorian(2000 + year, month=month, day=day)
            if _FIRST_SHORT <= year <= _LAST_SHORT
            else None
        )
    if _FIRST_SOLAR <= year <= _LAST_SOLAR:
        return solar_hijri(year, month=month, day=day)
    if _FIRST_BUDDHIST <= year <= _LAST_BUDDHIST:
        year -= _BUDDHIST
    return _gregorian(year, month=month, day=day) if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _solar_year(short: int) -> int:
    return 1300 + short if short >= _FIRST_SOLAR - 1300 else 1400 + short


def _gregorian(year: int, *, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _agreed(days: Sequence[date]) -> str | None:
    """Return as much of a date as all readings have in common."""
    written = {day.isoformat() for day in days}
    for length in (10, 7, 4):
        parts = {one[:length] for one in written}
        if len(parts) == 1:
            return parts.pop()
    return None
