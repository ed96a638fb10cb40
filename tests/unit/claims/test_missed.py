"""Sentences with a word of violence, in the three languages that have rules."""

import time

import pytest

from affiant.claims.missed import violent_sentences

TOLD = [
    ("en", "The massacre is spoken of to this day."),
    ("fa", "هنوز از کشتار آن سال می‌گویند."),
    ("fa", "کسی نمی‌داند چرا او را شکنجه می‌کردند."),
    ("fa", "می‌گویند در آن محله تیرباران شده‌اند."),
    ("fa", "قتل‌عام مارینه را همه به یاد دارند."),
    ("fa", "خانه‌هایشان را به آتش کشیدند."),
    ("ar", "ما زال الناس يذكرون مجزرة سدرا."),
    ("ar", "لا أحد يعرف لماذا عذّبوه."),
    ("ar", "يقولون إنهم أُعدموا هناك."),
    ("ar", "واستمر القصف حتى المساء."),
    ("ar", "وهُدمت بيوتهم."),
]
NOT_TOLD = [
    ("en", "The bakery opened at six."),
    ("fa", "نانوایی ساعت شش باز شد."),
    ("fa", "او کتاب را از قفسه برداشت و به خواهرش داد."),
    ("fa", "جلسه‌ی شورا در روستا برگزار شد."),
    ("ar", "فُتح المخبز في الساعة السادسة."),
    ("ar", "أخذ الطالب كتابه من الرف."),
    ("ar", "عقد المجلس جلسته في القرية."),
    ("ar", "شرب من الماء قبل أن ينام."),
]
BEFORE = {"en": "The bakery opened.", "fa": "نانوایی باز شد.", "ar": "فُتح المخبز."}


@pytest.mark.parametrize(("language", "sentence"), TOLD)
def test_a_sentence_with_a_word_of_violence_is_found_in_its_place(language, sentence):
    text = f"{BEFORE[language]} {sentence}\n\n{BEFORE[language]}\n"
    found = [text[start:end] for start, end in violent_sentences(text, language=language)]
    assert found == [sentence]


@pytest.mark.parametrize(("language", "sentence"), NOT_TOLD)
def test_a_sentence_without_one_is_not_found(language, sentence):
    assert list(violent_sentences(sentence, language=language)) == []


def test_a_language_without_rules_has_none():
    assert list(violent_sentences("Das Massaker.", language="de")) == []


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_a_long_text_takes_time_with_its_length(language):
    def seconds(times):
        begun = time.perf_counter()
        list(violent_sentences(BEFORE[language][:-1] * times, language=language))
        return time.perf_counter() - begun

    seconds(10)
    assert seconds(4000) < 8 * seconds(1000) + 1
