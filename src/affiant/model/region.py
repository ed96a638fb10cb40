"""Where a passage stands on a page image or in a recording."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch of a recorded text, and where it stands in what it was read from.

    Attributes:
        start: Offset of the first character in the text, in code points.
        end: Offset after the last character.
        page: Page number, from 1; None for sound and film.
        box: Left, top, right, bottom in ten-thousandths of the page's width and height, from
            its upper left corner; None where only the page is known.
        from_ms: Beginning in milliseconds from the recording's start; None for pages.
        to_ms: End, exclusive; None for pages.
    """

    start: int
    end: int
    page: int | None = None
    box: tuple[int, int, int, int] | None = None
    from_ms: int | None = None
    to_ms: int | None = None

    def __post_init__(self) -> None:
        """Refuse a stretch that stands nowhere, or backwards."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"a region covers characters: {self.start} to {self.end}")
        _refuse_nowhere(self)

    @property
    def place(self) -> "Place":
        """Where it stands, without which characters they are."""
        return Place(page=self.page, box=self.box, from_ms=self.from_ms, to_ms=self.to_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where quoted words stand on a page image or in a recording; fields as of ``Region``."""

    page: int | None = None
    box: tuple[int, int, int, int] | None = None
    from_ms: int | None = None
    to_ms: int | None = None

    def __post_init__(self) -> None:
        """Refuse a place that is none."""
        _refuse_nowhere(self)


def _refuse_nowhere(place: Region | Place) -> None:
    """Refuse what is neither on a page nor in a recording, or is both, or is no stretch of it."""
    if (place.page is None) == (place.from_ms is None):
        raise ValueError("it stands on a page or in a recording, one of the two")
    if place.page is None and place.box is not None:
        raise ValueError("a box stands on a page")
    if place.from_ms is None and place.to_ms is not None:
        raise ValueError("a span of time has a beginning")
    if place.page is not None and place.page < 1:
        raise ValueError("pages are numbered from 1")
    if place.box is not None:
        left, top, right, bottom = place.box
        if not (0 <= left < right <= 10_000 and 0 <= top < bottom <= 10_000):
            raise ValueError(f"{place.box} is no box on a page")
    if place.from_ms is not None and not 0 <= place.from_ms < (place.to_ms or 0):
        raise ValueError(f"{place.from_ms} to {place.to_ms} is no span of time")


def places_of(
    start: int, *, end: int, regions: Sequence[Region], pages: Sequence[tuple[int, int, int]]
) -> tuple[Place, ...]:
    """Return where a passage of a text stands, in the order of the text.

    Args:
        start: Offset of its first character, in code points.
        end: Offset after the last one.
        regions: The text's regions: each that the passage touches gives its place.
        pages: The text's pages, each (number, start, end): one that the passage touches and
            whose lines are not known gives its number alone.

    Returns:
        Each place once; nothing where the text has neither.
    """
    touched = [region for region in regions if region.start < end and start < region.end]
    known = {region.page for region in touched}
    touched += [
        Region(start=first, end=last, page=page)
        for page, first, last in pages
        if first < end and start < last and page not in known
    ]
    touched.sort(key=lambda region: region.start)
    return tuple(dict.fromkeys(region.place for region in touched))
