"""What a recogniser saw becomes a text; a table of another form is not believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import UnreadableError
from affiant.read.recognition import PageText, page_text, whole_text

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


def row(level, block, paragraph, line, word, box, confidence, text):
    return "\t".join(map(str, (level, 1, block, paragraph, line, word, *box, confidence, text)))


def table(*rows):
    return ("\n".join([HEAD, *rows]) + "\n").encode()


PAGE = table(
    row(1, 0, 0, 0, 0, (0, 0, 1000, 2000), -1, ""),
    row(4, 1, 1, 1, 0, (100, 200, 300, 40), -1, ""),
    row(5, 1, 1, 1, 1, (100, 200, 100, 40), 96.5, "Three"),
    row(5, 1, 1, 1, 2, (220, 200, 180, 40), 50.1, "men"),
    row(4, 1, 1, 2, 0, (100, 260, 300, 40), -1, ""),
    row(5, 1, 1, 2, 1, (100, 260, 100, 40), 90, "were"),
    row(4, 2, 1, 1, 0, (0, 1990, 1000, 10), -1, ""),
    row(5, 2, 1, 1, 1, (0, 1990, 1000, 10), 80, "\u06a9\u0634\u062a\u0647"),
    row(4, 3, 1, 1, 0, (0, 0, 10, 10), -1, ""),
    row(5, 3, 1, 1, 1, (0, 0, 10, 10), 95, " "),
)


def test_lines_paragraphs_and_their_places():
    page = page_text(PAGE, width=1000, height=2000)
    assert page.text == "Three men\nwere\n\n\u06a9\u0634\u062a\u0647"
    assert [page.text[region.start : region.end] for region in page.regions] == [
        "Three men",
        "were",
        "\u06a9\u0634\u062a\u0647",
    ]
    assert page.regions[0].box == (1000, 1000, 4000, 1200)
    assert page.regions[2].box == (0, 9950, 10_000, 10_000)
    assert page.confidences == (96.5, 50.1, 90.0, 80.0)


def test_pages_are_put_together_and_their_figures_told():
    page = page_text(PAGE, width=1000, height=2000)
    whole = whole_text([page, PageText(text=""), page])
    assert whole.text == f"{page.text}\f\n\f\n{page.text}"
    assert [whole.text[span.start : span.end] for span in whole.pages] == [page.text, "", page.text]
    for region in whole.regions:
        span = whole.pages[(region.page or 0) - 1]
        assert span.start <= region.start < region.end <= span.end
    assert {region.page for region in whole.regions} == {1, 3}
    assert dict(whole.figures) == {"words": "8", "mean_confidence": "79", "words_below_60": "2"}
    assert dict(whole_text([PageText(text="")]).figures) == {"words": "0"}


def test_a_page_without_words_has_no_text():
    assert page_text(table(row(1, 0, 0, 0, 0, (0, 0, 9, 9), -1, "")), width=9, height=9).text == ""


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"Three men were killed",
        HEAD.encode() + b"\n5\t1",
        HEAD.encode() + b"\n\xff\xfe",
        table(row(5, 1, 1, 1, 1, (0, 0, 5, 5), 90, "word without a line")),
        table(row(4, 1, 1, 1, 0, (-1, 0, 5, 5), -1, "")),
        table(row(4, 1, 1, 1, 0, (0, 0, -5, 5), -1, "")),
        table(row(4, 1, 1, 1, 0, (0, 0, 1 << 30, 5), -1, "")),
        table(row(4, 1, 1, 1, 0, ("x", 0, 5, 5), -1, "")),
        table(row(4, 1, 1, 1, 0, (0, 0, 5, 5), "nan", "")),
        table(row(4, 1, 1, 1, 0, (0, 0, 5, 5), 101, "")),
        table(row(4, 1, 1, 1, 0, (0, 0, 5, 5), -1, "a\tb")),
    ],
)
def test_a_table_of_another_form_is_not_believed(wrong):
    with pytest.raises(UnreadableError) as problem:
        page_text(wrong, width=100, height=100)
    assert problem.value.code == "bad_reply"


@given(
    left=st.integers(0, 5000),
    top=st.integers(0, 5000),
    size=st.tuples(st.integers(0, 5000), st.integers(0, 5000)),
    page=st.tuples(st.integers(1, 6000), st.integers(1, 6000)),
)
def test_every_box_becomes_a_box_on_its_page(left, top, size, page):
    made = table(
        row(4, 1, 1, 1, 0, (left, top, *size), -1, ""),
        row(5, 1, 1, 1, 1, (left, top, *size), 90, "word"),
    )
    [region] = page_text(made, width=page[0], height=page[1]).regions
    assert region.box is not None
