"""The cookies of one capture: given back to who set them, and gone when it ends.

Source: RFC 6265, sections 5.1.3, 5.1.4 and 5.4; expiry is left aside, a capture is short.
"""

from dataclasses import dataclass
from typing import Final

from affiant.preserve.capture.web_address import WebAddress

_MOST: Final = 200
_LONGEST: Final = 4096
_SENT: Final = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """One cookie.

    Attributes:
        name: As set.
        value: As set.
        domain: The host that gets it back.
        wide: True where hosts below that one get it too.
        path: Below which it is sent.
        secure: Sent over https only.
    """

    name: str
    value: str
    domain: str
    wide: bool
    path: str
    secure: bool

    def fits(self, address: WebAddress) -> bool:
        """Tell whether it is sent with a request."""
        host = address.host == self.domain or (
            self.wide and address.host.endswith("." + self.domain)
        )
        path = address.target.partition("?")[0]
        below = path == self.path or path.startswith(self.path.rstrip("/") + "/")
        return host and below and (address.scheme == "https" or not self.secure)


class Cookies:
    """What the servers of one capture set."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str], Cookie] = {}

    def take(self, lines: list[str], *, address: WebAddress) -> None:
        """Take what ``Set-Cookie`` fields set; what is not understood is left out."""
        for line in lines:
            cookie = _read(line, address=address)
            if cookie is not None and len(self._kept) < _MOST:
                self._kept[cookie.domain, cookie.path, cookie.name] = cookie

    def field(self, address: WebAddress) -> str | None:
        """Return the ``Cookie`` field of a request, or None."""
        fit = [cookie for cookie in self._kept.values() if cookie.fits(address)]
        fit.sort(key=lambda cookie: -len(cookie.path))
        sent = "; ".join(f"{cookie.name}={cookie.value}" for cookie in fit)
        return sent if 0 < len(sent) <= _SENT else None


def _read(line: str, *, address: WebAddress) -> Cookie | None:
    """Return what one field sets, or None."""
    pair, *rest = line.split(";")
    name, equals, value = (part.strip() for part in pair.partition("="))
    plain = all(" " <= letter <= "~" for letter in pair)
    if not equals or not name or not plain or len(line) > _LONGEST:
        return None
    more = {part.partition("=")[0].strip().lower(): part.partition("=")[2].strip() for part in rest}
    domain = more.get("domain", "").lstrip(".").lower()
    wide = "." in domain and address.literal is None and f".{address.host}".endswith(f".{domain}")
    if domain and not wide and domain != address.host:
        return None
    return Cookie(
        name=name,
        value=value,
        domain=domain if wide else address.host,
        wide=wide,
        path=more["path"] if more.get("path", "").startswith("/") else "/",
        secure="secure" in more,
    )
