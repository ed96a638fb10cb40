"""A web site on this machine for tests: it sends exactly what a test wants, and remembers it."""

import gzip
import socket
import ssl
import struct
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8ffff3f0005fe02fea735816400000000"
    "49454e44ae426082"
)
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>The mill at Qarsan</title>
<link rel="stylesheet" href="/style.css"><script src="script.js"></script>
<style>body { background: url('/inline.png') }</style></head>
<body background="/old.png"><h1>گزارش آسیاب</h1>
<img src="/one.png" srcset="/one-2x.png 2x, /one-3x.png 3x"><img src='/two.png?a=1&amp;b=2'>
<img src="data:image/png;base64,AAAA"><a href="/not-fetched">elsewhere</a>
<iframe src="/frame.html"></iframe><img src="/absent.png"></body></html>
"""
STYLE = '@import "more.css"; h1 { background: url(/deep.png) }'
REQUISITES = {
    *("/style.css", "/script.js", "/inline.png", "/old.png", "/one.png", "/one-2x.png"),
    *("/one-3x.png", "/two.png?a=1&b=2", "/frame.html", "/absent.png", "/more.css", "/deep.png"),
}


def answer(body: bytes, /, *more: str, kind: str = "text/html; charset=utf-8", status="200 OK"):
    """Return a whole answer with its length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def sent_on(target: str, /, *more: str) -> bytes:
    """Return a redirect."""
    return answer(b"", f"Location: {target}", *more, status="302 Found")


def chunked(*parts: bytes, more: str = "") -> bytes:
    """Return an answer in chunks."""
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n{more}\r\n"
    )
    body = b"".join(b"%x;x=y\r\n%b\r\n" % (len(part), part) for part in parts)
    return head.encode() + body + b"0\r\nX-Trailer: t\r\n\r\n"


REMEMBERED = 4_000_000
Pieces = Callable[["Handler"], Iterator[bytes]]


class Handler(BaseHTTPRequestHandler):
    """Sends the bytes that its path stands for, and nothing of its own."""

    def do_GET(self) -> None:
        """Look the path up in the site and send what it gives."""
        site: Site = self.server.site
        path = urlsplit(self.path).path
        site.asked.append(self.path)
        site.heads.append((self.path, dict(self.headers.items())))
        self.close_connection = True
        pieces = site.pages.get(path) or PAGES.get(path) or _absent
        try:
            for piece in pieces(self):
                site.digests[self.path].update(piece)
                if len(site.sent[self.path]) < REMEMBERED:
                    site.sent[self.path] += piece
                self.wfile.write(piece)
        except OSError:
            return  # the other side gave up, as it may

    def query(self, name: str) -> str:
        """Return a value of the query."""
        return unquote(parse_qs(urlsplit(self.path).query)[name][0])

    def break_off(self) -> None:
        """Reset the connection."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _once(data: bytes) -> Pieces:
    return lambda _: iter([data])


def _absent(_: Handler) -> Iterator[bytes]:
    yield answer(b"not here", status="404 Not Found")


def _big(handler: Handler) -> Iterator[bytes]:
    size = int(handler.query("size"))
    yield answer(b"", kind="application/octet-stream").replace(
        b"Content-Length: 0", b"Content-Length: %d" % size
    )
    block = bytes(range(256)) * 256
    for _ in range(size // len(block)):
        yield block
    yield block[: size % len(block)]


def _drip(_: Handler) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    for _ in range(100):
        sleep(0.1)
        yield b"."


def _silent(_: Handler) -> Iterator[bytes]:
    sleep(3)
    yield b""


def _half(handler: Handler) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it"
    sleep(0.2)
    handler.break_off()


def _reset(handler: Handler) -> Iterator[bytes]:
    handler.break_off()
    yield b""


def _cookie(handler: Handler) -> Iterator[bytes]:
    if handler.headers.get("Cookie") == "visit=1":
        yield answer(b"you were here")
    else:
        yield sent_on("/cookie", "Set-Cookie: visit=1; Path=/; HttpOnly")


def _redirect(handler: Handler) -> Iterator[bytes]:
    left = int(handler.query("left"))
    yield sent_on(f"/redirect?left={left - 1}") if left else answer(b"at the end")


def _to(handler: Handler) -> Iterator[bytes]:
    yield sent_on(handler.query("url"))


_TEXT = "the mill " * 500
PAGES: dict[str, Pieces] = {
    "/": _once(answer(PAGE.encode(), "Date: Wed, 21 Oct 2015 07:28:00 GMT")),
    "/plain": _once(answer(b"<p>plain</p>")),
    "/frame.html": _once(answer(b"<img src=/not-of-the-page.png>")),
    "/style.css": _once(answer(STYLE.encode(), kind="text/css")),
    "/more.css": _once(answer(b"p { color: red }", kind="text/css")),
    "/script.js": _once(answer(b"1;", kind="text/javascript")),
    "/gzip": _once(answer(gzip.compress(_TEXT.encode(), mtime=0), "Content-Encoding: gzip")),
    "/gzip-page": _once(
        answer(gzip.compress(b"<img src=/one.png>", mtime=0), "Content-Encoding: gzip")
    ),
    "/chunked": _once(chunked(b"first ", b"second")),
    "/broken-chunk": _once(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\nzz\r\n"
    ),
    "/cut-chunk": _once(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nfirst"),
    "/short": _once(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"),
    "/surplus": _once(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more"),
    "/until-close": _once(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nto the end"),
    "/two-lengths": _once(
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"
    ),
    "/early": _once(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + answer(b"after hints")),
    "/not-http": _once(b"SSH-2.0-OpenSSH_9.2\r\nand more\r\n"),
    "/no-status": _once(b"hello\r\n\r\nworld"),
    "/nothing": _once(b""),
    "/cut-head": _once(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "/huge-head": _once(answer(b"x", *(f"X-{number}: {'y' * 1000}" for number in range(600)))),
    "/odd-head": _once(b"HTTP/1.1 200\nX-Bare: 1\n no colon here\nContent-Length: 3\n\nabc"),
    "/loop": _once(sent_on("/loop-2")),
    "/loop-2": _once(sent_on("/loop")),
    "/fragment": _once(sent_on("/plain#part")),
    "/bad-location": _once(sent_on("http://[::1")),
    "/gone": _once(answer(b"gone", status="410 Gone")),
    "/big": _big,
    "/drip": _drip,
    "/silent": _silent,
    "/half": _half,
    "/reset": _reset,
    "/cookie": _cookie,
    "/redirect": _redirect,
    "/to": _to,
    **{
        path: _once(answer(PNG, kind="image/png"))
        for path in ("/one.png", "/one-2x.png", "/one-3x.png", "/two.png", "/old.png")
    },
    "/inline.png": _once(answer(PNG, kind="image/png")),
    "/deep.png": _once(answer(PNG, kind="image/png")),
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Say nothing: broken connections are what is tested."""


