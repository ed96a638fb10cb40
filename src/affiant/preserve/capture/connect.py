"""A connection to exactly the network address that was looked up once and checked."""

import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final, Protocol

from affiant.preserve.capture.certificates import chain_of, why_not_trusted
from affiant.preserve.capture.codes import FetchFailedError
from affiant.preserve.capture.job import Caps
from affiant.preserve.capture.reach import Reach
from affiant.preserve.capture.socks import ask_proxy
from affiant.preserve.capture.web_address import Address, WebAddress

Resolve = Callable[[str], Sequence[str]]

_TRIES: Final = 3


class Dial(Protocol):
    """Connects to one network address and port."""

    def __call__(self, place: tuple[str, int], *, seconds: float) -> socket.socket:
        """Return the connection, made in so many seconds at most."""
        ...


def look_up(host: str) -> Sequence[str]:
    """Return the network addresses of a name, as the system knows them.

    Raises:
        FetchFailedError: It has none.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise FetchFailedError("name_not_resolved") from problem
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def dial(place: tuple[str, int], *, seconds: float) -> socket.socket:
    """Connect to one network address; no name is looked up here."""
    family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.settimeout(seconds)
        made.connect(place)
    except OSError:
        made.close()
        raise
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How connections are made.

    Attributes:
        reach: What may be reached.
        caps: What it may take at most.
        proxy: Host and port of a SOCKS5 proxy, or None.
        insecure: Go on where a certificate cannot be trusted.
        resolve: Looks a name up.
        dial: Connects to a network address.
    """

    reach: Reach
    caps: Caps
    proxy: tuple[str, int] | None = None
    insecure: bool = False
    resolve: Resolve = look_up
    dial: Dial = dial


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """An open connection.

    Attributes:
        socket: To send and receive on.
        ip: The network address at its other end; None where a proxy chose it.
        facts: What is recorded of it: addresses found, TLS, milliseconds.
    """

    socket: socket.socket
    ip: str | None
    facts: dict[str, Any] = field(default_factory=dict)


def connect(address: WebAddress, *, route: Route, plain: bool = False) -> Connected:
    """Look the host up once, check what was found, connect to that, agree on encryption.

    Args:
        address: Whom to ask.
        route: How, and what may be reached.
        plain: Leave encryption to who asked (a browser behind our proxy).

    Raises:
        FetchFailedError: Refused, or not possible; its facts say what is known.
    """
    began = monotonic()
    facts: dict[str, Any] = {}
    try:
        route.reach.check_asked(address)
        made, ip = _reach(address, route=route, facts=facts)
        facts["connected_ms"] = _since(began)
        if address.scheme == "https" and not plain:
            made = _secured(made, address=address, route=route, facts=facts)
            facts["secured_ms"] = _since(began)
    except FetchFailedError as failure:
        raise FetchFailedError(failure.code, facts={**facts, **failure.facts}) from failure
    return Connected(socket=made, ip=ip, facts=facts)


def _reach(
    address: WebAddress, *, route: Route, facts: dict[str, Any]
) -> tuple[socket.socket, str | None]:
    """Connect, over the proxy where there is one."""
    if route.proxy is not None:
        facts["proxied"] = True
        with _network_errors(facts):
            made = route.dial(route.proxy, seconds=route.caps.connect_s)
        ask_proxy(made, host=address.host, port=address.port)
        return made, None
    began = monotonic()
    candidates = _candidates(address, route=route, facts=facts)
    facts["resolved_ms"] = _since(began)
    for number, candidate in enumerate(candidates):
        facts["ip"] = str(candidate)
        try:
            with _network_errors(facts):
                made = route.dial((str(candidate), address.port), seconds=route.caps.connect_s)
                return made, str(candidate)
        except FetchFailedError:
            if number == len(candidates) - 1:
                raise
    raise FetchFailedError("name_not_resolved")


