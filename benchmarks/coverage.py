"""Simulate populations of known size, and count how often the intervals hold them.

Run as ``python benchmarks/coverage.py [--people N] [--times N] [--budget N] [--only NAME]``.
Six scenarios; in the first three the assumptions hold, in the last three they do not. An
answer is *covered* when the printed interval holds the size, *warned* when the families
differ by more than 1.5 times or one of them is refused, *refused* when nothing is printed.
With ``--budget 0`` the latent-class family is left out, and its silence is not counted.
"""

import argparse
from collections.abc import Callable

import numpy as np

from affiant.estimate import CaptureTable, Estimation, estimate

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


def is_warned(answer: Estimation, *, budget: int) -> bool:
    """Tell whether something beside the usual sentence stands next to the number."""
    silent = {line.family for line in answer.lines if line.refused}
    silent -= set() if budget else {"latent class"}
    return bool(silent) or any("differ" in warning for warning in answer.warnings)


def run(scenario: Callable[..., np.ndarray], *, people: int, times: int, budget: int) -> None:
    covered = warned = refused = safe = 0
    for seed in range(times):
        source = np.random.default_rng(seed)
        answer = estimate(table_of(scenario(people, source=source)), seed=seed, budget=budget)
        limits = answer.interval95
        holds = limits is not None and limits[0] <= people <= limits[1]
        doubted = limits is not None and is_warned(answer, budget=budget)
        covered += holds
        warned += doubted
        refused += limits is None
        safe += holds or doubted or limits is None
    spoken = times - refused
    print(
        f"{scenario.__name__}: {times} populations of {people}; covered {covered} of {spoken}, "
        f"warned {warned}, refused {refused}; refused, warned or covered {safe / times:.1%}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--budget", type=int, default=0)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    for scenario in (*HOLDING, *BREAKING):
        if asked.only in scenario.__name__:
            run(scenario, people=asked.people, times=asked.times, budget=asked.budget)


if __name__ == "__main__":
    main()
