"""A power cut between any two writes loses nothing acknowledged and leaves no corrupt case."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from affiant.store import case as case_module
from affiant.store import objects
from power.cut import LONGEST_OPENING_S, Lived, Moment, Tally, judge, live, moments
from power.life import ADD, START, STEPS
from power.tracer import needs_tracing

pytestmark = needs_tracing

STATES = int(os.environ.get("AFFIANT_POWER_STATES", "110"))
MORE = 1


def judged(lived: Lived, *, place: Path, most: int, choose: Callable[[Moment], bool]) -> Tally:
    """Judge up to ``most`` of the chosen moments of a life, as many of each command."""
    random, tally = Random(20), Tally()
    found: dict[str, list[Moment]] = {}
    for moment in moments(lived, random=random, more=MORE):
        if choose(moment):
            found.setdefault(moment.step.name, []).append(moment)
    for chosen in found.values():
        random.shuffle(chosen)
        for moment in chosen[: most // len(found)]:
            judge(moment, folder=place / "found", tally=tally)
    return tally


def test_a_power_cut_loses_nothing_acknowledged_and_corrupts_no_case(quick_place, note):
    lived = live(quick_place / "world")
    tally = judged(lived, place=quick_place, most=STATES, choose=lambda moment: True)
    assert tally.lost == []
    assert tally.corrupt == []
    assert tally.slowest_s < LONGEST_OPENING_S
    assert set(tally.by_step) == {step.name for step in STEPS}
    note(f"{tally.states} disks after a power cut, slowest opening {tally.slowest_s:.2f} s")


def leave_out_folders() -> None:
    """Take the synchronising of folders out of the product."""
    objects.sync_folder = lambda folder: None


def leave_out_files() -> None:
    """Take the synchronising of files out of the product, SQLite's aside."""
    os.fsync = lambda handle: None


def ask_for_less() -> None:
    """Have SQLite synchronise less than it should."""
    full = case_module.open_database

    def opened(*given, **named):
        database = full(*given, **named)
        database.execute("pragma synchronous = normal")
        return database

    case_module.open_database = opened


@pytest.mark.parametrize("fault", [leave_out_folders, leave_out_files, ask_for_less])
def test_with_one_precaution_left_out_the_same_harness_reports_a_loss(fault, quick_place):
    place = quick_place / fault.__name__
    place.mkdir()
    lived = live(place / "world", steps=(START, ADD), before=fault)
    tally = judged(
        lived,
        place=place,
        most=8,
        choose=lambda moment: moment.call == "its end" or moment.call.startswith("write world"),
    )
    assert tally.lost
