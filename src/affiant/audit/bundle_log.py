"""The entries of a bundle: each line checked alone, then all of them together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from affiant.audit.report import Problem, Report
from affiant.errors import IntegrityError
from affiant.log.canon import parse_canonical
from affiant.log.checkpoint import Checkpoint, read_checkpoint
from affiant.log.entry import Entry, Header
from affiant.log.keys import signature_holds
from affiant.log.tree import EMPTY_ROOT, Frontier, TreeHead, leaf_hash

MALFORMED: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError)
_HEX64: Final = re.compile(r"[0-9a-f]{64}")
_SIGNED: Final = frozenset({"header", "signature"})
_FORMS: Final = (_SIGNED, _SIGNED | {"body", "salt"}, _SIGNED | {"body", "opening"})

LineState = Literal["whole", "partly erased", "erased", "withheld", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of ``entries.jsonl``.

    Attributes:
        position: From 0.
        leaf: The entry's leaf hash.
        state: What is left of the entry.
        header: Where it is shown and has the form of one.
        entry: The entry, only where all that is shown of it is as it was signed.
        body: Its fields, read once; None where there is no such entry or body.
    """

    position: int
    leaf: bytes = b""
    state: LineState = "broken"
    header: Header | None = None
    entry: Entry | None = None
    body: dict[str, Any] | None = None

    @property
    def item(self) -> str:
        """How a problem names it."""
        return f"entry {self.position}"

    @property
    def kind(self) -> str:
        """What was done; empty where that is withheld."""
        return self.header.kind if self.header else ""

    def fields(self) -> dict[str, Any]:
        """Return the body's fields; none where nothing is left of it."""
        return self.body or {}

    def problem(self, kind: str, *, detail: str) -> Problem:
        """Describe something wrong with it."""
        at, actor = (self.header.at, self.header.actor) if self.header else (None, None)
        return Problem(item=self.item, kind=kind, detail=detail, since=at, who=actor)


def read_line(data: bytes, *, position: int, report: Report) -> Line:
    """Read one line and check header, signature and body, in this order."""
    line = Line(position=position)
    try:
        fields = parse_canonical(data)
        if set(fields) == {"leaf"} and _HEX64.fullmatch(fields["leaf"]):
            leaf = bytes.fromhex(fields["leaf"])
            return Line(position=position, leaf=leaf, state="withheld")
        header, signature = fields["header"].encode("utf-8"), bytes.fromhex(fields["signature"])
    except IntegrityError as problem:
        report.add([line.problem("json", detail=problem.problem)])
        return line
    except MALFORMED:
        report.add([line.problem("form", detail="it does not have the form of an entry")])
        return line
    bare = Entry(header=header, signature=signature, body=None, salt=None)
    return _checked(bare, position=position, fields=fields, report=report)


def _checked(entry: Entry, *, position: int, fields: dict[str, str], report: Report) -> Line:
    """Check an entry and return its line; what is wrong is reported."""
    line = Line(position=position, leaf=leaf_hash(entry.header + entry.signature))
    try:
        header = entry.read_header()
    except IntegrityError as problem:
        report.add([line.problem("header", detail=problem.problem)])
        return line
    line = Line(position=position, leaf=line.leaf, header=header)
    exact = entry.signature.hex() == fields["signature"]
    if not exact or not signature_holds(
        entry.header, signature=entry.signature, public=header.actor
    ):
        report.add([line.problem("signature", detail="it is not the actor's over this header")])
        return line
    try:
        entry = _with_body(entry, fields=fields)
        entry.check()
    except (IntegrityError, *MALFORMED) as problem:
        report.add([line.problem("commitment", detail=str(problem)[:200])])
        return line
    state: LineState = "erased" if entry.body is None else "whole"
    if entry.opening is not None:
        state = "partly erased"
    return replace(line, state=state, entry=entry, body=entry.fields())


