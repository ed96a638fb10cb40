"""A place as written, resolved where only one place can be meant."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from affiant.claims.gazetteer.atlas import Atlas, Place
from affiant.claims.lexicon import word_set
from affiant.language.folding import fold
from affiant.model.where import Where

_PARTS: Final = re.compile(r"\s*[,،(–—]\s*")
_LANGUAGES: Final = ("en", "fa", "ar")


def own_places(wheres: Iterable[Where]) -> Iterator[tuple[str, Place]]:
    """Yield (folded name, place) of the places that people of a case resolved."""
    for where in wheres:
        if where.name:
            place = Place(
                name=where.name,
                latitude=where.latitude,
                longitude=where.longitude,
                precision_m=where.precision_m,
            )
            for words in {where.words, where.name, _PARTS.split(where.name)[0]}:
                yield fold(words), place


def located(where: Where, *, atlases: Iterable[Atlas]) -> tuple[Where, str]:
    """Resolve a place; return it with the reason in words, or as it was with ''.

    The words stay as written. Of several places with one name none is taken: where the words
    do not say which is meant, nothing is filled in. A place that is resolved already stays.

    Args:
        where: As written; its most particular part stands first.
        atlases: Where to look, the case's own places first.
    """
    if where.latitude is not None:
        return where, ""
    for atlas in atlases:
        for words in _names_in(where.words):
            found = atlas.named(words)
            if len(found) == 1:
                return _at(where, place=found[0]), f"place “{words}” known as {found[0].name}"
            if found:
                return where, ""
    for atlas in atlases:
        for words in _names_in(where.words):
            near = atlas.nearly_named(words)
            if len(near) == 1:
                reason = f"place “{words}” taken for {near[0].name}, spelt otherwise"
                return _at(where, place=near[0]), reason
    return where, ""


def _names_in(words: str) -> Iterator[str]:
    """Yield what may be the name in "the village of Sedra, Tarvand": all of it, then less.

    Only the first part is looked at, the most particular one: what it lies in is not where
    it happened. Only words that leave it the same place are left out: "near Sedra" is not
    Sedra.
    """
    yield words
    tokens = _PARTS.split(words)[0].split()
    yield " ".join(tokens)
    while len(tokens) > 1 and fold(tokens[0]) in _settlements():
        tokens = tokens[1:]
        yield " ".join(tokens)


@cache
def _settlements() -> frozenset[str]:
    """Return the words that may stand before a place's name, folded, of all languages."""
    return frozenset(
        fold(word)
        for language in _LANGUAGES
        for word in word_set("settlements", "words", language=language)
    )


def _at(where: Where, *, place: Place) -> Where:
    """Return a place as written with what it was resolved to."""
    return replace(
        where,
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        precision_m=place.precision_m,
    )
