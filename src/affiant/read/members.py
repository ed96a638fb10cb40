"""Collects the parts of a container within limits, each under a name of its own."""

import re
from typing import Final

from affiant.model.file_name import escape_name
from affiant.read.codes import unreadable
from affiant.read.sniffing import sniff
from affiant.read.values import About, Member, Problem

MOST_MEMBERS: Final = 10_000
MOST_MESSAGES: Final = 100_000
MOST_NOTES: Final = 1_000
MOST_MEMBER_BYTES: Final = 128 << 20
MOST_TOTAL_BYTES: Final = 256 << 20
MOST_DEPTH: Final = 5
MOST_RATIO: Final = 200
FREE_BYTES: Final = 1 << 20

_OUTSIDE: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|^$|\x00")


class Collector:
    """The parts of one container and what was not read of it."""

    def __init__(self, *, most: int | None = None) -> None:
        """Begin with nothing.

        Args:
            most: How many parts there may be; as in an archive where not given.
        """
        self._members: dict[str, Member] = {}
        self._problems: list[Problem] = []
        self._unnoted = 0
        self._numbers: dict[str, int] = {}
        self._total = 0
        self._most = most

    @property
    def members(self) -> tuple[Member, ...]:
        """The parts, in the order in which they were added."""
        return tuple(self._members.values())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was not read; where that is too much to list, how much more there is."""
        more = Problem(code="more_problems", item=str(self._unnoted))
        return (*self._problems, *([more] if self._unnoted else []))

    def add(self, name: str | bytes, *, data: bytes) -> None:
        """Add one part under its name, escaped; its media type is found out.

        Raises:
            UnreadableError: ``archive_limits``.
        """
        path = escape_name(name)
        self.add_escaped(path, data=data, media_type=sniff(data, name=path))

    def has_room(self, size: int) -> bool:
        """Tell whether one more part of so many bytes fits."""
        room = MOST_TOTAL_BYTES - self._total
        return size <= min(room, MOST_MEMBER_BYTES) and self._count_left() > 0

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

    def note(self, code: str, *, item: str) -> None:
        """Note something of the container that is not read; it counts as no part."""
        if len(self._problems) < MOST_NOTES:
            self._problems.append(Problem(code=code, item=item))
        else:
            self._unnoted += 1

    def _count(self) -> None:
        if self._count_left() <= 0:
            raise unreadable("archive_limits")

    def _count_left(self) -> int:
        most = MOST_MEMBERS if self._most is None else self._most
        return most - len(self._members) - len(self._problems)

    def _free_path(self, path: str) -> str:
        """Return the path, or the first of ``path~2``, ``path~3`` … that is free."""
        free, number = path, self._numbers.get(path, 2)
        while free in self._members:
            free, number = f"{path}~{number}", number + 1
        self._numbers[path] = number
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
