"""Which network addresses a capture may reach: the public ones, and those named by the user.

Source: IANA special-purpose address registries for IPv4 and IPv6; RFC 6890, 6598, 3056, 4380,
6052, 8215, 4291, 5214.
"""

import ipaddress
from dataclasses import dataclass
from typing import Final

from affiant.errors import BadInputError
from affiant.preserve.capture.codes import FetchFailedError
from affiant.preserve.capture.web_address import Address, WebAddress

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

ORDINARY_PORTS: Final = frozenset({80, 443, 8080, 8443})
# The second of the two is a cloud provider's inner service at a public address.
_FORBIDDEN_4: Final = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",
    )
)
# Everything outside is loopback, mapped, NAT64, local, link-local, multicast or not given out.
_GIVEN_OUT_6: Final = ipaddress.IPv6Network("2000::/3")
_FORBIDDEN_6: Final = tuple(
    ipaddress.IPv6Network(text)
    # protocols, with Teredo; documentation; 6to4; AS112; documentation
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
_ISATAP: Final = (0x00005EFE, 0x02005EFE)
# Asked over a proxy, these would mean a machine of the proxy's own network.
_LOCAL_NAMES: Final = ("localhost", "local", "internal", "lan", "home.arpa", "localdomain")


def is_forbidden(address: Address) -> bool:
    """Tell whether an address is private, special, or carries another one inside."""
    if isinstance(address, ipaddress.IPv4Address):
        return any(address in network for network in _FORBIDDEN_4)
    if address.scope_id is not None or address not in _GIVEN_OUT_6:
        return True
    carries_another = (int(address) >> 32) & 0xFFFFFFFF in _ISATAP
    return carries_another or any(address in network for network in _FORBIDDEN_6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """An address or network that the user named, perhaps at one port only."""

    network: Network
    port: int | None

    def covers(self, address: Address, *, port: int) -> bool:
        """Tell whether it is this one; one that carries another inside never is."""
        same = address.version == self.network.version and address in self.network
        return same and self.port in (None, port)


def read_allowed(text: str) -> Allowed:
    """Read ``ADDRESS``, ``ADDRESS:PORT``, ``[ADDRESS]:PORT`` or ``NETWORK/BITS``.

    Raises:
        BadInputError: It is none of them.
    """
    host, port = text, ""
    if text.startswith("["):
        host, _, port = text[1:].partition("]")
        port = port.removeprefix(":")
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    try:
        network = ipaddress.ip_network(host)
        number = int(port) if port else None
        if number is not None and not 0 < number < 65536:
            raise ValueError(port)
    except ValueError as problem:
        raise BadInputError(
            f"{text!r} is not a network address that can be allowed",
            remedy="Give one like 10.0.0.5, 10.0.0.5:8080, [fd00::5]:8080 or 10.0.0.0/24.",
        ) from problem
    return Allowed(network=network, port=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What may be reached.

    Attributes:
        allowed: What the user named beyond the public addresses.
        ports: Ports that may be asked anywhere.
        proxied: True where a proxy looks names up; then the check of a name is the proxy's.
    """

    allowed: tuple[Allowed, ...] = ()
    ports: frozenset[int] = ORDINARY_PORTS
    proxied: bool = False

    def check_asked(self, address: WebAddress) -> None:
        """Refuse what can be refused before any name is looked up.

        Raises:
            FetchFailedError: The port, the name or the spelt-out address is refused.
        """
        if address.literal is not None:
            self.check(address.literal, port=address.port)
            return
        if address.port not in self.ports and not any(
            each.port == address.port for each in self.allowed
        ):
            raise FetchFailedError("port_refused", facts={"port": address.port})
        ends = tuple(f".{name}" for name in (*_LOCAL_NAMES, "onion"))
        if self.proxied:
            ends = ends[:-1]
        elif not address.host.endswith(".onion"):
            return
        if f".{address.host}".endswith(ends):
            raise FetchFailedError("name_refused")

    def check(self, address: Address, *, port: int) -> None:
        """Refuse a network address that may not be reached at this port.

        Raises:
            FetchFailedError: It may not.
        """
        facts = {"ip": str(address), "port": port}
        named = [each for each in self.allowed if each.covers(address, port=port)]
        if not named and is_forbidden(address):
            raise FetchFailedError("address_refused", facts=facts)
        if port not in self.ports and not any(each.port == port for each in named):
            raise FetchFailedError("port_refused", facts=facts)
