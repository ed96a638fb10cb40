"""What stands in words beside every number, and that no refused number stands anywhere."""

import pytest

from affiant.estimate import Refusal, estimate, from_counts
from affiant.estimate.sentences import documented, headline, sentences
from capture_tables import published


@pytest.fixture(scope="module")
def uk():
    return estimate(published("uk5"), seed=1, budget=0)


@pytest.fixture(scope="module")
def kosovo():
    return estimate(published("kosovo4"), seed=1, budget=0)


def test_the_documented_count_and_its_lists_are_named(kosovo):
    assert documented(kosovo).startswith("Documented: 4,400 people")
    assert "EXH, ABA, OSCE, HRW" in documented(kosovo)


def test_an_estimate_is_an_interval_and_names_its_families(kosovo):
    said = headline(kosovo)
    low, high = kosovo.interval95
    assert f"{low:,.0f} to {high:,.0f} people" in said
    assert "log-linear and graph averaging" in said
    assert "latent class" not in said


def test_the_sentences_that_must_always_stand_there_do(kosovo):
    said = " ".join(sentences(kosovo))
    for words in (
        "never added up",
        "neither is shown without the other",
        "no list could reach are not counted",
        "5 % of the links between lists lost",
        "a factor of two either way",
        "Refused, latent class",
    ):
        assert words in said


def test_a_refused_number_is_not_in_the_words(uk):
    refused = [line for line in uk.lines if line.refused and line.estimate is not None]
    assert {line.method for line in refused} == {"graphs"}
    said = " ".join([headline(uk), *sentences(uk)])
    for line in refused:
        assert f"{line.estimate:,.0f}" not in said
        assert f"{line.interval95[1]:,.0f}" not in said


def test_a_refusal_gives_each_reason_once_with_what_would_help():
    table = from_counts({"100": 50, "010": 40, "110": 9, "001": 30}, lists=("a", "b", "c"))
    answer = estimate(table, seed=1)
    assert [reason.code for reason in answer.reasons] == [Refusal.UNCONNECTED]
    assert headline(answer) == "No estimate is given. The documented count stands alone."
    [said] = sentences(answer)
    assert "Nobody links" in said
    assert "Link persons across the lists" in said


def test_losing_links_raises_the_estimate(kosovo):
    changes = {(one.change, one.method): one for one in kosovo.variants}
    before = changes["nothing changed", "loglinear-pairwise"]
    after = changes["5 % of the links between lists lost", "loglinear-pairwise"]
    assert after.observed > before.observed
    assert after.estimate > before.estimate


def test_no_variant_is_a_bare_number(kosovo):
    assert all((one.estimate is None) == (one.interval95 is None) for one in kosovo.variants)


def test_every_line_for_programs_carries_what_it_is_never_shown_without(uk):
    for line in uk.as_lines():
        assert line["documented"] == 2744
        assert "people whom no list could reach are not counted" in line["always"]
        assert line["together"]["interval95"] == list(uk.interval95)
        assert line["seed"] == 1
    latent = [line for line in uk.as_lines() if line["method"] == "latent"]
    assert [(line["estimate"], line["refused"]) for line in latent] == [(None, True)]
