"""Dates with the precision that was given; a day is never invented."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from affiant.errors import BadInputError
from affiant.model.vocabulary import Calendar, DateBasis

_DATE = re.compile(
    r"(?:(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?P<day>[0-3][0-9]|XX))?)?"
    r"|(?P<decade>[0-9]{3}X|[0-9]{2}XX)(?:-XX(?:-XX)?)?)[?~%]?"
)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date or span as one voice gives it.

    Attributes:
        edtf: EDTF level 1 (``2031-03-14``, ``2031-03``, ``2031-03-14/2031-03-15``,
            ``2031?``), in the Gregorian calendar; None where it cannot be resolved.
        clock: Time of day as ``21:00`` or bounds ``20:45/21:15``, local, or None.
        zone: IANA name or offset, or None where the text gives none.
        night_of: True for "the night of": the span runs into the next day.
        basis: Stated in the same sentence, carried from the context, or ambiguous.
        words: As written.
        calendar: The calendar as written.
        alternatives: Other readings, as EDTF.
    """

    edtf: str | None
    basis: DateBasis
    words: str
    clock: str | None = None
    zone: str | None = None
    night_of: bool = False
    calendar: Calendar = "gregorian"
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from ``first`` to ``last``, both inclusive; None is open."""

    first: date | None
    last: date | None

    @property
    def days(self) -> int | None:
        """How many days the span holds, or None where an end is open."""
        if self.first is None or self.last is None:
            return None
        return (self.last - self.first).days + 1

    def meets(self, other: "Span") -> bool:
        """Tell whether the two share a day."""
        starts_late = self.first and other.last and self.first > other.last
        ends_early = self.last and other.first and self.last < other.first
        return not (starts_late or ends_early)


def span_of(edtf: str) -> Span:
    """Return the days that an EDTF level 1 string covers.

    Seasons are those of the northern hemisphere, as EDTF leaves them open; winter
    (``24``) runs from December into February.

    Raises:
        BadInputError: Not a form that is read here.

    Source: ISO 8601-2:2019, level 1, without years outside 0000 to 9999.
    """
    head, slash, tail = edtf.partition("/")
    if not slash:
        return _single(edtf)
    first = None if head in ("", "..") else _single(head).first
    last = None if tail in ("", "..") else _single(tail).last
    if (first is None and last is None) or (first and last and first > last):
        raise _not_a_date(edtf)
    return Span(first=first, last=last)


def _single(text: str) -> Span:
    """Return the days of one EDTF date."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise _not_a_date(text)
    year, month, day = match["year"] or match["decade"], match["month"], match["day"]
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    try:
        if month in (None, "XX"):
            if day not in (None, "XX"):
                raise _not_a_date(text)
            return Span(first=date(low, 1, 1), last=date(high, 12, 31))
        if int(month) in _SEASONS:
            if day is not None:
                raise _not_a_date(text)
            return _season(low, number=int(month))
        last = monthrange(low, int(month))[1]
        if day in (None, "XX"):
            return Span(first=date(low, int(month), 1), last=date(low, int(month), last))
        exact = date(low, int(month), int(day))
    except ValueError as problem:
        raise _not_a_date(text) from problem
    return Span(first=exact, last=exact)


def _season(year: int, *, number: int) -> Span:
    """Return the days of a season of a year."""
    start, end = _SEASONS[number]
    last_year = year + 1 if end < start else year
    return Span(
        first=date(year, start, 1), last=date(last_year, end, monthrange(last_year, end)[1])
    )


def _not_a_date(text: str) -> BadInputError:
    return BadInputError(
        f"{text!r} is not an EDTF date",
        remedy="Write it as 2031, 2031-03, 2031-03-14 or 2031-03-14/2031-03-16.",
    )


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_in_words(edtf: str | None) -> str:
    """Return an EDTF date as a reader writes it, no more exact than it is."""
    if not edtf:
        return ""
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return f"{date_in_words(first) or 'before'} to {date_in_words(last) or 'after'}"
    doubt = " (uncertain)" if edtf[-1] in "?~%" else ""
    parts = edtf.rstrip("?~%").split("-")
    if len(parts) == 1 or not parts[1].isdigit() or not 1 <= int(parts[1]) <= 12:
        return edtf.rstrip("?~%") + doubt
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    if len(parts) == 2 or not parts[2].isdigit():
        return month + doubt
    return f"{int(parts[2])} {month}{doubt}"


def when_in_words(when: When | None) -> str:
    """Return a claim's date, time of day and "night of"."""
    if when is None or when.edtf is None:
        return ""
    night = "night of " if when.night_of else ""
    clock = f", {when.clock.replace('/', ' to ')}" if when.clock else ""
    return f"{night}{date_in_words(when.edtf)}{clock}"
