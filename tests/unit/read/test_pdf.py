import io

import pypdf
import pytest

from affiant.errors import UnreadableError
from affiant.read import read_document
from affiant.read.pdf import runs
from hostile.build import pdf, persian_pdf

INFO = b"/Title (A report) /Author (Mira Sol) /CreationDate (D:20310314093000+02'00')"
WORD = "شهر"  # three letters that join


def read(data):
    return read_document(data, media_type="application/pdf")


def test_pages_are_told_by_their_place_in_the_text():
    extraction = read(pdf([[b"First page", b"second line"], [b"Page two"]])).extraction
    assert extraction.text == "First page\nsecond line\f\nPage two"
    assert [extraction.text[page.start : page.end] for page in extraction.pages] == [
        "First page\nsecond line",
        "Page two",
    ]
    assert [page.page for page in extraction.pages] == [1, 2]


def test_a_page_without_text_is_told_and_keeps_its_number():
    reading = read(pdf([[b"one"], [], [b"three"]]))
    assert [(problem.code, problem.item) for problem in reading.problems] == [
        ("page_without_text", "2")
    ]
    assert [page.page for page in reading.extraction.pages] == [1, 2, 3]


def test_failed_pages_are_told_as_spans():
    assert runs([]) == []
    assert runs([1]) == ["1"]
    assert runs([1, 2, 4, 7, 8, 9]) == ["1-2", "4", "7-9"]


def test_a_divided_word_keeps_its_hyphen_and_line():
    text = read(pdf([[b"fifty-", b"two people"]])).extraction.text
    assert text == "fifty-\ntwo people"


def test_hints_are_what_the_file_says_of_itself():
    hints = read(pdf([[b"x"]], info=INFO)).extraction.hints
    assert (hints.title, hints.author, hints.published) == ("A report", "Mira Sol", "2031-03-14")


@pytest.mark.parametrize("spelled", [False, True])
@pytest.mark.parametrize("drawn_from", ["left", "right"])
def test_a_persian_word_reads_from_its_rightmost_letter(drawn_from, spelled):
    places = [(letter, 300 - 7 * index) for index, letter in enumerate(WORD)]
    word = places if drawn_from == "right" else places[::-1]
    assert read(persian_pdf([word], spelled=spelled)).extraction.text.strip() == WORD


def test_two_lines_of_letters_are_not_mixed_with_digits():
    letters = [(letter, 300 - 7 * index) for index, letter in enumerate(WORD)]
    digits = [("۵", 150), ("۲", 157)]
    text = read(persian_pdf([letters, digits])).extraction.text
    assert WORD in text
    assert "۵۲" in text


@pytest.mark.parametrize("pages", [[[]], [[], []]])
def test_a_pdf_of_pictures_asks_for_character_recognition(pages):
    with pytest.raises(UnreadableError) as problem:
        read(pdf(pages))
    assert problem.value.code == "no_text"


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"%PDF-1.4\nrubbish", pdf([[b"x"]])[:120], b"\0" * 100]
)
def test_a_broken_pdf_is_told(data):
    with pytest.raises(UnreadableError) as problem:
        read(data)
    assert problem.value.code == "pdf_broken"


def test_a_locked_pdf_is_told_and_one_open_to_all_is_read():
    for password, code in (("secret", "pdf_encrypted"), ("", None)):
        writer = pypdf.PdfWriter(io.BytesIO(pdf([[b"locked words"]])))
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
        target = io.BytesIO()
        writer.write(target)
        if code is None:
            assert read(target.getvalue()).extraction.text == "locked words"
            continue
        with pytest.raises(UnreadableError) as problem:
            read(target.getvalue())
        assert problem.value.code == code
