"""A quote matches to the character or it does not exist."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from affiant.errors import AnchorError, IntegrityError
from affiant.model.quote import Quote

DIGEST = "sha256:" + 64 * "0"


def quote(exact: str, *, start: int) -> Quote:
    """Anchor a passage at a place."""
    end = start + len(exact)
    return Quote(slot="act", exact=exact, start=start, end=end, text_digest=DIGEST)


@given(text=st.text(min_size=1), data=st.data())
def test_a_quote_cut_from_a_text_is_found_in_that_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote(text[start:end], start=start).check(text)


@given(text=st.text(min_size=1), data=st.data())
def test_one_changed_character_under_a_quote_is_found(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_characters=text[place]))
    with pytest.raises(AnchorError):
        quote(text, start=0).check(text[:place] + other + text[place + 1 :])


@given(text=st.text(min_size=2), shift=st.integers(-50, 50).filter(bool))
def test_a_quote_moved_from_its_place_is_found(text, shift):
    start = len(text) // 2
    exact = text[start:]
    assume(text[max(start + shift, 0) :][: len(exact)] != exact)
    with pytest.raises(AnchorError):
        quote(exact, start=start + shift).check(text)


@pytest.mark.parametrize("text", ["", "Qarsan"])
def test_an_empty_quote_stands_nowhere(text):
    with pytest.raises(AnchorError):
        quote("", start=0).check(text)


def test_a_quote_with_its_end_moved_is_found():
    moved = Quote(slot="act", exact="bak", start=0, end=6, text_digest=DIGEST)
    with pytest.raises(AnchorError):
        moved.check("bakery")


def test_the_same_word_composed_otherwise_is_another_passage():
    composed, apart = "Andréa", unicodedata.normalize("NFD", "Andréa")
    with pytest.raises(AnchorError):
        quote(composed, start=0).check(apart)


def test_a_joiner_that_cannot_be_seen_counts_as_a_character():
    quote("می\u200cروند", start=3).check("آن\u200fمی\u200cروند")
    with pytest.raises(AnchorError):
        quote("میروند", start=3).check("آن\u200fمی\u200cروند")


def test_a_broken_anchor_is_broken_integrity_and_says_what_stands_there():
    with pytest.raises(IntegrityError) as broken:
        quote("forty", start=8).check("At least fifty people")
    assert broken.value.exit_code == 5
    assert "forty" in broken.value.problem
    assert DIGEST in broken.value.problem
    assert "affiant verify" in broken.value.remedy
