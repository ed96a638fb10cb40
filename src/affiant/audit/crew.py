"""Processes that hash files and check signatures beside the one that reads the log.

Threads would not do: a signature is checked under the interpreter's lock, and a thread that
comes back from hashing waits for it. Little work is done in place; so is all work where a
process cannot be forked.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Final, TypeVar

Task = TypeVar("Task")
Finding = TypeVar("Finding")

_PR_SET_PDEATHSIG: Final = 1
_MOST: Final = 8


class Crew:
    """Runs functions over lists of tasks, in as many processes as it was given."""

    def __init__(self, pool: ProcessPoolExecutor | None) -> None:
        self._pool = pool

    def begin(
        self, work: Callable[[Sequence[Task]], list[Finding]], *, tasks: Sequence[Task]
    ) -> Callable[[], list[Finding]]:
        """Begin work on some tasks; return a function that waits for what it found.

        Args:
            work: A function of a module, without state.
            tasks: Values that can be sent to another process.
        """
        future: Future[Any] | None = None
        if self._pool is not None:
            try:
                future = self._pool.submit(work, tasks)
            except (BrokenProcessPool, RuntimeError):
                future = None

        def wait() -> list[Finding]:
            if future is not None:
                try:
                    found: list[Finding] = future.result()
                except BrokenProcessPool:
                    return work(tasks)  # a process was ended from outside: its work is done here
                return found
            return work(tasks)

        return wait


@contextmanager
def crew_for(*, much: bool) -> Iterator[Crew]:
    """Yield a crew: of several processes where there is much work and they can be forked."""
    workers = min(os.cpu_count() or 1, _MOST)
    if not much or workers < 2 or not sys.platform.startswith("linux"):
        yield Crew(None)
        return
    pool = ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_settle,
        initargs=(os.getpid(),),
    )
    try:
        yield Crew(pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _settle(parent: int) -> None:
    """End with the parent, and leave interrupts to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
