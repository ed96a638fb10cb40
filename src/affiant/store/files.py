"""Single files: read and written block by block, and made durable."""

import os
import stat
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from affiant.errors import UnreadableError
from affiant.log.durable import sync

BLOCK: Final = 1 << 20
_SYNCING: Final = 4


def next_block(source: int) -> bytes:
    """Return the next bytes of a source; its failures are not the case's disk's."""
    try:
        return os.read(source, BLOCK)
    except OSError as problem:
        raise source_failed(problem) from problem


def source_failed(problem: OSError) -> UnreadableError:
    """Return the error for a file that is to be added and cannot be read."""
    return UnreadableError(
        problem.strerror or "the system refused",
        remedy="Check that it exists and that you may read it, then add it again.",
        code="source_failed",
    )


def write_all(handle: int, *, block: bytes) -> None:
    """Write a whole block; the system may take less at a time."""
    view = memoryview(block)
    while view:
        view = view[os.write(handle, view) :]


def synchronise(paths: Sequence[Path]) -> None:
    """Make files or folders durable, several at a time: the disk joins what comes together.

    Raises:
        OSError: One of them could not be; the others may be.
    """
    if len(paths) < 2:
        for path in paths:
            sync_file(path)
        return
    with ThreadPoolExecutor(_SYNCING) as pool:
        for _ in pool.map(sync_file, paths):
            continue


def sync_file(path: Path) -> None:
    """Make the bytes of a file, or the names in a folder, durable."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        sync(handle)
    finally:
        os.close(handle)


def write_aside(target: Path, *, data: bytes) -> None:
    """Write beside the target, synchronise, make read-only, rename."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            sync(file.fileno())
        aside.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        aside.replace(target)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
