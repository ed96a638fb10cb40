"""Compressed files (gzip, bzip2, xz): the one file in them, or the archive."""

import bz2
import gzip
import lzma
import zlib
from io import BytesIO
from typing import Final

from affiant.model.file_name import escape_name
from affiant.read.codes import unreadable
from affiant.read.members import (
    FREE_BYTES,
    MOST_RATIO,
    MOST_TOTAL_BYTES,
    Collector,
    most_unpacked,
    points_outside,
)
from affiant.read.sniffing import sniff
from affiant.read.tar import BLOCK, Source, looks_like_tar, read_tar_stream
from affiant.read.values import Reading

DAMAGED: Final = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)

_PIECE: Final = 1 << 16
_UNNAMED: Final = "content"
_EXTRA_FOLLOWS, _NAME_FOLLOWS = 0x04, 0x08
_FIXED_HEADER: Final = 10
_LONGEST_NAME: Final = 1_000


class Unpacked:
    """What comes out of a compressed file, counted as it comes."""

    def __init__(self, source: Source, *, most: int, head: bytes = b"") -> None:
        """Read on from ``source``.

        Args:
            source: Gives what is unpacked.
            most: How much may come out.
            head: What was read of it before, and is to be given again first.
        """
        self._source = source
        self._head = head
        self._left = most - len(head)

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most ``size``.

        Raises:
            UnreadableError: ``archive_limits``: more came out than may.
        """
        if self._head:
            piece, self._head = self._head[:size], self._head[size:]
            return piece
        piece = self._source.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise unreadable("archive_limits")
        return piece


def read_gzip(data: bytes) -> Reading:
    """Return the file in a gzip file, or the files of the tar archive in it.

    Raises:
        UnreadableError: ``archive_broken`` or ``archive_limits``.
    """
    return _read(data, opened=gzip.GzipFile(fileobj=BytesIO(data)), name=_name_in_gzip(data))


def read_bzip2(data: bytes) -> Reading:
    """Return the file in a bzip2 file, or the files of the tar archive in it.

    Raises:
        UnreadableError: ``archive_broken`` or ``archive_limits``.
    """
    return _read(data, opened=bz2.BZ2File(BytesIO(data)), name=_UNNAMED)


def read_xz(data: bytes) -> Reading:
    """Return the file in an xz file, or the files of the tar archive in it.

    Raises:
        UnreadableError: ``archive_broken`` or ``archive_limits``.
    """
    return _read(data, opened=lzma.LZMAFile(BytesIO(data)), name=_UNNAMED)


def _read(data: bytes, *, opened: Source, name: str) -> Reading:
    """Return the one file, or a tar archive's files.

    What came out before the damage is kept, and the damage told.

    Raises:
        UnreadableError: ``archive_broken`` or ``archive_limits``.
    """
    head = bytearray()
    damaged = _fill(head, source=Unpacked(opened, most=FREE_BYTES), wanted=BLOCK)
    if looks_like_tar(head):
        most = min(2 * MOST_TOTAL_BYTES, max(FREE_BYTES, len(data) * MOST_RATIO))
        return read_tar_stream(Unpacked(opened, most=most, head=bytes(head)))
    most = most_unpacked(len(data))
    rest = Unpacked(opened, most=most - len(head))
    damaged = damaged or _fill(head, source=rest, wanted=most)
    if not data or (damaged and not head):
        raise unreadable("archive_broken")
    parts = Collector()
    parts.add_escaped(name, data=bytes(head), media_type=sniff(bytes(head), name=name))
    if damaged:
        parts.refuse(name, code="archive_cut")
    return Reading(extraction=None, members=parts.members, problems=parts.problems)


def _fill(content: bytearray, *, source: Unpacked, wanted: int) -> bool:
    """Read on until so many bytes are there, or the end is; tell whether it is damaged."""
    try:
        while piece := source.read(min(_PIECE, wanted + 1 - len(content))):
            content += piece
            if len(content) >= wanted:
                break
    except DAMAGED:
        return True
    return False


def _name_in_gzip(data: bytes) -> str:
    """Return the name that a gzip file gives its content, escaped.

    Source: RFC 1952, section 2.3.
    """
    flags = data[3] if len(data) > _FIXED_HEADER else 0
    start = _FIXED_HEADER
    if flags & _EXTRA_FOLLOWS:
        start += 2 + int.from_bytes(data[start : start + 2], "little")
    end = data.find(b"\0", start, start + _LONGEST_NAME) if flags & _NAME_FOLLOWS else -1
    name = escape_name(data[start:end]) if end > start else ""
    return _UNNAMED if points_outside(name) else name.replace("/", "%2F")
