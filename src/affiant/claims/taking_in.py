"""Codings from elsewhere: taken in as suggestions of whoever made them, decided by nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from affiant.claims.anchoring import check_quotes, exact_words, place_quotes
from affiant.errors import AffiantError, BadInputError, NotFoundError
from affiant.log.keys import SigningKey
from affiant.model.claim import Claim, ClaimOrigin, claim_fields, decode_claim, without_regions
from affiant.store.case import Case
from affiant.store.derived import suggestion_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of a file of codings.

    Attributes:
        taken: How many are new suggestions.
        known: How many this case suggests already.
        refused: Number of the coding, from 1, and why, in words.
    """

    taken: int
    known: int
    refused: tuple[tuple[int, str], ...]


def take_in_codings(
    case: Case, *, codings: Sequence[Mapping[str, Any]], coded_by: str | None, key: SigningKey
) -> TakenIn:
    """Record codings as suggestions; each is refused by itself where its words do not stand.

    Its verdict, if it names one, decides nothing: whoever takes it in did not give it.

    Args:
        case: Open for writing.
        codings: As :func:`affiant.claims.codings.read_codings` returns them.
        coded_by: Who or what made them; None takes it from each coding's origin.
        key: Of whoever takes them in.
    """
    taken = known = 0
    refused: list[tuple[int, str]] = []
    with case.writing(key) as pen:
        for number, coding in enumerate(codings, start=1):
            try:
                document, claim = _anchored(case, coding=coding, coded_by=coded_by)
            except AffiantError as problem:
                refused.append((number, problem.problem))
                continue
            digest = suggestion_digest(claim, document_id=document)
            if case.derived.suggestions_matching(digest):
                known += 1
                continue
            name = coded_by or claim.origin.tool
            body = {
                **claim_fields(claim),
                "coding": digest,
                "document": document,
                "exact_words": exact_words(claim),
                "suggested_because": f"coded by {name}",
                "coded_by": name,
                "stated": str(coding.get("your_verdict") or coding.get("status") or "") or None,
            }
            pen.record("coding.taken_in/1", body=body)
            taken += 1
    return TakenIn(taken=taken, known=known, refused=tuple(refused))


def _anchored(case: Case, *, coding: Mapping[str, Any], coded_by: str | None) -> tuple[str, Claim]:
    """Return the document here that a coding is about, and its claim, quotes checked.

    Raises:
        AffiantError: Document, text or words are not here.
    """
    quotes = coding.get("quotes")
    if not isinstance(quotes, list) or not all(isinstance(quote, dict) for quote in quotes):
        raise BadInputError("it has no quotes", remedy="Give each claim its quotes.")
    stated = str(coding.get("document") or "")
    digest = str(quotes[0].get("text_digest") or "") if quotes else ""
    holders = [row.document_id for row in case.documents.texts_with(digest)] if digest else []
    if holders:
        document = stated if stated in holders else min(holders)
        fields = dict(coding)
    else:
        document, fields = stated, _by_words(case, document=stated, coding=coding)
    claim = without_regions(decode_claim(fields))
    check_quotes(case, claim=claim, document=document)
    return document, replace(claim, origin=_origin(claim, coded_by=coded_by))


def _by_words(case: Case, *, document: str, coding: Mapping[str, Any]) -> dict[str, Any]:
    """Return a coding whose quotes stand in this copy's text of the same original.

    Only words that stand there once are placed; nothing is guessed.

    Raises:
        NotFoundError: The original is not here, or was not read.
    """
    text = case.documents.text_of(document) if document else None
    if text is None:
        raise NotFoundError(
            f"neither its text nor its original {document or '(none named)'} is here",
            remedy="Add and read the same original, then take it in again.",
        )
    bare = [{"slot": quote.get("slot"), "exact": quote.get("exact")} for quote in coding["quotes"]]
    placed = place_quotes(bare, text=case.text(text.text_digest), text_digest=text.text_digest)
    return {**coding, "quotes": placed}


def _origin(claim: Claim, *, coded_by: str | None) -> ClaimOrigin:
    """Return who made a coding: the named person or tool, or the tool that it names."""
    return ClaimOrigin(tool=coded_by) if coded_by is not None else claim.origin
