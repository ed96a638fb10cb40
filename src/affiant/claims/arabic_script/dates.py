"""Dates in three calendars, relative dates and times of day, as spans of words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from affiant.claims.arabic_script.patterns import bounded, cues, listed, numbers, phrase
from affiant.claims.arabic_script.shadow import Shadow
from affiant.errors import BadInputError
from affiant.language.calendars import hijri_days, solar_hijri_days
from affiant.model.vocabulary import Calendar, DateBasis
from affiant.model.when import When, span_of

_NUMERIC = re.compile(r"(?<![^ ])(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?![^ ])")
_COUNTED = ("around", "year_after", "day_after", "day_before")
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
    return [
        _of_night(one, line=line, language=language)
        for one in sorted(kept, key=lambda each: each.first)
    ]


def _of_night(one: DateSpan, *, line: Shadow, language: str) -> DateSpan:
    """Return a date as "the night of" where a word for night stands in it or before it."""
    words = cues("dates", "words", "night", language=language)
    for first, last, _ in line.find(words):
        if last == one.first - 1 or one.first <= first <= one.last:
            start = min(first, one.first)
            when = replace(one.when, night_of=True, words=line.exact(start, last=one.last))
            return replace(one, first=start, when=when)
    return one


def find_same(line: Shadow, *, language: str, before: When) -> DateSpan | None:
    """Return the words that take up a date told earlier: "همان روز", "سال بعدش"."""
    for name in ("same", "same_night", "same_month", *_COUNTED):
        for first, last, _ in line.find(cues("dates", "words", name, language=language)):
            edtf = _from(before, name=name)
            when = replace(
                before,
                edtf=edtf,
                basis="ambiguous" if edtf is None else "context",
                words=line.exact(first, last=last),
                night_of=name == "same_night",
                alternatives=(),
            )
            return DateSpan(first, last, when, "same")
    return None


def _from(before: When, *, name: str) -> str | None:
    """Return a date counted from one told earlier, or None where that cannot be counted."""
    if name == "year_after":
        return _year_after(before)
    if name == "same_month":
        return _month_of(before)
    if not name.startswith("day_"):
        return None if name == "around" else before.edtf
    day = _day_of(before.edtf)
    step = timedelta(days=1 if name == "day_after" else -1)
    return (day + step).isoformat() if day else None


def _month_of(before: When) -> str | None:
    day = _day_of(before.edtf)
    if day is None:
        return before.edtf
    if before.calendar != "solar_hijri":
        return f"{day.year:04d}-{day.month:02d}"
    year, month = _solar_month(day)
    days = solar_hijri_days(year, month=month, day=None)
    return _span(days[0], last=days[1]) if days else None


def _year_after(before: When) -> str | None:
    if before.edtf is None:
        return None
    first = span_of(before.edtf).first
    if first is None:
        return None
    if before.calendar != "solar_hijri":
        return f"{first.year + 1:04d}"
    days = solar_hijri_days(_solar_month(first)[0] + 1, month=None, day=None)
    return _span(days[0], last=days[1]) if days else None


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
    tens = "|".join(map(re.escape, numbers("dates", "tens", language=language)))
    month = phrase(listed("dates", "words", "month", language=language))
    year = phrase(listed("dates", "words", "year", language=language))
    day = rf"(?:(?:{tens}) و )?(?:{days})|(?:{days}) و (?:{tens})"
    joint = phrase(listed("dates", "words", language=language).get("of", "-"))
    return bounded(
        rf"(?:(?P<day>\d{{1,2}}|{day}) (?:{joint} )?)?(?P<month>{months})(?:{month}| {month})?"
        rf"(?: / (?:{months}))?(?: (?:{joint} )?(?:{year} )?(?P<year>\d{{4}}))?"
    )


def _named(line: Shadow, *, language: str, published: str | None) -> Iterator[DateSpan]:
    """Yield the dates with a named month, and years with the word for year before them."""
    ordinals = {
        **numbers("dates", "tens", language=language),
        **numbers("dates", "ordinals", language=language),
    }
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
            day = None if written is None else _day(written, ordinals=ordinals)
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


def _day(written: str, *, ordinals: dict[str, int]) -> int:
    """Return the day of a month as written: "3", "سوم", "بیست و سوم", "الثالث والعشرين"."""
    if written.isdigit():
        return int(written)
    return sum(ordinals[part] for part in written.split(" و "))


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
    for name in ("last_week", "last_month", "last_year"):
        for first, last, _ in line.find(cues("dates", "words", name, language=language)):
            edtf = None if base is None else _last(name, base=base, language=language)
            when = _counted(line, first=first, last=last, edtf=edtf)
            yield DateSpan(first, last, when, "span")


def _last(name: str, *, base: date, language: str) -> str | None:
    """Return the week, month or year before that of a day; a week begins on Saturday."""
    if name == "last_week":
        start = base - timedelta(days=(base.weekday() + 2) % 7 + 7)
        return _span(start, last=start + timedelta(days=6))
    if listed("dates", "words", "own_calendar", language=language) == "gregorian":
        month_before = base.replace(day=1) - timedelta(days=1)
        return f"{base.year - 1:04d}" if name == "last_year" else f"{month_before:%Y-%m}"
    year, month = _solar_month(base)
    if name == "last_year":
        days = solar_hijri_days(year - 1, month=None, day=None)
    else:
        before = (year, month - 1) if month > 1 else (year - 1, 12)
        days = solar_hijri_days(before[0], month=before[1], day=None)
    return _span(days[0], last=days[1]) if days else None


def _solar_month(day: date) -> tuple[int, int]:
    """Return the solar Hijri year and month of a day."""
    for year in (day.year - 621, day.year - 622):
        for month in range(1, 13):
            days = solar_hijri_days(year, month=month, day=None)
            if days and days[0] <= day <= days[1]:
                return year, month
    return day.year - 621, 1


def _counted(line: Shadow, *, first: int, last: int, edtf: str | None) -> When:
    basis: DateBasis = "explicit" if edtf else "ambiguous"
    return When(edtf=edtf, basis=basis, words=line.exact(first, last=last))
