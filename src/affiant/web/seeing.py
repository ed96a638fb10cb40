"""What one reviewer may see of a document and of one claim."""

from dataclasses import dataclass
from typing import Any

import msgspec

from affiant.claims.review import Listed, find_target, list_claims
from affiant.errors import NotFoundError, PersonNeededError
from affiant.model.claim import claim_fields
from affiant.model.region import Place
from affiant.read.document import split_media_type
from affiant.read.raster import PDF, PICTURES
from affiant.store.case import Case
from affiant.store.claims import ClaimRow
from affiant.store.documents import DocumentRow, TextRow
from affiant.store.own_decisions import OwnDecision, OwnDecisions
from affiant.web.pane import Paragraph, paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class OneClaim:
    """A claim as the panel shows it.

    Attributes:
        listed: What it says, as the reviewer may know it.
        places: Where its quotes stand on pages.
        others: (name, verdict) of the others; empty until the reviewer has decided.
        incident: Label of the incident that it tells, or None.
    """

    listed: Listed
    places: tuple[Place, ...]
    others: tuple[tuple[str, str], ...]
    incident: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDocument:
    """A document as its screen shows it.

    Attributes:
        row: The document.
        text: Its newest recorded text, or None.
        paragraphs: Of that text.
        items: Every claim and suggestion that the reviewer may see, in reading order.
        pictured: Whether its pages can be looked at.
        read_for: The questions for which the reviewer read it through.
    """

    row: DocumentRow
    text: TextRow | None
    paragraphs: list[Paragraph]
    items: list[Listed]
    pictured: bool
    read_for: frozenset[str]


def see_document(case: Case, *, document: str, reviewer: str) -> OneDocument:
    """Return a document with all that this reviewer may see of it.

    Raises:
        NotFoundError: The case has no such document.
    """
    row = case.documents.find(document)
    if row is None:
        raise NotFoundError(
            f"the case has no document {document}", remedy="Choose one of the list."
        )
    text = case.documents.text_of(document)
    items = [each for each in list_claims(case, reviewer=reviewer) if each.document == document]
    if text is not None:
        items = [each for each in items if each.claim.text_digest == text.text_digest]
    kind, _ = split_media_type(row.media_type)
    read = case.claims.read_through()
    return OneDocument(
        row=row,
        text=text,
        paragraphs=paragraphs(case.text(text.text_digest)) if text else [],
        items=items,
        pictured=kind == PDF or kind in PICTURES,
        read_for=frozenset(
            question for (of, question), by in read.items() if of == document and reviewer in by
        ),
    )


def see_claim(case: Case, *, claim_id: str, reviewer: str) -> OneClaim:
    """Return a claim or suggestion as this reviewer may see it.

    Raises:
        NotFoundError: There is none of this id.
        PersonNeededError: Somebody else made it of what this reviewer has not decided on.
    """
    target = find_target(case, claim_id=claim_id)
    row = target.row
    own = row.verdicts.get(reviewer) if row else None
    by_digest = target.suggestion is not None and target.suggestion.startswith(claim_id)
    if row is not None and own is None and not by_digest:
        _refuse_blind(case, row=row, reviewer=reviewer)
    listed = Listed(
        claim_id=row.claim_id if row and (own or not by_digest) else str(target.suggestion),
        status=row.status if row and own else "suggested",
        document=target.document,
        claim=row.claim if row and own else target.claim,
        why=target.why,
        verdict=own,
    )
    return OneClaim(
        listed=listed,
        places=_places(case, listed=listed),
        others=_others(case, row=row, reviewer=reviewer) if row and own else (),
        incident=_incident(case, claim_id=row.claim_id) if row and own else None,
    )


def _refuse_blind(case: Case, *, row: ClaimRow, reviewer: str) -> None:
    """Refuse a claim that another made from a suggestion on which the reviewer must decide."""
    if row.suggestion is None or not case.derived.suggestions_matching(row.suggestion):
        return
    made = case.claims.of_suggestion(row.suggestion)
    if not any(reviewer in each.verdicts for each in made):
        raise PersonNeededError(
            "others decided on this claim and you have not yet",
            remedy="Decide on the suggestion first.",
        )


def _places(case: Case, *, listed: Listed) -> tuple[Place, ...]:
    """Return where a claim's quotes stand, as the newest recording of its text has it."""
    found = case.places.of(listed.claim.text_digest, document_id=listed.document)
    if not found:
        return ()
    newest = found[0]
    quotes = [
        quote.placed(regions=newest.regions, pages=newest.pages) for quote in listed.claim.quotes
    ]
    return tuple(dict.fromkeys(place for quote in quotes for place in quote.region))


def _others(case: Case, *, row: ClaimRow, reviewer: str) -> tuple[tuple[str, str], ...]:
    names = case.policies.keys()
    return tuple(
        (names.get(key, key[:16]), verdict)
        for key, verdict in row.verdicts.items()
        if key != reviewer
    )


def _incident(case: Case, *, claim_id: str) -> str | None:
    joined = case.incidents.incident_of().get(claim_id)
    return next((row.label for row in case.incidents.all() if row.incident_id == joined), None)


def last_decisions(case: Case, *, reviewer: str) -> list[OwnDecision]:
    """Return the reviewer's ten latest decisions."""
    return OwnDecisions(case.db).latest(reviewer, limit=10)


def listed_fields(item: Listed) -> dict[str, Any]:
    """Return a claim in the stable shape of ``claim list --json``."""
    return {
        "claim_id": item.claim_id,
        "status": item.status,
        "document": item.document,
        **msgspec.to_builtins(claim_fields(item.claim)),
        "why": item.why,
        "your_verdict": item.verdict,
    }
