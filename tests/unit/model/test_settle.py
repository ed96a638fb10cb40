"""What several reviewers' verdicts amount to."""

import pytest
from hypothesis import given
from hypothesis.strategies import dictionaries, integers, none, sampled_from, text

from affiant.model.settle import settle

VERDICTS = sampled_from(("accepted", "rejected", "unsure"))


@pytest.mark.parametrize(
    ("verdicts", "needed", "standing"),
    [
        ({}, 1, "suggested"),
        ({"a": "accepted"}, 1, "accepted"),
        ({"a": "rejected"}, 1, "rejected"),
        ({"a": "unsure"}, 1, "unsure"),
        ({"a": "accepted"}, 2, "suggested"),
        ({"a": "unsure"}, 2, "unsure"),
        ({"a": "accepted", "b": "accepted"}, 2, "accepted"),
        ({"a": "rejected", "b": "rejected"}, 2, "rejected"),
        ({"a": "accepted", "b": "rejected"}, 2, "unsure"),
        ({"a": "accepted", "b": "rejected"}, 1, "unsure"),
        ({"a": "accepted", "b": "accepted", "c": "unsure"}, 2, "unsure"),
    ],
)
def test_verdicts_amount_to_what_the_policy_says(verdicts, needed, standing):
    assert settle(verdicts, needed=needed, ended=None) == standing


@given(
    verdicts=dictionaries(text(max_size=3), VERDICTS, max_size=4),
    needed=integers(1, 3),
    ended=none() | sampled_from(("withdrawn", "superseded")),
)
def test_nothing_stands_that_somebody_disputes_or_too_few_decided(verdicts, needed, ended):
    standing = settle(verdicts, needed=needed, ended=ended)
    if ended is not None:
        assert standing == ended
    elif standing in ("accepted", "rejected"):
        assert set(verdicts.values()) == {standing}
        assert len(verdicts) >= needed
