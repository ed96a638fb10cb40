"""Inside the confinement: one job, in a fresh fork that ends with it."""

import os
import resource
from dataclasses import dataclass
from typing import Final, NoReturn

from affiant.box.limits import Limits
from affiant.box.seccomp import Filter
from affiant.box.tasks import answer

_FAILED: Final = 70
_INPUT, _OUTPUT, _FIRST_OTHER, _LAST_OTHER = 0, 1, 3, 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What every job puts on before it sees its document.

    Attributes:
        limits: What it may use.
        filter: Which system calls it may make; None where this system has no filter.
    """

    limits: Limits
    filter: Filter | None

    def put_on(self) -> bool:
        """Confine this process for good.

        Returns:
            Whether every limit was taken; the filter always is, where there is one.

        Raises:
            OSError: The filter was refused; the job must not run.
        """
        complete = limit_resources(self.limits)
        if self.filter is not None:
            self.filter.install()
        return complete


def do_job(*, pipes: tuple[int, int], confinement: Confinement) -> NoReturn:
    """Put on the confinement, wait for the order, do it, send its frame, and end.

    Args:
        pipes: Where order and document come from, and where the frame goes.
        confinement: What to put on.
    """
    status = _FAILED
    try:
        _keep_only(pipes)
        confinement.put_on()
        with os.fdopen(_INPUT, "rb") as source, os.fdopen(_OUTPUT, "wb") as target:
            answer(source, target=target)
        status = 0
    finally:
        os._exit(status)


def _keep_only(pipes: tuple[int, int]) -> None:
    """Make the two pipes the input and output, and close whatever else is open."""
    os.dup2(pipes[0], _INPUT)
    os.dup2(pipes[1], _OUTPUT)
    os.closerange(_FIRST_OTHER, _LAST_OTHER)


def limit_resources(limits: Limits) -> bool:
    """Set every limit that this system knows, with no way to raise it again.

    The processor limit ends the job by a signal of its own one second before the last.

    Returns:
        Whether all of them were taken.
    """
    wanted = {
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_NPROC": (0, 0),
        "RLIMIT_NOFILE": (limits.open_files, limits.open_files),
        "RLIMIT_CPU": (limits.cpu_seconds, limits.cpu_seconds + 1),
        "RLIMIT_AS": (limits.memory_bytes, limits.memory_bytes),
    }
    return all([_limit(name, values=values) for name, values in wanted.items()])


def _limit(name: str, *, values: tuple[int, int]) -> bool:
    number = getattr(resource, name, None)
    if number is None:
        return False
    try:
        resource.setrlimit(number, values)
    except (OSError, ValueError):
        return False
    return True
