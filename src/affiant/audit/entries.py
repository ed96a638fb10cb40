"""The log checked entry by entry: signatures, bodies, tree, checkpoints, keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from affiant.audit.report import Problem, Report
from affiant.errors import AffiantError, IntegrityError
from affiant.log.canon import parse_canonical
from affiant.log.checkpoint import Checkpoint, read_checkpoint
from affiant.log.entry import Entry, Header
from affiant.log.tree import Frontier, TreeHead
from affiant.store.case import Case


class LogWalk:
    """What is known after walking the log once.

    Attributes:
        frontier: Over the leaves as they stand.
        roots: Root at each size, from 0.
        admitted: Public key to the name it was admitted under.
        ended: Keys that were rotated or revoked.
        opener: Key of whoever opened the case, or None.
        erased: Commitment to position, of entries without a body.
        partly: Commitment to position, of entries of which fields were erased.
        erasures: Commitment to (position of the newest entry that erased of it, the fields
            named; None for everything).
        last_erasure: Position of the newest erasure, or -1.
        elsewhere: Entries signed after another copy's checkpoint, as packets bring them.
    """

    def __init__(self) -> None:
        self.frontier = Frontier()
        self.roots = [self.frontier.root()]
        self.admitted: dict[str, str] = {}
        self.ended: set[str] = set()
        self.opener: str | None = None
        self.erased: dict[str, int] = {}
        self.partly: dict[str, int] = {}
        self.erasures: dict[str, tuple[int, set[str] | None]] = {}
        self.last_erasure = -1
        self.elsewhere = 0


def walk_log(case: Case, *, report: Report) -> LogWalk:
    """Check every entry and return what the later checks need."""
    walk = LogWalk()
    expected = 0
    for position, indexed, entry in case.logbook.entries():
        if position != expected:
            report.add([_missing(expected, found=position)])
        expected = position + 1
        report.count("entries")
        report.add(_check_entry(entry, position=position, indexed=indexed, case=case, walk=walk))
        walk.frontier = walk.frontier.append(entry.leaf())
        walk.roots.append(walk.frontier.root())
    if walk.elsewhere:
        report.notes.append(f"{walk.elsewhere} entries were signed on another copy of the case")
    report.add(_check_erasures(case, walk=walk))
    return walk


def _check_erasures(case: Case, *, walk: LogWalk) -> Iterator[Problem]:
    """Yield what is gone and was not erased, and what was erased and is there again."""
    for commitment in {**walk.erased, **walk.partly, **walk.erasures}:
        found = case.logbook.find(commitment)
        if found is None:
            continue
        position, entry = found
        by, named = walk.erasures.get(commitment, (-1, set[str]()))
        kind, detail = "missing", ""
        if by <= position:
            detail = "its body, or a field of it, is gone and no later entry erased it"
        elif named is not None and not _gone(entry) <= named:
            detail = f"more of it is gone than entry {by} erased: {', '.join(sorted(named))}"
        elif _shown(entry) if named is None else _shown(entry) & named:
            kind, detail = "altered", f"entry {by} erased it, and it is there again"
        if detail:
            yield Problem(
                item=f"entry {position}", kind=kind, detail=detail, since=f"entry {position}"
            )


def _shown(entry: Entry) -> set[str]:
    """Return the fields that are there."""
    try:
        return set(entry.fields() or {})
    except IntegrityError:
        return set()


def _gone(entry: Entry) -> set[str]:
    """Return the fields that are not there any more; ``*`` where it is the whole body."""
    if entry.body is None:
        return {"*"}
    try:
        return set(parse_canonical(entry.opening)["digests"]) if entry.opening else set()
    except (IntegrityError, KeyError, TypeError):
        return set()


def _missing(position: int, *, found: int) -> Problem:
    return Problem(
        item=f"entry {position}",
        kind="missing",
        detail=f"the log jumps from entry {position - 1} to entry {found}",
        since=f"entry {position}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """One entry at its place, with its header read."""

    position: int
    header: Header
    entry: Entry

    def problem(self, kind: str, *, detail: str, who: str | None) -> Problem:
        """Describe something wrong with it."""
        return Problem(
            item=f"entry {self.position} ({self.header.kind})",
            kind=kind,
            detail=detail,
            since=self.header.at,
            who=who,
        )


def _check_entry(
    entry: Entry, *, position: int, indexed: tuple[str, str, str], case: Case, walk: LogWalk
) -> Iterator[Problem]:
    """Yield what is wrong with one entry, and learn from it what later ones need."""
    try:
        header = entry.read_header()
    except IntegrityError as problem:
        yield Problem(item=f"entry {position}", kind="altered", detail=problem.problem)
        return
    seen = _Seen(position=position, header=header, entry=entry)
    who = walk.admitted.get(header.actor, header.actor[:16])
    if indexed != (header.kind, header.actor, header.commitment):
        yield seen.problem(
            "altered", detail="the index columns are not what the header says", who=who
        )
    if header.case != case.case_id:
        yield seen.problem("stranger", detail="it belongs to another case", who=who)
    if walk.roots[header.after.size : header.after.size + 1] != [header.after.root]:
        walk.elsewhere += 1
    try:
        entry.check()
        fields = entry.fields()
    except IntegrityError as problem:
        yield seen.problem("altered", detail=problem.problem, who=who)
        fields = None
    may = header.actor in walk.admitted
    _learn(seen, fields=fields, walk=walk)
    if position > 0 and not may and not (position == 1 and header.actor in walk.admitted):
        detail = "its actor's key was not admitted before it, or not any more"
        yield seen.problem("stranger", detail=detail, who=None)
    if header.kind == "key.rotated/1" and fields and fields.get("old") != header.actor:
        yield seen.problem("stranger", detail="it hands over another's key", who=who)
    if position == 0 and header.kind != "case.opened/1":
        yield seen.problem("missing", detail="the first entry does not open a case", who=who)


def _learn(seen: _Seen, *, fields: dict[str, object] | None, walk: LogWalk) -> None:
    """Take from an entry what the checks of later ones need."""
    kind, position, commitment = seen.header.kind, seen.position, seen.header.commitment
    if position == 0:
        walk.opener = seen.header.actor
    if seen.entry.body is None:
        walk.erased[commitment] = position
    elif seen.entry.opening is not None:
        walk.partly[commitment] = position
    if fields is None:
        return
    trusted = seen.header.actor in walk.admitted or (
        position == 1 and seen.header.actor == walk.opener == fields.get("key")
    )
    if kind == "key.admitted/1" and trusted and fields.get("key") not in walk.ended:
        walk.admitted[str(fields.get("key"))] = str(fields.get("name", "name erased"))
    if kind in ("key.rotated/1", "key.revoked/1") and trusted:
        _learn_end(seen, fields=fields, walk=walk)
    if kind == "entry.erased/1":
        _learn_erasure(position, fields=fields, walk=walk)


def _learn_end(seen: _Seen, *, fields: dict[str, object], walk: LogWalk) -> None:
    """End a key, for good; only the key itself hands over to another."""
    rotated, new = seen.header.kind == "key.rotated/1", str(fields.get("new"))
    old = str(fields.get("old" if rotated else "key"))
    if rotated and seen.header.actor != old:
        return
    name = walk.admitted.pop(old, None)
    walk.ended.add(old)
    if rotated and name is not None and new not in walk.ended:
        walk.admitted[new] = str(fields.get("name", "name erased"))


def _learn_erasure(position: int, *, fields: dict[str, object], walk: LogWalk) -> None:
    """Note which entries an erasure named, and which fields of them."""
    walk.last_erasure = position
    commitments, named = fields.get("commitments"), fields.get("fields")
    for commitment in commitments if isinstance(commitments, list) else []:
        _, before = walk.erasures.get(str(commitment), (-1, set[str]()))
        union = None
        if before is not None and isinstance(named, list):
            union = {*before, *map(str, named)}
        walk.erasures[str(commitment)] = (position, union)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What lies beside the database and may already be newer than what is read from it.

    It is looked at first: a command that writes meanwhile commits before it renews these.

    Attributes:
        file: Bytes of ``log/checkpoint``, or why it cannot be read.
        heads: Every checkpoint seen, or why the list cannot be read.
        roots: Certificates that the asking person trusts for time stamps, PEM.
    """

    file: bytes | str
    heads: tuple[TreeHead, ...] | str
    roots: bytes | None = None


def look_outside(case: Case) -> Outside:
    """Read the checkpoint's file and the checkpoints seen."""
    file: bytes | str
    heads: tuple[TreeHead, ...] | str
    try:
        file = case.checkpoint_path.read_bytes()
    except OSError as problem:
        file = str(problem.strerror)
    try:
        heads = tuple(case.seen.heads())
    except IntegrityError as problem:
        heads = problem.problem
    return Outside(file=file, heads=heads)


def check_checkpoints(
    case: Case, *, outside: Outside, walk: LogWalk, report: Report
) -> Checkpoint | None:
    """Check the database's checkpoint, the file's, and every one ever seen."""
    head = TreeHead(walk.frontier.size, walk.frontier.root())
    newest = _database_checkpoint(case, head=head, walk=walk, report=report)
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
        report.add([Problem(item=item, kind="missing", detail=raw)])
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
    if checkpoint.head.size < walk.frontier.size:
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
    if head.size > walk.frontier.size:
        yield Problem(
            item=item,
            kind="rolled_back",
            detail=f"a history of {head.size} entries was seen; only {walk.frontier.size} are here",
            since=f"entry {walk.frontier.size}",
        )
    elif walk.roots[head.size : head.size + 1] != [head.root]:
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
