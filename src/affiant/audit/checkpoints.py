"""The checkpoints of a case: in its database, as a file, ever seen, pinned."""

from collections.abc import Iterator
from dataclasses import dataclass

from affiant.audit.entries import LogWalk
from affiant.audit.report import Problem, Report
from affiant.errors import AffiantError, IntegrityError
from affiant.log.checkpoint import Checkpoint, read_checkpoint
from affiant.log.tree import TreeHead
from affiant.store.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What lies beside the database and may already be newer than what is read from it.

    It is looked at first: a command that writes meanwhile commits before it renews these.

    Attributes:
        file: Bytes of ``log/checkpoint``, or why it cannot be read.
        heads: Every checkpoint seen, or why the list cannot be read.
        before: Id of the case that lay in this folder last, as far as is known.
        roots: Certificates that the asking person trusts for time stamps, PEM.
    """

    file: bytes | str
    heads: tuple[TreeHead, ...] | str
    before: str | None
    roots: bytes | None = None

    @property
    def sizes(self) -> list[int]:
        """The sizes of the checkpoints seen, as far as they can be read."""
        return [] if isinstance(self.heads, str) else [head.size for head in self.heads]


def look_outside(case: Case) -> Outside:
    """Read the checkpoint's file and the checkpoints seen."""
    file: bytes | str
    heads: tuple[TreeHead, ...] | str
    try:
        file = case.checkpoint_path.read_bytes()
    except OSError as problem:
        file = str(problem.strerror)
    before = None
    try:
        heads = tuple(case.seen.heads())
        before = case.whereabouts.known(case.folder)
    except IntegrityError as problem:
        heads = problem.problem
    return Outside(file=file, heads=heads, before=before)


def check_identity(case: Case, *, outside: Outside, pin: str | None, report: Report) -> None:
    """Demand that the case is the one that lay here before, unless a pin vouches for it."""
    if outside.before in (None, case.case_id):
        return
    detail = (
        f"another case, {outside.before}, lay in this folder when it was last used here; "
        f"this is the case {case.case_id}"
    )
    vouched = pin is not None and not any(
        problem.kind in ("stranger", "forked", "rolled_back") for problem in report.problems
    )
    if vouched:
        report.notes.append(f"{detail}; the pin vouches for it")
    else:
        report.add([Problem(item="case", kind="stranger", detail=f"{detail}: it was exchanged")])


def check_checkpoints(
    case: Case, *, outside: Outside, walk: LogWalk, report: Report
) -> Checkpoint | None:
    """Check the database's checkpoint, the file's, and every one ever seen."""
    newest = _database_checkpoint(case, head=walk.head, walk=walk, report=report)
    _file_checkpoint(outside.file, case=case, walk=walk, report=report)
    _seen_checkpoints(outside.heads, walk=walk, report=report)
    return newest


def _database_checkpoint(
    case: Case, *, head: TreeHead, walk: LogWalk, report: Report
) -> Checkpoint | None:
    """Check the newest checkpoint against the entries as they stand."""
    try:
        checkpoint = case.logbook.checkpoint()
    except AffiantError as problem:
        report.add([Problem(item="checkpoint", kind="altered", detail=problem.problem)])
        return None
    report.count("checkpoints")
    if checkpoint.head != head:
        report.add(
            [
                Problem(
                    item="checkpoint",
                    kind="altered",
                    detail=f"it is over {checkpoint.head.size} entries with another root than "
                    f"the {head.size} that are here have",
                )
            ]
        )
    report.add(_strange_signers(checkpoint, walk=walk))
    return checkpoint


def _strange_signers(checkpoint: Checkpoint, *, walk: LogWalk) -> Iterator[Problem]:
    for signer in checkpoint.signers:
        if signer not in walk.admitted:
            yield Problem(
                item="checkpoint",
                kind="stranger",
                detail=f"it is signed by {signer[:16]}…, which was never admitted",
            )


def _file_checkpoint(raw: bytes | str, *, case: Case, walk: LogWalk, report: Report) -> None:
    """Check ``log/checkpoint``; one that is merely older follows at the next writing."""
    item = "log/checkpoint"
    if isinstance(raw, str):
        detail = f"the checkpoint's file was removed, or cannot be read: {raw}"
        report.add([Problem(item=item, kind="missing", detail=detail)])
        return
    try:
        checkpoint = read_checkpoint(raw.decode("utf-8"))
    except UnicodeDecodeError:
        report.add([Problem(item=item, kind="altered", detail="it is not text")])
        return
    except IntegrityError as problem:
        report.add([Problem(item=item, kind="altered", detail=problem.problem)])
        return
    report.count("checkpoints")
    report.add(_against_log(checkpoint.head, item=item, walk=walk))
    if checkpoint.case != case.case_id:
        report.add([Problem(item=item, kind="stranger", detail="it is another case's")])
    report.add(_strange_signers(checkpoint, walk=walk))
    if checkpoint.head.size < walk.tree.size:
        report.notes.append(
            "log/checkpoint is older than the database, as after a crash; the next writing "
            "command renews it"
        )


def _seen_checkpoints(heads: tuple[TreeHead, ...] | str, *, walk: LogWalk, report: Report) -> None:
    """Demand that the log extends every checkpoint ever seen of it."""
    if isinstance(heads, str):
        report.add([Problem(item="checkpoints seen", kind="altered", detail=heads)])
        return
    for head in heads:
        report.count("checkpoints seen before")
        problems = list(_against_log(head, item=f"checkpoint seen at {head.size}", walk=walk))
        if problems:
            report.add(problems)
            return
    if not heads:
        report.notes.append(
            "no checkpoint of this case was seen here before: a rollback could not be noticed"
        )


def _against_log(head: TreeHead, *, item: str, walk: LogWalk) -> Iterator[Problem]:
    """Compare a size and root with the log as it stands."""
    if head.size > walk.tree.size:
        yield Problem(
            item=item,
            kind="rolled_back",
            detail=f"a history of {head.size} entries was seen; only {walk.tree.size} are here",
            since=f"entry {walk.tree.size}",
        )
    elif walk.tree.root_at(head.size) != head.root:
        yield Problem(
            item=item,
            kind="forked",
            detail=f"the first {head.size} entries are not those that were seen before",
            since=f"an entry before {head.size}",
        )


def check_pin(pin: str, *, walk: LogWalk, checkpoint: Checkpoint | None) -> Iterator[Problem]:
    """Demand a key, or that the log extends an earlier checkpoint.

    A key must have opened the case or signed its newest checkpoint.
    """
    if "\n" in pin:
        earlier = read_checkpoint(pin)
        yield from _against_log(earlier.head, item="pinned checkpoint", walk=walk)
        if checkpoint is None or earlier.case != checkpoint.case:
            yield Problem(item="pinned checkpoint", kind="stranger", detail="of another case")
        return
    signers = checkpoint.signers if checkpoint else ()
    if pin != walk.opener and pin not in signers:
        yield Problem(
            item="signer",
            kind="stranger",
            detail=f"the pinned key {pin[:16]}… neither opened this case nor signed its checkpoint",
        )
