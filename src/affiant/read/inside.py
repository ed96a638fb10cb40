"""The reader's side inside the box."""

from collections.abc import Mapping
from typing import Final

import msgspec

from affiant.read.document import read_document

TASK: Final = "affiant.read.inside:read_in_box"

# Loaded before the box is closed, so that a fresh fork has them at once.
PRELOAD: Final = (
    "affiant.read.archive",
    "affiant.read.compressed",
    "affiant.read.inside",
    "affiant.read.mail",
    "affiant.read.mailbox",
    "affiant.read.mhtml",
    "affiant.read.open_document",
    "affiant.read.page",
    "affiant.read.pdf",
    "affiant.read.picture",
    "affiant.read.plain",
    "affiant.read.slides",
    "affiant.read.spreadsheet",
    "affiant.read.tar",
    "affiant.read.telegram",
    "affiant.read.telegram_page",
    "affiant.read.wacz",
    "affiant.read.warc",
    "affiant.read.whatsapp",
    "affiant.read.word",
    "affiant.read.samples:warm_up",
)


def read_in_box(data: bytes, *, arguments: Mapping[str, str]) -> bytes:
    """Read one document and return its reading as MessagePack.

    Args:
        data: The document.
        arguments: ``media_type``, ``depth``, and ``hints`` as ``yes`` or ``no``.

    Raises:
        UnreadableError: With one of the codes in ``codes.UNREADABLE``.
    """
    reading = read_document(
        data,
        media_type=arguments["media_type"],
        with_hints=arguments["hints"] == "yes",
        depth=int(arguments["depth"]),
    )
    return msgspec.msgpack.encode(reading)