def _candidates(address: WebAddress, *, route: Route, facts: dict[str, Any]) -> list[Address]:
    """Return the network addresses to try: looked up once, only such as may be reached.

    Raises:
        FetchFailedError: There are none, or none that may be reached.
    """
    if address.literal is not None:
        found: list[Address] = [address.literal]
    else:
        found = [ipaddress.ip_address(text) for text in _in_time(route, host=address.host)]
    facts["found"] = [str(each) for each in found[:16]]
    fit, refusal = [], FetchFailedError("name_not_resolved")
    for each in found:
        try:
            route.reach.check(each, port=address.port)
        except FetchFailedError as failure:
            refusal = failure
        else:
            fit.append(each)
    if not fit:
        raise refusal
    return fit[:_TRIES]


def _in_time(route: Route, *, host: str) -> Sequence[str]:
    """Look a name up, but no longer than a connection may take."""
    answers: queue.Queue[Sequence[str] | FetchFailedError] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(route.resolve(host))
        except FetchFailedError as failure:
            answers.put(failure)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=route.caps.connect_s)
    except queue.Empty as problem:
        raise FetchFailedError("resolving_timed_out") from problem
    if isinstance(answer, FetchFailedError):
        raise answer
    return answer


def _secured(
    made: socket.socket, *, address: WebAddress, route: Route, facts: dict[str, Any]
) -> socket.socket:
    """Agree on encryption; the certificates are recorded whether trusted or not."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    try:
        wrapped = _handshake(made, context=context, host=address.host)
    except ssl.SSLCertVerificationError as problem:
        reason = why_not_trusted(problem)
        wrapped = _untrusted(address, route=route, facts=facts)
        facts["tls"] = {**_tls(wrapped), "trusted": False, "why_not": reason}
        if not route.insecure:
            wrapped.close()
            raise FetchFailedError("certificate_not_trusted") from problem
        return wrapped
    facts["tls"] = {**_tls(wrapped), "trusted": True, "why_not": None}
    return wrapped


def _untrusted(address: WebAddress, *, route: Route, facts: dict[str, Any]) -> ssl.SSLSocket:
    """Connect to the same network address again, to have what it shows without trusting it."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    with _network_errors(facts):
        if route.proxy is not None:
            made = route.dial(route.proxy, seconds=route.caps.connect_s)
            ask_proxy(made, host=address.host, port=address.port)
        else:
            made = route.dial((facts["ip"], address.port), seconds=route.caps.connect_s)
    return _handshake(made, context=context, host=address.host)


def _handshake(made: socket.socket, *, context: ssl.SSLContext, host: str) -> ssl.SSLSocket:
    """Agree on encryption for a host.

    Raises:
        SSLCertVerificationError: The certificate cannot be trusted for this name.
        FetchFailedError: Nothing was agreed on.
    """
    try:
        return context.wrap_socket(made, server_hostname=host)
    except ssl.SSLCertVerificationError:
        made.close()
        raise
    except TimeoutError as problem:
        made.close()
        raise FetchFailedError("silent") from problem
    except (OSError, ValueError) as problem:
        made.close()
        raise FetchFailedError("tls_failed") from problem


def _tls(made: ssl.SSLSocket) -> dict[str, Any]:
    """Return what was agreed on, and the certificates that were shown."""
    cipher = made.cipher()
    return {
        "protocol": made.version(),
        "cipher": cipher[0] if cipher else None,
        "chain": chain_of(made),
    }


@contextmanager
def _network_errors(facts: dict[str, Any]) -> Iterator[None]:
    """Name the system's refusals by our codes."""
    try:
        yield
    except TimeoutError as problem:
        raise FetchFailedError("connection_timed_out", facts=facts) from problem
    except ConnectionRefusedError as problem:
        raise FetchFailedError("connection_refused", facts=facts) from problem
    except OSError as problem:
        more = {**facts, "errno": problem.errno or 0}
        raise FetchFailedError("connection_failed", facts=more) from problem


def _since(began: float) -> int:
    return int((monotonic() - began) * 1000)
