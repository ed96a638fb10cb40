"""Verify a case: originals, texts, entries, checkpoints, projections, published numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from affiant.audit.checkpoints import (
    Outside,
    check_checkpoints,
    check_identity,
    check_pin,
    look_outside,
)
from affiant.audit.crew import Crew, crew_for
from affiant.audit.entries import LogWalk, report_faults, walk_log
from affiant.audit.lineage import Lineage, stamps_of
from affiant.audit.objects import FileCheck, begin_originals, begin_texts
from affiant.audit.recounting import recount_estimates
from affiant.audit.report import Problem, Progress, Report, Step
from affiant.audit.stamps import check_stamps
from affiant.audit.strays import report_strays
from affiant.audit.unreadable import UNREADABLE
from affiant.corroborate import load_state, numbers_of
from affiant.errors import IntegrityError
from affiant.store.case import Case
from affiant.store.database import Database, open_scratch
from affiant.store.objects import digest_of_file
from affiant.store.policies import ReleaseRow
from affiant.store.projection import TABLES, differences, project

MUCH_BYTES: Final = 1 << 26
MUCH_ENTRIES: Final = 1000


def verify_case(
    case: Case,
    *,
    pin: str | None = None,
    roots: bytes | None = None,
    quick: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Check everything recorded of a case, and what was published from it; never sign.

    Args:
        case: Open; nothing in it is changed.
        pin: A public key that must have opened the case or signed its checkpoint, or the
            text of an earlier checkpoint that the log must extend.
        roots: Certificates to which every time stamp must lead, PEM.
        quick: Look into a random sample of originals and texts only; all else is checked
            whole. What was not looked at is named.
        progress: Called as the parts of the work go on.
    """
    report = Report()
    outside = replace(look_outside(case), roots=roots)
    with case.reading(), crew_for(much=_is_much(case)) as crew:
        check = _Check(case, outside=outside, crew=crew, report=report, tell=progress or _silent)
        check.run(pin=pin, quick=quick)
    return report


def _silent(_: Step) -> None:
    """Tell nobody."""


def _is_much(case: Case) -> bool:
    """Tell whether there is enough to check for several processes."""
    try:
        _, size = case.documents.original_bytes()
        return size > MUCH_BYTES or case.logbook.state()[1].size > MUCH_ENTRIES
    except UNREADABLE:
        return False


class _Check:
    """One verification: the steps in their order, over one state of the case."""

    def __init__(
        self, case: Case, *, outside: Outside, crew: Crew, report: Report, tell: Progress
    ) -> None:
        self._case = case
        self._outside = outside
        self._crew = crew
        self._report = report
        self._tell = tell

    def run(self, *, pin: str | None, quick: bool) -> None:
        """Take every step; files are read by the crew meanwhile."""
        case, report = self._case, self._report
        report.add(_check_database(case.db))
        files = self._begin_files(quick=quick)
        lineage = Lineage(sizes=self._outside.sizes, stamps=stamps_of(case))
        walk = walk_log(case, lineage=lineage, report=report, crew=self._crew, tell=self._tell)
        self._check_outside(pin, walk=walk)
        self._tell(Step(name="projections and numbers"))
        _check_replay(case, walk=walk, report=report)
        report_faults(case, walk=walk, report=report)
        self._guarded(lambda: _recount(case, walk=walk, report=report))
        for check in files:
            check.finish(case, walk=walk, report=report, tell=self._tell)
        self._tell(Step(name="time stamps"))
        roots = self._outside.roots
        self._guarded(lambda: check_stamps(case, report=report, roots=roots))
        self._guarded(lambda: _note_doubts(case, report=report))
        self._guarded(lambda: report_strays(case, report=report))
        erased = len(walk.erased) + len(walk.partly)
        if erased:
            report.notes.append(
                f"{erased} entries were erased, wholly or in part, by later entries"
            )

    def _begin_files(self, *, quick: bool) -> list[FileCheck]:
        """Begin to check originals and texts."""
        case, crew, found = self._case, self._crew, list[FileCheck]()
        self._guarded(lambda: found.append(begin_originals(case, crew=crew, quick=quick)))
        self._guarded(
            lambda: found.append(begin_texts(case, crew=crew, quick=quick, report=self._report))
        )
        return found

    def _check_outside(self, pin: str | None, *, walk: LogWalk) -> None:
        """Check the log against the checkpoints, the pin and what lay here before."""
        case, outside, report = self._case, self._outside, self._report
        checkpoint = check_checkpoints(case, outside=outside, walk=walk, report=report)
        if pin is not None:
            report.add(check_pin(pin, walk=walk, checkpoint=checkpoint))
        else:
            report.notes.append("consistent, at most: no key was pinned, the signer is not known")
        check_identity(case, outside=outside, pin=pin, report=report)

    def _guarded(self, check: Callable[[], None]) -> None:
        """Run a check that reads projected rows, which may be unreadable themselves."""
        try:
            check()
        except UNREADABLE as problem:
            detail = str(problem)[:300]
            self._report.add([Problem(item="projection", kind="altered", detail=detail)])


def _note_doubts(case: Case, *, report: Report) -> None:
    """Name the entries that a revocation asks to look at again."""
    for public, first, last, number in case.policies.in_doubt():
        report.notes.append(
            f"{number} entries by the revoked key {public[:16]}…, from {first} to {last}, are to "
            "be looked at again: whoever revoked it does not vouch for them"
        )


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


def _recount(case: Case, *, walk: LogWalk, report: Report) -> None:
    """Count every kept estimate again."""
    recount_estimates(case.logbook, last_erasure=walk.last_erasure, report=report)


def _check_replay(case: Case, *, walk: LogWalk, report: Report) -> None:
    """Replay every entry, compare the projections, and recompute each published number."""
    scratch = open_scratch()
    try:
        releases = {row.position: row for row in _replayed_releases(case)}
        newest = {row.folder: row.release_id for row in releases.values()}
        scratch.execute("begin")  # one transaction for all of it: half the time
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
        for entry in case.logbook.of_kind("release.made/1"):
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
