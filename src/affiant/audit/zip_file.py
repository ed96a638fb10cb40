"""A bundle's zip file, read strictly: every header is written again and compared."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Final

from affiant.errors import IntegrityError

_SHARED: Final = struct.Struct("<5H3I2H")
_LOCAL: Final = struct.Struct("<4s26s")
_CENTRAL: Final = struct.Struct("<6s26s3H2I")
_END: Final = struct.Struct("<4s4H2IH")
_CHUNK: Final = 1 << 20
_LONGEST_DIRECTORY: Final = 1 << 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where a member's bytes lie, and the checksum noted for them."""

    start: int
    size: int
    crc: int


class ZipFile:
    """The members of a file that is, byte for byte, the canonical zip of them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.members: dict[str, Stored] = {}
        end_at = file.seek(0, 2) - _END.size
        if end_at < 0:
            raise _not_canonical("it is too short to be a zip file")
        end = self._cut(end_at, size=_END.size)
        count, length, start = _END.unpack(end)[4:7]
        written = _END.pack(b"PK\x05\x06", 0, 0, count, count, length, start, 0)
        if end != written or start + length != end_at or length > _LONGEST_DIRECTORY:
            raise _not_canonical("its end is not that of a canonical zip file")
        self._read_directory(self._cut(start, size=length), count=count)

    def _read_directory(self, directory: bytes, *, count: int) -> None:
        at = place = 0
        before = ""
        for _ in range(count):
            if at + _CENTRAL.size > len(directory):
                raise _not_canonical("its directory is cut short")
            shared = _CENTRAL.unpack_from(directory, at)[1]
            crc, size, _, length = _SHARED.unpack(shared)[5:9]
            raw = directory[at + _CENTRAL.size : at + _CENTRAL.size + length]
            name = raw.decode("ascii", "backslashreplace")
            same = _SHARED.pack(10, 0, 0, 0, 0x21, crc, size, size, len(raw), 0)
            central = _CENTRAL.pack(b"PK\x01\x02\x14\x00", same, 0, 0, 0, 0, place) + raw
            local = _LOCAL.pack(b"PK\x03\x04", same) + raw
            exact = directory[at : at + len(central)] == central
            if not exact or self._cut(place, size=len(local)) != local or name <= before:
                raise _not_canonical(f"{name[:99]!r} does not stand there canonically")
            self.members[name] = Stored(start=place + len(local), size=size, crc=crc)
            at, place, before = at + len(central), place + len(local) + size, name
        if at != len(directory) or place + len(directory) + _END.size != self._file.seek(0, 2):
            raise _not_canonical("there are bytes that belong to no member")

    def _cut(self, start: int, *, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; none where there is no such member."""
        member = self.members.get(name)
        return b"" if member is None else self._cut(member.start, size=member.size)

    def digest(self, name: str) -> str | None:
        """Return a member's SHA-256, hex, or None where its checksum is another."""
        member, digest, crc = self.members[name], sha256(), 0
        for chunk in self._chunks(member):
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
        return digest.hexdigest() if crc == member.crc else None

    def _chunks(self, member: Stored) -> Iterator[bytes]:
        for at in range(member.start, member.start + member.size, _CHUNK):
            yield self._cut(at, size=min(_CHUNK, member.start + member.size - at))


def _not_canonical(problem: str) -> IntegrityError:
    return IntegrityError(problem, remedy="Ask for the bundle again, on another way.")
