"""What numbers and dates a quote gives, by the same rules that read them elsewhere."""

from typing import Final

from affiant.claims.english.dates import find_dates
from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.tagging import read_sentence
from affiant.model.when import When

_ONE: Final = frozenset({"a", "an", "another"})

Bounds = tuple[int | None, int | None]


def bounds_in(words: str, *, language: str) -> list[Bounds]:
    """Return the bounds of each number that words give, in order; none without rules."""
    if language != "en":
        return []
    sentence = read_sentence(words, span=(0, len(words)))
    found: list[Bounds] = []
    index = 0
    while index < len(sentence.tokens):
        quantity = quantity_at(sentence, index=index)
        if quantity is not None:
            found.append((quantity.low, quantity.high))
            index = quantity.last
        index += 1
    if not found and sentence.low(0) in _ONE:
        return [(1, 1)]
    return found


def date_in(words: str, *, language: str, published: str | None) -> When:
    """Return the date that words give; one that no rule resolves stays as written."""
    if language == "en":
        for mention in find_dates(words, start=0, end=len(words), published=published):
            return mention.when
    return When(edtf=None, basis="explicit", words=words)
