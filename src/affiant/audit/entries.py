"""The log checked entry by entry: signatures, bodies, tree, checkpoints, keys."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from affiant.audit.crew import Crew
from affiant.audit.lineage import Lineage
from affiant.audit.report import Problem, Progress, Report, Step
from affiant.errors import IntegrityError
from affiant.log.canon import parse_canonical
from affiant.log.entry import Entry, Header
from affiant.log.nodes import GrownTree
from affiant.log.tree import TreeHead
from affiant.store.case import Case

_PART: Final = 256
_TELLING: Final = {
    *("key.admitted/1", "key.rotated/1", "key.revoked/1"),
    "entry.erased/1",
}


class LogWalk:
    """What is known after walking the log once.

    Attributes:
        lineage: Which checkpoints bind which entries.
        tree: Over the leaves as they stand.
        admitted: Public key that may sign to the name it was admitted under.
        ended: Keys that were rotated or revoked; none of them comes back.
        names: Every key ever admitted to its name.
        actors: Whoever signed each entry, by position.
        signed: Actor and commitment of the entry that was just read.
        parts: Checks of signatures and bodies that are under way.
        opener: Key of whoever opened the case, or None.
        erased: Commitment to position, of entries without a body.
        partly: Commitment to position, of entries of which fields were erased.
        erasures: Commitment to (position of the newest entry that erased of it, the fields
            named; None for everything).
        last_erasure: Position of the newest erasure, or -1.
        elsewhere: Entries signed after another copy's checkpoint, as packets bring them.
    """

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage
        self.tree = GrownTree()
        self.admitted: dict[str, str] = {}
        self.ended: set[str] = set()
        self.names: dict[str, str] = {}
        self.actors: dict[int, str] = {}
        self.signed: dict[int, tuple[str, str]] = {}
        self.parts: list[Callable[[], list[Fault]]] = []
        self.opener: str | None = None
        self.erased: dict[str, int] = {}
        self.partly: dict[str, int] = {}
        self.erasures: dict[str, tuple[int, set[str] | None]] = {}
        self.last_erasure = -1
        self.elsewhere = 0
        self._after_known: TreeHead | None = None

    def admit(self, key: str, *, name: str) -> None:
        """Let a key sign from here on, unless it has ended."""
        self.names[key] = name
        if key not in self.ended:
            self.admitted[key] = name

    def note_after(self, after: TreeHead) -> None:
        """Count an entry that was signed after a state that this log never had."""
        if after != self._after_known and self.tree.root_at(after.size) != after.root:
            self.elsewhere += 1
        else:
            self._after_known = after

    @property
    def head(self) -> TreeHead:
        """Size and root of the log as it stands."""
        return TreeHead(self.tree.size, self.tree.root_at(self.tree.size) or b"")

    def who(self, position: int) -> str | None:
        """Return the name, or the key, of whoever signed an entry."""
        actor = self.actors.get(position)
        return None if actor is None else self.names.get(actor, actor[:16])


def walk_log(
    case: Case, *, lineage: Lineage, report: Report, crew: Crew, tell: Progress
) -> LogWalk:
    """Check every entry and return what the later checks need."""
    walk, expected = LogWalk(lineage), 0
    waiting: list[Waiting] = []
    for position, indexed, entry in case.logbook.entries():
        if position != expected:
            report.add([_missing(expected, found=position)])
        expected = position + 1
        report.add(_check_entry(entry, position=position, indexed=indexed, case=case, walk=walk))
        walk.tree.append(entry.leaf())
        actor, commitment = walk.signed.pop(position, (None, None))
        if actor is not None and commitment is not None:
            waiting.append(Waiting(position, entry, actor, commitment))
        if len(waiting) == _PART:
            walk.parts.append(crew.begin(find_faults, tasks=waiting))
            waiting = []
            tell(Step(name="entries", done=expected))
    walk.parts.append(crew.begin(find_faults, tasks=waiting))
    report.count("entries", by=walk.tree.size)
    if walk.elsewhere:
        report.notes.append(f"{walk.elsewhere} entries were signed on another copy of the case")
    report.add(_check_erasures(case, walk=walk))
    return walk


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose signature and body are still to be checked, and what its header says."""

    position: int
    entry: Entry
    actor: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry's signature or body."""

    position: int
    detail: str


