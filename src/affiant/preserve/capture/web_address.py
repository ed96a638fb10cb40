"""A web address, spelt in the one way that all programs read alike; other spellings are refused.

Whoever can make us ask a machine of the local network has its answers. Most ways to do that are
odd spellings, which one program reads as a name and the next as a number.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin

from affiant.preserve.capture.codes import FetchFailedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 8192
_WHOLE: Final = re.compile(r"(https?)://([^/?#\\]*)((?:[/?#].*)?)", re.IGNORECASE | re.DOTALL)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SIXTH: Final = re.compile(r"\[([0-9a-fA-F]*:[0-9a-fA-F:.]*)\](?::([1-9][0-9]{0,4}))?")
_NAMED: Final = re.compile(r"([^:\[\]]+)(?::([1-9][0-9]{0,4}))?")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SAFE: Final = "!#$%&'()*+,-./:;=?@[]_~"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """What is asked of whom.

    Attributes:
        scheme: ``http`` or ``https``.
        host: A name in ASCII and small letters, or a network address without brackets.
        port: From 1 to 65535.
        target: Path and query, in ASCII.
        literal: The network address where the host is one, else None.
    """

    scheme: str
    host: str
    port: int
    target: str
    literal: Address | None

    @property
    def authority(self) -> str:
        """Host and port as the ``Host`` field has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"


def read_address(text: str) -> WebAddress:
    """Return an address; what stands behind ``#`` is never sent and left out.

    Raises:
        FetchFailedError: It is not one, or spelt so that programs may differ about it.
    """
    if len(text) > _LONGEST or any(letter <= " " or letter == "\x7f" for letter in text):
        raise FetchFailedError("address_malformed")
    found = _WHOLE.fullmatch(text)
    if found is None:
        scheme = _SCHEME.match(text)
        other = scheme is not None and scheme[1].lower() not in PORTS
        raise FetchFailedError("scheme_refused" if other else "address_malformed")
    scheme_name, authority, rest = found[1].lower(), found[2], found[3]
    host, port, literal = _split(authority)
    target = quote(rest.partition("#")[0], safe=_SAFE.replace("#", ""))
    return WebAddress(
        scheme=scheme_name,
        host=host,
        port=port or PORTS[scheme_name],
        target=target if target.startswith("/") else "/" + target,
        literal=literal,
    )


def read_link(text: str, *, page: WebAddress) -> WebAddress:
    """Return what a link or redirect of a page points to, read as leniently as browsers do.

    Only around the address: spaces at its ends fall away, those within are encoded. The host
    is held to the same rules as everywhere.

    Raises:
        FetchFailedError: It is no address, or one that is refused.
    """
    plain = re.sub(r"[\t\r\n]", "", text.strip(" \t\r\n\x0c")).replace(" ", "%20")
    try:
        joined = urljoin(page.url, plain)
    except ValueError as problem:
        raise FetchFailedError("address_malformed") from problem
    return read_address(joined)


def _split(authority: str) -> tuple[str, int | None, Address | None]:
    """Return host, port and the network address that the host spells, if any."""
    if "@" in authority:
        raise FetchFailedError("address_userinfo")
    if not authority:
        raise FetchFailedError("address_malformed")
    sixth = _SIXTH.fullmatch(authority)
    found = sixth or _NAMED.fullmatch(authority)
    if found is None or "%" in authority:
        raise FetchFailedError("address_odd")
    port = int(found[2]) if found[2] else None
    if port is not None and port > 65535:
        raise FetchFailedError("address_malformed")
    if sixth is not None:
        literal = _literal(sixth[1])
        return str(literal), port, literal
    host = _name(found[1])
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        literal = _literal(host)
        return str(literal), port, literal
    return host, port, None


def _literal(text: str) -> Address:
    """Return a network address in its ordinary spelling."""
    try:
        return ipaddress.ip_address(text)
    except ValueError as problem:
        raise FetchFailedError("address_odd") from problem


def _name(text: str) -> str:
    """Return a host name in ASCII.

    A name in other letters must be in the very form that it would be brought into: look-alikes
    of letters, digits and dots are refused rather than mended.
    """
    name = text.lower() if text.isascii() else _encoded(text)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise FetchFailedError("address_odd")
    return name


def _encoded(text: str) -> str:
    """Return a name of other scripts as it is asked for in the network."""
    folded = text.lower()
    odd = unicodedata.normalize("NFKC", folded) != folded or any(
        unicodedata.category(letter) in ("Cf", "Nd", "Zs") and not letter.isascii()
        for letter in folded
    )
    if odd:
        raise FetchFailedError("address_odd")
    try:
        name = folded.encode("idna").decode("ascii")
    except UnicodeError as problem:
        raise FetchFailedError("address_odd") from problem
    before, after = folded.split("."), name.split(".")
    # A label that lost its other letters, or a dot that was none, was a look-alike.
    if len(before) != len(after) or any(
        new != old and not new.startswith("xn--") for old, new in zip(before, after, strict=True)
    ):
        raise FetchFailedError("address_odd")
    return name
