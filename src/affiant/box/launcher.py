"""Confines this process without bubblewrap, then becomes a program of the system.

Run by ``program_ways.BareWay`` with one argument, a JSON object: ``readable``, ``programs``,
``layers``, ``limits``, ``command``, ``parent`` (the process that started it), and ``report``:
whether to print first, as a JSON line, which layers were found to hold.
"""

import ctypes
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from affiant.box.child import limit_resources
from affiant.box.landlock import fence_files
from affiant.box.limits import decode_limits
from affiant.box.seccomp import Filter, program_instructions

_PR_SET_PDEATHSIG: Final = 1
_FIRST_OTHER, _LAST_OTHER = 3, 1 << 12
_ENVIRONMENT: Final = ("LC_ALL", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT")


def main(settings: Mapping[str, Any]) -> None:
    """Put on what this system has, say so where asked, and run the program in this place.

    Raises:
        OSError: The filter was refused, or the program cannot be run.
    """
    _end_with_parent(settings["parent"])
    os.closerange(_FIRST_OTHER, _LAST_OTHER)
    in_force = ["rlimits"] if limit_resources(decode_limits(settings["limits"])) else []
    if "landlock" in settings["layers"]:
        fence_files(settings["readable"], programs=settings["programs"])
    instructions = program_instructions() if "seccomp" in settings["layers"] else None
    if instructions is not None:
        Filter(instructions).install()
    if settings["report"]:
        sys.stdout.write(json.dumps([*_tried(), *in_force]) + "\n")
        sys.stdout.flush()
    command = settings["command"]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    os.execve(command[0], command, environment)  # noqa: S606 - a fixed command of our own


def _end_with_parent(parent: int) -> None:
    """Have this process killed when the thread that started it is gone, or already was."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("whoever started this is gone")


def _tried() -> list[str]:
    """Return the layers that were found to hold, by trying what they must refuse."""
    fenced = not _may(lambda: list(Path("/").iterdir()))
    filtered = not _may(lambda: socket.socket().close())
    return [name for name, holds in (("landlock", fenced), ("seccomp", filtered)) if holds]


def _may(act: Callable[[], object]) -> bool:
    try:
        act()
    except OSError:
        return False
    return True
