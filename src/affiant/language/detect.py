"""Which language a text is in."""

from functools import cache
from importlib import import_module
from typing import Protocol

_SHORTEST = 20
_LONGEST = 20_000


def detect(text: str) -> str:
    """Return the language of a text as ISO 639-1, or ``und`` where it is too short.

    Only the first 20,000 characters are looked at; fewer than 20 letters are not enough.

    Source: py3langid (Barbaresi 2021), after Lui and Baldwin (2012).
    """
    sample = text[:_LONGEST]
    if sum(1 for character in sample if character.isalpha()) < _SHORTEST:
        return "und"
    language, _ = _classifier().classify(sample)
    return language


class _Classifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]:
        """Return the language and how well it fits."""
        ...


@cache
def _classifier() -> _Classifier:
    """Load the classifier, which takes most of a second, when it is first asked."""
    classifier: _Classifier = import_module("py3langid")
    return classifier
