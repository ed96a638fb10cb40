"""Who is known to know, and how many more might: shown, never assumed."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis.strategies import composite, integers, lists, sampled_from, sets

from affiant.corroborate.support import Support, support

KNOWERS = "abcdefg"


BASES = ("saw", "took_part", "instrument", "told_by", "document")
SAW = dict.fromkeys(KNOWERS, "saw")


@composite
def situations(draw):
    """Draw knowers and how each knows, voices without one, and decisions about pairs."""
    pairs = sampled_from([tuple(pair) for pair in combinations(KNOWERS, 2)])
    verdicts = sampled_from(("dependent", "shown_independent", "not_known"))
    decided = draw(lists(pairs, max_size=8, unique=True))
    return {
        "knowers": draw(sets(sampled_from(KNOWERS))),
        "bases": {knower: draw(sampled_from(BASES)) for knower in KNOWERS},
        "voiceless": draw(integers(0, 3)),
        "dependences": [(left, right, draw(verdicts)) for left, right in decided],
    }


def counted(situation: dict, **changes: object) -> Support:
    changed = {**situation, **changes}
    return support(changed.pop("knowers"), **changed)


@pytest.mark.parametrize(
    ("knowers", "voiceless", "dependences", "shown", "at_most"),
    [
        ("", 0, [], 0, 0),
        ("", 5, [], 0, 5),
        ("ab", 0, [], 2, 2),
        ("ab", 3, [], 2, 5),
        ("ab", 0, [("a", "b", "dependent")], 1, 1),
        ("abc", 0, [("a", "b", "dependent"), ("b", "c", "dependent")], 1, 1),
        ("ac", 0, [("a", "b", "dependent"), ("b", "c", "dependent")], 1, 1),
        ("ab", 0, [("a", "b", "not_known")], 1, 2),
        ("abc", 0, [("a", "b", "not_known"), ("b", "c", "not_known")], 2, 3),
        ("abc", 0, [("a", "b", "not_known"), ("a", "c", "dependent")], 1, 2),
        ("ab", 0, [("a", "b", "shown_independent")], 2, 2),
    ],
)
def test_people_who_saw_are_counted_as_the_decisions_say(
    knowers, voiceless, dependences, shown, at_most
):
    found = support(set(knowers), bases=SAW, voiceless=voiceless, dependences=dependences)
    assert found == Support(shown=shown, at_most=at_most)


@pytest.mark.parametrize(
    ("bases", "dependences", "shown"),
    [
        ({"a": "saw", "b": "instrument"}, [], 2),
        ({"a": "saw", "b": "told_by"}, [], 1),
        ({"a": "told_by", "b": "told_by"}, [], 1),
        ({"a": "document", "b": "document"}, [("a", "b", "shown_independent")], 2),
        ({"a": "saw", "b": "took_part"}, [("a", "b", "not_known")], 1),
        ({}, [], 1),
    ],
)
def test_only_who_perceived_is_independent_without_a_decision(bases, dependences, shown):
    found = support({"a", "b"}, bases=bases, voiceless=0, dependences=dependences)
    assert found == Support(shown=shown, at_most=2)


@given(situation=situations())
def test_there_are_never_more_shown_than_there_can_be(situation):
    found = counted(situation)
    assert 0 <= found.shown <= found.at_most
    assert found.at_most <= len(situation["knowers"]) + situation["voiceless"]
    assert bool(found.shown) == bool(situation["knowers"])


@given(situation=situations())
def test_the_order_of_decisions_does_not_matter(situation):
    turned = [(right, left, verdict) for left, right, verdict in situation["dependences"]]
    assert counted(situation, dependences=turned[::-1]) == counted(situation)


@given(situation=situations())
def test_a_thousand_voices_without_a_knower_show_nothing_more(situation):
    few, many = counted(situation), counted(situation, voiceless=situation["voiceless"] + 1000)
    assert many.shown == few.shown
    assert many.at_most == few.at_most + 1000


@given(situation=situations())
def test_a_doubt_never_raises_what_is_shown(situation):
    decided = {frozenset(pair[:2]) for pair in situation["dependences"]}
    if frozenset("ab") not in decided:
        doubted = [*situation["dependences"], ("a", "b", "not_known")]
        assert counted(situation, dependences=doubted).shown <= counted(situation).shown


def test_beyond_twenty_knowers_the_count_can_only_understate():
    knowers = {f"{number:02}" for number in range(30)}
    chain = [(f"{n:02}", f"{n + 1:02}", "not_known") for n in range(29)]
    bases = dict.fromkeys(knowers, "saw")
    found = support(knowers, bases=bases, voiceless=0, dependences=chain)
    assert 1 <= found.shown <= 15
    assert found.at_most == 30