def _with_body(bare: Entry, *, fields: dict[str, str]) -> Entry:
    """Return the entry with what is left of its body.

    Raises:
        ValueError: The line has other fields than it may have, or a salt that is none.
    """
    body, salt, opening = (fields.get(name) for name in ("body", "salt", "opening"))
    if set(fields) not in _FORMS or (salt is not None and not _HEX64.fullmatch(salt)):
        raise ValueError("the body's salt is missing or malformed")
    return replace(
        bare,
        body=None if body is None else body.encode("utf-8"),
        salt=None if salt is None else bytes.fromhex(salt),
        opening=None if opening is None else opening.encode("utf-8"),
    )


@dataclass(slots=True)
class _Walk:
    """What the entries so far make."""

    case: str | None
    opener: str | None = None
    admitted: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    revoked: list[Line] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    frontier: Frontier = field(default_factory=Frontier)
    roots: list[bytes] = field(default_factory=lambda: [EMPTY_ROOT])


def check_log(
    lines: Sequence[Line], *, checkpoint: Checkpoint | None, pin: str | None, report: Report
) -> list[bytes]:
    """Check the entries together, against the checkpoint and against the pin.

    Returns the root at each size, from 0.

    Args:
        lines: In order.
        checkpoint: The bundle's, or None where it is broken.
        pin: A public key that opened the case or signed the checkpoint, or the text of an
            earlier checkpoint.
        report: Takes what is found.
    """
    walk = _Walk(checkpoint.case if checkpoint else None)
    for line in lines:
        _check_place(line, walk=walk, report=report)
        if line.entry is not None and line.position not in walk.refused:
            _learn_keys(line, walk=walk)
        walk.frontier = walk.frontier.append(line.leaf)
        walk.roots.append(walk.frontier.root())
    head = TreeHead(walk.frontier.size, walk.frontier.root())
    if checkpoint and checkpoint.head != head:
        detail = f"it is not over these {head.size} entries"
        report.add([Problem(item="checkpoint", kind="checkpoint", detail=detail)])
    elif checkpoint and not (walk.admitted - walk.ended).issuperset(checkpoint.signers):
        detail = "its signer was not admitted to the case, or not any more"
        report.add([Problem(item="checkpoint", kind="stranger", detail=detail)])
    if pin is not None and not _vouches(pin, walk=walk, checkpoint=checkpoint):
        detail = "the pinned key or checkpoint does not vouch for this history"
        report.add([Problem(item="signer", kind="stranger", detail=detail)])
    _tell_doubts(walk, lines=lines, report=report)
    return walk.roots


def _learn_keys(line: Line, *, walk: _Walk) -> None:
    """Admit or end the keys that an entry names; a key ends once, for good."""
    fields = line.fields()
    if line.kind == "key.admitted/1":
        walk.admitted.add(str(fields.get("key")))
    elif line.kind == "key.revoked/1":
        walk.ended.add(str(fields.get("key")))
        walk.revoked.append(line)
    elif line.kind == "key.rotated/1":
        walk.ended.add(str(fields.get("old")))
        walk.admitted.add(str(fields.get("new")))


def _tell_doubts(walk: _Walk, *, lines: Sequence[Line], report: Report) -> None:
    """Name the entries that a revocation asks to look at again."""
    for revocation in walk.revoked:
        key, since = (revocation.fields().get(name) for name in ("key", "in_doubt_since"))
        if since is None:
            continue
        if not isinstance(since, int) or not 0 <= since <= revocation.position:
            detail = "it does not say from which entry on the key is in doubt"
            report.add([revocation.problem("form", detail=detail)])
            continue
        doubtful = [
            str(line.position)
            for line in lines[since : revocation.position]
            if line.header is not None and line.header.actor == key
        ]
        report.notes.append(
            f"{revocation.item} revokes the key {str(key)[:16]} and puts in doubt what it signed "
            f"from entry {since} on: {', '.join(doubtful) or 'no entry'}"
        )


