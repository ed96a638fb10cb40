"""What leads up to the words of a block: numbers, datelines, "Ombrel, 22 June:"."""

import re
from dataclasses import dataclass

from affiant.claims.english.dates import DateMention, find_dates

_NUMBER = re.compile(
    r"(?:\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})(?:\.[0-9]{1,2})*[.)]\s+"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2})+\s+|[•*–—-]\s+)(?=\S)"
)
_HEAD = re.compile(r"[^:.;!?\n“”\"]{3,70}?(?::|\s[–—-])\s+(?=\S)")
_DATELINE = re.compile(r"[^\n]{0,120}?(?:--|—|–)\s*(?:\[[^\]]{0,120}\]\s*){0,4}", re.DOTALL)
_DATED = re.compile(r"[0-9]|\(|\[")
_WIRE = re.compile(
    r"[A-Z][A-Z’'.-]{2,}(?:\s[A-Z][A-Z’'.-]+){0,3}(?:,[^\n–—:;!?()]{0,50}?)?"
    r"(?:\s\([^)\n]{2,50}\))?\s*(?:--|—|–|(?<=\s)-)\s+(?=\S)"
)
_PLACE = re.compile(r"[A-Z][\w’'-]+(?:\s+(?:of\s+)?[\w’'-]+){0,3}")
_TAKEN = re.compile(
    r"taken|recorded|statement|testimony|interview|given|dated|issued|released|told|noted|written",
    re.IGNORECASE,
)
_FIRST = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list with its date and place in front.

    Attributes:
        start: Offset where its words begin.
        date: Its date.
        place: First and last offset of its place, or None.
    """

    start: int
    date: DateMention
    place: tuple[int, int] | None


def after_number(text: str, *, start: int, end: int) -> int:
    """Return where the words begin after "2.3", "(a)" or a dash."""
    match = _NUMBER.match(text, start, end)
    return match.end() if match else start


def after_dateline(text: str, *, start: int, end: int) -> int:
    """Return where the words begin after "SEDRA, 15 MAR 31 (AGENCY) -- [TEXT]"."""
    wire = _WIRE.match(text, start, end)
    if wire is not None and (
        "(" in wire.group() or find_dates(text, start=start, end=wire.end(), published=None)
    ):
        return wire.end()
    match = _DATELINE.match(text, start, end)
    if match is None or not _DATED.search(match.group()):
        return start
    letters = [character for character in match.group() if character.isalpha()]
    upper = sum(1 for character in letters if character.isupper())
    return match.end() if letters and upper > 0.6 * len(letters) else start


def entry_of(text: str, *, start: int, end: int, published: str | None) -> Entry | None:
    """Return the date and place in front of an entry: "Ombrel, 22 June: eleven men …"."""
    match = _HEAD.match(text, start, end)
    if match is None:
        return None
    dates = find_dates(text, start=start, end=match.end(), published=published)
    if len(dates) != 1 or len(match.group().split()) > 9:
        return None
    one = dates[0]
    before = _PLACE.fullmatch(text[start : one.start].strip(" ,–—-("))
    place = None
    if before is not None:
        at = text.index(before.group(), start)
        place = (at, at + len(before.group()))
    elif text[start : one.start].strip(" ,–—-(") and len(text[start : one.start].split()) > 3:
        return None
    return Entry(match.end(), one, place)


def own_date(text: str) -> str | None:
    """Return the day that the first lines give for the document: "Taken on 9 September 2030"."""
    end = min(len(text), _FIRST)
    for mention in find_dates(text, start=0, end=end, published=None):
        day = mention.when.edtf
        if day is None or len(day) != 10 or mention.when.basis != "explicit":
            continue
        line = text.rfind("\n", 0, mention.start) + 1
        if _TAKEN.search(text, line, mention.end) or mention.end - line < 40:
            return day
    return None
