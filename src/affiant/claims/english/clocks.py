"""Times of day as they stand in a sentence: "at 9 p.m.", "between 2 and 3 a.m.", "at dawn"."""

import re
from dataclasses import dataclass

from affiant.claims.lexicon import table

_HOUR = r"(?:[01]?[0-9]|2[0-4])"
_HALF = r"(?:a\.?m\.?|p\.?m\.?|in the morning|in the afternoon|in the evening|at night)"
_POINT = rf"(?P<{{0}}h>{_HOUR})(?:[:.h](?P<{{0}}m>[0-5][0-9]))?\s*(?P<{{0}}half>{_HALF})?"
_SPAN = re.compile(
    rf"\b(?:between|from)\s+{_POINT.format('a')}\s+(?:and|to|until)\s+{_POINT.format('b')}"
    r"(?:\s*(?:local time|o['’]clock|hours))?(?![\w:])",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"\b(?:(?:at|by|around|about|before|after|until|since|towards?)\s+)?(?:(?:around|about)\s+)?"
    rf"{_POINT.format('a')}(?P<clock>\s*o['’]clock|\s*hours)?(?![\w:/.-]*[0-9])",
    re.IGNORECASE,
)
_NAMES = "dawn|noon|midday|midnight|dusk|sunset|sunrise|nightfall|daybreak|first light"
_NEAR = (
    "at|around|about|before|after|shortly before|shortly after|just before|just after"
    "|towards?|until|by"
)
_SPELLED = re.compile(rf"\b(?:(?:{_NEAR})\s+)(?P<name>{_NAMES})\b", re.IGNORECASE)
_QUICK = re.compile(
    r"[0-9]\s*(?:[:.h][0-5][0-9]|[ap]\.?m\b|o['’]clock|in the|at night|and|to|hours)"
    rf"|{_NAMES}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ClockMention:
    """A time of day in a sentence.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        clock: As ``21:00`` or ``02:00/03:00``; None where the words give no figure.
    """

    start: int
    end: int
    clock: str | None


def find_clocks(text: str, *, start: int, end: int) -> list[ClockMention]:
    """Return the times of day between two offsets, in order."""
    if not _QUICK.search(text, start, end):
        return []
    found: list[ClockMention] = []
    for match in _SPAN.finditer(text, start, end):
        half = match["bhalf"]
        if half or match["am"] or match["bm"]:
            first = _clock(match["ah"], minutes=match["am"], half=match["ahalf"] or half)
            last = _clock(match["bh"], minutes=match["bm"], half=half)
            found.append(ClockMention(*match.span(), f"{first}/{last}" if first < last else first))
    for match in _ONE.finditer(text, start, end):
        told = match["ahalf"] or match["clock"] or (match["am"] and match.group()[0].isalpha())
        if told and not any(one.start < match.end() and match.start() < one.end for one in found):
            clock = _clock(match["ah"], minutes=match["am"], half=match["ahalf"])
            found.append(ClockMention(*match.span(), clock))
    for match in _SPELLED.finditer(text, start, end):
        clock = table("dates")["clock"].get(match["name"].lower())
        found.append(ClockMention(*match.span(), clock))
    return sorted(found, key=lambda one: one.start)


def _clock(hour: str, *, minutes: str | None, half: str | None) -> str:
    """Return ``21:00`` for "9 p.m."; without a half of the day as it is written."""
    number = int(hour) % 24
    low = (half or "").lower().replace(".", "")
    if low in ("pm", "in the afternoon", "in the evening", "at night") and number < 12:
        number += 0 if low == "at night" and number < 5 else 12
    if low in ("am", "in the morning") and number == 12:
        number = 0
    return f"{number % 24:02}:{minutes or '00'}"
