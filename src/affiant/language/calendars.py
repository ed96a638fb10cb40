"""Days of the Solar Hijri and the tabular Hijri calendar as days of the Gregorian one."""

from datetime import date, timedelta
from typing import Final

_SOLAR_EPOCH: Final = (date(2016, 3, 20), 1395)
_SOLAR_LEAPS: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_SOLAR_YEARS: Final = range(1250, 1550)
_HIJRI_EPOCH: Final = date(622, 7, 18).toordinal() + 1
_HIJRI_YEARS: Final = range(1200, 1700)


def solar_hijri_days(year: int, *, month: int | None, day: int | None) -> tuple[date, date] | None:
    """Return first and last Gregorian day of a Solar Hijri year, month or day, if it exists.

    Exact from 1343 to 1472 (1964 to 2094), where the 33-year cycle gives the calendar of Iran.

    >>> solar_hijri_days(1402, month=12, day=29)
    (datetime.date(2024, 3, 19), datetime.date(2024, 3, 19))
    """
    if year not in _SOLAR_YEARS:
        return None
    first, epoch = _SOLAR_EPOCH
    years = range(epoch, year) if year >= epoch else range(year, epoch)
    days = sum(366 if one % 33 in _SOLAR_LEAPS else 365 for one in years)
    start = first + timedelta(days=days if year >= epoch else -days)
    lengths = [31] * 6 + [30] * 5 + [30 if year % 33 in _SOLAR_LEAPS else 29]
    return _part(start, lengths=lengths, month=month, day=day)


def hijri_days(year: int, *, month: int | None, day: int | None) -> tuple[date, date] | None:
    """Return first and last Gregorian day by the tabular Hijri calendar, if it exists.

    What was observed may differ by a day or two, so that every such date is ambiguous.
    """
    if year not in _HIJRI_YEARS:
        return None
    start = date.fromordinal(_HIJRI_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30)
    leap = (11 * year + 14) % 30 < 11
    lengths = [30, 29] * 5 + [30, 30 if leap else 29]
    return _part(start, lengths=lengths, month=month, day=day)


def _part(
    start: date, *, lengths: list[int], month: int | None, day: int | None
) -> tuple[date, date] | None:
    """Return the days of a year that starts on ``start``, or of a month or day of it."""
    if month is None:
        return start, start + timedelta(days=sum(lengths) - 1)
    if not 1 <= month <= len(lengths) or not (day is None or 1 <= day <= lengths[month - 1]):
        return None
    first = start + timedelta(days=sum(lengths[: month - 1]))
    if day is None:
        return first, first + timedelta(days=lengths[month - 1] - 1)
    exact = first + timedelta(days=day - 1)
    return exact, exact