class _SixthServer(_Server):
    address_family = socket.AF_INET6


@dataclass
class Site:
    """A running site.

    ``sent`` maps each path to the bytes that were sent for it (the first of many),
    ``digests`` to a hash of all of them; ``asked`` lists the paths.
    """

    host: str
    port: int
    scheme: str = "http"
    pages: dict[str, Pieces] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sent: dict[str, bytearray] = field(default_factory=lambda: defaultdict(bytearray))
    digests: dict[str, Any] = field(default_factory=lambda: defaultdict(sha256))

    @property
    def authority(self) -> str:
        """Host and port."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        return f"{self.scheme}://{self.authority}{path}"

    def page(self, path: str, data: bytes) -> str:
        """Have a path answered with these bytes; return its address."""
        self.pages[path] = _once(data)
        return self.url(path)


@contextmanager
def running_site(*, host: str = "127.0.0.1", context: ssl.SSLContext | None = None):
    """Run a site until the end of the block."""
    server = (_SixthServer if ":" in host else _Server)((host, 0), Handler)
    site = Site(host, server.server_address[1], "https" if context else "http")
    server.site = site
    if context is not None:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Trap:
    """A listener that nobody may reach; it counts who did."""

    host: str
    port: int
    connections: list[str] = field(default_factory=list)
    datagrams: list[bytes] = field(default_factory=list)


@contextmanager
def trap(*, host: str = "127.0.0.1"):
    """Listen on a port, over TCP and UDP, and count."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, 0), family=family)
    port = listener.getsockname()[1]
    udp = socket.socket(family, socket.SOCK_DGRAM)
    udp.bind((host, port))
    caught = Trap(host, port)

    def accept() -> None:
        while True:
            try:
                connection, peer = listener.accept()
            except OSError:
                return
            caught.connections.append(str(peer))
            connection.close()

    def receive() -> None:
        while True:
            try:
                caught.datagrams.append(udp.recv(2048))
            except OSError:
                return
            if not caught.datagrams[-1]:
                return

    threading.Thread(target=accept, daemon=True).start()
    threading.Thread(target=receive, daemon=True).start()
    try:
        yield caught
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        udp.close()


def certificate(folder: Path, openssl: str, *, name: str = "127.0.0.1") -> tuple[Path, Path]:
    """Make a certificate that signs itself; return it and its key."""
    kind = "IP" if name[0].isdigit() else "DNS"
    made, key = folder / "site.pem", folder / "site.key"
    subprocess.run(
        [
            *(
                openssl,
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
            ),
            *("-subj", "/CN=Qarsan mill", "-addext", f"subjectAltName={kind}:{name}"),
            *("-keyout", key, "-out", made),
        ],
        check=True,
        capture_output=True,
    )
    return made, key


def serving(made: Path, key: Path) -> ssl.SSLContext:
    """Return a server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context
