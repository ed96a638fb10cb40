"""The browser's only way out: a proxy on this machine that reaches what we would reach, no more.

Whatever the browser asks for, be it by a redirect, a script or a web socket, comes here as a
host and a port, is looked up once here, checked here, and connected to from here. What the
page did not ask for, as what a browser asks its maker for by itself, is refused unlooked-up.
"""

import re
import select
import socket
import threading
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from affiant.preserve.capture.codes import FetchFailedError
from affiant.preserve.capture.connect import Route, connect
from affiant.preserve.capture.spool import Incoming
from affiant.preserve.capture.web_address import WebAddress, read_address

_REQUEST: Final = re.compile(rb"([A-Z]{3,20}) (\S{1,16384}) HTTP/1\.[01]\r?\n")
_HEAD: Final = 256 << 10
_BLOCK: Final = 1 << 16
_PATIENCE_S: Final = 60
_NEWS_S: Final = 3.0
_MOST_NOTED: Final = 500
_MOST_AT_ONCE: Final = 64


class Gate:
    """A proxy that listens on loopback until it is closed.

    Args:
        route: How connections are made, and what may be reached.
        until: ``monotonic()`` seconds after which nothing passes.
        most: Bytes that may come in through it.
    """

    def __init__(self, route: Route, *, until: float, most: int) -> None:
        self.refused: list[dict[str, Any]] = []
        self._route = route
        self._until = until
        self._left = most
        self._lock = threading.Condition()
        self._announced: set[tuple[str, int]] = set()
        self._free = threading.BoundedSemaphore(_MOST_AT_ONCE)
        self._server = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def announce(self, url: str) -> None:
        """Let what the page asks for be asked for; whether it may be reached is checked then."""
        plain = url.replace("ws", "http", 1) if url.startswith("ws") else url
        try:
            address = read_address(plain)
        except FetchFailedError as failure:
            if url.startswith("http"):
                self._note(url, code=failure.code)
            return
        with self._lock:
            self._announced.add((address.host, address.port))
            self._lock.notify_all()

    def _was_announced(self, address: WebAddress) -> bool:
        """Tell whether the page asked for this host; the news may come a moment later."""
        place = (address.host, address.port)
        with self._lock:
            return self._lock.wait_for(lambda: place in self._announced, timeout=_NEWS_S)

    def close(self) -> None:
        """Let nothing more pass."""
        self._until = 0.0
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def __enter__(self) -> "Gate":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        """Take connections until closed."""
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        """Serve one connection of the browser."""
        with self._free, client:
            client.settimeout(_PATIENCE_S)
            try:
                self._talk(client)
            except OSError:
                return  # either end went away; the browser logs it as a failed request

    def _talk(self, client: socket.socket) -> None:
        """Read what is asked for, connect if it may be reached, and pass bytes on."""
        incoming = Incoming(lambda: client.recv(_BLOCK))
        first, fields = _head(incoming)
        asked = _REQUEST.fullmatch(first)
        if asked is None:
            client.sendall(_answer("400 Bad Request"))
            return
        tunnel = asked[1] == b"CONNECT"
        target = asked[2].decode("latin-1")
        try:
            address = read_address(f"https://{target}/" if tunnel else target)
            if not tunnel and address.scheme != "http":
                raise FetchFailedError("scheme_refused")
            if not self._was_announced(address):
                raise FetchFailedError("not_by_the_page")
            connected = connect(address, route=self._route, plain=True)
        except FetchFailedError as failure:
            self._note(target, code=failure.code)
            client.sendall(_answer("403 Forbidden"))
            return
        with connected.socket as server:
            if tunnel:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                server.sendall(_forwarded(asked[1], address=address, fields=fields))
            if incoming.left:
                server.sendall(incoming.more())
            self._pump(client, server=server)

    def _note(self, target: str, *, code: str) -> None:
        """Note that the browser was refused something."""
        with self._lock:
            if len(self.refused) < _MOST_NOTED:
                self.refused.append({"asked": target[:500], "code": code})

    def _pump(self, client: socket.socket, *, server: socket.socket) -> None:
        """Pass bytes both ways until an end closes or a limit is reached."""
        other = {client: server, server: client}
        while monotonic() < self._until:
            ready, _, _ = select.select(list(other), [], [], 0.5)
            for end in ready:
                data = end.recv(_BLOCK)
                if not data or (end is server and not self._spend(len(data))):
                    return
                other[end].sendall(data)

    def _spend(self, count: int) -> bool:
        """Count bytes that came in; False where there were too many."""
        with self._lock:
            self._left -= count
            return self._left >= 0


def _head(incoming: Incoming) -> tuple[bytes, list[bytes]]:
    """Return the first line of a request, and its fields."""
    first, fields, size = incoming.line(_HEAD), [], 0
    while (line := incoming.line(_HEAD)).strip():
        fields.append(line)
        size += len(line)
        if size > _HEAD:
            raise OSError("the head of the browser's request is too large")
    return first, fields


def _forwarded(method: bytes, *, address: WebAddress, fields: list[bytes]) -> bytes:
    """Return a request as the server gets it: one for each connection, nothing of the proxy."""
    ours = (b"proxy-", b"connection:", b"keep-alive:", b"host:")
    kept = [line for line in fields if not line.lower().startswith(ours)]
    first = method + b" " + address.target.encode("ascii") + b" HTTP/1.1\r\n"
    host = b"Host: " + address.authority.encode("ascii") + b"\r\n"
    return first + host + b"".join(kept) + b"Connection: close\r\n\r\n"


def _answer(status: str) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("ascii")
