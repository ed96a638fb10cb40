"""Zip archives: their files as members, unpacked within limits."""

import lzma
import stat
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Final

from affiant.read.codes import unreadable
from affiant.read.members import Collector, most_unpacked, points_outside
from affiant.read.values import Reading

# What the library raises over archives that are damaged, or packed in unknown ways.
UNPACKABLE: Final = (NotImplementedError, RuntimeError)
DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
)

_PIECE: Final = 1 << 16
_UTF8_NAMES: Final = 0x800
_ENCRYPTED: Final = 0x1


def read_archive(data: bytes) -> Reading:
    """Return the files of a zip archive; it has no text of its own.

    The bytes that come out are counted, whatever the archive says of its sizes. Refused one
    by one, as problems: names that point outside or hold a NUL, links and devices, parts with
    a password, damaged ones, and parts that unpack to more than 200 times their packed size
    (above one MiB) or to more than a fixed size.

    Raises:
        UnreadableError: ``archive_broken``, or ``archive_limits`` where there are too many
            parts or too many bytes in all.
    """
    parts = Collector()
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (*DAMAGED, *UNPACKABLE) as problem:
        raise unreadable("archive_broken") from problem
    for entry in archive.infolist():
        if not entry.filename.endswith("/"):  # a name that begins with NUL reads as none
            _take(entry, archive=archive, parts=parts)
    return Reading(extraction=None, members=parts.members, problems=parts.problems)


def _take(entry: zipfile.ZipInfo, *, archive: zipfile.ZipFile, parts: Collector) -> None:
    """Add one file, or note why it is refused."""
    name = _name_of(entry)
    code = _refusal(entry)
    if code is None:
        try:
            content = _unpack(entry, archive=archive)
        except DAMAGED:
            code = "member_broken"
        except UNPACKABLE:
            code = "member_unsupported"
        else:
            code = "member_limits" if content is None else None
    if code is None and content is not None:
        parts.add(name, data=content)
    else:
        parts.refuse(name, code=code or "member_broken")


def _refusal(entry: zipfile.ZipInfo) -> str | None:
    """Return why a file is refused before it is opened, or None."""
    if points_outside(entry.orig_filename):
        return "member_unsafe_name"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "member_link"
    return "member_encrypted" if entry.flag_bits & _ENCRYPTED else None


def _unpack(entry: zipfile.ZipInfo, *, archive: zipfile.ZipFile) -> bytes | None:
    """Return the content, or None where it is more than is unpacked."""
    most = most_unpacked(entry.compress_size)
    content = bytearray()
    with archive.open(entry) as source:
        while piece := source.read(_PIECE):
            content += piece
            if len(content) > most:
                return None
    return bytes(content)


def _name_of(entry: zipfile.ZipInfo) -> str | bytes:
    """Return the name; without the UTF-8 mark it may be UTF-8 nevertheless, else raw bytes."""
    if entry.flag_bits & _UTF8_NAMES:
        return entry.orig_filename
    return entry.orig_filename.encode("cp437")
