"""What the English rules find of sentences that were written before them.

A hundred and fifty sentences in manners unlike the golden pages: spoken, telegraphic, legal,
old-fashioned, news. Their acts, numbers and voices were written down before the rules were
taught to read them. Acts found at first sight, of 25 a batch: 6, 7, 8 and 4 in batches 1 to 4
(by the rules of version 2); 12 in batch 5 (as many as version 2 found) and 18 in batch 6 (14),
both written after the lists had grown. They are a floor that later changes must not fall
through, and no proof of more: the lists and these sentences come from one hand.
"""

import tomllib
from pathlib import Path

import pytest

from affiant.claims import suggest
from affiant.model.suggestion import Suggestion
from affiant.model.vocabulary import FAMILY_OF

SAID = tomllib.loads(Path(__file__).with_name("paraphrases_en.toml").read_text("utf-8"))["said"]
DIGEST = "sha256:" + "0" * 64
FEWEST_ACTS = {1: 24, 2: 22, 3: 20, 4: 23, 5: 23, 6: 22}
FEWEST_WHOLE = {1: 23, 2: 19, 3: 17, 4: 17, 5: 18, 6: 18}


def found(row: dict) -> list[Suggestion]:
    families = {FAMILY_OF[act] for act in row["acts"]}
    proposed = suggest(row["text"], text_digest=DIGEST, language="en")
    return [one for one in proposed if one.claim.family in families]


def is_whole(one: Suggestion, *, row: dict) -> bool:
    """Tell whether the numbers, the last voice and its stance are right too."""
    wanted = [tuple(None if bound < 0 else bound for bound in pair) for pair in row["counts"]]
    counts = [(count.min, count.max) for count in one.claim.counts]
    last = one.claim.speakers[-1]
    name = (last.name or "").lower()
    voice = row["speaker"].lower()
    said = voice in name if voice else not name
    told = [pair for pair in counts if pair != (None, None)]
    return told == wanted and said and last.stance == row["stance"]


@pytest.mark.parametrize("batch", sorted(FEWEST_ACTS))
def test_sentences_told_in_other_manners_are_still_found(batch):
    rows = [row for row in SAID if row["batch"] == batch]
    missed = [row["text"] for row in rows if not found(row)]
    assert len(rows) - len(missed) >= FEWEST_ACTS[batch], missed


@pytest.mark.parametrize("batch", sorted(FEWEST_WHOLE))
def test_their_numbers_and_voices_are_right_in_most(batch):
    rows = [row for row in SAID if row["batch"] == batch]
    wrong = [row["text"] for row in rows if not any(is_whole(one, row=row) for one in found(row))]
    assert len(rows) - len(wrong) >= FEWEST_WHOLE[batch], wrong


@pytest.mark.parametrize(
    "text",
    [
        "A burial service will be held on 30 May.",
        "It was like somebody beating a carpet.",
        "She lost patience with the men.",
        "The committee took note of three reports.",
        "The potter fired forty pots of clay.",
        "The villagers buried their treasure.",
        "The chapel holds as many as fifteen.",
        "They kicked a ball about in the yard.",
        "The hunter shot two ducks.",
        "We burned a candle for him.",
        "She was taken to hospital with a fever.",
        "They arrested the fire before it reached the houses.",
    ],
)
def test_a_verb_in_another_sense_tells_of_no_act(text):
    assert suggest(text, text_digest=DIGEST, language="en") == []


@pytest.mark.parametrize(
    ("after", "stance"),
    [
        ("That was wrong.", "asserts"),
        ("It was a mistake.", "asserts"),
        ("We were wrong to obey.", "asserts"),
        ("That was incorrect.", "retracts"),
        ("We withdraw that.", "retracts"),
        ("We were misinformed.", "retracts"),
    ],
)
def test_a_judgement_of_the_deed_takes_nothing_back(after, stance):
    text = f"Soldiers shot two boys at the mill. {after}"
    found = suggest(text, text_digest=DIGEST, published=None, language="en")
    assert [one.claim.speakers[-1].stance for one in found] == [stance]


def test_who_did_it_is_no_second_part_of_the_verb():
    text = "Five people were taken away by the city police."
    [one] = suggest(text, text_digest=DIGEST, published=None, language="en")
    accused = [party.name for party in one.claim.involvements if party.side == "accused"]
    assert accused == ["the city police"]
    [act] = [quote.exact for quote in one.claim.quotes if quote.slot == "act"]
    assert act == "Five people were taken away"
