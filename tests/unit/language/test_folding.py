"""One folding for every script, and the way back to the letters as they were written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis.strategies import characters, text

from affiant.language.folding import browser_table, fold, fold_character, fold_with_map

WORDS = text(characters(exclude_categories=("Cs",)), max_size=40)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("كاوه", "کاوه"),
        ("کاوه", "کاوه"),
        ("علي", "علی"),
        ("على", "علی"),
        ("مُحَمَّد", "محمد"),
        ("می‌گویند", "میگویند"),
        ("ـكـتـاب", "کتاب"),
        ("أحمد إسلام آب", "احمد اسلام اب"),
        ("مدرسة", "مدرسه"),
        ("۱۴۰۲ ٥٢ 52", "1402 52 52"),
        ("Çağlar Ölüdağ", "caglar oludag"),
        ("STRAẞE straße", "strasse strasse"),
        ("Łódź Øst", "lodz ost"),
        ("O\u2019Brien", "o'brien"),
        ("co\u2010operate", "co-operate"),
        ("a\u00a0b\u2003c\n\td", "a b c d"),
        ("\ufeffx\u200by\u00adz", "xyz"),
        ("ﷲ", "الله"),
        ("ﻻ", "لا"),
        ("ＦＵＬＬ", "full"),
        ("", ""),
    ],
)
def test_what_a_reader_calls_the_same_letters_becomes_the_same(written, folded):
    assert fold(written) == folded


@given(words=WORDS)
def test_folding_twice_changes_nothing_more(words):
    assert fold(fold(words)) == fold(words)


@given(words=WORDS)
def test_composed_and_decomposed_letters_fold_alike_where_they_are_alike(words):
    composed = unicodedata.normalize("NFC", words)
    assert fold(composed) == fold(unicodedata.normalize("NFD", composed))


@given(words=WORDS)
def test_every_folded_letter_leads_back_to_the_one_that_it_came_from(words):
    folded, offsets = fold_with_map(words)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    pieces: dict[int, str] = {}
    for letter, offset in zip(folded, offsets, strict=True):
        pieces[offset] = pieces.get(offset, "") + letter
    assert all(fold_character(words[offset]) == piece for offset, piece in pieces.items())


@given(words=WORDS)
def test_folded_words_hold_no_mark_and_no_hidden_character(words):
    kinds = {unicodedata.category(letter) for letter in fold(words)}
    assert not kinds & {"Mn", "Me", "Cf", "Cc"}


def test_the_browser_s_table_folds_as_we_do():
    table = browser_table()
    removed = set(table[""])
    for code in (*range(0xA0, 0x250), *range(0x370, 0x500), *range(0x600, 0x700)):
        character = chr(code)
        if unicodedata.category(character) in ("Cn", "Co", "Cs"):
            continue
        ours = fold_character(character)
        theirs = "" if character in removed else table.get(character, character)
        assert theirs == ours, f"U+{code:04X}"
