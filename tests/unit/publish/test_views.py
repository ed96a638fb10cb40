"""The views refuse what no page could show."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.publish.pages.views import (
    MatrixView,
    NumberView,
    PassageView,
    QuotedSpan,
    ReasonTally,
    TallyView,
    Words,
    words_in,
)
from unit.publish.invented import BAKERY, MATRIX, SITE


def passage(text: str, *, spans: tuple[tuple[int, int], ...]) -> PassageView:
    return PassageView(
        passage_id="p",
        text=text,
        spans=tuple(QuotedSpan(slot="act", start=start, end=end) for start, end in spans),
        source=Words(text="somebody"),
        document=Words(text="something"),
        claim_ids=("c",),
        paragraph=0,
        paragraphs=1,
    )


@given(data=st.data(), text=st.text(alphabet="ab\r\nپ🜁", min_size=1))
def test_the_pieces_of_a_passage_are_the_passage(data, text):
    start = st.integers(0, len(text) - 1)
    span = start.flatmap(lambda at: st.tuples(st.just(at), st.integers(at + 1, len(text))))
    view = passage(text, spans=tuple(data.draw(st.lists(span, min_size=1, max_size=4))))
    assert "".join(piece for _, piece in view.pieces) == text
    assert not any(
        first.endswith("\r") and second.startswith("\n")
        for (_, first), (_, second) in zip(view.pieces, view.pieces[1:], strict=False)
    )


def test_spans_that_overlap_are_marked_once():
    view = passage("abcdefgh", spans=((4, 6), (1, 3), (2, 4)))
    assert view.pieces == ((False, "a"), (True, "bcdef"), (False, "gh"))


def test_a_slot_that_is_quoted_twice_is_named_once():
    assert passage("abcdefgh", spans=((4, 6), (1, 3))).slots == ("act",)


def test_a_passage_without_a_claim_is_refused():
    with pytest.raises(ValueError, match="quotes nothing"):
        replace(passage("abc", spans=((0, 1),)), claim_ids=())


def test_all_that_opposes_one_answer_stands_together():
    first, second = BAKERY.against
    other = replace(first, voice="C", state="differs")
    grouped = replace(BAKERY, against=(first, other, second)).against_by_question
    assert grouped == ((first, other), (second,))


def test_a_span_outside_its_paragraph_is_refused():
    with pytest.raises(ValueError, match="does not stand in the paragraph"):
        passage("abc", spans=((1, 4),))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (14, 16, "14–16"),
        (15, 15, "15"),
        (14, None, "at least 14"),
        (None, 16, "at most 16"),
        (0, 0, "0"),
        (None, None, "not known"),
    ],
)
def test_an_unknown_bound_is_never_nought(low, high, words):
    assert NumberView(min=low, max=high).words == words


def test_bounds_that_cross_are_refused():
    with pytest.raises(ValueError, match="cross"):
        NumberView(min=3, max=2)


def test_a_row_answers_for_every_voice():
    with pytest.raises(ValueError, match="4 of 5 voices"):
        MatrixView(
            voices=MATRIX.voices, rows=(replace(MATRIX.rows[0], cells=MATRIX.rows[0].cells[:4]),)
        )


def test_a_letter_without_a_column_is_refused():
    stranger = replace(BAKERY.accused[0], alleged_by=("Z",))
    with pytest.raises(ValueError, match="'Z' has no column"):
        replace(BAKERY, accused=(stranger,))


def test_an_id_that_could_leave_its_folder_is_refused():
    for odd in ("../up", "a/b", "", ".hidden", "na\u202eme", "x" * 81):
        with pytest.raises(ValueError, match="cannot name a page"):
            replace(BAKERY, incident_id=odd)


def test_a_page_that_shows_another_number_than_it_proves_is_refused():
    check = SITE.checks[0]
    with pytest.raises(ValueError, match="not the number proved"):
        replace(check, number=NumberView(min=14, max=17))
    with pytest.raises(ValueError, match="not the claims proved"):
        replace(check, members=check.members[:1])


def test_tallies_add_up():
    with pytest.raises(ValueError, match="not those found"):
        replace(SITE.tally, unread=(ReasonTally(reason="broken", documents=3),))
    assert isinstance(SITE.tally, TallyView)


def test_a_language_brings_its_direction():
    assert words_in("fa-IR", text="پ").direction == "rtl"
    assert words_in("en", text="a").direction == "ltr"
    assert words_in("und", text="?").direction == "auto"
    with pytest.raises(ValueError, match="not a language tag"):
        words_in('fa" onclick="x', text="پ")
