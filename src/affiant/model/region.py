"""Where a passage stands on a page image or in a recording."""

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
        if (self.page is None) == (self.from_ms is None):
            raise ValueError("a region stands on a page or in a recording, one of the two")
        if self.page is not None and self.page < 1:
            raise ValueError("pages are numbered from 1")
        if self.box is not None:
            left, top, right, bottom = self.box
            if not (0 <= left < right <= 10_000 and 0 <= top < bottom <= 10_000):
                raise ValueError(f"{self.box} is no box on a page")
        if self.from_ms is not None and not 0 <= self.from_ms < (self.to_ms or 0):
            raise ValueError(f"{self.from_ms} to {self.to_ms} is no span of time")
