"""Preserve web pages: fetch, keep the archive durably, then record how it was had."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final
from urllib.parse import urlsplit

from affiant.log.keys import SigningKey
from affiant.preserve.capture.fetcher import Fetcher
from affiant.preserve.capture.job import TOOL, VERSION, Job, Manner, Outcome
from affiant.preserve.capture.warc import MEDIA_TYPE
from affiant.store.case import Case
from affiant.store.objects import Kept, storage_error

HOW: Final = "captured over the network"
_PLACE: Final = "out"
_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """How a list of addresses is captured.

    Attributes:
        manner: How each is.
        delay_s: Seconds between two addresses of one host.
        resume: Pass over addresses that were captured before.
        sleep: Waits so many seconds.
    """

    manner: Manner
    delay_s: float = 1.0
    resume: bool = False
    sleep: Callable[[float], None] = sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """An address whose archive is kept and recorded, or which was passed over.

    Attributes:
        address: As it was asked for.
        status: ``captured``, ``failed`` (the failure is kept), or ``passed`` over.
        document: Id of the archive; None where passed over.
        name: Its file name.
        size: Its bytes.
        outcome: What became of the address; None where passed over.
    """

    address: str
    status: str
    document: str | None = None
    name: str | None = None
    size: int = 0
    outcome: Outcome | None = None


def capture_all(
    case: Case, *, addresses: Iterable[str], key: SigningKey, errand: Errand
) -> Iterator[Captured]:
    """Preserve each address; yield one acknowledgement for each.

    A capture that fails is kept too: what failed, when and how is evidence. The archive
    reaches the disk before the entry that names it.

    Args:
        case: Open for writing.
        addresses: Web addresses.
        key: Of whoever asks for it.
        errand: How.

    Raises:
        StorageError: The case's disk is full or fails; everything acknowledged is safe.
    """
    known = case.captures.addresses() if errand.resume else frozenset()
    last: dict[str, float] = {}
    with _work_folder(case) as place, Fetcher(Path(place)) as fetcher:
        for address in addresses:
            if address in known:
                yield Captured(address=address, status="passed")
                continue
            host = _host(address)
            _wait(last.get(host), errand=errand)
            yield _capture_one(
                case,
                fetcher=fetcher,
                job=_job(address, case=case, errand=errand, place=place),
                key=key,
            )
            last[host] = monotonic()


def _work_folder(case: Case) -> "tempfile.TemporaryDirectory[str]":
    """Make a folder on the case's own disk for what is not kept yet."""
    place = case.folder / _PLACE
    try:
        place.mkdir(exist_ok=True)
        return tempfile.TemporaryDirectory(
            prefix=".capture-", dir=place.absolute(), ignore_cleanup_errors=True
        )
    except OSError as problem:
        raise storage_error(problem, path=place) from problem


def _job(address: str, *, case: Case, errand: Errand, place: str) -> Job:
    """Return the worker's job for one address, in a new folder of its own."""
    folder = tempfile.mkdtemp(dir=place)
    at = re.sub(r"[^0-9TZ]", "", case.surroundings.clock())
    host = re.sub(r"[^a-z0-9.-]+", "-", _host(address))[:_NAME].strip("-.") or "address"
    name = f"{host}-{at}-{case.surroundings.randomness(3).hex()}.warc.gz"
    archive = str(Path(folder) / name)
    return Job(address=address, archive=archive, folder=folder, manner=errand.manner)


def _capture_one(case: Case, *, fetcher: Fetcher, job: Job, key: SigningKey) -> Captured:
    """Fetch, keep, record."""
    outcome = fetcher.capture(job)
    path = Path(job.archive)
    kept = case.originals.keep_file(path)
    shutil.rmtree(job.folder, ignore_errors=True)  # the rest goes with the work folder
    with case.writing(key) as pen:
        pen.record("original.added/1", body=_body(job, kept=kept, outcome=outcome))
    return Captured(
        address=job.address,
        status="captured" if outcome.code is None else "failed",
        document=kept.digest,
        name=path.name,
        size=kept.size,
        outcome=outcome,
    )


def _body(job: Job, *, kept: Kept, outcome: Outcome) -> dict[str, object]:
    """Return what is recorded of a capture."""
    name = Path(job.archive).name
    return {
        "digest": kept.digest,
        "blake3": kept.blake3,
        "size": kept.size,
        "media_type": MEDIA_TYPE,
        "event": "captured",
        "name": name,
        "path": name,
        "obtained": {"from": job.address, "how": HOW},
        "tool": TOOL,
        "version": VERSION,
        "detail": _detail(job, outcome=outcome),
    }


def _detail(job: Job, *, outcome: Outcome) -> dict[str, Any]:
    """Return what was asked, what came, and under which settings."""
    return {
        "asked": job.address,
        "outcome": "captured" if outcome.code is None else "failed",
        "code": outcome.code,
        "final": outcome.final,
        "status": outcome.status,
        "media_type": outcome.media_type,
        "began": outcome.began,
        "ended": outcome.ended,
        "hops": list(outcome.hops),
        "counts": {
            "requests": outcome.requests,
            "answers": outcome.answers,
            "failed": len(outcome.failures),
            "bytes": outcome.size,
        },
        "failures": list(outcome.failures),
        "clock": outcome.clock,
        "browser": outcome.browser,
        "settings": job.manner.plain(),
        "replay": "never",
    }


def _host(address: str) -> str:
    """Return the host of an address as far as it can be told; for waiting and naming only."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _wait(last: float | None, *, errand: Errand) -> None:
    """Be polite: leave a host alone for a while between two addresses."""
    if last is None:
        return
    left = last + errand.delay_s - monotonic()
    if left > 0:
        errand.sleep(left)
