"""The one message that a job sends back: a reply, or a code that says why there is none.

A frame is one byte (``R`` reply, ``E`` error), the length of what follows as eight bytes,
most significant first, and what follows.
"""

import re
from dataclasses import dataclass
from typing import Final

HEAD_BYTES: Final = 9
_CODE = re.compile(rb"[a-z][a-z_]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a job sent back.

    Attributes:
        reply: The task's answer, or None where it failed.
        code: Why it failed, or None.
    """

    reply: bytes | None = None
    code: str | None = None


def encode_head(kind: bytes, *, length: int) -> bytes:
    """Return the nine bytes that stand before a frame's content."""
    return kind + length.to_bytes(8, "big")


def decode_frame(data: bytes | bytearray) -> Frame | None:
    """Return the frame that ``data`` is, or None where it is not exactly one frame.

    What arrives was written by a process that may have been taken over: nothing but the
    form is believed here.
    """
    kind, length = bytes(data[:1]), int.from_bytes(data[1:HEAD_BYTES], "big")
    if len(data) < HEAD_BYTES or len(data) - HEAD_BYTES != length:
        return None
    content = bytes(memoryview(data)[HEAD_BYTES:])
    if kind == b"R":
        return Frame(reply=content)
    if kind == b"E" and _CODE.fullmatch(content):
        return Frame(code=content.decode("ascii"))
    return None
