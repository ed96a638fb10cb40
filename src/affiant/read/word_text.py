"""Puts the text of a Word file together from its elements as they pass by."""

from dataclasses import dataclass, field
from typing import Final

_TEXT_SPACES: Final = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
)
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT: Final = frozenset({_FALLBACK, *(space + "moveFrom" for space in _TEXT_SPACES)})
_SIGNS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_BLOCKS: Final = frozenset({"tbl", "tr", "tc", "p"})


@dataclass(slots=True)
class _Block:
    """An open block.

    Attributes:
        name: ``root``, ``tbl``, ``tr``, ``tc`` or ``p``.
        items: The lines, cells or pieces of text that it holds so far.
        after: Lines of text boxes anchored in it.
    """

    name: str
    items: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


class WordText:
    """Collects text from the beginnings and ends of elements, in document order.

    Depth is no danger to it: it keeps a list of open blocks and calls nothing within itself.
    A text box stands after the paragraph that it is anchored in. What is there twice, for
    older programs or because it was moved, is taken once.
    """

    def __init__(self) -> None:
        self._open = [_Block("root")]
        self._left_out = 0
        self._runs = 0

    @property
    def text(self) -> str:
        """The lines so far."""
        return "\n".join(self._open[0].items)

    def begin(self, tag: str) -> None:
        """Note that an element begins."""
        self._left_out += tag in _LEFT_OUT
        name = _name(tag)
        if self._left_out:
            return
        self._runs += name == "r"
        if name in _BLOCKS:
            self._open.append(_Block(name))

    def end(self, tag: str, *, text: str) -> None:
        """Note that an element ends, with the text that it held."""
        name = _name(tag)
        if self._left_out:
            self._left_out -= tag in _LEFT_OUT
            return
        self._runs -= name == "r"
        if name == "t":
            self._open[-1].items.append(text)
        elif name in _SIGNS and self._runs:
            self._open[-1].items.append(_SIGNS[name])
        elif name in _BLOCKS:
            self._close(self._open.pop())

    def _close(self, block: _Block) -> None:
        """Hand what a block holds to the block around it."""
        if block.name == "p":
            self._place("".join(block.items))
        elif block.name == "tc":
            cell = " ".join(item for item in block.items if item)
            self._place(cell.replace("\n", " ").replace("\t", " "))
        elif block.name == "tr":
            self._place("\t".join(block.items))
        else:
            for row in block.items:
                self._place(row)
        for line in block.after:
            self._place(line)

    def _place(self, text: str) -> None:
        around = self._open[-1]
        (around.after if around.name == "p" else around.items).append(text)


def _name(tag: str) -> str:
    """Return an element's bare name where it belongs to the text, else nothing."""
    space, _, name = tag.rpartition("}")
    return name if f"{space}}}" in _TEXT_SPACES else ""
