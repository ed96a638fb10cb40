"""A suggestion's score adds up from named features, and learns from decisions."""

import random
from itertools import pairwise

import pytest

from affiant.claims import suggest
from affiant.claims.features import FEATURES
from affiant.claims.suggest import propose
from affiant.claims.traits import describe, traits
from affiant.claims.weighing import (
    ENOUGH,
    Decided,
    ScoreWeights,
    chance,
    log_odds,
    reasons,
    refit,
    rising,
    shipped_weights,
)

TEXT = "Twelve villagers were killed in Sedra on 3 May 2031. Soldiers killed Nela Varo."
DIGEST = f"sha256:{'0' * 64}"
START = ScoreWeights(
    intercept=0.5,
    features={"verb_passive": 0.6, "victim_pronoun": -0.9, "count_in_clause": 0.05},
    chances=((-2.0, 0.1), (0.0, 0.5), (2.0, 0.9)),
)


def _reviewer(number: int, *, seed: int) -> list[Decided]:
    """Return the decisions of one to whom passives are right and pronouns wrong."""
    dice = random.Random(seed)
    made = []
    for _ in range(number):
        names = tuple(name for name in ("verb_passive", "victim_pronoun") if dice.random() < 0.5)
        likely = 0.5 + 0.45 * ("verb_passive" in names) - 0.4 * ("victim_pronoun" in names)
        made.append(Decided(names=names, right=dice.random() < likely))
    return made


def test_the_log_odds_are_the_sum_of_the_named_weights():
    assert log_odds(("verb_passive", "victim_pronoun"), weights=START) == pytest.approx(0.2)


def test_a_chance_lies_between_the_two_points_beside_it():
    assert chance((), weights=START) == 0.6


def test_a_chance_is_never_quite_certain():
    sure = ScoreWeights(intercept=50.0, features={}, chances=((0.0, 0.0), (1.0, 1.0)))
    assert chance((), weights=sure) == 0.99


def test_reasons_say_in_plain_words_what_speaks_for_and_against():
    told = reasons(("verb_passive", "victim_pronoun", "count_in_clause"), weights=START)
    assert told == (
        f"for it: {FEATURES['verb_passive']}",
        f"against it: {FEATURES['victim_pronoun']}",
    )


def test_every_shipped_weight_is_of_a_feature_that_can_be_described():
    assert all(describe(name) for name in shipped_weights().features)


def test_shipped_chances_rise_with_the_score():
    assert all(low <= high for low, high in pairwise(shipped_weights().chances))


def test_every_suggestion_carries_the_score_of_its_traits():
    proposed = propose(TEXT, text_digest=DIGEST, published=None, language="en")
    found = suggest(TEXT, text_digest=DIGEST)
    assert len(found) == len(proposed) > 1
    for raw, one in zip(proposed, found, strict=True):
        names = traits(raw, others=proposed)
        assert one.score == round(chance(names, weights=shipped_weights()), 3)
        assert one.claim == raw.claim


def test_weights_of_a_case_change_its_scores():
    low = ScoreWeights(intercept=-2.0, features={}, chances=START.chances)
    assert {one.score for one in suggest(TEXT, text_digest=DIGEST, weights=low)} == {0.1}


def test_without_decisions_the_weights_stay():
    assert refit(START, decisions=[]) == START


def test_few_decisions_move_the_weights_little_and_keep_the_chances():
    few = refit(START, decisions=_reviewer(5, seed=1))
    assert few.chances == START.chances
    assert abs(few.features["verb_passive"] - 0.6) < 0.5


def test_many_decisions_teach_a_case_its_own_weights():
    learned = refit(START, decisions=_reviewer(400, seed=2))
    assert learned.features["verb_passive"] > 1.5
    assert learned.features["victim_pronoun"] < -1.2


def test_after_enough_decisions_chances_are_right_within_three_in_a_hundred():
    gaps = []
    for seed in range(10):
        weights = refit(START, decisions=_reviewer(ENOUGH, seed=seed))
        unseen = _reviewer(2000, seed=100 + seed)
        said = sum(chance(one.names, weights=weights) for one in unseen) / len(unseen)
        gaps.append(said - sum(one.right for one in unseen) / len(unseen))
    assert abs(sum(gaps) / len(gaps)) <= 0.03


def test_refitting_twice_gives_the_same_weights():
    decisions = _reviewer(ENOUGH, seed=3)
    assert refit(START, decisions=decisions) == refit(START, decisions=decisions)


def test_chances_read_from_decisions_never_fall():
    dice = random.Random(4)
    points = rising([(dice.random(), dice.random() < 0.5) for _ in range(500)])
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(points))
