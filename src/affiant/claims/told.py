"""What the rules and a model need to know of a text beside its words."""

from collections.abc import Mapping
from dataclasses import dataclass

from affiant.claims.gazetteer import Atlas
from affiant.claims.placing import atlases_of
from affiant.language.detect import detect
from affiant.store.case import Case
from affiant.store.derived import Hint
from affiant.store.documents import TextRow
from affiant.store.sources import AttributionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the documents, asked once for all of them.

    Attributes:
        hints: Document id to its hints.
        decided: Document id to what people decided of it.
        atlases: Where places are looked up.
        decided_on: Digests of the suggestions that somebody decided on.
    """

    hints: Mapping[str, Hint]
    decided: Mapping[str, AttributionRow]
    atlases: tuple[Atlas, ...]
    decided_on: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text with its date and language, as decided by a person, else as hinted or detected.

    Attributes:
        content: The recorded text.
        published: The document's own date as EDTF, or None.
        language: ISO 639-1, or "und".
    """

    content: str
    published: str | None
    language: str


def known_of(case: Case) -> Known:
    """Return what is known of all documents of a case."""
    claims = case.claims.all()
    return Known(
        hints=case.derived.hints(),
        decided=case.sources.attributions(),
        atlases=atlases_of(claims, countries=case.policies.policies()["countries"].split()),
        decided_on=frozenset(row.suggestion for row in claims if row.suggestion),
    )


def told(case: Case, *, text: TextRow, known: Known) -> Told:
    """Return a text with what is known of it."""
    content = case.text(text.text_digest)
    hint = known.hints.get(text.document_id, Hint())
    decided = known.decided.get(text.document_id)
    return Told(
        content=content,
        published=(decided.published if decided else None) or hint.published,
        language=(decided.language if decided else None) or hint.language or detect(content),
    )
