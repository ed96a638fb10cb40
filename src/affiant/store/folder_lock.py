"""A lock that many keepers of files share, and that a repair takes alone.

Who keeps a file names it before its entry is recorded; a repair that ran between the two would
take it for an orphan. Where a system has no such lock (Windows, some network disks) nothing
is held: repair there while nothing else runs.
"""

import os
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from affiant.errors import CaseBusyError

if sys.platform != "win32":
    import fcntl


class FolderLock:
    """The lock on one folder, shared from the first call of :meth:`share` on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._close: weakref.finalize[[int], FolderLock] | None = None

    def share(self) -> None:
        """Hold the lock with others until :meth:`release`, or until this is let go of.

        Raises:
            CaseBusyError: A repair holds it alone.
        """
        if self._close is None and sys.platform != "win32":
            handle = os.open(self._folder, os.O_RDONLY)
            self._close = weakref.finalize(self, os.close, handle)
            self._lock(handle, alone=False)

    def release(self) -> None:
        """Let go of it."""
        if self._close is not None:
            self._close()
            self._close = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock while nobody else does.

        Raises:
            CaseBusyError: Somebody does.
        """
        self.release()
        if sys.platform == "win32":
            yield
            return
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            self._lock(handle, alone=True)
            yield
        finally:
            os.close(handle)

    def _lock(self, handle: int, *, alone: bool) -> None:
        """Take the lock, or say who is in the way."""
        if sys.platform == "win32":
            return
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            if not alone:
                self.release()
            raise CaseBusyError(
                f"another command is {'keeping files in' if alone else 'repairing'} this case",
                remedy="Wait until it has finished, then repeat.",
            ) from problem
        except OSError:
            return  # a disk that knows no locks
