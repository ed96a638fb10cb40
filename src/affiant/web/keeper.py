"""Holds the case open for the workbench: one connection, in one thread of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from affiant.errors import NotSafeError
from affiant.store.case import Case, open_case
from affiant.store.surroundings import Surroundings

P = ParamSpec("P")
T = TypeVar("T")


class Keeper:
    """Runs one piece of work on the case after another.

    SQLite's connection never leaves its thread, and two decisions never cross. Other commands
    may work on the same case meanwhile: every write takes the case's lock.
    """

    def __init__(self, folder: Path, *, surroundings: Surroundings) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="case")
        self._failed: NotSafeError | None = None
        self._case: Case = self._thread.submit(
            open_case, folder, surroundings=surroundings
        ).result()

    async def run(
        self, work: Callable[Concatenate[Case, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """Do some work on the case and return what it gives.

        Raises:
            NotSafeError: The disk did not confirm a write, now or before: nothing more is tried.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._thread, lambda: self._do(lambda: work(self._case, *args, **named))
        )

    def _do(self, work: Callable[[], T]) -> T:
        if self._failed is not None:
            raise self._failed
        try:
            return work()
        except NotSafeError as problem:
            self._failed = problem
            raise

    def close(self) -> None:
        """Close the case, without writing anything back where the disk cannot be relied on."""
        end = self._case.close if self._failed is None else self._case.db.give_up
        self._thread.submit(end).result()
        self._thread.shutdown()
