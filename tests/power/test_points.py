"""Killed, or refused by the disk, at the points at which commands change it.

The points are found by tracing. Here an even sample is tried; ``benchmarks/power.py`` tries
every one.
"""

import errno
from itertools import islice

import pytest

from power.calls import SYNCS
from power.life import STEPS
from power.points import LONGEST_OPENING_S, Findings, kill_at, refuse_at, spread, stages
from power.tracer import needs_tracing

pytestmark = needs_tracing

EACH = 3


@pytest.fixture(scope="module")
def life(quick_place):
    return stages(quick_place / "stages")


def sample(numbers, *, of=EACH):
    """Return some of the numbers, evenly spread, the last one among them."""
    listed = list(numbers)
    return list(islice(reversed(listed), 0, None, max(1, len(listed) // of)))[:of]


def test_tracing_sees_the_writes_of_the_database_and_of_the_files(life):
    assert [stage.step for stage in life] == list(STEPS)
    for stage in life:
        if stage.step.name == "key make":
            continue
        changed = {(call.name, call.path.rpartition("/")[2]) for call in stage.points}
        assert ("pwrite64", "case.db-wal") in changed, stage.step.name
        assert ("fdatasync", "case.db-wal") in changed
        assert any(name == "rename" for name, _ in changed)


def test_a_command_killed_at_any_write_point_loses_nothing_and_succeeds_again(
    life, quick_place, note
):
    findings, points = Findings(), 0
    for stage in life:
        numbers = spread(stage.points)
        points += len(numbers)
        for number in sample(numbers):
            kill_at(stage, number=number, place=quick_place / "killed", findings=findings)
    assert findings.wrong == []
    assert findings.slowest_s < LONGEST_OPENING_S
    note(f"killed at {findings.tried} of {points} write points found by tracing")


def test_a_failed_synchronisation_ends_the_command_and_is_never_tried_again(life, quick_place):
    findings = Findings()
    for stage in life:
        syncs = [number for number, call in enumerate(stage.points) if call.name in SYNCS]
        for number in sample(syncs):
            refuse_at(
                stage, number=number, error=errno.EIO, place=quick_place / "io", findings=findings
            )
    assert findings.wrong == []
    assert findings.tried > 20


def test_a_full_disk_at_any_write_point_is_told_and_loses_nothing(life, quick_place):
    findings = Findings()
    for stage in life:
        others = [
            number
            for number in spread(stage.points)
            if stage.points[number].name not in SYNCS | {"mmap", "chmod"}
        ]
        for number in sample(others, of=2):
            place = quick_place / "full"
            refuse_at(stage, number=number, error=errno.ENOSPC, place=place, findings=findings)
    assert findings.wrong == []
    assert findings.tried > 14
