"""Collects what a program prints, up to a deadline and a length."""

import os
import selectors
import signal
import subprocess
from time import monotonic
from typing import Final

from affiant.box.outcome import Outcome

_PIECE: Final = 1 << 20
_SIGNALLED: Final = 128


def collect(process: subprocess.Popen[bytes], *, deadline: float, most: int) -> Outcome:
    """Read a program's output to its end and see how it ended; it is not ended here.

    Args:
        process: Started with its output into a pipe.
        deadline: In seconds of the monotonic clock.
        most: Bytes that it may print.
    """
    if process.stdout is None:
        raise ValueError("the program's output goes nowhere")
    received = bytearray()
    with process.stdout as pipe, selectors.DefaultSelector() as ready:
        ready.register(pipe, selectors.EVENT_READ)
        while True:
            left = deadline - monotonic()
            if left <= 0 or not ready.select(left):
                return Outcome(code="timeout")
            piece = os.read(pipe.fileno(), _PIECE)
            received += piece
            if not piece:
                break
            if len(received) > most:
                return Outcome(code="output_too_large")
    try:
        status = process.wait(max(0.0, deadline - monotonic()))
    except subprocess.TimeoutExpired:
        return Outcome(code="timeout")
    return Outcome(reply=bytes(received)) if status == 0 else Outcome(code=_reason(status))


def _reason(status: int) -> str:
    """Return why a program failed; bubblewrap tells a signal as 128 and its number."""
    number = -status if status < 0 else status - _SIGNALLED
    overtime = getattr(signal, "SIGXCPU", None)
    return "timeout" if overtime is not None and number == overtime else "crashed"
