"""Inside the confinement: the warm process that forks once for every job.

It imports the parsers once, never reads a document itself, and knows the world only by one
socket, its standard input. On it go (see ``message``):

    host → zygote   {"preload", "readable", "layers", "limits"}                  once
    zygote → host   {"in_force": [...]} with two pipes of a job that waits       once
    host → zygote   {"end": true}: end the job if it still runs                  after each
    zygote → host   {"status": as from ``waitpid``} with two pipes of the next   after each

The order and the document go from the host to the job, and its frame back, through pipes of
the job's own: a job that was taken over can neither speak for the zygote nor reach another
job. The next job's process is forked, confined and waiting while its forerunner works; it
has seen nothing of it.
"""

import gc
import importlib
import os
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from affiant.box.child import Confinement, do_job
from affiant.box.landlock import fence_files
from affiant.box.limits import decode_limits
from affiant.box.message import receive, send
from affiant.box.seccomp import make_filter

_FENCED: Final = 1
_FILTERED: Final = 2
_LIMITED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """A forked, confined process that waits for its order.

    Attributes:
        process: Its number.
        pipes: The host's ends: where the order goes in, where the frame comes out.
    """

    process: int
    pipes: tuple[int, int]


def main() -> None:
    """Serve jobs until the host hangs up."""
    with socket.socket(fileno=0) as host:
        settings = receive(host)
        if settings is None:
            return
        confinement = _prepare(settings.fields)
        _serve(
            host,
            greeting={"in_force": _layers_in_force(confinement)},
            confinement=confinement,
        )


def _serve(
    host: socket.socket, *, greeting: Mapping[str, object], confinement: Confinement
) -> None:
    """Hand out one waiting process after the other, and see each to its end."""
    alive = [_fork(confinement)]
    with suppress(OSError):  # the host is gone
        _hand_out(alive[0], host=host, fields=greeting)
        alive.append(_fork(confinement))
        while receive(host) is not None:
            status = _end(alive.pop(0))
            _hand_out(alive[0], host=host, fields={"status": status})
            alive.append(_fork(confinement))
    for waiting in alive:
        _end(waiting)


def _fork(confinement: Confinement) -> _Waiting:
    """Fork a process that confines itself and waits for an order."""
    order_out, order_in = os.pipe()
    frame_out, frame_in = os.pipe()
    process = os.fork()
    if process == 0:
        do_job(pipes=(order_out, frame_in), confinement=confinement)
    os.close(order_out)
    os.close(frame_in)
    return _Waiting(process=process, pipes=(order_in, frame_out))


def _hand_out(waiting: _Waiting, *, host: socket.socket, fields: Mapping[str, object]) -> None:
    """Give the host the ends of one process's pipes, and keep none."""
    send(host, fields=fields, descriptors=waiting.pipes)
    for pipe in waiting.pipes:
        os.close(pipe)


def _end(waiting: _Waiting) -> int:
    """End a process if it still runs, and return how it ended.

    One that is ending already keeps the status that it ends with.
    """
    os.kill(waiting.process, signal.SIGKILL)
    _, status = os.waitpid(waiting.process, 0)
    return status


def _prepare(settings: Mapping[str, Any]) -> Confinement:
    """Load what jobs will need, put up the fence, and prepare what each job puts on."""
    for name in settings["preload"]:
        _load(name)
    if "landlock" in settings["layers"]:
        fence_files(settings["readable"])
    gc.collect()
    gc.freeze()
    return Confinement(
        limits=decode_limits(settings["limits"]),
        filter=make_filter() if "seccomp" in settings["layers"] else None,
    )


def _load(name: str) -> None:
    """Import a module, and call a function of it where one is named after a colon."""
    module, _, function = name.partition(":")
    loaded = importlib.import_module(module)
    if function:
        getattr(loaded, function)()


def _layers_in_force(confinement: Confinement) -> list[str]:
    """Return what holds, found out by trying in a fork what must be refused."""
    child = os.fork()
    if child == 0:
        _try_what_is_refused(confinement)
    _, status = os.waitpid(child, 0)
    found = os.waitstatus_to_exitcode(status)
    if found < 0:
        return []
    layers = [("landlock", _FENCED), ("seccomp", _FILTERED), ("rlimits", _LIMITED)]
    return [name for name, bit in layers if found & bit]


def _try_what_is_refused(confinement: Confinement) -> None:
    """End this fork with the sum of the layers that were found to hold."""
    found = 0
    try:
        found += _LIMITED if confinement.put_on() else 0
        found += 0 if _may(lambda: list(Path("/").iterdir())) else _FENCED
        found += 0 if _may(lambda: socket.socket().close()) else _FILTERED
    finally:
        os._exit(found)


def _may(act: Callable[[], object]) -> bool:
    try:
        act()
    except PermissionError:
        return False
    return True
