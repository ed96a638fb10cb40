"""Whatever the text, every quote stands in it, and the same text gives the same suggestions."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affiant.claims import suggest

DIGEST = "sha256:" + "0" * 64
KEY = tomllib.loads(Path(__file__).with_name("key.toml").read_text(encoding="utf-8"))["case"]
SENTENCES = [case["text"] for case in KEY]
PIECES = [
    *("twelve villagers", "at least 40 people", "between 7 and 10 men", "dozens", "nobody"),
    *("were killed", "killed", "shot dead", "was said to have been abducted", "went missing"),
    *("by soldiers", "in Sedra", "on 14 March 2031", "yesterday", "at the behest of", "said"),
    *("according to", "called on", "to investigate", "in memory of", "status", "denied that"),
    *("“", "”", '"', "‘", "’", "(", ")", ",", ".", ";", ":", "—", "\n", "\n\n", "\u00a0"),
    *("of", "and", "who", "had", "not", "may have", "the", "including six women", "’s", "İ", "ß"),
    *("کشته شدند", "قُتل", "\u202e", "\u200c", "\ufeff", "KILLED", "WERE WOUNDED", "IN NAHR"),
]


def proposed(text, *, published=None):
    return suggest(text, text_digest=DIGEST, published=published)


def assert_anchored(text, found):
    for suggestion in found:
        for quote in suggestion.claim.quotes:
            quote.check(text)
            assert quote.text_digest == DIGEST
        assert 0 <= suggestion.score <= 1
        assert suggestion.why
        claim = suggestion.claim
        names = [party.name for party in claim.involvements if not party.inferred]
        assert all(name in text for name in names)
        assert all(count.words in text for count in claim.counts)
        assert claim.where is None or claim.where.words in text
        assert claim.method is None or claim.method in text
        assert claim.denies is None or claim.denies in text
        assert all(voice.name is None or voice.name in text for voice in claim.speakers)


@given(text=st.text(max_size=400))
def test_any_text_gives_anchored_suggestions_or_none(text):
    assert_anchored(text, proposed(text))


@settings(max_examples=400, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=40), joint=st.sampled_from([" ", "", "\n"])
)
def test_any_heap_of_our_cue_words_gives_anchored_suggestions(pieces, joint):
    text = joint.join(pieces)
    found = proposed(text, published="2031-04-02")
    assert_anchored(text, found)
    assert found == proposed(text, published="2031-04-02")


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_sentences_of_the_key_stay_anchored_when_they_are_damaged(data):
    text = data.draw(st.sampled_from(SENTENCES))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(at, min(at + 12, len(text))))
        text = text[:at] + data.draw(st.sampled_from(["", *PIECES])) + text[end:]
    assert_anchored(text, proposed(text))


@given(before=st.text(max_size=30), sentence=st.sampled_from(SENTENCES))
def test_what_stands_before_a_sentence_moves_its_quotes_and_breaks_none(before, sentence):
    text = before + "\n\n" + sentence
    assert_anchored(text, proposed(text))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_passage_never_gives_two_suggestions_of_one_act(sentence):
    spans = [
        (suggestion.claim.act, range(quote.start, quote.end))
        for suggestion in proposed(sentence)
        for quote in suggestion.claim.quotes[:1]
    ]
    for number, (act, span) in enumerate(spans):
        for other_act, other in spans[number + 1 :]:
            shared = max(span.start, other.start) < min(span.stop, other.stop)
            assert not (act == other_act and shared)


@pytest.mark.parametrize("language", ["fa", "ar", "und", "fr"])
def test_a_text_in_another_language_gives_nothing(language):
    text = "Soldiers killed twelve villagers in Sedra."
    assert suggest(text, text_digest=DIGEST, language=language) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 10_000,
        "a" * 200_000,
        "“" * 50_000,
        "'" * 50_000,
        '," said X, "' * 5_000,
        "killed " * 20_000,
        "police said killed " * 5_000,
        "12 people were killed, " * 5_000,
        "called on the UN to " * 5_000,
        "and " * 30_000,
        "1" * 100_000,
        "fifty-" * 20_000,
        "(" * 20_000 + "killed",
        "کشته شدند " * 10_000,
        "Mrs. " * 20_000,
    ],
    ids=lambda text: f"{text[:14]!r} x {len(text)}",
)
def test_a_hostile_text_takes_no_more_than_its_length_allows(text):
    started = time.perf_counter()
    assert_anchored(text, proposed(text))
    assert time.perf_counter() - started < 30
