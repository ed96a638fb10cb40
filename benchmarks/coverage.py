"""Simulate populations of known size, and count how often the intervals hold them.

Run as ``python benchmarks/coverage.py [--people N] [--times N] [--budget N] [--only NAME]``.
Six scenarios; in the first three the assumptions hold, in the last three they do not. An
answer is *covered* when the joined interval holds the size, *warned* when families differ by
more than 1.5 times or one of them speaks alone, *refused* when there is no interval. *Off by two*
is the range that is printed beside it, for the assumption that no data can test. With
``--budget 0`` the latent-class family is left out. In full, about 5 hours of one core:
``python benchmarks/coverage.py --times 500 --budget 1500``.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from affiant.estimate.estimate import conclude
from affiant.estimate.families import chao_lines, graph_lines, latent_lines, loglinear_lines
from affiant.estimate.line import Line
from affiant.estimate.table import CaptureTable, doubts

LISTS = ("one", "two", "three", "four")
Source = np.random.Generator


def independent(people: int, *, source: Source) -> np.ndarray:
    return source.random((people, 4)) < source.uniform(0.15, 0.45, 4)


def pairwise(people: int, *, source: Source) -> np.ndarray:
    """The second list follows the first: its odds are three times as high there."""
    on = independent(people, source=source)
    chance = source.uniform(0.15, 0.3)
    odds = chance / (1 - chance) * np.where(on[:, 0], 3.0, 1.0)
    on[:, 1] = source.random(people) < odds / (1 + odds)
    return on


def two_classes(people: int, *, source: Source) -> np.ndarray:
    """A third is easy to list, the rest are not; all lists see both."""
    easy = source.random(people) < 1 / 3
    return source.random((people, 4)) < np.where(easy[:, None], 0.6, 0.15)


def out_of_reach(people: int, *, source: Source) -> np.ndarray:
    """A fifth can hardly be listed by anybody."""
    hidden = source.random(people) < 0.2
    return source.random((people, 4)) < np.where(hidden[:, None], 0.01, 0.3)


def copied(people: int, *, source: Source) -> np.ndarray:
    """The second list takes over most of the first, and nobody says so."""
    on = independent(people, source=source)
    taken = source.random(people) < 0.97
    on[:, 1] = (on[:, 0] & taken) | (source.random(people) < 0.1)
    return on


def same_office(people: int, *, source: Source) -> np.ndarray:
    """All lists are drawn from the people who reached one office."""
    reached = source.random(people) < 0.5
    return (source.random((people, 4)) < 0.4) & reached[:, None]


HOLDING = (independent, pairwise, two_classes)
BREAKING = (out_of_reach, copied, same_office)


def table_of(on: np.ndarray) -> CaptureTable:
    counts = np.bincount(on @ (1 << np.arange(4)), minlength=16)
    counts[0] = 0
    return CaptureTable(lists=LISTS, counts=tuple(int(count) for count in counts))


def asked(table: CaptureTable, *, seed: int, budget: int) -> tuple[Line, ...]:
    """Ask every family about a table, as ``estimate`` does, without the sensitivity runs."""
    if doubts(table):
        return ()
    table = table.in_own_order()
    latent = latent_lines(table, seed=seed, budget=budget) if budget else ()
    return (*loglinear_lines(table, seed=seed), *graph_lines(table), *latent, *chao_lines(table))


@dataclass
class Tally:
    """What came of the populations of one scenario."""

    covered: int = 0
    wide: int = 0
    warned: int = 0
    refused: int = 0
    safe: int = 0
    methods: dict[str, list[int]] = field(default_factory=dict)

    def add(self, lines: tuple[Line, ...], *, people: int, observed: int) -> None:
        """Count one population."""
        limits, warnings = conclude(lines) if lines else (None, ())
        for line in lines:
            count = self.methods.setdefault(f"{line.method}, {line.interval_kind}", [0, 0])
            if not line.refused and line.interval95:
                count[0] += line.interval95[0] <= people <= line.interval95[1]
                count[1] += 1
        if limits is None:
            self.refused += 1
            self.safe += 1
            return
        holds = limits[0] <= people <= limits[1]
        twice = observed + 2 * (limits[1] - observed)
        self.covered += holds
        self.wide += observed + (limits[0] - observed) / 2 <= people <= twice
        self.warned += bool(warnings)
        self.safe += holds or bool(warnings)


def run(scenario: Callable[..., np.ndarray], *, people: int, times: int, budget: int) -> None:
    tally = Tally()
    for seed in range(times):
        table = table_of(scenario(people, source=np.random.default_rng(seed)))
        lines = asked(table, seed=seed, budget=budget)
        tally.add(lines, people=people, observed=table.observed)
    spoken = times - tally.refused
    kind = "hold" if scenario in HOLDING else "break"
    print(
        f"| {scenario.__name__} | {kind} | {times} | {share(tally.covered, spoken)} | "
        f"{share(tally.wide, spoken)} | {share(tally.warned, times)} | "
        f"{share(tally.refused, times)} | {share(tally.safe, times)} |",
        flush=True,
    )
    for method, (held, given) in tally.methods.items():
        print(f"|   {method} | | {given} | {share(held, given)} | | | | |", flush=True)


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "none"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--budget", type=int, default=0)
    parser.add_argument("--only", default="")
    wanted = parser.parse_args()
    print(f"{wanted.people} people; latent-class budget {wanted.budget}\n")
    print(
        "| scenario | assumptions | populations | covered, of those with an interval | "
        "covered, assumption off by two | warned | refused | covered, warned or refused |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for scenario in (*HOLDING, *BREAKING):
        if wanted.only in scenario.__name__:
            run(scenario, people=wanted.people, times=wanted.times, budget=wanted.budget)


if __name__ == "__main__":
    main()
