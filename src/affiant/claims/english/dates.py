"""Dates as they stand in a sentence, with the precision that was written."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from affiant.claims.lexicon import table
from affiant.errors import BadInputError
from affiant.model.vocabulary import DateBasis
from affiant.model.when import When, span_of

_WORDS = table("dates")
_MONTHS: dict[str, int] = _WORDS["months"]
_WEEKDAYS: list[str] = _WORDS["weekdays"]
_FULL = "|".join(month for month in _MONTHS if len(month) > 4 or month in ("may", "june", "july"))
_CUT = "|".join(
    sorted((month for month in _MONTHS if len(month) < 5 and month != "may"), key=len, reverse=True)
)
_MONTH = rf"(?:(?:{_FULL})\b|(?:{_CUT})\b\.?)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20|21)[0-9]{2}"
_SHORT = r"(?:[4-9][0-9]|[0-3][0-9])"
_GAP = r"[\s\u00a0]+"
_TO = r"\s*(?:-|–|to|and|until|through)\s*"
_FORMS = [
    ("iso", rf"(?P<iy>{_YEAR})-(?P<im>0[1-9]|1[0-2])-(?P<id>[0-2][0-9]|3[01])"),
    ("numeric", rf"(?P<na>[0-3]?[0-9])[/.](?P<nb>[0-3]?[0-9])[/.](?P<ny>{_YEAR})"),
    ("hijri", rf"{_DAY}{_GAP}(?:{'|'.join(_WORDS['hijri_months'])})(?:{_GAP}1[34][0-9]{{2}})?"),
    (
        "months",
        rf"(?P<r1>{_DAY}){_GAP}(?P<r2>{_MONTH})(?:,?{_GAP}(?P<r3>{_YEAR}))?{_TO}"
        rf"(?P<r4>{_DAY}){_GAP}(?P<r5>{_MONTH}),?{_GAP}(?P<r6>{_YEAR})",
    ),
    (
        "day_first",
        rf"(?:(?P<da2>{_DAY}){_TO})?(?P<da>{_DAY})(?:{_GAP}of)?{_GAP}(?P<dm>{_MONTH})"
        rf"(?:,?{_GAP}(?P<dy>{_YEAR}|{_SHORT}(?![0-9:,])))?",
    ),
    (
        "month_first",
        rf"(?P<mm>{_MONTH}){_GAP}(?P<ma>{_DAY})(?![0-9])(?:{_TO}(?P<mb>{_DAY})(?![0-9]))?"
        rf"(?:,?{_GAP}(?P<my>{_YEAR}))?",
    ),
    (
        "month_span",
        rf"(?P<s1>{_MONTH})(?:{_GAP}(?P<s2>{_YEAR}))?{_TO}(?P<s3>{_MONTH}),?{_GAP}(?P<s4>{_YEAR})",
    ),
    ("month_year", rf"(?P<ym>{_MONTH})(?:{_GAP}of|,)?{_GAP}(?P<yy>{_YEAR})"),
    (
        "month",
        rf"(?:(?<=\bin\s)(?!may\b|march\b|mar\b|dec\b)|(?<=\bof\s)|(?<=\blate\s)"
        rf"|(?<=\bearly\s)|(?<=\bsince\s)|(?<=\bmid-)|(?<=\blast\s)|(?<=\bduring\s))"
        rf"(?P<om>{_MONTH})(?!{_GAP}[0-9])",
    ),
    ("years", rf"(?P<y1>{_YEAR}){_TO}(?P<y2>{_YEAR})(?![0-9-])"),
    ("decade", r"(?P<dec>1[89][0-9]0|20[0-9]0)s"),
    ("year", rf"(?<![$€£0-9.,]){_YEAR}(?![0-9%]|[.,][0-9])"),
    (
        "past",
        r"(?:last|this)\s+(?P<pu>week|month|year)|(?P<pn>two|three|four|five|[2-9])\s+days\s+ago|(?P<pd>the\s+day\s+before\s+yesterday)",
    ),
    ("relative", r"(?:yesterday|today|tonight|last night|this morning|this evening)"),
    (
        "weekday",
        rf"(?:last{_GAP})?(?P<wd>{'|'.join(_WEEKDAYS)})(?:{_GAP}(?:morning|evening|night|afternoon))?",
    ),
]
_ANY = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS) + r")(?![\w])",
    re.IGNORECASE,
)
_HINT = re.compile(
    rf"[0-9]|yesterday|today|tonight|last |this |days ago|day\b|\b{_MONTH}",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s+$", re.IGNORECASE)
_NIGHT = re.compile(r"night\s+of\s*(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a sentence.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        kind: The form that it was written in.
        when: What it says.
    """

    start: int
    end: int
    kind: str
    when: When


