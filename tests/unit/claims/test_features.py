"""Every suggestion carries the names of what was seen, all of them from the closed list."""

import tomllib
from pathlib import Path

import pytest

from affiant.claims import suggest
from affiant.claims.features import FEATURES, ordered

KEY = tomllib.loads(Path(__file__).with_name("key.toml").read_text(encoding="utf-8"))["case"]
DIGEST = "sha256:" + "0" * 64
TEXT = "\n\n".join(case["text"] for case in KEY)


def test_every_suggestion_names_what_was_seen_from_the_closed_list_in_its_order():
    for suggestion in suggest(TEXT, text_digest=DIGEST):
        assert suggestion.features
        assert suggestion.features == ordered(set(suggestion.features))


def test_a_name_that_is_in_no_list_is_refused():
    with pytest.raises(KeyError):
        ordered({"gut_feeling"})


def test_the_passive_the_number_the_place_and_the_day_are_named():
    text = "Twelve villagers were killed in Sedra on 3 May 2031, officials said."
    (suggestion,) = suggest(text, text_digest=DIGEST)
    seen = {"verb_passive", "count_in_clause", "date_in_clause", "place_in_clause", "speaker_cue"}
    assert seen <= set(suggestion.features) <= FEATURES.keys()


def test_whoever_speaks_the_words_of_saying_are_shown_as_basis():
    text = "The ministry denied that twelve villagers were killed in Sedra."
    (suggestion,) = suggest(text, text_digest=DIGEST)
    assert [q.exact for q in suggestion.claim.quotes if q.slot == "basis"] == ["denied"]
