"""Dates keep the precision that was given."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import BadInputError
from affiant.model.when import Span, span_of

days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
spans = st.tuples(days, st.integers(0, 400)).map(
    lambda pair: Span(first=pair[0], last=min(date.max, pair[0]) + _at_most(*pair))
)


def _at_most(first: date, number: int) -> timedelta:
    return min(timedelta(days=number), date.max - first)


@given(day=days)
def test_a_day_covers_itself_and_nothing_else(day):
    assert span_of(day.isoformat()) == Span(first=day, last=day)
    assert span_of(day.isoformat()).days == 1


@given(day=days)
def test_a_month_covers_all_its_days(day):
    span = span_of(f"{day.year:04}-{day.month:02}")
    assert span.first == day.replace(day=1)
    assert span.days == monthrange(day.year, day.month)[1]
    assert span == span_of(f"{day.year:04}-{day.month:02}-XX")


@given(day=days)
def test_a_year_covers_every_day_of_it(day):
    span = span_of(f"{day.year:04}")
    assert (span.first, span.last) == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert span == span_of(f"{day.year:04}-XX") == span_of(f"{day.year:04}-XX-XX")


@given(first=days, last=days)
def test_an_interval_runs_from_its_first_day_to_its_last(first, last):
    text = f"{first.isoformat()}/{last.isoformat()}"
    if first > last:
        with pytest.raises(BadInputError):
            span_of(text)
    else:
        assert span_of(text) == Span(first=first, last=last)


@given(day=days, mark=st.sampled_from("?~%"))
def test_doubt_about_a_date_moves_no_day(day, mark):
    assert span_of(day.isoformat() + mark) == span_of(day.isoformat())


@pytest.mark.parametrize("end", ["", ".."])
@given(day=days)
def test_an_open_end_is_unknown_and_never_invented(end, day):
    assert span_of(f"{day.isoformat()}/{end}") == Span(first=day, last=None)
    assert span_of(f"{end}/{day.isoformat()}") == Span(first=None, last=day)
    assert span_of(f"{day.isoformat()}/{end}").days is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("203X", date(2030, 1, 1), date(2039, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("2031-21", date(2031, 3, 1), date(2031, 5, 31)),
        ("2031-22", date(2031, 6, 1), date(2031, 8, 31)),
        ("2031-23", date(2031, 9, 1), date(2031, 11, 30)),
        ("2031-24", date(2031, 12, 1), date(2032, 2, 29)),
        ("2032-02", date(2032, 2, 1), date(2032, 2, 29)),
        ("2031-03/2031-05", date(2031, 3, 1), date(2031, 5, 31)),
        ("2031?/2032~", date(2031, 1, 1), date(2032, 12, 31)),
    ],
)
def test_a_coarser_date_covers_all_that_it_may_mean(text, first, last):
    assert span_of(text) == Span(first=first, last=last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "/", "../..", "..", "2031-3", "31", "2031-02-30", "2031-13", "2031-00", "0000"),
        *("2031-03-14/2031-03-13", "2031/2032/2033", "2031-03-14T21:00", "14.03.2031", "today"),
        *("-2031", " 2031", "2031 ", "2031-21-01", "2031-25", "2031-03-00", "2031-X3"),
    ],
)
def test_what_is_not_a_date_is_refused_and_never_guessed(text):
    with pytest.raises(BadInputError) as refusal:
        span_of(text)
    assert "2031-03-14" in refusal.value.remedy


@pytest.mark.parametrize("text", ["9999-24", "203X-13", "2031-XX-40", "۲۰۳۱", "2031?~%?"])
def test_what_only_looks_like_a_date_is_refused(text):
    with pytest.raises(BadInputError):
        span_of(text)


@given(text=st.text(alphabet="0123456789X-/.?~%۱", max_size=24) | st.text(max_size=12))
def test_any_text_is_a_span_in_order_or_is_refused(text):
    try:
        span = span_of(text)
    except BadInputError:
        return
    assert span.first is not None or span.last is not None
    assert None in (span.first, span.last) or span.first <= span.last


@given(one=spans, other=spans)
def test_two_spans_meet_exactly_when_they_share_a_day(one, other):
    shared = max(one.first, other.first) <= min(one.last, other.last)
    assert one.meets(other) is shared
    assert other.meets(one) is shared


@given(span=spans, day=days)
def test_an_open_span_meets_all_on_its_open_side(span, day):
    assert Span(first=None, last=day).meets(span) is (span.first <= day)
    assert Span(first=day, last=None).meets(span) is (span.last >= day)
