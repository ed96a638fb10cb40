"""Web archives: every record of a WARC file a part, its digests checked."""

import re
from typing import Final

from affiant.read.codes import unreadable
from affiant.read.decoding import python_encoding
from affiant.read.digests import agrees
from affiant.read.http_payload import Payload, read_answer, unpack
from affiant.read.members import MOST_MESSAGES, Collector
from affiant.read.sniffing import sniff
from affiant.read.values import About, Reading
from affiant.read.warc_records import Fault, Record, read_records

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_KIND: Final = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_TOLD_BY_NAME_ONLY: Final = frozenset(
    {"text/plain", "text/html", "text/csv", "message/rfc822", "application/octet-stream"}
)
_WITHOUT_WORDS: Final = "inode/x-empty"
_ANYTHING: Final = "application/octet-stream"


def read_warc(data: bytes) -> Reading:
    """Return the records of a WARC file as parts; the file has no text of its own.

    Of a server's answer the part is the page itself: the body after the headers, transfer
    and content encodings undone. Of every other record it is the record's block; a revisit
    has none. A record that is damaged, cut off or of a wrong length is named as a problem,
    and the others are read. A digest that does not agree is a problem of a part that stays.

    Raises:
        UnreadableError: ``archive_broken`` where there is no whole record.
    """
    parts = Collector(most=MOST_MESSAGES)
    paths: dict[str, str] = {}
    for found in read_records(data):
        path = f"record/{found.number:06}"
        if isinstance(found, Fault):
            parts.note(found.code, item=path)
        elif not _take(found, path=path, paths=paths, parts=parts):
            parts.note("parts_left_out", item=path)
            break
    if not parts.members:
        raise unreadable("archive_broken")
    return Reading(extraction=None, members=parts.members, problems=parts.problems)


def _take(record: Record, *, path: str, paths: dict[str, str], parts: Collector) -> bool:
    """Add one record; return whether there was room for it.

    Args:
        record: The record.
        path: Its path as a part.
        paths: Record id to path, of the records before; this one is added.
        parts: Where to.
    """
    kind = record.fields.get("warc-type", "unknown").lower()
    answer = read_answer(record.block) if kind in ("response", "revisit") else None
    payload = Payload(data=record.block, steps=(record.block,))
    if kind == "revisit":
        payload = Payload(data=b"", steps=())
    elif answer is not None:
        payload = unpack(answer)
    elif kind == "request":
        sent = record.block.partition(b"\r\n\r\n")[2]
        payload = Payload(data=record.block, steps=(record.block, sent))
    if not parts.has_room(len(payload.data)):
        return False
    about = About(
        address=_address(record.fields.get("warc-target-uri")),
        captured=_moment(record.fields.get("warc-date")),
        status=answer.status if answer is not None and kind == "response" else kind[:40],
        refers_to=_original(record, paths=paths) if kind == "revisit" else None,
    )
    declared = _declared(record, answered=answer.headers if answer else None)
    media_type = _media_type(payload, declared=declared, about=about)
    parts.add_escaped(path, data=payload.data, media_type=media_type, about=about)
    paths[record.fields.get("warc-record-id", "")] = path
    codes = [payload.code, *_digest_codes(record, payload=payload)]
    if "warc-truncated" in record.fields:
        codes.append("part_truncated")
    for code in codes:
        if code is not None:
            parts.note(code, item=path)
    return True


def _digest_codes(record: Record, *, payload: Payload) -> list[str]:
    """Return what is wrong with the digests that stand in a record's head.

    A revisit's payload digest is of the capture that it repeats. The payload of a record
    that is no answer of a server is its block.
    """
    found = {
        "warc-block-digest": (record.block,),
        "warc-payload-digest": payload.steps,
    }
    codes = []
    for name, contents in found.items():
        label = record.fields.get(name)
        verdict = agrees(label, contents=contents) if label and contents else True
        if verdict is not True:
            codes.append("digest_unknown" if verdict is None else "digest_mismatch")
    return list(dict.fromkeys(codes))


def _address(written: str | None) -> str | None:
    """Return an address without the brackets that old writers put around it."""
    return (written or "").removeprefix("<").removesuffix(">")[:4_000] or None


def _moment(written: str | None) -> str | None:
    return written if written and _MOMENT.fullmatch(written) else None


def _original(record: Record, *, paths: dict[str, str]) -> str | None:
    """Return the capture that a revisit repeats: its part where it stands in this file."""
    record_id = record.fields.get("warc-refers-to", "")
    address = _address(record.fields.get("warc-refers-to-target-uri")) or ""
    moment = record.fields.get("warc-refers-to-date", "")
    return paths.get(record_id) or (f"{address} {moment}".strip() or record_id)[:4_000] or None


def _declared(record: Record, *, answered: dict[str, str] | None) -> str:
    """Return the content type that is declared, the server's before the record's."""
    if answered is not None:
        return answered.get("content-type", "")
    return record.fields.get("content-type", "")


def _media_type(payload: Payload, *, declared: str, about: About) -> str:
    """Return the media type: by the bytes where they tell, else as declared, else by name."""
    if not payload.data:
        return _WITHOUT_WORDS
    if payload.code in ("part_encoded", "member_limits"):
        return _ANYTHING
    name = (about.address or "").partition("#")[0].partition("?")[0]
    sniffed = sniff(payload.data, name=name)
    kind = declared.partition(";")[0].strip().lower()
    if sniffed not in _TOLD_BY_NAME_ONLY or kind == _ANYTHING or not _KIND.fullmatch(kind):
        return sniffed
    charset = _CHARSET.search(declared)
    known = python_encoding(charset[1]) if charset else None
    return f"{kind}; charset={charset[1].lower()}" if charset and known else kind
