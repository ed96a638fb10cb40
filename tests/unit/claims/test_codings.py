"""Codings go out and come in again in three forms, to the character."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.claims.codings import read_codings, write_codings
from affiant.errors import BadInputError

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
awkward = st.sampled_from(["=1+1", "+1", "-1", "@a", "'", "''=", "json:1", "\t", "\r\n", "", '"'])
texts = words | awkward
quotes = st.fixed_dictionaries(
    {
        "slot": st.just("act"),
        "exact": texts,
        "start": st.integers(0, 9),
        "end": st.integers(0, 9),
        "text_digest": words,
    }
)
codings = st.lists(
    st.fixed_dictionaries(
        {
            "quotes": st.lists(quotes, min_size=1, max_size=2),
            "act": texts,
            "method": st.none() | texts,
            "counts": st.lists(st.fixed_dictionaries({"min": st.none() | st.integers()})),
            "inferred": st.booleans(),
        },
        optional={"note": texts, "=head": texts},
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("form", ["jsonl", "csv", "web-annotation"])
@given(given_codings=codings)
def test_what_goes_out_comes_in_the_same(form, given_codings):
    assert read_codings(write_codings(given_codings, form=form)) == given_codings


@given(given_codings=codings)
def test_no_cell_begins_as_a_formula_does(given_codings):

    written = write_codings(given_codings, form="csv")
    for row in csv.reader(io.StringIO(written, newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    "text", ["{", "[1]", '{"@context": 1}', '"a","b"\r\n"1"\r\n', '"a"\r\n"json:{"\r\n']
)
def test_what_cannot_be_read_is_refused_in_words(text):
    with pytest.raises(BadInputError):
        read_codings(text)
