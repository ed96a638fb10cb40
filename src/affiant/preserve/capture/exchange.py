"""One exchange with a server: what was asked, what came, and how it failed if it did."""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final

from affiant.preserve.capture.codes import FetchFailedError
from affiant.preserve.capture.connect import Connected, Route, connect
from affiant.preserve.capture.spool import Incoming, Spool
from affiant.preserve.capture.web_address import WebAddress
from affiant.preserve.capture.wire import Head, read_body, read_head, request_bytes

_BLOCK: Final = 1 << 16
Clock = Callable[[], datetime]


def host_clock() -> datetime:
    """Return the host's time in UTC: a claim, not a proof."""
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """Return a time as WARC 1.1 and our records write it, to the microsecond."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request.

    Attributes:
        address: Whom to ask for what.
        agent: What it says it comes from.
        cookie: The ``Cookie`` field, or None.
        most: Bytes of the answer that are taken.
        until: ``monotonic()`` seconds at which to give up.
        spool: The file to take the answer in.
    """

    address: WebAddress
    agent: str
    cookie: str | None
    most: int
    until: float
    spool: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What came of one request.

    Attributes:
        url: What was asked for; as it was given where it is no address.
        began: The host's clock when it began.
        code: How it failed, or None.
        request: The bytes sent, or None where nothing was.
        head: Of the answer, or None.
        answer: The bytes that came, or None where none did.
        ip: Whom we were connected to, or None.
        facts: What else is recorded of it.
    """

    url: str
    began: datetime
    code: str | None
    request: bytes | None = None
    head: Head | None = None
    answer: Spool | None = None
    ip: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class Conversation:
    """The working state of one exchange, so that whatever broke it, what came is kept."""

    def __init__(self, ask: Ask, *, route: Route, clock: Clock) -> None:
        self._ask = ask
        self._route = route
        self._clock = clock
        self._start = monotonic()
        self._taken = 0
        self._request: bytes | None = None
        self._head: Head | None = None
        self._spool: Spool | None = None
        self._facts: dict[str, Any] = {}
        self._socket: socket.socket | None = None

    def hold(self) -> Exchange:
        """Ask and take the answer; a failure is a result, not an error."""
        began, code, ip = self._clock(), None, None
        try:
            connected = connect(self._ask.address, route=self._route)
            self._facts.update(connected.facts)
            ip = connected.ip
            self._talk(connected)
        except FetchFailedError as failure:
            code = failure.code
            self._facts.update(failure.facts)
        except TimeoutError:
            code = "too_slow" if monotonic() >= self._ask.until else "silent"
        except ssl.SSLError:
            code = "tls_failed"
        except OSError:
            code = "connection_reset"
        finally:
            if self._socket is not None:
                self._socket.close()
            if self._spool is not None:
                self._spool.close()
        self._facts["ended_ms"] = self._since()
        if self._head is not None and self._head.interim:
            self._facts["interim"] = [raw.decode("latin-1") for raw in self._head.interim]
        return Exchange(
            url=self._ask.address.url,
            began=began,
            code=code,
            request=self._request,
            head=self._head,
            answer=self._spool if self._spool is not None and self._spool.size else None,
            ip=ip,
            facts=self._facts,
        )

    def _talk(self, connected: Connected) -> None:
        """Send the request, then take head and body as they come."""
        self._socket = connected.socket
        request = request_bytes(self._ask.address, agent=self._ask.agent, cookie=self._ask.cookie)
        self._wait()
        self._request = request
        self._socket.sendall(request)
        self._spool = Spool(self._ask.spool)
        incoming = Incoming(self._receive)
        most = min(self._route.caps.head_bytes, self._ask.most)
        self._head = read_head(incoming, most=most, keep=self._spool.write_head)
        self._facts["head_ms"] = self._since()
        self._facts["host_clock"] = written(self._clock())
        self._facts["ends_by"] = read_body(incoming, head=self._head, keep=self._keep)
        self._facts["surplus"] = incoming.left

    def _keep(self, data: bytes) -> None:
        """Keep bytes of the body, no more than asked for."""
        if self._spool is None:
            raise ValueError("nothing is kept before it is asked for")
        room = self._ask.most - self._spool.size
        self._spool.write(data[:room])
        if len(data) > room:
            raise FetchFailedError("too_large")

    def _receive(self) -> bytes:
        """Return the next bytes; never wait longer than either limit."""
        self._wait()
        return b"" if self._socket is None else self._socket.recv(_BLOCK)

    def _wait(self) -> None:
        """Set how long the next step may take."""
        left = self._ask.until - monotonic()
        if left <= 0:
            raise FetchFailedError("too_slow")
        if self._socket is not None:
            self._socket.settimeout(min(left, self._route.caps.silence_s))

    def _since(self) -> int:
        return int((monotonic() - self._start) * 1000)
