"""Captures made in this process, and the archives they leave, read back by warcio."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from affiant.preserve.capture.connect import Route, dial
from affiant.preserve.capture.fetch import Outside
from affiant.preserve.capture.job import Caps, Job, Manner, Outcome
from affiant.preserve.capture.worker import carry_out, route_of

QUICK = Caps(connect_s=2, silence_s=1, total_s=20)


@dataclass(frozen=True)
class Record:
    """One record of an archive, as it stands there."""

    kind: str
    uri: str | None
    headers: dict[str, str]
    block: bytes

    @property
    def note(self) -> dict[str, Any]:
        """A metadata record's fields."""
        return json.loads(self.block)


@dataclass
class Run:
    """What a capture left."""

    outcome: Outcome
    records: list[Record]
    path: Path
    dialled: list[tuple[str, int]] = field(default_factory=list)

    def of(self, kind: str, *, ends: str = "") -> list[Record]:
        """Return the records of a kind whose address ends so."""
        return [each for each in self.records if each.kind == kind and each.uri.endswith(ends)]

    @property
    def codes(self) -> list[str]:
        """The codes of the failures that were recorded, in order."""
        return [each.note["code"] for each in self.of("metadata") if each.note["code"]]


def read_archive(path: Path) -> list[Record]:
    """Read every record, each as the bytes that stand in it."""
    with path.open("rb") as file:
        return [
            Record(
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI"),
                dict(record.rec_headers.headers),
                record.raw_stream.read(),
            )
            for record in ArchiveIterator(file, no_record_parse=True)
        ]


def check_archive(path: Path) -> None:
    """Fail unless warcio and fastwarc find every digest right."""
    from fastwarc.warc import ArchiveIterator as FastIterator
    from warcio.checker import Checker

    class Asked:
        inputs = (str(path),)
        verbose = False

    assert Checker(Asked()).process_all() == 0
    with path.open("rb") as file:
        checked = [record.verify_block_digest() for record in FastIterator(file, parse_http=False)]
    assert checked and all(checked)


def run_capture(
    address: str,
    folder: Path,
    *,
    allow: Iterable[str] = (),
    caps: Caps = QUICK,
    resolve: Any = None,
    dialler: Any = dial,
    **manner: Any,
) -> Run:
    """Capture one address in this process."""
    folder.mkdir(exist_ok=True)
    path = folder / "made.warc.gz"
    path.unlink(missing_ok=True)
    how = Manner(allow=tuple(allow), caps=caps, gap_ms=0, **manner)
    dialled: list[tuple[str, int]] = []

    def counted(place: tuple[str, int], *, seconds: float):
        dialled.append(place)
        return dialler(place, seconds=seconds)

    route: Route = replace(route_of(how), dial=counted)
    if resolve is not None:
        route = replace(route, resolve=resolve)
    job = Job(address=address, archive=str(path), folder=str(folder), manner=how)
    outside = Outside(route=route, sleep=lambda _: None)
    outcome = carry_out(job, outside=outside, tell=lambda _: None)
    return Run(outcome, read_archive(path), path, dialled)
