"""Since when an item must have been as it was recorded: which checkpoint binds it first."""

from bisect import bisect_right
from collections.abc import Iterable

from affiant.audit.unreadable import UNREADABLE
from affiant.store.case import Case


class Lineage:
    """The checkpoints that were seen of a case, and the stamps over some of them."""

    def __init__(self, *, sizes: Iterable[int], stamps: Iterable[tuple[int, str]]) -> None:
        self._sizes = sorted(set(sizes))
        self._stamps = sorted(stamps)

    def since(self, position: int) -> str:
        """Return the entry that recorded an item, and the first checkpoint that binds it.

        ``entry 13, checkpoint 14``: the checkpoint over 14 entries, seen here, is the first
        that binds it. Before that nothing but the case itself tells what the item was.
        """
        at = bisect_right(self._sizes, position)
        told = f"entry {position}"
        if at < len(self._sizes):
            told += f", checkpoint {self._sizes[at]}"
        for size, time in self._stamps:
            if size > position:
                return f"{told}, stamp of {time} over {size}"
        return told


def stamps_of(case: Case) -> list[tuple[int, str]]:
    """Return size and time of every stamp that the log tells of; none where it is damaged."""
    found = []
    try:
        for entry in case.logbook.of_kind("stamp.obtained/1"):
            fields = entry.fields or {}
            if isinstance(fields.get("size"), int):
                found.append((int(fields["size"]), str(fields.get("time"))))
    except UNREADABLE:
        return []  # the walk over the log names what is wrong
    return found
