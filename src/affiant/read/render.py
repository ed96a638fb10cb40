"""Makes grey pixels of pages and pictures; runs inside the box."""

from collections.abc import Mapping
from io import BytesIO
from math import ceil, sqrt
from typing import Final

import msgspec
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from affiant.errors import UnreadableError
from affiant.read.codes import unreadable
from affiant.read.raster import DPI, MOST_PIXELS, PDF, PICTURES, Raster

MOST_DECODED_PIXELS: Final = 150_000_000

_BROKEN: Final = (UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError)
_POINTS_PER_INCH: Final = 72
_LONG_ENOUGH: Final = 2_000
_MOST_ENLARGED: Final = 4
_LIKELY_DPI: Final = range(100, 1_300)


def render_in_box(data: bytes, *, arguments: Mapping[str, str]) -> bytes:
    """Render one page and return it as MessagePack.

    Args:
        data: The document.
        arguments: ``media_type`` without parameters, and ``page`` from 1.

    Raises:
        UnreadableError: ``page_broken`` or ``too_large``.
    """
    number = int(arguments["page"])
    media_type = arguments["media_type"]
    render = _pdf_page if media_type == PDF else _picture
    return msgspec.msgpack.encode(render(data, number=number, media_type=media_type))


def count_in_box(data: bytes, *, arguments: Mapping[str, str]) -> bytes:
    """Return how many pages or frames a document has, in decimal digits.

    Args:
        data: The document.
        arguments: ``media_type`` without parameters.

    Raises:
        UnreadableError: ``page_broken``: it cannot be opened.
    """
    media_type = arguments["media_type"]
    try:
        if media_type == PDF:
            with pypdfium2.PdfDocument(data) as document:
                return b"%d" % len(document)
        with Image.open(BytesIO(data), formats=[PICTURES[media_type]]) as image:
            frames = getattr(image, "n_frames", 1) if media_type == "image/tiff" else 1
            return b"%d" % frames
    except Image.DecompressionBombError as problem:
        raise unreadable("too_large") from problem
    except (pypdfium2.PdfiumError, *_BROKEN) as problem:
        raise _broken() from problem


def warm_up() -> None:
    """Load the decoders of every picture format."""
    Image.init()


def _pdf_page(data: bytes, *, number: int, media_type: str) -> Raster:
    """Render a page of a PDF at 300 pixels an inch, or fewer where it is very large."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            page = document[number - 1]
            width, height = page.get_size()
            dpi = min(DPI, sqrt(MOST_PIXELS / max(1.0, width * height)) * _POINTS_PER_INCH)
            # PDFium rounds each side up
            dpi = dpi if dpi == DPI else 0.99 * dpi
            image = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True).to_pil()
            return _raster(image, dpi=round(dpi))
    except (pypdfium2.PdfiumError, IndexError) as problem:
        raise _broken() from problem


def _picture(data: bytes, *, number: int, media_type: str) -> Raster:
    """Decode one frame of a picture, upright, small ones enlarged, huge ones made smaller."""
    Image.MAX_IMAGE_PIXELS = MOST_DECODED_PIXELS
    try:
        with Image.open(BytesIO(data), formats=[PICTURES[media_type]]) as image:
            if image.width * image.height > MOST_DECODED_PIXELS:
                raise unreadable("too_large")
            image.seek(number - 1)
            dpi = _told_dpi(image)
            grey = _grey(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as problem:
        raise unreadable("too_large") from problem
    except _BROKEN as problem:
        raise _broken() from problem
    scale = _scale(grey)
    if scale != 1:
        size = (max(1, int(grey.width * scale)), max(1, int(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    return _raster(grey, dpi=round(dpi * scale))


def _grey(image: Image.Image) -> Image.Image:
    """Return a picture in grey, what is transparent white, 16 bits cut to their upper 8."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        ground.alpha_composite(clear)
        return ground.convert("L")
    return image.convert("L")


def _told_dpi(image: Image.Image) -> int:
    """Return the pixels an inch that a picture tells, or 0 where that is not to be believed."""
    told = image.info.get("dpi", (0, 0))
    dpi = round(float(told[0])) if isinstance(told, tuple) and told else 0
    return dpi if dpi in _LIKELY_DPI else 0


def _scale(image: Image.Image) -> float:
    """Return by how much to enlarge or shrink a picture."""
    if image.width * image.height > MOST_PIXELS:
        return 0.999 * sqrt(MOST_PIXELS / (image.width * image.height))
    scale = min(_MOST_ENLARGED, ceil(_LONG_ENOUGH / max(image.size)))
    fits = image.width * image.height * scale * scale <= MOST_PIXELS
    return scale if fits else 1


def _broken() -> UnreadableError:
    return UnreadableError(
        "a page cannot be made a picture",
        remedy="Its original is kept. Add a readable copy beside it.",
        code="page_broken",
    )


def _raster(image: Image.Image, *, dpi: int) -> Raster:
    grey = image if image.mode == "L" else image.convert("L")
    return Raster(width=grey.width, height=grey.height, dpi=dpi, pixels=grey.tobytes())
