"""Small files outside a case that grow by a line at a time: whole lines, or none.

What a power cut leaves of a line that was being written is no line: without its line feed,
or with a NUL where a sector never came to the disk. Nothing had relied on it yet.
"""

import os
from pathlib import Path

from affiant.log.durable import make_folder, sync, sync_folder

_TAIL = 1 << 10


def append_lines(path: Path, *, text: str) -> None:
    """Append whole lines durably, unless the file ends with them already.

    Raises:
        NotSafeError: The disk does not confirm it.
        OSError: It cannot be written.
    """
    data = text.encode("ascii")
    make_folder(path.parent, mode=0o700)
    fresh = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        if not _end_torn_line(handle).endswith(data):
            os.write(handle, data)
            sync(handle)
    finally:
        os.close(handle)
    if fresh:
        sync_folder(path.parent)


def end_of_whole_lines(data: bytes) -> int:
    """Return where the last line ends that is whole and was wholly written."""
    end = data.rfind(b"\n") + 1
    last = data.rfind(b"\n", 0, max(end - 1, 0)) + 1
    return last if b"\0" in data[last:end] else end


def _end_torn_line(handle: int) -> bytes:
    """Cut a last line that a crash left unfinished; return the end of what is whole."""
    size = os.lseek(handle, 0, os.SEEK_END)
    start = max(0, size - _TAIL)
    os.lseek(handle, start, os.SEEK_SET)
    tail = os.read(handle, size - start)
    whole = tail[: end_of_whole_lines(tail)]
    if len(whole) < len(tail):
        os.ftruncate(handle, start + len(whole))
    return whole
