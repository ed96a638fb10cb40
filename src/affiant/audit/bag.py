"""The tag files of a bundle, read strictly: there is one spelling of each."""

import re
from collections.abc import Mapping
from typing import Final

from affiant.audit.zip_file import ZipFile
from affiant.errors import IntegrityError

PAYLOAD: Final = "data/"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([!-~]+)")


def read_manifest(data: bytes, *, payload: bool) -> dict[str, str]:
    """Return name to hex SHA-256, as a manifest lists them.

    Args:
        data: The manifest.
        payload: True for the manifest over ``data/``, False for that over all else.

    Raises:
        IntegrityError: It is not the one spelling: a line each, sorted, two spaces.
    """
    lines = [_LINE.fullmatch(line) for line in data.decode("utf-8", "replace").split("\n")[:-1]]
    listed = {line[2]: line[1] for line in lines if line}
    written = "".join(f"{listed[name]}  {name}\n" for name in sorted(listed)).encode()
    if written != data or not all(name.startswith(PAYLOAD) == payload for name in listed):
        raise IntegrityError(
            "it is not a sorted list of digests and names of the files that it is over",
            remedy="Ask for the bundle again, on another way.",
        )
    return listed


def is_listed(name: str, *, manifests: Mapping[bool, Mapping[str, str] | None]) -> bool:
    """Tell whether its manifest lists a member, where that can be read at all."""
    listed = manifests[name.startswith(PAYLOAD)]
    return listed is None or name in listed or name == TAG_MANIFEST


def expected_info(bundle: ZipFile, *, case: str | None) -> bytes:
    """Return what ``bag-info.txt`` must say of this bundle."""
    sizes = [stored.size for name, stored in bundle.members.items() if name.startswith(PAYLOAD)]
    lines = (
        "Bag-Software-Agent: affiant",
        f"External-Identifier: {case}",
        f"Payload-Oxum: {sum(sizes)}.{len(sizes)}",
    )
    return "".join(f"{line}\n" for line in lines).encode()
