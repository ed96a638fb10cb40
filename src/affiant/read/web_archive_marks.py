"""How web archives are told: WARC, plain or gzipped, and WACZ."""

from pathlib import PurePosixPath
from typing import Final

WARC: Final = "application/warc"
WACZ: Final = "application/wacz"
WEB_ARCHIVES: Final = frozenset({WARC, WACZ})

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"


def web_archive_type(head: bytes, *, name: str) -> str | None:
    """Return the media type where the first bytes and the name tell a web archive."""
    path = PurePosixPath(name.lower())
    if head.startswith(b"WARC/"):
        return WARC
    if head.startswith(_GZIP) and path.name.endswith(".warc.gz"):
        return WARC
    if head.startswith(_ZIP) and (
        path.suffix == ".wacz" or (b"datapackage.json" in head and b"archive/" in head)
    ):
        return WACZ
    return None
