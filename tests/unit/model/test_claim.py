"""Claims survive the way to JSON and back, and only whole ones do."""

import json
from dataclasses import FrozenInstanceError
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import BadInputError
from affiant.model import vocabulary
from affiant.model.claim import Claim, ClaimOrigin, claim_fields, decode_claim, with_text
from affiant.model.count import Count, Part
from affiant.model.involvement import Involvement
from affiant.model.quote import Quote
from affiant.model.speaker import Speaker
from affiant.model.when import When
from affiant.model.where import Where

DIGEST = "sha256:" + 64 * "a"

words = st.text(max_size=20)
some_words = st.none() | words
numbers = st.none() | st.integers(0, 10**9)


def one_of(closed_list: object) -> st.SearchStrategy[str]:
    """Draw a word from a closed list."""
    return st.sampled_from(get_args(closed_list))


bounds = st.tuples(numbers, numbers).filter(
    lambda pair: None in pair or pair[0] <= pair[1]  # crossing bounds are refused
)
parts = st.builds(Part, words=words, min=numbers, max=numbers)
counts = bounds.flatmap(
    lambda pair: st.builds(
        Count,
        of=one_of(vocabulary.CountOf),
        min=st.just(pair[0]),
        max=st.just(pair[1]),
        words=words,
        population=some_words,
        breakdown=st.lists(parts, max_size=2).map(tuple),
        relation=one_of(vocabulary.Relation),
        scope=one_of(vocabulary.Scope),
    )
)
quotes = st.builds(
    Quote,
    slot=one_of(vocabulary.SlotName),
    exact=words,
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    text_digest=st.just(DIGEST),
)
speakers = st.builds(
    Speaker, name=some_words, stance=one_of(vocabulary.Stance), basis=one_of(vocabulary.Basis)
)
involvements = st.builds(
    Involvement,
    name=words,
    role=one_of(vocabulary.Role),
    side=one_of(vocabulary.Side),
    strength=one_of(vocabulary.Strength),
    inferred=st.booleans(),
    claimed_status=some_words,
)
whens = st.builds(
    When,
    edtf=st.none() | st.sampled_from(["2031", "2031-03-14", "2031-03/2031-05", "2031?"]),
    basis=one_of(vocabulary.DateBasis),
    words=words,
    clock=some_words,
    zone=some_words,
    night_of=st.booleans(),
    calendar=one_of(vocabulary.Calendar),
    alternatives=st.lists(words, max_size=2).map(tuple),
)
wheres = st.builds(
    Where,
    words=words,
    name=some_words,
    latitude=some_words,
    longitude=some_words,
    precision_m=numbers,
)
claims = st.builds(
    Claim,
    quotes=st.lists(quotes, min_size=1, max_size=3).map(tuple),
    speakers=st.lists(speakers, min_size=1, max_size=3).map(tuple),
    act=one_of(vocabulary.Act),
    modality=one_of(vocabulary.Modality),
    method=some_words,
    involvements=st.lists(involvements, max_size=2).map(tuple),
    counts=st.lists(counts, max_size=2).map(tuple),
    when=st.none() | whens,
    where=st.none() | wheres,
    characterisations=st.lists(words, max_size=2).map(tuple),
    denies=some_words,
    language=st.sampled_from(["en", "fa", "ar", "und"]),
    origin=st.builds(ClaimOrigin, tool=words, version=words),
    inferred=st.booleans(),
)


def a_claim(**changes: object) -> Claim:
    """Make the smallest claim there is, with changes."""
    quote = Quote(slot="act", exact="fell", start=4, end=8, text_digest=DIGEST)
    whole = {"quotes": (quote,), "speakers": (Speaker(name=None),), "act": "killing"}
    return Claim(**{**whole, **changes})


@given(claim=claims)
def test_a_claim_comes_back_from_json_as_it_went(claim):
    assert decode_claim(json.loads(json.dumps(claim_fields(claim)))) == claim


