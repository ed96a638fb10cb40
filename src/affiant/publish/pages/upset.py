"""Figures of an estimate as SVG: who is on which lists together, intervals, odds, chains.

Every figure has its twin in words or as a table beside it; colours come from the page's style.
"""

from collections.abc import Sequence
from html import escape
from typing import Final

from affiant.estimate import CaptureTable, Estimation, Line
from affiant.estimate.sentences import METHODS_IN_WORDS, span

MOST_PATTERNS: Final = 31
"""More patterns than this are told in the table only."""

_LEFT: Final = 250
_COLUMN: Final = 34
_ROW: Final = 26
_HIGH: Final = 150
_WIDE: Final = 720
_PLOT: Final = 470


def patterns_of(table: CaptureTable) -> list[tuple[tuple[str, ...], int]]:
    """Return the lists and the people of every pattern that occurs, most people first."""
    found = [(cell, count) for cell, count in enumerate(table.counts) if count]
    found.sort(key=lambda pair: (-pair[1], pair[0].bit_count(), pair[0]))
    return [
        (tuple(name for at, name in enumerate(table.lists) if cell >> at & 1), count)
        for cell, count in found
    ]


def upset(table: CaptureTable) -> str:
    """Draw who is on which lists together: a bar per pattern, its lists as dots below it."""
    patterns = patterns_of(table)[:MOST_PATTERNS]
    most = max((count for _, count in patterns), default=1)
    sizes = {name: table.size(name) for name in table.lists}
    largest = max(sizes.values(), default=1) or 1
    top = _HIGH + 40
    parts = [_list_row(name, at=at, size=sizes[name], of=largest, top=top)
             for at, name in enumerate(table.lists)]  # fmt: skip
    for at, (names, count) in enumerate(patterns):
        middle = _LEFT + _COLUMN * at + _COLUMN // 2
        high = max(1, round(_HIGH * count / most))
        base = _HIGH + 20
        parts.append(f'<rect class="f1" x="{middle - 11}" y="{base - high}" width="22" '
                     f'height="{high}"/>')  # fmt: skip
        parts.append(_words(f"{count:,}", x=middle, y=base - high - 5, anchor="middle"))
        rows = [top + _ROW * row for row, name in enumerate(table.lists) if name in names]
        parts += [
            f'<circle class="{"f1" if name in names else "none"}" cx="{middle}" '
            f'cy="{top + _ROW * row}" r="6"/>'
            for row, name in enumerate(table.lists)
        ]
        if len(rows) > 1:
            parts.append(f'<line class="s1" x1="{middle}" x2="{middle}" y1="{rows[0]}" '
                         f'y2="{rows[-1]}"/>')  # fmt: skip
    said = f"{len(patterns)} capture patterns of {len(table.lists)} lists; the table says the same"
    width = _LEFT + _COLUMN * len(patterns) + 10
    return _svg(parts, size=(width, top + _ROW * len(table.lists)), label=said)


def _list_row(name: str, *, at: int, size: int, of: int, top: int) -> str:
    """Draw a list's name, its size as a bar, and the ground of its row."""
    y = top + _ROW * at
    wide = max(1, round(70 * size / of))
    short = name if len(name) <= 18 else f"{name[:17]}…"
    return (
        f'<rect class="f2" x="{_LEFT - 10 - wide}" y="{y - 6}" width="{wide}" height="12"/>'
        + _words(short, x=0, y=y + 5)
        + _words(f"{size:,}", x=_LEFT - 16 - wide, y=y + 5, anchor="end")
    )


def intervals(answer: Estimation) -> str:
    """Draw the interval of every line that is not refused, over the documented count."""
    lines = [line for line in answer.lines if not line.refused and line.interval95 is not None]
    ends = [line.interval95[1] for line in lines if line.interval95]
    most = max([*ends, answer.table.observed, 1]) * 1.05
    scale = _PLOT / most
    parts = [_axis(most, scale=scale, low=len(lines) * _ROW + 34)]
    for at, line in enumerate(lines):
        parts.append(_interval_row(line, y=30 + _ROW * at, scale=scale))
    here = _LEFT + answer.table.observed * scale
    bottom = len(lines) * _ROW + 30
    parts.append(f'<line class="s2" x1="{here:.1f}" x2="{here:.1f}" y1="16" y2="{bottom}"/>')
    parts.append(_words(f"documented {answer.table.observed:,}", x=round(here), y=11))
    said = "The 95 % interval of each method beside the documented count; the table says the same"
    return _svg(parts, size=(_WIDE + 10, len(lines) * _ROW + 56), label=said)


