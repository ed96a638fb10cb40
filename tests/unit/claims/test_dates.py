"""Dates keep the precision that was written, and only that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.claims.english.dates import find_dates
from affiant.model.when import span_of


def dates(text, *, published=None):
    return [
        mention.when for mention in find_dates(text, start=0, end=len(text), published=published)
    ]


def read(text, *, published=None):
    return [(when.edtf, when.basis) for when in dates(text, published=published)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 1st Sep 2013", "2013-09-01"),
        ("on September 1, 2013, fifty", "2013-09-01"),
        ("on 14 March 2031", "2031-03-14"),
        ("in March 2031", "2031-03"),
        ("in 2013", "2013"),
        ("in the 1990s", "199X"),
        ("on 2031-03-14", "2031-03-14"),
        ("on 14-16 March 2031", "2031-03-14/2031-03-16"),
        ("between 3 and 5 May 2031", "2031-05-03/2031-05-05"),
        ("between 1 January and 31 March 2031", "2031-01-01/2031-03-31"),
        ("between January and March 2029", "2029-01/2029-03"),
        ("between 2019 and 2024", "2019/2024"),
        ("since 2025", "2025/.."),
        ("on 25/3/2031", "2031-03-25"),
    ],
)
def test_a_date_keeps_its_precision(text, edtf):
    assert read(text) == [(edtf, "explicit")]


def test_a_day_without_a_year_is_not_given_one_unless_the_document_is_dated():
    assert read("on 14 March") == [(None, "ambiguous")]
    assert read("on 14 March", published="2031-04-02") == [("2031-03-14", "context")]
    assert read("on 14 May", published="2031-04-02") == [("2030-05-14", "context")]


def test_yesterday_and_monday_need_the_date_of_the_document():
    assert read("yesterday") == [(None, "ambiguous")]
    assert read("yesterday", published="2031-04-02") == [("2031-04-01", "explicit")]
    assert read("on Monday", published="2031-04-02") == [("2031-03-31", "explicit")]
    assert read("yesterday", published="2031-04") == [(None, "ambiguous")]


def test_the_weekday_of_the_document_itself_is_ambiguous():
    assert read("on Wednesday", published="2031-04-02") == [("2031-03-26", "ambiguous")]


def test_day_and_month_that_could_change_places_are_both_kept():
    (when,) = dates("on 3/5/2031")
    assert (when.edtf, when.alternatives) == (None, ("2031-05-03", "2031-03-05"))


def test_a_year_of_two_figures_is_marked_as_ambiguous():
    assert read("3 JAN 90 --") == [("1990-01-03", "ambiguous")]


def test_a_solar_hijri_date_is_kept_in_its_calendar_and_not_converted():
    (when,) = dates("on 23 Esfand 1409")
    assert (when.edtf, when.calendar) == (None, "solar_hijri")


def test_the_night_of_a_day_is_marked():
    (when,) = dates("on the night of 14 March 2031")
    assert when.night_of


@pytest.mark.parametrize(
    "text", ["31 February 2031", "2019Categories", "he may go", "march on", "$2013", "12-year-old"]
)
def test_what_is_no_date_is_none(text):
    assert read(text) == []


@given(text=st.text(alphabet="0123456789/-.,: JanuryMchSeptbfom’sinceto", max_size=60))
def test_every_date_that_is_found_is_one_and_stands_at_its_offsets(text):
    for mention in find_dates(text, start=0, end=len(text), published="2031-04-02"):
        assert text[mention.start : mention.end] == mention.when.words
        if mention.when.edtf is not None:
            span_of(mention.when.edtf)
