"""A text as numbered sentences: all that a model sees of a document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from affiant.claims.blocks import blocks
from affiant.language import sentences

MOST_CHARACTERS: Final = 6000
"""So much of a text goes into one question, in code points; a sentence is never cut."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One sentence and the number that a model names it by.

    Attributes:
        number: From 1, in reading order.
        start: Offset of the first character in the text.
        exact: The sentence, verbatim.
    """

    number: int
    start: int
    exact: str


def numbered(text: str) -> list[Numbered]:
    """Return the sentences of a text in order; menus and share bars are left out."""
    numbers = count(1)
    found = []
    for block in blocks(text):
        if block.kind == "menu":
            continue
        for start, end in sentences(text[block.start : block.end]):
            first, last = block.start + start, block.start + end
            if text[first:last].strip():
                found.append(Numbered(next(numbers), first, text[first:last]))
    return found


def in_questions(found: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Yield the sentences in runs that fit one question each."""
    run: list[Numbered] = []
    size = 0
    for sentence in found:
        if run and size + len(sentence.exact) > MOST_CHARACTERS:
            yield run
            run, size = [], 0
        run.append(sentence)
        size += len(sentence.exact)
    if run:
        yield run
