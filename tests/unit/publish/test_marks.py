"""No text on a page can disguise itself."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from affiant.publish.pages.marks import MARKS, visible


def test_a_direction_override_is_shown_as_a_word():
    assert visible("paid \u202e57\u202c men") == "paid ⟦RLO⟧57⟦PDF⟧ men"


def test_every_direction_control_of_unicode_has_a_mark():
    controls = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    found = [
        chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in controls
    ]
    assert len(found) == 9
    assert set(found) | {"\u200e", "\u200f", "\u061c"} <= set(MARKS)


def test_joiners_stay_because_letters_need_them():
    assert visible("نخل\u200cآوا\u200d") == "نخل\u200cآوا\u200d"


def test_a_carriage_return_is_shown_unless_it_ends_a_line_with_its_line_feed():
    assert visible("one\r\ntwo\rthree") == "one\ntwo⟦CR⟧three"


@given(st.text())
def test_nothing_hidden_is_left(text):
    assert not set(visible(text)) & set(MARKS)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs"))))
def test_plain_words_stand_as_they_are(text):
    assert visible(text) == text
