"""A time-stamp query over HTTP: one request, bounded in time and size, and nothing else.

Source: RFC 3161, section 3.4.
"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from affiant.errors import NoReplyError
from affiant.store.authorities import check_address

PATIENCE_S: Final = 30.0
LARGEST_REPLY: Final = 1 << 16
_QUERY: Final = "application/timestamp-query"
_REPLY: Final = "application/timestamp-reply"


def send_query(address: str, *, query: bytes, patience_s: float = PATIENCE_S) -> bytes:
    """Send a query and return the reply's bytes, whatever they are.

    No redirect is followed, no proxy, cookie, password or other setting of the user's is taken
    up; whatever the server sends beyond a reply's size, or after our patience, is not read.

    Args:
        address: ``http:`` or ``https:``.
        query: DER.
        patience_s: Seconds for all of it, from the connection's first packet.

    Raises:
        NoReplyError: Nobody answers there, or not with a reply.
    """
    parts = urlsplit(check_address(address))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    heads = {"Content-Type": _QUERY, "Accept": _REPLY}
    late = threading.Event()
    reply, failure = b"", None
    try:
        connection = _connection(address, patience_s=patience_s)
        with _ending(connection, after_s=patience_s, late=late):
            connection.request("POST", path, body=query, headers=heads)
            reply = _body(connection.getresponse())
    except (OSError, HTTPException, ValueError, NoReplyError) as problem:
        failure = problem
    if late.is_set() or isinstance(failure, TimeoutError):  # cut off, it looks like an end
        raise _no_reply(f"no whole answer within {patience_s:g} seconds") from failure
    if isinstance(failure, NoReplyError):
        raise failure
    if failure is not None:
        reason = getattr(failure, "strerror", None) or type(failure).__name__
        raise _no_reply(f"the connection failed: {reason}") from failure
    return reply


def _connection(address: str, *, patience_s: float) -> HTTPConnection:
    """Return a connection that is not made yet."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        trusting = ssl.create_default_context()
        return HTTPSConnection(host, parts.port, timeout=patience_s, context=trusting)
    return HTTPConnection(host, parts.port, timeout=patience_s)


@contextmanager
def _ending(connection: HTTPConnection, *, after_s: float, late: threading.Event) -> Iterator[None]:
    """Connect, and cut the connection off when time is up, however slowly it drips."""
    held: list[socket.socket] = []

    def cut() -> None:
        late.set()
        for each in held:
            with suppress(OSError):  # it may be closed already
                each.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(after_s, cut)
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        held.append(connection.sock)
        if late.is_set():
            raise TimeoutError
        yield
    finally:
        timer.cancel()
        connection.close()


def _body(response: HTTPResponse) -> bytes:
    """Return the body of a good answer."""
    if response.status != 200:
        moved = " (it names another address)" if response.getheader("Location") else ""
        raise _no_reply(f"the server answers with HTTP status {response.status}{moved}")
    body = response.read(LARGEST_REPLY + 1)
    if len(body) > LARGEST_REPLY:
        raise _no_reply(f"the answer is larger than {LARGEST_REPLY} bytes")
    if not body:
        raise _no_reply("the answer is empty")
    return body


def _no_reply(problem: str) -> NoReplyError:
    return NoReplyError(
        problem, remedy="See that you are online and that the address is right; ask again later."
    )
