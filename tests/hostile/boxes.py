"""The boxes that the hostile tests run in."""

import platform
import sys
from pathlib import Path

import pytest

import programs
from affiant.box import Box, Limits

FOLDER = Path(__file__).parent
MEBIBYTE = 1 << 20

SMALL = Limits(
    memory_bytes=1024 * MEBIBYTE, cpu_seconds=2, wall_seconds=5.0, output_bytes=4 * MEBIBYTE
)

needs_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.machine() != "x86_64",
    reason="the escape suite makes the system calls of Linux on x86_64",
)
needs_bubblewrap = pytest.mark.skipif(
    programs.path_of("bubblewrap") is None, reason=programs.sentence("bubblewrap")
)


def box_of(*layers, limits=SMALL):
    """Return a box with these layers whose tasks stand in ``escapes``."""
    return Box(["escapes"], limits=limits, folders=[FOLDER], layers=layers)


def ask(box, task, **arguments):
    """Run a task of ``escapes`` and return what it answered."""
    return box.run(f"escapes:{task}", data=b"", arguments=arguments).data