def _interval_row(line: Line, *, y: int, scale: float) -> str:
    low, high = line.interval95 or (0.0, 0.0)
    x1, x2 = _LEFT + low * scale, _LEFT + high * scale
    middle = _LEFT + (line.estimate or low) * scale
    kind = line.interval_kind.partition(" ")[0]
    name = METHODS_IN_WORDS[line.method] + (f" ({kind})" if line.family == "log-linear" else "")
    return (
        _words(name, x=0, y=y + 5)
        + f'<line class="s1" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y}" y2="{y}"/>'
        + f'<circle class="f1" cx="{middle:.1f}" cy="{y}" r="4"/>'
    )


def odds_band(answer: Estimation) -> str:
    """Draw how the joined interval moves with the odds of being listed of those on no list."""
    low, high = answer.interval95 or (0.0, 0.0)
    seen = answer.table.observed
    most = (seen + 2 * (high - seen)) * 1.05
    steps = [0.5 + 1.5 * at / 30 for at in range(31)]

    def place(ratio: float, *, limit: float) -> str:
        x = _LEFT + _PLOT * (ratio - 0.5) / 1.5
        y = 20 + _HIGH * (1 - (seen + ratio * (limit - seen)) / most)
        return f"{x:.1f},{y:.1f}"

    band = [place(ratio, limit=high) for ratio in steps] + [
        place(ratio, limit=low) for ratio in steps[::-1]
    ]
    parts = [f'<polygon class="band" points="{" ".join(band)}"/>']
    for ratio in (0.5, 1.0, 1.5, 2.0):
        x = round(_LEFT + _PLOT * (ratio - 0.5) / 1.5)
        parts.append(_words(f"{ratio:g}", x=x, y=_HIGH + 38, anchor="middle"))
    for share in (0, 0.5, 1):
        y = round(20 + _HIGH * (1 - share))
        parts.append(f'<line class="ax" x1="{_LEFT}" x2="{_LEFT + _PLOT}" y1="{y}" y2="{y}"/>')
        parts.append(_words(f"{most * share:,.0f}", x=_LEFT - 8, y=y + 4, anchor="end"))
    parts.append(_words("odds ratio of those on no list", x=_LEFT, y=_HIGH + 58))
    said = f"From {span(answer.off_by_two)} people over odds ratios from one half to two"
    return _svg(parts, size=(_WIDE + 20, _HIGH + 66), label=said)


def chains(traces: Sequence[Sequence[int]]) -> str:
    """Draw four chains of the sampler, one over the other, without numbers."""
    values = sorted(value for trace in traces for value in trace)
    if not values:
        return ""
    low, high = values[len(values) // 100], values[-1 - len(values) // 100]
    room = max(high - low, 1)
    parts = []
    for at, trace in enumerate(traces):
        points = [
            f"{10 + 700 * step / max(len(trace) - 1, 1):.1f},"
            f"{110 - 100 * min(max((value - low) / room, 0), 1):.1f}"
            for step, value in enumerate(trace)
        ]
        parts.append(f'<polyline class="t{at % 4}" points="{" ".join(points)}"/>')
    said = "Four chains of the latent-class sampler; where they agree they cover one another"
    return _svg(parts, size=(_WIDE, 120), label=said)


def _axis(most: float, *, scale: float, low: int) -> str:
    """Draw the axis of people from 0, with five round steps at most."""
    step = 10 ** (len(str(int(most))) - 1)
    while most / step > 5:
        step *= 2
    marks = [value for value in range(0, int(most) + 1, int(step))]
    return "".join(
        f'<line class="ax" x1="{_LEFT + value * scale:.1f}" x2="{_LEFT + value * scale:.1f}" '
        f'y1="16" y2="{low}"/>'
        + _words(f"{value:,}", x=round(_LEFT + value * scale), y=low + 16, anchor="middle")
        for value in marks
    )


def _words(words: str, *, x: int, y: int, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(parts: Sequence[str], *, size: tuple[int, int], label: str) -> str:
    """Return the figure; every word in it was escaped."""
    wide, high = size
    return (
        f'<svg class="figure" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )
