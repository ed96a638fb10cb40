"""Puts the text of an OpenDocument file together from its elements as they pass by.

Source: OASIS Open Document Format for Office Applications 1.3, part 3.
"""

import re
from collections.abc import Mapping
from typing import Final

from affiant.read.block_text import BlockName, BlockText
from affiant.read.package import attribute, whole_number

_SPACE: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE = _SPACE % "text", _SPACE % "table", _SPACE % "office"
_DRAW, _STYLE = _SPACE % "drawing", _SPACE % "style"
_LEFT_OUT: Final = frozenset(
    {
        *(_TEXT + name for name in ("tracked-changes", "note-citation", "ruby-text")),
        *(_TABLE + name for name in ("tracked-changes", "content-validations", "dde-links")),
        _OFFICE + "scripts",
        _OFFICE + "forms",
    }
)
_BLOCKS: Final[dict[str, BlockName]] = {
    _TEXT + "p": "paragraph",
    _TEXT + "h": "paragraph",
    _TEXT + "note": "aside",
    _OFFICE + "annotation": "aside",
    _TABLE + "table": "table",
    _TABLE + "table-row": "row",
    _TABLE + "table-cell": "cell",
    _TABLE + "covered-table-cell": "cell",
}
_REPEATED: Final = {"row": "number-rows-repeated", "cell": "number-columns-repeated"}
_SIGNS: Final = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_BLANKS: Final = re.compile("[ \t\r\n]+")
_ISO: Final = re.compile(r"-?\d{4,6}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?)?")
_HEADERS: Final = frozenset(
    _STYLE + name
    for name in (
        *("header", "header-first", "header-left"),
        *("footer", "footer-first", "footer-left"),
    )
)


class OpenDocumentText:
    """Collects text from the beginnings, the text and the ends of elements.

    Blanks are collapsed as the format demands: several of them, and those at a paragraph's
    beginning, mean one or none; spaces that count stand as elements of their own.
    """

    def __init__(self) -> None:
        self.pages: list[str] = []
        self._blocks = BlockText()
        self._left_out = 0
        self._ends: list[tuple[int, str | None]] = []
        self._after_blank = True
        self._hiding: set[str] = set()
        self._hidden: list[str] = []
        self._style = ""
        self.is_sheet = False
        self._page = 0

    @property
    def text(self) -> str:
        """The lines that stand on no page."""
        return self._blocks.text

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Which sheets or slides are hidden."""
        what = "office.hidden_sheets" if self.is_sheet else "office.hidden_slides"
        return ((what, "; ".join(self._hidden)),) if self._hidden else ()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        if self._left_out or tag in _LEFT_OUT:
            self._left_out += 1
        elif tag in _BLOCKS:
            self._begin(_BLOCKS[tag], attributes=attributes)
        elif tag == _TEXT + "s":
            count = attribute(attributes, name="c")
            self._sign(" ", times=whole_number(count, otherwise=1))
        elif tag in _SIGNS:
            self._sign(_SIGNS[tag])
        elif tag == _DRAW + "page":
            self._begin_page(attributes)
        else:
            self._note_style(tag, attributes=attributes)

    def data(self, text: str) -> None:
        """Take a piece of text where it stands in a paragraph."""
        if self._left_out or self._blocks.innermost != "paragraph":
            return
        piece = _BLANKS.sub(" ", text)
        if self._after_blank:
            piece = piece.removeprefix(" ")
        if piece:
            self._blocks.add(piece)
            self._after_blank = piece.endswith(" ")

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        if self._left_out:
            self._left_out -= 1
        elif tag in _BLOCKS:
            times, instead = self._ends.pop()
            self._blocks.end(times=times, instead=instead)
            self._after_blank = False
        elif tag == _DRAW + "page":
            self.pages.append(self._blocks.text)
            self._blocks = BlockText()

    def _begin(self, name: BlockName, *, attributes: Mapping[str, str]) -> None:
        """Open a block, with how often it stands there."""
        self._after_blank = True
        if name == "table" and self.is_sheet and self._blocks.innermost == "root":
            self._name_sheet(attributes)
        self._blocks.begin(name)
        repeated = _REPEATED.get(name)
        times = whole_number(attributes.get(_TABLE + repeated), otherwise=1) if repeated else 1
        instead = _value(attributes) if name == "cell" else None
        self._ends.append((times, instead))

    def _sign(self, sign: str, *, times: int = 1) -> None:
        """Add a sign that stands as an element, in a paragraph."""
        if self._blocks.innermost == "paragraph":
            self._blocks.add(sign, times=times)
            self._after_blank = False

    def _name_sheet(self, attributes: Mapping[str, str]) -> None:
        """Put a sheet's name before its rows, after an empty line where one stands above."""
        name = attributes.get(_TABLE + "name", "")
        for line in ([""] if self._blocks.text else []) + [name]:
            self._blocks.begin("paragraph")
            self._blocks.add(line)
            self._blocks.end()
        if attributes.get(_TABLE + "style-name") in self._hiding:
            self._hidden.append(name)

    def _begin_page(self, attributes: Mapping[str, str]) -> None:
        self._page += 1
        if attributes.get(_DRAW + "style-name") in self._hiding:
            self._hidden.append(str(self._page))

    def _note_style(self, tag: str, *, attributes: Mapping[str, str]) -> None:
        """Note which styles hide what they are put on, and whether this is a spreadsheet."""
        if tag == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif tag == _STYLE + "table-properties":
            if attribute(attributes, name="display") == "false":
                self._hiding.add(self._style)
        elif tag == _STYLE + "drawing-page-properties":
            if attribute(attributes, name="visibility") == "hidden":
                self._hiding.add(self._style)
        elif tag == _OFFICE + "spreadsheet":
            self.is_sheet = True
            self._blocks = BlockText(as_sheet=True)


class HeadersText(OpenDocumentText):
    """Collects the text of headers and footers only."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        self._inside += tag in _HEADERS
        if tag in _HEADERS and attribute(attributes, name="display") == "false":
            self._left_out += 1
        elif self._inside:
            super().start(tag, attributes)

    def data(self, text: str) -> None:
        """Take a piece of text where it stands in a header or footer."""
        if self._inside:
            super().data(text)

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        if self._inside:
            super().end(tag)
        self._inside -= tag in _HEADERS


def _value(attributes: Mapping[str, str]) -> str | None:
    """Return what stands in a cell instead of what it shows: its date, as ISO 8601."""
    date = attributes.get(_OFFICE + "date-value", "")
    return date if _ISO.fullmatch(date) else None
