"""Decisions about voices: sources, whose documents, who knew, who repeats whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from affiant.errors import BadInputError, NotFoundError
from affiant.log.keys import SigningKey
from affiant.model.judgement import Pairing
from affiant.model.vocabulary import Basis, Dependence, EdgeKind, Generation, SourceKind
from affiant.model.when import span_of
from affiant.store.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceForm:
    """What is declared of a source.

    Attributes:
        name: Its name.
        kind: One of the closed list.
        interests: Its part in the events, in words; the same question for every side.
        reliability: A to F, or None.
        speaks_as: Names under which others quote it or speak of it.
    """

    name: str
    kind: str
    interests: str = ""
    reliability: str | None = None
    speaks_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionForm:
    """What is decided of a document: whose it is, when published, in which language."""

    source_id: str
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    generation: str = "original"


def declare_source(case: Case, *, form: SourceForm, key: SigningKey) -> str:
    """Record a source; return its id."""
    _one_of(form.kind, allowed=get_args(SourceKind), what="kind of source")
    if form.reliability is not None:
        _one_of(form.reliability, allowed=tuple("ABCDEF"), what="reliability")
    with case.writing(key) as pen:
        source_id = pen.new_id()
        body = {
            "source_id": source_id,
            "name": form.name,
            "kind": form.kind,
            "interests": form.interests,
            "reliability": form.reliability,
            "speaks_as": list(form.speaks_as),
        }
        pen.record("source.declared/1", body=body)
    return source_id


def attribute(
    case: Case, *, documents: Sequence[str], form: AttributionForm, key: SigningKey
) -> None:
    """Record whose documents these are; a hint that was taken over is recorded with it.

    Raises:
        BadInputError: ``published`` is not EDTF or ``generation`` not in the list.
        NotFoundError: There is no such source or document.
    """
    _one_of(form.generation, allowed=get_args(Generation), what="generation")
    if form.published is not None:
        span_of(form.published)
    if form.source_id not in {source.source_id for source in case.sources.all()}:
        raise _missing("source", name=form.source_id)
    hints = case.derived.hints()
    with case.writing(key) as pen:
        for document_id in documents:
            if case.documents.find(document_id) is None:
                raise _missing("document", name=document_id)
            hint = hints.get(document_id)
            rested: dict[str, Any] = {}
            for field in ("author", "published", "language"):
                value = getattr(hint, field, None)
                if value is not None and value == getattr(form, field):
                    rested[field] = value
            body = {
                "document": document_id,
                "source_id": form.source_id,
                "author": form.author,
                "publisher": form.publisher,
                "published": form.published,
                "language": form.language,
                "generation": form.generation,
                "hints": rested,
            }
            pen.record("document.attributed/1", body=body)


def declare_knower(case: Case, *, name: str, basis: str, note: str | None, key: SigningKey) -> str:
    """Record a person or body with a stated basis of knowledge; return its id."""
    _one_of(basis, allowed=get_args(Basis), what="basis")
    if basis == "none_given":
        raise BadInputError(
            "a knower has a basis of knowledge",
            remedy="Leave the claim without a knower: it then adds to the upper bound only.",
        )
    with case.writing(key) as pen:
        knower_id = pen.new_id()
        body = {"knower_id": knower_id, "name": name, "basis": basis, "note": note}
        pen.record("knower.declared/1", body=body)
    return knower_id


def assign_knower(
    case: Case, *, claim_ids: Sequence[str], knower_id: str | None, why: str, key: SigningKey
) -> None:
    """Record who knew what these claims say; None takes an assignment away."""
    if knower_id is not None and knower_id not in case.sources.knowers():
        raise _missing("knower", name=knower_id)
    known = {row.claim_id for row in case.claims.all()}
    for claim_id in claim_ids:
        if claim_id not in known:
            raise _missing("claim", name=claim_id)
    body = {"knower_id": knower_id, "claim_ids": sorted(claim_ids), "why": why}
    with case.writing(key) as pen:
        pen.record("knower.assigned/1", body=body)


def declare_edge(case: Case, *, pairing: Pairing, key: SigningKey) -> None:
    """Record that the left document says what the right one said before it."""
    _one_of(pairing.verdict, allowed=get_args(EdgeKind), what="relation")
    for document_id in (pairing.left, pairing.right):
        if case.documents.find(document_id) is None:
            raise _missing("document", name=document_id)
    if pairing.left == pairing.right:
        raise BadInputError("a document does not repeat itself", remedy="Name two documents.")
    body = {
        "document": pairing.left,
        "of": pairing.right,
        "kind": pairing.verdict,
        "why": pairing.why,
    }
    with case.writing(key) as pen:
        pen.record("edge.declared/1", body=body)


def declare_dependence(case: Case, *, pairing: Pairing, key: SigningKey) -> None:
    """Record whether two knowers are dependent, shown independent or not known."""
    _one_of(pairing.verdict, allowed=get_args(Dependence), what="verdict")
    for knower_id in (pairing.left, pairing.right):
        if knower_id not in case.sources.knowers():
            raise _missing("knower", name=knower_id)
    if pairing.left == pairing.right:
        raise BadInputError("these are one knower", remedy="Name two knowers.")
    body = {
        "left": pairing.left,
        "right": pairing.right,
        "verdict": pairing.verdict,
        "why": pairing.why,
    }
    with case.writing(key) as pen:
        pen.record("dependence.declared/1", body=body)


def _one_of(value: str, *, allowed: Sequence[str], what: str) -> None:
    """Refuse a word that is not in a closed list."""
    if value not in allowed:
        raise BadInputError(
            f"{value!r} is not a {what}", remedy=f"Choose among: {', '.join(allowed)}."
        )


def _missing(what: str, *, name: str) -> NotFoundError:
    return NotFoundError(f"the case has no {what} {name!r}", remedy="List them, then give its id.")
