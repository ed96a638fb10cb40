"""The host's side of the warm process: start it, give it a job, end it."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from affiant.box.exchange import Exchange
from affiant.box.frame import decode_frame
from affiant.box.launch import Places, bare_command, confined_command
from affiant.box.limits import Limits, limit_fields
from affiant.box.message import receive, send
from affiant.box.outcome import Job, Outcome, judge
from affiant.box.starting import end, start
from affiant.box.tasks import encode_order

_FAREWELL_SECONDS: Final = 2.0


class NotStartedError(Exception):
    """The warm process did not come up in this way; another way may work."""


class WarmProcess:
    """One running zygote, with what is in force around it."""

    def __init__(
        self, process: subprocess.Popen[bytes], *, link: socket.socket, around: Sequence[str]
    ) -> None:
        """Take over a process that was just started, and wait for its greeting.

        Raises:
            OSError: It ended, or stayed silent for as long as the link waits.
        """
        self._process = process
        self._link = link
        self._waiting: tuple[int, ...] = ()
        greeting = self._hear()
        layers: list[str] = [*around, *greeting["in_force"]]
        self.isolation = "+".join(layers) or "process"

    def run(self, job: Job, *, limits: Limits) -> Outcome:
        """Have one job done in a fork of its own.

        Raises:
            OSError: The zygote itself is gone; it must be started anew.
        """
        if not self._waiting:
            self._hear()
        order_in, frame_out = self._take_waiting()
        exchange = Exchange([encode_order(job), job.data], order_in=order_in, frame_out=frame_out)
        code = exchange.run(deadline=monotonic() + limits.wall_seconds, most=limits.output_bytes)
        send(self._link, fields={"end": True})
        if code:
            return Outcome(code=code)
        frame = decode_frame(exchange.received)
        return judge(frame, overtime=frame is None and _overtime(self._hear()["status"]))

    def _hear(self) -> Mapping[str, Any]:
        """Return what the zygote says; with it come the pipes of the next job's process.

        After a whole frame nobody listens for the status until the next job is there.

        Raises:
            OSError: It does not answer.
        """
        message = receive(self._link)
        if message is None or len(message.descriptors) != 2:
            raise ConnectionResetError("the warm process hung up")
        self._waiting = message.descriptors
        return message.fields

    def _take_waiting(self) -> tuple[int, ...]:
        waiting, self._waiting = self._waiting, ()
        return waiting

    def stop(self) -> None:
        """End the zygote and everything under it, and wait until it is gone.

        It sees that we hung up and ends its jobs itself; if it does not, it is killed.
        """
        for pipe in self._take_waiting():
            os.close(pipe)
        self._link.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_FAREWELL_SECONDS)
        end(self._process)


def start_confined(
    places: Places, *, preload: Sequence[str], layers: Sequence[str], limits: Limits
) -> WarmProcess:
    """Start the warm process under bubblewrap, or as it is where that does not work.

    Raises:
        NotStartedError: It starts in neither way.
    """
    settings: dict[str, object] = {
        "preload": list(preload),
        "readable": places.readable,
        "limits": limit_fields(limits),
    }
    bubblewrap = shutil.which("bwrap") if "bubblewrap" in layers else None
    if bubblewrap:
        settings["layers"] = [layer for layer in layers if layer != "landlock"]
        try:
            command = confined_command(bubblewrap, places=places)
            return _start(command, settings=settings, limits=limits, around=["bubblewrap"])
        except NotStartedError:
            pass
    settings["layers"] = list(layers)
    return _start(bare_command(places), settings=settings, limits=limits, around=[])


def _start(
    command: Sequence[str],
    *,
    settings: Mapping[str, object],
    limits: Limits,
    around: Sequence[str],
) -> WarmProcess:
    """Start one warm process and wait until it says what is in force.

    Raises:
        NotStartedError: It ended or stayed silent.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = start(command, given=theirs.fileno())
    ours.settimeout(limits.start_seconds)
    try:
        send(ours, fields=settings)
        return WarmProcess(process, link=ours, around=around)
    except OSError as problem:
        ours.close()
        end(process)
        raise NotStartedError(command[0]) from problem


def _overtime(status: int) -> bool:
    """Tell whether the processor limit ended the job."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
