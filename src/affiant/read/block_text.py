"""Puts lines together from nested blocks: paragraphs, and tables with their rows and cells."""

from dataclasses import dataclass, field
from typing import Final, Literal

from affiant.read.codes import unreadable
from affiant.read.document import MOST_TEXT

BlockName = Literal["root", "table", "row", "cell", "paragraph", "aside"]

_EMPTY_CELL: Final = ""


@dataclass(slots=True)
class _Block:
    """An open block.

    Attributes:
        name: Its kind.
        items: The lines, cells or pieces of text that it holds so far.
        after: Lines that stand after it: text boxes, notes, comments.
    """

    name: BlockName
    items: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


class BlockText:
    """Collects text from the beginnings and ends of blocks, in document order.

    A paragraph is a line, a table's row is a line with its cells between tabs. What stands
    within a paragraph as a block of its own (a text box, a note) follows it. Depth is no
    danger: there is a list of open blocks, and nothing calls itself.
    """

    def __init__(self, *, as_sheet: bool = False) -> None:
        """Begin with nothing.

        Args:
            as_sheet: Whether tables are sheets: empty cells at a row's end are left out, and
                empty rows one after another are one, at a sheet's ends none.
        """
        self._open = [_Block("root")]
        self._as_sheet = as_sheet
        self._length = 0

    @property
    def text(self) -> str:
        """The lines so far."""
        return "\n".join(self._open[0].items)

    @property
    def innermost(self) -> BlockName:
        """The kind of the block that is open now."""
        return self._open[-1].name

    def begin(self, name: BlockName) -> None:
        """Open a block."""
        self._open.append(_Block(name))

    def add(self, text: str, *, times: int = 1) -> None:
        """Add a piece of text to the open block, as many times as it stands there.

        Raises:
            UnreadableError: ``too_large``.
        """
        self._count(text, times=times)
        self._open[-1].items.append(text * times)

    def end(self, *, times: int = 1, instead: str | None = None) -> None:
        """Close the open block.

        Args:
            times: How many times the block stands there.
            instead: What stands there in place of what it holds.

        Raises:
            UnreadableError: ``too_large``.
        """
        block = self._open.pop()
        lines = _LINES[block.name](block) if instead is None else [instead]
        if self._as_sheet and block.name == "row":
            lines = [line.rstrip("\t") for line in lines]
            times = times if any(lines) else 1
        elif self._as_sheet and block.name == "table":
            lines = _without_empty_runs(lines)
        for line in lines:
            self._place(line, times=times, aside=block.name == "aside")
        for line in block.after:
            self._place(line, times=1, aside=False)

    def _place(self, text: str, *, times: int, aside: bool) -> None:
        """Hand a line to the block around."""
        if times > 1:
            self._count(text, times=times)
        around = self._open[-1]
        if around.name == "paragraph":
            around.after.append(text)
        elif aside:
            _table_of(self._open).after.append(text)
        else:
            around.items.extend([text] * times)

    def _count(self, text: str, *, times: int) -> None:
        """Refuse a text that grows without end, before it is built."""
        self._length += (len(text) + 1) * times
        if self._length > MOST_TEXT:
            raise unreadable("too_large")


def _table_of(blocks: list[_Block]) -> _Block:
    """Return the innermost open table, or the root where there is none."""
    return next((block for block in reversed(blocks) if block.name == "table"), blocks[0])


def _without_empty_runs(rows: list[str]) -> list[str]:
    kept: list[str] = []
    for row in rows:
        if row or (kept and kept[-1]):
            kept.append(row)
    return kept[:-1] if kept and not kept[-1] else kept


def _paragraph(block: _Block) -> list[str]:
    return ["".join(block.items)]


def _cell(block: _Block) -> list[str]:
    text = " ".join(item for item in block.items if item) or _EMPTY_CELL
    return [text.replace("\n", " ").replace("\t", " ")]


def _row(block: _Block) -> list[str]:
    return ["\t".join(block.items)]


def _lines(block: _Block) -> list[str]:
    return block.items


_LINES: Final = {
    "root": _lines,
    "table": _lines,
    "row": _row,
    "cell": _cell,
    "paragraph": _paragraph,
    "aside": _lines,
}
