"""Repair: set aside what does not belong, make derived things again, bring back known bytes.

Nothing is deleted and nothing recorded is changed. What is set aside is moved, under a name
that is free, into ``quarantine/<time>/``; a line in the report there is on the disk before
the move, so that an interrupted repair leaves nothing unaccounted for and can be repeated.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from affiant.audit.kept_files import Damage
from affiant.audit.objects import damaged_originals, damaged_texts
from affiant.audit.strays import QUARANTINE, Stray, strays_of
from affiant.errors import AffiantError, IntegrityError
from affiant.log.canon import canonical
from affiant.log.checkpoint import read_checkpoint
from affiant.log.durable import sync, sync_folder
from affiant.store.case import Case
from affiant.store.database import open_scratch
from affiant.store.objects import ObjectStore, digest_of_file, write_durably
from affiant.store.projection import differences, project

REPORT: Final = "report.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One thing that a repair did, or would do.

    Attributes:
        what: ``quarantined``, ``restored``, ``damaged`` (and not restored), ``left`` (in use,
            or a thing that only a person can put right), ``rebuilt``, ``renewed``.
        item: Which: a path in the case, or what was rebuilt.
        why: In words.
        to: Where it lies now, relative to the case; None where nothing was moved.
        digest: SHA-256 of what was moved, ``sha256:…``, or None.
    """

    what: str
    item: str
    why: str
    to: str | None = None
    digest: str | None = None


def repair(case: Case, *, copy: Path | None = None) -> Iterator[Done]:
    """Put right what can be put right without touching anything recorded.

    Args:
        case: Open; with rehearsing surroundings nothing is moved or written.
        copy: Another copy of the case, or an unpacked bundle of it: originals and texts are
            brought back from it where their bytes have the recorded digest.

    Raises:
        CaseBusyError: Another command is keeping files.
    """
    with case.locked(), case.originals.alone(), case.texts.alone():
        yield from _Repair(case, copy=copy).run()


def _in_copy(copy: Path, *, item: str) -> Path:
    """Return where a kept file lies in a copy of the case, or in an unpacked bundle of it."""
    inside = copy / "data" / item
    return inside if inside.is_file() and not (copy / item).exists() else copy / item


