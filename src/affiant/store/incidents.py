"""Incidents and persons: clusters that people decided on."""

from dataclasses import dataclass
from typing import Any

import msgspec

from affiant.log.canon import canonical
from affiant.store.database import Database
from affiant.store.recorded import Recorded, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident: a neutral label (place and date) over claims joined to it."""

    incident_id: str
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person, as decided.

    Attributes:
        person_id: 32 hex digits.
        name: In their own script.
        names: Each with ``name``, ``script`` and ``kind``.
        fate: In words, or None.
        notes: For the life page, each with ``words`` and the ``claim_id`` it rests on.
        claims: Claim ids with the name as each writes it.
    """

    person_id: str
    name: str
    names: tuple[dict[str, Any], ...]
    fate: str | None
    notes: tuple[dict[str, str], ...]
    claims: tuple[tuple[str, str], ...]


class IncidentStore(Table):
    """Reads incidents, persons and judgements."""

    _INCIDENTS = "select incident_id, label, why from incident order by position"

    def all(self) -> list[IncidentRow]:
        """Return every incident, in the order they were opened."""
        return [
            IncidentRow(incident_id=row[0], label=row[1], why=row[2])
            for row in self._db.execute(self._INCIDENTS)
        ]

    _MEMBERS = "select claim_id, incident_id from incident_claim"

    def incident_of(self) -> dict[str, str]:
        """Return claim id to the incident it is joined to."""
        return dict(self._db.execute(self._MEMBERS))

    _PERSONS = "select person_id, name, names, fate, notes from person order by position"
    _MENTIONS = "select person_id, claim_id, name from person_claim order by position, claim_id"

    def persons(self) -> list[PersonRow]:
        """Return every person, in the order they were opened."""
        mentions: dict[str, list[tuple[str, str]]] = {}
        for person_id, claim_id, name in self._db.execute(self._MENTIONS):
            mentions.setdefault(person_id, []).append((claim_id, name))
        return [
            PersonRow(
                person_id=person_id,
                name=name,
                names=tuple(msgspec.json.decode(names)),
                fate=fate,
                notes=tuple(msgspec.json.decode(notes)),
                claims=tuple(mentions.get(person_id, ())),
            )
            for person_id, name, names, fate, notes in self._db.execute(self._PERSONS)
        ]

    _JUDGEMENTS = "select left_id, right_id, verdict, why from judgement order by position"

    def judgements(self) -> list[tuple[str, str, str, str]]:
        """Return (left, right, verdict, why) of every pair judged."""
        return [tuple(row) for row in self._db.execute(self._JUDGEMENTS)]


_ADD_INCIDENT = """
    insert or replace into incident (incident_id, label, why, position)
    values (:incident_id, :label, :why, :position)
"""
_JOIN = """
    insert or replace into incident_claim (claim_id, incident_id, position)
    values (:claim_id, :incident_id, :position)
"""
_LEAVE = """
    delete from incident_claim
    where claim_id = :claim_id
      and incident_id = :incident_id
"""
_ADD_PERSON = """
    insert or replace into person (person_id, name, names, fate, notes, position)
    values (:person_id, :name, :names, :fate, :notes, :position)
"""
_ADD_MENTION = """
    insert or replace into person_claim (person_id, claim_id, name, position)
    values (:person_id, :claim_id, :name, :position)
"""
_ADD_JUDGEMENT = """
    insert or replace into judgement (left_id, right_id, verdict, why, position)
    values (:left, :right, :verdict, :why, :position)
"""


def apply_incident(db: Database, entry: Recorded) -> None:
    """Project ``incident.opened/1``."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("incident_id", "label", "why")}
    db.execute(_ADD_INCIDENT, {**row, "position": entry.position})


def apply_incident_claims(db: Database, entry: Recorded) -> None:
    """Project ``incident.joined/1`` and ``incident.left/1``."""
    fields = entry.fields or {}
    joins = entry.kind == "incident.joined/1"
    for claim_id in fields["claim_ids"]:
        row: dict[str, object] = {"claim_id": claim_id, "incident_id": fields["incident_id"]}
        if joins:
            row["position"] = entry.position
        db.execute(_JOIN if joins else _LEAVE, row)


def apply_person(db: Database, entry: Recorded) -> None:
    """Project ``person.opened/1``."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("person_id", "name", "fate")}
    row["notes"] = canonical(fields["notes"] or []).decode("utf-8")
    row["names"] = canonical(fields["names"] or []).decode("utf-8")
    db.execute(_ADD_PERSON, {**row, "position": entry.position})


def apply_person_claims(db: Database, entry: Recorded) -> None:
    """Project ``person.joined/1``."""
    fields = entry.fields or {}
    for mention in fields["mentions"]:
        row = {"claim_id": mention["claim_id"], "name": mention["name"]}
        values = {**row, "person_id": fields["person_id"], "position": entry.position}
        db.execute(_ADD_MENTION, values)


def apply_judgement(db: Database, entry: Recorded) -> None:
    """Project ``judgement.made/1``; the pair is stored smaller id first."""
    fields = entry.fields or {}
    left, right = sorted((fields["left"], fields["right"]))
    row = {"left": left, "right": right, "verdict": fields["verdict"], "why": fields["why"]}
    db.execute(_ADD_JUDGEMENT, {**row, "position": entry.position})
