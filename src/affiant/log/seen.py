"""The checkpoints ever seen of each case, kept outside it.

A log cannot notice its own rollback: whoever restores yesterday's folder restores
yesterday's checkpoint too. This list lives in the user's configuration folder.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from affiant.errors import IntegrityError, StorageError
from affiant.log.appended import append_lines, end_of_whole_lines
from affiant.log.tree import TreeHead

_LINE = re.compile(r"(0|[1-9][0-9]{0,15}) ([0-9a-f]{64})")


class SeenCheckpoints:
    """Sizes and roots of one case that this user has seen, oldest first."""

    def __init__(self, folder: Path, *, case: str) -> None:
        self.path = folder / "seen" / f"{case}.txt"
        self._read = 0
        self._newest: set[TreeHead] = set()

    def heads(self) -> Iterator[TreeHead]:
        """Yield every head seen.

        A last line without its line feed, or with a NUL where a sector never came to the disk,
        was cut by a crash before anything relied on it.

        Raises:
            IntegrityError: Another line is not one of ours.
        """
        if self.path.exists():
            yield from self._decode(self.path.read_bytes())

    def newest(self) -> set[TreeHead]:
        """Return the heads seen at the largest size; more than one after a fork.

        Only what was appended since the last call is read: a command that writes often
        would otherwise read the whole list each time.

        Raises:
            IntegrityError: A line is not one of ours.
        """
        if not self.path.exists():
            self._read, self._newest = 0, set()
            return self._newest
        with self.path.open("rb") as file:
            if file.seek(0, os.SEEK_END) < self._read:
                self._read, self._newest = 0, set()
            file.seek(self._read)
            data = file.read()
        for head in self._decode(data):
            largest = max((other.size for other in self._newest), default=-1)
            if head.size > largest:
                self._newest = {head}
            elif head.size == largest:
                self._newest.add(head)
        self._read += end_of_whole_lines(data)
        return self._newest

    def _decode(self, data: bytes) -> Iterator[TreeHead]:
        """Yield the heads of whole lines."""
        whole = data[: end_of_whole_lines(data)]
        for line in whole.decode("ascii", errors="replace").split("\n")[:-1]:
            match = _LINE.fullmatch(line)
            if match is None:
                raise IntegrityError(
                    f"the list of checkpoints seen, {self.path}, has a line that is not one",
                    remedy="Restore it from a backup, or compare with a bundle you gave away.",
                )
            yield TreeHead(int(match[1]), bytes.fromhex(match[2]))

    def remember(self, head: TreeHead) -> None:
        """Append a head durably, unless it is the last one already.

        Raises:
            StorageError: It cannot be written.
        """
        try:
            append_lines(self.path, text=f"{head.size} {head.root.hex()}\n")
        except OSError as problem:
            raise StorageError(
                f"the checkpoint seen cannot be noted in {self.path}: {problem.strerror}",
                remedy="Make room or rights in your configuration folder, then repeat.",
            ) from problem
