"""The bytes of documents on their way into a reader: originals, and parts of containers."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from affiant.box import Box
from affiant.errors import NotFoundError, UnreadableError
from affiant.read.host import read_confined
from affiant.read.values import Member
from affiant.store.case import Case
from affiant.store.documents import DocumentRow
from affiant.store.objects import digest_of

_MOST_PARTS: Final = 120_000
_MOST_BYTES: Final = 1 << 30


class Carried:
    """Bytes of parts on their way, how much each original gave already, and what is not read.

    Attributes:
        data: Bytes of parts that are read next.
        dress: Style sheets, scripts and fonts of saved pages.
    """

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}
        self.dress: set[str] = set()
        self._opened: tuple[str, dict[tuple[str, str], bytes]] = ("", {})
        self._parts: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    def exceeds(self, document_id: str, *, members: Sequence[Member]) -> bool:
        """Count an original's parts at every depth; tell whether they are too many."""
        root = document_id.partition("!")[0]
        self._parts[root] += len(members)
        self._bytes[root] += sum(member.size for member in members)
        return self._parts[root] > _MOST_PARTS or self._bytes[root] > _MOST_BYTES

    def bytes_of(self, case: Case, *, row: DocumentRow, box: Box) -> bytes:
        """Return a document's bytes; a container is opened once for all of its parts in turn.

        Raises:
            UnreadableError: The container does not give the part any more.
        """
        data = self.data.pop(row.document_id, None)
        if data is not None or row.container is None:
            return case.originals.read(row.digest) if data is None else data
        if self._opened[0] != row.container:
            self._opened = (row.container, _opened(case, container=row.container, box=box))
        found = self._opened[1].get((row.member or "", row.digest))
        if found is None:
            raise _missing(row)
        return found

    def recorded_in(self, case: Case, *, row: DocumentRow, box: Box) -> bytes | Path:
        """Return where a recording lies: its file, as it may be larger than memory, or bytes.

        Raises:
            NotFoundError: The file is not there, or is none.
            UnreadableError: The container does not give the part any more.
        """
        if row.container is not None or row.document_id in self.data:
            return self.bytes_of(case, row=row, box=box)
        return recorded_in(case, row=row, box=box)


def recorded_in(case: Case, *, row: DocumentRow, box: Box) -> bytes | Path:
    """Return where a recording lies: its file, as it may be larger than memory, or a part's bytes.

    Raises:
        NotFoundError: The file is not there, or is none.
        UnreadableError: The container does not give the part any more.
    """
    if row.container is not None:
        return bytes_of(case, row=row, box=box)
    path = case.originals.path(row.digest)
    if path.is_symlink() or not path.is_file():
        raise NotFoundError(f"{row.digest} is not kept here", remedy="Run 'affiant verify'.")
    return path.resolve()


def bytes_of(case: Case, *, row: DocumentRow, box: Box) -> bytes:
    """Return a document's bytes; a part's are read from its container again.

    Raises:
        UnreadableError: The container does not give the part any more.
    """
    if row.container is None:
        return case.originals.read(row.digest)
    parts = _opened(case, container=row.container, box=box)
    found = parts.get((row.member or "", row.digest))
    if found is None:
        raise _missing(row)
    return found


def _opened(case: Case, *, container: str, box: Box) -> dict[tuple[str, str], bytes]:
    """Return the bytes of a container's parts, by path and digest."""
    row = case.documents.find(container)
    if row is None:
        return {}
    data = bytes_of(case, row=row, box=box)
    depth = row.document_id.count("!")
    reading, _ = read_confined(box, data=data, media_type=row.media_type, depth=depth)
    return {(member.path, digest_of(member.data)): member.data for member in reading.members}


def _missing(row: DocumentRow) -> UnreadableError:
    return UnreadableError(
        f"{row.document_id} is not in its container any more",
        remedy="Run 'affiant verify'.",
        code="part_missing",
    )
