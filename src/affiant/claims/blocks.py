"""Blocks of a text: title, paragraph, caption, and what carries no claim."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from affiant.claims.chat import messages
from affiant.claims.lexicon import table

BlockKind = Literal["title", "paragraph", "caption", "menu", "byline", "quotation", "table", "chat"]
WITHOUT_CLAIMS = frozenset({"menu", "byline"})
"""Kinds that tell nothing: navigation, share bars, and lines that name author and date."""


_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_TERMINAL = re.compile(r"[.!?:;…؟][)\"”’'\]»]*\s*$")
_LETTERS = re.compile(r"[^\W\d_]")
_WRAPPED_WIDTH = 100
_ENTRY = re.compile(r"(?:[0-9]{1,3}[.)]|\([0-9a-z]{1,3}\)|[•*–—-])\s+\S")
_ROW = re.compile(r"[ \t]*\d{1,4}[ \t]*\|")
_LINK_WIDTH = 90
_HEADING_WIDTH = 40
_HEADING_WORDS = 22
_OPENING = '“„«‘"'
_LANGUAGES = ("en", "fa", "ar")
_SPELLING = {ord("ي"): "ی", ord("ك"): "ک", 0x654: None, 0x200C: None}
_CLOSING = '”»’"“'


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        kind: ``menu`` stands for navigation, share bars and lists of categories; ``quotation``
            for a paragraph that is one quotation; ``chat`` for one message.
        writer: First and last offset of the name of who wrote a message, or None.
        day: The day of a message as EDTF, or None.
        stamp: First and last offset of that day, or None.
    """

    start: int
    end: int
    kind: BlockKind
    writer: tuple[int, int] | None = None
    day: str | None = None
    stamp: tuple[int, int] | None = None


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text in order.

    Lines of a text that was broken at a fixed width are joined; otherwise every line is
    a block of its own.
    """
    written = messages(text)
    first = written[0].head if written else len(text)
    found = _plain_blocks(text, start=0, end=first)
    for at, message in enumerate(written):
        for match in _LINE.finditer(text, message.start, message.end):
            begin, stop = _bare(text, start=match.start(), end=match.end())
            found.append(
                Block(
                    begin,
                    stop,
                    "chat",
                    writer=message.writer,
                    day=message.day,
                    stamp=message.stamp,
                )
            )
        after = written[at + 1].head if at + 1 < len(written) else len(text)
        found.extend(_plain_blocks(text, start=message.end, end=after))
    return [block for block in found if block.start < block.end]


def _plain_blocks(text: str, *, start: int, end: int) -> list[Block]:
    """Return the blocks of a stretch that is no chat."""
    found: list[Block] = []
    listing, body_seen = False, start > 0
    groups = _groups(text, start=start, end=end)
    links = _link_runs(text, groups=groups)
    for begin, stop in groups:
        kind = _kind(text, start=begin, end=stop, body_seen=body_seen)
        if begin in links:
            found.append(Block(begin, stop, "menu"))
            continue
        headed = kind in ("title", "caption") and stop - begin < _HEADING_WIDTH
        if headed and body_seen and _opens_list(text[begin:stop]):
            kind = "menu"
        if kind == "menu":
            listing = _opens_list(text[begin : begin + 60]) or listing
        elif kind in ("paragraph", "quotation", "table"):
            listing, body_seen = False, True
        elif listing:
            kind = "menu"
        found.append(Block(begin, stop, kind))
    return found


def _link_runs(text: str, *, groups: list[tuple[int, int]]) -> set[int]:
    """Return where short indented lines begin that stand one under the other: lists of links."""
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    for start, end in [*groups, (len(text), len(text))]:
        short = end - start < _LINK_WIDTH and not _TERMINAL.search(text, max(start, end - 3), end)
        indented = text[max(start - 2, 0) : start].isspace() and text[start - 1 : start] in " \t"
        near = not run or _adjacent(text, before=run[-1], start=start)
        if start < end and short and indented and near:
            run.append((start, end))
            continue
        figures = sum(any(mark.isdigit() for mark in text[a:b]) for a, b in run)
        if len(run) > 1 and figures * 2 <= len(run):
            found.update(begin for begin, _ in run)
        run = [(start, end)] if start < end and short and indented else []
    return found


def _groups(text: str, *, start: int, end: int) -> list[tuple[int, int]]:
    """Return the lines, joined where the text was broken at a fixed width."""
    lines = [
        _bare(text, start=match.start(), end=match.end())
        for match in _LINE.finditer(text, start, end)
    ]
    lines = [(start, end) for start, end in lines if start < end]
    width = _width(text, lines=lines)
    found: list[tuple[int, int]] = []
    for first, last in lines:
        if found and _continues(text, before=found[-1], start=first, width=width):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _bare(text: str, *, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _width(text: str, *, lines: list[tuple[int, int]]) -> int:
    """Return the width that the lines were broken at, or 0 where they were not."""
    joined = sum(
        1 for before, after in pairwise(lines) if _adjacent(text, before=before, start=after[0])
    )
    longest = max((end - start for start, end in lines), default=0)
    if longest > _WRAPPED_WIDTH or longest < 40 or joined < len(lines) * 0.4:
        return 0
    return longest


def _adjacent(text: str, *, before: tuple[int, int], start: int) -> bool:
    """Tell whether only one line break stands between two lines."""
    between = text[before[1] : start]
    return len(between) < 30 and max(between.count("\n"), between.count("\r")) <= 1


def _continues(text: str, *, before: tuple[int, int], start: int, width: int) -> bool:
    if not _adjacent(text, before=before, start=start) or _ENTRY.match(text, start):
        return False
    line_start = max(text.rfind("\n", before[0], before[1]) + 1, before[0])
    length = before[1] - line_start
    return (width > 0 and length > width * 0.55) or (
        text[start].islower()
        and not _TERMINAL.search(text, before[1] - 3 if before[1] > 3 else 0, before[1])
    )


def _kind(text: str, *, start: int, end: int, body_seen: bool) -> BlockKind:
    line = text[start : min(end, start + 400)]
    if _is_menu(line, length=end - start):
        return "menu"
    words = line.split()
    if len(words) <= _HEADING_WORDS and end - start < 220 and not _TERMINAL.search(line):
        return "caption" if body_seen else "title"
    if line[0] in _OPENING and text[end - 1] in _CLOSING:
        return "quotation"
    return "paragraph"


def _is_menu(line: str, *, length: int) -> bool:
    """Tell whether a line is navigation, a by-line, a share bar or a list of categories."""
    if not _LETTERS.search(line):
        return True
    low = " ".join(line.lower().translate(_SPELLING).split())
    short = length < 220
    if short and low.startswith(_starts()):
        return True
    if _ROW.match(line):
        return False
    if short and sum(_bare_count(line, mark=mark) for mark in _separators()) >= 2:
        return True
    words = low.split()
    return (
        bool(words)
        and words[0] == "by"
        and len(words) <= 6
        and not _TERMINAL.search(line)
        and line.rsplit(maxsplit=1)[-1][0].isupper()
    )


def _bare_count(line: str, *, mark: str) -> int:
    """Return how often a mark separates; one that closes a quotation does not."""
    return max(0, line.count(mark) - (line.count("«") if mark == "»" else 0))


def _opens_list(line: str) -> bool:
    low = line.lower().translate(_SPELLING).lstrip()
    return low.startswith(tuple(_listed("link_lists")))


def _listed(name: str) -> list[str]:
    """Return a list of the words of all languages; a page may be in any."""
    return [
        entry.translate(_SPELLING)
        for language in _LANGUAGES
        for entry in table("blocks", language=language)[name]
    ]


@cache
def _starts() -> tuple[str, ...]:
    return tuple(_listed("starts"))


@cache
def _separators() -> tuple[str, ...]:
    return tuple(table("blocks")["separators"])
