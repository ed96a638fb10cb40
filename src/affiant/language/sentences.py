"""Sentences and words with their offsets in code points."""

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 1500
"""No sentence is longer, in code points; what is longer is cut at a space."""

_STOP = re.compile(r"[.!?…؟。]+[)\"”’'\]»]*(?=\s|$)")
_LAST_WORD = re.compile(r"[^\s(\[“\"‘']*$")
_WORD = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]+(?:[.][0-9]+)?(?:st|nd|rd|th)?"
    r"|(?:[^\W\d_]\.){2,}"
    r"|(?:mr|mrs|ms|dr|prof|col|gen|lt|maj|capt|sgt|sen|rep|gov|rev|fr|st|hon|no)\.(?=\s)"
    r"|[^\W\d_]\.(?=\s+[^\W\d_])"
    r"|[^\W\d_](?:[^\W_]|[’'&/\u200c](?=[^\W_])|-(?=[^\W_]))*"
    r"|\w|[^\w\s]",
    re.IGNORECASE,
)
_NEVER_LAST = frozenset(
    {
        *("mr", "mrs", "ms", "dr", "prof", "col", "gen", "lt", "maj", "capt", "sgt", "sen"),
        *("rep", "gov", "rev", "fr", "st", "hon"),
    }
)
_ABBREVIATIONS = _NEVER_LAST | {
    *("jr", "sr", "pres", "adm", "cpl", "pvt", "brig", "cmdr", "no", "nos", "vs", "etc"),
    *("approx", "dept", "est", "fig", "inc", "ltd", "co", "corp", "art", "para", "p", "pp"),
    *("vol", "ed", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct"),
    *("nov", "dec", "mt", "ft", "e.g", "i.e", "a.m", "p.m", "u.s", "u.n", "u.k", "cf", "al"),
}


class Word(NamedTuple):
    """One word or mark of a text.

    Attributes:
        text: As written.
        low: In lower case; may differ in length from ``text``.
        start: Offset of the first character, in code points.
        end: Offset after the last character.
    """

    text: str
    low: str
    start: int
    end: int


def sentences(text: str, *, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences between two offsets, as offsets into ``text``.

    White space at their ends is left out. A line break does not end a sentence: blocks
    are told apart before.

    Args:
        text: The whole text.
        start: Offset to begin at.
        end: Offset to stop at; the end of the text where None.
    """
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    begin = start
    for match in _STOP.finditer(text, start, stop):
        if _ends_sentence(text, match=match, begin=begin, stop=stop):
            found.extend(_pieces(text, start=begin, end=match.end()))
            begin = match.end()
    found.extend(_pieces(text, start=begin, end=stop))
    return found


def words(text: str, *, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words and marks between two offsets, in order."""
    stop = len(text) if end is None else end
    found = []
    for match in _WORD.finditer(text, start, stop):
        piece = match.group()
        found.append(Word(piece, piece.lower(), match.start(), match.end()))
    return found


def _ends_sentence(text: str, *, match: re.Match[str], begin: int, stop: int) -> bool:
    """Tell whether a full stop ends a sentence and not an abbreviation."""
    if match.group()[0] != ".":
        return True
    before = _LAST_WORD.search(text, max(begin, match.start() - 12), match.start())
    word = before.group().lower() if before else ""
    following = text[match.end() : min(stop, match.end() + 40)].lstrip()
    if not following:
        return True
    if word in _NEVER_LAST or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    if word in _ABBREVIATIONS:
        return not (following[0].islower() or following[0].isdigit() or len(match.group()) > 1)
    return not following[0].islower()


def _pieces(text: str, *, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield one stretch without its outer white space, cut where it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST))
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
