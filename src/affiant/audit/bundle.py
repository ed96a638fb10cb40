"""Verify a bundle with the product's own code: the twin of the stand-alone verifier.

Both name the same items with the same kinds of problem; a test holds them to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from affiant.audit.bundle_files import check_members, check_objects, check_quotes, check_tags
from affiant.audit.bundle_log import MALFORMED, Line, check_erasures, check_log, read_line
from affiant.audit.bundle_stamps import History, check_stamps
from affiant.audit.recounting import recount_estimates
from affiant.audit.report import Problem, Report
from affiant.audit.zip_file import ZipFile
from affiant.corroborate.ranges import COUNTING_RULE, numbers_of
from affiant.corroborate.state import load_state
from affiant.errors import AffiantError, IntegrityError
from affiant.log.canon import parse_canonical
from affiant.log.checkpoint import Checkpoint, read_checkpoint
from affiant.store.claims import ClaimStore
from affiant.store.database import Database, open_scratch
from affiant.store.documents import DocumentStore
from affiant.store.logbook import Logbook
from affiant.store.objects import storage_error
from affiant.store.projection import APPLY, SILENT, project

_SHIPPED: Final = ("verify.py", "VERIFY.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """What a bundle's small members say, as far as they can be read."""

    case: str | None
    checkpoint: Checkpoint | None
    lines: tuple[Line, ...]


def verify_bundle(
    path: Path, *, pin: str | None = None, roots: bytes | None = None, estimates: bool = True
) -> Report:
    """Check a bundle against itself and, where they are given, against a pin and trust roots.

    Args:
        path: The zip file.
        pin: A public key, 64 hex digits, that must have opened the case or signed its
            checkpoint; or the text of an earlier checkpoint of the case.
        roots: Certificates of authorities whose time stamps the asking person trusts, PEM;
            those that lie beside each stamp where not given.
        estimates: Count kept estimates again, which the stand-alone verifier cannot.

    Raises:
        StorageError: The file cannot be read.
    """
    report = Report()
    try:
        with path.open("rb") as file:
            lines = _check(ZipFile(file), pin=pin, roots=roots, report=report)
            if estimates and not report.problems:
                _recount(lines, report=report)
    except OSError as problem:
        raise storage_error(problem, path=path) from problem
    except IntegrityError as problem:
        report.add([Problem(item="bundle", kind="zip", detail=problem.problem)])
    except (*MALFORMED, MemoryError, RecursionError) as problem:
        detail = f"the check broke off: {type(problem).__name__}"
        report.add([Problem(item="bundle", kind="form", detail=detail)])
    if pin is None:
        report.notes.append("consistent, at most: no key was pinned, the signer is not known")
    if roots is None and report.checked.get("stamps"):
        report.notes.append("stamps hold by roots that came with them: give --roots with your own")
    return report


def _check(
    bundle: ZipFile, *, pin: str | None, roots: bytes | None, report: Report
) -> tuple[Line, ...]:
    """Check one part after the other; return the entries as they stand there."""
    contents = _read(bundle, report=report)
    heads = check_log(contents.lines, checkpoint=contents.checkpoint, pin=pin, report=report)
    check_erasures(contents.lines, report=report)
    check_objects(bundle, lines=contents.lines, report=report)
    history = History(case=contents.case, heads=heads)
    check_stamps(bundle, lines=contents.lines, history=history, roots=roots, report=report)
    scratch = open_scratch()
    try:
        _replay(scratch, lines=contents.lines, report=report)
        _check_claims(bundle, db=scratch, report=report)
    finally:
        scratch.close()
    return contents.lines


def _recount(lines: Sequence[Line], *, report: Report) -> None:
    """Count kept estimates again, where every entry before them is shown."""
    if not any(line.kind == "estimate.kept/1" for line in lines):
        return
    if any(line.entry is None for line in lines):
        report.notes.append("estimates cannot be counted again: entries are withheld")
        return
    erasures = [line.position for line in lines if line.kind == "entry.erased/1"]
    scratch = open_scratch()
    try:
        _replay(scratch, lines=lines, report=Report())
        last = max(erasures, default=-1)
        recount_estimates(Logbook(scratch), last_erasure=last, report=report)
    finally:
        scratch.close()


