"""Decisions on claims: by a named person, blind first, each one undone by another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from affiant.errors import AnchorError, BadInputError, NotFoundError, PersonNeededError
from affiant.log.keys import SigningKey
from affiant.model.claim import (
    Claim,
    ClaimOrigin,
    claim_fields,
    decode_claim,
    without_regions,
)
from affiant.model.vocabulary import QUESTIONS, ClaimStatus, ClaimVerdict
from affiant.store.case import Case, Pen
from affiant.store.claims import ClaimRow
from affiant.store.derived import SuggestionRow

_ENDED: Final = ("withdrawn", "superseded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A claim or suggestion as one reviewer may see it.

    Attributes:
        claim_id: The claim's id; the suggestion's digest until this reviewer decided.
        status: As this reviewer may know it.
        document: Document id.
        claim: What it says.
        why: Why it was suggested.
        verdict: This reviewer's own latest verdict, or None.
    """

    claim_id: str
    status: ClaimStatus
    document: str
    claim: Claim
    why: str
    verdict: ClaimVerdict | None


def list_claims(case: Case, *, reviewer: str | None) -> list[Listed]:
    """Return every claim and open suggestion, by document and place in it.

    Args:
        case: The case.
        reviewer: Public key of whoever asks: others' decisions on what they have not decided
            stay hidden. A claim that another made from a suggestion, in another form, is
            shown once they have decided on that suggestion, or where it is no longer made.
            None shows what the decisions amount to.
    """
    found: list[Listed] = []
    rows, open_ones = case.claims.all(), list(case.derived.suggestions())
    decided = {row.suggestion for row in rows if reviewer is None or reviewer in row.verdicts}
    blind = {suggestion.digest for suggestion in open_ones} - decided
    for row in rows:
        own = row.verdicts.get(reviewer) if reviewer else None
        if reviewer is None or own is not None:
            found.append(_listed(row, status=row.status, own=own))
        elif row.suggestion not in blind and row.status not in _ENDED:
            found.append(_listed(row, status="suggested", own=None))
    found += [_suggested(suggestion) for suggestion in open_ones if suggestion.digest in blind]
    found.sort(key=lambda item: (item.document, item.claim.quotes[0].start, item.claim_id))
    return found


def _listed(row: ClaimRow, *, status: ClaimStatus, own: ClaimVerdict | None) -> Listed:
    return Listed(
        claim_id=row.claim_id,
        status=status,
        document=row.document_id,
        claim=row.claim,
        why=row.why,
        verdict=own,
    )


