"""Quotations in a block, one inside the other."""

import re
from dataclasses import dataclass

_MARKS = re.compile("[“”„«»\"‘’']")
_SCARE_WORDS = 4
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that somebody else is quoted with.

    Attributes:
        start: Offset of the opening mark.
        end: Offset after the closing mark, or after the block where none stands.
        inner_start: Offset of the first quoted character.
        inner_end: Offset after the last quoted character.
        closed: True where the closing mark stands in the block.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


def find_quotations(text: str, *, start: int, end: int) -> list[Quotation]:
    """Return the outermost quotations between two offsets, in order.

    A few quoted words ("so-called marks") are left in the sentence that they stand in.
    A quotation that is not closed runs to ``end``.
    """
    found: list[Quotation] = []
    at = start
    while at < end:
        match = _MARKS.search(text, at, end)
        if match is None:
            break
        opened = match.start()
        if not _opens(text, at=opened, start=start, end=end):
            at = opened + 1
            continue
        close = _closing(text, opened=opened, end=end)
        if close < 0 and text[opened] in "‘'":
            at = opened + 1
            continue
        closed = close >= 0
        last = close if closed else end
        if not closed or _is_speech(text[opened + 1 : last]):
            found.append(Quotation(opened, last + closed, opened + 1, last, closed))
        at = last + 1
    return found


def _opens(text: str, *, at: int, start: int, end: int) -> bool:
    """Tell whether the mark at ``at`` opens a quotation."""
    mark = text[at]
    if mark in "“„«‘":
        return True
    if mark in "”’»":
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in "([—–-:“‘") and not after.isspace()


def _closing(text: str, *, opened: int, end: int) -> int:
    """Return where the quotation that opens at ``opened`` closes, or -1."""
    mark = text[opened]
    if mark in "‘'":
        return _closing_single(text, opened=opened, end=end)
    if mark == '"':
        return text.find('"', opened + 1, min(end, opened + _LONGEST))
    opening, closing = ("«", "»") if mark == "«" else ("“„", "”")
    depth, at = 1, opened + 1
    stop = min(end, opened + _LONGEST)
    for match in _MARKS.finditer(text, at, stop):
        if match.group() in opening:
            depth += 1
        elif match.group() in closing:
            depth -= 1
            if depth == 0:
                return match.start()
    last = text.rfind(closing, at, stop)
    return last if depth > 1 and last > 0 else -1


def _closing_single(text: str, *, opened: int, end: int) -> int:
    """Return the closing single mark, which is no apostrophe, or -1."""
    close = "’" if text[opened] == "‘" else "'"
    at, stop = opened + 1, min(end, opened + 600)
    while (at := text.find(close, at, stop)) >= 0:
        after = text[at + 1] if at + 1 < end else " "
        if not after.isalnum() and (close == "’" or text[at - 1] in ".,!?"):
            return at
        at += 1
    return -1


def _is_speech(words: str) -> bool:
    """Tell whether quoted words are more than a label."""
    return len(words.split()) > _SCARE_WORDS or words.rstrip().endswith((".", "!", "?", ","))
