"""Dates in three calendars, relative dates and times of day, as spans of words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from affiant.claims.arabic_script.patterns import bounded, cues, listed, numbers, phrase
from affiant.claims.arabic_script.shadow import Shadow
from affiant.errors import BadInputError
from affiant.language.calendars import hijri_days, solar_hijri_days
from affiant.model.vocabulary import Calendar, DateBasis
from affiant.model.when import When, span_of

_NUMERIC = re.compile(r"(?<![^ ])(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?![^ ])")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a sentence: its words and what it says."""

    first: int
    last: int
    when: When
    rule: str


def find_dates(line: Shadow, *, language: str, published: str | None) -> list[DateSpan]:
    """Return the dates of a sentence in order; where two share words, the longer one."""
    every = [
        *_numeric(line),
        *_named(line, language=language, published=published),
        *_relative(line, language=language, published=published),
    ]
    kept: list[DateSpan] = []
    for one in sorted(every, key=lambda each: each.first - each.last):
        if all(one.last < other.first or other.last < one.first for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.first)


def find_clock(line: Shadow, *, language: str) -> tuple[int, int, str] | None:
    """Return the first time of day: its words and ``21:30``."""
    hour = phrase(listed("dates", "words", "hour", language=language))
    for at, token in enumerate(line.tokens):
        before = at > 0 and line.tokens[at - 1].key == hour
        if _CLOCK.fullmatch(token.key):
            head, tail = map(int, token.key.split(":"))
            if head < 24 and tail < 60:
                return at - before, at, f"{head:02d}:{tail:02d}"
        elif before and token.key.isdigit() and int(token.key) < 24:
            return at - 1, at, f"{int(token.key):02d}:00"
    return None


def _numeric(line: Shadow) -> Iterator[DateSpan]:
    for first, last, match in line.find(_NUMERIC):
        year, month, day = (int(match[group]) for group in (1, 2, 3))
        calendar: Calendar = "solar_hijri" if year < 1500 else "gregorian"
        when = _when(line.exact(first, last=last), calendar=calendar, parts=(year, month, day))
        if when:
            yield DateSpan(first, last, when, "figures")


@cache
def _calendar_pattern(language: str, *, calendar: str) -> re.Pattern[str]:
    months = "|".join(
        sorted(map(re.escape, numbers("dates", calendar, language=language)), key=len, reverse=True)
    )
    days = "|".join(
        sorted(
            map(re.escape, numbers("dates", "ordinals", language=language)), key=len, reverse=True
        )
    )
    month = phrase(listed("dates", "words", "month", language=language))
    year = phrase(listed("dates", "words", "year", language=language))
    joint = phrase(listed("dates", "words", language=language).get("of", "-"))
    return bounded(
        rf"(?:(?P<day>\d{{1,2}}|{days}) (?:{joint} )?)?(?P<month>{months})(?:{month}| {month})?"
        rf"(?: / (?:{months}))?(?: (?:{joint} )?(?:{year} )?(?P<year>\d{{4}}))?"
    )


def _named(line: Shadow, *, language: str, published: str | None) -> Iterator[DateSpan]:
    """Yield the dates with a named month, and years with the word for year before them."""
    ordinals = numbers("dates", "ordinals", language=language)
    kinds: tuple[tuple[Calendar, str], ...] = (
        ("solar_hijri", "solar"),
        ("gregorian", "gregorian"),
        ("hijri", "hijri"),
    )
    for calendar, name in kinds:
        months = numbers("dates", name, language=language)
        for first, last, match in line.find(_calendar_pattern(language, calendar=name)):
            written = match["day"]
            if written is None and match["year"] is None and match[0] == match["month"]:
                continue
            day = None if written is None else ordinals.get(written) or int(written)
            year = int(match["year"]) if match["year"] else None
            year = year or _year_of(published, calendar=calendar)
            when = year and _when(
                line.exact(first, last=last),
                calendar=calendar,
                parts=(year, months[match["month"]], day),
            )
            if when:
                yield DateSpan(first, last, when, name)
    yield from _years(line, language=language)


def _years(line: Shadow, *, language: str) -> Iterator[DateSpan]:
    year = phrase(listed("dates", "words", "year", language=language))
    for first, last, match in line.find(bounded(rf"{year} (1[34]\d\d|20\d\d)")):
        number = int(match[1])
        calendar: Calendar = "solar_hijri" if number < 1500 else "gregorian"
        when = _when(line.exact(first, last=last), calendar=calendar, parts=(number, None, None))
        if when:
            yield DateSpan(first, last, when, "year")


def _year_of(published: str | None, *, calendar: Calendar) -> int | None:
    """Return the year of the document, for a day and month without one."""
    day = _day_of(published)
    if day is None or calendar == "hijri":
        return None
    if calendar == "gregorian":
        return day.year
    first = solar_hijri_days(day.year - 621, month=None, day=None)
    return day.year - 621 if first and first[0] <= day else day.year - 622


def _when(
    exact: str, *, calendar: Calendar, parts: tuple[int, int | None, int | None]
) -> When | None:
    """Return a date as EDTF; one by the tabular Hijri calendar stays ambiguous."""
    year, month, day = parts
    if calendar == "gregorian":
        edtf = "-".join(f"{part:02d}" for part in parts if part is not None)
        return When(edtf=edtf, basis="explicit", words=exact) if _is_date(edtf) else None
    days = (solar_hijri_days if calendar == "solar_hijri" else hijri_days)(
        year, month=month, day=day
    )
    if days is None:
        return None
    first, last = days
    if calendar == "hijri":
        near = tuple((first + timedelta(days=step)).isoformat() for step in (-1, 1))
        return When(
            edtf=_span(first, last=last),
            basis="ambiguous",
            words=exact,
            calendar="hijri",
            alternatives=near if first == last else (),
        )
    return When(edtf=_span(first, last=last), basis="explicit", words=exact, calendar=calendar)


def _span(first: date, *, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _is_date(edtf: str) -> bool:
    try:
        span_of(edtf)
    except BadInputError:
        return False
    return True


def _day_of(published: str | None) -> date | None:
    if published is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", published):
        return None
    sound = _is_date(published) and "0100" < published < "9900"
    return date.fromisoformat(published) if sound else None


def _relative(line: Shadow, *, language: str, published: str | None) -> Iterator[DateSpan]:
    """Yield the dates that are counted from the document's own."""
    base = _day_of(published)
    steps = numbers("dates", "relative", language=language)
    days = numbers("dates", "weekdays", language=language)
    for first, last, match in line.find(cues("dates", "relative", language=language)):
        edtf = None if base is None else (base + timedelta(days=steps[match[0]])).isoformat()
        yield DateSpan(first, last, _counted(line, first=first, last=last, edtf=edtf), "relative")
    for first, last, match in line.find(cues("dates", "weekdays", language=language)):
        edtf = None
        if base is not None:
            edtf = (base - timedelta(days=(base.weekday() - days[match[0]]) % 7)).isoformat()
        yield DateSpan(first, last, _counted(line, first=first, last=last, edtf=edtf), "weekday")
    for first, last, _ in line.find(cues("dates", "words", "last_week", language=language)):
        edtf = None
        if base is not None:
            edtf = _span(base - timedelta(days=14), last=base - timedelta(days=1))
        yield DateSpan(first, last, _counted(line, first=first, last=last, edtf=edtf), "week")


def _counted(line: Shadow, *, first: int, last: int, edtf: str | None) -> When:
    basis: DateBasis = "explicit" if edtf else "ambiguous"
    return When(edtf=edtf, basis=basis, words=line.exact(first, last=last))
