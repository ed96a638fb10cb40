"""The number and the date of a few marked words, in Persian and Arabic."""

import pytest

from affiant.claims.arabic_script.asking import bounds_in_words, date_in_words

BOUNDS = [
    ("ar", "ما لا يقل عن أربعين شخصا", (40, None)),
    ("ar", "أكثر من ثلاثين", (31, None)),
    ("ar", "اثنين وخمسين من المواطنين", (52, 52)),
    ("ar", "٣٤٠٠ شخص", (3400, 3400)),
    ("ar", "بين سبعة وعشرة", (7, 10)),
    ("ar", "إحدى عشرة طالبة", (11, 11)),
    ("ar", "ألف ومئتين وخمسة عشر", (1215, 1215)),
    ("ar", "ثلاثة آلاف", (3000, 3000)),
    ("ar", "عشرات القتلى", (24, None)),
    ("ar", "أقل من مئة", (None, 99)),
    ("ar", "عدة أشخاص", (None, None)),
    ("ar", "لا رقم هنا", None),
    ("fa", "دست‌کم ۴۰ نفر", (40, None)),
    ("fa", "بیست و سه نفر", (23, 23)),
]

DATES = [
    ("ar", "١٢ أيار/مايو ٢٠٣١", None, "2031-05-12"),
    ("ar", "في الأول من تشرين الأول 2032", None, "2032-10-01"),
    ("ar", "أمس", "2031-05-20", "2031-05-19"),
    ("ar", "أول أمس", "2031-05-20", "2031-05-18"),
    ("ar", "5 يوليو", "2030-07-09", "2030-07-05"),
    ("fa", "۱۴ مارس ۲۰۳۱", None, "2031-03-14"),
    ("fa", "دیروز", "2031-05-20", "2031-05-19"),
]


@pytest.mark.parametrize(("language", "words", "wanted"), BOUNDS)
def test_a_number_in_words_is_read_with_its_bounds(language, words, wanted):
    assert bounds_in_words(words, language=language) == wanted


@pytest.mark.parametrize(("language", "words", "published", "wanted"), DATES)
def test_a_date_in_words_is_read_as_edtf(language, words, published, wanted):
    assert date_in_words(words, language=language, published=published).edtf == wanted


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_words_without_a_date_give_none(language):
    assert date_in_words("سدرا", language=language, published="2031-05-20") is None
