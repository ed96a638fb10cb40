"""Runs a program of the system over hostile bytes, where it can do no harm.

The same promises as ``Box`` gives, for a program that is not ours: no network, nothing of
the user's to see, nothing to write, no other process, limits and a deadline. Each run is a
new process; nothing is kept warm.
"""

import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from affiant.box.box import ALL_LAYERS, Reply, unreadable
from affiant.box.limits import Limits
from affiant.box.outcome import Outcome
from affiant.box.output import collect
from affiant.box.program_ways import DOCUMENT, BareWay, BubblewrapWay, Program, Run, Way
from affiant.box.starting import CLEAN_ENVIRONMENT, end, start
from affiant.errors import AffiantError

__all__ = ["DOCUMENT", "ProgramBox"]

_ENVIRONMENT: Final = {**CLEAN_ENVIRONMENT, "OMP_THREAD_LIMIT": "1"}


class ProgramBox:
    """Runs one program over documents, each run in a confinement of its own.

    Several threads may use one box at once. How the program is confined is found out before
    the first run, by having it say its version: under bubblewrap, else behind Landlock, else
    with less; ``isolation`` names what is in force in the words of ``Box.isolation``.
    """

    def __init__(
        self,
        program: Path,
        *,
        folders: Sequence[Path] = (),
        probe: Sequence[str] = ("--version",),
        limits: Limits | None = None,
        layers: Sequence[str] = ALL_LAYERS,
    ) -> None:
        """Prepare a box; nothing is started yet.

        Args:
            program: The program's file.
            folders: What else it reads, such as its language data; folders of libraries are
                shown to it anyway.
            probe: Arguments with which it prints something and succeeds, without a document.
            limits: What each run may use.
            layers: Which layers to put on where the system has them; limits always are.
        """
        found = Program(path=program, folders=tuple(folders), layers=tuple(layers))
        self._program = found
        self._probe = tuple(probe)
        self._limits = limits or Limits()
        self._lock = Lock()
        self._way: Way | None = None
        self._isolation = ""
        self._greeting = b""

    @property
    def isolation(self) -> str:
        """What is in force around each run; tries the program where it was not tried yet."""
        self._ready()
        return self._isolation

    @property
    def greeting(self) -> bytes:
        """What the program printed when it was tried: its version."""
        self._ready()
        return self._greeting

    def run(self, arguments: Sequence[str], *, document: bytes | Path | None) -> Reply:
        """Run the program over one document and return what it printed.

        Args:
            arguments: Its arguments; ``DOCUMENT`` stands where the document's path goes.
            document: Its bytes, or the file that holds them, or None for none.

        Raises:
            UnreadableError: ``timeout``, ``output_too_large``, or ``crashed`` where it ended by
                a signal or with a status other than nought, as too for want of memory.
                Nothing that the program said is in it.
            AffiantError: The program cannot be run here at all.
        """
        way = self._ready()
        run = Run(arguments=tuple(arguments), document=document, limits=self._limits)
        outcome = self._finish(run, way=way)
        if outcome.reply is None:
            raise unreadable(outcome.code or "crashed")
        return Reply(data=outcome.reply, isolation=self._isolation)

    def _ready(self) -> Way:
        """Return the strongest way in which the program runs here.

        Raises:
            AffiantError: It runs in none.
        """
        with self._lock:
            if self._way is None:
                self._way = self._find_way()
            return self._way

    def _find_way(self) -> Way:
        probe = Run(arguments=self._probe, document=None, limits=self._limits, report=True)
        ways: tuple[Way, ...] = (BubblewrapWay(self._program), BareWay(self._program))
        for way in ways:
            printed = self._finish(probe, way=way).reply if way.possible() else None
            if printed is not None:
                self._isolation, self._greeting = way.note(printed)
                return way
        raise AffiantError(
            f"the program {self._program.path} does not run here, confined or not",
            remedy="Reinstall it, then repeat.",
        )

    def _finish(self, run: Run, *, way: Way) -> Outcome:
        """Run the program to its end, or end it and whatever it started."""
        deadline = monotonic() + run.limits.wall_seconds
        with ExitStack() as held:
            command = way.prepare(run, held=held)
            try:
                process = start(
                    command.words,
                    given=subprocess.DEVNULL if command.given is None else command.given,
                    answer=subprocess.PIPE,
                    descriptors=command.descriptors,
                    environment=_ENVIRONMENT,
                )
            except OSError:
                return Outcome(code="crashed")
            try:
                return collect(process, deadline=deadline, most=run.limits.output_bytes)
            finally:
                end(process)
