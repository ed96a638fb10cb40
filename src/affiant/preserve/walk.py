"""Which files a user means."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A path that was not taken, and why."""

    path: str
    problem: str
    remedy: str


def walk(paths: Iterable[Path]) -> Iterator[Path | Refused]:
    """Yield every ordinary file below the paths, sorted; say what is left out and why.

    Links are not followed: what they point to may be anywhere, and may change.
    """
    for path in paths:
        try:
            mode = path.lstat().st_mode
            names = sorted(path.iterdir()) if stat.S_ISDIR(mode) else []
        except OSError as problem:
            yield Refused(
                path=str(path),
                problem=f"{os.fsencode(path).decode('utf-8', 'backslashreplace')} cannot be "
                f"opened: {problem.strerror}",
                remedy="Check that it exists and that you may read it, then add it again.",
            )
            continue
        if stat.S_ISDIR(mode):
            yield from walk(names)
        elif stat.S_ISREG(mode):
            yield path
        else:
            kind = "a link" if stat.S_ISLNK(mode) else "not an ordinary file"
            yield Refused(
                path=str(path),
                problem=f"{path} is {kind} and was not followed",
                remedy="Add the file that it stands for.",
            )
