"""What the whole estimate says, and when it says nothing."""

import json
from dataclasses import replace

import numpy as np
import pytest

from affiant.estimate import METHODS, CaptureTable, Refusal, estimate, from_counts
from affiant.estimate.estimate import ALWAYS, conclude
from affiant.estimate.families import graph_lines
from affiant.estimate.line import Line
from capture_tables import published

FIELDS = {
    *("family", "method", "estimate", "interval95", "interval_kind"),
    *("refused", "reasons", "diagnostics"),
}

CELLS = (np.arange(16)[:, None] >> np.arange(4)) & 1
TWO_GROUPS = (0, 157, 151, 52, 158, 54, 59, 67, 155, 66, 58, 61, 54, 70, 60, 92)
"""Drawn from 2,000 people, a third of them easy to list (0.6) and the others not (0.15)."""


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
    assert korea.interval95 is not None


def test_a_family_that_speaks_alone_is_a_warning():
    line = Line(family="log-linear", method="loglinear", estimate=90.0, interval95=(80.0, 100.0))
    other = replace(line, family="latent class", method="latent")
    assert conclude((line, other)) == ((80.0, 100.0), ())
    limits, [warning] = conclude((line, replace(other, estimate=None, interval95=None)))
    assert limits == (80.0, 100.0)
    assert "log-linear speaks alone" in warning


def test_lists_that_all_depend_on_one_another_fit_no_graph():
    easy, hard = (np.prod(np.where(CELLS, chance, 1 - chance), axis=1) for chance in (0.6, 0.15))
    counts = (2000 * (easy / 3 + hard * 2 / 3)).round()
    table = CaptureTable(lists=("a", "b", "c", "d"), counts=(0, *map(int, counts[1:])))
    (line,) = graph_lines(table)
    assert Refusal.NO_GRAPH_FITS in [reason.code for reason in line.reasons]
    assert line.diagnostics["bic_above_all_pairs"] > 10
    assert line.interval95[1] < 2000, (
        "the number that is refused misses those who were hard to list"
    )


def test_a_graph_that_fits_is_not_refused():
    counts = (2000 * np.prod(np.where(CELLS, 0.3, 0.7), axis=1)).round()
    table = CaptureTable(lists=("a", "b", "c", "d"), counts=(0, *map(int, counts[1:])))
    (line,) = graph_lines(table)
    assert not line.refused
    assert line.diagnostics["bic_above_all_pairs"] < 0
    assert line.diagnostics["weight_of_complete"] < 1e-6


def test_weight_on_the_graph_that_says_nothing_is_refused():
    table = CaptureTable(lists=("a", "b", "c", "d"), counts=TWO_GROUPS)
    (line,) = graph_lines(table)
    assert Refusal.GRAPH_SAYS_NOTHING in [reason.code for reason in line.reasons]
    assert line.estimate < 1.02 * table.observed


def test_people_out_of_reach_are_named_beside_every_number(korea):
    assert "people whom no list could reach are not counted" in korea.as_json()["always"]
    assert all(line["always"] == list(ALWAYS) for line in korea.as_lines())


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
