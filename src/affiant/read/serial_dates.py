"""Dates in spreadsheets: a count of days, and a format that says it is a date.

Source: ECMA-376 part 1, sections 18.8.30 (formats) and 18.17.4 (dates).
"""

import re
from datetime import datetime, timedelta
from typing import Final, Literal

Kind = Literal["number", "date", "moment", "time", "duration"]

# Formats that have a number instead of being written out; those of East Asia among them.
_BY_NUMBER: Final[dict[int, Kind]] = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "time"),
    22: "moment",
    46: "duration",
}
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|[_*].')
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
_LAST_DAY: Final = 2_958_465
_MOST_DAYS_1904: Final = _LAST_DAY - 1_462
_INVENTED_LEAP_DAY: Final = 60


def kind_of_format(number: int, *, code: str | None) -> Kind:
    """Return what a cell with this format shows.

    Args:
        number: Of the format.
        code: The format as written, where the file writes it out.

    >>> kind_of_format(164, code='yyyy-mm-dd "days"'), kind_of_format(165, code="0.0")
    ('date', 'number')
    """
    if code is None:
        return _BY_NUMBER.get(number, "number")
    shown = _QUOTED.sub("", code.partition(";")[0])
    if _ELAPSED.search(shown):
        return "duration"
    letters = set(_IN_BRACKETS.sub("", shown).lower())
    if letters & {"#", "?"} or "general" in shown.lower():
        return "number"
    has_clock = bool(letters & {"h", "s"})
    if letters & {"y", "d", "e"} or ("m" in letters and not has_clock):
        return "moment" if has_clock else "date"
    return "time" if has_clock else "number"


def written_serial(serial: float, *, kind: Kind, since_1904: bool) -> str | None:
    """Return a count of days as an ISO 8601 date, time or duration; None where it is none.

    >>> written_serial(47971.0, kind="date", since_1904=False)
    '2031-05-03'
    """
    last = _MOST_DAYS_1904 if since_1904 else _LAST_DAY
    if not 0 <= serial < last + 1:
        return None
    if kind == "duration":
        return _hours(serial)
    if kind == "time" and serial < 1:
        return (datetime(1904, 1, 1) + _span(serial)).time().isoformat()
    moment = _day_nought(serial, since_1904=since_1904) + _span(serial)
    whole = moment.hour == moment.minute == moment.second == moment.microsecond == 0
    return moment.date().isoformat() if whole and kind != "moment" else moment.isoformat()


def _day_nought(serial: float, *, since_1904: bool) -> datetime:
    """Return the day that a count begins at; one system believes in 29 February 1900."""
    if since_1904:
        return datetime(1904, 1, 1)
    return datetime(1899, 12, 31) if serial < _INVENTED_LEAP_DAY else datetime(1899, 12, 30)


def _span(serial: float) -> timedelta:
    """Return days as a span, to the nearest thousandth of a second."""
    return timedelta(milliseconds=round(serial * 86_400_000))


def _hours(serial: float) -> str:
    """Return days as hours, minutes and seconds."""
    minutes, seconds = divmod(round(serial * 86_400), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
