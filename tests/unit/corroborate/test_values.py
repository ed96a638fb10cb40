"""Answers that can be compared, and what most voices share."""

from math import inf

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, permutations, tuples

from affiant.corroborate.values import Answer, consensus, span_in_words

SPANS = tuples(integers(0, 20), integers(0, 20)).map(sorted)


def count(low: float, high: float) -> Answer:
    return Answer(claim_id="", shown="", exact=low == high, interval=(low, high))


def place(*path: str) -> Answer:
    return Answer(claim_id="", shown="", exact=True, path=path)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4, 4, "4"),
        (4, 7, "4–7"),
        (4, None, "at least 4"),
        (None, 7, "at most 7"),
        (None, None, "not known"),
        (0, 0, "0"),
    ],
)
def test_bounds_are_written_as_a_reader_writes_them(low, high, words):
    assert span_in_words(low, high=high) == words


@pytest.mark.parametrize(
    ("left", "right", "meet"),
    [
        (count(4, 4), count(4, 4), True),
        (count(3, inf), count(4, 4), True),
        (count(4, 4), count(5, 5), False),
        (count(0, 4), count(4, 9), True),
        (place("qarsan"), place("qarsan", "bakery"), True),
        (place("qarsan", "school"), place("qarsan", "bakery"), False),
        (place(), place("qarsan"), True),
        (count(4, 4), place("qarsan"), False),
    ],
)
def test_two_answers_meet_where_both_can_be_so(left, right, meet):
    assert left.meets(right) is meet
    assert right.meets(left) is meet


@pytest.mark.parametrize(
    ("answers", "voices"),
    [
        ([("a", count(4, 4)), ("b", count(4, 4)), ("c", count(7, 7))], {"a", "b"}),
        ([("a", count(4, 4)), ("b", count(3, inf))], {"a", "b"}),
        ([("a", count(4, 4)), ("b", count(5, 5))], None),
        ([("a", count(4, 4))], None),
        ([("a", count(4, 4)), ("a", count(4, 4))], None),
        ([], None),
        (
            [("a", count(4, 4)), ("b", count(4, 4)), ("c", count(7, 7)), ("d", count(7, 7))],
            None,
        ),
        ([("a", place("q")), ("b", place("q", "x")), ("c", place("r"))], {"a", "b"}),
        ([("a", place("q", "x")), ("b", place("q", "y")), ("c", place("q"))], None),
    ],
)
def test_the_consensus_is_the_one_largest_set_that_shares_a_point(answers, voices):
    assert consensus(answers) == voices


@given(spans=lists(SPANS, min_size=2, max_size=6))
def test_all_voices_of_a_consensus_share_a_point(spans):
    answers = [(str(number), count(*span)) for number, span in enumerate(spans)]
    found = consensus(answers)
    if found is not None:
        chosen = [spans[int(voice)] for voice in found]
        assert max(low for low, _ in chosen) <= min(high for _, high in chosen)
        assert len(found) >= 2


@given(
    spans=lists(SPANS, min_size=2, max_size=5).flatmap(lambda s: permutations(list(enumerate(s))))
)
def test_the_order_of_voices_does_not_matter(spans):
    answers = [(str(number), count(*span)) for number, span in spans]
    assert consensus(answers) == consensus(sorted(answers, key=lambda item: item[0]))
