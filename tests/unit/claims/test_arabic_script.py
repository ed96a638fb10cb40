"""The shadow copy maps back, and the rules for Arabic script stand any text."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affiant.claims import suggest
from affiant.claims.arabic_script.dates import find_dates
from affiant.claims.arabic_script.numbers import find_numbers
from affiant.claims.arabic_script.patterns import glue
from affiant.claims.arabic_script.shadow import key_of, shadow
from affiant.language.calendars import hijri_days, solar_hijri_days

DIGEST = "sha256:" + "0" * 64
PIECES = st.sampled_from(
    [
        *("سربازان", "دوازده", "روستایی", "را", "کشتند", "۱۴ مارس ۲۰۳۱", "۵ خرداد ۱۴۰۹", "به گفته"),
        *(
            "می",
            "کشند",
            "\u200c",
            "\u200f",
            "\u202b",
            "\u202c",
            "ـ",
            "ً",
            "«",
            "»",
            ":",
            "،",
            ".",
            "؟",
        ),
        *("از جمله", "سه", "نفر", "ها", "گفت", "که", "\n", "- ", "دیروز", "٣٠", "12-15", "او", "و"),
        *("تکذیب کرد", "سالگرد", "خواستار", "شد", "در روستای", "قول داد", "اگر", "ده", "تا", "صد"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=200))


def sentence(text):
    return shadow(text, spans=[(0, len(text))], glue=glue("fa"))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_word_of_the_shadow_stands_where_it_says(text):
    line = sentence(text)
    before = 0
    for token in line.tokens:
        assert before <= token.start < token.end <= len(text)
        before = token.end
    assert line.line == " ".join(token.key for token in line.tokens)


@given(TEXTS, st.sampled_from([None, "2031-05-02", "0001-01-01", "9999-12-31", "2031"]))
@settings(max_examples=200, deadline=None)
def test_every_quote_stands_at_its_offsets_in_any_text(text, published):
    for suggestion in suggest(text, text_digest=DIGEST, published=published, language="fa"):
        assert suggestion.why
        assert suggestion.features
        for quote in suggestion.claim.quotes:
            assert text[quote.start : quote.end] == quote.exact != ""


def test_spelling_is_made_uniform():
    assert key_of("كشته‌ي") == key_of("کشته‌ی")
    assert key_of("۱۴") == key_of("١٤") == "14"
    assert [token.key for token in sentence("می کشند بچه ها").tokens] == ["میکشند", "بچهها"]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("دست‌کم ۴۰ نفر", 40, None),
        ("بیش از هفت نفر", 8, None),
        ("تا سی نفر", None, 30),
        ("حدود دویست و پنجاه نفر", 250, 250),
        ("بین ۷ تا ۱۰ نفر", 7, 10),
        ("پنج شش نفر", 5, 6),
        ("سه هزار و دویست نفر", 3200, 3200),
        ("ده‌ها نفر", 20, None),
        ("چند نفر", None, None),
    ],
)
def test_bounds_of_numbers(words, low, high):
    [number] = find_numbers(sentence(words), language="fa")
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("۱۴ مارس ۲۰۳۱", "2031-03-14"),
        ("۳ خرداد ۱۴۱۰", "2031-05-24"),
        ("اسفند ۱۴۰۹", "2031-02-20/2031-03-20"),
        ("۱۴۱۰/۳/۳", "2031-05-24"),
        ("دیروز", "2031-05-01"),
        ("۱ رمضان ۱۴۴۵", "2024-03-11"),
    ],
)
def test_dates_of_three_calendars(words, edtf):
    [found] = find_dates(sentence(words), language="fa", published="2031-05-02")
    assert found.when.edtf == edtf
    assert (found.when.basis == "ambiguous") == (found.when.calendar == "hijri")


def test_calendars_know_their_last_days():
    assert solar_hijri_days(1403, month=12, day=30) == (date(2025, 3, 20), date(2025, 3, 20))
    assert solar_hijri_days(1404, month=12, day=30) is None
    assert hijri_days(1447, month=1, day=1) == (date(2025, 6, 27), date(2025, 6, 27))
    assert hijri_days(1447, month=13, day=1) is None


@pytest.mark.parametrize(
    "piece", ["سه نفر را کشتند و ", "به گفته ", "وادار به ترک ", "۱۲ تا ", "«"]
)
def test_time_is_linear_in_the_length(piece):
    def seconds(times):
        text = piece * times
        begin = time.perf_counter()
        suggest(text, text_digest=DIGEST, language="fa")
        return time.perf_counter() - begin

    seconds(5)
    assert seconds(800) < 16 * max(seconds(200), 0.05)
