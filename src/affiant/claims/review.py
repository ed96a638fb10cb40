"""Decisions on claims: by a named person, blind first, each one undone by another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from affiant.claims.anchoring import check_quotes, exact_words, place_quotes, placed
from affiant.claims.passages import BlindShare
from affiant.claims.seeds import Seed, SeedOutcome, find_seed, record_seed
from affiant.errors import BadInputError, NotFoundError, PersonNeededError, WrongUseError
from affiant.log.keys import SigningKey
from affiant.model.claim import (
    Claim,
    ClaimOrigin,
    claim_fields,
    decode_claim,
    without_regions,
)
from affiant.model.decision import Decision
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
    closed = BlindShare(case, reviewer=reviewer)
    for row in rows:
        own = row.verdicts.get(reviewer) if reviewer else None
        if reviewer is None or own is not None:
            found.append(listed(row, status=row.status, own=own))
        elif row.suggestion not in blind and row.status not in _ENDED:
            found.append(listed(row, status="suggested", own=None))
    found += [
        suggested(suggestion)
        for suggestion in open_ones
        if suggestion.digest in blind
        and not closed.hides(suggestion.claim, document=suggestion.document_id)
    ]
    found.sort(key=lambda item: (item.document, item.claim.quotes[0].start, item.claim_id))
    return found


def listed(row: ClaimRow, *, status: ClaimStatus, own: ClaimVerdict | None) -> Listed:
    """Return a claim as a reviewer sees it."""
    return Listed(
        claim_id=row.claim_id,
        status=status,
        document=row.document_id,
        claim=row.claim,
        why=row.why,
        verdict=own,
    )


def suggested(row: SuggestionRow) -> Listed:
    """Return a suggestion as a reviewer sees it: without its score."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of a decision.

    Attributes:
        claim_id: The claim's id; None where it was a seeded error and no claim.
        seed: What the reviewer is told at once where it was a seeded error, or None.
    """

    claim_id: str | None
    seed: SeedOutcome | None = None


def decide(case: Case, *, claim_id: str, decision: Decision, key: SigningKey) -> Decided:
    """Record a person's verdict on a claim or suggestion.

    Raises:
        NotFoundError: There is no such claim.
        AnchorError: A quote does not stand in its text.
    """
    with case.writing(key) as pen:
        target = _target_or_seed(case, claim_id=claim_id, key=key)
        if isinstance(target, Seed):
            outcome = record_seed(pen, seed=target, decision=decision)
            return Decided(claim_id=None, seed=outcome)
        if target.row is None:
            return Decided(
                claim_id=_first_decision(case, target=target, decision=decision, pen=pen)
            )
        again = {
            "claim_id": target.row.claim_id,
            "seen": target.row.commitment,
            **decision.fields,
        }
        pen.record(f"claim.{decision.verdict}/1", body=again)
        return Decided(claim_id=target.row.claim_id)


def _target_or_seed(case: Case, *, claim_id: str, key: SigningKey) -> "Target | Seed":
    """Return what an id means to whoever holds a key: an error seeded for them alone, too."""
    try:
        return find_target(case, claim_id=claim_id)
    except NotFoundError:
        reviewer = case.policies.person_of(key.public)
        seed = find_seed(case, seed_id=claim_id, reviewer=reviewer)
        if seed is None:
            raise
        return seed


def _first_decision(case: Case, *, target: Target, decision: Decision, pen: Pen) -> str:
    """Record the decision that carries the whole claim."""
    check_quotes(case, claim=target.claim, document=target.document)
    return _carry(case, claim=target.claim, target=target, decision=decision, pen=pen)


def _carry(case: Case, *, claim: Claim, target: Target, decision: Decision, pen: Pen) -> str:
    """Record a decision with its claim; where it differs from what was suggested, with that too."""
    claim_id = pen.new_id()
    body = {
        **claim_fields(placed(case, claim=claim, document=target.document)),
        "claim_id": claim_id,
        "document": target.document,
        "exact_words": exact_words(claim),
        "suggestion": target.suggestion,
        "suggested_because": target.why,
        "suggested": None if claim is target.claim else claim_fields(target.claim),
        **decision.fields,
        **reply_seen(case, suggestion=target.suggestion, pen=pen),
    }
    pen.record(f"claim.{decision.verdict}/1", body=body)
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


def add_claim(case: Case, *, claim: Claim, document: str, why: str | None, key: SigningKey) -> str:
    """Record a claim that a person made from the text; return its id."""
    made = replace(claim, origin=ClaimOrigin(tool="person"))
    target = Target(document=document, claim=made, why="", suggestion=None, row=None)
    with case.writing(key) as pen:
        decision = Decision(verdict="accepted", why=why)
        return _first_decision(case, target=target, decision=decision, pen=pen)


def edit_claim(
    case: Case, *, claim_id: str, changes: Mapping[str, Any], decision: Decision, key: SigningKey
) -> Decided:
    """Accept a claim in another form; what it was made from is recorded with it.

    An edited claim that was accepted before is superseded by the new one.

    Args:
        case: Open for writing.
        claim_id: Of the claim or suggestion.
        changes: Fields to their new values, in the shape of ``claim list --json``.
        decision: An acceptance.
        key: Of whoever decides.

    Raises:
        BadInputError: The changed fields do not make a claim, or change nothing.
    """
    target = _target_or_seed(case, claim_id=claim_id, key=key)
    if isinstance(target, Seed):
        with case.writing(key) as pen:
            outcome = record_seed(pen, seed=target, decision=decision, changed=tuple(changes))
        return Decided(claim_id=None, seed=outcome)
    claim = _edited(case, target=target, changes=changes)
    check_quotes(case, claim=claim, document=target.document)
    with case.writing(key) as pen:
        new_id = _carry(case, claim=claim, target=target, decision=decision, pen=pen)
        reviewer = case.policies.person_of(key.public)
        if target.row is not None and target.row.verdicts.get(reviewer) is not None:
            ended = {"claim_id": target.row.claim_id, "by": new_id, "why": decision.why}
            pen.record("claim.superseded/1", body=ended)
    return Decided(claim_id=new_id)


def _edited(case: Case, *, target: Target, changes: Mapping[str, Any]) -> Claim:
    """Return a claim in another form.

    Raises:
        BadInputError: The changed fields do not make a claim, or change nothing.
    """
    before = claim_fields(target.claim)
    changed = {**before, **changes, "origin": {"tool": "person", "version": ""}}
    claim = decode_claim(
        {**changed, "quotes": _complete_quotes(case, target=target, fields=changed)}
    )
    if replace(claim, origin=target.claim.origin) == without_regions(target.claim):
        raise BadInputError(
            "the edit changes nothing", remedy="Accept the claim, or name what is to be changed."
        )
    return claim


def _complete_quotes(
    case: Case, *, target: Target, fields: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return a claim's quotes with their places filled in from the target's text."""
    text = case.text(target.claim.text_digest)
    return place_quotes(fields["quotes"], text=text, text_digest=target.claim.text_digest)


