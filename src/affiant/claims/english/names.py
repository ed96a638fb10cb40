"""Lists of named people: "Idris Talan, 34, Nela Orvan (29) and Parisa Tesh"."""

import re
from dataclasses import dataclass
from functools import cache

from affiant.claims.lexicon import word_set

_ITEM = r"(N{1,5})(?:\(a?n[^)N]{0,3}\)|(?:ca?n|cd[wn]{1,5})(?=[c&.]))?"
_LIST = re.compile(rf"{_ITEM}(?:(?:c&?|s&?|&){_ITEM})+c?")
_WITH = re.compile(r"(N{2,5})(?:\(a?n[^)N]{0,3}\)|ca?n(?=[c&]))?c?&(dw{1,2})")
_NAME = re.compile(_ITEM)


@dataclass(frozen=True, slots=True)
class NameList:
    """People named one after the other, as token indices.

    Attributes:
        first: First token of the list.
        last: Last token, the age after the last name included.
        names: First and last token of each name.
    """

    first: int
    last: int
    names: tuple[tuple[int, int], ...]


def shape_of(tokens: list[tuple[str, str, str]]) -> str:
    """Return one letter a token: N for a name, n for a number, and so on.

    Args:
        tokens: As written, in lower case, and the class of each.
    """
    return "".join(_letter(token) for token in tokens)


def name_lists(shape: str) -> tuple[NameList, ...]:
    """Return the lists of two names or more in a sentence of this shape."""
    if shape.count("N") < 2 or "&" not in shape or not any(mark in shape for mark in "c&s"):
        return ()
    found = []
    for match in _LIST.finditer(shape):
        names = tuple(each.span(1) for each in _NAME.finditer(shape, match.start(), match.end()))
        full = [
            (first, last - 1)
            for first, last in names
            if last - first > 1 or shape[last : last + 1] == "&"
        ]
        single = all(last - first == 1 for first, last in names) and "&" in match.group()
        bare = tuple((first, last - 1) for first, last in names) if single else tuple(full)
        if len(bare) > 1 and (not single or len(bare) > 2):
            found.append(NameList(match.start(), match.end() - 1, bare))
    for match in _WITH.finditer(shape):
        clash = any(one.first <= match.start() <= one.last for one in found)
        if not clash:
            first, other = match.span(1), match.span(2)
            names = ((first[0], first[1] - 1), (other[0], other[1] - 1))
            found.append(NameList(match.start(), match.end() - 1, names))
    return tuple(found)


def _letter(token: tuple[str, str, str]) -> str:
    """Return the letter of one token."""
    text, low, tag = token
    if tag == "noun" and text[0].isupper() and low not in _no_names():
        return "N"
    marks = {",": "c", ";": "s", "(": "(", ")": ")", "aged": "a"}
    if low in marks:
        return marks[low]
    kinds = {"num": "n", "conj": "&", "det": "d", "adj": "w", "noun": "w"}
    return kinds.get(tag, ".")


@cache
def _no_names() -> frozenset[str]:
    """Return the words that are written like names and name nobody."""
    people = word_set("people", "people") | word_set("people", "agents")
    return people | word_set("people", "means") | word_set("places", "nouns")
