"""Words that tell of violence, by kind, and the classes of other words, from the word lists."""

import re
from functools import lru_cache
from typing import Final

from affiant.claims.lexicon import table, word_set

_LISTS: Final = "incidents"
_STEMS: Final = tuple(
    (kind, re.compile(f"(?:{stems.replace(' ', '|')})"))
    for kind, stems in table(_LISTS)["violence"].items()
)
BEING: Final = word_set(_LISTS, "classes", "being")
PREPOSITIONS: Final = word_set(_LISTS, "classes", "prepositions")
DETERMINERS: Final = word_set(_LISTS, "classes", "determiners")
TITLES: Final = word_set(_LISTS, "classes", "titles")
SMALL: Final = word_set(_LISTS, "classes", "small")
ADVERBS: Final = word_set(_LISTS, "classes", "adverbs")
NEVER_WITHIN: Final = word_set(_LISTS, "classes", "never_within")
NEVER_LAST: Final = word_set(_LISTS, "classes", "never_last")
TIMES: Final = word_set(_LISTS, "classes", "times")
DOUBT: Final = word_set(_LISTS, "classes", "doubt")
HAVING: Final = word_set(_LISTS, "classes", "having") | word_set(_LISTS, "classes", "modals")
_IRREGULAR: Final = word_set(_LISTS, "classes", "irregular")
_ADJECTIVES: Final = word_set(_LISTS, "classes", "adjectives")
_NOUNS: Final = tuple(
    (sort, frozenset(words.split())) for sort, words in table(_LISTS)["nouns"].items()
)
_NAMES: Final = tuple(
    (sort, frozenset(words.split())) for sort, words in table(_LISTS)["names"].items()
)


@lru_cache(maxsize=20_000)
def violence(word: str) -> str:
    """Return the kind of violence that a word tells of, or an empty string."""
    if len(word) < 3:
        return ""
    return next((kind for kind, stems in _STEMS if stems.match(word)), "")


@lru_cache(maxsize=20_000)
def sorts(word: str) -> tuple[str, ...]:
    """Return what sorts of person, thing or name a word tells of."""
    found = tuple(sort for sort, words in _NOUNS if word in words)
    return found + tuple(sort for sort, words in _NAMES if word in words)


def is_past(word: str) -> bool:
    """Tell whether a word may be a verb that tells what was done."""
    return (word.endswith("ed") and word not in _ADJECTIVES) or word in _IRREGULAR


def word_class(word: str) -> str:
    """Return a word's class: a small word by kind, a mark as it stands, else ``w``."""
    if word in DETERMINERS:
        return "DET"
    if word in PREPOSITIONS:
        return f"P:{word}"
    if word in BEING:
        return "BE"
    if word in SMALL:
        return "F"
    if not word[0].isalnum():
        return word
    return "NUM" if word[0].isdigit() else "w"
