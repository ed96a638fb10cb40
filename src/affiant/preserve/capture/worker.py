"""The process that fetches: a job in for each address, reports out until it is done.

It is a process of its own, so that nothing that a server sends is read where the case is open;
it is given no case, no key and no environment beyond what certificates need.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic, sleep
from typing import Final

import msgspec

from affiant.preserve.capture.bounds import bound_process, unbounded
from affiant.preserve.capture.browser import Visit, visit
from affiant.preserve.capture.connect import Route
from affiant.preserve.capture.exchange import host_clock
from affiant.preserve.capture.fetch import Fetch, Outside
from affiant.preserve.capture.gate import Gate
from affiant.preserve.capture.job import Job, Manner, Outcome, Report
from affiant.preserve.capture.reach import ORDINARY_PORTS, Reach, read_allowed
from affiant.preserve.capture.socks import read_proxy
from affiant.preserve.capture.warc import Archive

_BROWSER_S: Final = 180.0
# Nothing else of the user's surroundings stays: no proxies, no keys, no home.
_PASSED: Final = (
    *("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR"),
)
_TYPES: Final = {
    "screenshot": ("urn:fullPage:", "image/png"),
    "pdf": ("urn:pdf:", "application/pdf"),
    "dom": ("urn:dom:", "text/html; charset=utf-8"),
    "log": ("urn:log:", "application/json"),
}

Tell = Callable[[Report], None]


def route_of(manner: Manner) -> Route:
    """Return how connections are made, from what the user asked for.

    Raises:
        BadInputError: An allowed address or the proxy is not one.
    """
    proxy = read_proxy(manner.proxy) if manner.proxy is not None else None
    reach = Reach(
        allowed=tuple(read_allowed(text) for text in manner.allow),
        ports=ORDINARY_PORTS | set(manner.ports),
        proxied=proxy is not None,
    )
    return Route(reach=reach, caps=manner.caps, proxy=proxy, insecure=manner.insecure)


def carry_out(job: Job, *, outside: Outside, tell: Tell) -> Outcome:
    """Capture one address into its archive and return what became of it.

    Args:
        job: What to do.
        outside: Network, clock, waiting.
        tell: Is told how far the archive is whole, and of process groups.
    """
    path = Path(job.archive)
    archive = Archive(path, clock=outside.clock, said=lambda written: tell(Report(written=written)))
    try:
        fetch = Fetch(job, archive=archive, outside=outside)
        outcome = fetch.run()
        if job.manner.browser is None or outcome.code is not None:
            return outcome
        left = min(fetch.left_s, _BROWSER_S)
        seen = _look(job, archive=archive, route=outside.route, left_s=left, tell=tell)
        return replace(outcome, browser=seen)
    finally:
        archive.close()


def _look(
    job: Job, *, archive: Archive, route: Route, left_s: float, tell: Tell
) -> dict[str, object]:
    """Have a browser look at the page; keep what it gave."""
    # In the system's place for such, not in the case: Chromium's sockets need a short path.
    folder = Path(tempfile.mkdtemp(prefix="affiant-"))
    until = monotonic() + max(left_s, 1.0)
    plan = Visit(
        url=job.address,
        program=job.manner.browser or "",
        folder=folder,
        until=until,
        insecure=job.manner.insecure,
    )
    with Gate(route, until=until, most=job.manner.caps.total_bytes) as gate, unbounded():
        tell(Report(folder=str(folder)))
        seen = visit(plan, gate=gate, started=lambda group: tell(Report(group=group)))
        files = {**seen.files, "log": seen.log(refused=list(gate.refused))}
    for name, data in files.items():
        prefix, media_type = _TYPES[name]
        archive.keep(data, uri=prefix + job.address, media_type=media_type)
    shutil.rmtree(folder, ignore_errors=True)
    return {
        "version": seen.version,
        "kept": sorted(files),
        "code": seen.code,
        "loaded": seen.watch.loaded,
        "requests": len(seen.watch.requests),
        "refused": sum(each["code"] != "not_by_the_page" for each in gate.refused),
    }


def serve(pipe: Connection, *, folder: str) -> None:
    """Serve until the other end of the pipe is closed; run in a new process only.

    Args:
        pipe: Jobs come in, reports go out.
        folder: Where to stand: a folder for what is written on the way.
    """
    if hasattr(os, "setsid"):
        os.setsid()
    for name in set(os.environ) - set(_PASSED):
        del os.environ[name]
    os.chdir(folder)
    bound_process()

    def tell(report: Report) -> None:
        pipe.send_bytes(msgspec.json.encode(report))

    with suppress(EOFError):
        while True:
            job = msgspec.json.decode(pipe.recv_bytes(), type=Job)
            outside = Outside(route=route_of(job.manner), clock=host_clock, sleep=sleep)
            tell(Report(outcome=carry_out(job, outside=outside, tell=tell)))
