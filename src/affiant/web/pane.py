"""A recorded text as paragraphs whose characters stand where they stand in the text.

A highlight, a selection and a claim's offsets are all counted in code points of the recorded
text. So what is shown has one sign for each code point: a character that a reader would not see
is shown as one sign, never left out and never written out, and a note tells which it was.
"""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from affiant.publish.pages.marks import MARKS

_HIDDEN: Final = "\u2426"
_PICTURES: Final = 0x2400
SIGNS: Final = str.maketrans(
    {mark: chr(_PICTURES + ord(mark)) if ord(mark) < 0x20 else _HIDDEN for mark in MARKS}
)
"""Each character that would not be seen to the one sign that stands for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, or one line.

    Attributes:
        start: Offset of its first character in the text, in code points.
        shown: What is shown: as many signs as the paragraph has characters, without its end.
        hidden: Names of the signs that a reader would not see, each once.
    """

    start: int
    shown: Markup
    hidden: tuple[str, ...]


def paragraphs(text: str) -> list[Paragraph]:
    r"""Return a text's paragraphs, empty ones left out.

    >>> [(each.start, str(each.shown)) for each in paragraphs("a\r\n\nb\u202e")]
    [(0, 'a'), (4, 'b␦')]
    """
    found, start = [], 0
    for line in text.split("\n"):
        content = line.removesuffix("\r")
        if content.strip():
            names = tuple(
                dict.fromkeys(MARKS[sign].strip("⟦⟧") for sign in content if sign in MARKS)
            )
            shown = escape(content.translate(SIGNS))
            found.append(Paragraph(start=start, shown=shown, hidden=names))
        start += len(line) + 1
    return found
