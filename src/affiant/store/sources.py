"""Sources, whose documents are whose, who knew, and who repeats whom."""

from dataclasses import dataclass

import msgspec

from affiant.store.database import Database
from affiant.store.recorded import Recorded, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A voice's home.

    Attributes:
        source_id: 32 hex digits.
        name: As declared.
        kind: What it is.
        interests: Its part in the events, in words; '' where none is declared.
        reliability: A to F, or None.
        speaks_as: Names under which others quote it.
    """

    source_id: str
    name: str
    kind: str
    interests: str
    reliability: str | None
    speaks_as: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionRow:
    """Whose document it is, and its dates and language as decided."""

    document_id: str
    source_id: str
    author: str | None
    publisher: str | None
    published: str | None
    language: str | None
    generation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowerRow:
    """A person or body with a basis of knowledge."""

    knower_id: str
    name: str
    basis: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRow:
    """One document says what another said before it."""

    document_id: str
    of_document_id: str
    kind: str
    why: str


class SourceStore(Table):
    """Reads sources, attributions, knowers, edges and dependences."""

    _SOURCES = """
        select source_id, name, kind, interests, reliability, speaks_as
        from source
        order by position
    """

    def all(self) -> list[SourceRow]:
        """Return every source, in the order they were declared."""
        found = []
        for source_id, name, kind, interests, reliability, speaks_as in self._db.execute(
            self._SOURCES
        ):
            found.append(
                SourceRow(
                    source_id=source_id,
                    name=name,
                    kind=kind,
                    interests=interests,
                    reliability=reliability,
                    speaks_as=tuple(msgspec.json.decode(speaks_as)),
                )
            )
        return found

    _ATTRIBUTIONS = """
        select document_id, source_id, author, publisher, published, language, generation
        from attribution
        order by document_id
    """

    def attributions(self) -> dict[str, AttributionRow]:
        """Return document id to whose document it is."""
        names = AttributionRow.__slots__
        rows = self._db.execute(self._ATTRIBUTIONS)
        return {row[0]: AttributionRow(**dict(zip(names, row, strict=True))) for row in rows}

    _KNOWERS = "select knower_id, name, basis, note from knower order by position"

    def knowers(self) -> dict[str, KnowerRow]:
        """Return knower id to knower."""
        names = KnowerRow.__slots__
        rows = self._db.execute(self._KNOWERS)
        return {row[0]: KnowerRow(**dict(zip(names, row, strict=True))) for row in rows}

    _CLAIM_KNOWERS = "select claim_id, knower_id from claim_knower"

    def knower_of(self) -> dict[str, str]:
        """Return claim id to the knower decided for it."""
        return dict(self._db.execute(self._CLAIM_KNOWERS))

    _EDGES = "select document_id, of_document_id, kind, why from edge order by position"

    def edges(self) -> list[EdgeRow]:
        """Return every edge between documents."""
        names = EdgeRow.__slots__
        return [
            EdgeRow(**dict(zip(names, row, strict=True))) for row in self._db.execute(self._EDGES)
        ]

    _DEPENDENCES = "select left_id, right_id, verdict from dependence order by position"

    def dependences(self) -> list[tuple[str, str, str]]:
        """Return (knower, knower, verdict) for every pair decided."""
        return [(row[0], row[1], row[2]) for row in self._db.execute(self._DEPENDENCES)]


_ADD_SOURCE = """
    insert or replace into source
        (source_id, name, kind, interests, reliability, speaks_as, position)
    values (:source_id, :name, :kind, :interests, :reliability, :speaks_as, :position)
"""
_ADD_ATTRIBUTION = """
    insert or replace into attribution
        (document_id, source_id, author, publisher, published, language, generation, position)
    values
        (:document, :source_id, :author, :publisher, :published, :language, :generation, :position)
"""
_ADD_KNOWER = """
    insert or replace into knower (knower_id, name, basis, note, position)
    values (:knower_id, :name, :basis, :note, :position)
"""
_SET_CLAIM_KNOWER = """
    insert or replace into claim_knower (claim_id, knower_id, position)
    values (:claim_id, :knower_id, :position)
"""
_DROP_CLAIM_KNOWER = "delete from claim_knower where claim_id = :claim_id"
_ADD_EDGE = """
    insert or replace into edge (document_id, of_document_id, kind, why, position)
    values (:document, :of, :kind, :why, :position)
"""
_ADD_DEPENDENCE = """
    insert or replace into dependence (left_id, right_id, verdict, why, position)
    values (:left, :right, :verdict, :why, :position)
"""


def apply_source(db: Database, entry: Recorded) -> None:
    """Project ``source.declared/1``; declaring an id again replaces what was said of it."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("source_id", "name", "kind", "interests", "reliability")}
    row["speaks_as"] = msgspec.json.encode(fields["speaks_as"] or []).decode("utf-8")
    db.execute(_ADD_SOURCE, {**row, "position": entry.position})


def apply_attribution(db: Database, entry: Recorded) -> None:
    """Project ``document.attributed/1``; the newest stands."""
    fields = entry.fields or {}
    names = ("document", "source_id", "author", "publisher", "published", "language", "generation")
    db.execute(
        _ADD_ATTRIBUTION, {**{name: fields[name] for name in names}, "position": entry.position}
    )


def apply_knower(db: Database, entry: Recorded) -> None:
    """Project ``knower.declared/1``."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("knower_id", "name", "basis", "note")}
    db.execute(_ADD_KNOWER, {**row, "position": entry.position})


def apply_knower_assigned(db: Database, entry: Recorded) -> None:
    """Project ``knower.assigned/1``; a null knower takes the assignment away."""
    fields = entry.fields or {}
    for claim_id in fields["claim_ids"]:
        if fields["knower_id"]:
            row = {"claim_id": claim_id, "knower_id": fields["knower_id"]}
            db.execute(_SET_CLAIM_KNOWER, {**row, "position": entry.position})
        else:
            db.execute(_DROP_CLAIM_KNOWER, {"claim_id": claim_id})


def apply_edge(db: Database, entry: Recorded) -> None:
    """Project ``edge.declared/1``."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("document", "of", "kind", "why")}
    db.execute(_ADD_EDGE, {**row, "position": entry.position})


def apply_dependence(db: Database, entry: Recorded) -> None:
    """Project ``dependence.declared/1``; the pair is stored smaller id first."""
    fields = entry.fields or {}
    left, right = sorted((fields["left"], fields["right"]))
    row = {"left": left, "right": right, "verdict": fields["verdict"], "why": fields["why"]}
    db.execute(_ADD_DEPENDENCE, {**row, "position": entry.position})
