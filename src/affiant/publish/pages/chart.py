"""Geometry of the range chart and the timeline: places in per cent, so that text never scales."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from affiant.publish.pages.views import NumberView, RangeBar, TimelineItem, TimelineKind

_MARGIN: Final = 4.0
_ROOM: Final = 100 - 2 * _MARGIN
_LANE_GAP: Final = 8.0
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

BarShape = Literal["span", "point", "from", "up_to", "cross", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the axis: its place and its words."""

    at: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarLine:
    """One line of the range chart.

    Attributes:
        bar: What it shows.
        shape: How it is drawn.
        start: Place of the lower end, or of the point.
        end: Place of the upper end.
    """

    bar: RangeBar
    shape: BarShape
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeChart:
    """A range chart: its axis from 0, and one line for each voice."""

    ticks: tuple[Tick, ...]
    lines: tuple[BarLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMark:
    """A dated item on the timeline.

    Attributes:
        number: Its number in the list that says the same, from 1.
        kind: What is dated.
        lane: Row above the axis, from 0, so that marks do not cover one another.
        start: Place of the first day.
        end: Place of the last day; the same where one day is meant.
    """

    number: int
    kind: TimelineKind
    lane: int
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A timeline: its axis, its marks, and how many rows they take."""

    ticks: tuple[Tick, ...]
    marks: tuple[TimeMark, ...]
    lanes: int


def range_chart(bars: Sequence[RangeBar]) -> RangeChart:
    """Lay out one line for each bar over an axis from 0 to the largest number."""
    numbers = [bar.number for bar in bars if bar.number is not None]
    known = [bound for number in numbers for bound in (number.min, number.max) if bound]
    top, step = _axis(max(known, default=1))
    ticks = tuple(
        Tick(at=_place(value, of=top), label=f"{value:,}") for value in range(0, top + 1, step)
    )
    return RangeChart(ticks=ticks, lines=tuple(_line(bar, top=top) for bar in bars))


def timeline(items: Sequence[TimelineItem]) -> Timeline | None:
    """Lay out the dated items; None where fewer than two days are known."""
    days = [day for item in items for day in (item.first, item.last) if day]
    if len(set(days)) < 2:
        return None
    first, last = min(days), max(days)
    marks: list[TimeMark] = []
    free: list[float] = []
    dated = [pair for pair in enumerate(items, start=1) if pair[1].first or pair[1].last]
    for number, item in dated:
        start = _day_place(item.first or first, first=first, last=last)
        end = _day_place(item.last or last, first=first, last=last)
        lane = _free_lane(free, start=start)
        free[lane] = end + _LANE_GAP
        marks.append(
            TimeMark(number=number, kind=item.kind, lane=lane, start=_cent(start), end=_cent(end))
        )
    return Timeline(ticks=_day_ticks(first, last=last), marks=tuple(marks), lanes=len(free))


def _line(bar: RangeBar, *, top: int) -> BarLine:
    """Choose the shape of one bar."""
    if bar.state == "denies":
        at = _place(_least(bar.number) or 0, of=top)
        return BarLine(bar=bar, shape="cross", start=at, end=at)
    number = bar.number
    if number is None or (number.min is None and number.max is None):
        return BarLine(bar=bar, shape="none")
    if number.min is None:
        at = _place(number.max or 0, of=top)
        return BarLine(bar=bar, shape="up_to", start=at, end=at)
    start = _place(number.min, of=top)
    if number.max is None:
        return BarLine(bar=bar, shape="from", start=start, end=start)
    shape: BarShape = "point" if number.min == number.max else "span"
    return BarLine(bar=bar, shape=shape, start=start, end=_place(number.max, of=top))


def _least(number: NumberView | None) -> int | None:
    return number.min if number else None


def _axis(largest: int) -> tuple[int, int]:
    """Return the end of an axis that covers ``largest``, and its step: at most five steps."""
    step = 1
    while step * 5 < largest:
        step = next(each for each in _steps() if each > step)
    return -(-largest // step) * step, step


def _steps() -> list[int]:
    """Return round steps: 1, 2, 5, and those times powers of ten."""
    return [digit * 10**power for power in range(12) for digit in (1, 2, 5)]


def _place(value: int, *, of: int) -> str:
    return _cent(_MARGIN + _ROOM * value / of)


def _cent(value: float) -> str:
    return f"{value:.2f}%"


def _day_place(day: date, *, first: date, last: date) -> float:
    return _MARGIN + _ROOM * (day - first).days / (last - first).days


def _free_lane(free: list[float], *, start: float) -> int:
    """Return the lowest row whose last mark ends before ``start``; add one where none does."""
    for lane, end in enumerate(free):
        if end <= start:
            return lane
    free.append(0.0)
    return len(free) - 1


def _day_ticks(first: date, *, last: date) -> tuple[Tick, ...]:
    """Return at most five ticks, days apart for short spans, with the year where it matters."""
    days = (last - first).days
    steps = min(days, 4)
    offsets = sorted({round(days * number / steps) for number in range(steps + 1)})
    places = [first + timedelta(days=offset) for offset in offsets]
    return tuple(
        Tick(at=_cent(_day_place(day, first=first, last=last)), label=_day_words(day, days=days))
        for day in places
    )


def _day_words(day: date, *, days: int) -> str:
    """Write a day in English, as exactly as an axis over so many days needs."""
    month = _MONTHS[day.month - 1]
    if days > 1500:
        return str(day.year)
    return f"{month} {day.year}" if days > 150 else f"{day.day} {month}"
