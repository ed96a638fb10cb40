"""Which files a user means."""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from affiant.model.file_name import escape_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A path that was not taken, and why."""

    path: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An ordinary file.

    Attributes:
        path: Where it lies.
        shown: The path that is recorded: from the last part of what was named on, each part
            escaped. What stands above it (a home folder, a person's name) is not recorded.
    """

    path: Path
    shown: str


def walk(paths: Iterable[Path], *, without: Path | None = None) -> Iterator[Found | Refused]:
    """Yield every ordinary file below the paths, sorted; say what is left out and why.

    Links are not followed: what they point to may be anywhere, and may change.

    Args:
        paths: Files and folders.
        without: A folder that is left out, as the case's own.
    """
    for path in paths:
        name = path.name or path.resolve().name
        yield from _below(path, shown=escape_name(name), without=without)


def _below(path: Path, *, shown: str, without: Path | None) -> Iterator[Found | Refused]:
    """Yield what lies at or below one path."""
    try:
        mode = path.lstat().st_mode
        names = sorted(path.iterdir()) if stat.S_ISDIR(mode) else []
    except OSError as problem:
        yield Refused(
            path=shown,
            problem=f"{shown} cannot be opened: {problem.strerror}",
            remedy="Check that it exists and that you may read it, then add it again.",
        )
        return
    if stat.S_ISDIR(mode) and without is not None and path.resolve() == without.resolve():
        yield Refused(
            path=shown,
            problem=f"{shown} is the case itself and was not taken into it",
            remedy="Name the folder that the documents lie in.",
        )
    elif stat.S_ISDIR(mode):
        for inner in names:
            yield from _below(inner, shown=f"{shown}/{escape_name(inner.name)}", without=without)
    elif stat.S_ISREG(mode):
        yield Found(path=path, shown=shown)
    else:
        kind = "a link" if stat.S_ISLNK(mode) else "not an ordinary file"
        yield Refused(
            path=shown,
            problem=f"{shown} is {kind} and was not followed",
            remedy="Add the file that it stands for.",
        )
