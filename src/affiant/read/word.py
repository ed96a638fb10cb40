"""Word files (docx): paragraphs and tables in the order of the document."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from affiant.read.archive import DAMAGED, UNPACKABLE
from affiant.read.codes import unreadable
from affiant.read.dates import written_date
from affiant.read.decoding import repair
from affiant.read.values import Extraction, Hints, Problem, Reading
from affiant.read.word_text import WordText

TOOL: Final = "affiant.read.word"
VERSION: Final = "1"
SETTINGS: Final = (
    "body, then headers, footers, footnotes, endnotes, comments; text boxes at their anchor; "
    "cells between tabs; text marked as deleted is left out"
)
MOST_PART_BYTES: Final = 200 << 20

_BODY: Final = "word/document.xml"
_PROPERTIES: Final = "docProps/core.xml"
_FURTHER: Final = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
_DAMAGE: Final = (*DAMAGED, *UNPACKABLE, ParseError, DefusedXmlException)


def read_word(data: bytes) -> Reading:
    """Return the text of a Word file: a paragraph a line, a table row a line.

    No document type definitions and no entities are allowed in it, and no part may unpack to
    more than a fixed size. Numbers that Word puts before list items are not in the text, nor
    are pictures, embedded files and fields' codes.

    Raises:
        UnreadableError: ``docx_broken``, ``archive_limits``, or ``empty``.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        body = _part_text(archive, name=_BODY)
    except (KeyError, *_DAMAGE) as problem:
        raise unreadable("docx_broken") from problem
    parts = [body]
    problems = []
    for name in sorted(filter(_FURTHER.fullmatch, dict.fromkeys(archive.namelist()))):
        try:
            parts.append(_part_text(archive, name=name))
        except _DAMAGE:
            problems.append(Problem(code="part_broken", item=name))
    text, surrogates = repair("\n".join(part for part in parts if part))
    if not text.strip():
        raise unreadable("empty")
    extraction = Extraction(
        text=text,
        tool=TOOL,
        version=VERSION,
        settings=SETTINGS,
        surrogates=surrogates,
        hints=_hints(archive),
    )
    return Reading(extraction=extraction, problems=tuple(problems))


class _Bounded:
    """A part of the archive that stops when more comes out of it than a part may hold."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._left = MOST_PART_BYTES

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        Raises:
            UnreadableError: ``archive_limits``.
        """
        piece = self._source.read(size if size > 0 else 1 << 16)
        self._left -= len(piece)
        if self._left < 0:
            raise unreadable("archive_limits")
        return piece


def _part_text(archive: zipfile.ZipFile, *, name: str) -> str:
    """Return the paragraphs of one part, each on a line of its own."""
    collector = WordText()
    for event, element in _elements(archive, name=name):
        if event == "start":
            collector.begin(element.tag)
        else:
            collector.end(element.tag, text=element.text or "")
            element.clear()
    return collector.text


def _elements(archive: zipfile.ZipFile, *, name: str) -> Iterator[tuple[str, Element]]:
    with archive.open(name) as part:
        yield from iterparse(_Bounded(part), events=("start", "end"), forbid_dtd=True)


def _hints(archive: zipfile.ZipFile) -> Hints:
    """Return what the file says about itself; nothing where that part is damaged."""
    fields: dict[str, str] = {}
    try:
        for event, element in _elements(archive, name=_PROPERTIES):
            if event == "end" and element.text:
                fields.setdefault(element.tag.rpartition("}")[2], element.text.strip())
    except (KeyError, *_DAMAGE):
        return Hints()
    return Hints(
        title=fields.get("title") or None,
        author=fields.get("creator") or None,
        published=written_date(fields.get("created") or ""),
        language=fields.get("language") or None,
    )
