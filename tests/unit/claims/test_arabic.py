"""Promises of the Arabic rules that no single sentence shows."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from affiant.claims import suggest
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.blocks import blocks

DIGEST = "sha256:" + "0" * 64
WORDS = [
    *("قتل", "قُتل", "وقتلوا", "ثلاثة", "مدنيين", "قال", "الناطق", "إن", "«", "»", "،", ".", ":"),
    *("بينهم", "امرأتان", "للشرطة", "لل", "و", "أمس", "١٢ أيار", "ما لا يقل عن", "نفى", "أحد"),
]


def proposed(text):
    return suggest(text, text_digest=DIGEST, published="2031-05-02", language="ar")


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)))
def test_any_text_is_read_and_every_quote_stands_in_it(text):
    for suggestion in proposed(text):
        assert all(text[q.start : q.end] == q.exact for q in suggestion.claim.quotes)


def test_letters_written_onto_a_word_are_words_of_their_own():
    line = arabic_shadow("وقتلوا للشرطة وزارة", spans=[(0, 19)])
    assert line.line == "و قتلوا ل الشرطه وزاره"
    assert [token.start for token in line.tokens] == [0, 1, 7, 7, 14]


def test_a_word_of_one_letter_over_and_over_ends():
    assert proposed("و" * 5000) == []


def test_a_text_without_full_stops_takes_time_with_its_length():
    def seconds(times):
        begun = time.perf_counter()
        proposed("قتل ثلاثة مدنيين " * times)
        return time.perf_counter() - begun

    seconds(10)
    assert seconds(1600) < 8 * seconds(400) + 1


def test_no_act_of_a_sentence_with_many_is_left_out():
    names = [f"{name}{more}" for name in ("سدرا", "قرسان", "مارينة", "تليم") for more in "أبتثجحخد"]
    text = "، و".join(f"قُتل {at + 3} في {name}" for at, name in enumerate(names * 2))
    found = [s.claim.counts[0].min for s in proposed(text + ".")]
    assert found == list(range(3, 3 + len(names) * 2))


def test_a_list_of_short_links_before_a_text_is_navigation():
    text = "دروب\n  أدب\n  سينما\n  مقتل الشاعر: حلقات\n\nقُتل ثلاثة مدنيين في بلدة سدرا.\n"
    kinds = {text[block.start : block.end]: block.kind for block in blocks(text)}
    assert kinds["مقتل الشاعر: حلقات"] == "menu"
    assert [s.claim.counts[0].min for s in proposed(text)] == [3]


def test_quotation_marks_do_not_make_a_paragraph_navigation():
    text = "وقالت إذاعة «النهر» إن ثلاثة مدنيين قُتلوا في «السوق القديمة»."
    assert [block.kind for block in blocks(text)] != ["menu"]


def test_the_origin_names_the_arabic_rules():
    [suggestion] = proposed("قُتل ثلاثة مدنيين.")
    assert (suggestion.claim.origin.tool, suggestion.claim.origin.version) == ("rules-ar", "3")
    assert "قُتل" in suggestion.why
