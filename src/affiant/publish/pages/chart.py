"""Geometry of the range chart and the timeline: places in per cent, so that text never scales."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from affiant.model.vocabulary import CellState
from affiant.publish.pages.views import NumberView, RangeBar, TimelineItem, TimelineKind

_MARGIN: Final = 4.0
_ROOM: Final = 100 - 2 * _MARGIN
_LANE_GAP: Final = 5.0
_MOST_TICKS: Final = 12
_QUIET: Final[tuple[CellState, ...]] = ("silent", "not_reviewed")
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
    """A range chart: its axis from 0, and one line for each voice that speaks.

    Attributes:
        ticks: The axis.
        lines: The voices that say something to the question.
        quiet: State to the letters of the voices that do not, each state that occurs.
    """

    ticks: tuple[Tick, ...]
    lines: tuple[BarLine, ...]
    quiet: Mapping[CellState, tuple[str, ...]]


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
    """A timeline: its axis, its marks, and how many rows they take.

    Every day that is named has a place of its own, in order and evenly apart: events lie
    hours apart and their commemoration years later, and all must be legible.
    """

    ticks: tuple[Tick, ...]
    marks: tuple[TimeMark, ...]
    lanes: int


def range_chart(bars: Sequence[RangeBar]) -> RangeChart:
    """Lay out the voices that speak over an axis from 0 to the largest number."""
    numbers = [bar.number for bar in bars if bar.number is not None]
    known = [bound for number in numbers for bound in (number.min, number.max) if bound]
    top, step = _axis(max(known, default=1))
    ticks = tuple(
        Tick(at=_place(value, of=top), label=f"{value:,}") for value in range(0, top + 1, step)
    )
    heard = [bar for bar in bars if bar.state not in _QUIET]
    quiet = {state: tuple(bar.voice for bar in bars if bar.state == state) for state in _QUIET}
    return RangeChart(
        ticks=ticks,
        lines=tuple(_line(bar, top=top) for bar in heard),
        quiet={state: letters for state, letters in quiet.items() if letters},
    )


def timeline(items: Sequence[TimelineItem]) -> Timeline | None:
    """Lay out the dated items; None where fewer than two days are known."""
    days = sorted({day for item in items for day in (item.first, item.last) if day})
    if len(days) < 2:
        return None
    places = {day: _MARGIN + _ROOM * at / (len(days) - 1) for at, day in enumerate(days)}
    marks: list[TimeMark] = []
    free: list[float] = []
    dated = [pair for pair in enumerate(items, start=1) if pair[1].first or pair[1].last]
    for number, item in dated:
        start, end = places[item.first or days[0]], places[item.last or days[-1]]
        lane = _free_lane(free, start=start)
        free[lane] = end + _LANE_GAP
        marks.append(
            TimeMark(number=number, kind=item.kind, lane=lane, start=_cent(start), end=_cent(end))
        )
    return Timeline(ticks=_day_ticks(places), marks=tuple(marks), lanes=len(free))


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


def _free_lane(free: list[float], *, start: float) -> int:
    """Return the lowest row whose last mark ends before ``start``; add one where none does."""
    for lane, end in enumerate(free):
        if end <= start:
            return lane
    free.append(0.0)
    return len(free) - 1


def _day_ticks(places: Mapping[date, float]) -> tuple[Tick, ...]:
    """Return at most twelve ticks, the year written where it begins to hold."""
    every = -(-len(places) // _MOST_TICKS)
    days = list(places)[::every]
    new_year = [True, *(one.year != two.year for one, two in pairwise(days))]
    return tuple(
        Tick(at=_cent(places[day]), label=_day_words(day, year=year))
        for day, year in zip(days, new_year, strict=True)
    )


def _day_words(day: date, *, year: bool) -> str:
    """Write a day in English, with its year where asked."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words
