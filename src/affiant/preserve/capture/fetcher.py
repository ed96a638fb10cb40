"""Starts the process that fetches, hands it one address after another, and ends it in time."""

import os
import shutil
import signal
from contextlib import suppress
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import monotonic
from typing import Final

import msgspec

from affiant.preserve.capture.codes import FAILURES
from affiant.preserve.capture.exchange import host_clock, written
from affiant.preserve.capture.job import Job, Outcome, Report
from affiant.preserve.capture.warc import Archive
from affiant.preserve.capture.worker import serve

_GRACE_S: Final = 30


class Fetcher:
    """A fetch worker, started when first needed and again after it died.

    Args:
        folder: Where it works; everything that it writes lies there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._groups: set[int] = set()
        self._folders: set[str] = set()

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def capture(self, job: Job) -> Outcome:
        """Have one address captured; a worker that dies or hangs is an outcome too.

        The archive is whole in the end: what a dying worker left half written is cut off.
        """
        began, whole = host_clock(), 0
        until = monotonic() + job.manner.caps.total_s + _GRACE_S
        try:
            pipe = self._pipe or self._start()
            pipe.send_bytes(msgspec.json.encode(job))
            while pipe.poll(max(0.0, until - monotonic())):
                report = msgspec.json.decode(pipe.recv_bytes(), type=Report)
                whole = max(whole, report.written)
                self._note(report)
                if report.outcome is not None:
                    return report.outcome
        except (OSError, EOFError, msgspec.DecodeError):
            self.end()  # the same as if it had fallen silent: what it wrote is kept below
        self.end()
        return _died(job, began=began, whole=whole)

    def _note(self, report: Report) -> None:
        """Remember what must be cleared away if the worker cannot."""
        if report.outcome is not None:
            self._groups.clear()
            self._folders.clear()
        if report.group is not None:
            self._groups.add(report.group)
        if report.folder is not None:
            self._folders.add(report.folder)

    def end(self) -> None:
        """End the worker and everything that it started."""
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        groups, self._groups = self._groups, set()
        folders, self._folders = self._folders, set()
        if process is None or pipe is None:
            return
        for group in (*groups, process.pid or 0):
            _kill_group(group)
        process.kill()
        process.join()
        pipe.close()
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _start(self) -> Connection:
        """Start the worker."""
        around = get_context("spawn")
        ours, theirs = around.Pipe()
        process = around.Process(
            target=serve, args=(theirs,), kwargs={"folder": str(self._folder)}, daemon=True
        )
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours


def _kill_group(group: int) -> None:
    """End a process group that we started; it may be gone, or not be one yet."""
    if group and hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def _died(job: Job, *, began: datetime, whole: int) -> Outcome:
    """Cut off what was half written, and keep the failure as evidence beside what was had."""
    path = Path(job.archive)
    if path.exists():
        os.truncate(path, whole)
    code = "worker_died"
    archive = Archive(path, clock=host_clock, said=lambda _: None)
    try:
        if not whole:
            archive.begin(path.name, agent=job.manner.agent, software="affiant.capture")
        note = {"kind": "affiant_capture/1", "code": code, "means": FAILURES[code]}
        archive.note({**note, "address": job.address}, uri=job.address)
    finally:
        archive.close()
    failure = {"address": job.address[:500], "code": code, "role": "address"}
    return Outcome(
        code=code,
        began=written(began),
        ended=written(host_clock()),
        failures=(failure,),
    )
