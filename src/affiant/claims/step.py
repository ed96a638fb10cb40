"""Suggest: proposed claims for every text that was not gone through by this version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from affiant.claims.gazetteer import Atlas, located, own_places, places_of_countries
from affiant.claims.suggest import ORIGIN, suggest
from affiant.language.detect import detect
from affiant.model.suggestion import Suggestion
from affiant.store.case import Case
from affiant.store.derived import Hint
from affiant.store.documents import TextRow
from affiant.store.sources import AttributionRow

_BATCH: Final = 512
_RECOGNISED: Final = "the text was read by character recognition: compare it with the page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """How many claims were proposed for one text.

    Attributes:
        document: Document id.
        text_digest: Its text.
        language: As detected or decided.
        suggestions: How many.
    """

    document: str
    text_digest: str
    language: str
    suggestions: int


def suggest_waiting(case: Case, *, again: bool = False) -> Iterator[Suggested]:
    """Go through the newest text of every document that this version has not gone through.

    Args:
        case: Open for writing; only what is derived is written.
        again: Go through all of them anew.
    """
    tool = f"{ORIGIN.tool} {ORIGIN.version}"
    done = set() if again else case.derived.suggested()
    with_suggestions = {row.document_id for row in case.derived.suggestions()}
    newest = {text.document_id: text for text in case.documents.texts()}
    known_of = _Known(
        hints=case.derived.hints(),
        decided=case.sources.attributions(),
        atlases=atlases_of(case),
    )
    batch: list[tuple[TextRow, str, list[Suggestion]]] = []
    for text in newest.values():
        known = (text.text_digest, tool) in done
        if known and (text.document_id in with_suggestions or not _is_shared(case, text=text)):
            continue
        batch.append((text, *_go_through(case, text=text, known=known_of)))
        if len(batch) >= _BATCH:
            yield from _store(case, batch=batch, tool=tool)
            batch = []
    if batch:
        yield from _store(case, batch=batch, tool=tool)


def _is_shared(case: Case, *, text: TextRow) -> bool:
    """Tell whether another document has the same text."""
    return len({row.document_id for row in case.documents.texts_with(text.text_digest)}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of the documents, asked once for all of them."""

    hints: Mapping[str, Hint]
    decided: Mapping[str, AttributionRow]
    atlases: tuple[Atlas, ...]


def _go_through(case: Case, *, text: TextRow, known: _Known) -> tuple[str, list[Suggestion]]:
    """Return a text's language and what is proposed for it."""
    content = case.text(text.text_digest)
    hint = known.hints.get(text.document_id, Hint())
    decided = known.decided.get(text.document_id)
    published = (decided.published if decided else None) or hint.published
    language = (decided.language if decided else None) or hint.language or detect(content)
    found = suggest(content, text_digest=text.text_digest, published=published, language=language)
    found = [_with_place(item, atlases=known.atlases) for item in found]
    if text.recognised:
        found = [replace(item, why=f"{item.why}; {_RECOGNISED}") for item in found]
    return language, found


def atlases_of(case: Case) -> tuple[Atlas, ...]:
    """Return where the case's places are looked up: its own first, then its countries'.

    Its own are those that people resolved in claims that stand; its countries are those of
    the policy ``countries``. Without that policy no gazetteer is asked: the same name stands
    for places in many countries.
    """
    wheres = [
        row.claim.where
        for row in case.claims.all()
        if row.status == "accepted" and row.claim.where is not None
    ]
    countries = case.policies.policies()["countries"].split()
    return Atlas(own_places(wheres)), Atlas(places_of_countries(countries))


def _with_place(suggestion: Suggestion, *, atlases: tuple[Atlas, ...]) -> Suggestion:
    """Return a suggestion whose place is resolved, where only one place can be meant."""
    if suggestion.claim.where is None:
        return suggestion
    where, reason = located(suggestion.claim.where, atlases=atlases)
    if not reason:
        return suggestion
    claim = replace(suggestion.claim, where=where)
    return replace(suggestion, claim=claim, why=f"{suggestion.why}; {reason}")


def _store(
    case: Case, *, batch: list[tuple[TextRow, str, list[Suggestion]]], tool: str
) -> list[Suggested]:
    """Store a batch of suggestions in one transaction."""
    done = []
    with case.deriving():
        for text, language, found in batch:
            case.derived.set_suggestions(
                text.document_id, text_digest=text.text_digest, suggestions=found, tool=tool
            )
            done.append(
                Suggested(
                    document=text.document_id,
                    text_digest=text.text_digest,
                    language=language,
                    suggestions=len(found),
                )
            )
    return done
