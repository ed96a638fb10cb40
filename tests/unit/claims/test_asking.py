"""The number and the date of a few marked words, in Persian and Arabic."""

import pytest

from affiant.claims.arabic_script.asking import bounds_in_words, date_in_words
from affiant.claims.asking.figures import bounds_in, date_in
from affiant.claims.asking.gate import About, admit
from affiant.claims.asking.numbered import numbered
from unit.claims.asking.invented import DIGEST, ORIGIN, reply_of

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
    ("ar", "شرطيان", (2, 2)),
    ("ar", "امرأتان وطفل", (3, 3)),
    ("ar", "الطبيب رامي الدلاوي", (1, 1)),
    ("ar", "لا أحد", (0, 0)),
    ("ar", "النساء", None),
    ("ar", "في ١٤ آذار ٢٠٣١", None),
    ("fa", "هیچ‌کس", (0, 0)),
    ("fa", "زنان روستا", None),
    ("fa", "۱۴ مارس ۲۰۳۱", None),
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


def test_several_numbers_are_given_in_order():
    assert bounds_in("۱۲ نفر، از جمله سه کودک", language="fa") == [(12, 12), (3, 3)]
    assert bounds_in("١٢ شخصا، بينهم ثلاثة أطفال", language="ar") == [(12, 12), (3, 3)]
    assert bounds_in("zwölf Leute", language="de") == []


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_words_that_give_no_date_stay_as_written(language):
    words = {"fa": "پیش از ظهر", "ar": "قبل الظهر"}[language]
    when = date_in(words, language=language, published="2031-05-20")
    assert (when.edtf, when.words) == (None, words)


def test_two_dates_are_not_taken_for_one():
    words = "١٢ أيار ٢٠٣١ و١٩ أيار ٢٠٣١"
    assert date_in(words, language="ar", published=None).edtf is None


SENTENCES = {
    "fa": "به گفتهٔ شورا، ۱۴ مارس ۲۰۳۱ سربازان دست‌کم دوازده روستایی را در سدرا کشتند.",
    "ar": "وقال المجلس إن جنودا قتلوا ما لا يقل عن اثني عشر قرويا في سدرا يوم ١٤ آذار ٢٠٣١.",
}
QUOTED = {
    "fa": ("سربازان", "شورا", "دست‌کم دوازده روستایی را در سدرا کشتند", "دست‌کم دوازده"),
    "ar": ("جنودا", "المجلس", "قتلوا ما لا يقل عن اثني عشر قرويا", "ما لا يقل عن اثني عشر"),
}
DAYS = {"fa": "۱۴ مارس ۲۰۳۱", "ar": "١٤ آذار ٢٠٣١"}


def through_gate(language, *, low=12, high=None, words=None):
    actor, speaker, act, number = QUOTED[language]
    slots = {"act": act, "actor": actor, "speaker": speaker, "when": DAYS[language]}
    proposal = {
        "act": "killing",
        "modality": "actual",
        "passages": [{"slot": s, "sentence": 1, "exact": exact} for s, exact in slots.items()],
        "speakers": [
            {"name": None, "stance": "reports", "basis": "none_given"},
            {"name": speaker, "stance": "asserts", "basis": "none_given"},
        ],
        "counts": [{"of": "killed", "min": low, "max": high, "words": words or number}],
        "involvements": [{"name": actor, "role": "direct_perpetrator", "side": "accused"}],
        "method": None,
        "when": DAYS[language],
        "where": None,
        "denies": None,
    }
    about = About(
        text_digest=DIGEST,
        sentences={item.number: item for item in numbered(SENTENCES[language])},
        language=language,
        published=None,
        origin=ORIGIN,
    )
    return admit(reply_of(proposal), about=about)


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_a_models_number_and_date_come_through_where_its_quotes_give_them(language):
    found = through_gate(language)
    assert found.dropped == {}
    [claim] = found.claims
    assert (claim.counts[0].min, claim.counts[0].max) == (12, None)
    assert claim.when.edtf == "2031-03-14"


@pytest.mark.parametrize("language", ["fa", "ar"])
@pytest.mark.parametrize(("low", "high"), [(13, None), (12, 12), (None, 12), (0, 0)])
def test_a_models_number_that_its_quote_does_not_give_is_dropped(language, low, high):
    assert through_gate(language, low=low, high=high).dropped == {"number_not_in_quote": 1}


@pytest.mark.parametrize(
    ("language", "words"), [("fa", "روستایی"), ("ar", "قتلوا"), ("ar", "قرويا")]
)
def test_a_models_number_from_words_without_one_is_dropped(language, words):
    found = through_gate(language, low=12, high=12, words=words)
    assert found.dropped == {"number_not_in_quote": 1}
