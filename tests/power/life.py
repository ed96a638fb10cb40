"""The life of a small case, command by command, and what each command acknowledged."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from affiant.cli.main import main
from affiant.log.keys import key_from_seed, load_key, save_key
from affiant.store import Case, Surroundings, open_case
from affiant.store.objects import digest_of, digest_of_file
from flows.desk import FIRST, SECOND, Desk, write
from power.calls import WRITES
from power.tracer import Call, Decide, Trace, traced

DOCUMENTS = {
    "alba.txt": "Alba Merin writes:\nI saw four men shot dead at the Oreth mill.\n",
    "borin.txt": "Borin Tash writes:\n" + "Four people were killed at the Oreth mill.\n" * 90,
    "deln.txt": "The Deln Union says that seven people were killed.\n",
}
SUCCESSOR = bytes(range(32))

Fact = tuple[str, ...]
"""What was acknowledged: its kind and what names it."""


@dataclass(frozen=True)
class World:
    """A folder that holds a case, a configuration and what is to be added."""

    folder: Path

    @property
    def desk(self) -> Desk:
        return Desk(self.folder / "mill", self.folder / "configuration")

    @property
    def incoming(self) -> Path:
        return self.folder / "in"

    def said(self) -> Path:
        """Where the standard output of traced commands goes: outside what can be lost."""
        return self.folder.with_name(f"{self.folder.name}.said")


def new_world(folder: Path) -> World:
    """Lay out the documents that are to be added."""
    write(folder / "in", DOCUMENTS)
    return World(folder)


@dataclass(frozen=True)
class Step:
    """One command of the life.

    Attributes:
        name: What it is.
        words: The command line, or None where ``act`` is called instead.
        act: Does it in the package's own words.
        facts: What one printed line acknowledges; asked with the world before the step.
        done: What a successful end acknowledges.
        doubts: Which facts hold no longer, once the step has begun.
        effect: What is so where the step happened, for those that refuse to happen twice.
    """

    name: str
    words: Callable[[World], list[str]] | None = None
    act: Callable[[World], None] | None = None
    facts: Callable[[dict[str, Any]], Iterable[Fact]] = lambda line: ()
    done: Callable[[World], Iterable[Fact]] = lambda world: ()
    doubts: Callable[[World], Iterable[Fact]] = lambda world: ()
    effect: Callable[[World], Iterable[Fact]] | None = None


def run_step(
    step: Step, *, world: World, before: Callable[[], None] | None = None
) -> Callable[[], int]:
    """Return what a traced process runs for a step.

    Args:
        step: Which.
        world: Where.
        before: Called first in that process, as to take a precaution out of the product.
    """

    words = [*step.words(world), "--json"] if step.words is not None else None

    def work() -> int:
        os.environ["AFFIANT_CONFIG"] = str(world.desk.configuration)
        handle = os.open(world.said(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")
        if before is not None:
            before()
        if words is not None:
            return main(words, as_json=True)
        assert step.act is not None
        step.act(world)
        return 0

    return work


def trace_step(
    step: Step,
    *,
    world: World,
    decide: Decide | None = None,
    before: Callable[[], None] | None = None,
) -> Trace:
    """Run a step, traced."""
    return traced(run_step(step, world=world, before=before), decide=decide, within=world.folder)


def spoken(call: Call, *, world: World) -> str:
    """Return what a call printed, or nothing."""
    if call.name in WRITES and call.path == str(world.said()) and (call.result or 0) > 0:
        return call.data[: call.result].decode("utf-8")
    return ""


def said_in(trace: Trace, *, world: World) -> list[dict[str, Any]]:
    """Return the objects that a traced command printed, whole lines only."""
    text = "".join(spoken(call, world=world) for call in trace.calls)
    lines = [line for line in text.split("\n")[:-1] if line.startswith("{")]
    return [json.loads(line) for line in lines]


# The steps


def _case(*words: object) -> Callable[[World], list[str]]:
    return lambda world: [*map(str, words), "--case", str(world.desk.folder)]


def _added(line: dict[str, Any]) -> Iterable[Fact]:
    if line.get("status") in ("added", "again"):
        yield "document", line["document"]


def _read(line: dict[str, Any]) -> Iterable[Fact]:
    if line.get("text_digest"):
        yield "text", line["document"], line["text_digest"]


def _started(world: World) -> Iterable[Fact]:
    with world.desk.open() as case:
        yield "case", case.case_id
        keys = case.policies.keys()
        yield from (("admitted", public) for public in keys)
    yield "key", FIRST


def _claimed(line: dict[str, Any]) -> Iterable[Fact]:
    if "claim_id" in line and "error" not in line:
        yield "claim", line["claim_id"]


def _the_claim(world: World) -> str:
    with world.desk.open() as case:
        return case.claims.all()[0].claim_id


def _verdicts(world: World) -> Iterable[Fact]:
    with world.desk.open() as case:
        for entry in case.logbook.recorded():
            if entry.kind.startswith("claim."):
                yield "entry", entry.commitment


def _admitted(world: World) -> Iterable[Fact]:
    with world.desk.open() as case:
        keys = case.policies.keys()
        yield from (("admitted", public) for public in keys)


def _document(name: str) -> str:
    return digest_of(DOCUMENTS[name].encode("utf-8"))


def _of_deln(world: World) -> Iterable[Fact]:
    digest = _document("deln.txt")
    yield "document", digest
    yield "text", digest, digest


def _enter_claim(world: World) -> list[str]:
    quote = {"slot": "act", "exact": "four men shot dead"}
    counts = [{"of": "killed", "min": 4, "max": 4, "words": "four men shot dead"}]
    fields = {"act": "killing", "speakers": [{"name": None}], "counts": counts, "quotes": [quote]}
    source = world.folder.with_name(f"{world.folder.name}.claim.json")
    source.write_text(json.dumps(fields), encoding="utf-8")
    return _case("claim", "add", "alba.txt", "--from", source)(world)


def rotate(world: World) -> None:
    """Have the first person's key followed by another, the new one kept first."""
    desk = world.desk
    surroundings = Surroundings(configuration=desk.configuration)
    old = load_key(desk.configuration / "keys" / f"{FIRST}.pem")
    new = key_from_seed(SUCCESSOR)
    path = desk.configuration / "keys" / "successor.pem"
    if not path.exists():
        save_key(new, path=path)
    with open_case(desk.folder, surroundings=surroundings) as case:
        if old.public in case.policies.ended_keys():
            return
        with case.writing(old) as pen:
            body = {"old": old.public, "new": new.public, "name": FIRST, "why": "a new computer"}
            pen.record("key.rotated/1", body=body)
            pen.hand_over(new)


