"""What governs a run of words in its sentence: the verb or noun on its left, the verb on its right.

There is no parse: words are walked over from the edges of the run until one of them governs.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from affiant.claims.learned.cues import (
    ADVERBS,
    BEING,
    DETERMINERS,
    HAVING,
    PREPOSITIONS,
    SMALL,
    is_past,
)

_REACH: Final = 14
_RELATIVE: Final = frozenset({"who", "which", "that", "whom"})
_JOINING: Final = frozenset({",", "and", "or"})
_STOPPING: Final = frozenset({".", ";", ":", "?", "!", "--"})


class Governor(NamedTuple):
    """A governing word.

    Attributes:
        word: The word, or ``0`` where none was met.
        how: ``act``, ``pas`` or ``ing`` for a verb, ``noun``, ``rel`` for a relative, ``aux``
            for a form of "be" or "have", ``is`` for what follows one, or ``none``.
        link: The preposition between, or an empty string.
        marks: What was walked over: ``c`` a comma or "and", ``r`` a relative, ``p`` a preposition.
    """

    word: str
    how: str
    link: str
    marks: str


def left_governor(words: Sequence[str], *, first: int) -> Governor:
    """Return what governs a run from the left: "killed X", "murder of X", "attack by X"."""
    link = marks = ""
    for at in range(first - 1, max(-1, first - _REACH), -1):
        word = words[at]
        if word in _STOPPING:
            break
        if word in PREPOSITIONS:
            link = link or word
            marks += "" if "p" in marks else "p"
        elif word in _JOINING:
            marks += "" if "c" in marks or link else "c"
        elif word not in DETERMINERS and word not in ADVERBS:
            how = _governs(words, at=at, linked=bool(link))
            if how:
                return Governor(word, how, link, marks)
    return Governor("0", "none", link, marks)


def _governs(words: Sequence[str], *, at: int, linked: bool) -> str:
    """Return how a word governs what follows it, or an empty string."""
    word = words[at]
    if word in _RELATIVE:
        return "rel"
    if word in BEING or word in HAVING:
        return "aux"
    if is_past(word) or word.endswith("ing"):
        return _voice(words, at=at)
    return "noun" if linked and word not in SMALL and word[0].isalpha() else ""


def right_governor(words: Sequence[str], *, last: int) -> Governor:
    """Return the verb that a run is the subject of, as far as can be told: "X was killed"."""
    marks = ""
    for at in range(last + 1, min(len(words), last + _REACH)):
        word = words[at]
        if word in _STOPPING:
            break
        if word in _JOINING:
            marks += "" if "c" in marks else "c"
        elif word in _RELATIVE:
            marks += "r"
        elif word in PREPOSITIONS:
            marks += "" if "p" in marks else "p"
        elif word in BEING or word in HAVING:
            marks += "" if "b" in marks else "b"
        elif is_past(word) or (word.endswith("ing") and "b" in marks):
            return Governor(word, _voice(words, at=at), "", marks)
        elif "b" in marks and word not in ADVERBS and word not in SMALL:
            return Governor(word, "is", "", marks)
    return Governor("0", "none", "", marks)


def _voice(words: Sequence[str], *, at: int) -> str:
    """Return the voice of a verb form by the words before it, and after it."""
    if words[at].endswith("ing"):
        return "ing"
    for before in range(at - 1, max(-1, at - 4), -1):
        word = words[before]
        if word in BEING:
            return "pas"
        if word in HAVING:
            return "act"
        if word not in ADVERBS:
            break
    return "pas" if at + 1 < len(words) and words[at + 1] == "by" else "act"
