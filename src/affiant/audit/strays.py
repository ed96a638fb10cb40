"""What lies in originals/, texts/ and log/ and is named by nothing, whatever it is."""

import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from affiant.audit.report import Problem, Report
from affiant.store.case import Case
from affiant.store.objects import PREFIX, digest_of_file

LOG_FILES: Final = frozenset({"checkpoint", "lock", "stamps"})
QUARANTINE: Final = "quarantine"
_PART = re.compile(r"\.[^/]*\.part")
_HEX2 = re.compile(r"[0-9a-f]{2}")
_HEX62 = re.compile(r"[0-9a-f]{62}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """Something that no entry names.

    Attributes:
        path: Relative to the case, with slashes.
        what: ``orphan`` (whole, as a crash leaves it), ``part`` (half written), ``file``,
            ``folder``, ``link``, ``fifo``, ``socket``, ``device``.
    """

    path: str
    what: str

    @property
    def harmless(self) -> bool:
        """True for what a crash leaves behind."""
        return self.what in ("orphan", "part")

    @property
    def detail(self) -> str:
        """Say in words what it is."""
        if self.what == "orphan":
            return "a kept file that no entry names, as after a crash"
        if self.what == "part":
            return "half written, as after a crash"
        return f"no entry names this {self.what}"


def strays_of(case: Case) -> Iterator[Stray]:
    """Yield everything in the case's own folders that does not belong there."""
    originals = {row.digest for row in case.documents.originals()}
    texts = {row.text_digest for row in case.documents.texts()}
    yield from _kept(case.folder / "originals", name="originals", wanted=originals)
    yield from _kept(case.folder / "texts", name="texts", wanted=texts)
    yield from _log(case.folder / "log")


def report_strays(case: Case, *, report: Report) -> None:
    """Report them: what a crash leaves as notes, all else as problems."""
    for stray in strays_of(case):
        if stray.harmless:
            report.notes.append(f"{stray.path} is named by no entry: an orphan, as after a crash")
        else:
            report.add([Problem(item=stray.path, kind="unlisted", detail=stray.detail)])
    if (case.folder / QUARANTINE).exists():
        report.notes.append(
            "quarantine/ holds what 'affiant check --repair' set aside; it is no part of the case"
        )


def _kept(folder: Path, *, name: str, wanted: Collection[str]) -> Iterator[Stray]:
    """Yield what does not belong into a folder of kept files: ``ab/`` and ``ab/cd…``."""
    if folder.is_symlink():
        yield Stray(path=name, what="link")
        return
    for entry in _entries(folder):
        path = f"{name}/{entry.name}"
        if _what(entry) == "folder" and _HEX2.fullmatch(entry.name):
            for inner in _entries(folder / entry.name):
                if f"{PREFIX}{entry.name}{inner.name}" not in wanted:
                    yield _stray(inner, path=f"{path}/{inner.name}", beginning=entry.name)
        else:
            yield _stray(entry, path=path, beginning="")


def _stray(entry: os.DirEntry[str], *, path: str, beginning: str) -> Stray:
    """Say what something that is not wanted is."""
    what = _what(entry)
    if what == "file" and _PART.fullmatch(entry.name):
        what = "part"
    elif what == "file" and beginning and _HEX62.fullmatch(entry.name):
        whole = digest_of_file(Path(entry.path)) == f"{PREFIX}{beginning}{entry.name}"
        what = "orphan" if whole else "file"
    return Stray(path=path, what=what)


def _log(folder: Path) -> Iterator[Stray]:
    """Yield what does not belong into ``log/``; the stamps' own files are checked with them."""
    if folder.is_symlink():
        yield Stray(path="log", what="link")
        return
    for entry in _entries(folder):
        what = _what(entry)
        fits = what == ("folder" if entry.name == "stamps" else "file")
        if entry.name not in LOG_FILES or not fits:
            yield _stray(entry, path=f"log/{entry.name}", beginning="")
    for inner in sorted((folder / "stamps").rglob("*")):
        kind = _kind(inner.lstat().st_mode)
        if kind not in ("file", "folder"):
            yield Stray(path=f"log/{inner.relative_to(folder).as_posix()}", what=kind)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what lies in a folder, sorted; nothing where there is none."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _what(entry: os.DirEntry[str]) -> str:
    """Return what something is, links not followed."""
    return _kind(entry.stat(follow_symlinks=False).st_mode)


def _kind(mode: int) -> str:
    """Return the word for a kind of file."""
    tests = (
        (stat.S_ISREG, "file"),
        (stat.S_ISDIR, "folder"),
        (stat.S_ISLNK, "link"),
        (stat.S_ISFIFO, "fifo"),
        (stat.S_ISSOCK, "socket"),
    )
    return next((word for test, word in tests if test(mode)), "device")