@given(claim=claims)
def test_a_claim_as_json_holds_only_what_canonical_json_can_hold(claim):
    def check(value: object) -> None:
        assert isinstance(value, dict | list | tuple | str | int | bool | None)
        parts = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict | list | tuple):
            for part in parts:
                check(part)

    check(claim_fields(claim))


def test_the_fields_that_other_programs_read_are_spelt_as_promised():
    when = When(edtf="2031-03-14", basis="explicit", words="on 14 March")
    fields = claim_fields(
        a_claim(
            involvements=(Involvement(name="soldiers", role="direct_perpetrator", side="accused"),),
            counts=(Count(of="killed", min=40),),
            when=when,
            where=Where(words="the bakery"),
        )
    )
    assert {"quotes", "speakers", "modality", "act", "family", "method", "involvements"} <= set(
        fields
    )
    assert {"counts", "when", "where", "origin"} <= set(fields)
    assert set(fields["quotes"][0]) == {"slot", "exact", "start", "end", "text_digest"}
    assert set(fields["speakers"][0]) == {"name", "stance", "basis"}
    assert {"name", "role", "side", "strength", "inferred"} <= set(fields["involvements"][0])
    assert {"of", "min", "max", "words", "breakdown", "scope"} <= set(fields["counts"][0])
    assert {"edtf", "clock", "basis", "words"} <= set(fields["when"])
    assert {"words", "name"} <= set(fields["where"])
    assert set(fields["origin"]) == {"tool", "version"}


@pytest.mark.parametrize("act", get_args(vocabulary.Act))
def test_the_family_follows_from_the_act(act):
    claim = a_claim(act=act)
    assert claim.family == vocabulary.FAMILY_OF[act] == claim_fields(claim)["family"]


def test_a_family_that_does_not_fit_the_act_changes_nothing():
    fields = {**claim_fields(a_claim()), "family": "statement", "status": "accepted"}
    assert decode_claim(fields) == a_claim()


@pytest.mark.parametrize(
    "change",
    [
        {"act": "murder"},
        {"modality": "certain"},
        {"quotes": []},
        {"speakers": []},
        {"speakers": [{"name": "Mira Dalvane", "stance": "swears"}]},
        {"counts": [{"of": "killed", "min": 3.5}]},
        {"counts": [{"of": "killed", "min": True}]},
        {"counts": [{"of": "killed", "min": "3"}]},
        {"counts": [{"of": "killed", "min": 4, "max": 3}]},
        {"counts": [{"of": "killed", "min": -1}]},
        {"quotes": [{"slot": "act", "exact": "fell", "start": 4, "end": 8}]},
        {"method": 7},
    ],
)
def test_what_is_not_a_claim_is_refused_with_a_way_out(change):
    with pytest.raises(BadInputError) as refusal:
        decode_claim({**claim_fields(a_claim()), **change})
    assert refusal.value.problem.startswith("this is not a claim: ")
    assert "affiant claim list" in refusal.value.remedy


@pytest.mark.parametrize("field", ["quotes", "speakers", "act"])
def test_a_claim_that_lacks_what_it_rests_on_is_refused(field):
    fields = claim_fields(a_claim())
    del fields[field]
    with pytest.raises(BadInputError):
        decode_claim(fields)


def test_the_quotes_of_one_claim_stand_in_one_text():
    here = Quote(slot="act", exact="fell", start=4, end=8, text_digest=DIGEST)
    there = Quote(slot="victim", exact="men", start=0, end=3, text_digest="sha256:" + 64 * "b")
    with pytest.raises(ValueError, match="one text"):
        a_claim(quotes=(here, there))


@given(claim=claims)
def test_a_claim_moved_to_another_text_changes_in_nothing_else(claim):
    other = "sha256:" + 64 * "b"
    moved = with_text(claim, text_digest=other)
    assert moved.text_digest == other
    assert with_text(moved, text_digest=DIGEST) == claim


def test_a_claim_is_never_changed_in_place():
    claim = a_claim()
    with pytest.raises(FrozenInstanceError):
        claim.act = "detention"
