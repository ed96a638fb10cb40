"""The recorded entries and the newest checkpoint, in the case's database."""

from collections.abc import Iterator
from typing import Any

import msgspec

from affiant.errors import IntegrityError
from affiant.log.checkpoint import Checkpoint, read_checkpoint, sign_checkpoint
from affiant.log.entry import Entry
from affiant.log.keys import SigningKey
from affiant.log.tree import EMPTY_ROOT, Frontier, TreeHead
from affiant.store.recorded import PartialBody, Recorded, Table


class Logbook(Table):
    """Reads and appends entries; nothing here knows what they say."""

    BEGIN = """
        insert into log (only, case_id, size, root, peaks, note)
        values (1, :case_id, 0, :root, :peaks, '')
    """

    def begin(self, case_id: str) -> None:
        """Lay the empty log of a new case."""
        self._db.execute(self.BEGIN, {"case_id": case_id, "root": EMPTY_ROOT.hex(), "peaks": b""})

    STATE = """
        select cast(case_id as blob), size, cast(root as blob), peaks, cast(note as blob)
        from log
    """

    def state(self) -> tuple[str, Frontier, str]:
        """Return case id, frontier and the newest checkpoint's note ('' before the first).

        Raises:
            IntegrityError: The row is missing or does not fit itself.
        """
        rows = self._db.execute(self.STATE)
        try:
            [(case_id, size, root, peaks, note)] = rows
            case_id, root, note = (bytes(each).decode("utf-8") for each in (case_id, root, note))
            frontier = Frontier.decode(peaks, size=size)
        except ValueError as problem:
            raise _damaged("the log's state is missing or malformed") from problem
        if frontier.root().hex() != root:
            raise _damaged("the log's state does not lead to its own root")
        return case_id, frontier, note

    def checkpoint(self) -> Checkpoint:
        """Return the newest checkpoint, its signature checked.

        Raises:
            IntegrityError: It is not one, or not over this log's state.
        """
        case_id, frontier, note = self.state()
        found = read_checkpoint(note)
        if found.case != case_id or found.head != TreeHead(frontier.size, frontier.root()):
            raise _damaged("the checkpoint in the database is not over the log's state")
        return found

    INSERT = """
        insert into entry (position, kind, actor, commitment, header, signature, body, salt)
        values (:position, :kind, :actor, :commitment, :header, :signature, :body, :salt)
    """

    def append(self, entry: Entry, *, position: int) -> Recorded:
        """Store an entry at the end; the checkpoint over it follows in :meth:`seal`."""
        header = entry.read_header()
        self._db.execute(
            self.INSERT,
            {
                "position": position,
                "kind": header.kind,
                "actor": header.actor,
                "commitment": header.commitment,
                "header": entry.header,
                "signature": entry.signature,
                "body": entry.body,
                "salt": entry.salt,
            },
        )
        return Recorded(
            position=position,
            kind=header.kind,
            actor=header.actor,
            at=header.at,
            commitment=header.commitment,
            fields=entry.fields(),
        )

    SEAL = "update log set size = :size, root = :root, peaks = :peaks, note = :note"

    def seal(self, frontier: Frontier, *, case_id: str, key: SigningKey) -> Checkpoint:
        """Sign and store the checkpoint over everything appended."""
        head = TreeHead(frontier.size, frontier.root())
        checkpoint = sign_checkpoint(case_id, head=head, key=key)
        self._db.execute(
            self.SEAL,
            {
                "size": head.size,
                "root": head.root.hex(),
                "peaks": frontier.encode(),
                "note": checkpoint.note,
            },
        )
        return checkpoint

    ENTRIES = """
        select position, cast(kind as blob), cast(actor as blob), cast(commitment as blob),
            header, signature, body, salt, opening
        from entry
        where position < :end
        order by position
    """

    def entries(self, *, end: int = 2**53) -> Iterator[tuple[int, tuple[str, str, str], Entry]]:
        """Yield (position, (kind, actor, commitment) as indexed, entry), in order."""
        for row in self._db.stream(self.ENTRIES, {"end": end}):
            position, kind, actor, commitment, header, signature, body, salt, opening = row
            entry = Entry(header=header, signature=signature, body=body, salt=salt, opening=opening)
            yield position, (_text(kind), _text(actor), _text(commitment)), entry

    BY_COMMITMENT = """
        select position, header, signature, body, salt, opening
        from entry
        where commitment = :commitment
    """

    def find(self, commitment: str) -> tuple[int, Entry] | None:
        """Return the entry with this commitment and its position."""
        for row in self._db.execute(self.BY_COMMITMENT, {"commitment": commitment}):
            position, header, signature, body, salt, opening = row
            return position, Entry(
                header=header, signature=signature, body=body, salt=salt, opening=opening
            )
        return None

    BEGINNING = """
        select commitment
        from entry
        where commitment >= :first and commitment < :last
        order by commitment
    """

    def commitments(self, beginning: str) -> list[str]:
        """Return the commitments that begin so."""
        span = {"first": beginning, "last": beginning + "g"}
        return [found for (found,) in self._db.execute(self.BEGINNING, span)]

    BY_POSITION = """
        select header, signature, body, salt, opening
        from entry
        where position = :position
    """

    def at(self, position: int) -> Entry:
        """Return the entry at a position.

        Raises:
            IntegrityError: There is none.
        """
        for header, signature, body, salt, opening in self._db.execute(
            self.BY_POSITION, {"position": position}
        ):
            return Entry(header=header, signature=signature, body=body, salt=salt, opening=opening)
        raise _damaged(f"entry {position} is missing")

    def leaves(self) -> list[bytes]:
        """Return the leaf hash of every entry, in order."""
        return [entry.leaf() for _, _, entry in self.entries()]

    RECORDED = """
        select position, kind, actor, commitment, header, body, opening
        from entry
        where position < :end
        order by position
    """

    def recorded(self, *, end: int = 2**53) -> Iterator[Recorded]:
        """Yield every entry as the projections see it; undone ones are marked."""
        undone = self.undone(end=end)
        for row in self._db.stream(self.RECORDED, {"end": end}):
            yield _recorded(row, undone=undone)

    OF_KIND = """
        select position, kind, actor, commitment, header, body, opening
        from entry
        where kind = :kind
        order by position
    """

    def of_kind(self, kind: str) -> list[Recorded]:
        """Return the entries of one kind, as the projections see them."""
        rows = self._db.execute(self.OF_KIND, {"kind": kind})
        undone = self.undone() if rows else set[str]()
        return [_recorded(row, undone=undone) for row in rows]

    UNDOINGS = """
        select commitment, body
        from entry
        where kind = 'decision.undone/1' and body is not null and position < :end
        order by position desc
    """

    def undone(self, *, end: int = 2**53) -> set[str]:
        """Return the commitments that are taken back; an undoing can be taken back too."""
        found: set[str] = set()
        for commitment, body in self._db.execute(self.UNDOINGS, {"end": end}):
            if commitment in found:
                continue
            fields = Entry(header=b"", signature=b"", body=body, salt=None).fields() or {}
            if "commitment" in fields:
                found.add(fields["commitment"])
        return found

    ERASE = """
        update entry
        set body = :body, salt = :salt, opening = :opening
        where commitment = :commitment
    """

    def replace_body(self, entry: Entry, *, commitment: str) -> None:
        """Erase: store what is left of an entry's body; header, signature, leaf stay."""
        self._db.execute(
            self.ERASE,
            {
                "body": entry.body,
                "salt": entry.salt,
                "opening": entry.opening,
                "commitment": commitment,
            },
        )


