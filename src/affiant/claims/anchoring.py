"""Where a claim's quotes stand: placed, checked, never guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from affiant.errors import AnchorError, BadInputError
from affiant.model.claim import Claim, without_regions
from affiant.store.case import Case


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
