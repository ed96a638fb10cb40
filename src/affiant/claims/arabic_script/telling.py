"""Whether words tell of an act at all, whoever did it and whomever it befell."""

import re
from dataclasses import dataclass
from typing import Final

from affiant.claims.arabic_script.forms import forms_for
from affiant.claims.arabic_script.patterns import glue
from affiant.claims.arabic_script.shadow import shadow

LANGUAGE: Final = "fa"
_UNSURE: Final = frozenset(
    {
        "person",
        "thing",
        "people",
        "goods",
        "body",
        "animals",
        "order",
        "final",
        "relief",
        "medicine",
        "somebody",
    }
)
"""What needs one of these ("took") tells no act by its words alone."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Words that tell an act by themselves.

    Attributes:
        needles: Pieces of which one has to stand there; found much faster than the pattern.
        pattern: What the words look like.
    """

    needles: tuple[str, ...]
    pattern: re.Pattern[str]

    def find(self, line: str) -> re.Match[str] | None:
        """Return where the words stand in the shadow of a sentence, or None."""
        if not any(needle in line for needle in self.needles):
            return None
        return self.pattern.search(line)


def is_telling(*, needs: str) -> bool:
    """Tell whether an act that needs a kind of thing is told by its words alone."""
    return needs not in _UNSURE


def tells_act(text: str, *, start: int, end: int) -> bool:
    """Tell whether words of an act stand between two offsets of a Persian text."""
    line = shadow(text, spans=[(start, end)], glue=glue(LANGUAGE)).line
    return any(
        is_telling(needs=form.needs) and form.pattern.search(line)
        for form in forms_for(line, language=LANGUAGE)
    )
