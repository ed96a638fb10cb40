"""An estimate as plain fields: nothing is lost, nothing refused is there, no float stands in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.estimate import Estimation, Line, Reason, Refusal, estimate, from_counts, refuse
from affiant.estimate.kept import (
    Request,
    answer_fields,
    answer_from,
    decimal_in,
    line_fields,
    request_from,
    said_from,
    said_of,
    stratum_from,
    table_fields,
)
from affiant.estimate.reading import Stratum
from affiant.log.canon import canonical
from capture_tables import published


@pytest.fixture(scope="module")
def answers() -> list[Estimation]:
    two = from_counts({"10": 4, "01": 5, "11": 2}, lists=("court", "clinic"))
    korea = estimate(published("korea3"), seed=3, budget=100)
    return [korea, estimate(two, seed=1)]


def test_what_was_kept_is_read_back_to_the_last_digit(answers):
    for answer in answers:
        fields = json.loads(canonical(answer_fields(answer)))
        again = answer_from(fields, table=answer.table, seed=answer.seed)
        assert answer_fields(again) == fields
        assert again.interval95 == answer.interval95
        assert again.variants == answer.variants
        assert again.odds == answer.odds
        assert said_of(again) == said_of(answer) == said_from(fields)
        shown = [line for line in answer.lines if not line.refused]
        assert [line for line in again.lines if not line.refused] == shown


def test_a_number_that_was_refused_is_not_kept(answers):
    korea = answers[0]
    refused = [line for line in korea.lines if line.refused and line.estimate is not None]
    assert refused
    for line in refused:
        kept = canonical(line_fields(line)).decode()
        numbers = [line.estimate, *(line.interval95 or ()), line.diagnostics["mean"]]
        assert not any(repr(number) in kept for number in numbers)
        assert json.loads(kept)["refused"]


def test_a_table_is_read_back_with_its_stratum(answers):
    table = answers[0].table
    stratum = Stratum(label=(("place", "Oreth"),), table=table, left_out=("2 mentions",))
    fields = json.loads(canonical(table_fields(stratum, table=table)))
    assert stratum_from(fields, linkage=table.linkage) == stratum
    assert sum(fields["counts"].values()) == table.observed


@given(
    value=st.floats(allow_nan=False),
    words=st.sampled_from(["court", "1.5", "inf", "1e5", "12"]),
)
def test_a_number_comes_back_as_it_was_and_a_lists_name_stays_a_name(value, words):
    line = Line(
        family="graph averaging",
        method="graphs",
        diagnostics={"mean": value, "heaviest": [words], "graphs": 61, "modes": [value]},
    )
    table = from_counts({"10": 4, "01": 5, "11": 2}, lists=("a", "b"))
    reasons = (Reason(code=Refusal.TOO_FEW_LISTS, found="two"),)
    empty = refuse(table, reasons=reasons, seed=1)
    fields = {**answer_fields(empty), "lines": [line_fields(line)]}
    [again] = answer_from(fields, table=table, seed=1).lines
    assert again == line
    assert decimal_in(fields["lines"][0]["diagnostics"]["mean"]) == value


def test_a_request_is_read_back():
    request = Request(
        family="taking", by=("place",), lists=("a", "b"), derived=("a=b",), merge_derived=True,
        seed=7, budget=20,
    )  # fmt: skip
    assert request_from(json.loads(canonical(request.as_fields()))) == request
