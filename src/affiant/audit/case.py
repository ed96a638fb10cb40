"""Verify a case: originals, texts, entries, checkpoints, projections, published numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import msgspec

from affiant.audit.entries import (
    LogWalk,
    Outside,
    check_checkpoints,
    check_pin,
    look_outside,
    walk_log,
)
from affiant.audit.objects import check_originals, check_texts
from affiant.audit.report import Problem, Report
from affiant.audit.stamps import check_stamps
from affiant.corroborate import load_state, numbers_of
from affiant.errors import AffiantError, IntegrityError
from affiant.store.case import Case
from affiant.store.database import Database, open_scratch
from affiant.store.objects import digest_of_file
from affiant.store.policies import ReleaseRow
from affiant.store.projection import TABLES, differences, project

Progress = Callable[[str], None]
UNREADABLE: Final = (
    *(AffiantError, msgspec.MsgspecError),
    *(ValueError, KeyError, TypeError, AttributeError, IndexError),
)
"""What reading rows may raise that somebody altered: a finding, not a crash."""


def verify_case(
    case: Case,
    *,
    pin: str | None = None,
    progress: Progress | None = None,
    roots: bytes | None = None,
) -> Report:
    """Check everything recorded of a case, and what was published from it; never sign.

    Args:
        case: Open; nothing in it is changed.
        pin: A public key that must have opened the case or signed its checkpoint, or the
            text of an earlier checkpoint that the log must extend.
        progress: Called with the name of each step.
        roots: Certificates to which every time stamp must lead, PEM.
    """
    report = Report()
    outside = replace(look_outside(case), roots=roots)
    with case.reading():
        _check_all(case, pin=pin, outside=outside, report=report, tell=progress or (lambda _: None))
    return report


def _check_all(
    case: Case, *, pin: str | None, outside: Outside, report: Report, tell: Progress
) -> None:
    """Check one state of the case, whatever others write meanwhile."""
    tell("database")
    report.add(_check_database(case.db))
    tell("entries")
    walk = walk_log(case, report=report)
    checkpoint = check_checkpoints(case, outside=outside, walk=walk, report=report)
    if pin is not None:
        report.add(check_pin(pin, walk=walk, checkpoint=checkpoint))
    else:
        report.notes.append("consistent, at most: no key was pinned, the signer is not known")
    tell("projections and numbers")
    _check_replay(case, walk=walk, report=report)
    tell("time stamps")
    _guarded(partial(check_stamps, roots=outside.roots), case=case, report=report)
    tell("originals")
    _guarded(check_originals, case=case, report=report)
    tell("texts and quotes")
    _guarded(check_texts, case=case, report=report)
    erased = len(walk.erased) + len(walk.partly)
    if erased:
        report.notes.append(f"{erased} entries were erased, wholly or in part, by later entries")


def _guarded(check: Callable[..., None], *, case: Case, report: Report) -> None:
    """Run a check that reads projected rows, which may be unreadable themselves."""
    try:
        check(case, report=report)
    except UNREADABLE as problem:
        report.add([Problem(item="projection", kind="altered", detail=str(problem)[:300])])


def _check_database(db: Database) -> Iterator[Problem]:
    """Yield what SQLite itself finds, and any table, index or trigger that is not ours."""
    try:
        for (found,) in db.execute("pragma integrity_check"):
            if found != "ok":
                yield Problem(item="case.db", kind="altered", detail=str(found)[:200])
        shape = "select type, name, sql from sqlite_schema order by type, name"
        scratch = open_scratch()
        if db.execute(shape) != scratch.execute(shape):
            yield Problem(
                item="case.db", kind="altered", detail="its tables are not those of the format"
            )
        scratch.close()
    except IntegrityError as problem:
        yield Problem(item="case.db", kind="altered", detail=problem.problem)


def _check_replay(case: Case, *, walk: LogWalk, report: Report) -> None:
    """Replay every entry, compare the projections, and recompute each published number."""
    scratch = open_scratch()
    try:
        releases = {row.position: row for row in _replayed_releases(case)}
        newest = {row.folder: row.release_id for row in releases.values()}
        for entry in case.logbook.recorded():
            release = releases.get(entry.position)
            if release is not None:
                _check_release(case, release=release, walk=walk, report=report)
                if newest[release.folder] == release.release_id:
                    report.add(_check_files(case, release=release, walk=walk, report=report))
            project(scratch, entry=entry)
        for table, detail in differences(case.db, replayed=scratch):
            report.add([Problem(item=f"projection {table}", kind="projection", detail=detail)])
        report.count("projected tables", by=len(TABLES))
    except UNREADABLE as problem:
        report.add([Problem(item="projection", kind="altered", detail=str(problem)[:300])])
    finally:
        scratch.close()


def _replayed_releases(case: Case) -> list[ReleaseRow]:
    """Return the releases as the entries tell them."""
    scratch = open_scratch()
    try:
        for entry in case.logbook.recorded():
            if entry.kind == "release.made/1":
                project(scratch, entry=entry)
        return type(case.policies)(scratch).releases()
    finally:
        scratch.close()


def _check_release(case: Case, *, release: ReleaseRow, walk: LogWalk, report: Report) -> None:
    """Recompute a release's numbers from the entries before it.

    A release made before an erasure is recalled: what it rested on may be gone.
    """
    if walk.last_erasure > release.position:
        report.notes.append(f"release {release.release_id[:8]} was recalled by a later erasure")
        return
    scratch = open_scratch()
    try:
        for entry in case.logbook.recorded(end=release.position):
            project(scratch, entry=entry)
        computed: dict[tuple[str, str], dict[str, object]] = {
            (number.incident_id, number.question): number.plain()
            for number in numbers_of(load_state(scratch))
        }
    finally:
        scratch.close()
    for published in release.numbers:
        report.count("published numbers")
        key = (str(published.get("incident_id")), str(published.get("question")))
        if computed.get(key) != published:
            report.add([_number_problem(release, published=published, found=computed)])


def _number_problem(
    release: ReleaseRow, *, published: dict[str, object], found: Mapping[tuple[str, str], object]
) -> Problem:
    key = (str(published.get("incident_id")), str(published.get("question")))
    return Problem(
        item=f"number {published.get('question')} of {published.get('label')}",
        kind="number",
        detail=f"published {published}, recomputed {found.get(key)}",
        since=f"entry {release.position}",
    )


def _check_files(
    case: Case, *, release: ReleaseRow, walk: LogWalk, report: Report
) -> Iterator[Problem]:
    """Yield the files of a published folder that are not as they were published.

    The folder is derived: where the whole of it is gone, nothing is wrong.
    """
    folder = case.folder / release.folder
    if walk.last_erasure > release.position or not folder.is_dir():
        return
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for name, digest in release.files.items():
        report.count("published files")
        path = folder / name
        if name not in found:
            yield _file_problem(release, name=name, kind="missing", detail="it is not there")
        elif path.is_symlink() or digest_of_file(path) != f"sha256:{digest}":
            yield _file_problem(release, name=name, kind="altered", detail="other bytes")
    for name in sorted(found - release.files.keys()):
        yield _file_problem(release, name=name, kind="unlisted", detail="it was not published")


def _file_problem(release: ReleaseRow, *, name: str, kind: str, detail: str) -> Problem:
    return Problem(
        item=f"{release.folder}/{name}", kind=kind, detail=detail, since=f"entry {release.position}"
    )
