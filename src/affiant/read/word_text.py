"""Puts the text of a Word file together from its elements as they pass by."""

from collections.abc import Mapping
from typing import Final

from affiant.read.block_text import BlockName, BlockText

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
_BLOCKS: Final[dict[str, BlockName]] = {
    "tbl": "table",
    "tr": "row",
    "tc": "cell",
    "p": "paragraph",
}


class WordText:
    """Collects text from the beginnings and ends of elements, in document order.

    A text box stands after the paragraph that it is anchored in. What is there twice, for
    older programs or because it was moved, is taken once.
    """

    def __init__(self) -> None:
        self._blocks = BlockText()
        self._left_out = 0
        self._runs = 0
        self._texts = 0

    @property
    def text(self) -> str:
        """The lines so far."""
        return self._blocks.text

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        self._left_out += tag in _LEFT_OUT
        name = _name(tag)
        if self._left_out:
            return
        self._runs += name == "r"
        self._texts += name == "t"
        if name in _BLOCKS:
            self._blocks.begin(_BLOCKS[name])

    def data(self, text: str) -> None:
        """Take a piece of text where it belongs to the document."""
        if self._texts and not self._left_out:
            self._blocks.add(text)

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        name = _name(tag)
        if self._left_out:
            self._left_out -= tag in _LEFT_OUT
            return
        self._runs -= name == "r"
        self._texts -= name == "t"
        if name in _SIGNS and self._runs:
            self._blocks.add(_SIGNS[name])
        elif name in _BLOCKS:
            self._blocks.end()


def _name(tag: str) -> str:
    """Return an element's bare name where it belongs to the text, else nothing."""
    space, _, name = tag.rpartition("}")
    return name if f"{space}}}" in _TEXT_SPACES else ""
