"""Reading of the word lists."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str, *, language: str = "en") -> dict[str, Any]:
    """Return the word list ``name`` of a language; it comes with the package and is read once."""
    source = resources.files("affiant.claims.lexicon").joinpath(language, f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def word_set(name: str, *keys: str, language: str = "en") -> frozenset[str]:
    """Return the words of one list, which stand in a string with spaces between."""
    found: Any = table(name, language=language)
    for key in keys:
        found = found[key]
    return frozenset(found.split() if isinstance(found, str) else found)


def phrases(entries: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words, longest first.

    Any white space may stand between two words, so that a line break does; ``~`` stands
    for one to three words.
    """
    ordered = sorted(entries, key=len, reverse=True)
    alternatives = "|".join(_phrase(entry) for entry in ordered)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _phrase(entry: str) -> str:
    """Return the pattern of one phrase."""
    parts = []
    for word in entry.split():
        parts.append(r"[\w’'-]+(?:\s+[\w’'-]+){0,2}" if word == "~" else re.escape(word))
    return r"\s+".join(parts)