def _suggested(row: SuggestionRow) -> Listed:
    return Listed(
        claim_id=row.digest,
        status="suggested",
        document=row.document_id,
        claim=row.claim,
        why=row.why,
        verdict=None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a decision is about: a claim that exists, or a suggestion that may become one."""

    document: str
    claim: Claim
    why: str
    suggestion: str | None
    row: ClaimRow | None


def find_target(case: Case, *, claim_id: str) -> Target:
    """Return the claim or suggestion that an id, or the beginning of one, means.

    Raises:
        NotFoundError: None or more than one has this id.
    """
    rows = case.claims.matching(claim_id)
    suggestions = case.derived.suggestions_matching(claim_id) if len(claim_id) >= 6 else []
    if len(rows) + len(suggestions) != 1:
        many = bool(rows or suggestions)
        raise NotFoundError(
            f"{claim_id!r} means {'more than one claim' if many else 'no claim'} of this case",
            remedy="Give more of its id; 'affiant claim list' shows them.",
        )
    if rows:
        row = rows[0]
        return Target(
            document=row.document_id,
            claim=row.claim,
            why=row.why,
            suggestion=row.suggestion,
            row=row,
        )
    found = suggestions[0]
    same = [
        row
        for row in case.claims.of_suggestion(found.digest)
        if without_regions(row.claim) == found.claim
    ]
    return Target(
        document=found.document_id,
        claim=found.claim,
        why=found.why,
        suggestion=found.digest,
        row=same[0] if same else None,
    )


def decide(
    case: Case, *, claim_id: str, verdict: ClaimVerdict, why: str | None, key: SigningKey
) -> str:
    """Record a person's verdict on a claim or suggestion; return the claim's id.

    Raises:
        NotFoundError: There is no such claim.
        AnchorError: A quote does not stand in its text.
    """
    with case.writing(key) as pen:
        target = find_target(case, claim_id=claim_id)
        if target.row is not None:
            again = {
                "claim_id": target.row.claim_id,
                "seen": target.row.commitment,
                "why": why,
            }
            pen.record(f"claim.{verdict}/1", body=again)
            return target.row.claim_id
        return _first_decision(case, target=target, verdict=verdict, why=why, pen=pen)


def _first_decision(
    case: Case, *, target: Target, verdict: ClaimVerdict, why: str | None, pen: Pen
) -> str:
    """Record the decision that carries the whole claim."""
    check_quotes(case, claim=target.claim, document=target.document)
    claim_id = pen.new_id()
    body = {
        **claim_fields(placed(case, claim=target.claim, document=target.document)),
        "claim_id": claim_id,
        "document": target.document,
        "exact_words": exact_words(target.claim),
        "suggestion": target.suggestion,
        "suggested_because": target.why,
        "suggested": None,
        "why": why,
        **reply_seen(case, suggestion=target.suggestion, pen=pen),
    }
    pen.record(f"claim.{verdict}/1", body=body)
    return claim_id


def reply_seen(case: Case, *, suggestion: str | None, pen: Pen) -> dict[str, str]:
    """Record the model's reply that a decision saw, once; return the field that names it.

    A suggestion of the rules has none: nothing is recorded, and there is no field.
    """
    reply = case.models.reply_of(suggestion) if suggestion else None
    if reply is None:
        return {}
    before = case.models.recorded(reply)
    return {"reply": before or pen.record("model.replied/1", body=reply.fields).commitment}


def exact_words(claim: Claim) -> list[dict[str, str]]:
    """Return a claim's quoted words alone: what a page may open without showing a digest."""
    return [{"slot": quote.slot, "exact": quote.exact} for quote in claim.quotes]


def check_quotes(case: Case, *, claim: Claim, document: str) -> None:
    """Confirm that every quote of a claim stands in a recorded text of the document.

    Raises:
        AnchorError: One does not, or the text is not one of this document.
    """
    texts = case.documents.texts_with(claim.text_digest)
    if document not in {text.document_id for text in texts}:
        raise AnchorError(
            f"{claim.text_digest} is not a recorded text of {document}",
            remedy="Run 'affiant read', then quote from the text that it recorded.",
        )
    text = case.text(claim.text_digest)
    for quote in claim.quotes:
        quote.check(text)


def placed(case: Case, *, claim: Claim, document: str) -> Claim:
    """Return a claim whose quotes say where they stand on pages or in a recording.

    Nothing that was handed in is believed: the places are those of the recorded text.
    """
    found = case.places.of(claim.text_digest, document_id=document)
    if not found:
        return without_regions(claim)
    newest = found[0]
    quotes = [quote.placed(regions=newest.regions, pages=newest.pages) for quote in claim.quotes]
    return replace(claim, quotes=tuple(quotes))


def add_claim(case: Case, *, claim: Claim, document: str, why: str | None, key: SigningKey) -> str:
    """Record a claim that a person made from the text; return its id."""
    made = replace(claim, origin=ClaimOrigin(tool="person"))
    target = Target(document=document, claim=made, why="", suggestion=None, row=None)
    with case.writing(key) as pen:
        return _first_decision(case, target=target, verdict="accepted", why=why, pen=pen)


def edit_claim(
    case: Case, *, claim_id: str, changes: Mapping[str, Any], why: str | None, key: SigningKey
) -> str:
    """Accept a claim in another form; what it was made from is recorded with it.

    An edited claim that was accepted before is superseded by the new one.

    Raises:
        BadInputError: The changed fields do not make a claim, or change nothing.
    """
    target = find_target(case, claim_id=claim_id)
    before = claim_fields(target.claim)
    changed = {**before, **changes, "origin": {"tool": "person", "version": ""}}
    claim = decode_claim(
        {**changed, "quotes": complete_quotes(case, target=target, fields=changed)}
    )
    if replace(claim, origin=target.claim.origin) == without_regions(target.claim):
        raise BadInputError(
            "the edit changes nothing", remedy="Accept the claim, or name what is to be changed."
        )
    check_quotes(case, claim=claim, document=target.document)
    with case.writing(key) as pen:
        new_id = pen.new_id()
        body = {
            **claim_fields(placed(case, claim=claim, document=target.document)),
            "claim_id": new_id,
            "document": target.document,
            "exact_words": exact_words(claim),
            "suggestion": target.suggestion,
            "suggested_because": target.why,
            "suggested": before,
            "why": why,
            **reply_seen(case, suggestion=target.suggestion, pen=pen),
        }
        pen.record("claim.accepted/1", body=body)
        if target.row is not None and target.row.verdicts.get(key.public) is not None:
            ended = {"claim_id": target.row.claim_id, "by": new_id, "why": why}
            pen.record("claim.superseded/1", body=ended)
    return new_id


def complete_quotes(
    case: Case, *, target: Target, fields: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return a claim's quotes with their places filled in from the target's text."""
    text = case.text(target.claim.text_digest)
    return place_quotes(fields["quotes"], text=text, text_digest=target.claim.text_digest)


def place_quotes(
    quotes: Sequence[Mapping[str, Any]], *, text: str, text_digest: str
) -> list[dict[str, Any]]:
    """Fill in where quotes stand that name only their words.

    A quote with ``start`` keeps it. Words that occur more than once need ``start`` or
    ``nth`` (from 0): nothing is guessed.

    Raises:
        AnchorError: The words do not occur, or not as often.
        BadInputError: They occur more than once and nothing says which is meant.
    """
    placed = []
    for quote in quotes:
        exact = str(quote.get("exact", ""))
        start = quote.get("start")
        if start is None:
            start = _place(exact, text=text, nth=quote.get("nth"))
        full = {
            "slot": quote.get("slot", "act"),
            "exact": exact,
            "start": start,
            "end": quote.get("end", start + len(exact)),
            "text_digest": quote.get("text_digest", text_digest),
        }
        placed.append(full)
    return placed


def _place(exact: str, *, text: str, nth: int | None) -> int:
    """Return where words stand in a text."""
    places, at = [], text.find(exact) if exact else -1
    while at >= 0:
        places.append(at)
        at = text.find(exact, at + 1)
    if not places or (nth is not None and not 0 <= nth < len(places)):
        raise AnchorError(
            f"the words {exact!r} stand in the text {len(places)} times",
            remedy="Copy them from the recorded text, to the character.",
        )
    if len(places) > 1 and nth is None:
        raise BadInputError(
            f"the words {exact!r} stand in the text {len(places)} times",
            remedy='Say which: add "nth" (0 for the first) or "start" to the quote.',
        )
    return places[nth or 0]


def withdraw(case: Case, *, claim_id: str, why: str, key: SigningKey) -> str:
    """Record that a claim no longer stands; it and its history stay."""
    target = find_target(case, claim_id=claim_id)
    if target.row is None:
        raise NotFoundError(
            f"{claim_id!r} is a suggestion; nobody has decided on it",
            remedy="Reject it instead: 'affiant claim reject'.",
        )
    with case.writing(key) as pen:
        pen.record("claim.withdrawn/1", body={"claim_id": target.row.claim_id, "why": why})
    return target.row.claim_id


def read_through(case: Case, *, document: str, questions: Sequence[str], key: SigningKey) -> None:
    """Record that a person read a document through for these questions.

    Raises:
        BadInputError: A question is not one of the closed list.
        PersonNeededError: The document has no text to read.
    """
    strange = [question for question in questions if question not in QUESTIONS]
    if strange or not questions:
        raise BadInputError(
            f"not questions: {', '.join(strange) or 'none given'}",
            remedy=f"Choose among: {', '.join(QUESTIONS)}.",
        )
    text = case.documents.text_of(document)
    if text is None:
        raise PersonNeededError(
            f"{document} has no recorded text", remedy="Run 'affiant read' first."
        )
    body = {"document": document, "text": text.text_digest, "questions": sorted(set(questions))}
    with case.writing(key) as pen:
        pen.record("document.read_through/1", body=body)
