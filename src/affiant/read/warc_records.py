"""The records of a WARC file, one by one, and where it is damaged.

The library that reads WARC files fast stops at a cut end with an error of the system's, does
not see some damage at all, and unpacks a record as large as it says it is. So the frames are
read here: lengths and ends are checked, what unpacks is counted, and after a damaged record
the next whole one is looked for.

Source: ISO 28500:2017 (WARC 1.1); its annex D on records that are compressed one by one.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from affiant.read.members import most_unpacked

_GZIP: Final = b"\x1f\x8b\x08"
_WITH_GZIP_HEAD: Final = 31
_PIECE: Final = 1 << 16
_MOST_HEAD: Final = 1 << 16
_BEGINNING: Final = b"WARC/"
_END: Final = b"\r\n\r\n"
_NEXT: Final = re.compile(rb"\r\n\r\n(?=WARC/\d)")
_FIELD: Final = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*")
_FOLDED: Final = re.compile(r"\r\n[ \t]+")
_LENGTH: Final = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One whole record.

    Attributes:
        number: Its place in the file, from 1; damaged ones are counted too.
        fields: Its named fields, names in lower case; of several alike the first.
        block: Its content.
    """

    number: int
    fields: dict[str, str]
    block: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A place where the file is damaged.

    Attributes:
        number: The record that is concerned.
        code: ``record_broken``, ``record_cut``, ``record_length`` or ``member_limits``.
    """

    number: int
    code: str


def read_records(data: bytes) -> Iterator[Record | Fault]:
    """Yield every whole record, and a fault at every damaged place, in the file's order.

    A record whose length is wrong is not yielded: where it ends, nobody knows. After it the
    next beginning of a record is looked for; in a plain file that may be one that stands
    within a page, which the fault before it gives away.
    """
    number = 0
    stretches = _unpacked(data) if data.startswith(_GZIP[:2]) else iter([_Stretch(data=data)])
    for stretch in stretches:
        held: list[Record | Fault] = list(_in_stretch(stretch, first=number + 1))
        if stretch.code == "record_broken" or (stretch.code and stretch.data.endswith(_END)):
            # Nobody knows where in it the damage lies; or the sum that proves it is cut off.
            held = held[:-1]
        yield from held
        number = held[-1].number if held else number
        if stretch.code is not None:
            number += 1
            yield Fault(number=number, code=stretch.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Bytes that hold whole records.

    Attributes:
        data: The bytes, unpacked.
        code: What is wrong with its packing, or None.
        packed: Whether it was packed, so that its end is known.
    """

    data: bytes
    code: str | None = None
    packed: bool = False


def _unpacked(data: bytes) -> Iterator[_Stretch]:
    """Yield what each gzip member of a file holds."""
    at = 0
    while at < len(data):
        content, end, code = _inflate(data, start=at)
        if code is not None:
            end = _next_member(data, start=at + 1)
            if code == "record_cut" and end < len(data):
                code = "record_broken"
        elif not data[end:].strip(b"\0"):
            end = len(data)
        yield _Stretch(data=content, code=code, packed=True)
        at = end


def _inflate(data: bytes, *, start: int) -> tuple[bytes, int, str | None]:
    """Unpack one member; return its content, where it ends, and what is wrong."""
    unpacker = zlib.decompressobj(_WITH_GZIP_HEAD)
    content = bytearray()
    at = start
    while not unpacker.eof and at < len(data):
        piece = data[at : at + _PIECE]
        at += len(piece)
        try:
            while piece and not unpacker.eof:
                content += unpacker.decompress(piece, _PIECE << 4)
                piece = unpacker.unconsumed_tail
                if len(content) > most_unpacked(at - start):
                    return b"", at, "member_limits"
        except zlib.error:
            return bytes(content), at, "record_broken"
    content += unpacker.flush()
    code = None if unpacker.eof else "record_cut"
    return bytes(content), at - len(unpacker.unused_data), code


def _next_member(data: bytes, *, start: int) -> int:
    """Return where the next member that begins a record starts; the end where none does."""
    at = data.find(_GZIP, start)
    while at >= 0:
        try:
            head = zlib.decompressobj(_WITH_GZIP_HEAD).decompress(
                data[at : at + 512], len(_BEGINNING)
            )
        except zlib.error:
            head = b""
        if head == _BEGINNING:
            return at
        at = data.find(_GZIP, at + 1)
    return len(data)


def _in_stretch(stretch: _Stretch, *, first: int) -> Iterator[Record | Fault]:
    """Yield the records of a stretch, and faults."""
    data, at, number = stretch.data, 0, first
    cut = stretch.code is not None
    while at < len(data):
        head = data.find(_END, at, at + _MOST_HEAD)
        known = data.startswith(_BEGINNING, at) and head >= 0
        fields = _fields(data[at:head]) if known else {}
        length = fields.get("content-length", "")
        start = head + len(_END)
        end = start + int(length) if _LENGTH.fullmatch(length) else -1
        if known and 0 <= end <= len(data) and data[end : end + len(_END)] == _END:
            yield Record(number=number, fields=fields, block=data[start:end])
            at, number = end + len(_END), number + 1
            continue
        following = _NEXT.search(data, start if known else at)
        if known and end >= 0 and following is None and _ends_there(data, end=end):
            yield Record(number=number, fields=fields, block=data[start:end])
        if following is None and cut:
            return
        yield Fault(
            number=number, code=_wrong(stretch, known=known, end=end, lost=following is None)
        )
        at = following.end() if following else len(data)
        number += 1


def _ends_there(data: bytes, *, end: int) -> bool:
    """Tell whether a record is whole and only the line ends after it are cut off."""
    return end <= len(data) and _END.startswith(data[end:]) and data[end:] != _END


def _wrong(stretch: _Stretch, *, known: bool, end: int, lost: bool) -> str:
    """Return what is wrong with a record that is not one."""
    if not known:
        return "record_broken"
    beyond = end >= len(stretch.data) or _ends_there(stretch.data, end=end)
    return "record_cut" if lost and beyond and end >= 0 and not stretch.packed else "record_length"


def _fields(head: bytes) -> dict[str, str]:
    """Return the named fields of a record's head."""
    lines = _FOLDED.sub(" ", head.decode("utf-8", "replace")).split("\r\n")[1:]
    found: dict[str, str] = {}
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match:
            found.setdefault(match[1].lower(), match[2])
    return found