def settle_claim(case: Case, *, claim_id: str, decision: Decision, key: SigningKey) -> str:
    """Settle what reviewers differ on, by a decision of its own; return the claim's id.

    It says what the claim amounts to until it is taken back; the verdicts stay as they are.
    Under the policy ``settled_by`` = ``third`` it takes a person who gave no verdict on it.

    Raises:
        WrongUseError: The reviewers do not differ, or whoever settles is one of them.
        BadInputError: No words say why.
    """
    target = find_target(case, claim_id=claim_id)
    row, reviewer = target.row, case.policies.person_of(key.public)
    if not decision.why:
        raise BadInputError("a settlement says why", remedy="Say it in words: --why.")
    if row is None or row.status in _ENDED or len(set(row.verdicts.values())) < 2:
        raise WrongUseError(
            f"there is nothing to settle on {claim_id}",
            remedy="See 'affiant claim queue --kind settle' for claims that reviewers differ on.",
        )
    third = case.policies.policies()["settled_by"] != "anyone"
    if third and reviewer in row.verdicts:
        raise WrongUseError(
            "you are one of those who differ on this claim",
            remedy="Ask somebody who did not decide on it, or set the policy settled_by to anyone.",
        )
    body = {
        "claim_id": row.claim_id,
        "verdict": decision.verdict,
        "seen": row.commitment,
        "over": dict(row.verdicts),
        **decision.fields,
    }
    with case.writing(key) as pen:
        pen.record("claim.settled/1", body=body)
    return row.claim_id


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
