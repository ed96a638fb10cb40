"""Every projected table follows from the entries alone, whatever was decided and taken back."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from blake3 import blake3
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule
from hypothesis.strategies import booleans, integers, lists, sampled_from

from affiant.audit import verify_case
from affiant.errors import IntegrityError
from affiant.log.keys import key_from_seed
from affiant.log.paragraphs import paragraph_root, split_paragraphs
from affiant.store import Case, Pen, Surroundings, create_case
from affiant.store.database import schema_scripts
from affiant.store.erasure import erase
from affiant.store.projection import APPLY, SILENT, TABLES, project
from affiant.store.recorded import Recorded
from authorities import make_authority, stamp_by_hand
from programs import path_of
from tamper.small_case import build_case

OPENER, SECOND = (key_from_seed(bytes([n]) * 32) for n in (1, 2))


def tables_of(case: Case) -> dict[str, list[Any]]:
    return {table: case.db.execute(select) for table, (select, _) in TABLES.items()}


def rebuilt(case: Case) -> dict[str, list[Any]]:
    """Delete every projection, make all of them again, and return them."""
    with case.transaction():
        for _, delete in TABLES.values():
            case.db.execute(delete)
        case.rebuild()
    return tables_of(case)


def test_every_kind_of_entry_is_projected_or_known_to_be_silent():
    assert not APPLY.keys() & SILENT


def test_every_projected_table_is_compared():
    recorded_from = [text.partition("-- Derived")[0] for text in schema_scripts()]
    projections = "".join(text for text in recorded_from if "Projections" in text)
    made = {line.split()[2] for line in projections.splitlines() if line.startswith("create table")}
    assert made == TABLES.keys()


def test_a_case_with_every_kind_of_entry_is_rebuilt_to_the_same_rows(mill):
    with mill.open() as case:
        before = tables_of(case)
        empty = {table for table, rows in before.items() if not rows}
        unstamped = set() if path_of("openssl") else {"stamp"}
        assert empty <= unstamped
        assert rebuilt(case) == before
    mill.clean()


def test_a_second_case_with_every_kind_of_entry_is_rebuilt_to_the_same_rows(tmp_path):
    with build_case(tmp_path / "case", more=3) as case:
        if path_of("openssl"):
            north = make_authority(tmp_path / "authority", name="north")
            stamp_by_hand(case, authority=north, key=OPENER)
        kinds = {entry.kind for entry in case.logbook.recorded()}
        unstamped = set() if path_of("openssl") else {"stamp.obtained/1"}
        assert kinds == (APPLY.keys() | SILENT) - unstamped
        before = tables_of(case)
        assert rebuilt(case) == before == rebuilt(case)


def test_an_entry_of_a_kind_from_the_future_is_not_passed_over(mill):
    future = Recorded(
        position=9, kind="claim.sworn/1", actor="", at="", commitment="", fields={}, undone=False
    )
    with mill.open() as case, pytest.raises(IntegrityError, match="not known to this version"):
        project(case.db, entry=future)


@pytest.mark.parametrize("kind", sorted(APPLY))
def test_a_body_that_lacks_its_fields_is_an_integrity_error(kind, mill):
    hollow = Recorded(position=999, kind=kind, actor="", at="", commitment="", fields={"x": 1})
    with mill.open() as case, pytest.raises(IntegrityError, match="entry 999"):
        project(case.db, entry=hollow)


MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
VERDICTS = ("accepted", "rejected", "unsure")
PEOPLE = sampled_from((OPENER, SECOND))


class Decisions(RuleBasedStateMachine):
    """People decide at random, take back, take back the taking back, and erase."""

    documents, claims, entries = Bundle("documents"), Bundle("claims"), Bundle("entries")
    sources, knowers, incidents = Bundle("sources"), Bundle("knowers"), Bundle("incidents")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="affiant-replay-", dir=MEMORY))
        self.made = 0
        self.case = create_case(
            self.folder / "case",
            name="random",
            key=OPENER,
            person="Ada Corvin",
            surroundings=Surroundings(configuration=self.folder / "configuration"),
        )
        body = {"key": SECOND.public, "name": "Bela Doru", "roles": ["member"]}
        self.record(OPENER, "key.admitted/1", body)

    def teardown(self) -> None:
        report = verify_case(self.case)
        self.case.close()
        shutil.rmtree(self.folder)
        assert report.problems == []

    def record(self, key: Any, kind: str, body: dict[str, Any]) -> str:
        with self.case.writing(key) as pen:
            return pen.record(kind, body=body).commitment

    def number(self) -> int:
        self.made += 1
        return self.made

    @invariant()
    def projections_follow_from_the_entries(self) -> None:
        before = tables_of(self.case)
        assert rebuilt(self.case) == before

    @rule(target=documents, key=PEOPLE)
    def add_a_document(self, key):
        text = f"Letter {self.number()}.\nThree were killed.\n"
        digest = self.case.originals.keep(text.encode())
        self.case.texts.keep(text.encode())
        with self.case.writing(key) as pen:
            _original(pen, digest=digest, data=text.encode())
            _text(pen, digest=digest, text=text, secret=self.case.surroundings.randomness(32))
        return digest

    @rule(target=claims, key=PEOPLE, document=documents, verdict=sampled_from(VERDICTS))
    def decide_first(self, key, document, verdict):
        if self.case.documents.text_of(document) is None:
            return multiple()
        claim_id = self.case.surroundings.randomness(16).hex()
        self.record(key, f"claim.{verdict}/1", {**_claim(document), "claim_id": claim_id})
        return claim_id

    @rule(target=entries, key=PEOPLE, claim=claims, verdict=sampled_from(VERDICTS))
    def decide_again(self, key, claim, verdict):
        body = {"claim_id": claim, "seen": "", "why": f"word {self.number()}"}
        return self.record(key, f"claim.{verdict}/1", body)

    @rule(target=entries, key=PEOPLE, claim=claims, other=claims, withdrawn=booleans())
    def end_a_claim(self, key, claim, other, withdrawn):
        how = "withdrawn" if withdrawn else "superseded"
        return self.record(key, f"claim.{how}/1", {"claim_id": claim, "by": other, "why": how})

    @rule(target=sources, key=PEOPLE)
    def declare_a_source(self, key):
        source_id = self.case.surroundings.randomness(16).hex()
        names = {"source_id": source_id, "name": f"Voice {self.number()}", "kind": "outlet"}
        more = {"interests": "", "reliability": None, "speaks_as": []}
        self.record(key, "source.declared/1", {**names, **more})
        return source_id

    @rule(target=entries, key=PEOPLE, document=documents, source=sources)
    def attribute(self, key, document, source):
        empty = dict.fromkeys(("author", "publisher", "published", "language"))
        body = {"document": document, "source_id": source, "generation": "original", **empty}
        return self.record(key, "document.attributed/1", body)

    @rule(target=knowers, key=PEOPLE)
    def declare_a_knower(self, key):
        knower_id = self.case.surroundings.randomness(16).hex()
        body = {"knower_id": knower_id, "name": "somebody", "basis": "saw", "note": None}
        self.record(key, "knower.declared/1", body)
        return knower_id

    @rule(
        target=entries,
        key=PEOPLE,
        chosen=lists(claims, max_size=3),
        knower=knowers,
        none=booleans(),
    )
    def assign_a_knower(self, key, chosen, knower, none):
        body = {"claim_ids": sorted(set(chosen)), "knower_id": None if none else knower, "why": ""}
        return self.record(key, "knower.assigned/1", body)

    @rule(target=entries, key=PEOPLE, left=knowers, right=knowers)
    def declare_a_dependence(self, key, left, right):
        body = {"left": left, "right": right, "verdict": "dependent", "why": ""}
        return self.record(key, "dependence.declared/1", body)

    @rule(target=entries, key=PEOPLE, left=documents, right=documents)
    def declare_an_edge(self, key, left, right):
        body = {"document": left, "of": right, "kind": "repeats", "why": ""}
        return self.record(key, "edge.declared/1", body)

    @rule(target=incidents, key=PEOPLE, chosen=lists(claims, max_size=3))
    def open_an_incident(self, key, chosen):
        incident_id = self.case.surroundings.randomness(16).hex()
        body = {"incident_id": incident_id, "label": f"Ford {self.number()}", "why": ""}
        self.record(key, "incident.opened/1", body)
        members = {"incident_id": incident_id, "claim_ids": sorted(set(chosen)), "why": ""}
        self.record(key, "incident.joined/1", members)
        return incident_id

    @rule(target=entries, key=PEOPLE, incident=incidents, claim=claims, joins=booleans())
    def join_or_leave(self, key, incident, claim, joins):
        body = {"incident_id": incident, "claim_ids": [claim], "why": ""}
        return self.record(key, f"incident.{'joined' if joins else 'left'}/1", body)

    @rule(target=entries, key=PEOPLE, document=documents)
    def read_through(self, key, document):
        body = {"document": document, "text": document, "questions": ["killed"]}
        return self.record(key, "document.read_through/1", body)

    @rule(target=entries, key=PEOPLE, needed=sampled_from(("1", "2")))
    def set_a_policy(self, key, needed):
        return self.record(key, "policy.set/1", {"name": "reviewers_needed", "value": needed})

    @rule(target=entries, key=PEOPLE, entry=entries)
    def take_back(self, key, entry):
        """Take a decision back; it may be a taking back itself."""
        with self.case.writing(key) as pen:
            made = pen.record("decision.undone/1", body={"commitment": entry, "why": "x"})
            self.case.rebuild()
        return made.commitment

    @rule(key=PEOPLE, item=consumes(documents))
    def erase_a_document(self, key, item):
        self._erase(item, key=key)

    @rule(key=PEOPLE, item=consumes(claims))
    def erase_a_claim(self, key, item):
        self._erase(item, key=key)

    @rule(key=PEOPLE, item=consumes(sources))
    def erase_a_source(self, key, item):
        self._erase(item, key=key)

    @rule(key=PEOPLE, position=integers(0, 40))
    def erase_why(self, key, position):
        entries = list(self.case.logbook.recorded())
        entry = entries[position % len(entries)]
        if entry.kind != "entry.erased/1" and "why" in (entry.fields or {}):
            erase(self.case, item=entry.commitment, why="safety", key=key, fields=("why",))

    def _erase(self, item: str, *, key: Any) -> None:
        holds = any(item in str(entry.fields) for entry in self.case.logbook.recorded())
        if holds:
            erase(self.case, item=item, why="asked for", key=key)


def _original(pen: Pen, *, digest: str, data: bytes) -> None:
    body = {"digest": digest, "event": "added", "name": "a", "path": "a", "obtained": None}
    more = {"size": len(data), "media_type": "text/plain", "blake3": blake3(data).hexdigest()}
    pen.record("original.added/1", body={**body, **more})


def _text(pen: Pen, *, digest: str, text: str, secret: bytes) -> None:
    root = paragraph_root(text, secret=secret).hex()
    body = {
        **{"document": digest, "text": digest, "length": len(text), "encoding": "utf-8"},
        **{"replaced": 0, "surrogates": 0, "tool": "t", "version": "1", "settings": ""},
        **{"isolation": "in-process", "secret": secret.hex()},
        "paragraphs": {"count": len(split_paragraphs(text)), "root": root},
    }
    pen.record("text.read/1", body=body)


def _claim(document: str) -> dict[str, Any]:
    quote = {"slot": "act", "exact": "Letter", "start": 0, "end": 6, "text_digest": document}
    empty = dict.fromkeys(("method", "when", "where", "denies", "suggestion", "why"))
    lists_ = {name: [] for name in ("involvements", "counts", "characterisations")}
    return {
        **empty,
        **lists_,
        **{"document": document, "quotes": [quote], "act": "killing", "family": "killing"},
        **{"speakers": [{"name": None}], "modality": "actual", "language": "en"},
        **{"origin": {"tool": "person", "version": ""}, "inferred": False},
        "suggested_because": "",
    }


Decisions.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestDecisions: Callable[..., Any] = Decisions.TestCase
