"""Captured pages as one WACZ file, which others' tools can open.

The archives stand in it byte for byte as they are kept. Page list, index and digests are made
anew from them; they prove nothing: a WACZ whose content and digests were both rewritten
passes every validator. What proves is the case's log.

Source: WACZ 1.1.1, https://specs.webrecorder.net/wacz/1.1.1/; CDXJ 0.1.0.
"""

import gzip
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from affiant.errors import IntegrityError, NotFoundError
from affiant.log.durable import sync_folder
from affiant.publish.canonical_zip import Member, write_zip
from affiant.store.captures import CaptureRow
from affiant.store.case import Case
from affiant.store.objects import PREFIX, digest_of_file, storage_error

_VERSION: Final = "1.1.1"
_HEAD: Final = 1 << 14
_LISTED: Final = ("response", "resource", "revisit")
_STATUS: Final = re.compile(rb"HTTP/1\.[0-9] ([0-9]{3})")
_TYPE: Final = re.compile(rb"^content-type:[ \t]*([\w.+/-]{1,100})", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaczReport:
    """What a WACZ file holds.

    Attributes:
        path: The file.
        digest: Its SHA-256, hex.
        size: In bytes.
        captures: How many archives.
        pages: How many pages are listed.
        records: How many records are indexed.
    """

    path: Path
    digest: str
    size: int
    captures: int
    pages: int
    records: int


def write_wacz(case: Case, *, target: Path) -> WaczReport:
    """Write the archives of all captures of a case into one WACZ file.

    The same state of the case gives the same bytes.

    Args:
        case: An open case.
        target: The file to write; one that is there is replaced.

    Raises:
        NotFoundError: Nothing was captured.
        IntegrityError: An archive is not what it was.
        WrongUseError: It would be larger than 4 GiB.
        StorageError: It cannot be written.
    """
    captures = [row for row in case.captures.all() if case.documents.is_known(row.document_id)]
    if not captures:
        raise NotFoundError(
            "nothing was captured in this case", remedy="Capture a page first: affiant capture URL."
        )
    archives = [_archive(case, row=row) for row in captures]
    lines = sorted(line for archive in archives for line in _index(archive))
    pages = [page for row in captures for page in _pages(row)]
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Captured pages"}
    parts = {
        "indexes/index.cdx.gz": gzip.compress("".join(lines).encode("ascii"), mtime=0),
        "pages/pages.jsonl": "".join(_line(each) for each in (head, *pages)).encode("ascii"),
    }
    members = [*archives, *(Member(name=name, data=data) for name, data in parts.items())]
    members += _package(members, created=captures[-1].at, first=pages)
    digest, size = _write(target, members=members)
    return WaczReport(
        path=target,
        digest=digest,
        size=size,
        captures=len(archives),
        pages=len(pages),
        records=len(lines),
    )


def _archive(case: Case, *, row: CaptureRow) -> Member:
    """Return one archive as a member, checked against its digest."""
    path = case.originals.path(row.document_id)
    if path.is_symlink() or not path.is_file() or digest_of_file(path) != row.document_id:
        raise IntegrityError(
            f"{row.document_id} is missing or altered",
            remedy="Run 'affiant verify'; restore the file from a copy of the case.",
        )
    short = row.document_id.removeprefix(PREFIX)[:12]
    host = re.sub(r"[^a-z0-9.-]", "-", row.name.lower())[:100].removesuffix(".warc.gz")
    return Member(name=f"archive/{host}-{short}.warc.gz", path=path)


def _index(archive: Member) -> Iterator[str]:
    """Yield a line of the index for each answer and each thing made of a page.

    An archive that breaks off is indexed as far as it goes.
    """
    if archive.path is None:
        raise ValueError("an archive stands in a file")
    with archive.path.open("rb") as file:
        records = ArchiveIterator(file, no_record_parse=True)
        try:
            for record in records:
                fields = dict(record.rec_headers.headers)
                head = record.raw_stream.read(_HEAD)
                while record.raw_stream.read(1 << 16):
                    continue
                place = (records.get_record_offset(), records.get_record_length())
                if record.rec_type in _LISTED:
                    yield _index_line(fields, head=head, name=archive.name, place=place)
        except (ArchiveLoadFailed, EOFError):
            return


def _index_line(fields: dict[str, str], *, head: bytes, name: str, place: tuple[int, int]) -> str:
    """Return one line: where a record begins, how long it is, and what it answers."""
    url = fields.get("WARC-Target-URI", "")
    moment = re.sub(r"[^0-9]", "", fields.get("WARC-Date", ""))[:14]
    http = fields.get("WARC-Type") != "resource"
    status = _STATUS.match(head) if http else None
    kind = _TYPE.search(head.partition(b"\r\n\r\n")[0]) if http else None
    media_type = kind[1].decode("ascii") if kind else fields.get("Content-Type", "unk")
    values = {
        "url": url,
        "mime": media_type.partition(";")[0] if not http or kind else "unk",
        "status": status[1].decode("ascii") if status else "200",
        "digest": fields.get("WARC-Payload-Digest", ""),
        "length": str(place[1]),
        "offset": str(place[0]),
        "filename": name.removeprefix("archive/"),
    }
    return f"{sort_key(url)} {moment} {_line(values)}"


def sort_key(url: str) -> str:
    """Return an address as indexes are sorted by: host turned round, then path.

    Source: Heritrix's SURT form, as CDXJ uses it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url.replace(" ", "%20")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url.replace(" ", "%20")
    host = parts.hostname.lower().removeprefix("www.")
    is_number = ":" in host or re.fullmatch(r"[0-9.]+", host)
    turned = host if is_number else ",".join(reversed(host.split(".")))
    place = f":{port}" if port else ""
    query = f"?{parts.query.lower()}" if parts.query else ""
    return f"{turned}{place}){parts.path.lower() or '/'}{query}"


def _pages(row: CaptureRow) -> Iterator[dict[str, Any]]:
    """Yield the page that a capture was made for, if it was had."""
    final = row.detail.get("final")
    if final is not None and row.detail.get("code") is None:
        began = str(row.detail.get("began", row.at))
        page = {"id": row.document_id.removeprefix(PREFIX)[:16], "url": final, "ts": began}
        yield {**page, "title": final}


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=True) + "\n"


def _package(
    members: Sequence[Member], *, created: str, first: Sequence[dict[str, Any]]
) -> list[Member]:
    """Return the list of all members with their digests, and the digest of that list."""
    resources = []
    for member in members:
        digest, size = sha256(), 0
        for chunk in member.chunks():
            digest.update(chunk)
            size += len(chunk)
        short = member.name.rpartition("/")[2]
        resources.append(
            {
                "name": short,
                "path": member.name,
                "hash": f"sha256:{digest.hexdigest()}",
                "bytes": size,
            }
        )
    package: dict[str, Any] = {
        "profile": "data-package",
        "wacz_version": _VERSION,
        "created": created,
        "software": "affiant",
        "resources": resources,
    }
    if first:
        package |= {"mainPageUrl": first[0]["url"], "mainPageDate": first[0]["ts"]}
    listed = json.dumps(package, ensure_ascii=True, indent=2).encode("ascii")
    summed = {"path": "datapackage.json", "hash": f"sha256:{sha256(listed).hexdigest()}"}
    return [
        Member(name="datapackage.json", data=listed),
        Member(name="datapackage-digest.json", data=_line(summed).encode("ascii")),
    ]


def _write(target: Path, *, members: Sequence[Member]) -> tuple[str, int]:
    """Write the file aside, synchronise and rename it; return digest and size."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            size = write_zip(file, members=members)
            file.flush()
            os.fsync(file.fileno())
        digest = digest_of_file(aside).removeprefix(PREFIX)
        aside.replace(target)
        sync_folder(target.parent)
    except OSError as problem:
        raise storage_error(problem, path=target) from problem
    finally:
        aside.unlink(missing_ok=True)
    return digest, size
