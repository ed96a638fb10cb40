"""The parts of a spreadsheet: the workbook's list, its shared texts, its formats, its sheets.

Source: ECMA-376 part 1, section 18 (SpreadsheetML). Elements are known by their bare names,
as the same stand in two name spaces.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from affiant.model.file_name import escape_name
from affiant.read.codes import unreadable
from affiant.read.document import MOST_TEXT
from affiant.read.package import attribute, bare, whole_number
from affiant.read.serial_dates import Kind, kind_of_format, written_serial

_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_BREAKS: Final = re.compile("[\t\n\r]")
_CELL: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?[0-9]+")
_LOGICAL: Final = {"0": "FALSE", "1": "TRUE"}
_MOST_COLUMNS: Final = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetName:
    """One sheet as the workbook lists it.

    Attributes:
        name: As written.
        relation: Id under which its part is found.
        hidden: Whether the program hides it.
    """

    name: str
    relation: str
    hidden: bool

    @property
    def escaped(self) -> str:
        """The name, fit for a list of problems."""
        return escape_name(self.name)


class Workbook:
    """Collects the list of sheets and the day from which days are counted."""

    def __init__(self) -> None:
        self.sheets: list[SheetName] = []
        self.since_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        name = bare(tag)
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            sheet = SheetName(
                name=attributes.get("name", ""),
                relation=attribute(attributes, name="id") or "",
                hidden=attributes.get("state", "visible") != "visible",
            )
            self.sheets.append(sheet)

    def data(self, text: str) -> None:
        """Pass over text; there is none that matters."""

    def end(self, tag: str) -> None:
        """Pass over ends."""


class RichText:
    """Collects the text of one cell or comment: its runs, without hints how to say it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._texts = 0
        self._sounds = 0

    def start(self, name: str) -> None:
        """Note that an element begins, by its bare name."""
        self._texts += name == "t"
        self._sounds += name == "rPh"

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._texts and not self._sounds:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Note that an element ends."""
        self._texts -= name == "t"
        self._sounds -= name == "rPh"

    def taken(self) -> str:
        """Return the text so far and begin anew."""
        text = unescaped("".join(self._pieces))
        self._pieces.clear()
        return text


class SharedStrings:
    """Collects the texts that cells point to by number."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._text = RichText()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        self._text.start(bare(tag))

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self._text.data(text)

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        name = bare(tag)
        self._text.end(name)
        if name == "si":
            self.found.append(self._text.taken())


class Formats:
    """Collects what each cell style shows: a number, a date, a time."""

    def __init__(self, *, since_1904: bool) -> None:
        self._kinds: list[Kind] = []
        self._codes: dict[int, str] = {}
        self._in_cells = False
        self.since_1904 = since_1904

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        name = bare(tag)
        if name == "numFmt":
            number = whole_number(attributes.get("numFmtId"), otherwise=-1)
            self._codes[number] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = whole_number(attributes.get("numFmtId"), otherwise=0)
            self._kinds.append(kind_of_format(number, code=self._codes.get(number)))

    def data(self, text: str) -> None:
        """Pass over text; there is none that matters."""

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        if bare(tag) == "cellXfs":
            self._in_cells = False

    def written(self, value: str, *, style: str | None) -> str:
        """Return a stored number as its cell means it; as it stands where it is no number."""
        number = whole_number(style, otherwise=0)
        kind = self._kinds[number] if number < len(self._kinds) else "number"
        try:
            amount = float(value)
        except ValueError:
            return value
        if kind != "number" and isfinite(amount):
            return written_serial(amount, kind=kind, since_1904=self.since_1904) or value
        # Seventeen digits are what is stored of 0.1; the shortest that mean the same are shown.
        return repr(amount) if "." in value and isfinite(amount) else value


@dataclass(slots=True)
class _Cell:
    """The open cell."""

    column: int
    kind: str
    style: str | None
    value: str = ""
    formula: str = ""


