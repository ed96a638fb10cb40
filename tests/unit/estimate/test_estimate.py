"""What the whole estimate says, and when it says nothing."""

import json

import pytest

from affiant.estimate import METHODS, CaptureTable, Refusal, estimate, from_counts
from capture_tables import published

FIELDS = {
    *("family", "method", "estimate", "interval95", "interval_kind"),
    *("refused", "reasons", "diagnostics"),
}


@pytest.fixture(scope="module")
def korea():
    return estimate(published("korea3"), seed=1, budget=20)


def test_a_line_has_exactly_the_fields_promised(korea):
    lines = korea.as_json()["lines"]
    assert all(set(line) == FIELDS for line in lines)
    assert {line["method"] for line in lines} == set(METHODS)


def test_the_chosen_model_comes_with_both_its_intervals(korea):
    kinds = [line.interval_kind for line in korea.lines if line.method == "loglinear"]
    assert kinds == [
        "profile likelihood of the chosen model",
        "bootstrap over the choice of model",
    ]


def test_the_same_seed_gives_the_same_bytes(korea):
    assert estimate(published("korea3"), seed=1, budget=20).as_bytes() == korea.as_bytes()
    assert json.loads(korea.as_bytes())["documented"] == 123


def test_a_second_answer_is_refused_and_said(korea):
    (line,) = [line for line in korea.lines if line.method == "graphs"]
    assert [reason.code for reason in line.reasons] == [Refusal.SECOND_MODE]
    assert "no number from: graph averaging" in korea.warnings[1]
    assert korea.interval95 is not None


def test_people_out_of_reach_are_named_beside_every_number(korea):
    assert korea.warnings[0] == "people whom no list could reach are not counted"


def test_the_untestable_assumption_moves_only_the_unseen(korea):
    curve = korea.odds["loglinear"]
    assert curve[0][0] == 0.5
    assert curve[-1][0] == 2.0
    assert curve[0][1] - 123 == pytest.approx((157.1667 - 123) / 2, abs=1e-3)
    assert curve[-1][1] - 123 == pytest.approx((157.1667 - 123) * 2, abs=1e-3)


def test_a_refused_table_has_a_refused_line_per_method():
    two = CaptureTable(lists=("court", "clinic"), counts=(0, 5, 5, 5))
    answer = estimate(two, seed=1)
    assert answer.refused
    assert [line.refused for line in answer.lines] == [True] * len(METHODS)
    assert all(line.estimate is None for line in answer.lines)
    assert answer.as_json()["reasons"][0]["code"] == "too-few-lists"
    assert answer.as_json()["reasons"][0]["help"]


def test_a_population_on_every_list_is_refused_with_the_reason():
    table = from_counts({"111": 80}, lists=("court", "clinic", "graves"))
    assert [reason.code for reason in estimate(table, seed=1).reasons] == [Refusal.FULL_OVERLAP]


def test_seven_lists_are_too_many():
    counts = (0, *([3] * 127))
    table = CaptureTable(lists=tuple("abcdefg"), counts=counts)
    codes = [reason.code for reason in estimate(table, seed=1).reasons]
    assert codes == [Refusal.TOO_MANY_LISTS]


def test_lists_declared_as_derived_are_merged_when_asked():
    source = published("kosovo4")
    table = CaptureTable(lists=source.lists, counts=source.counts, derived=(("EXH", "HRW"),))
    assert estimate(table, seed=1).refused
    merged = estimate(table, seed=1, budget=0, merge_derived=True)
    assert merged.table.lists == ("EXH+HRW", "ABA", "OSCE")