class _Repair:
    """One repair, its quarantine folder made when the first thing is set aside."""

    def __init__(self, case: Case, *, copy: Path | None) -> None:
        self._case = case
        self._copy = copy
        self._keep = not case.surroundings.rehearsal
        self._time = case.surroundings.clock().replace(":", "").replace("-", "")
        self._folder: Path | None = None

    def run(self) -> Iterator[Done]:
        """Take every step."""
        yield from self._projections()
        yield from self._tree()
        yield from self._index()
        yield from self._checkpoint()
        for store, folder, damages in (
            (self._case.originals, "originals", damaged_originals(self._case)),
            (self._case.texts, "texts", damaged_texts(self._case)),
        ):
            for damage in damages:
                yield self._restore(damage, store=store, folder=folder)
        for stray in strays_of(self._case):
            yield self._set_aside(stray)

    def _projections(self) -> Iterator[Done]:
        """Make the projected tables again where they are not what the entries say."""
        case, scratch = self._case, open_scratch()
        try:
            for entry in case.logbook.recorded():
                project(scratch, entry=entry)
            wrong = sorted({table for table, _ in differences(case.db, replayed=scratch)})
        finally:
            scratch.close()
        if wrong:
            with case.transaction(keep=self._keep):
                case.rebuild()
        for table in wrong:
            yield Done(what="rebuilt", item=table, why="it was not what follows from the entries")

    def _tree(self) -> Iterator[Done]:
        """Make the stored nodes of the tree again where they are wrong."""
        case, leaves = self._case, self._case.logbook.leaves()
        if case.tree.differs(leaves):
            with case.transaction(keep=self._keep):
                case.tree.renew(leaves)
            yield Done(what="rebuilt", item="tree_node", why="its nodes were missing or others")

    def _index(self) -> Iterator[Done]:
        """Empty a search index that knows other texts than there are; 'find' makes it again."""
        case = self._case
        texts = {row.text_digest for row in case.documents.texts()}
        if case.derived.indexed() - texts:
            with case.transaction(keep=self._keep):
                case.derived.forget_index()
            yield Done(what="rebuilt", item="search index", why="it held texts that are not here")

    def _checkpoint(self) -> Iterator[Done]:
        """Write ``log/checkpoint`` again from the database where it is older, or gone."""
        case, path, why = self._case, self._case.checkpoint_path, ""
        try:
            newest = case.logbook.checkpoint()
        except AffiantError as problem:
            yield Done(what="left", item="the checkpoint in case.db", why=problem.problem)
            return
        if not path.exists() and not path.is_symlink():
            why = "it was not there"
        elif path.is_file() and not path.is_symlink():
            why = self._wrong_checkpoint(path, note=newest.note)
            if why == "newer":
                why = "it is over more entries than are here: the case was rolled back"
                yield Done(what="left", item="log/checkpoint", why=why)
                return
        if why:
            moved = self._move("log/checkpoint", why=why) if path.exists() else None
            if self._keep:
                write_durably(path, data=newest.note.encode("utf-8"))
            yield Done(what="renewed", item="log/checkpoint", why=why, to=moved)

    def _wrong_checkpoint(self, path: Path, *, note: str) -> str:
        """Say what is wrong with the checkpoint's file; nothing where it is the newest."""
        data = path.read_bytes()
        if data == note.encode("utf-8"):
            return ""
        size = self._case.logbook.checkpoint().head.size
        try:
            found = read_checkpoint(data.decode("utf-8"))
        except (IntegrityError, UnicodeDecodeError):
            return "it was no checkpoint"
        if found.case != self._case.case_id:
            return "it was another case's"
        return "newer" if found.head.size > size else "it was older than the database"

    def _restore(self, damage: Damage, *, store: ObjectStore, folder: str) -> Done:
        """Bring one kept file back from the copy, or say that it is damaged."""
        digest = damage.item.partition(" ")[2]
        target = store.path(digest)
        item = f"{folder}/{target.parent.name}/{target.name}"
        source = None if self._copy is None else _in_copy(self._copy, item=item)
        if source is None or source.is_symlink() or not source.is_file():
            where = "" if self._copy is None else "; the copy does not hold it"
            return Done(what="damaged", item=item, why=damage.detail + where)
        if digest_of_file(source) != digest:
            why = f"{damage.detail}; the copy's file has other bytes too"
            return Done(what="damaged", item=item, why=why)
        moved = None
        if self._keep:
            with store.brought(source, digest=digest) as aside:
                moved = self._move(item, why=damage.detail) if _is_there(target) else None
                aside.replace(target)
                sync_folder(target.parent)
        return Done(what="restored", item=item, why=damage.detail, to=moved, digest=digest)

    def _set_aside(self, stray: Stray) -> Done:
        """Move one stray into the quarantine."""
        if stray.path in ("originals", "texts", "log"):
            why = "it is a link: put the folder itself back in its place"
            return Done(what="left", item=stray.path, why=why)
        digest = self._digest(stray)
        moved = self._move(stray.path, why=stray.detail, digest=digest) if self._keep else None
        return Done(what="quarantined", item=stray.path, why=stray.detail, to=moved, digest=digest)

    def _digest(self, stray: Stray) -> str | None:
        """Return the digest of an ordinary file."""
        ordinary = stray.what in ("file", "orphan", "part")
        return digest_of_file(self._case.folder / stray.path) if ordinary else None

    def _move(self, item: str, *, why: str, digest: str | None = None) -> str | None:
        """Move something into the quarantine, where it overwrites nothing; say where to."""
        if not self._keep:
            return None
        source = self._case.folder / item
        if digest is None and source.is_file() and not source.is_symlink():
            digest = digest_of_file(source)
        target = self._quarantine() / item
        target.parent.mkdir(parents=True, exist_ok=True)
        line = {"from": item, "to": target.name, "digest": digest, "why": why}
        self._note(canonical(line) + b"\n")
        source.rename(target)
        sync_folder(target.parent)
        sync_folder(source.parent)
        return target.relative_to(self._case.folder).as_posix()

    def _quarantine(self) -> Path:
        """Return this repair's own folder, made when it is first needed."""
        if self._folder is None:
            parent = self._case.folder / QUARANTINE
            parent.mkdir(exist_ok=True)
            names = (self._time, *(f"{self._time}-{number}" for number in range(2, 10_000)))
            free = next(name for name in names if not (parent / name).exists())
            self._folder = parent / free
            self._folder.mkdir()
            sync_folder(parent)
            sync_folder(self._case.folder)
        return self._folder

    def _note(self, line: bytes) -> None:
        """Add a line to the report, on the disk before what it tells of happens."""
        with (self._quarantine() / REPORT).open("ab") as file:
            file.write(line)
            file.flush()
            sync(file.fileno())
        sync_folder(self._quarantine())


def _is_there(path: Path) -> bool:
    """Tell whether anything stands at a path, a broken link too."""
    return path.is_symlink() or path.exists()


def plain(done: Done) -> dict[str, str | None]:
    """Return one thing done as plain values."""
    return asdict(done)
