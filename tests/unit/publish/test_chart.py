"""Marks stand where the numbers and days say, and cover one another nowhere."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from affiant.publish.pages.chart import range_chart, timeline
from affiant.publish.pages.views import NumberView, RangeBar, TimelineItem, Words


def bar(low, high, state="agrees") -> RangeBar:
    return RangeBar(voice="A", state=state, number=NumberView(min=low, max=high))


def item(first: date | None, last: date | None) -> TimelineItem:
    return TimelineItem(kind="event", when="then", text=Words(text="it"), first=first, last=last)


def test_each_answer_has_its_own_shape():
    bars = (
        bar(14, 16),
        bar(15, 15),
        bar(14, None),
        bar(None, 16),
        bar(None, None),
        bar(0, 0, state="denies"),
        RangeBar(voice="B", state="silent"),
        RangeBar(voice="C", state="denies"),
    )
    shapes = [line.shape for line in range_chart(bars).lines]
    assert shapes == ["span", "point", "from", "up_to", "none", "cross", "cross"]


def test_voices_that_do_not_speak_are_named_beside_the_chart_and_take_no_line():
    bars = [RangeBar(voice=letter, state="silent") for letter in "BD"]
    bars += [RangeBar(voice="C", state="not_reviewed"), bar(3, 3)]
    chart = range_chart(bars)
    assert [line.bar.voice for line in chart.lines] == ["A"]
    assert chart.quiet == {"silent": ("B", "D"), "not_reviewed": ("C",)}
    assert range_chart((bar(3, 3),)).quiet == {}


def test_the_axis_starts_at_nought_and_covers_the_largest_number():
    chart = range_chart((bar(14, 16),))
    assert [tick.label for tick in chart.ticks] == ["0", "5", "10", "15", "20"]
    assert chart.lines[0].start == "68.40%"
    assert chart.lines[0].end == "77.60%"


@given(low=st.integers(0, 10**6), more=st.integers(0, 10**6))
def test_no_bar_leaves_its_strip_and_the_axis_stays_short(low, more):
    chart = range_chart((bar(low, low + more),))
    line = chart.lines[0]
    assert 4 <= float(line.start[:-1]) <= float(line.end[:-1]) <= 96
    assert 2 <= len(chart.ticks) <= 6


def test_a_chart_without_numbers_has_an_axis_all_the_same():
    assert [tick.label for tick in range_chart(()).ticks] == ["0", "1"]


def test_a_timeline_needs_two_days():
    day = date(2031, 3, 14)
    assert timeline(()) is None
    assert timeline((item(day, day), item(None, None))) is None


def test_an_open_end_runs_to_the_edge():
    drawn = timeline((item(date(2031, 3, 14), None), item(None, date(2031, 3, 24))))
    assert [(mark.start, mark.end) for mark in drawn.marks] == [("4.00%", "96.00%")] * 2
    assert drawn.lanes == 2


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 900)), min_size=2, max_size=15))
def test_marks_in_one_lane_stand_apart(days):
    start = date(2031, 1, 1)
    items = [
        item(start + timedelta(days=first), start + timedelta(days=first + length))
        for first, length in days
    ]
    drawn = timeline(items)
    if drawn is None:
        return
    assert 2 <= len(drawn.ticks) <= 12
    for lane in range(drawn.lanes):
        places = sorted(
            (float(mark.start[:-1]), float(mark.end[:-1]))
            for mark in drawn.marks
            if mark.lane == lane
        )
        for (_, end), (begin, _) in pairwise(places):
            assert begin >= end + 4.9


def test_days_stand_in_order_and_evenly_however_far_apart():
    days = (date(2031, 3, 14), date(2031, 3, 15), date(2032, 3, 14))
    drawn = timeline([item(day, day) for day in reversed(days)])
    assert [mark.start for mark in drawn.marks] == ["96.00%", "50.00%", "4.00%"]
    assert [tick.label for tick in drawn.ticks] == ["14 Mar 2031", "15 Mar", "14 Mar 2032"]
