"""Office files are packages: zip archives of XML parts, read within limits."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from affiant.read.archive import DAMAGED, UNPACKABLE
from affiant.read.codes import unreadable

MOST_PACKAGE_BYTES: Final = 200 << 20
DAMAGE: Final = (*DAMAGED, *UNPACKABLE, ParseError, DefusedXmlException, LookupError)

_PIECE: Final = 1 << 16
_LONGEST_NUMBER: Final = 9


class Target(Protocol):
    """Takes the beginnings, the text and the ends of elements in their order."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins; its tag is ``{space}name``."""
        ...

    def data(self, text: str) -> None:
        """Take a piece of text."""
        ...

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        ...


class Package:
    """The parts of an office file, and how many bytes may still come out of them.

    Bytes are counted as they come out, over all parts together, whatever the archive says of
    its sizes. No document type definition and no entity is allowed in a part.
    """

    def __init__(self, data: bytes) -> None:
        """Open a package.

        Raises:
            zipfile.BadZipFile: Or another of ``DAMAGE``: it is no archive.
        """
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._left = MOST_PACKAGE_BYTES
        self.names = tuple(dict.fromkeys(self._archive.namelist()))

    def walk(self, name: str, *, target: Target) -> None:
        """Hand the elements of one part to ``target``.

        Raises:
            UnreadableError: ``archive_limits``.
            KeyError: Or another of ``DAMAGE``: the part is not there, or is damaged.
        """
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        with self._archive.open(name) as part:
            while piece := part.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise unreadable("archive_limits")
                parser.feed(piece)
        _finish(parser)

    def fields(self, name: str) -> dict[str, str]:
        """Return the text of each leaf element of a small part, by bare name; the first counts.

        Nothing where the part is missing or damaged.
        """
        leaves = _Leaves()
        with suppress(*DAMAGE):
            self.walk(name, target=leaves)
        return leaves.found

    def relations(self, name: str) -> dict[str, "Relation"]:
        """Return which parts a part points to, by the id that it uses for each.

        Source: ECMA-376 part 2, section 9.3. What lies outside the file is left out; so is
        everything where the list is missing or damaged.
        """
        folder, _, file = name.rpartition("/")
        relations = _Relations(folder)
        with suppress(*DAMAGE):
            self.walk(f"{folder}/_rels/{file}.rels".lstrip("/"), target=relations)
        return relations.found


def _finish(parser: DefusedXMLParser) -> None:
    """End a parse; a target has nothing to give back."""
    parser.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Where a part points to.

    Attributes:
        kind: The last word of its type, such as ``slide`` or ``comments``.
        part: Name of the part in the package.
    """

    kind: str
    part: str


class _Leaves:
    """Collects the text of elements that hold no others."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._text: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._text.clear()

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        if text:
            self.found.setdefault(bare(tag), text)


class _Relations:
    """Collects the relations of one part."""

    def __init__(self, folder: str) -> None:
        self.found: dict[str, Relation] = {}
        self._folder = folder

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target")
        if target is None or attributes.get("TargetMode") == "External":
            return
        part = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = Relation(kind=kind, part=part)

    def data(self, text: str) -> None:
        """Pass over text; there is none that matters."""

    def end(self, tag: str) -> None:
        """Pass over ends; relations are empty elements."""


def bare(tag: str) -> str:
    """Return an element's or attribute's name without its space."""
    return tag.rpartition("}")[2]


def attribute(attributes: Mapping[str, str], *, name: str) -> str | None:
    """Return an attribute by its bare name, whatever its space."""
    for key, value in attributes.items():
        if bare(key) == name:
            return value
    return None


def whole_number(text: str | None, *, otherwise: int) -> int:
    """Return a whole number that a file gives; another where it gives none, or a monster."""
    if text is None or len(text) > _LONGEST_NUMBER or re.fullmatch("[0-9]+", text) is None:
        return otherwise
    return int(text)
