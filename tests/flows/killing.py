"""Commands in processes of their own that are killed without warning, and started quickly."""

import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic, sleep

from affiant.cli.main import main
from flows.desk import Desk

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["affiant.cli.main", "affiant.cli.add", "affiant.cli.read"])


def _run(words: list[str], configuration: str, output: str, dies_at: str | None) -> None:
    """Be the process of one command; its standard output goes to a file."""
    os.environ["AFFIANT_CONFIG"] = configuration
    handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, 1)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    if dies_at is not None:
        _die_at(dies_at)
    code = main(words, as_json="--json" in words)
    sys.stdout.flush()
    os._exit(code)


def _die_at(call: str) -> None:
    """Have the process killed at its first call of a function of the system's."""
    owner: type | object = {"unlink": Path, "replace": Path, "fsync": os}[call]
    before = getattr(owner, call)

    def dying(*given: object, **named: object) -> object:
        path = str(given[0]) if given else ""
        if call != "unlink" or "/originals/" in path or "/texts/" in path:
            os.kill(os.getpid(), signal.SIGKILL)
        return before(*given, **named)

    setattr(owner, call, dying)


class Running:
    """A command that was started and may be killed."""

    def __init__(self, desk: Desk, *words: object, dies_at: str | None = None) -> None:
        self.output = desk.folder.parent / f"output-{monotonic()}"
        line = [*map(str, words), "--case", str(desk.folder)]
        given = (line, str(desk.configuration), str(self.output), dies_at)
        self.process: ForkServerProcess = _CONTEXT.Process(target=_run, args=given)
        self.process.start()

    def lines(self) -> list[str]:
        """Return the whole lines printed so far."""
        text = self.output.read_text(encoding="utf-8") if self.output.exists() else ""
        return text.split("\n")[:-1]

    def wait_for(self, enough: Callable[[], bool], *, at_most_s: float = 30) -> None:
        """Wait until something is so, or the command has ended."""
        until = monotonic() + at_most_s
        while not enough() and self.process.is_alive() and monotonic() < until:
            sleep(0.0005)

    def kill(self) -> None:
        """Kill it without warning, and wait until it is gone."""
        self.process.kill()
        self.process.join(20)

    def end(self) -> int:
        """Wait for its end; return its exit code."""
        self.process.join(60)
        assert self.process.exitcode is not None
        return self.process.exitcode
