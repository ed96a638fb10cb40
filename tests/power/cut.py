"""The power is cut between any two writes of a case's life; what is found must hold."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

from affiant.audit import verify_case
from affiant.errors import AffiantError
from affiant.store import Surroundings, open_case
from power.disk import Disk, fingerprint, lay_out
from power.life import (
    START,
    STEPS,
    Fact,
    Known,
    Step,
    World,
    before_step,
    lost,
    new_world,
    said_in,
    spoken,
    trace_step,
)
from power.tracer import Trace

LONGEST_OPENING_S = 2.0


@dataclass(slots=True)
class Moment:
    """One moment at which the power may be cut.

    Attributes:
        step: The command that was running.
        call: What it had just done, in words.
        found: One way in which the disk may be found.
        facts: What had been acknowledged by then.
    """

    step: Step
    call: str
    found: dict[str, bytes]
    facts: tuple[Fact, ...]


@dataclass(slots=True)
class Lived:
    """A life that was traced: the disk before it, and each step's trace."""

    world: World
    before: Disk
    steps: list[tuple[Step, Trace]] = field(default_factory=list)
    done: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    doubts: dict[str, tuple[Fact, ...]] = field(default_factory=dict)


def live(
    folder: Path, *, steps: tuple[Step, ...] = STEPS, before: Callable[[], None] | None = None
) -> Lived:
    """Trace a whole life in a new folder.

    Args:
        folder: An empty one to be made.
        steps: Which commands, in order.
        before: Called first in each command's process.
    """
    world = new_world(folder)
    lived = Lived(world, Disk(folder))
    for number, step in enumerate(steps):
        before_step(step, world=world, elsewhere=folder.with_name(f"{folder.name}.{number}"))
        lived.doubts[step.name] = tuple(step.doubts(world))
        trace = trace_step(step, world=world, before=before)
        assert trace.status == 0, (step.name, world.said().read_text())
        lived.steps.append((step, trace))
        lived.done[step.name] = tuple(step.done(world))
    return lived


def moments(lived: Lived, *, random: Random, more: int) -> Iterator[Moment]:
    """Yield every different disk that may be found, with what had been acknowledged.

    Args:
        lived: The life; its disk is used up.
        random: Decides what is lost.
        more: How many random disks at each point, beside the three plain ones: nothing that
            was not synchronised survives, names alone do, bytes alone do.
    """
    disk, known, seen = lived.before, Known(), set()
    for step, trace in lived.steps:
        known.doubt(lived.doubts[step.name])
        for call in trace.calls:
            text = spoken(call, world=lived.world)
            if text:
                part = Trace(calls=[call])
                for line in said_in(part, world=lived.world):
                    known.learn(step.facts(line))
            if not disk.apply(call) and not text:
                continue
            name = f"{call.name} {Path(call.path).name}"
            for found in _ways(disk, random=random, more=more):
                key = fingerprint(found) + bytes(f"{len(known.facts)}", "ascii")
                if key not in seen:
                    seen.add(key)
                    yield Moment(step, name, found, tuple(known.facts))
        known.learn(lived.done[step.name])
        found = disk.crash(None, names=0, pieces=0)
        yield Moment(step, "its end", found, tuple(known.facts))


def _ways(disk: Disk, *, random: Random, more: int) -> Iterator[dict[str, bytes]]:
    """Yield ways in which a disk may be found."""
    yield disk.crash(None, names=0, pieces=0)
    if disk.unsafe:
        yield disk.crash(None, names=1, pieces=0)
        yield disk.crash(None, names=0, pieces=1)
        for _ in range(more):
            yield disk.crash(random, names=random.random(), pieces=random.random())


@dataclass(slots=True)
class Tally:
    """What came of many moments.

    Attributes:
        states: How many disks were opened.
        lost: Moments at which something acknowledged was gone.
        corrupt: Moments at which the case did not open or did not verify.
        slowest_s: The longest opening.
        by_step: How many disks of each command.
    """

    states: int = 0
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    by_step: Counter[str] = field(default_factory=Counter)


def judge(moment: Moment, *, folder: Path, tally: Tally) -> None:
    """Open a found disk, verify it, look for what was acknowledged; note what is wrong."""
    lay_out(moment.found, folder=folder)
    tally.states += 1
    tally.by_step[moment.step.name] += 1
    name = f"{moment.step.name}, after {moment.call}"
    try:
        _judge(moment, world=World(folder), tally=tally, name=name)
    finally:
        shutil.rmtree(folder)


def _judge(moment: Moment, *, world: World, tally: Tally, name: str) -> None:
    desk = world.desk
    if not any(fact[0] == "case" for fact in moment.facts):
        _start_again(world, tally=tally, name=name)
        return
    try:
        began = monotonic()
        with open_case(
            desk.folder, surroundings=Surroundings(configuration=desk.configuration)
        ) as case:
            tally.slowest_s = max(tally.slowest_s, monotonic() - began)
            report = verify_case(case)
        tally.corrupt += [f"{name}: {p.item}: {p.detail}" for p in report.problems]
        tally.lost += [f"{name}: {fact}" for fact in lost(moment.facts, desk=desk)]
    except (AffiantError, OSError) as problem:
        tally.lost.append(f"{name}: {problem}")
        tally.corrupt.append(f"{name}: {problem}")


def _start_again(world: World, *, tally: Tally, name: str) -> None:
    """Nothing was acknowledged yet: the case opens, or can be started once more."""
    with (
        suppress(AffiantError),
        open_case(
            world.desk.folder, surroundings=Surroundings(configuration=world.desk.configuration)
        ) as case,
    ):
        if case.policies.keys() and not verify_case(case).problems:
            return
    assert START.words is not None
    done = world.desk.run(*START.words(world)[:2], code=None)
    if done.code:
        tally.corrupt.append(f"{name}: init again: {done.err}")