def find_dates(text: str, *, start: int, end: int, published: str | None) -> list[DateMention]:
    """Return the dates between two offsets, in order.

    Args:
        text: The whole text.
        start: Offset to begin at.
        end: Offset to stop at.
        published: The document's own date as EDTF; only it can place "yesterday" or a
            day without a year, and such a reading is marked as not explicit.
    """
    if not _HINT.search(text, start, end):
        return []
    found = []
    for match in _ANY.finditer(text, start, end):
        when = _read(match, published=_day(published))
        if when is None:
            continue
        if _SINCE.search(text, max(start, match.start() - 8), match.start()):
            when = _open_span(when)
        if _NIGHT.search(text, max(start, match.start() - 16), match.start()):
            when = _night(when)
        found.append(DateMention(match.start(), match.end(), str(match.lastgroup), when))
    return found


def _kind(match: re.Match[str]) -> str:
    """Return which of the forms matched."""
    return next(name for name, _ in _FORMS if match[name] is not None)


def _read(match: re.Match[str], *, published: date | None) -> When | None:
    """Return what one match says, or None where it is no date after all."""
    kind = _kind(match)
    if kind == "past":
        return _past(match, published=published)
    if kind in ("relative", "weekday"):
        return _relative(match.group(), published=published)
    if kind == "month":
        month = _MONTHS[_bare(match["om"])]
        return _partial(month, day=None, words=match.group(), published=published)
    if kind in ("day_first", "month_first"):
        return _named(match, kind=kind, published=published)
    return _PLAIN[kind](match)


def _named(match: re.Match[str], *, kind: str, published: date | None) -> When | None:
    """Return a date with its month in words: "14 March 2031", "March 14-16, 2031"."""
    words = match.group()
    if kind == "day_first":
        first, last = match["da2"] or match["da"], match["da"]
        month, year = _MONTHS[_bare(match["dm"])], match["dy"]
    else:
        first, last = match["ma"], match["mb"] or match["ma"]
        month, year = _MONTHS[_bare(match["mm"])], match["my"]
    if year is None:
        return _partial(month, day=_number(first), words=words, published=published)
    basis: DateBasis = "explicit" if len(year) == 4 else "ambiguous"
    full = year if len(year) == 4 else ("19" if int(year) > 40 else "20") + year
    edtf = f"{full}-{month:02}-{_number(first):02}"
    if _number(first) != _number(last):
        edtf = f"{edtf}/{full}-{month:02}-{_number(last):02}"
    return _checked(edtf, words=words, basis=basis)


def _two_months(match: re.Match[str]) -> When | None:
    """Return "1 January to 31 March 2031"; the first day has the year of the last."""
    first = (
        f"{match['r3'] or match['r6']}-{_MONTHS[_bare(match['r2'])]:02}-{_number(match['r1']):02}"
    )
    last = f"{match['r6']}-{_MONTHS[_bare(match['r5'])]:02}-{_number(match['r4']):02}"
    return _checked(f"{first}/{last}", words=match.group())


def _numeric(match: re.Match[str]) -> When | None:
    """Return "3/5/2031"; where day and month could change places both readings are kept."""
    first, second, year = int(match["na"]), int(match["nb"]), match["ny"]
    words = match.group()
    if first > 12 or first == second:
        return _checked(f"{year}-{second:02}-{first:02}", words=words)
    if second > 12:
        return _checked(f"{year}-{first:02}-{second:02}", words=words)
    if not (first and second):
        return None
    readings = (f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}")
    return When(edtf=None, basis="ambiguous", words=words, alternatives=readings)


def _partial(month: int, *, day: int | None, words: str, published: date | None) -> When | None:
    """Return a date without a year: the last such day before the document's own date."""
    if published is None:
        return When(edtf=None, basis="ambiguous", words=words)
    later = (month, day or 1) > (published.month, published.day)
    year = published.year - 1 if later else published.year
    edtf = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    return _checked(edtf, words=words, basis="context")


