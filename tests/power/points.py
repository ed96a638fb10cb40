"""Every point at which a command changes the disk: killed there, or refused there."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from affiant.audit import verify_case
from affiant.errors import AffiantError
from affiant.store import Surroundings, open_case
from power.calls import NETWORK, SYNCS, WRITES
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
    packet_of,
    said_in,
    trace_step,
)
from power.tracer import KILL, Call, Decide, Trace

LONGEST_OPENING_S = 2.0


@dataclass(frozen=True)
class Stage:
    """A step, the world before it, and what had been acknowledged by then."""

    step: Step
    world: World
    facts: tuple[Fact, ...]
    points: tuple[Call, ...]

    def copied(self, target: Path) -> World:
        """Copy the world, to be changed."""
        shutil.copytree(self.world.folder, target)
        for more in (packet_of, World.said):
            if more(self.world).exists():
                shutil.copy(more(self.world), more(World(target)))
        return World(target)


def stages(folder: Path) -> list[Stage]:
    """Live a whole life once, and keep the world as it was before each step."""
    folder.mkdir()
    world, known, found = new_world(folder / "world"), Known(), []
    for number, step in enumerate(STEPS):
        before_step(step, world=world, elsewhere=folder / f"elsewhere-{number}")
        kept = Stage(step, world, (), ()).copied(folder / str(number))
        known.doubt(step.doubts(world))
        facts = tuple(known.facts)
        trace = trace_step(step, world=world)
        assert trace.status == 0, (step.name, world.said().read_text())
        for line in said_in(trace, world=world):
            known.learn(step.facts(line))
        known.learn(step.done(world))
        found.append(Stage(step, kept, facts, tuple(points_of(trace, world=world))))
    return found


def points_of(trace: Trace, *, world: World) -> Iterator[Call]:
    """Yield the calls that the tracer asks about, in the order of their numbers."""
    for call in trace.calls:
        if call.main and call.path.startswith(f"{world.folder}/"):
            yield call


def spread(points: Iterable[Call]) -> list[int]:
    """Return the numbers of points, of a long run of like writes only its first and last."""
    listed = list(points)
    keys = [(call.name, call.path) if call.name in WRITES else number
            for number, call in enumerate(listed)]  # fmt: skip
    return [
        number
        for number, key in enumerate(keys)
        if not (0 < number < len(keys) - 1 and keys[number - 1] == key == keys[number + 1])
    ]


@dataclass(slots=True)
class Findings:
    """What went wrong, in words, and how much was tried."""

    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


def kill_at(stage: Stage, *, number: int, place: Path, findings: Findings) -> None:
    """Kill a command at one point; look at what is left, then run it again."""
    world = stage.copied(place)
    name = f"{stage.step.name}, killed at {number} ({stage.points[number].name})"
    trace = trace_step(
        stage.step, world=world, decide=lambda at, call: KILL if at == number else None
    )
    findings.tried += 1
    if trace.status != -9:
        findings.wrong.append(f"{name}: it ended with {trace.status}")
    facts = _acknowledged(stage, trace=trace, world=world)
    if stage.step is not START:
        findings.wrong += [f"{name}: {what}" for what in _wrong(world, facts, findings=findings)]
    _repeat(stage, world=world, facts=facts, name=name, findings=findings)
    _clear(world)


def _acknowledged(stage: Stage, *, trace: Trace, world: World) -> list[Fact]:
    """Return what was acknowledged before a step and by it."""
    known = Known(dict.fromkeys(stage.facts))
    for line in said_in(trace, world=world):
        known.learn(stage.step.facts(line))
    return list(known.facts)


def _repeat(
    stage: Stage, *, world: World, facts: list[Fact], name: str, findings: Findings
) -> None:
    """Run a step again: it succeeds, or has happened already and says so."""
    again = trace_step(stage.step, world=world)
    done = list(stage.step.effect(world)) if stage.step.effect and again.status else []
    if again.status and not done:
        findings.wrong.append(f"{name}: again: {world.said().read_text()[-300:]}")
    findings.wrong += [
        f"{name}: again: {what}" for what in _wrong(world, [*facts, *done], findings=findings)
    ]


def _wrong(world: World, facts: list[Fact], *, findings: Findings) -> Iterator[str]:
    """Yield what does not verify and what was lost."""
    surroundings = Surroundings(configuration=world.desk.configuration)
    try:
        began = monotonic()
        with open_case(world.desk.folder, surroundings=surroundings) as case:
            findings.slowest_s = max(findings.slowest_s, monotonic() - began)
            problems = verify_case(case).problems
        yield from (f"{problem.item}: {problem.detail}" for problem in problems)
        yield from (f"lost: {fact}" for fact in lost(facts, desk=world.desk))
    except AffiantError as problem:
        yield f"it does not open: {problem}"


def refuse_at(stage: Stage, *, number: int, error: int, place: Path, findings: Findings) -> None:
    """Have one call fail; the command says so in our words and nothing is lost.

    A synchronisation that failed is never tried again, and nothing is acknowledged after it.
    """
    world = stage.copied(place)
    point = stage.points[number]
    name = f"{stage.step.name}, {point.name} {Path(point.path).name} refused at {number}"
    before = world.said().stat().st_size if world.said().exists() else 0
    trace = trace_step(stage.step, world=world, decide=_refusing(stage, number=number, error=error))
    findings.tried += 1
    printed = world.said().read_text(encoding="utf-8")[before:]
    findings.wrong += [
        f"{name}: {what}"
        for what in _ill_told(trace, point=point, printed=printed, world=world)
        if not (stage.step is START and what.endswith("mill/case.db"))  # nothing is kept there
    ]
    facts = _acknowledged(stage, trace=trace, world=world)
    if stage.step is not START:
        findings.wrong += [f"{name}: {what}" for what in _wrong(world, facts, findings=findings)]
    _repeat(stage, world=world, facts=facts, name=name, findings=findings)
    _clear(world)


def _refusing(stage: Stage, *, number: int, error: int) -> Decide:
    """Return what refuses one call, counted among its own kind.

    Files are synchronised side by side: between two runs neighbours may change places.
    """
    is_sync = stage.points[number].name in SYNCS
    left = sum((call.name in SYNCS) == is_sync for call in stage.points[:number])

    def decide(at: int, call: Call) -> int | None:
        nonlocal left
        if (call.name in SYNCS) != is_sync:
            return None
        left -= 1
        return error if left == -1 else None

    return decide


def _ill_told(trace: Trace, *, point: Call, printed: str, world: World) -> Iterator[str]:
    """Yield what is wrong with how a command ended after one of its calls was refused."""
    if "Traceback" in printed:
        yield f"it broke down: {printed[-300:]}"
    if trace.status not in (0, 1, 5):
        yield f"it ended with {trace.status}: {printed[-300:]}"
    if trace.status and '"remedy"' not in printed:
        yield f"it said nothing: {printed[-300:]}"
    if point.name not in SYNCS:
        return
    refused = trace.calls[_index_of_refused(trace)]
    if refused.name == "fdatasync" and refused.path.endswith("/mill"):
        yield from _named_before(trace)
        return
    if trace.status != 1:
        yield f"a failed synchronisation ended with {trace.status}"
    if "could not confirm" not in printed:
        yield f"a failed synchronisation was not told: {printed[-300:]}"
    later = trace.calls[_index_of_refused(trace) + 1 :]
    yield from (
        f"synchronised again: {call.path}"
        for call in later
        if call.name in SYNCS and _goes_on(call, refused=refused, world=world)
    )
    if any('"document"' in line for line in _printed(later, world=world)):
        yield "something was acknowledged after it"


def _goes_on(call: Call, *, refused: Call, world: World) -> bool:
    """Tell whether a synchronisation after a refused one tries again, or goes on with the rest.

    Files are synchronised side by side: what was on its way already is no second try.
    """
    if not call.path.startswith(f"{world.folder}/"):
        return False
    parts = Path(call.path).relative_to(world.folder).parts
    beside = parts[1:2] in (("originals",), ("texts",)) and call.path != refused.path
    return not (beside and f"/{parts[1]}" in refused.path)


def _named_before(trace: Trace) -> Iterator[str]:
    """SQLite does not look at what synchronising a folder gives: it is done before, by us."""
    done = [call for call in trace.calls[: _index_of_refused(trace)] if call.result == 0]
    names = [(call.name, call.path.rpartition("/")[2]) for call in done]
    if ("fsync", "mill") not in names:
        yield "a failed synchronisation of the case's folder passes unseen"


def _index_of_refused(trace: Trace) -> int:
    return next(
        number
        for number, call in enumerate(trace.calls)
        if call.name in SYNCS and (call.result or 0) < 0
    )


def _printed(calls: Iterable[Call], *, world: World) -> Iterator[str]:
    for call in calls:
        if call.name not in NETWORK and call.path == str(world.said()):
            yield call.data.decode("utf-8", "replace")


def _clear(world: World) -> None:
    shutil.rmtree(world.folder)
    for more in (packet_of(world), world.said()):
        more.unlink(missing_ok=True)
