"""The tag files of a bundle, read strictly: there is one spelling of each."""

from typing import Final

from affiant.audit.zip_file import ZipFile

PAYLOAD: Final = "data/"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
_DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Manifests:
    """What both manifests of a bundle list.

    Attributes:
        broken: Names of manifests that do not list exactly the files that are here, in order.
    """

    def __init__(self, bundle: ZipFile) -> None:
        self._lines: set[str] = set()
        self.broken: list[str] = []
        for manifest in (MANIFEST, TAG_MANIFEST):
            *lines, rest = bundle.read(manifest).decode("utf-8", "replace").split("\n")
            self._lines.update(lines)
            here = [
                name
                for name in bundle.members
                if name.startswith(PAYLOAD) == (manifest == MANIFEST) and name != TAG_MANIFEST
            ]
            if rest or [line[66:] for line in lines] != here:
                self.broken.append(manifest)

    def holds(self, name: str, *, digest: str) -> bool:
        """Tell whether a member has the digest that is listed; nothing lists the last manifest."""
        return name == TAG_MANIFEST or f"{digest}  {name}" in self._lines


def expected_tags(bundle: ZipFile, *, case: str | None) -> dict[str, bytes]:
    """Return what the tag files must say that make this bundle a bag of this case."""
    sizes = [stored.size for name, stored in bundle.members.items() if name.startswith(PAYLOAD)]
    lines = (
        "Bag-Software-Agent: affiant",
        f"External-Identifier: {case}",
        f"Payload-Oxum: {sum(sizes)}.{len(sizes)}",
    )
    info = "".join(f"{line}\n" for line in lines).encode()
    return {"bagit.txt": _DECLARATION, "bag-info.txt": info}
