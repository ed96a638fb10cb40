"""How a picture looks, in 64 bits: pictures that look alike have hashes that differ little.

Source: the discrete cosine transform hash as in Zauner, "Implementation and Benchmarking of
Perceptual Image Hash Functions" (2010), section 3.2.1; the median without the first value.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
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
    values = _small_grey(picture, orientation=orientation)
    contrast = float(values.std())
    span = float(values.max() - values.min())
    if not np.isfinite(contrast) or contrast < _LEAST_CONTRAST or span == 0:
        return None
    spectrum = (_COSINES @ values @ _COSINES.T)[:_KEPT, :_KEPT].ravel()
    bits = spectrum > np.median(spectrum[1:])
    bits[0] = False  # the first value is the brightness of the whole and tells nothing
    return np.packbits(bits).tobytes().hex()


def _small_grey(picture: Image.Image, *, orientation: object) -> NDArray[np.float64]:
    """Return the picture in grey, upright, 32 by 32 points, 0 to about 255."""
    picture.draft("L", (_SIDE * 8, _SIDE * 8))
    wide = picture.mode in _WIDE_MODES
    if wide:
        grey = picture.convert("F")
    elif picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        grey = _on_white(picture)
    else:
        grey = picture.convert("L")
    small = grey.resize((_SIDE, _SIDE), Image.Resampling.BOX)
    turn = _UPRIGHT.get(orientation) if isinstance(orientation, int) else None
    if turn is not None:
        small = small.transpose(turn)
    values = np.asarray(small, dtype=np.float64)
    if wide and values.max() > values.min():
        values = (values - values.min()) * (255 / (values.max() - values.min()))
    return values


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture with transparent parts in grey, as on white paper."""
    clear = picture.convert("RGBA")
    grey, veil = clear.convert("L"), clear.getchannel("A")
    return Image.composite(grey, Image.new("L", clear.size, 255), veil)


def _cosines() -> NDArray[np.float64]:
    """Return the matrix of the discrete cosine transform of 32 values."""
    places = np.arange(_SIDE, dtype=np.float64)
    return np.cos(np.pi * (2 * places[None, :] + 1) * places[:, None] / (2 * _SIDE))


_COSINES: Final = _cosines()
