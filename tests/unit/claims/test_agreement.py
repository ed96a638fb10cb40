"""Agreement: worked examples of the literature, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.claims.agreement import agreement, alpha_of, interval, masi, nominal

FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Krippendorff (2011), section C: four observers, twelve units, some missing."""
KRIPPENDORFF = [
    tuple(int(value) for value in unit if value != ".")
    for unit in zip(*(row.split() for row in FOUR), strict=True)
]
TWO = list(zip((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0), strict=True))
"""Krippendorff (2011), section A: two observers, ten units, two values."""

units = st.lists(st.lists(st.integers(0, 4), max_size=4).map(tuple), min_size=1, max_size=12)
sets = st.frozensets(st.integers(0, 5), max_size=4)


@pytest.mark.parametrize(
    ("given_units", "distance", "expected"),
    [
        (KRIPPENDORFF, nominal, 0.743),
        (KRIPPENDORFF, interval, 0.849),
        (TWO, nominal, 0.095),
        (TWO, interval, 0.095),
    ],
)
def test_alpha_is_that_of_the_worked_examples(given_units, distance, expected):
    assert alpha_of(given_units, distance=distance) == pytest.approx(expected, abs=0.0005)


def test_the_distance_of_sets_is_that_of_passonneau():
    assert masi(frozenset("ab"), frozenset("ab")) == 0
    assert masi(frozenset("a"), frozenset("ab")) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi(frozenset("abc"), frozenset("bcd")) == pytest.approx(1 - 2 / 4 * 1 / 3)
    assert masi(frozenset("a"), frozenset("b")) == 1


@given(given_units=units)
def test_full_agreement_is_one(given_units):
    alike = [tuple(unit[:1] * 3) for unit in given_units if unit]
    varied = len({unit[0] for unit in alike}) > 1
    assert alpha_of(alike, distance=nominal) == (1 if varied else None)


@given(given_units=units, dice=st.randoms(use_true_random=False))
def test_who_gave_which_value_and_in_which_order_does_not_matter(given_units, dice):
    shuffled = [tuple(dice.sample(unit, len(unit))) for unit in given_units]
    dice.shuffle(shuffled)
    for distance in (nominal, interval):
        left = alpha_of(given_units, distance=distance)
        assert left == pytest.approx(alpha_of(shuffled, distance=distance))


@given(given_units=st.lists(st.lists(sets, max_size=3).map(tuple), min_size=1, max_size=8))
def test_the_quick_way_for_sets_gives_what_comparing_all_of_them_gives(given_units):
    slow = alpha_of(given_units, distance=lambda left, right, by=masi: by(left, right))
    quick = alpha_of(given_units, distance=masi)
    assert (quick is None) == (slow is None) or abs((quick or 1) - 1) < 1e-9
    if quick is not None and slow is not None:
        assert quick == pytest.approx(slow)


@given(given_units=units)
def test_the_quick_ways_for_values_and_numbers_give_the_same(given_units):
    for distance in (nominal, interval):
        slow = alpha_of(given_units, distance=lambda left, right, by=distance: by(left, right))
        quick = alpha_of(given_units, distance=distance)
        assert quick == (None if slow is None else pytest.approx(slow))


def test_the_interval_holds_alpha_and_is_the_same_each_time():
    first = agreement(KRIPPENDORFF, distance=nominal, draws=300)
    assert first == agreement(KRIPPENDORFF, distance=nominal, draws=300)
    assert first.low < first.alpha < first.high <= 1
    assert (first.units, first.values) == (11, 40)
    assert first != agreement(KRIPPENDORFF, distance=nominal, draws=300, seed=1)


def test_where_nothing_varies_there_is_nothing_to_say():
    found = agreement([(1, 1), (1, 1)], distance=nominal)
    assert (found.alpha, found.low, found.high) == (None, None, None)
