"""A SOCKS5 client, as Tor and ``ssh -D`` are spoken to; the proxy looks the name up.

Source: RFC 1928.
"""

import ipaddress
import re
import socket
from typing import Final

from affiant.errors import BadInputError
from affiant.preserve.capture.codes import FetchFailedError

_SPELLINGS: Final = re.compile(r"(?:socks5h://)?(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})/?")
_VERSION, _CONNECT, _NAME, _FOURTH, _SIXTH = 5, 1, 3, 1, 4


def read_proxy(text: str) -> tuple[str, int]:
    """Return host and port of ``socks5h://HOST:PORT`` or ``HOST:PORT``.

    Raises:
        BadInputError: It is neither; the host is a network address, so that nothing is
            looked up on the way to it.
    """
    found = _SPELLINGS.fullmatch(text)
    host = found[1].strip("[]") if found else ""
    try:
        host = "127.0.0.1" if host == "localhost" else str(ipaddress.ip_address(host))
        port = int(found[2]) if found else 0
        if not 0 < port < 65536:
            raise ValueError(text)
    except ValueError as problem:
        raise BadInputError(
            f"{text!r} is not a SOCKS5 proxy",
            remedy="Give its network address and port, as --proxy socks5h://127.0.0.1:9050 (Tor).",
        ) from problem
    return host, port


def ask_proxy(made: socket.socket, *, host: str, port: int) -> None:
    """Have a proxy connect to a host.

    Raises:
        FetchFailedError: It does not.
    """
    try:
        made.sendall(bytes((_VERSION, 1, 0)))
        if _take(made, count=2) != bytes((_VERSION, 0)):
            raise FetchFailedError("proxy_failed", facts={"proxy": "wants a password"})
        made.sendall(bytes((_VERSION, _CONNECT, 0)) + _destination(host) + port.to_bytes(2, "big"))
        version, reply, _, kind = _take(made, count=4)
        if version != _VERSION or reply != 0:
            raise FetchFailedError("proxy_failed", facts={"proxy": f"reply {reply}"})
        lengths = {_FOURTH: 4, _SIXTH: 16}
        _take(made, count=lengths[kind] if kind in lengths else _take(made, count=1)[0])
        _take(made, count=2)
    except OSError as problem:
        made.close()
        raise FetchFailedError("proxy_failed") from problem
    except FetchFailedError:
        made.close()
        raise


def _destination(host: str) -> bytes:
    """Return a host as the protocol has it: a name stays a name."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        name = host.encode("ascii")
        return bytes((_NAME, len(name))) + name
    return bytes((_FOURTH if address.version == 4 else _SIXTH,)) + address.packed


def _take(made: socket.socket, *, count: int) -> bytes:
    """Receive exactly so many bytes."""
    found = b""
    while len(found) < count:
        more = made.recv(count - len(found))
        if not more:
            raise FetchFailedError("proxy_failed")
        found += more
    return found
