"""PDF: the text of each page, words of right-to-left scripts set right by their place."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import groupby
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from affiant.read.codes import unreadable
from affiant.read.dates import pdf_date
from affiant.read.decoding import repair
from affiant.read.values import Extraction, Hints, PageSpan, Problem, Reading

TOOL: Final = "pypdfium2"
VERSION: Final = f"{version('pypdfium2')} (PDFium {pypdfium2.PDFIUM_INFO})"
SETTINGS: Final = (
    "pages joined by U+000C U+000A; line ends U+000A; hyphen and line end kept at a divided "
    "word; right-to-left words ordered by the place of their letters"
)
PAGE_END: Final = "\f\n"
MOST_PAGES: Final = 20_000

_PASSWORD, _SECURITY = 4, 5
_LINE_END_HYPHEN: Final = 0x02
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200c\u200d]+"
)
_MARK: Final = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")


def read_pdf(data: bytes) -> Reading:
    """Return the text of a PDF page by page, as its text layer has it.

    A PDF has glyphs in places, not text: words, lines and their order are put together by
    PDFium. Not read are notes, form fields, attachments and pictures. A glyph without a
    character becomes U+FFFD and is counted.

    Raises:
        UnreadableError: ``pdf_encrypted``, ``pdf_broken``, ``too_large``, or ``no_text``
            where no page holds any text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = problem.err_code in (_PASSWORD, _SECURITY)
        raise unreadable("pdf_encrypted" if locked else "pdf_broken") from problem
    with document:
        return _reading(document)


def _reading(document: pypdfium2.PdfDocument) -> Reading:
    if len(document) > MOST_PAGES:
        raise unreadable("too_large")
    pages: list[str] = []
    failed: dict[str, list[int]] = {"page_broken": [], "page_without_text": []}
    replaced = surrogates = 0
    for number in range(1, len(document) + 1):
        try:
            text, without_character = _page_text(document, number=number)
        except pypdfium2.PdfiumError:
            text, without_character = "", 0
            failed["page_broken"].append(number)
        else:
            if not text.strip():
                failed["page_without_text"].append(number)
        text, lone = repair(text)
        replaced, surrogates = replaced + without_character, surrogates + lone
        pages.append(text)
    if not any(map(str.strip, pages)):
        raise unreadable("pdf_broken" if failed["page_broken"] or not pages else "no_text")
    extraction = Extraction(
        text=PAGE_END.join(pages),
        tool=TOOL,
        version=VERSION,
        settings=SETTINGS,
        replaced=replaced,
        surrogates=surrogates,
        hints=_hints(document),
        pages=tuple(_spans(pages)),
    )
    problems = [
        Problem(code=code, item=run) for code, numbers in failed.items() for run in runs(numbers)
    ]
    return Reading(extraction=extraction, problems=tuple(problems))


def runs(numbers: Sequence[int]) -> list[str]:
    """Return ascending numbers as single ones and spans.

    >>> runs([2, 3, 4, 9])
    ['2-4', '9']
    """
    groups = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    spans = [[number for _, number in group] for _, group in groups]
    return [f"{span[0]}-{span[-1]}" if span[1:] else str(span[0]) for span in spans]


def _spans(pages: list[str]) -> Iterator[PageSpan]:
    start = 0
    for number, text in enumerate(pages, start=1):
        yield PageSpan(page=number, start=start, end=start + len(text))
        start += len(text) + len(PAGE_END)


def _page_text(document: pypdfium2.PdfDocument, *, number: int) -> tuple[str, int]:
    """Return the text of one page, and how many glyphs had no character.

    Raises:
        pypdfium2.PdfiumError: The page cannot be read.
    """
    page = document[number - 1]
    glyphs = page.get_textpage()
    try:
        codes = [pdfium.FPDFText_GetUnicode(glyphs.raw, i) for i in range(glyphs.count_chars())]
        text = "".join(map(chr, codes))
        text = _RIGHT_TO_LEFT.sub(lambda word: _in_reading_order(word, glyphs=glyphs), text)
    finally:
        glyphs.close()
        page.close()
    text = text.replace("\r\n", "\n").replace(chr(_LINE_END_HYPHEN), "-\n")
    return text.replace("\0", "\ufffd"), codes.count(0)


def _in_reading_order(word: re.Match[str], *, glyphs: pypdfium2.PdfTextPage) -> str:
    """Return a word of a right-to-left script with its rightmost letter first.

    PDFium turns some words that stand in reading order already.
    """
    letters = word[0]
    first, last = _middle(glyphs, index=word.start()), _middle(glyphs, index=word.end() - 1)
    if first is None or last is None or first >= last:
        return letters
    turned = letters[::-1]
    return re.sub(rf"({_MARK.pattern}+)(.)", r"\2\1", turned)


def _middle(glyphs: pypdfium2.PdfTextPage, *, index: int) -> float | None:
    """Return where a glyph's middle stands from left to right, in points."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(glyphs.raw, index, left, right, bottom, top):
        return None
    return (left.value + right.value) / 2


def _hints(document: pypdfium2.PdfDocument) -> Hints:
    return Hints(
        title=_field(document, name="Title"),
        author=_field(document, name="Author"),
        published=pdf_date(_field(document, name="CreationDate") or ""),
    )


def _field(document: pypdfium2.PdfDocument, *, name: str) -> str | None:
    """Return one field that the PDF says about itself, or None."""
    try:
        value: str = document.get_metadata_value(name)
    except (UnicodeError, ValueError):
        return None
    return value.strip("\0 ") or None
