"""Counts keep what is not known apart from nought."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.model.count import Count, Part

numbers = st.integers(0, 10**9)


def test_a_number_that_is_not_known_is_not_nought():
    count = Count(of="killed", words="dozens")
    assert (count.min, count.max) == (None, None)
    assert count != Count(of="killed", words="dozens", min=0, max=0)


@given(low=st.none() | numbers, high=st.none() | numbers)
def test_bounds_stand_as_given_unless_they_cross(low, high):
    crossed = low is not None and high is not None and low > high
    if crossed:
        with pytest.raises(ValueError, match="cross"):
            Count(of="wounded", min=low, max=high)
    else:
        count = Count(of="wounded", min=low, max=high)
        assert (count.min, count.max) == (low, high)


@given(number=st.integers(max_value=-1), field=st.sampled_from(["min", "max"]))
def test_fewer_than_nobody_is_refused(number, field):
    with pytest.raises(ValueError, match="negative"):
        Count(of="missing", **{field: number})


def test_parts_need_not_add_up():
    six = Part(words="six women", min=6, max=6)
    nine = Part(words="nine medics", min=9, max=9)
    count = Count(of="taken", min=7, max=7, breakdown=(six, nine), relation="includes")
    assert count.breakdown == (six, nine)


def test_an_aggregate_is_told_apart_from_an_event():
    event = Count(of="killed", min=40)
    assert event.scope == "event"
    assert event != Count(of="killed", min=40, scope="aggregate")
