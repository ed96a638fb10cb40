"""A bundle: everything that a court or an opponent needs to check a case without us."""

import os
import re
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
from affiant.publish.bag import DECLARATION, MANIFEST, PAYLOAD, TAG_MANIFEST, bag_info, manifest
from affiant.publish.canonical_zip import Member, write_zip
from affiant.publish.disclosure import needed_for
from affiant.store.case import Case
from affiant.store.objects import PREFIX, ObjectStore, storage_error
from affiant.store.recorded import Recorded

FORMAT: Final = 2
_BLOCK: Final = 1 << 20
_STAMP_FILE: Final = re.compile(r"stamps/[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_Files = dict[str, tuple[Path, str]]
"""Of kept files: name in the bundle to where the file lies and its hex SHA-256."""


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
        stamps: How many.
        numbers: How many.
    """

    path: Path
    digest: str
    size: int
    entries: int
    withheld: int
    originals: int
    texts: int
    stamps: int
    numbers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The kept files that the shown entries name: digests, and those of each stamp's files."""

    originals: tuple[str, ...]
    texts: tuple[str, ...]
    stamps: Mapping[str, Mapping[str, str]]


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
    kept = _kept(entry for entry in recorded if entry.position in shown)
    stated = [dict(number) for number in numbers if _in_scope(number, incidents=incidents)]
    stated.sort(key=lambda number: (number["incident_id"], number["question"]))
    records = {
        "checkpoint": checkpoint.note.encode("utf-8"),
        "entries.jsonl": b"".join(_lines(case, shown=shown, size=checkpoint.head.size)),
        "numbers.json": canonical({"rule": COUNTING_RULE, "numbers": stated}),
    }
    files = {
        **_objects(case.originals, folder="originals", digests=kept.originals),
        **_objects(case.texts, folder="texts", digests=kept.texts),
        **_stamps(case.folder / "log" / "stamps", stamps=kept.stamps),
    }
    payload = [Member(name=f"{PAYLOAD}{name}", data=data) for name, data in records.items()]
    payload += [Member(name=name, path=path) for name, (path, _) in files.items()]
    tags = _tags(payload, files=files, checkpoint=checkpoint)
    digest, size = _write(target, members=[*payload, *tags])
    return BundleReport(
        path=target,
        digest=digest,
        size=size,
        entries=checkpoint.head.size,
        withheld=checkpoint.head.size - len(shown),
        originals=len(kept.originals),
        texts=len(kept.texts),
        stamps=len(kept.stamps),
        numbers=len(stated),
    )


def _tags(payload: Sequence[Member], *, files: _Files, checkpoint: Checkpoint) -> list[Member]:
    """Return the files beside ``data/``: how to check it, and what makes it a bag.

    Raises:
        IntegrityError: A kept file holds other bytes than it is recorded with.
    """
    digests, sizes = {}, {}
    for member in payload:
        digests[member.name], sizes[member.name] = _measure(member)
        if member.name in files and digests[member.name] != files[member.name][1]:
            raise IntegrityError(
                f"the file kept as {member.name.removeprefix(PAYLOAD)} holds other bytes",
                remedy="Run 'affiant verify'; restore the file from a copy of the case.",
            )
    stated = {"format": FORMAT, "case": checkpoint.case, "size": checkpoint.head.size}
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": bag_info(case=checkpoint.case, sizes=sizes),
        "bundle.json": canonical(stated),
        MANIFEST: manifest(digests),
        **{name: _shipped(name) for name in ("VERIFY.md", "verify.py")},
    }
    listed = {name: sha256(data).hexdigest() for name, data in tags.items()}
    tags[TAG_MANIFEST] = manifest(listed)
    return [Member(name=name, data=data) for name, data in tags.items()]


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


_NAMING: Final = {
    "original.added/1": ("originals", "digest"),
    "text.read/1": ("texts", "text"),
    "text.transcribed/1": ("texts", "text"),
}


def _kept(entries: Iterable[Recorded]) -> _Kept:
    """Return the originals, texts and stamps that these entries name."""
    found: dict[str, set[str]] = {"originals": set(), "texts": set()}
    stamps: dict[str, Mapping[str, str]] = {}
    for entry in entries:
        fields = entry.fields or {}
        folder, field = _NAMING.get(entry.kind, ("", ""))
        if folder and fields and fields[field]:
            found[folder].add(fields[field])
        elif entry.kind == "stamp.obtained/1" and fields and fields["files"]:
            stamps[fields["folder"]] = fields["files"]
    originals, texts = (tuple(sorted(found[name])) for name in ("originals", "texts"))
    return _Kept(originals=originals, texts=texts, stamps=stamps)


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


def _objects(store: ObjectStore, *, folder: str, digests: Iterable[str]) -> _Files:
    """Return the payload files for kept originals or texts."""
    found = {}
    for digest in digests:
        hexed = digest.removeprefix(PREFIX)
        name = f"{folder}/{hexed[:2]}/{hexed[2:]}"
        found[f"{PAYLOAD}{name}"] = (_present(store.path(digest), name=name), hexed)
    return found


def _stamps(folder: Path, *, stamps: Mapping[str, Mapping[str, str]]) -> _Files:
    """Return the payload files for time stamps."""
    found = {}
    for stamp, listed in stamps.items():
        for file, digest in listed.items():
            name = f"stamps/{stamp}/{file}"
            if not _STAMP_FILE.fullmatch(name):
                raise IntegrityError(
                    f"an entry gives {name!r} as the file of a time stamp",
                    remedy="Run 'affiant verify'; take the case from somebody else.",
                )
            path = _present(folder / stamp / file, name=name)
            found[f"{PAYLOAD}{name}"] = (path, digest.removeprefix(PREFIX))
    return found


def _present(path: Path, *, name: str) -> Path:
    """Return the path of a kept file, which must be an ordinary file.

    Raises:
        IntegrityError: It is not.
    """
    if path.is_symlink() or not path.is_file():
        raise IntegrityError(
            f"{name} is missing from the case's folder",
            remedy="Run 'affiant verify'; restore the file from a copy of the case.",
        )
    return path


def _measure(member: Member) -> tuple[str, int]:
    """Return a member's SHA-256, hex, and its size in bytes."""
    digest, size = sha256(), 0
    for chunk in member.chunks():
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


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
