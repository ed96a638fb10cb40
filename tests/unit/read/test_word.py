import io
from datetime import datetime

import docx
import pytest

from affiant.errors import UnreadableError
from affiant.read import read_document
from hostile.build import DOCX, paragraph
from hostile.build import docx as word_file

PERSIAN = "می\u200cشود \u202bمتن\u202c a\u00a0b so\u00adft cafe\u0301"


def read(data):
    return read_document(data, media_type=DOCX)


def text_of(body, **parts):
    return read(word_file(body, **parts)).extraction.text


def made_by_word():
    document = docx.Document()
    document.add_heading("گزارش", 1)
    document.add_paragraph(PERSIAN)
    table = document.add_table(2, 2)
    for row, column, text in [(0, 0, "نام"), (0, 1, "سن"), (1, 0, "M.\nS."), (1, 1, "۷")]:
        table.cell(row, column).text = text
    document.add_paragraph("The end")
    document.sections[0].header.paragraphs[0].text = "Letter head"
    properties = document.core_properties
    properties.title, properties.author = "گزارش می‌شود", "Mira Sol"
    properties.created = datetime(2031, 3, 14, 9, 30)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_paragraphs_and_tables_stand_in_their_order_with_every_code_point():
    extraction = read(made_by_word()).extraction
    assert extraction.text == f"گزارش\n{PERSIAN}\nنام\tسن\nM. S.\t۷\nThe end\nLetter head"
    assert extraction.encoding is None


def test_hints_are_what_the_file_says_of_itself():
    hints = read(made_by_word()).extraction.hints
    assert hints.title == "گزارش می‌شود"
    assert (hints.author, hints.published) == ("Mira Sol", "2031-03-14")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p/><w:p><w:r><w:t>a</w:t></w:r></w:p>", "\na"),
        ("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>", "a\nb\tc"),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a"),
        ("<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>", "new"),
        (
            "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>x</w:t></w:r></w:p>",
            "x",
        ),
        (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "x",
        ),
        ("<w:p><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>", "linked"),
        ("<w:p><w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r></w:p>", "non\u2011stop"),
        (
            "<w:p><w:r><w:t>anchor</w:t><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>"
            "</w:txbxContent></w:r><w:r><w:t> end</w:t></w:r></w:p>",
            "anchor end\nbox",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r>"
            "<w:t>in</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc><w:tc><w:p><w:r><w:t>b</w:t>"
            "</w:r></w:p></w:tc></w:tr></w:tbl>",
            "a in\tb",
        ),
    ],
)
def test_what_word_can_put_into_a_paragraph_is_read(body, text):
    assert text_of(body) == text


def test_what_stands_twice_for_older_programs_is_read_once():
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:p><w:r><w:t>box</w:t></w:r></w:p>"
    body = (
        f"<w:p {space}><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(body).split() == ["box"]


def test_notes_and_headers_follow_the_body():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = f"<w:footnotes {space}>{paragraph('A note.')}</w:footnotes>"
    assert text_of(paragraph("Body."), word__footnotes=note) == "Body.\nA note."


def test_a_damaged_note_costs_only_the_note():
    reading = read(word_file(paragraph("Body."), word__footnotes="<w:broken"))
    assert reading.extraction.text == "Body."
    assert [(problem.code, problem.item) for problem in reading.problems] == [
        ("part_broken", "word/footnotes.xml")
    ]


@pytest.mark.parametrize("depth", [20_000])
def test_depth_is_no_danger(depth):
    body = "<w:sdt>" * depth + paragraph("deep") + "</w:sdt>" * depth
    assert text_of(body) == "deep"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "docx_broken"),
        (b"PK\x03\x04 nothing", "docx_broken"),
        (word_file("<w:p>"), "docx_broken"),
        (word_file("<w:p/>"), "empty"),
        (made_by_word()[:-200], "docx_broken"),
    ],
)
def test_a_damaged_file_is_told(data, code):
    with pytest.raises(UnreadableError) as problem:
        read(data)
    assert problem.value.code == code
