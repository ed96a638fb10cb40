"""Capture tables: read, checked, merged."""

import pytest

from affiant.errors import BadInputError
from affiant.estimate.refusals import HELPS, Refusal
from affiant.estimate.table import CaptureTable, doubts, from_counts, from_patterns, from_persons

LISTS = ("court", "clinic", "graves")


def table(**counts):
    return from_counts({key[1:]: count for key, count in counts.items()}, lists=LISTS)


def codes(of):
    return [reason.code for reason in doubts(of)]


def test_patterns_and_persons_give_the_same_table():
    heading = ["court", "clinic", "graves"]
    patterns = [[*heading, "count"], ["1", "0", "0", "2"], ["0", "1", "1", "1"]]
    persons = [heading, ["1", "0", "0"], ["0", "1", "1"], ["1", "0", "0"]]
    assert from_patterns(patterns) == from_persons(persons) == table(p100=2, p011=1)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["a", "b"], ["1", "0"]],
        [["a", "b", "count"], ["1", "2", "3"]],
        [["a", "b", "count"], ["1", "0", "-3"]],
        [["a", "b", "count"], ["1", "0"]],
        [["a", "b", "count"], ["0", "0", "4"]],
        [["a", "a", "count"], ["1", "0", "4"]],
    ],
)
def test_what_is_no_table_is_refused(rows):
    with pytest.raises(BadInputError, match="not a capture table"):
        from_patterns(rows)


def test_a_list_left_out_takes_those_on_it_alone_with_it():
    whole = table(p100=5, p110=3, p111=2, p001=7)
    rest = whole.without("court")
    assert rest.lists == ("clinic", "graves")
    assert rest.counts == (0, 3, 7, 2)


def test_two_lists_merged_hold_whoever_stood_on_either():
    whole = table(p100=5, p110=3, p011=2, p001=7)
    merged = whole.merged(("graves", "court"))
    assert merged.lists == ("court+graves", "clinic")
    assert merged.counts == (0, 12, 0, 5)
    assert merged.observed == whole.observed


def test_two_lists_are_refused():
    two = CaptureTable(lists=("court", "clinic"), counts=(0, 5, 5, 5))
    assert codes(two) == [Refusal.TOO_FEW_LISTS]


def test_lists_that_share_nobody_are_refused_with_their_names():
    (reason,) = doubts(table(p100=50, p010=40, p110=20, p001=30))
    assert reason.code is Refusal.UNCONNECTED
    assert "court, clinic" in reason.found
    assert "graves" in reason.found


def test_a_list_that_names_nobody_is_refused():
    assert Refusal.EMPTY_LIST in codes(table(p100=50, p010=40, p110=20))


def test_derived_lists_are_refused_or_merged():
    counts = (0, 9, 8, 3, 7, 2, 1, 4, 6, 2, 3, 1, 2, 1, 1, 1)
    lists = ("court", "clinic", "graves", "press")
    whole = CaptureTable(lists=lists, counts=counts, derived=(("press", "court"),))
    assert codes(whole) == [Refusal.DERIVED]
    merged = whole.merge_derived()
    assert merged.lists == ("court+press", "clinic", "graves")
    assert merged.observed == whole.observed
    assert codes(merged) == []


def test_a_chain_of_derived_lists_becomes_one():
    pairs = (("court", "clinic"), ("clinic", "graves"))
    whole = CaptureTable(lists=LISTS, counts=(0, 1, 2, 3, 4, 5, 6, 7), derived=pairs)
    assert whole.merge_derived().lists == ("court+clinic+graves",)


def test_a_list_that_stands_on_another_looks_copied():
    (reason,) = doubts(table(p100=500, p110=60, p111=20, p011=1, p101=30, p001=400))
    assert reason.code is Refusal.DEPENDENT
    assert "80 of the 81 people on clinic stand on court" in reason.found


def test_a_population_on_every_list_is_refused():
    assert Refusal.FULL_OVERLAP in codes(table(p111=100))


def test_every_reason_says_what_would_help():
    assert set(HELPS) == set(Refusal)
    assert all(text.endswith(".") for text in HELPS.values())