def _check_place(line: Line, *, walk: _Walk, report: Report) -> None:
    """Check what an entry may be at its place."""
    header = line.header
    if header is not None:
        heads = walk.roots[header.after.size : header.after.size + 1]
        if heads != [header.after.root]:
            detail = "it was signed on another copy of the case, or entries were removed"
            report.notes.append(f"{line.item}: {detail}")
        if walk.case is not None and header.case != walk.case:
            report.add([line.problem("header", detail="it belongs to another case")])
        if header.commitment in walk.seen:
            report.add([line.problem("header", detail="its commitment stands there twice")])
        walk.seen.add(header.commitment)
    if not _may_sign(line, walk=walk):
        walk.refused.add(line.position)
        detail = "its signer was not admitted before, or not any more, or hands over another's key"
        report.add([line.problem("stranger", detail=detail)])


def _may_sign(line: Line, *, walk: _Walk) -> bool:
    """Tell whether the signer was admitted; the first two entries admit the first."""
    actor = line.header.actor if line.header else None
    if line.position == 0:
        walk.opener = actor
        return line.kind == "case.opened/1"
    if line.position == 1:
        named = line.fields().get("key")
        return line.kind == "key.admitted/1" and actor == walk.opener == named
    own = line.kind != "key.rotated/1" or line.entry is None or actor == line.fields().get("old")
    return actor is None or (own and actor in walk.admitted - walk.ended)


def _vouches(pin: str, *, walk: _Walk, checkpoint: Checkpoint | None) -> bool:
    """Tell whether a pinned key or checkpoint vouches for this history."""
    if _HEX64.fullmatch(pin):
        return pin == walk.opener or bool(checkpoint and pin in checkpoint.signers)
    try:
        earlier = read_checkpoint(pin)
    except IntegrityError:
        return False
    roots = walk.roots[earlier.head.size : earlier.head.size + 1]
    return bool(checkpoint and earlier.case == checkpoint.case and roots == [earlier.head.root])


def check_erasures(lines: Sequence[Line], *, report: Report) -> None:
    """Check that whatever is gone was erased by a later entry, and the other way round."""
    erasures = _erasures(lines, report=report)
    for line in lines:
        commitment = line.header.commitment if line.header else ""
        by, named = erasures.get(commitment, (-1, frozenset[str]()))
        if line.state in ("erased", "partly erased"):
            report.notes.append(f"{line.item} ({line.kind}) is {line.state}")
        detail = _wrong_with_what_is_left(line, by=by, named=named)
        if detail:
            report.add([line.problem("erased", detail=detail)])
        if line.entry is not None:
            report.count("entries")
    withheld = sum(line.state == "withheld" for line in lines)
    if withheld:
        report.not_checked.append(f"{withheld} entries are withheld: what they say is not known")


def _erasures(
    lines: Sequence[Line], *, report: Report
) -> dict[str, tuple[int, frozenset[str] | None]]:
    """Return commitment to the newest erasure's place and the fields named; None for all."""
    found: dict[str, tuple[int, frozenset[str] | None]] = {}
    for line in lines:
        if line.kind != "entry.erased/1" or line.entry is None:
            continue
        commitments, fields = (line.fields().get(name) for name in ("commitments", "fields"))
        if not isinstance(commitments, list) or not isinstance(fields, list | None):
            report.add([line.problem("form", detail="it does not say what it erased")])
            continue
        for commitment in map(str, commitments):
            _, before = found.get(commitment, (-1, frozenset[str]()))
            both = None if fields is None or before is None else before.union(map(str, fields))
            found[commitment] = (line.position, both)
    return found


def _wrong_with_what_is_left(line: Line, *, by: int, named: frozenset[str] | None) -> str | None:
    """Return why what is gone of an entry, or left of it, is not what was erased, or None."""
    if line.entry is None or line.state not in ("whole", "partly erased", "erased"):
        return None
    left = set(line.fields())
    if line.state != "whole":
        if by <= line.position:
            return "no later entry says that it was erased"
        if named is not None and (line.entry.body is None or not _gone(line.entry) <= named):
            return f"more of it is gone than entry {by} says"
    if by > line.position and (left if named is None else left & named):
        return "what was erased is here"
    return None


def _gone(entry: Entry) -> set[str]:
    """Return the fields of a partly erased entry that are not there any more."""
    return set(parse_canonical(entry.opening)["digests"]) if entry.opening else set()
