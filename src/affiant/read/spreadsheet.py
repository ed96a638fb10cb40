"""Spreadsheets (xlsx): every sheet, a row a line, with the values that are stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from affiant.read.codes import unreadable
from affiant.read.decoding import repair
from affiant.read.document import MOST_TEXT
from affiant.read.office_properties import office_says
from affiant.read.package import DAMAGE, Package, Relation
from affiant.read.sheet_parts import (
    Comments,
    Formats,
    SharedStrings,
    SheetName,
    SheetRows,
    Workbook,
)
from affiant.read.values import Extraction, Problem, Reading

TOOL: Final = "affiant.read.spreadsheet"
VERSION: Final = "1"
SETTINGS: Final = (
    "each sheet: its name, its rows, its comments with cell and author; hidden ones too; cells "
    "between tabs; empty cells at a row's end left out, empty rows one after another as one; "
    "stored values, a formula where none is stored; dates and times as ISO 8601"
)

_WORKBOOK: Final = "xl/workbook.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the sheets of one workbook share."""

    package: Package
    relations: Mapping[str, Relation]
    strings: list[str]
    formats: Formats


def read_spreadsheet(data: bytes) -> Reading:
    """Return the text of a spreadsheet.

    Numbers stand as they are stored, not as their format shows them; dates, times and spans
    of hours stand as ISO 8601. Which sheets are hidden is among the facts. Not read are
    pictures, diagrams, text boxes and formulas whose value is stored.

    Raises:
        UnreadableError: ``xlsx_broken``, ``archive_limits``, ``too_large``, or ``empty``.
    """
    workbook = Workbook()
    try:
        package = Package(data)
        package.walk(_WORKBOOK, target=workbook)
        book = _book(package, since_1904=workbook.since_1904)
    except DAMAGE as problem:
        raise unreadable("xlsx_broken") from problem
    texts, problems = [], []
    length = 0
    for sheet in workbook.sheets:
        try:
            text = "\n".join(_sheet_lines(sheet, book=book))
        except DAMAGE:
            problems.append(Problem(code="part_broken", item=sheet.escaped))
            continue
        length += len(text)
        if length > MOST_TEXT:
            raise unreadable("too_large")
        texts.append(text)
    if not texts:
        raise unreadable("xlsx_broken" if problems else "empty")
    text, surrogates = repair("\n\n".join(texts))
    hints, facts = office_says(package)
    extraction = Extraction(
        text=text,
        tool=TOOL,
        version=VERSION,
        settings=SETTINGS,
        surrogates=surrogates,
        hints=hints,
    )
    facts += tuple(_sheet_facts(workbook))
    return Reading(extraction=extraction, problems=tuple(problems), facts=facts)


def _book(package: Package, *, since_1904: bool) -> _Book:
    """Read what the sheets share: texts that occur often, and formats."""
    relations = package.relations(_WORKBOOK)
    parts = {relation.kind: relation.part for relation in relations.values()}
    strings, formats = SharedStrings(), Formats(since_1904=since_1904)
    if "sharedStrings" in parts:
        package.walk(parts["sharedStrings"], target=strings)
    if "styles" in parts:
        package.walk(parts["styles"], target=formats)
    return _Book(package=package, relations=relations, strings=strings.found, formats=formats)


def _sheet_lines(sheet: SheetName, *, book: _Book) -> Iterator[str]:
    """Yield the name, the rows and the comments of one sheet.

    Raises:
        KeyError: Or another of ``DAMAGE``: the sheet is not there, or is damaged.
    """
    part = book.relations[sheet.relation].part
    rows = SheetRows(strings=book.strings, formats=book.formats)
    if book.relations[sheet.relation].kind == "worksheet":
        book.package.walk(part, target=rows)
    yield sheet.name
    yield from rows.lines
    for relation in book.package.relations(part).values():
        if relation.kind == "comments":
            comments = Comments()
            book.package.walk(relation.part, target=comments)
            yield from comments.lines


def _sheet_facts(workbook: Workbook) -> Iterator[tuple[str, str]]:
    yield "office.sheets", str(len(workbook.sheets))
    hidden = [sheet.name for sheet in workbook.sheets if sheet.hidden]
    if hidden:
        yield "office.hidden_sheets", "; ".join(hidden)
