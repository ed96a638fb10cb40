"""Recorded time stamps: their files, their tokens, and what they prove of which entries."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from affiant.audit.report import Problem, Report
from affiant.audit.times import Proven, note_times, read_times
from affiant.errors import BadInputError, IntegrityError
from affiant.log.checkpoint import read_checkpoint
from affiant.log.openssl import check_stamp_twice
from affiant.log.stamps import CHECKPOINT, REPLY, STAMP_FILES, StampFinding, stamp_folder
from affiant.store.authorities import own_roots
from affiant.store.case import Case
from affiant.store.objects import digest_of, digest_of_file
from affiant.store.stamps import StampRow, is_plain_folder

PLACE: Final = "log/stamps"
_PART = re.compile(r"\.(checkpoint|reply\.tsr|chain\.pem|roots\.pem)\.[0-9]+\.part")
_FOLDER = re.compile(r"[0-9]{12}-[0-9a-f]{16}")


def check_stamps(case: Case, *, report: Report, roots: bytes | None = None) -> None:
    """Check every recorded stamp, and that nothing else lies beside them.

    Args:
        case: Open for reading.
        report: What is found goes in there.
        roots: Certificates that the asking person trusts, PEM. Where not given, those that
            their own preferences name for an authority, or else those that the case recorded.
    """
    rows = list(_recorded(case, report=report))
    names = case.policies.keys()
    log = read_times(case.stamps.headers(), sizes={row.size for row in rows})
    proven = []
    trusted = _Trust(case, roots=roots)
    for row in rows:
        report.count("time stamps")
        checked = _Checked(row=row, who=names.get(row.actor), case=case)
        problems = list(checked.files_problems())
        finding = None
        if not problems:
            finding = checked.finding(trusted.roots_for(row.authority))
            problems += checked.token_problems(finding, root=log.roots.get(row.size))
            report.not_checked.extend(_not_asked(finding, row=row, known=report.not_checked))
        report.add(problems)
        if finding is not None and not problems and finding.holds:
            proven.append(Proven.of(row, expires=finding.expires, weak=finding.weak))
    report.add(_strays(case, rows=rows, report=report))
    if rows:
        report.notes.extend(trusted.notes())
        note_times(report, log=log, proven=proven, now=case.surroundings.clock())


def _recorded(case: Case, *, report: Report) -> Iterator[StampRow]:
    """Yield the stamps that entries record; one that is none is a problem."""
    for position, row in case.stamps.recorded():
        if row is not None:
            yield row
            continue
        detail = "it does not describe a stamp"
        since = f"entry {position}"
        report.add([Problem(item=since, kind="altered", detail=detail, since=since)])


class _Trust:
    """Which roots are trusted for whom, and on whose word."""

    def __init__(self, case: Case, *, roots: bytes | None) -> None:
        self._folder = case.folder
        self._given = roots
        self._own_word: set[str] = set()
        self._unreadable: str | None = None

    def roots_for(self, authority: str) -> bytes | None:
        """Return the roots from outside the case, or None where there are none."""
        if self._given is not None:
            return self._given
        try:
            found = own_roots(self._folder, authority=authority)
        except BadInputError as problem:
            found, self._unreadable = None, problem.problem
        if found is None:
            self._own_word.add(authority)
        return found

    def notes(self) -> Iterator[str]:
        """Yield on whose word the roots are trusted."""
        if self._unreadable:
            yield f"your own trusted roots were not used: {self._unreadable}"
        if self._own_word:
            yield (
                f"the root of {', '.join(sorted(self._own_word))} came with the case and is its "
                "own word; give yours with --roots FILE"
            )


def _not_asked(finding: StampFinding, *, row: StampRow, known: Sequence[str]) -> Iterator[str]:
    """Yield what could not be checked of a stamp; the same reason once."""
    if finding.not_asked is None or finding.flaws:
        return
    if finding.unsorted:
        yield f"{PLACE}/{row.folder}: OpenSSL alone can read it; {finding.not_asked}"
    second = f"time stamps by a second program: {finding.not_asked}"
    if second not in known:
        yield second


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """One stamp while it is checked."""

    row: StampRow
    who: str | None
    case: Case

    def problem(self, kind: str, *, detail: str, name: str = "") -> Problem:
        """Describe something wrong with it, or with one of its files."""
        return Problem(
            item=f"{PLACE}/{self.row.folder}{'/' if name else ''}{name}",
            kind=kind,
            detail=detail,
            since=f"entry {self.row.position}",
            who=self.who,
        )

    def files_problems(self) -> Iterator[Problem]:
        """Yield what is wrong with folder and files, before anything of them is believed."""
        named = _FOLDER.fullmatch(self.row.folder) and set(self.row.files) == set(STAMP_FILES)
        folder = self.case.stamps.folder / self.row.folder
        if not named:
            yield self.problem("altered", detail="its entry names another folder or other files")
        elif not folder.is_symlink() and not folder.exists():
            yield self.problem("missing", detail="the folder is not there")
        elif not is_plain_folder(folder):
            yield self.problem("altered", detail="a link or file stands where its folder should")
        else:
            yield from self._each_file(folder)

    def _each_file(self, folder: Path) -> Iterator[Problem]:
        for name, digest in self.row.files.items():
            path = folder / name
            if path.is_symlink():
                yield self.problem("altered", detail="a link stands in its place", name=name)
            elif not path.is_file():
                yield self.problem("missing", detail="the file is not there", name=name)
            elif digest_of_file(path) != digest:
                yield self.problem("altered", detail="it holds other bytes", name=name)
        for path in sorted(folder.iterdir()):
            if path.name not in self.row.files:
                detail = "no entry names this file"
                yield self.problem("unlisted", detail=detail, name=path.name)

    def finding(self, roots: bytes | None) -> StampFinding:
        """Check the token; the files' digests were checked before."""
        return check_stamp_twice(self.case.stamps.read(self.row.folder), roots=roots)

    def token_problems(self, finding: StampFinding, *, root: bytes | None) -> Iterator[Problem]:
        """Yield where the token, the entry and the log do not say the same."""
        for flaw in finding.flaws:
            yield self.problem(flaw.kind, detail=flaw.detail)
        if finding.time is not None and finding.time != self.row.time:
            detail = f"the token says {finding.time}, its entry {self.row.time}"
            yield self.problem("stamp", detail=detail, name=REPLY)
        yield from self._checkpoint_problems(root)

    def _checkpoint_problems(self, root: bytes | None) -> Iterator[Problem]:
        """Yield where the stamped checkpoint is not one that this log had."""
        files = self.case.stamps.read(self.row.folder)
        try:
            checkpoint = read_checkpoint(files[CHECKPOINT].decode("utf-8"))
        except (KeyError, UnicodeDecodeError, IntegrityError):
            detail = "it is no signed checkpoint"
            yield self.problem("checkpoint", detail=detail, name=CHECKPOINT)
            return
        head = checkpoint.head
        if checkpoint.case != self.case.case_id:
            yield self.problem("stranger", detail="it is another case's", name=CHECKPOINT)
        if (head.size, head.root.hex()) != (self.row.size, self.row.root):
            detail = "it is over another size or root than its entry says"
            yield self.problem("altered", detail=detail, name=CHECKPOINT)
        if self.row.folder != stamp_folder(size=head.size, reply=files[REPLY]):
            yield self.problem("altered", detail="its folder is not named after its reply")
        if self.row.size > self.row.position or head.root != root:
            detail = f"this log did not have that root at {head.size} entries"
            yield self.problem("forked", detail=detail, name=CHECKPOINT)


