"""Tar archives: their files as members; links and devices are told, and never followed."""

import lzma
import tarfile
import zlib
from io import BytesIO
from typing import IO, Final, Protocol, cast

from affiant.errors import UnreadableError
from affiant.read.codes import unreadable
from affiant.read.members import MOST_MEMBER_BYTES, MOST_TOTAL_BYTES, Collector, points_outside
from affiant.read.values import Reading

BLOCK: Final = 512

_MARK: Final = slice(257, 262)
_PIECE: Final = 1 << 16
# What ends an archive as it should: blocks of noughts. The library keeps the class to itself.
_CLEAN_END: Final = "EOFHeaderError"
_DAMAGED: Final = (
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


class Source(Protocol):
    """Gives bytes one after another."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, at most ``size``."""
        ...


def looks_like_tar(head: bytes | bytearray) -> bool:
    """Tell whether a tar archive begins so.

    Source: POSIX.1-2017, pax, "ustar Interchange Format".
    """
    return head[_MARK] == b"ustar"


def read_tar(data: bytes) -> Reading:
    """Return the files of a tar archive; it has no text of its own.

    Raises:
        UnreadableError: ``archive_broken`` or ``archive_limits``.
    """
    return read_tar_stream(BytesIO(data))


def read_tar_stream(source: Source) -> Reading:
    """Return the files of a tar archive that is read from its beginning to its end, once.

    Refused one by one, as problems: names that point outside or hold a NUL, links, devices,
    pipes, sparse files, and files longer than a fixed size. Where the archive is damaged or
    cut off, what stands before is kept, and a problem says after which part.

    Raises:
        UnreadableError: ``archive_broken``, or ``archive_limits`` where there are too many
            parts or too many bytes.
    """
    parts, ends, last = Collector(), _Ends(), ""
    damaged = False
    try:
        with tarfile.open(
            fileobj=cast("IO[bytes]", source),
            mode="r|",
            tarinfo=_header_noting(ends),
            encoding="utf-8",
            errors="surrogateescape",
        ) as archive:
            for entry in archive:
                last = entry.name
                _refuse_leap(entry, parts=parts)
                if not entry.isdir():
                    _take(entry, archive=archive, parts=parts)
    except _DAMAGED:
        damaged = True
    if (damaged or not ends.clean) and not (parts.members or parts.problems):
        raise unreadable("archive_broken")
    if damaged or not ends.clean:
        parts.refuse(last, code="archive_cut")
    return Reading(extraction=None, members=parts.members, problems=parts.problems)


class _Ends:
    """Whether the end of the archive was found where it should be."""

    clean = False


def _header_noting(ends: _Ends) -> type[tarfile.TarInfo]:
    """Return a class of headers that notes how the archive ends.

    The library takes a damaged header for the end, and says nothing.
    """

    class Header(tarfile.TarInfo):
        @classmethod
        def fromtarfile(cls, archive: tarfile.TarFile) -> "Header":
            try:
                return super().fromtarfile(archive)
            except tarfile.HeaderError as problem:
                ends.clean = type(problem).__name__ == _CLEAN_END
                raise

    return Header


def _take(entry: tarfile.TarInfo, *, archive: tarfile.TarFile, parts: Collector) -> None:
    """Add one file, or note why it is refused.

    Raises:
        tarfile.TarError: Or another of ``_DAMAGED``: the archive ends within the file.
    """
    code = _refusal(entry)
    if code is not None:
        parts.refuse(entry.name, code=code)
        return
    content = bytearray()
    source = archive.extractfile(entry)
    try:
        while source is not None and (piece := source.read(_PIECE)):
            content += piece
    except UnreadableError:
        raise
    except _DAMAGED:
        parts.refuse(entry.name, code="member_broken")
        raise
    if len(content) < entry.size:
        parts.refuse(entry.name, code="member_broken")
        return
    parts.add(entry.name, data=bytes(content))


def _refuse_leap(entry: tarfile.TarInfo, *, parts: Collector) -> None:
    """End an archive whose file says that it is longer than any archive may be.

    The library would go on looking for its end, block by block, long after there is nothing.

    Raises:
        tarfile.ReadError: The file is that long.
    """
    if entry.size > 2 * MOST_TOTAL_BYTES and not entry.issparse():
        parts.refuse(entry.name, code="member_limits")
        raise tarfile.ReadError


def _refusal(entry: tarfile.TarInfo) -> str | None:
    """Return why a file is refused before it is read, or None."""
    if points_outside(entry.name):
        return "member_unsafe_name"
    if entry.islnk() or entry.issym():
        return "member_link"
    if entry.isdev():
        return "member_special"
    if not entry.isreg() or entry.issparse():
        return "member_unsupported"
    return "member_limits" if entry.size > MOST_MEMBER_BYTES else None
