"""How a picture looks, in 64 bits: pictures that look alike have hashes that differ little.

Source: the discrete cosine transform hash as in Zauner, "Implementation and Benchmarking of
Perceptual Image Hash Functions" (2010), section 3.2.1; the median without the first value.
"""

from array import array
from collections.abc import Sequence
from math import cos, pi
from operator import mul
from statistics import median, pstdev
from typing import Final

from PIL import Image

METHOD: Final = "affiant.dct64/1"

_SIDE: Final = 32
_KEPT: Final = 8
# Smaller pictures are signs and counting dots; flat ones all look alike to any hash.
_LEAST_SIDE: Final = 32
_LEAST_CONTRAST: Final = 3.0
_ORIENTATION: Final = 0x0112
# Source: EXIF 2.32, Orientation. What has to be done to see the picture upright.
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_WIDE_MODES: Final = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")


def likeness_of(picture: Image.Image) -> str | None:
    """Return the perceptual hash, 16 hex digits; None for tiny and for flat pictures.

    Re-saved, scaled, slightly cropped or brightened copies differ in few of the 64 bits;
    mirrored, turned or strongly cropped ones do not look alike to it. Of several frames the
    first counts. A camera's note on how it was held is heeded.

    Raises:
        OSError: Or another error of the library: the points are damaged.
    """
    if min(picture.size) < _LEAST_SIDE:
        return None
    orientation = picture.getexif().get(_ORIENTATION)
    rows = _small_grey(picture, orientation=orientation)
    contrast = pstdev(value for row in rows for value in row)
    if not contrast >= _LEAST_CONTRAST:  # where a point is no number, nothing is
        return None
    spectrum = _spectrum(rows)
    # The first value is the brightness of the whole and tells nothing.
    middle = median(spectrum[1:])
    bits = [False, *(value > middle for value in spectrum[1:])]
    return f"{int(''.join(map(str, map(int, bits))), 2):016x}"


def _spectrum(rows: Sequence[Sequence[float]]) -> list[float]:
    """Return the lowest 8 by 8 values of the cosine transform in two dimensions."""
    across = [[_dot(wave, values=row) for wave in _COSINES] for row in rows]
    columns = list(zip(*across, strict=True))
    return [_dot(wave, values=column) for wave in _COSINES for column in columns]


def _dot(wave: Sequence[float], *, values: Sequence[float]) -> float:
    return float(sum(map(mul, wave, values)))


def _small_grey(picture: Image.Image, *, orientation: object) -> list[Sequence[float]]:
    """Return the picture in grey, upright, as 32 rows of 32 points, 0 to about 255."""
    picture.draft("L", (_SIDE * 8, _SIDE * 8))
    wide = picture.mode in _WIDE_MODES
    if wide:
        grey = picture.convert("F")
    elif picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        grey = _on_white(picture)
    else:
        grey = picture.convert("L")
    small = grey.resize((_SIDE, _SIDE), Image.Resampling.BOX).convert("F")
    turn = _UPRIGHT.get(orientation) if isinstance(orientation, int) else None
    if turn is not None:
        small = small.transpose(turn)
    points = array("f", small.tobytes())
    low, high = min(points), max(points)
    if wide and high > low:
        points = array("f", ((point - low) * 255 / (high - low) for point in points))
    return [points[at : at + _SIDE] for at in range(0, _SIDE * _SIDE, _SIDE)]


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture with transparent parts in grey, as on white paper."""
    clear = picture.convert("RGBA")
    grey, veil = clear.convert("L"), clear.getchannel("A")
    return Image.composite(grey, Image.new("L", clear.size, 255), veil)


_COSINES: Final = tuple(
    tuple(cos(pi * (2 * place + 1) * wave / (2 * _SIDE)) for place in range(_SIDE))
    for wave in range(_KEPT)
)
