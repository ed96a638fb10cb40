"""Pictures: their size, what they say of themselves, and how they look; no text."""

import warnings
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from typing import Final

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from affiant.read.codes import unreadable
from affiant.read.likeness import METHOD, likeness_of
from affiant.read.picture_facts import picture_facts
from affiant.read.values import Problem, Reading

TOOL: Final = "pillow"
VERSION: Final = version("pillow")
MOST_PIXELS: Final = 100_000_000
MOST_FRAMES: Final = 10_000
# Named, so that the library does not load the readers of forty other formats.
READERS: Final = (
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP", "DIB")

# What the library raises over pictures that are damaged or made to break it.
_DAMAGED: Final = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    SyntaxError,
    ArithmeticError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def read_picture(data: bytes) -> Reading:
    """Return a picture's size, frames, camera data and perceptual hash.

    What it says of itself is a hint, never evidence: anybody can write it. The size is read
    from the header, and a picture of more than 100 million points is not unpacked.

    Raises:
        UnreadableError: ``picture_broken`` or ``picture_too_large``.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as picture:
                return _reading(picture)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
            raise unreadable("picture_too_large") from problem
        except _DAMAGED as problem:
            raise unreadable("picture_broken") from problem


def _reading(picture: Image.Image) -> Reading:
    """Return the facts; where the points are damaged, the rest nevertheless."""
    if picture.width * picture.height > MOST_PIXELS:
        raise unreadable("picture_too_large")
    facts, problems = list(_size(picture)), []
    try:
        facts += picture_facts(picture)
    except _DAMAGED:
        problems.append(Problem(code="hints_not_read", item="picture"))
    try:
        likeness = likeness_of(picture)
    except _DAMAGED:
        likeness = None
        problems.append(Problem(code="part_broken", item="points"))
    if likeness is not None:
        facts.append(("likeness.method", METHOD))
    return Reading(
        extraction=None,
        problems=tuple(problems),
        facts=tuple(dict(facts).items()),
        likeness=likeness,
    )


def _size(picture: Image.Image) -> Iterator[tuple[str, str]]:
    yield "picture.format", str(picture.format)
    yield "picture.width", str(picture.width)
    yield "picture.height", str(picture.height)
    yield "picture.frames", str(min(MOST_FRAMES, getattr(picture, "n_frames", 1)))
    yield "picture.tool", f"{TOOL} {VERSION}"