def _rotated(world: World) -> Iterable[Fact]:
    yield "admitted", key_from_seed(SUCCESSOR).public
    yield "key", "successor"


def import_packet_words(world: World) -> list[str]:
    """Return the words that import the packet which the second person made elsewhere."""
    return _case("exchange", "import", packet_of(world))(world)


def packet_of(world: World) -> Path:
    """Return where the second person's packet lies."""
    return world.folder.with_name(f"{world.folder.name}.packet")


def make_packet(world: World, *, elsewhere: Path) -> None:
    """Have the second person decide on another copy, and hand over a packet."""
    copy = world.desk.copied(elsewhere)
    claim = _the_claim(world)
    copy.run("claim", "accept", claim, "--why", "as I read it", person=SECOND)
    done = copy.run("exchange", "export", person=SECOND)
    packet_of(world).write_text(done.out, encoding="utf-8")


START = Step(
    "init",
    words=lambda world: ["init", str(world.desk.folder), "--as", FIRST],
    done=_started,
    effect=lambda world: [("key", FIRST)],
)
SECOND_MAKES = Step(
    "key make",
    words=lambda world: ["key", "make", "--as", SECOND],
    done=lambda world: [("made", SECOND)],
)
SECOND_KEY = Step(
    "key admit",
    words=lambda world: _case("key", "admit", _second_key(world), "--name", SECOND)(world),
    done=_admitted,
    effect=lambda world: [("admitted", _second_key(world))],
)
ADD = Step("add", words=lambda world: _case("add", world.incoming)(world), facts=_added)
READ = Step("read", words=_case("read"), facts=_read)
CLAIM = Step("claim add", words=_enter_claim, facts=_claimed)
DECIDE = Step(
    "claim reject",
    words=lambda world: _case("claim", "reject", _the_claim(world), "--why", "not so")(world),
    done=_verdicts,
)
PACKET = Step("exchange import", words=import_packet_words, done=_verdicts)
ERASE = Step(
    "protect erase",
    words=_case("protect", "erase", _document("deln.txt"), "--why", "safety"),
    doubts=_of_deln,
    done=lambda world: [("gone", _document("deln.txt"))],
    effect=lambda world: [("gone", _document("deln.txt"))],
)
ROTATE = Step("key rotation", act=rotate, done=_rotated)


def _second_key(world: World) -> str:
    return load_key(world.desk.configuration / "keys" / f"{SECOND}.pem").public


STEPS = (START, SECOND_MAKES, SECOND_KEY, ADD, READ, CLAIM, DECIDE, PACKET, ERASE)


def before_step(step: Step, *, world: World, elsewhere: Path) -> None:
    """Do, outside every trace, what a step takes for granted."""
    if step is PACKET:
        make_packet(world, elsewhere=elsewhere)


# What was acknowledged must be there


@dataclass
class Known:
    """What has been acknowledged so far."""

    facts: dict[Fact, None] = field(default_factory=dict)

    def learn(self, facts: Iterable[Fact]) -> None:
        self.facts.update(dict.fromkeys(facts))

    def doubt(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            self.facts.pop(fact, None)


def lost(facts: Iterable[Fact], *, desk: Desk) -> list[Fact]:
    """Return the acknowledged facts that do not hold in a case that opens."""
    surroundings = Surroundings(configuration=desk.configuration)
    with open_case(desk.folder, surroundings=surroundings) as case:
        found = set(_found(case, desk=desk))
        return [fact for fact in facts if fact not in found]


def _found(case: Case, *, desk: Desk) -> Iterator[Fact]:
    """Yield every fact that a case and its configuration hold, their bytes read."""
    yield "case", case.case_id
    keys = case.policies.keys()
    yield from (("admitted", public) for public in keys)
    for path in (desk.configuration / "keys").glob("*.pem"):
        public = load_key(path).public
        yield ("key" if public in keys else "made"), path.stem
        yield "made", path.stem
    for row in case.documents.all():
        if digest_of_file(case.originals.path(row.digest)) == row.digest:
            yield "document", row.document_id
    for text in case.documents.texts():
        if case.text(text.text_digest):
            yield "text", text.document_id, text.text_digest
    yield from (("claim", row.claim_id) for row in case.claims.all())
    yield from (("entry", entry.commitment) for entry in case.logbook.recorded())
    for name in DOCUMENTS:
        digest = _document(name)
        if not case.documents.is_known(digest) and not case.originals.path(digest).exists():
            yield "gone", digest
