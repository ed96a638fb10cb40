"""What a server answered: its status, its headers, and its body with the packing undone."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from affiant.read.members import most_unpacked

_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t][^\r\n]*)?\r?\n")
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")
_MOST_HEAD: Final = 1 << 18
_GZIP: Final = b"\x1f\x8b"
_WITH_GZIP_HEAD, _WITH_ZLIB_HEAD, _BARE = 31, 15, -15
_PIECE: Final = 1 << 16
_BODILESS: Final = frozenset({"204", "304"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A server's answer.

    Attributes:
        status: Three digits.
        headers: Names in lower case; of several alike, joined by a comma.
        body: As it was sent.
    """

    status: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The body of an answer, unpacked as far as it can be.

    Attributes:
        data: The bytes.
        steps: The body as it was before each step, for digests: writers differ.
        code: ``part_encoded`` or ``member_limits`` where it stays packed, ``length_differs``,
            or None.
    """

    data: bytes
    steps: tuple[bytes, ...]
    code: str | None = None


def read_answer(block: bytes) -> Answer | None:
    """Return the answer that a record holds, or None where it is none."""
    status = _STATUS.match(block)
    if status is None:
        return None
    end = _HEAD_END.search(block, status.end() - 2, _MOST_HEAD)
    head = block[status.end() : end.start()] if end else block[status.end() :]
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip():
            key = name.strip().lower()
            headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    body = block[end.end() :] if end else b""
    return Answer(status=status[1].decode("ascii"), headers=headers, body=body)


def unpack(answer: Answer) -> Payload:
    """Undo the transfer and content encodings of a body.

    Writers of archives often keep a body that is unpacked already beside headers that say
    it is packed; where its first bytes are not those of the packing, it is taken as it is.
    """
    body = answer.body
    steps = [body]
    chunked = "chunked" in answer.headers.get("transfer-encoding", "").lower()
    if chunked and _CHUNK.match(body):
        joined = _joined(body)
        if joined is None:
            return Payload(data=body, steps=(body,), code="part_encoded")
        body = joined
        steps.append(body)
    for name in reversed(answer.headers.get("content-encoding", "").lower().split(",")):
        try:
            found = _undo(body, name=name.strip())
        except _StaysPackedError as problem:
            return Payload(data=body, steps=tuple(steps), code=str(problem))
        if found is not None:
            body = found
            steps.append(body)
    as_sent = len(steps) > 1 or not answer.headers.get("content-encoding")
    bodiless = answer.status in _BODILESS or chunked or not as_sent
    announced = "" if bodiless else answer.headers.get("content-length", "")
    differs = announced.isdecimal() and int(announced[:18]) != len(answer.body)
    return Payload(data=body, steps=tuple(steps), code="length_differs" if differs else None)


class _StaysPackedError(Exception):
    """A body is left as it is; says why, as a code."""


def _joined(body: bytes) -> bytes | None:
    """Return the content of a body sent in chunks; None where they do not end as they must."""
    content = bytearray()
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        at = match.end()
        if size == 0:
            return bytes(content)
        content += body[at : at + size]
        at += size
        if body[at : at + 2] != b"\r\n":
            return None
        at += 2
    return None


def _undo(body: bytes, *, name: str) -> bytes | None:
    """Return a body unpacked; None where there is nothing to undo.

    Raises:
        _StaysPackedError: The packing is broken, not known, or unpacks to too much.
    """
    if name in ("", "identity") or not body:
        return None
    if name in ("gzip", "x-gzip"):
        return _inflate(body, windows=(_WITH_GZIP_HEAD,)) if body.startswith(_GZIP) else None
    if name == "deflate":
        return _inflate(body, windows=(_WITH_ZLIB_HEAD, _BARE))
    if name == "br" and find_spec("brotli") is not None:
        return _brotli(body)
    raise _StaysPackedError("part_encoded")


def _inflate(body: bytes, *, windows: tuple[int, ...]) -> bytes:
    """Unpack with the first of several forms that fits."""
    for window in windows:
        unpacker = zlib.decompressobj(window)
        try:
            content = _bounded(_deflated(unpacker, body=body), packed=len(body))
        except zlib.error:
            continue
        if unpacker.eof:
            return content
    raise _StaysPackedError("part_encoded")


def _deflated(unpacker: "zlib._Decompress", *, body: bytes) -> Iterator[bytes]:
    """Yield pieces of what a body unpacks to."""
    waiting = body
    while waiting and not unpacker.eof:
        yield unpacker.decompress(waiting, _PIECE)
        waiting = unpacker.unconsumed_tail
    yield unpacker.flush()


def _brotli(body: bytes) -> bytes:
    """Unpack with the library, where it is there."""
    library: Any = import_module("brotli")
    unpacker = library.Decompressor()

    def pieces() -> Iterator[bytes]:
        yield unpacker.process(body, output_buffer_limit=_PIECE)
        while not unpacker.is_finished() and not unpacker.can_accept_more_data():
            yield unpacker.process(b"", output_buffer_limit=_PIECE)

    try:
        content = _bounded(pieces(), packed=len(body))
    except library.error as problem:
        raise _StaysPackedError("part_encoded") from problem
    if not unpacker.is_finished():
        raise _StaysPackedError("part_encoded")
    return content


def _bounded(pieces: Iterator[bytes], *, packed: int) -> bytes:
    """Join pieces, up to what so many packed bytes may give."""
    most = most_unpacked(packed)
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > most:
            raise _StaysPackedError("member_limits")
    return bytes(content)
