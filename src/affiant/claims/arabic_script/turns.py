"""Whether a text is told in turns, by readers in comments, or by an "I"."""

import re
from typing import Final

from affiant.claims.arabic_script.patterns import glue, phrase, words
from affiant.claims.arabic_script.shadow import shadow
from affiant.claims.lexicon import table

TURN: Final = re.compile(r"^[ \t]*([^\W\d_][^\n:.]{0,24}):(?=[ \t])", re.MULTILINE)
_FEWEST_TURNS: Final = 4
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
