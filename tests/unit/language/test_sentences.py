"""Sentences and words with their offsets."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from affiant.language import detect, sentences, words
from affiant.language.sentences import LONGEST


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


def test_titles_initials_and_abbreviations_end_no_sentence():
    text = "Mrs. Talavar met Col. K. Varesh on 3 Jan. 2031. They spoke in No. 4, U.S. envoys said."
    assert cut(text) == [
        "Mrs. Talavar met Col. K. Varesh on 3 Jan. 2031.",
        "They spoke in No. 4, U.S. envoys said.",
    ]


def test_a_closing_mark_belongs_to_the_sentence_before_it():
    assert cut("“They came.” He wept. “Why?” she asked.") == [
        "“They came.”",
        "He wept.",
        "“Why?”",
        "she asked.",
    ]


def test_sentences_in_capitals_are_told_apart():
    assert cut("TWO WERE KILLED.  THE ARMY DENIED IT.") == [
        "TWO WERE KILLED.",
        "THE ARMY DENIED IT.",
    ]


def test_a_decimal_and_an_ellipsis_within_a_sentence_do_not_cut_it():
    assert cut("Some 3.5 tonnes of flour ... were taken.") == [
        "Some 3.5 tonnes of flour ... were taken."
    ]


@given(text=st.text(max_size=300))
def test_sentences_stand_in_order_and_lose_nothing_but_white_space(text):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(text=st.text(max_size=300))
def test_every_word_stands_at_its_offsets(text):
    assert all(text[word.start : word.end] == word.text for word in words(text))


def test_numbers_names_and_titles_are_one_word_each():
    found = [word.text for word in words("Mrs. Talavar’s PMOI/MEK, 12,000 men, 52nd, fifty-two")]
    assert found == [
        "Mrs.",
        "Talavar’s",
        "PMOI/MEK",
        ",",
        "12,000",
        "men",
        ",",
        "52nd",
        ",",
        "fifty-two",
    ]


def test_no_sentence_is_longer_than_the_limit():
    assert max(end - start for start, end in sentences("word " * 5000)) <= LONGEST
    assert max(end - start for start, end in sentences("x" * 20_000)) <= LONGEST


def test_the_language_of_a_text_is_told_and_a_short_one_is_not_guessed_at():
    assert detect("Soldiers entered the village and took fourteen men away.") == "en"
    assert detect("سربازان وارد روستا شدند و چهارده مرد را با خود بردند") == "fa"
    assert detect("دخل الجنود القرية وأخذوا معهم أربعة عشر رجلا إلى جهة مجهولة") == "ar"
    assert detect("No.") == "und"
    assert detect("12 34 56 78 90 12 34 56 78 90 12 34 56") == "und"
