"""Bounds on the process that fetches, where the system has them."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

if sys.platform != "win32":
    import resource

_MEMORY: Final = 2 << 30
_STACK: Final = 1 << 20


def bound_process() -> None:
    """Bound memory, leave no core dump, give threads small stacks."""
    threading.stack_size(_STACK)
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def unbounded() -> Iterator[None]:
    """Lift the bound on memory while a browser is used: it reserves far more than it uses."""
    if sys.platform == "win32":
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
