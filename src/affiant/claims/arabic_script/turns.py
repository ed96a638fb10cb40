"""Whether a text is told in turns, by readers in comments, or by an "I"."""

import re
from typing import Final

from affiant.claims.arabic_script.patterns import glue, phrase, words
from affiant.claims.arabic_script.shadow import shadow
from affiant.claims.lexicon import table

TURN: Final = re.compile(r"^[ \t]*([^\W\d_][^\n:.]{0,24}):(?=[ \t])", re.MULTILINE)
_FEWEST_TURNS: Final = 4
_FEWEST_CELLS: Final = 2
_LONGEST_HEADING: Final = 40
_FIRST_PERSON_WORDS: Final = 3


def opens_comments(text: str, *, start: int, end: int, language: str) -> bool:
    """Tell whether a heading says that what readers wrote follows."""
    known = table("blocks", language=language).get("comments", "")
    if not known or end - start > _LONGEST_HEADING:
        return False
    line = shadow(text, spans=[(start, end)], glue=glue(language))
    return bool({phrase(word) for word in known.split()} & {one.key for one in line.tokens[:1]})


def takes_turns(text: str) -> bool:
    """Tell whether lines begin with those who speak in turn, and not with headings."""
    names = TURN.findall(text)
    return len(names) >= _FEWEST_TURNS and len(set(names)) < len(names)


def is_testimony(text: str, *, language: str) -> bool:
    """Tell whether a document speaks as "I" or "we"."""
    mine = words("people", "first_person", language=language)
    line = shadow(text[:20_000], spans=[(0, min(len(text), 20_000))], glue=glue(language))
    depth, seen = 0, 0
    for token in line.tokens:
        if token.key == '"':
            depth = 1 if text[token.start] in "«“" else 0
        seen += not depth and token.key in mine
    return seen >= _FIRST_PERSON_WORDS


def last_cell(text: str, *, start: int, end: int) -> tuple[int, int] | None:
    """Return the first words of the last cell of a row, or None where a line is no row."""
    line = text[start:end]
    if line.count("|") < _FEWEST_CELLS:
        return None
    begin = start + line.rindex("|") + 1
    while begin < end and text[begin].isspace():
        begin += 1
    stop = next((at for at in range(begin, end) if text[at] in "،,؛("), end)
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    return (begin, stop) if begin < stop else None


def names_tellers(text: str, *, start: int, end: int, language: str) -> bool:
    """Tell whether the head of the last column says that it names who tells each row."""
    cell = last_cell(text, start=start, end=end)
    if cell is None or "row_heads" not in table("speech", language=language):
        return False
    heads = words("speech", "row_heads", language=language)
    return bool(heads & set(phrase(text[slice(*cell)]).split()))
