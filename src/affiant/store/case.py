"""One case: its stores, handed to every step, and the one way to write to it."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from affiant.errors import (
    CaseBusyError,
    CaseFormatError,
    IntegrityError,
    NotSafeError,
    PersonNeededError,
    StorageError,
)
from affiant.log.durable import sync_folder
from affiant.log.entry import Entry, Signer, sign_entry
from affiant.log.keys import SigningKey
from affiant.log.places import Places
from affiant.log.seen import SeenCheckpoints
from affiant.log.tree import Node, TreeHead
from affiant.store.captures import CaptureStore
from affiant.store.claims import ClaimStore
from affiant.store.custody import CustodyStore
from affiant.store.database import SCHEMA_VERSION, Database, open_database, open_for_reading
from affiant.store.derived import DerivedStore
from affiant.store.documents import DocumentStore
from affiant.store.estimates import EstimateStore
from affiant.store.incidents import IncidentStore
from affiant.store.logbook import Logbook
from affiant.store.models import ModelStore
from affiant.store.objects import ObjectStore, storage_error, write_durably
from affiant.store.places import PlaceStore
from affiant.store.policies import PolicyStore
from affiant.store.projection import project, rebuild
from affiant.store.recorded import Recorded
from affiant.store.reviews import ReviewStore
from affiant.store.sources import SourceStore
from affiant.store.stamps import StampStore
from affiant.store.surroundings import Surroundings, system_surroundings
from affiant.store.tree import TreeStore

DATABASE = "case.db"
OUT = "out"


class Pen:
    """Records entries inside one transaction, in the name of one person."""

    def __init__(self, case: "Case", *, key: SigningKey) -> None:
        self._case = case
        self._key = key
        self._id, self.frontier, _ = case.logbook.state()
        self._after = TreeHead(self.frontier.size, self.frontier.root())
        self.nodes: list[Node] = []

    @property
    def wrote(self) -> bool:
        """True when at least one entry was recorded."""
        return self.frontier.size > self._after.size

    def record(self, kind: str, *, body: Mapping[str, object]) -> Recorded:
        """Append an entry signed by this person and project it."""
        surroundings = self._case.surroundings
        signer = Signer(key=self._key, case=self._id, after=self._after, at=surroundings.clock())
        return self.append(
            sign_entry(body, kind=kind, salt=surroundings.randomness(32), signer=signer)
        )

    def append(self, entry: Entry) -> Recorded:
        """Append an entry that is signed already and project it."""
        recorded = self._case.logbook.append(entry, position=self.frontier.size)
        self.frontier, nodes = self.frontier.grow(entry.leaf())
        self.nodes += nodes
        project(self._case.db, entry=recorded)
        return recorded

    def hand_over(self, key: SigningKey) -> None:
        """Have the rest, and the checkpoint, signed by another key, as after a rotation."""
        self._key = key

    @property
    def key(self) -> SigningKey:
        """The key that signs what is recorded next, and the checkpoint."""
        return self._key

    def new_id(self) -> str:
        """Return a random id, 32 hex digits."""
        return self._case.surroundings.randomness(16).hex()


class Case:
    """The open stores of one case."""

    def __init__(self, folder: Path, *, db: Database, surroundings: Surroundings) -> None:
        self.folder = folder
        self.db = db
        self.surroundings = surroundings
        self.logbook = Logbook(db)
        self.documents = DocumentStore(db)
        self.custody = CustodyStore(db)
        self.places = PlaceStore(db)
        self.captures = CaptureStore(db)
        self.claims = ClaimStore(db)
        self.reviews = ReviewStore(db)
        self.sources = SourceStore(db)
        self.incidents = IncidentStore(db)
        self.policies = PolicyStore(db)
        self.derived = DerivedStore(db)
        self.models = ModelStore(db)
        self.estimates = EstimateStore(db)
        self.stamps = StampStore(db, folder=folder / "log" / "stamps")
        self.tree = TreeStore(db)
        self.originals = ObjectStore(folder / "originals")
        self.texts = ObjectStore(folder / "texts")
        self.case_id = self.logbook.state()[0]
        self._named = False
        self.seen = SeenCheckpoints(surroundings.configuration, case=self.case_id)
        self.whereabouts = Places(surroundings.configuration)

    @property
    def checkpoint_path(self) -> Path:
        """Where the newest checkpoint lies as a file."""
        return self.folder / "log" / "checkpoint"

    def text(self, text_digest: str) -> str:
        """Return a recorded text, checked against its digest."""
        return self.texts.read(text_digest).decode("utf-8")

    @contextmanager
    def writing(self, key: SigningKey) -> Iterator[Pen]:
        """Open one transaction; at its end everything is recorded and signed, or nothing is.

        Raises:
            CaseBusyError: Another command kept writing.
            PersonNeededError: The key is not admitted to this case.
            IntegrityError: The case is older than a checkpoint seen of it.
        """
        keep = not self.surroundings.rehearsal
        with self.locked():
            self._make_names_durable()
            with self.transaction(keep=keep):
                self._refuse_strangers(key)
                self._refuse_exchanged()
                self._refuse_rollback()
                pen = Pen(self, key=key)
                yield pen
                if pen.wrote:
                    self.tree.keep(pen.nodes)
                    checkpoint = self.logbook.seal(pen.frontier, case_id=self.case_id, key=pen.key)
            if pen.wrote and keep:
                write_durably(self.checkpoint_path, data=checkpoint.note.encode("utf-8"))
                self.seen.remember(checkpoint.head)
                self.whereabouts.remember(self.folder, case=self.case_id)

    def _make_names_durable(self) -> None:
        """Make the names of the database's files durable, once, before the first writing.

        SQLite synchronises their folder too, and does not look at what comes of it.
        """
        if not self._named and not self.surroundings.rehearsal:
            sync_folder(self.folder)
            self._named = True

    @contextmanager
    def deriving(self) -> Iterator[None]:
        """Open one transaction for what is derived; nothing is recorded."""
        with self.locked(), self.transaction(keep=not self.surroundings.rehearsal):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the database to the end, whatever others write meanwhile."""
        self.db.execute("begin")
        try:
            self.logbook.state()
            yield
        finally:
            self.db.roll_back()

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """Begin immediately; commit at the end, roll back on any error or where not to keep."""
        self.db.execute("begin immediate")
        finished = False
        try:
            yield
            finished = True
        finally:
            if keep and finished:
                self.db.execute("commit")
            else:
                self.db.roll_back()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the case-wide lock, so that writers take turns."""
        lock = FileLock(self.folder / "log" / "lock", timeout=self.surroundings.patience_s)
        try:
            lock.acquire()
        except Timeout as problem:
            raise CaseBusyError(
                "another command has been writing to this case all the time",
                remedy="Wait until it has finished, then repeat.",
            ) from problem
        except OSError as problem:
            raise storage_error(problem, path=self.folder / "log" / "lock") from problem
        try:
            yield
        finally:
            lock.release()

    def _refuse_strangers(self, key: SigningKey) -> None:
        """Refuse a key that is not admitted; an empty log has nobody to ask."""
        keys = self.policies.keys()
        if keys and key.public not in keys:
            raise PersonNeededError(
                f"the key {key.public[:16]}… is not admitted to this case",
                remedy=f"Ask a member to run: affiant key admit {key.public} --name NAME",
            )
        if key.public in self.policies.ended_keys():
            raise PersonNeededError(
                f"the key {key.public[:16]}… was rotated or revoked in this case",
                remedy="Sign with the key that replaced it: affiant key list.",
            )

    def _refuse_exchanged(self) -> None:
        """Refuse to write where another case lay when this user worked there last."""
        before = self.whereabouts.known(self.folder)
        if before not in (None, self.case_id):
            raise IntegrityError(
                f"another case, {before}, lay in this folder before: this is {self.case_id}",
                remedy="If you put it there, say whose it is: affiant verify --pin KEY.",
            )

    def _refuse_rollback(self) -> None:
        """Refuse to write to a case that is older than one seen before, or another.

        A head seen at a smaller size needs the whole history to be compared: 'verify' does.
        """
        _, frontier, _ = self.logbook.state()
        size, root = frontier.size, frontier.root()
        for head in self.seen.newest():
            if head.size > size or (head.size == size and head.root != root):
                cause = "rolled back" if head.size > size else "forked"
                raise IntegrityError(
                    f"the case was {cause}: it has {size} entries; one with {head.size} and "
                    "another history was seen before",
                    remedy="Run 'affiant verify'; work on the newer copy.",
                )

    def rebuild(self) -> None:
        """Make every projected table again from the entries; call inside a transaction."""
        rebuild(self.db, entries=self.logbook.recorded())

    def close(self) -> None:
        """Write the write-ahead log back and close the database."""
        self.originals.release()
        self.texts.release()
        self.db.close()

    def __enter__(self) -> "Case":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(problem, NotSafeError):
            self.db.give_up()
        else:
            self.close()


def open_case(folder: Path | str, *, surroundings: Surroundings | None = None) -> Case:
    """Open a case; one on a medium that cannot be written opens for reading.

    An erasure that was interrupted is finished first.

    Args:
        folder: The case's folder.
        surroundings: Clock, randomness, configuration; the system's where not given.

    Raises:
        CaseFormatError: The folder is not a case.
    """
    folder = Path(folder)
    around = surroundings or system_surroundings()
    path = folder / DATABASE
    if not path.is_file():
        raise CaseFormatError(
            f"{folder} is not a case: it has no {DATABASE}",
            remedy="Stand in the case's folder, or name it with --case DIR, or run 'affiant init'.",
        )
    if os.access(path, os.W_OK) and os.access(folder, os.W_OK) and not _frozen(folder):
        case = Case(folder, db=open_database(path), surroundings=around)
        if case.db.schema != SCHEMA_VERSION:
            with case.locked():
                upgrade(case)
        finish_erasures(case)
        return case
    case = Case(folder, db=open_for_reading(path), surroundings=around)
    if case.db.schema != SCHEMA_VERSION:
        upgrade(case)
    return case


def upgrade(case: Case) -> None:
    """Bring an older case's projections to this version; nothing recorded changes."""
    with case.transaction():
        if case.db.schema != SCHEMA_VERSION:
            case.db.upgrade()
            case.rebuild()
            case.tree.renew(case.logbook.leaves())


