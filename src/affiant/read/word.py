"""Word files (docx): paragraphs and tables in the order of the document."""

import re
from typing import Final

from affiant.read.codes import unreadable
from affiant.read.decoding import repair
from affiant.read.office_properties import office_says
from affiant.read.package import DAMAGE, Package
from affiant.read.values import Extraction, Problem, Reading
from affiant.read.word_text import WordText

TOOL: Final = "affiant.read.word"
VERSION: Final = "1"
SETTINGS: Final = (
    "body, then headers, footers, footnotes, endnotes, comments; text boxes at their anchor; "
    "cells between tabs; text marked as deleted is left out"
)

_BODY: Final = "word/document.xml"
_FURTHER: Final = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")


def read_word(data: bytes) -> Reading:
    """Return the text of a Word file: a paragraph a line, a table row a line.

    No document type definitions and no entities are allowed in it, and its parts may not unpack
    to more than a fixed size together. Numbers that Word puts before list items are not in the
    text, nor are pictures, embedded files and fields' codes.

    Raises:
        UnreadableError: ``docx_broken``, ``archive_limits``, or ``empty``.
    """
    try:
        package = Package(data)
        body = _part_text(package, name=_BODY)
    except DAMAGE as problem:
        raise unreadable("docx_broken") from problem
    parts = [body]
    problems = []
    for name in sorted(filter(_FURTHER.fullmatch, package.names)):
        try:
            parts.append(_part_text(package, name=name))
        except DAMAGE:
            problems.append(Problem(code="part_broken", item=name))
    text, surrogates = repair("\n".join(part for part in parts if part))
    if not text.strip():
        raise unreadable("empty")
    hints, facts = office_says(package)
    extraction = Extraction(
        text=text,
        tool=TOOL,
        version=VERSION,
        settings=SETTINGS,
        surrogates=surrogates,
        hints=hints,
    )
    return Reading(extraction=extraction, problems=tuple(problems), facts=facts)


def _part_text(package: Package, *, name: str) -> str:
    """Return the paragraphs of one part, each on a line of its own."""
    collector = WordText()
    package.walk(name, target=collector)
    return collector.text
