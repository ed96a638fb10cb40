"""What was captured as a WARC file: every request, every answer, every failure.

An answer's block holds its bytes as they came, chunks and compression too, and its payload
digest is over what follows the head, as it stands there. What an answer lacks is said by
``WARC-Truncated`` and by a metadata record, which every exchange has.

Source: WARC 1.1, https://iipc.github.io/warc-specifications/.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from affiant.preserve.capture.codes import FAILURES, truncation
from affiant.preserve.capture.exchange import Exchange, written
from affiant.preserve.capture.spool import Spool

MEDIA_TYPE: Final = "application/warc"
NOTE: Final = "affiant_exchange/1"
_LONGEST_URI: Final = 8192
_EMPTY: Final = "sha256:" + sha256(b"").hexdigest()
_TYPES: Final = {
    "warcinfo": "application/warc-fields",
    "request": "application/http; msgtype=request",
    "response": "application/http; msgtype=response",
    "metadata": "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The bytes of one record.

    Attributes:
        data: Where they are read from.
        size: How many.
        digest: Over all of them.
        payload: Digest of the payload, or None where it is all of them.
    """

    data: BinaryIO
    size: int
    digest: str
    payload: str | None = None


def block_of(data: bytes) -> Block:
    """Return bytes in memory as a block."""
    return Block(data=BytesIO(data), size=len(data), digest="sha256:" + sha256(data).hexdigest())


class Archive:
    """Writes one WARC file, a gzip member for each record.

    Args:
        path: The file; records are added to one that is there.
        clock: Returns the host's time.
        said: Is told the size of the file after every record.
    """

    def __init__(
        self, path: Path, *, clock: Callable[[], datetime], said: Callable[[int], None]
    ) -> None:
        self._clock = clock
        self._said = said
        self._file = path.open("ab")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        self._info: str | None = None

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def begin(self, name: str, *, agent: str, software: str) -> None:
        """Say what wrote the file and by which rules."""
        lines = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/"
            "warc-format/warc-1.1/",
            "robots": "ignore",
            "http-header-user-agent": agent,
        }
        data = "".join(f"{field}: {value}\r\n" for field, value in lines.items()).encode("utf-8")
        headers = {"WARC-Filename": name, "WARC-Date": written(self._clock())}
        self._info = self._write("warcinfo", headers=headers, block=block_of(data))

    def add(self, exchange: Exchange, *, why: Mapping[str, Any]) -> None:
        """Write an exchange: request and answer as far as there are any, and what is known.

        Args:
            exchange: What happened.
            why: What it was asked for: ``role``, ``asked_by``.
        """
        shared = {
            "WARC-Target-URI": target_uri(exchange.url),
            "WARC-Date": written(exchange.began),
        }
        if exchange.ip is not None:
            shared["WARC-IP-Address"] = exchange.ip
        together: dict[str, str] = {}
        if exchange.answer is not None:
            more = {**shared}
            if exchange.code is not None:
                more["WARC-Truncated"] = truncation(exchange.code)
            with exchange.answer.path.open("rb") as data:
                block = _answer(exchange.answer, data=data)
                found = self._write("response", headers=more, block=block)
            together = {"WARC-Concurrent-To": found}
        if exchange.request is not None:
            block = block_of(exchange.request)
            asked = Block(data=block.data, size=block.size, digest=block.digest, payload=_EMPTY)
            found = self._write("request", headers={**shared, **together}, block=asked)
            together = together or {"WARC-Concurrent-To": found}
        note = block_of(_json(_known(exchange, why=why)))
        self._write("metadata", headers={**shared, **together}, block=note)

    def note(self, fields: Mapping[str, Any], *, uri: str) -> None:
        """Write what is known of something that was no exchange."""
        headers = {"WARC-Target-URI": target_uri(uri), "WARC-Date": written(self._clock())}
        self._write("metadata", headers=headers, block=block_of(_json(fields)))

    def keep(self, data: bytes | Path, *, uri: str, media_type: str) -> None:
        """Write something made here: a picture of the page, its print, its elements."""
        headers = {
            "WARC-Target-URI": target_uri(uri),
            "WARC-Date": written(self._clock()),
            "Content-Type": media_type,
        }
        if isinstance(data, bytes):
            self._write("resource", headers=headers, block=block_of(data))
            return
        digest = sha256()
        with data.open("rb") as file:
            while piece := file.read(1 << 16):
                digest.update(piece)
            file.seek(0)
            size = data.stat().st_size
            block = Block(data=file, size=size, digest="sha256:" + digest.hexdigest())
            self._write("resource", headers=headers, block=block)

    def _write(self, kind: str, *, headers: Mapping[str, str], block: Block) -> str:
        """Write one record and return its id."""
        record_id = f"<urn:uuid:{uuid.uuid4()}>"
        lines = [("WARC-Type", kind), ("WARC-Record-ID", record_id), *headers.items()]
        if self._info is not None:
            lines.append(("WARC-Warcinfo-ID", self._info))
        lines.append(("WARC-Block-Digest", block.digest))
        if kind != "warcinfo":
            lines.append(("WARC-Payload-Digest", block.payload or block.digest))
        media_type = headers.get("Content-Type") or _TYPES[kind]
        fields = StatusAndHeaders("", lines, protocol="WARC/1.1")
        record = ArcWarcRecord("warc", kind, fields, block.data, None, media_type, block.size)
        self._writer.write_record(record)
        self._said(self._file.tell())
        return record_id


def _answer(answer: Spool, *, data: BinaryIO) -> Block:
    """Return the block of an answer."""
    return Block(
        data=data,
        size=answer.size,
        digest=answer.block_digest,
        payload=answer.payload_digest,
    )


def _known(exchange: Exchange, *, why: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the metadata record of an exchange says."""
    head = exchange.head
    return {
        "kind": NOTE,
        "address": exchange.url,
        **why,
        "code": exchange.code,
        "means": FAILURES[exchange.code] if exchange.code else None,
        "status": head.status if head is not None else None,
        "received": exchange.answer.size if exchange.answer is not None else 0,
        **exchange.facts,
    }


def _json(fields: Mapping[str, Any]) -> bytes:
    """Return fields as JSON in ASCII, so that no lone surrogate can break it."""
    return json.dumps(dict(fields), ensure_ascii=True, indent=1).encode("ascii")


def target_uri(text: str) -> str:
    """Return an address for a record's head: one line of ASCII, whatever was given."""
    encoded = quote(text, safe="!#$%&'()*+,-./:;=?@[]_~", errors="surrogatepass")
    return encoded[:_LONGEST_URI]
