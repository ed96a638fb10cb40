"""The checkpoints ever seen of each case, kept outside it.

A log cannot notice its own rollback: whoever restores yesterday's folder restores
yesterday's checkpoint too. This list lives in the user's configuration folder.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from affiant.errors import IntegrityError, StorageError
from affiant.log.durable import make_folder, sync, sync_folder
from affiant.log.tree import TreeHead

_LINE = re.compile(r"(0|[1-9][0-9]{0,15}) ([0-9a-f]{64})")


class SeenCheckpoints:
    """Sizes and roots of one case that this user has seen, oldest first."""

    def __init__(self, folder: Path, *, case: str) -> None:
        self.path = folder / "seen" / f"{case}.txt"

    def heads(self) -> Iterator[TreeHead]:
        """Yield every head seen.

        A last line without its line feed, or with a NUL where a sector never came to the disk,
        was cut by a crash before anything relied on it.

        Raises:
            IntegrityError: Another line is not one of ours.
        """
        if not self.path.exists():
            return
        data = self.path.read_bytes()
        text = data[: _end_of_whole_lines(data)].decode("ascii", errors="replace")
        for line in text.split("\n")[:-1]:
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
        line = f"{head.size} {head.root.hex()}\n".encode("ascii")
        try:
            make_folder(self.path.parent, mode=0o700)
            fresh = not self.path.exists()
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                if _end_torn_line(handle) != line:
                    os.write(handle, line)
                    sync(handle)
            finally:
                os.close(handle)
            if fresh:
                sync_folder(self.path.parent)
        except OSError as problem:
            raise StorageError(
                f"the checkpoint seen cannot be noted in {self.path}: {problem.strerror}",
                remedy="Make room or rights in your configuration folder, then repeat.",
            ) from problem


def _end_torn_line(handle: int) -> bytes:
    """Cut a last line that a crash left unfinished; return the last whole one."""
    size = os.lseek(handle, 0, os.SEEK_END)
    start = max(0, size - 256)
    os.lseek(handle, start, os.SEEK_SET)
    tail = os.read(handle, size - start)
    whole = tail[: _end_of_whole_lines(tail)]
    if len(whole) < len(tail):
        os.ftruncate(handle, start + len(whole))
    lines = whole.splitlines(keepends=True)
    return lines[-1] if lines else b""


def _end_of_whole_lines(data: bytes) -> int:
    """Return where the last line ends that is whole and was wholly written."""
    end = data.rfind(b"\n") + 1
    last = data.rfind(b"\n", 0, max(end - 1, 0)) + 1
    return last if b"\0" in data[last:end] else end
