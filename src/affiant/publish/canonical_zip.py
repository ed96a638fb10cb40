"""The one zip file of some members: stored, sorted, every header fixed.

The same members give the same bytes, and a verifier can write every byte again and compare.
No compression, no extra fields, no comments, no rights, no dates (all say 1980-01-01), no
zip64: at most 65,534 members, and members and file below 4 GiB.

Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from affiant.errors import IntegrityError, WrongUseError
from affiant.store.objects import storage_error

MOST_MEMBERS = 65_534
LARGEST = 2**32 - 2
_CHUNK = 1 << 20
_SHARED = struct.Struct("<5H3I2H")
_CENTRAL = struct.Struct("<3H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member's name and where its bytes are: in memory or in a file.

    Attributes:
        name: ASCII, at most 255 characters.
        data: The bytes, or None where they are in ``path``.
        path: The file that holds them, or None.
    """

    name: str
    data: bytes | None = None
    path: Path | None = None

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes, piece by piece."""
        if self.path is None:
            yield self.data or b""
            return
        try:
            with self.path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except OSError as problem:
            raise storage_error(problem, path=self.path) from problem


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What the headers say of one member."""

    name: bytes
    crc: int
    size: int
    place: int

    def shared(self) -> bytes:
        """Return the fields that both headers hold."""
        return _SHARED.pack(10, 0, 0, 0, 0x21, self.crc, self.size, self.size, len(self.name), 0)

    def local(self) -> bytes:
        """Return the header that stands before the member."""
        return b"PK\x03\x04" + self.shared() + self.name

    def central(self) -> bytes:
        """Return the member's line in the directory."""
        places = _CENTRAL.pack(0, 0, 0, 0, self.place)
        return b"PK\x01\x02\x14\x00" + self.shared() + places + self.name


def write_zip(file: BinaryIO, *, members: Sequence[Member]) -> int:
    """Write the canonical zip of ``members`` and return its size in bytes.

    Each member is read twice, once for its checksum, so that nothing large is kept in
    memory; one that changes between is refused.

    Raises:
        WrongUseError: Too many members, or too large.
        IntegrityError: A member changed while it was written.
    """
    ordered = sorted(members, key=lambda member: member.name)
    _refuse_names([member.name for member in ordered])
    directory, place = bytearray(), 0
    for member in ordered:
        crc = size = 0
        for chunk in member.chunks():
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
        line = _Line(name=member.name.encode("ascii"), crc=crc, size=size, place=place)
        _refuse_size(max(size, place + size))
        header = line.local()
        file.write(header)
        _copy(member, file=file, expected=line)
        directory += line.central()
        place += len(header) + size
    _refuse_size(place)
    end = (b"PK\x05\x06", 0, 0, len(ordered), len(ordered), len(directory), place, 0)
    file.write(bytes(directory) + _END.pack(*end))
    return place + len(directory) + _END.size


def _copy(member: Member, *, file: BinaryIO, expected: _Line) -> None:
    """Write a member's bytes and confirm that they are those that were announced."""
    crc = size = 0
    for chunk in member.chunks():
        file.write(chunk)
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
    if (crc, size) != (expected.crc, expected.size):
        raise IntegrityError(
            f"{member.name} changed while it was copied",
            remedy="Let nothing else write to the case's folder, then repeat.",
        )


def _refuse_names(names: Sequence[str]) -> None:
    """Refuse what the directory cannot hold."""
    if len(names) > MOST_MEMBERS:
        raise WrongUseError(
            f"{len(names)} files do not fit into one bundle; it holds {MOST_MEMBERS}",
            remedy="Bundle chosen incidents instead of the whole case.",
        )
    if len(set(names)) != len(names) or not all(
        name.isascii() and 0 < len(name) < 256 for name in names
    ):
        raise ValueError("member names are ASCII, short, and each stands once")


def _refuse_size(size: int) -> None:
    """Refuse what a directory without zip64 cannot say."""
    if size > LARGEST:
        raise WrongUseError(
            "the bundle would be larger than 4 GiB, which its format does not hold",
            remedy="Bundle chosen incidents instead of the whole case.",
        )


def members_of(files: Mapping[str, bytes]) -> list[Member]:
    """Return members that are in memory."""
    return [Member(name=name, data=data) for name, data in files.items()]
