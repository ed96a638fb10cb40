"""Time stamps: those recorded, their files, and those that an authority still owes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from affiant.errors import IntegrityError
from affiant.log.canon import parse_canonical
from affiant.log.durable import sync_folder
from affiant.log.stamps import LARGEST_FILE
from affiant.store.database import Database
from affiant.store.objects import storage_error, write_durably
from affiant.store.recorded import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class StampRow:
    """A recorded stamp.

    Attributes:
        position: Of the entry that records it.
        size: How many entries the stamped checkpoint covers.
        root: Of the tree over them, hex.
        authority: What the case calls whoever stamped.
        address: Where it was asked.
        time: The token's, UTC.
        folder: Below ``log/stamps/``.
        files: Name to digest.
        verified_by: Programs that confirmed it when it was obtained.
        actor: Key of whoever recorded it; empty where it was not asked for.
    """

    position: int
    size: int
    root: str
    authority: str
    address: str
    time: str
    folder: str
    files: Mapping[str, str]
    verified_by: tuple[str, ...]
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A stamp that was asked for and did not come.

    Attributes:
        authority: Whom it was asked of.
        size: How many entries the checkpoint covers.
        note: That checkpoint.
        since: When it was first asked for, by this computer's clock.
        problem: Why it did not come, the last time.
    """

    authority: str
    size: int
    note: str
    since: str
    problem: str | None


class StampStore(Table):
    """Reads recorded stamps and keeps the list of those that are owed."""

    def __init__(self, db: Database, *, folder: Path) -> None:
        super().__init__(db)
        self.folder = folder

    _ALL = """
        select position, size, root, authority, address, time, folder, files, verified_by
        from stamp
        order by position
    """

    def all(self) -> list[StampRow]:
        """Return every stamp, oldest first, as projected."""
        return [
            StampRow(
                position=position,
                size=size,
                root=root,
                authority=authority,
                address=address,
                time=time,
                folder=folder,
                files=msgspec.json.decode(files),
                verified_by=tuple(msgspec.json.decode(verified_by)),
            )
            for position, size, root, authority, address, time, folder, files, verified_by in (
                self._db.execute(self._ALL)
            )
        ]

    _RECORDED = """
        select position, actor, body
        from entry
        where kind = 'stamp.obtained/1' and body is not null
        order by position
    """

    def recorded(self) -> Iterator[tuple[int, StampRow | None]]:
        """Yield place and stamp as each entry tells it, whatever the projection says.

        None stands for an entry whose body is not one of a stamp.
        """
        for position, actor, body in self._db.execute(self._RECORDED):
            try:
                yield position, _row(parse_canonical(body), position=position, actor=actor)
            except IntegrityError:
                yield position, None

    _HEADERS = "select header, signature from entry order by position"

    def headers(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield header and signature of every entry, in order, as they are stored."""
        yield from self._db.stream(self._HEADERS)

    _NEWS = """
        select count(*)
        from entry
        where position >= :size and kind <> 'stamp.obtained/1'
    """

    def news_since(self, size: int) -> int:
        """Return how many entries that are no stamps follow the first ``size``."""
        return int(self._db.execute(self._NEWS, {"size": size})[0][0])

    _OWED = """
        select authority, size, note, since, problem
        from stamp_waiting
        order by since, authority, size
    """

    def owed(self) -> list[Owed]:
        """Return what authorities owe, the longest first."""
        return [
            Owed(authority=authority, size=size, note=note, since=since, problem=problem)
            for authority, size, note, since, problem in self._db.execute(self._OWED)
        ]

    _WAIT = """
        insert into stamp_waiting (authority, size, note, since, problem)
        values (:authority, :size, :note, :since, :problem)
        on conflict (authority, size) do update set problem = excluded.problem
    """

    def wait(self, owed: Owed) -> None:
        """Note that a stamp is owed; asked for before, it keeps since when."""
        row = {"authority": owed.authority, "size": owed.size, "note": owed.note}
        self._db.execute(self._WAIT, {**row, "since": owed.since, "problem": owed.problem})

    _FULFIL = "delete from stamp_waiting where authority = :authority and size <= :size"

    def fulfil(self, authority: str, *, size: int) -> None:
        """Strike what a stamp over so many entries covers."""
        self._db.execute(self._FULFIL, {"authority": authority, "size": size})

    _FORGET = "delete from stamp_waiting where authority = :authority"

    def forget(self, authority: str) -> None:
        """Strike all that an authority owes, as when it is asked no more."""
        self._db.execute(self._FORGET, {"authority": authority})

    def keep(self, name: str, *, files: Mapping[str, bytes]) -> None:
        """Write a stamp's files durably, before the entry that names them.

        Raises:
            StorageError: The disk refuses.
            IntegrityError: A link stands where the folder should.
        """
        target = self.folder / name
        if self.folder.is_symlink() or target.is_symlink():
            raise IntegrityError(
                "a link stands where log/stamps/ should be",
                remedy="Copy the folder as it is, then put the folder itself in its place.",
            )
        for each, data in files.items():
            write_durably(target / each, data=data)
        try:
            sync_folder(self.folder)
            sync_folder(self.folder.parent)
        except OSError as problem:
            raise storage_error(problem, path=self.folder) from problem

    def read(self, name: str) -> dict[str, bytes]:
        """Return the ordinary files of a stamp's folder; links and huge files are left out."""
        target = self.folder / name
        if not is_plain_folder(self.folder) or not is_plain_folder(target):
            return {}
        return {
            path.name: path.read_bytes()
            for path in sorted(target.iterdir())
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_FILE
        }


def is_plain_folder(path: Path) -> bool:
    """Tell whether a folder stands there, and no link."""
    return path.is_dir() and not path.is_symlink()


def _row(fields: Mapping[str, Any], *, position: int, actor: str) -> StampRow:
    """Read a stamp's body strictly."""
    found = {name: fields.get(name) for name in ("root", "authority", "address", "time", "folder")}
    size, files, verified_by = (fields.get(name) for name in ("size", "files", "verified_by"))
    good = (
        all(isinstance(value, str) for value in found.values())
        and isinstance(size, int)
        and isinstance(files, dict)
        and all(isinstance(digest, str) for digest in files.values())
        and isinstance(verified_by, list)
    )
    if not good:
        raise IntegrityError(
            f"entry {position} does not describe a stamp",
            remedy="Open the case with the newest version of Affiant.",
        )
    return StampRow(
        position=position,
        size=int(fields["size"]),
        root=str(found["root"]),
        authority=str(found["authority"]),
        address=str(found["address"]),
        time=str(found["time"]),
        folder=str(found["folder"]),
        files=fields["files"],
        verified_by=tuple(map(str, fields["verified_by"])),
        actor=actor,
    )
