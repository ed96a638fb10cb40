"""A bundle: everything that a court or an opponent needs to check a case without us."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from affiant.corroborate.ranges import COUNTING_RULE
from affiant.errors import IntegrityError, NotFoundError
from affiant.log.canon import canonical
from affiant.log.checkpoint import Checkpoint
from affiant.log.durable import sync, sync_folder
from affiant.log.entry import Entry
from affiant.publish.canonical_zip import Member, write_zip
from affiant.publish.disclosure import needed_for
from affiant.store.case import Case
from affiant.store.objects import PREFIX, ObjectStore, storage_error
from affiant.store.recorded import Recorded

FORMAT: Final = 1
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleReport:
    """What a bundle holds.

    Attributes:
        path: The file.
        digest: Its SHA-256, hex.
        size: In bytes.
        entries: How many the case has.
        withheld: How many of them stand there as leaf hashes alone.
        originals: How many.
        texts: How many.
        numbers: How many.
    """

    path: Path
    digest: str
    size: int
    entries: int
    withheld: int
    originals: int
    texts: int
    numbers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Objects:
    """The originals and texts that the shown entries name, as members and digests."""

    originals: tuple[str, ...]
    texts: tuple[str, ...]


def make_bundle(
    case: Case,
    *,
    target: Path,
    numbers: Sequence[Mapping[str, Any]],
    incidents: Collection[str] | None = None,
) -> BundleReport:
    """Write a bundle of a case, or of chosen incidents of it.

    The same state of the case gives the same bytes. Wherever something is withheld the
    bundle says so by itself: an entry is then its leaf hash.

    Args:
        case: An open case.
        target: The file to write; one that is there is replaced.
        numbers: Every number of the case, as in ``numbers.json``; those of other incidents
            are left out.
        incidents: Incident ids, or None for the whole case.

    Raises:
        NotFoundError: The case has no such incident.
        IntegrityError: An original or a text is not what it was.
        WrongUseError: The bundle would be too large for its format.
        StorageError: It cannot be written.
    """
    checkpoint = case.logbook.checkpoint()
    recorded = list(case.logbook.recorded(end=checkpoint.head.size))
    shown = _shown(case, recorded=recorded, incidents=incidents)
    objects = _objects(entry for entry in recorded if entry.position in shown)
    stated = [dict(number) for number in numbers if _in_scope(number, incidents=incidents)]
    stated.sort(key=lambda number: (number["incident_id"], number["question"]))
    parts = {
        "checkpoint": checkpoint.note.encode("utf-8"),
        "entries.jsonl": b"".join(_lines(case, shown=shown, size=checkpoint.head.size)),
        "numbers.json": canonical({"rule": COUNTING_RULE, "numbers": stated}),
        **{name: _shipped(name) for name in ("VERIFY.md", "verify.py")},
    }
    members = [Member(name=name, data=data) for name, data in parts.items()]
    members += _files(case.originals, folder="originals", digests=objects.originals)
    members += _files(case.texts, folder="texts", digests=objects.texts)
    members.append(_manifest(members, checkpoint=checkpoint))
    digest, size = _write(target, members=members)
    return BundleReport(
        path=target,
        digest=digest,
        size=size,
        entries=checkpoint.head.size,
        withheld=checkpoint.head.size - len(shown),
        originals=len(objects.originals),
        texts=len(objects.texts),
        numbers=len(stated),
    )


def _manifest(members: Iterable[Member], *, checkpoint: Checkpoint) -> Member:
    """Return bundle.json, which lists the digest of every other member."""
    listed = {member.name: _digest(member) for member in members}
    stated = {"format": FORMAT, "case": checkpoint.case, "size": checkpoint.head.size}
    return Member(name="bundle.json", data=canonical({**stated, "files": listed}))


def _shown(
    case: Case, *, recorded: Sequence[Recorded], incidents: Collection[str] | None
) -> set[int]:
    """Return the positions of the entries that are shown."""
    if incidents is None:
        return {entry.position for entry in recorded}
    known = {row.incident_id for row in case.incidents.all()}
    for incident_id in incidents:
        if incident_id not in known:
            raise NotFoundError(
                f"the case has no incident {incident_id}",
                remedy="See 'affiant compare' for the incidents and their ids.",
            )
    return needed_for(recorded, incidents=incidents)


def _in_scope(number: Mapping[str, Any], *, incidents: Collection[str] | None) -> bool:
    return incidents is None or number["incident_id"] in incidents


def _objects(entries: Iterable[Recorded]) -> _Objects:
    """Return the digests of the originals and texts that these entries name."""
    found: dict[str, set[str]] = {"digest": set(), "text": set()}
    field_of = {"original.added/1": "digest", "text.read/1": "text", "text.transcribed/1": "text"}
    for entry in entries:
        field = field_of.get(entry.kind)
        if field and entry.fields is not None and entry.fields[field]:
            found[field].add(entry.fields[field])
    return _Objects(originals=tuple(sorted(found["digest"])), texts=tuple(sorted(found["text"])))


def _lines(case: Case, *, shown: set[int], size: int) -> Iterator[bytes]:
    """Yield one canonical JSON line an entry, in order."""
    for position, _, entry in case.logbook.entries(end=size):
        fields = _line(entry) if position in shown else {"leaf": entry.leaf().hex()}
        yield canonical(fields) + b"\n"


def _line(entry: Entry) -> dict[str, str]:
    """Return an entry as it stands in a bundle."""
    line = {"header": entry.header.decode("utf-8"), "signature": entry.signature.hex()}
    if entry.body is not None:
        line["body"] = entry.body.decode("utf-8")
    if entry.salt is not None:
        line["salt"] = entry.salt.hex()
    if entry.opening is not None:
        line["opening"] = entry.opening.decode("utf-8")
    return line


def _shipped(name: str) -> bytes:
    """Return a file that goes into every bundle as it is."""
    return (files("affiant.publish") / "standalone" / name).read_bytes()


def _files(store: ObjectStore, *, folder: str, digests: Iterable[str]) -> list[Member]:
    """Return the members for kept files."""
    found = []
    for digest in digests:
        hexed, path = digest.removeprefix(PREFIX), store.path(digest)
        if path.is_symlink() or not path.is_file():
            raise IntegrityError(
                f"{digest} is missing from {folder}/",
                remedy="Run 'affiant verify'; restore the file from a copy of the case.",
            )
        found.append(Member(name=f"{folder}/{hexed[:2]}/{hexed[2:]}", path=path))
    return found


def _digest(member: Member) -> str:
    """Return the SHA-256 of a member; a kept file must have the one that it is named by.

    Raises:
        IntegrityError: It has another.
    """
    digest = sha256()
    for chunk in member.chunks():
        digest.update(chunk)
    found = digest.hexdigest()
    if member.path is not None and member.name.split("/", 1)[1].replace("/", "") != found:
        raise IntegrityError(
            f"the file kept as {member.name} holds other bytes",
            remedy="Run 'affiant verify'; restore the file from a copy of the case.",
        )
    return found


def _write(target: Path, *, members: Sequence[Member]) -> tuple[str, int]:
    """Write the zip aside, synchronise and rename it; return digest and size."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w+b") as file:
            size = write_zip(file, members=members)
            file.seek(0)
            digest = sha256()
            while chunk := file.read(_BLOCK):
                digest.update(chunk)
            file.flush()
            sync(file.fileno())
        aside.replace(target)
        sync_folder(target.parent)
    except OSError as problem:
        raise storage_error(problem, path=target) from problem
    finally:
        aside.unlink(missing_ok=True)
    return digest.hexdigest(), size
