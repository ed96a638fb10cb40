"""Where turns of phrase stand in a sentence, each found by its rarest word first."""

import re
from dataclasses import dataclass
from functools import cache

from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import table, word_set
from affiant.model.vocabulary import Act

_PLAIN = ("determiner", "pronoun", "be", "have", "modal", "conjunction", "preposition", "negation")
_KINDS = (("denied", True), ("acts", False))


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase that tells of an act.

    Attributes:
        act: The act.
        denied: True where the words themselves deny it: "left of their own accord".
        pattern: Its words.
        rank: Which of two that begin at one place goes first: the lower.
    """

    act: Act
    denied: bool
    pattern: re.Pattern[str]
    rank: int


def turns_in(sentence: Sentence) -> list[tuple[Turn, tuple[int, int]]]:
    """Return the turns of phrase of a sentence with their offsets, none inside another."""
    lows = {token.low for token in sentence.tokens}
    likely = {at for low in lows & telling_words() for at in _by_word()[low]}
    matches: list[tuple[int, int, Turn, int]] = []
    for at in likely:
        turn = _turns()[at]
        for match in turn.pattern.finditer(sentence.text, sentence.start, sentence.end):
            matches.append((match.start(), turn.rank, turn, match.end()))
    found: list[tuple[Turn, tuple[int, int]]] = []
    reached = sentence.start
    for start, _, turn, end in sorted(matches, key=lambda one: one[:2]):
        if start >= reached:
            found.append((turn, (start, end)))
            reached = end
    return found


@cache
def telling_words() -> frozenset[str]:
    """Return words of which a sentence has one where any turn of phrase stands in it."""
    return frozenset(_by_word())


@cache
def _by_word() -> dict[str, tuple[int, ...]]:
    """Return the turns of phrase by each of the words of which one must stand in them."""
    plain = frozenset().union(*(word_set("words", key) for key in _PLAIN))
    found: dict[str, list[int]] = {}
    for at, (_, _, entry) in enumerate(_entries()):
        choices = [frozenset(word.split("|")) for word in entry.split() if word not in ("~", "…")]
        full = [choice for choice in choices if not choice & plain and "'" not in "".join(choice)]
        for word in min(full or choices, key=len):
            found.setdefault(word, []).append(at)
    return {word: tuple(places) for word, places in found.items()}


@cache
def _entries() -> tuple[tuple[Act, bool, str], ...]:
    """Return every entry, what is denied first and the longer before the shorter."""
    return tuple(
        (act, denied, entry)
        for kind, denied in _KINDS
        for act, entries in table("idioms")[kind].items()
        for entry in sorted(entries, key=len, reverse=True)
    )


@cache
def _turns() -> tuple[Turn, ...]:
    return tuple(
        Turn(
            act,
            denied,
            re.compile(rf"(?<![\w’'])(?:{_pattern(entry)})(?!\w)", re.IGNORECASE),
            rank,
        )
        for rank, (act, denied, entry) in enumerate(_entries())
    )


def _pattern(entry: str) -> str:
    """Return the pattern of one turn of phrase."""
    found = ""
    for word in entry.split():
        gap = r"\s+" if found else ""
        if word == "…":
            part = r"[^.;:!?\n]{1,90}?"
        elif word == "~":
            part = r"[\w’'-]+(?:\s+[\w’'-]+){0,2}?"
        else:
            part = (
                "(?:"
                + "|".join(re.escape(one).replace("'", "[’']") for one in word.split("|"))
                + ")"
            )
        if word.startswith(("'", "n't")):
            gap = r"\s*"
        found += gap + part
    return found
