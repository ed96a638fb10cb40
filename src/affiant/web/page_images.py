"""Pages as pictures: pixels from the box, never the bytes that somebody sent."""

from io import BytesIO
from typing import Final

import msgspec
from PIL import Image

from affiant.box import Box
from affiant.errors import NotFoundError
from affiant.read.carried import bytes_of
from affiant.read.codes import unreadable
from affiant.read.document import split_media_type
from affiant.read.raster import PDF, PICTURES, TASK, Raster
from affiant.store.case import Case

WIDEST: Final = 1_400


def page_source(case: Case, *, document: str, box: Box) -> tuple[bytes, str]:
    """Return a document's bytes and its media type, where its pages can be looked at.

    Raises:
        NotFoundError: It has no pages.
    """
    row = case.documents.find(document)
    kind = split_media_type(row.media_type)[0] if row else ""
    if row is None or not (kind == PDF or kind in PICTURES):
        raise NotFoundError(
            f"{document} is neither a picture nor a PDF", remedy="Its text is all there is to see."
        )
    return bytes_of(case, row=row, box=box), kind


def page_png(data: bytes, *, kind: str, number: int, box: Box) -> bytes:
    """Return a page as PNG, at most as wide as a screen needs.

    Raises:
        UnreadableError: The page cannot be made a picture.
    """
    arguments = {"media_type": kind, "page": str(number)}
    reply = box.run(TASK, data=data, arguments=arguments)
    try:
        raster = msgspec.msgpack.decode(reply.data, type=Raster)
    except msgspec.DecodeError as problem:
        raise unreadable("bad_reply") from problem
    if not raster.fits:
        raise unreadable("bad_reply")
    image = Image.frombytes("L", (raster.width, raster.height), raster.pixels)
    if image.width > WIDEST:
        height = max(1, round(image.height * WIDEST / image.width))
        image = image.resize((WIDEST, height), Image.Resampling.BOX)
    written = BytesIO()
    image.save(written, format="PNG", compress_level=1)
    return written.getvalue()
