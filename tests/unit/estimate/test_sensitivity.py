"""What the number rests on."""

import pytest

from affiant.estimate.chao import chao
from affiant.estimate.sensitivity import odds_curve, with_each_merge, without_each_list
from affiant.estimate.table import from_counts
from capture_tables import published


def test_the_curve_runs_from_half_to_twice_the_unseen():
    curve = odds_curve(100, estimate=150.0, interval95=(120.0, 200.0))
    assert curve[0] == (0.5, 125.0, 110.0, 150.0)
    assert curve[-1] == (2.0, 200.0, 140.0, 300.0)
    assert (1.0, 150.0, 120.0, 200.0) in curve


def test_each_list_is_left_out_and_each_two_are_merged():
    kosovo = published("kosovo4")
    left = without_each_list(kosovo)
    assert [one.change for one in left] == [f"without {name}" for name in kosovo.lists]
    assert all(one.observed < 4400 for one in left)
    merged = with_each_merge(kosovo)
    assert len(merged) == 6
    assert {one.observed for one in merged} == {4400}
    assert all(one.estimate and one.estimate > 4400 for one in (*left, *merged))


def test_three_lists_can_lose_none():
    assert without_each_list(published("korea3")) == with_each_merge(published("korea3")) == ()


def test_a_bound_holds_no_fewer_than_were_seen():
    table = from_counts({"110": 9, "101": 4, "111": 3}, lists=("court", "clinic", "graves"))
    bound = chao(table)
    assert bound.people == table.observed
    assert bound.interval95 == (table.observed, table.observed)


def test_the_bound_lies_inside_its_interval():
    bound = chao(published("kosovo4"))
    assert bound.interval95[0] < bound.people < bound.interval95[1]
    assert bound.standard_error == pytest.approx(224.2, abs=0.2)
