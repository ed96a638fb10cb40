"""Words that stand for people: listed ones, and those whose ending tells it."""

from functools import cache

from affiant.claims.lexicon import word_set


@cache
def is_person(low: str) -> bool:
    """Tell whether a noun in lower case stands for a person or people: "nurse", "quarrymen"."""
    if low in listed_people():
        return True
    if low in word_set("people", "not_people") or len(low) < 6:
        return False
    if low.endswith(tuple(word_set("people", "endings"))):
        return True
    return "-" not in low and low.endswith(tuple(word_set("people", "doer_endings")))


@cache
def listed_people() -> frozenset[str]:
    """Return the words of the lists that stand for people."""
    return word_set("people", "people") | word_set("people", "agents") - {"attack"}