def _recorded(row: tuple[Any, ...], *, undone: set[str]) -> Recorded:
    """Return a row as the projections see it."""
    position, kind, actor, commitment, header, body, opening = row
    entry = Entry(header=header, signature=b"", body=body, salt=None)
    fields = entry.fields()
    return Recorded(
        position=position,
        kind=kind,
        actor=actor,
        at=_time_of(header),
        commitment=commitment,
        fields=PartialBody(fields) if fields is not None and opening else fields,
        undone=commitment in undone,
    )


class _Time(msgspec.Struct):
    """The one field of a header that replay needs; verify reads headers whole."""

    at: str


def _time_of(header: bytes) -> str:
    """Return the time in a header.

    Raises:
        IntegrityError: There is none.
    """
    try:
        return _READ_TIME(header).at
    except (msgspec.MsgspecError, TypeError, UnicodeDecodeError) as problem:
        raise _damaged("the header of an entry cannot be read") from problem


_READ_TIME = msgspec.json.Decoder(_Time).decode


def _text(stored: bytes) -> str:
    """Return a text of the database; one that a flipped bit spoilt can still be compared."""
    return stored.decode("utf-8", "backslashreplace")


def _damaged(problem: str) -> IntegrityError:
    return IntegrityError(
        problem, remedy="Stop work, copy the folder as it is, compare it with your last bundle."
    )
