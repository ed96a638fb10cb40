"""Collects the parts of a container within limits, each under a name of its own."""

import re
from typing import Final

from affiant.model.file_name import escape_name
from affiant.read.codes import unreadable
from affiant.read.sniffing import sniff
from affiant.read.values import About, Member, Problem

MOST_MEMBERS: Final = 10_000
MOST_MEMBER_BYTES: Final = 128 << 20
MOST_TOTAL_BYTES: Final = 256 << 20
MOST_DEPTH: Final = 5
MOST_RATIO: Final = 200
FREE_BYTES: Final = 1 << 20

_OUTSIDE: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|^$|\x00")


class Collector:
    """The parts of one container and what was not read of it."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = {}
        self._problems: list[Problem] = []
        self._total = 0

    @property
    def members(self) -> tuple[Member, ...]:
        """The parts, in the order in which they were added."""
        return tuple(self._members.values())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was not read."""
        return tuple(self._problems)

    def add(self, name: str | bytes, *, data: bytes) -> None:
        """Add one part under its name, escaped; its media type is found out.

        Raises:
            UnreadableError: ``archive_limits``.
        """
        path = escape_name(name)
        self.add_escaped(path, data=data, media_type=sniff(data, name=path))

    def add_escaped(
        self, path: str, *, data: bytes, media_type: str, about: About | None = None
    ) -> None:
        """Add one part; a name that is taken already gets ``~2``, ``~3`` and so on.

        Raises:
            UnreadableError: ``archive_limits``.
        """
        self._total += len(data)
        if self._total > MOST_TOTAL_BYTES:
            raise unreadable("archive_limits")
        self._count()
        free = self._free_path(path)
        self._members[free] = Member(
            path=free, size=len(data), media_type=media_type, data=data, about=about
        )

    def refuse(self, name: str | bytes, *, code: str) -> None:
        """Note that a part is not read.

        Raises:
            UnreadableError: ``archive_limits``.
        """
        self._count()
        self._problems.append(Problem(code=code, item=escape_name(name)))

    def _count(self) -> None:
        if len(self._members) + len(self._problems) >= MOST_MEMBERS:
            raise unreadable("archive_limits")

    def _free_path(self, path: str) -> str:
        """Return the path, or the first of ``path~2``, ``path~3`` … that is free."""
        free, number = path, 2
        while free in self._members:
            free, number = f"{path}~{number}", number + 1
        return free


def points_outside(name: str) -> bool:
    """Tell whether a part's name is none: absolute, upwards, empty, or with a NUL in it.

    >>> points_outside("../x"), points_outside("C:x"), points_outside("a..b/c")
    (True, True, False)
    """
    return _OUTSIDE.search(name) is not None


def most_unpacked(packed: int) -> int:
    """Return how many bytes may come out of so many packed ones."""
    return min(MOST_MEMBER_BYTES, max(FREE_BYTES, packed * MOST_RATIO))