class SheetRows:
    """Collects the rows of one sheet as lines."""

    def __init__(self, *, strings: Sequence[str], formats: Formats) -> None:
        self.lines: list[str] = []
        self._strings = strings
        self._formats = formats
        self._length = 0
        self._row: dict[int, str] = {}
        self._rows = 0
        self._cell: _Cell | None = None
        self._pieces: list[str] = []
        self._text = RichText()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        name = bare(tag)
        if name == "row":
            self._begin_row(whole_number(attributes.get("r"), otherwise=self._rows + 1))
        elif name == "c":
            following = max(self._row, default=-1) + 1
            column = column_of(attributes.get("r", ""), otherwise=following)
            kind, style = attributes.get("t", "n"), attributes.get("s")
            self._cell = _Cell(column=column, kind=kind, style=style)
        elif self._cell is not None:
            self._pieces.clear()
            self._text.start(name)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._cell is not None:
            self._pieces.append(text)
            self._text.data(text)

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        name = bare(tag)
        if name == "row":
            self._end_row()
            return
        if self._cell is None:
            return
        self._text.end(name)
        if name == "v":
            self._cell.value = "".join(self._pieces)
        elif name == "f":
            self._cell.formula = "".join(self._pieces)
        elif name == "is":
            self._cell.value = self._text.taken()
        elif name == "c":
            self._row[self._cell.column] = _BREAKS.sub(" ", self._shown(self._cell))
            self._cell = None

    def _begin_row(self, number: int) -> None:
        """Put an empty line where rows were passed over, unless none stands above."""
        if number > self._rows + 1 and self.lines and self.lines[-1]:
            self.lines.append("")
        self._rows = number
        self._row = {}

    def _end_row(self) -> None:
        """Add the row as a line.

        Raises:
            UnreadableError: ``too_large``.
        """
        full = [column for column, text in self._row.items() if text]
        last = max(full, default=-1)
        self._length += last + 1 + sum(map(len, self._row.values()))
        if self._length > MOST_TEXT:
            raise unreadable("too_large")
        line = "\t".join(self._row.get(column, "") for column in range(last + 1))
        if line or (self.lines and self.lines[-1]):
            self.lines.append(line)

    def _shown(self, cell: _Cell) -> str:
        """Return what a cell says."""
        if not cell.value and cell.formula:
            return f"={cell.formula}"
        if cell.kind == "s":
            at = whole_number(cell.value, otherwise=len(self._strings))
            return self._strings[at] if at < len(self._strings) else ""
        if cell.kind == "b":
            return _LOGICAL.get(cell.value, cell.value)
        if cell.kind == "n" and cell.value:
            return self._formats.written(cell.value.strip(), style=cell.style)
        return unescaped(cell.value) if cell.kind == "str" else cell.value


class Comments:
    """Collects the comments of one sheet: cell, author, text between tabs."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._authors: list[str] = []
        self._pieces: list[str] = []
        self._text = RichText()
        self._head: tuple[str, int] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        name = bare(tag)
        self._pieces.clear()
        self._text.start(name)
        if name == "comment":
            author = whole_number(attributes.get("authorId"), otherwise=-1)
            self._head = (attributes.get("ref", ""), author)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self._pieces.append(text)
        self._text.data(text)

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        name = bare(tag)
        self._text.end(name)
        if name == "author":
            self._authors.append("".join(self._pieces))
        elif name == "comment" and self._head is not None:
            cell, author = self._head
            by = self._authors[author] if 0 <= author < len(self._authors) else ""
            line = (cell, by, self._text.taken())
            self.lines.append("\t".join(_BREAKS.sub(" ", part) for part in line))
            self._head = None


def column_of(cell: str, *, otherwise: int) -> int:
    """Return the number of a cell's column, from 0.

    >>> column_of("B3", otherwise=9), column_of("", otherwise=9)
    (1, 9)
    """
    match = _CELL.fullmatch(cell)
    column = 0
    for letter in match[1].upper() if match else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1 if 0 < column <= _MOST_COLUMNS else min(otherwise, _MOST_COLUMNS)


def unescaped(text: str) -> str:
    """Return a text with ``_x000D_`` and the like as the characters that they stand for.

    Source: ECMA-376 part 1, section 22.9.2.19 (ST_Xstring).
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