def _read(bundle: ZipFile, *, report: Report) -> _Contents:
    """Read checkpoint and entries, and check every member's digest."""
    for name in _SHIPPED:
        own = (files("affiant.publish") / "standalone" / name).read_bytes()
        if bundle.read(name) != own:
            report.not_checked.append(f"{name}: it is not the one that belongs to this version")
    checkpoint = None
    try:
        checkpoint = read_checkpoint(bundle.read("data/checkpoint").decode("utf-8", "replace"))
    except IntegrityError as problem:
        report.add([Problem(item="checkpoint", kind="checkpoint", detail=problem.problem)])
    *whole, rest = bundle.read("data/entries.jsonl").split(b"\n")
    lines = tuple(
        read_line(data, position=at, report=report)
        for at, data in enumerate([*whole, rest] if rest else whole)
    )
    if rest:
        report.add([lines[-1].problem("form", detail="its line does not end")])
    check_members(bundle, lines=lines, report=report)
    case = _case_of(checkpoint, lines=lines)
    check_tags(bundle, case=case, size=len(lines), report=report)
    return _Contents(case=case, checkpoint=checkpoint, lines=lines)


def _parsed(bundle: ZipFile, *, name: str, report: Report) -> dict[str, Any] | None:
    """Return a member's canonical JSON object, or None and a problem."""
    try:
        return parse_canonical(bundle.read(name))
    except IntegrityError as problem:
        report.add([Problem(item=name, kind="json", detail=problem.problem)])
        return None


def _case_of(checkpoint: Checkpoint | None, *, lines: Sequence[Line]) -> str | None:
    """Return the case's id, from the checkpoint or else from the first entry."""
    if checkpoint is not None:
        return checkpoint.case
    first = lines[0].header if lines else None
    return first.case if first else None


def _replay(db: Database, *, lines: Sequence[Line], report: Report) -> None:
    """Project every intact entry, as a case would."""
    logbook, seen = Logbook(db), set()
    logbook.begin("")
    for line in lines:
        if line.kind and line.kind not in APPLY and line.kind not in SILENT:
            report.not_checked.append(f"{line.item}: the kind {line.kind} is not known here")
        elif line.entry is not None and line.header is not None:
            commitment = line.header.commitment
            if commitment not in seen:
                logbook.append(line.entry, position=line.position)
                logbook.replace_body(line.entry, commitment=commitment)
            seen.add(commitment)
    for recorded in list(logbook.recorded()):
        try:
            project(db, entry=recorded)
        except IntegrityError as problem:
            report.add([lines[recorded.position].problem("form", detail=problem.problem)])


def _check_claims(bundle: ZipFile, *, db: Database, report: Report) -> None:
    """Check quotes, and recompute every number."""
    try:
        claims = ClaimStore(db).all()
        computed = [number.plain() for number in numbers_of(load_state(db))]
    except (AffiantError, *MALFORMED) as problem:
        report.add([Problem(item="data/numbers.json", kind="form", detail=str(problem)[:200])])
        return
    homes: dict[str, set[str]] = {}
    for text in DocumentStore(db).texts():
        homes.setdefault(text.text_digest, set()).add(text.document_id)
    check_quotes(bundle, claims=claims, homes=homes, report=report)
    stated = _parsed(bundle, name="data/numbers.json", report=report)
    if stated is not None:
        try:
            _check_numbers(stated, computed=computed, report=report)
        except MALFORMED as problem:
            detail = f"it lacks something: {problem!r}"[:200]
            report.add([Problem(item="data/numbers.json", kind="form", detail=detail)])


def _check_numbers(
    stated: Mapping[str, Any], *, computed: Sequence[dict[str, Any]], report: Report
) -> None:
    """Compare the stated numbers with those computed from the entries."""
    given = {_name(number): number for number in stated["numbers"]}
    found = {_name(number): number for number in computed}
    for name in sorted({*given, *found}):
        if given.get(name) == found.get(name):
            report.count("numbers")
            continue
        detail = f"stated is {given.get(name)}, the entries give {found.get(name)}"
        report.add([Problem(item=f"number {name}", kind="number", detail=detail)])
    if stated != {"rule": COUNTING_RULE, "numbers": [given[name] for name in sorted(given)]}:
        detail = "it has another form or order"
        report.add([Problem(item="data/numbers.json", kind="number", detail=detail)])


def _name(number: Mapping[str, Any]) -> str:
    return f"{number['incident_id']}/{number['question']}"
