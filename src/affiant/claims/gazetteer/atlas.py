"""Names of places and where they lie, looked up as a reader would: folded, or nearly so."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final

from affiant.language.folding import fold

RADIUS_M: Final = (1_500, 3_000, 6_000, 15_000, 30_000)
"""How far a place of each size class reaches from its point, in metres: a town is no point."""

_SHORTEST: Final = 5
"""Shorter names are too like one another to be taken for misspelt ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place.

    Attributes:
        name: Its name.
        country: ISO 3166 code, or '' for one that people of the case named.
        latitude: Decimal degrees as a string, or None where nobody gave it.
        longitude: Decimal degrees as a string, or None.
        precision_m: Radius in metres within which it lies, or None.
    """

    name: str
    country: str = ""
    latitude: str | None = None
    longitude: str | None = None
    precision_m: int | None = None


class Atlas:
    """Places by their folded names."""

    def __init__(self, places: Iterable[tuple[str, Place]]) -> None:
        self._places: dict[str, set[Place]] = {}
        for key, place in places:
            self._places.setdefault(key, set()).add(place)
        self._near: dict[str, set[str]] = {}
        for key in self._places:
            for cut in _cuts(key):
                self._near.setdefault(cut, set()).add(key)

    def named(self, name: str) -> list[Place]:
        """Return the places of this name, in any script and spelling of letters."""
        return sorted(self._places.get(fold(name), ()), key=str)

    def nearly_named(self, name: str) -> list[Place]:
        """Return the places whose name differs in one letter: added, left out, or another.

        Nothing for a name of this atlas, and nothing for short names.
        """
        key = fold(name)
        if key in self._places:
            return []
        alike = {other for cut in _cuts(key) for other in self._near.get(cut, ())}
        near = [other for other in alike if _one_apart(key, other=other)]
        return sorted({place for other in near for place in self._places[other]}, key=str)


def _cuts(key: str) -> set[str]:
    """Return a name, and it with each letter left out: two that are near share one."""
    if len(key) < _SHORTEST:
        return set()
    return {key} | {key[:at] + key[at + 1 :] for at in range(len(key))}


def _one_apart(one: str, *, other: str) -> bool:
    """Tell whether two names differ in exactly one letter, or in two that changed places."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(longer) - len(shorter) == 1:
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    if len(longer) != len(shorter):
        return False
    unlike = [at for at in range(len(one)) if one[at] != other[at]]
    swapped = (
        len(unlike) == 2
        and unlike[1] == unlike[0] + 1
        and one[unlike[0]] == other[unlike[1]]
        and one[unlike[1]] == other[unlike[0]]
    )
    return len(unlike) == 1 or swapped


def places_of_countries(countries: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """Yield (folded name, place) of every place of these countries that the gazetteer has.

    Args:
        countries: ISO 3166 codes, two capital letters each.
    """
    wanted = {f"\t{country}\t" for country in countries}
    if not wanted:
        return
    source = resources.files("affiant.claims.gazetteer").joinpath("places.tsv.gz")
    for line in gzip.decompress(source.read_bytes()).decode("utf-8").splitlines():
        if any(country in line for country in wanted):
            key, name, country, latitude, longitude, size = line.split("\t")
            yield (
                key,
                Place(
                    name=name,
                    country=country,
                    latitude=latitude,
                    longitude=longitude,
                    precision_m=RADIUS_M[int(size)],
                ),
            )
