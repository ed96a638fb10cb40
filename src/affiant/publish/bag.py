"""The tag files that make a bundle, once unpacked, a BagIt bag: fixed to the byte.

Nothing in them depends on who made the bundle, when, or with which version: the same state
of a case gives the same bytes.

Source: RFC 8493 (BagIt 1.0), sections 2.1.1, 2.1.3, 2.2.1 and 2.2.2.
"""

from collections.abc import Mapping
from typing import Final

PAYLOAD: Final = "data/"
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"


def bag_info(*, case: str, sizes: Mapping[str, int]) -> bytes:
    """Return ``bag-info.txt``: which case it is, how many bytes and files its payload has.

    Args:
        case: The case's id.
        sizes: Every payload file's size in bytes.
    """
    lines = (
        "Bag-Software-Agent: affiant",
        f"External-Identifier: {case}",
        f"Payload-Oxum: {sum(sizes.values())}.{len(sizes)}",
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest, which ``sha256sum --check`` reads too: sorted by name.

    Args:
        digests: File name to hex SHA-256.
    """
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode("utf-8")