def _strays(case: Case, *, rows: Sequence[StampRow], report: Report) -> Iterator[Problem]:
    """Yield what lies in ``log/stamps`` and no entry names; a crash's leavings are noted."""
    home = case.stamps.folder
    if home.is_symlink() or (home.exists() and not home.is_dir()):
        yield Problem(item=PLACE, kind="altered", detail="a link or file stands in its place")
        return
    known = {row.folder for row in rows}
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        if path.name in known:
            continue
        if _is_orphan(path):
            report.notes.append(
                f"{PLACE}/{path.name} is named by no entry: an orphan, as after a crash"
            )
        else:
            detail = "no entry names it"
            yield Problem(item=f"{PLACE}/{path.name}", kind="unlisted", detail=detail)


def _is_orphan(folder: Path) -> bool:
    """Tell whether a folder is a stamp's, whole or begun, that was not recorded any more."""
    if not _FOLDER.fullmatch(folder.name) or not is_plain_folder(folder):
        return False
    names = {name: folder / name for name in (path.name for path in folder.iterdir())}
    plain = all(path.is_file() and not path.is_symlink() for path in names.values())
    ours = all(name in STAMP_FILES or _is_part(name) for name in names)
    return plain and ours and _is_named_after(folder, files=names)


def _is_part(name: str) -> bool:
    """Tell whether a file was being written when a crash came."""
    return _PART.fullmatch(name) is not None


def _is_named_after(folder: Path, *, files: Mapping[str, Path]) -> bool:
    """Tell whether a folder's name fits its reply, where that was written."""
    if REPLY not in files:
        return True
    digest = digest_of(files[REPLY].read_bytes()).removeprefix("sha256:")
    return folder.name.endswith(digest[:16])
