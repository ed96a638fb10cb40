"""The box: runs one function over one hostile document, in a process that can do no harm."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self

from affiant.box.launch import find_places
from affiant.box.limits import Limits
from affiant.box.outcome import Job
from affiant.box.single import SingleProcesses
from affiant.box.warm import NotStartedError, WarmProcess, start_confined
from affiant.errors import AffiantError, UnreadableError

ALL_LAYERS: Final = ("bubblewrap", "landlock", "seccomp")

_PROBLEMS: Final = {
    "timeout": "it needed more time than one document may take",
    "memory": "it needed more memory than one document may take",
    "crashed": "the program that reads it broke down over it",
    "output_too_large": "more came out of it than one document may hold",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a job answered, and what was in force while it ran.

    Attributes:
        data: The answer; whoever reads it treats it as hostile.
        isolation: Such as ``bubblewrap+seccomp+rlimits``; see ``Box.isolation``.
    """

    data: bytes
    isolation: str


class Box:
    """Runs tasks over hostile bytes, each in a fresh fork of one warm, confined process.

    One job at a time; further threads wait. The process starts with the first job and ends
    with the ``with`` block. Whatever a job does (crash, hang, fill the memory, answer
    without end) costs that job alone.
    """

    def __init__(
        self,
        preload: Sequence[str],
        *,
        limits: Limits | None = None,
        folders: Sequence[Path] = (),
        layers: Sequence[str] = ALL_LAYERS,
    ) -> None:
        """Prepare a box; nothing is started yet.

        Args:
            preload: Modules to import before the confinement is put on; with
                ``module:function`` that function is called too, to have its caches filled.
            limits: What each job may use.
            folders: Further folders that the tasks' modules lie in; the box can read them.
            layers: Which layers to put on where the system has them; limits always are.
        """
        self._preload = tuple(preload)
        self._limits = limits or Limits()
        self._folders = tuple(folders)
        self._layers = tuple(layers)
        self._lock = Lock()
        self._running: WarmProcess | SingleProcesses | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the confined process; a later job starts a new one."""
        with self._lock:
            self._stop()

    @property
    def isolation(self) -> str:
        """What is in force around each job, found out by trying; starts the process.

        Layers joined by ``+``: ``bubblewrap`` (a root folder, process list and network of
        its own), ``landlock`` (in its stead: files outside Python's folders cannot be
        opened), ``seccomp`` (system-call filter), ``rlimits`` (memory, processor, files).
        ``process`` where there is none of them: a child process with a deadline.
        """
        with self._lock:
            return self._ready().isolation

    def run(
        self, task: str, *, data: bytes, arguments: Mapping[str, str], share: float = 1.0
    ) -> Reply:
        """Run ``task`` over ``data`` in the box.

        Args:
            task: ``package.module:function``; called with ``data`` and ``arguments=``, and
                answers with bytes.
            data: The hostile document.
            arguments: Passed on as they are.
            share: How much of the time that one document may take is for this job.

        Raises:
            UnreadableError: With the code that the task gave, or ``timeout``, ``memory``,
                ``crashed`` or ``output_too_large``. Nothing that the parser said is in it.
            AffiantError: The box itself cannot be started on this system.
        """
        job = Job(task=task, data=data, arguments=arguments)
        limits = replace(self._limits, wall_seconds=self._limits.wall_seconds * share)
        with self._lock:
            running = self._ready()
            outcome = None
            try:
                outcome = running.run(job, limits=limits)
            except OSError as problem:
                raise unreadable("crashed") from problem
            finally:
                if outcome is None:
                    self._stop()
        if outcome.reply is None:
            raise unreadable(outcome.code or "crashed")
        return Reply(data=outcome.reply, isolation=running.isolation)

    def _ready(self) -> WarmProcess | SingleProcesses:
        """Return the running process, starting it where there is none."""
        if self._running is None:
            self._running = self._start()
        return self._running

    def _start(self) -> WarmProcess | SingleProcesses:
        places = find_places(self._folders)
        if not hasattr(os, "fork"):
            return SingleProcesses(places)
        try:
            return start_confined(
                places, preload=self._preload, layers=self._layers, limits=self._limits
            )
        except NotStartedError as problem:
            raise AffiantError(
                f"the confined reader does not start: {problem}",
                remedy="Run 'affiant status' to see what this system lacks.",
            ) from problem

    def _stop(self) -> None:
        if self._running is not None:
            self._running.stop()
            self._running = None


def is_strong(isolation: str) -> bool:
    """Tell whether an isolation is the strongest that we have, as strict cases demand."""
    return {"bubblewrap", "seccomp", "rlimits"} <= set(isolation.split("+"))


def unreadable(code: str) -> UnreadableError:
    """Return the error for a document that the box could not have read."""
    return UnreadableError(
        f"a document could not be read: {_PROBLEMS.get(code, code)}",
        remedy="Its original is kept. Open it on a machine that holds nothing else.",
        code=code,
    )
