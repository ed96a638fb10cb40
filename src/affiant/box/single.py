"""For systems that cannot fork: a new child process for every job, with a deadline.

Nothing else confines it, so its isolation is named ``process`` and strict cases refuse it.
"""

import os
import subprocess
import sys
from threading import Thread, Timer
from typing import IO, Final

from affiant.box.frame import HEAD_BYTES, decode_frame
from affiant.box.launch import Places, bare_command
from affiant.box.limits import Limits
from affiant.box.outcome import Job, Outcome, judge
from affiant.box.starting import start
from affiant.box.tasks import answer, encode_order

_START: Final = "from affiant.box.single import main; main()"


class SingleProcesses:
    """Gives each job a plain child process of its own."""

    isolation: Final = "process"

    def __init__(self, places: Places) -> None:
        self._places = places

    def run(self, job: Job, *, limits: Limits) -> Outcome:
        """Have one job done; it is ended at its deadline, or when it answers too much.

        Raises:
            OSError: The child process cannot be started.
        """
        with start(
            bare_command(self._places, start=_START),
            given=subprocess.PIPE,
            answer=subprocess.PIPE,
            environment=os.environ,
        ) as child:
            late = Timer(limits.wall_seconds, child.kill)
            sender = Thread(
                target=_send, args=(child.stdin,), kwargs={"content": encode_order(job) + job.data}
            )
            late.start()
            sender.start()
            received = _receive(child.stdout, most=limits.output_bytes + HEAD_BYTES)
            overtime = not late.is_alive()
            late.cancel()
            child.kill()
            sender.join()
        if len(received) > limits.output_bytes + HEAD_BYTES:
            return Outcome(code="output_too_large")
        return judge(decode_frame(received), overtime=overtime)

    def stop(self) -> None:
        """Do nothing: no process outlives its job."""


def main() -> None:
    """Do one job."""
    answer(sys.stdin.buffer, target=sys.stdout.buffer)


def _send(target: IO[bytes] | None, *, content: bytes) -> None:
    """Write all that the child will take; it may end before."""
    if target is None:
        return
    try:
        with target:
            target.write(content)
    except OSError:
        return


def _receive(source: IO[bytes] | None, *, most: int) -> bytes:
    """Read up to one byte more than may come."""
    return b"" if source is None else source.read(most + 1)