def _frozen(folder: Path) -> bool:
    """Tell whether the medium is mounted read-only (rights alone do not tell root)."""
    if not hasattr(os, "statvfs"):
        return False
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


CONDEMNED = "select path from condemned"
SPARE = "delete from condemned where path = :path"
_KEPT = re.compile(r"(originals|texts)/[0-9a-f]{2}/[0-9a-f]{62}")


def finish_erasures(case: Case) -> None:
    """Remove the files of erased entries; called after an erasure and at every opening.

    Raises:
        IntegrityError: What is to go is no kept file; nothing is removed then.
        StorageError: A file cannot be removed.
    """
    if not case.db.execute(CONDEMNED):
        return
    with case.locked():
        condemned = [path for (path,) in case.db.execute(CONDEMNED)]
        for relative in condemned:
            _refuse_other_paths(relative)
        for relative in condemned:
            _remove(case, relative=relative)


def _remove(case: Case, *, relative: str) -> None:
    """Remove one file, or what is published, then the note that it must go."""
    try:
        if relative == OUT:
            _empty(case.folder / OUT)
            sync_folder(case.folder)
        elif not _is_needed(case, relative=relative):
            (case.folder / relative).unlink(missing_ok=True)
            sync_folder((case.folder / relative).parent)
    except OSError as problem:
        raise StorageError(
            f"{relative} was erased but cannot be removed: {problem.strerror}",
            remedy="Free the file, then open the case again.",
        ) from problem
    with case.transaction():
        case.db.execute(SPARE, {"path": relative})


def _refuse_other_paths(relative: str) -> None:
    """Refuse to remove anything but kept files and what is published from them.

    The table is not signed: whoever hands over a case could have written anything there.
    """
    if relative != OUT and not _KEPT.fullmatch(relative):
        raise IntegrityError(
            f"case.db wants {relative!r} removed, which no erasure asked for",
            remedy="Copy the folder as it is, then restore case.db from your last copy.",
        )


def _empty(folder: Path) -> None:
    """Remove published copies: they are derived, and may show what was erased."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)
    folder.mkdir(exist_ok=True)


def _is_needed(case: Case, *, relative: str) -> bool:
    """Tell whether an entry that was not erased names a kept file."""
    folder, first, rest = relative.split("/")
    digest = f"sha256:{first}{rest}"
    if folder == "originals":
        return case.documents.is_known(digest)
    return bool(case.documents.texts_with(digest))
