"""What character recognition saw on pages, as one text with the place of every line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from affiant.model.region import Region
from affiant.read.codes import unreadable
from affiant.read.values import PageSpan

PAGE_END: Final = "\f\n"
UNSURE_BELOW: Final = 60

_HEADER: Final = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
_LINE, _WORD = 4, 5
_COLUMNS: Final = 12
_MOST_NUMBER: Final = 1 << 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of one page.

    Attributes:
        text: Lines ended by U+000A, an empty line between paragraphs.
        regions: Each line, by its offsets in this page's text; without a page number.
        confidences: Of each word, 0 to 100, as the recogniser gives it.
    """

    text: str
    regions: tuple[Region, ...] = ()
    confidences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row of the recogniser's table."""

    level: int
    paragraph: tuple[int, int]
    box: tuple[int, int, int, int]
    confidence: float
    text: str


def page_text(table: bytes, *, width: int, height: int) -> PageText:
    """Return the words of a page in the recogniser's reading order, nothing repaired.

    Words of a line stand one blank apart. What the program says was made over a hostile page:
    a table of another form than it writes is not believed.

    Args:
        table: Tab-separated, as tesseract writes it.
        width: Of the page's picture, in pixels.
        height: Of it, in pixels.

    Raises:
        UnreadableError: ``bad_reply``.
    """
    parts: list[str] = []
    regions: list[Region] = []
    confidences: list[float] = []
    at, before = 0, None
    for line, words in _lines(_rows(table)):
        joined = " ".join(word.text for word in words)
        gap = "" if before is None else "\n" if before == line.paragraph else "\n\n"
        before = line.paragraph
        start = at + len(gap)
        at = start + len(joined)
        parts += [gap, joined]
        box = _in_ten_thousandths(line.box, width=width, height=height)
        regions.append(Region(start=start, end=at, page=1, box=box))
        confidences += [word.confidence for word in words]
    return PageText(text="".join(parts), regions=tuple(regions), confidences=tuple(confidences))


def _rows(table: bytes) -> list[_Row]:
    """Return the table's rows.

    Raises:
        UnreadableError: ``bad_reply``.
    """
    try:
        header, *lines = table.decode("utf-8").removesuffix("\n").split("\n")
        if header != _HEADER:
            raise unreadable("bad_reply")
        return [_row(line.split("\t")) for line in lines]
    except ValueError as problem:
        raise unreadable("bad_reply") from problem


def _row(cells: Sequence[str]) -> _Row:
    """Return one row.

    Raises:
        ValueError: It is not of the form that is written.
    """
    if len(cells) != _COLUMNS:
        raise ValueError("another number of columns")
    level, _, block, paragraph, _, _, left, top, width, height = map(int, cells[:10])
    confidence = float(cells[10])
    right, bottom = left + width, top + height
    if not (0 <= left <= right < _MOST_NUMBER and 0 <= top <= bottom < _MOST_NUMBER):
        raise ValueError("no box")
    if not -1 <= confidence <= 100:
        raise ValueError("no confidence")
    return _Row(
        level=level,
        paragraph=(block, paragraph),
        box=(left, top, right, bottom),
        confidence=confidence,
        text=cells[11],
    )


def _lines(rows: Sequence[_Row]) -> list[tuple[_Row, list[_Row]]]:
    """Return each line that has words, with its words.

    Raises:
        UnreadableError: ``bad_reply``: a word stands in no line.
    """
    lines: list[tuple[_Row, list[_Row]]] = []
    for row in rows:
        if row.level == _LINE:
            lines.append((row, []))
        elif row.level == _WORD and row.text.strip():
            if not lines:
                raise unreadable("bad_reply")
            lines[-1][1].append(row)
    return [(line, words) for line, words in lines if words]


def _in_ten_thousandths(
    box: tuple[int, int, int, int], *, width: int, height: int
) -> tuple[int, int, int, int]:
    """Return a box in ten-thousandths of the page, at least one wide and high."""
    left, top = (
        min(9_999, box[0] * 10_000 // width),
        min(9_999, box[1] * 10_000 // height),
    )
    right = min(10_000, max(left + 1, ceil(box[2] * 10_000 / width)))
    bottom = min(10_000, max(top + 1, ceil(box[3] * 10_000 / height)))
    return left, top, right, bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeText:
    """The text of all pages.

    Attributes:
        text: Pages parted by U+000C U+000A.
        pages: Where each stands.
        regions: Where each recognised line stands.
        confidences: Of each recognised word.
    """

    text: str
    pages: tuple[PageSpan, ...]
    regions: tuple[Region, ...]
    confidences: tuple[float, ...]

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """How sure the recogniser says it is, name and value."""
        if not self.confidences:
            return (("words", "0"),)
        mean = sum(self.confidences) / len(self.confidences)
        unsure = sum(confidence < UNSURE_BELOW for confidence in self.confidences)
        return (
            ("words", str(len(self.confidences))),
            ("mean_confidence", f"{mean:.0f}"),
            (f"words_below_{UNSURE_BELOW}", str(unsure)),
        )


def whole_text(pages: Sequence[PageText]) -> WholeText:
    """Put pages together, in their order."""
    spans: list[PageSpan] = []
    regions: list[Region] = []
    at = 0
    for number, page in enumerate(pages, start=1):
        spans.append(PageSpan(page=number, start=at, end=at + len(page.text)))
        regions += [
            replace(region, start=at + region.start, end=at + region.end, page=number)
            for region in page.regions
        ]
        at += len(page.text) + len(PAGE_END)
    return WholeText(
        text=PAGE_END.join(page.text for page in pages),
        pages=tuple(spans),
        regions=tuple(regions),
        confidences=tuple(value for page in pages for value in page.confidences),
    )
