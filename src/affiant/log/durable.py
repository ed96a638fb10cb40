"""What it takes for a file and its name to outlive a power cut.

Bytes are safe once their file is synchronised, a name once its folder is. A file system that
failed to synchronise may say on a second try that all is well while the bytes are gone, so
an error here ends the command and is never tried again.
"""

import os
from pathlib import Path

from affiant.errors import NotSafeError


def sync(handle: int) -> None:
    """Make the bytes of an open file, or the names in an open folder, durable.

    Raises:
        NotSafeError: The system cannot say that they are.
    """
    try:
        os.fsync(handle)
    except OSError as problem:
        raise not_safe() from problem


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; where a system cannot, its rename must do.

    Raises:
        NotSafeError: The system cannot say that they are.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        sync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder where there is none, and those above it, each with a durable name.

    Raises:
        NotSafeError: The system cannot say that a name is durable.
        OSError: A folder cannot be made.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent, mode=mode)
    folder.mkdir(mode=mode, exist_ok=True)
    sync_folder(folder.parent)


def not_safe() -> NotSafeError:
    """Return the error that ends a command whose writes the system does not confirm."""
    return NotSafeError(
        "the disk could not confirm that what was written is safe; this command stops here",
        remedy="Everything acknowledged before is safe. Check the disk before you use it again.",
    )