def _relative(words: str, *, published: date | None) -> When:
    """Return "yesterday" or "Monday", counted back from the document's own date."""
    if published is None:
        return When(edtf=None, basis="ambiguous", words=words)
    low = words.lower()
    name = next((day for day in _WEEKDAYS if day in low), None)
    if name is not None:
        back = (published.weekday() - _WEEKDAYS.index(name)) % 7
        day = published - timedelta(days=back or 7)
        return When(
            edtf=day.isoformat(),
            basis="explicit" if back else "ambiguous",
            words=words,
            alternatives=() if back else (published.isoformat(),),
        )
    if low == "last night":
        return _night(When(edtf=_back(published, days=1), basis="explicit", words=words))
    return When(edtf=_back(published, days=int(low == "yesterday")), basis="explicit", words=words)


_AGO = {"two": 2, "three": 3, "four": 4, "five": 5}


def _past(match: re.Match[str], *, published: date | None) -> When | None:
    """Return "last week", "last month", "three days ago", counted from the document's date."""
    words = match.group()
    if published is None:
        return When(edtf=None, basis="ambiguous", words=words)
    if match["pd"] or match["pn"]:
        days = 2 if match["pd"] else _AGO.get(match["pn"].lower()) or int(match["pn"])
        return When(edtf=_back(published, days=days), basis="explicit", words=words)
    last = words.lower().startswith("last")
    unit = match["pu"].lower()
    if unit == "year":
        return _checked(f"{published.year - last:04}", words=words)
    if unit == "month":
        month = published.replace(day=1) - timedelta(days=1) if last else published
        return _checked(f"{month.year:04}-{month.month:02}", words=words)
    if not last or published.toordinal() < 20:
        return None
    monday = published - timedelta(days=published.weekday() + 7)
    sunday = monday + timedelta(days=6)
    return _checked(f"{monday.isoformat()}/{sunday.isoformat()}", words=words)


def _back(day: date, *, days: int) -> str | None:
    """Return the day some days before, or None before the first year."""
    return (day - timedelta(days=days)).isoformat() if day.toordinal() > days else None


def _open_span(when: When) -> When:
    """Return the span from a date on: "since 2025"."""
    if when.edtf is None or "/" in when.edtf:
        return when
    return When(edtf=f"{when.edtf}/..", basis=when.basis, words=when.words)


def _night(when: When) -> When:
    """Return the same date as the night that runs into the next day."""
    return When(edtf=when.edtf, basis=when.basis, words=when.words, night_of=True)


def _checked(edtf: str, *, words: str, basis: DateBasis = "explicit") -> When | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        span_of(edtf)
    except BadInputError:
        return None
    return When(edtf=edtf, basis=basis, words=words)


def _bare(month: str) -> str:
    return month.lower().rstrip(".")


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _day(published: str | None) -> date | None:
    """Return the document's own date where it is known to the day."""
    if published is None:
        return None
    try:
        span = span_of(published)
    except BadInputError:
        return None
    return span.first if span.days == 1 else None


def _hijri(match: re.Match[str]) -> When:
    """Return a date of the Solar Hijri calendar; it is not converted here."""
    return When(edtf=None, basis="ambiguous", words=match.group(), calendar="solar_hijri")


_PLAIN: dict[str, Callable[[re.Match[str]], When | None]] = {
    "hijri": _hijri,
    "months": _two_months,
    "numeric": _numeric,
    "iso": lambda match: _checked(match.group(), words=match.group()),
    "year": lambda match: _checked(match.group(), words=match.group()),
    "years": lambda match: _checked(f"{match['y1']}/{match['y2']}", words=match.group()),
    "month_span": lambda match: _checked(
        f"{match['s2'] or match['s4']}-{_MONTHS[_bare(match['s1'])]:02}"
        f"/{match['s4']}-{_MONTHS[_bare(match['s3'])]:02}",
        words=match.group(),
    ),
    "decade": lambda match: _checked(f"{match['dec'][:3]}X", words=match.group()),
    "month_year": lambda match: _checked(
        f"{match['yy']}-{_MONTHS[_bare(match['ym'])]:02}", words=match.group()
    ),
}
