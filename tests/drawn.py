"""Pictures of invented text, drawn when they are needed; what stands on them is the key."""

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from hostile.build import pdf_of

LATIN = ("NotoSans-Regular.ttf", "DejaVuSans.ttf")
ARABIC = ("NotoNaskhArabic-Regular.ttf", "NotoSansArabic-Regular.ttf")
_FOLDERS = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/truetype/dejavu")


def font(names, *, size):
    """Return the first of these fonts that is installed, or skip the test with a sentence."""
    paths = [Path(folder) / name for name in names for folder in _FOLDERS]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        pytest.skip(f"{names[0]} is not installed: no text is drawn (apt install fonts-noto-core)")
    return ImageFont.truetype(str(path), size)


def picture(lines, *, names=LATIN, size=44, width=2000, step=110, right_to_left=False):
    """Return a white page with these lines, and where each stands in pixels."""
    letters = font(names, size=size)
    image = Image.new("L", (width, step * (len(lines) + 2)), 255)
    pen = ImageDraw.Draw(image)
    boxes = []
    for number, line in enumerate(lines, start=1):
        if right_to_left:
            place, how = (width - 120, step * number), {"anchor": "ra", "direction": "rtl"}
        else:
            place, how = (120, step * number), {}
        pen.text(place, line, font=letters, fill=0, **how)
        boxes.append(pen.textbbox(place, line, font=letters, **how))
    return image, boxes


def saved(image, kind, **options):
    """Return a picture in a format."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def pdf_with(pages):
    """Return a PDF; a page is lines of text (a text layer), or a picture (a scan)."""
    streams, pictures = [], []
    for page in pages:
        if isinstance(page, Image.Image):
            packed = zlib.compress(page.tobytes())
            size = b"/W %d /H %d /BPC 8 /CS /G /F /Fl" % page.size
            picture_ = b"BI " + size + b" ID " + packed + b"\nEI"
            height = 560 * page.height // page.width
            streams.append(b"q 560 0 0 %d 26 %d cm %s Q" % (height, 780 - height, picture_))
            pictures.append(page)
        else:
            shown = b" ".join(b"(%s) Tj T*" % line for line in page)
            streams.append(b"BT /F1 14 Tf 72 720 Td 20 TL %s ET" % shown)
    return pdf_of(streams)
