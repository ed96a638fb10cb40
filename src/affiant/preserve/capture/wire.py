"""HTTP/1.1 as it stands on the wire: one request, one answer, every byte kept as it came.

The body keeps its chunks and its compression. What is not HTTP is not mended: it is kept as far
as it came, with a code that says how it broke.

Source: RFC 9112, sections 4, 6 and 7.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from affiant.preserve.capture.codes import FetchFailedError
from affiant.preserve.capture.spool import Incoming
from affiant.preserve.capture.web_address import WebAddress

_STATUS: Final = re.compile(rb"HTTP/1\.[0-9] ([1-9][0-9]{2})(?:[ \t].*)?")
_FIELD: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*)")
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_LINE: Final = 16 << 10
_INTERIM: Final = 8
_NO_BODY: Final = (204, 304)

Keep = Callable[[bytes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an answer.

    Attributes:
        status: Three digits.
        fields: Names in small letters and values, in order.
        raw: Its bytes, the empty line too.
        interim: Heads that came before it (status 1xx), as bytes.
    """

    status: int
    fields: tuple[tuple[str, str], ...]
    raw: bytes
    interim: tuple[bytes, ...] = ()

    def all(self, name: str) -> list[str]:
        """Return the values of a field."""
        return [value for found, value in self.fields if found == name]

    def one(self, name: str) -> str | None:
        """Return the first value of a field, or None."""
        return next(iter(self.all(name)), None)


def request_bytes(address: WebAddress, *, agent: str, cookie: str | None) -> bytes:
    """Return the request, which names nobody and says nothing of this machine."""
    fields = [
        f"GET {address.target} HTTP/1.1",
        f"Host: {address.authority}",
        f"User-Agent: {agent}",
        "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Encoding: gzip",
        "Connection: close",
    ]
    if cookie:
        fields.append(f"Cookie: {cookie}")
    return ("\r\n".join(fields) + "\r\n\r\n").encode("latin-1")


def read_head(incoming: Incoming, *, most: int, keep: Keep) -> Head:
    """Read the head of an answer; heads that only announce it are set aside.

    Args:
        incoming: Where it comes from.
        most: Bytes that all heads may take.
        keep: Gets the bytes of the head, also where it breaks off.

    Raises:
        FetchFailedError: It is no head, too large, or ends early.
    """
    interim: list[bytes] = []
    left = most
    while True:
        raw = bytearray()
        try:
            _gather(incoming, raw=raw, most=left)
            head = _parsed(bytes(raw))
        except FetchFailedError as failure:
            keep(bytes(raw))
            if raw and not raw.startswith(b"HTTP/"):
                raise FetchFailedError("head_broken") from failure
            raise
        left -= len(raw)
        if head.status >= 200 or head.status == 101 or len(interim) >= _INTERIM:
            keep(bytes(raw))
            return Head(
                status=head.status, fields=head.fields, raw=head.raw, interim=tuple(interim)
            )
        interim.append(bytes(raw))


def _gather(incoming: Incoming, *, raw: bytearray, most: int) -> None:
    """Gather the lines of a head, the empty one too."""
    while True:
        line = incoming.line(min(_LINE, most - len(raw)) if len(raw) < most else 0)
        raw += line
        if not line.endswith(b"\n"):
            if len(raw) >= most or len(line) >= _LINE:
                raise FetchFailedError("head_too_large")
            raise FetchFailedError("body_short" if raw else "no_answer")
        if not line.strip():
            return


def _parsed(raw: bytes) -> Head:
    """Return a head from its bytes; lines that are no fields are kept and not understood."""
    lines = raw.splitlines()
    status = _STATUS.fullmatch(lines[0].rstrip()) if lines else None
    if status is None:
        raise FetchFailedError("head_broken")
    found = [_FIELD.fullmatch(line.rstrip()) for line in lines[1:]]
    fields = [
        (each[1].decode("ascii").lower(), each[2].decode("latin-1")) for each in found if each
    ]
    return Head(status=int(status[1]), fields=tuple(fields), raw=raw)


def read_body(incoming: Incoming, *, head: Head, keep: Keep) -> str:
    """Read the body that a head announces; return how its end was known.

    Args:
        incoming: Where it comes from.
        head: What was announced.
        keep: Gets the bytes as they come, chunks and all.

    Returns:
        ``none``, ``chunked``, ``length`` or ``close``.

    Raises:
        FetchFailedError: Fewer bytes came, or chunks are broken; what came was kept.
    """
    if head.status in _NO_BODY or head.status < 200:
        return "none"
    if head.all("transfer-encoding"):
        if head.all("transfer-encoding")[-1].rpartition(",")[2].strip().lower() == "chunked":
            read_chunks(incoming, raw=keep, data=lambda _: None)
            return "chunked"
        _to_the_end(incoming, keep=keep)
        return "close"
    lengths = {part.strip() for value in head.all("content-length") for part in value.split(",")}
    if not lengths:
        _to_the_end(incoming, keep=keep)
        return "close"
    [*most_often] = lengths
    if len(most_often) > 1 or not re.fullmatch(r"[0-9]{1,18}", most_often[0]):
        _to_the_end(incoming, keep=keep)
        raise FetchFailedError("head_broken")
    _pass_on(incoming, count=int(most_often[0]), keep=keep)
    return "length"


def _to_the_end(incoming: Incoming, *, keep: Keep) -> None:
    """Keep whatever comes until the connection closes."""
    while found := incoming.more():
        keep(found)


def _pass_on(incoming: Incoming, *, count: int, keep: Keep) -> None:
    """Keep exactly so many bytes."""
    while count > 0:
        found = incoming.some(count)
        if not found:
            raise FetchFailedError("body_short")
        keep(found)
        count -= len(found)


def read_chunks(incoming: Incoming, *, raw: Keep, data: Keep) -> None:
    """Read a body in chunks.

    Args:
        incoming: Where it comes from.
        raw: Gets every byte as it came.
        data: Gets what the chunks hold.

    Raises:
        FetchFailedError: A chunk is broken, or the body ends early.
    """

    def both(found: bytes) -> None:
        raw(found)
        data(found)

    while True:
        line = _line(incoming, raw=raw)
        size = _CHUNK.fullmatch(line)
        if size is None:
            _to_the_end(incoming, keep=raw)
            raise FetchFailedError("chunk_broken")
        if int(size[1], 16) == 0:
            break
        _pass_on(incoming, count=int(size[1], 16), keep=both)
        if _line(incoming, raw=raw).strip(b"\r\n"):
            _to_the_end(incoming, keep=raw)
            raise FetchFailedError("chunk_broken")
    while _line(incoming, raw=raw).strip():
        pass


def _line(incoming: Incoming, *, raw: Keep) -> bytes:
    """Take a line and keep it."""
    line = incoming.line(_LINE)
    raw(line)
    if not line:
        raise FetchFailedError("body_short")
    return line
