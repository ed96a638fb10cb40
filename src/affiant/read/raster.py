"""Pages and pictures as grey pixels, for the recognition of characters.

What recognises characters gets these pixels behind a header that we write ourselves, never
the bytes that somebody sent: no decoder of pictures outside the box sees them.
"""

from dataclasses import dataclass
from typing import Final

TASK: Final = "affiant.read.render:render_in_box"
COUNT: Final = "affiant.read.render:count_in_box"
# Loaded before the box is closed.
PRELOAD: Final = ("affiant.read.render:warm_up",)
PDF: Final = "application/pdf"
PICTURES: Final = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
}
DPI: Final = 300
MOST_PIXELS: Final = 36_000_000
MOST_PAGES: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """One page in grey.

    Attributes:
        width: In pixels.
        height: In pixels.
        dpi: Pixels an inch, or 0 where nothing tells.
        pixels: One byte each, row by row from the upper left corner; 0 is black.
    """

    width: int
    height: int
    dpi: int
    pixels: bytes

    @property
    def fits(self) -> bool:
        """Whether the numbers are possible and the pixels as many as they say."""
        return (
            min(self.width, self.height) >= 1
            and self.width * self.height == len(self.pixels) <= MOST_PIXELS
            and 0 <= self.dpi <= 10_000
        )

    def picture(self) -> bytes:
        """Return it as a portable graymap, the plainest of picture formats."""
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + self.pixels
