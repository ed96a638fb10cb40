"""Suggest: proposed claims for every text that was not gone through by this version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from affiant.claims.placing import with_place
from affiant.claims.suggest import ORIGIN, suggest
from affiant.claims.told import Known, known_of, told
from affiant.model.suggestion import Suggestion
from affiant.store.case import Case
from affiant.store.derived import suggestion_digest
from affiant.store.documents import TextRow

_BATCH: Final = 512
RECOGNISED: Final = "the text was read by character recognition: compare it with the page"


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
    known = known_of(case)
    batch: list[tuple[TextRow, str, list[Suggestion]]] = []
    for text in newest.values():
        gone_through = (text.text_digest, tool) in done
        if gone_through and (
            text.document_id in with_suggestions or not _is_shared(case, text=text)
        ):
            continue
        batch.append((text, *_go_through(case, text=text, known=known)))
        if len(batch) >= _BATCH:
            yield from _store(case, batch=batch, tool=tool)
            batch = []
    if batch:
        yield from _store(case, batch=batch, tool=tool)


def _is_shared(case: Case, *, text: TextRow) -> bool:
    """Tell whether another document has the same text."""
    return len({row.document_id for row in case.documents.texts_with(text.text_digest)}) > 1


def _go_through(case: Case, *, text: TextRow, known: Known) -> tuple[str, list[Suggestion]]:
    """Return a text's language and what is proposed for it."""
    about = told(case, text=text, known=known)
    found = suggest(
        about.content,
        text_digest=text.text_digest,
        published=about.published,
        language=about.language,
    )
    found = [
        item
        if suggestion_digest(item.claim, document_id=text.document_id) in known.decided_on
        else with_place(item, atlases=known.atlases)
        for item in found
    ]  # one that was decided on stays as it was seen: else it would come back as another
    if text.recognised:
        found = [replace(item, why=f"{item.why}; {RECOGNISED}") for item in found]
    return about.language, found


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