def find_faults(tasks: Sequence[Waiting]) -> list[Fault]:
    """Return the entries that are not what was signed."""
    found = []
    for task in tasks:
        if not task.entry.is_signed_by(task.actor):
            detail = "the signature is not the actor's over this header"
            found.append(Fault(task.position, detail))
        try:
            task.entry.check_body(task.commitment)
        except IntegrityError as problem:
            found.append(Fault(task.position, problem.problem))
    return found


def report_faults(case: Case, *, walk: LogWalk, report: Report) -> None:
    """Wait for the checks of signatures and bodies, and report what they found."""
    for part in walk.parts:
        report.add(_problem(fault, case=case, walk=walk) for fault in part())


def _problem(fault: Fault, *, case: Case, walk: LogWalk) -> Problem:
    """Describe an entry that is not what was signed."""
    entry = case.logbook.at(fault.position)
    header = entry.read_header()
    seen = _Seen(position=fault.position, header=header, entry=entry, lineage=walk.lineage)
    return seen.problem("altered", detail=fault.detail, who=walk.who(fault.position))


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
                item=f"entry {position}",
                kind=kind,
                detail=detail,
                since=walk.lineage.since(position),
                who=walk.who(position),
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
    lineage: Lineage

    def problem(self, kind: str, *, detail: str, who: str | None) -> Problem:
        """Describe something wrong with it."""
        return Problem(
            item=f"entry {self.position} ({self.header.kind})",
            kind=kind,
            detail=detail,
            since=self.lineage.since(self.position),
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
    seen = _Seen(position=position, header=header, entry=entry, lineage=walk.lineage)
    who = walk.names.get(header.actor, header.actor[:16])
    if indexed != (header.kind, header.actor, header.commitment):
        yield seen.problem(
            "altered", detail="the index columns are not what the header says", who=who
        )
    if header.case != case.case_id:
        yield seen.problem("stranger", detail="it belongs to another case", who=who)
    walk.note_after(header.after)
    walk.actors[position] = header.actor
    walk.signed[position] = (header.actor, header.commitment)
    known, fields = header.actor in walk.admitted, _told(seen)
    _learn(seen, fields=fields, walk=walk)
    if not known and position > 0 and not (position == 1 and header.actor in walk.admitted):
        detail = "its actor's key was not admitted before it, or not any more"
        yield seen.problem("stranger", detail=detail, who=None)
    if header.kind == "key.rotated/1" and fields and fields.get("old") != header.actor:
        yield seen.problem("stranger", detail="it hands over another's key", who=who)
    if position == 0 and header.kind != "case.opened/1":
        yield seen.problem("missing", detail="the first entry does not open a case", who=who)


def _told(seen: _Seen) -> dict[str, object] | None:
    """Return the fields that later checks rest on, where they are their actor's own word."""
    if seen.header.kind not in _TELLING:
        return {}
    try:
        seen.entry.check()
        return seen.entry.fields()
    except IntegrityError:
        return None  # it is named with what is wrong with it when its signature is checked


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
    if kind == "key.admitted/1" and trusted:
        walk.admit(str(fields.get("key")), name=str(fields.get("name", "name erased")))
    if kind in ("key.rotated/1", "key.revoked/1") and trusted:
        _learn_end(seen, fields=fields, walk=walk)
    if kind == "entry.erased/1":
        _learn_erasure(position, fields=fields, walk=walk)


def _learn_end(seen: _Seen, *, fields: dict[str, object], walk: LogWalk) -> None:
    """End a key, for good; only the key itself hands over to another."""
    rotated = seen.header.kind == "key.rotated/1"
    old = str(fields.get("old" if rotated else "key"))
    if rotated and seen.header.actor != old:
        return
    name = walk.admitted.pop(old, None)
    walk.ended.add(old)
    if rotated and name is not None:
        walk.admit(str(fields.get("new")), name=str(fields.get("name", "name erased")))


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
