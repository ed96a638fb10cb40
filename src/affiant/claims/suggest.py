"""Claims proposed by rules from a text, in the languages that have rules."""

from collections.abc import Callable
from typing import Final

from affiant.claims import arabic, arabic_script, english
from affiant.claims.weighing import ScoreWeights, weighed
from affiant.model.claim import ClaimOrigin
from affiant.model.suggestion import Suggestion

ORIGIN: Final = ClaimOrigin(tool="rules", version="4")
"""Tool and version that the rules of all languages go by; ``suggest`` marks texts with it."""

_READERS: Final[dict[str, Callable[..., list[Suggestion]]]] = {
    "en": english.propose,
    "ar": arabic.propose,
    "fa": arabic_script.propose,
}


def suggest(
    text: str,
    *,
    text_digest: str,
    published: str | None = None,
    language: str = "en",
    weights: ScoreWeights | None = None,
) -> list[Suggestion]:
    """Propose the claims that a text makes, each anchored to its exact words.

    Args:
        text: The recorded text.
        text_digest: Its digest, ``sha256:<64 hex>``.
        published: The document's own date as EDTF, which places "yesterday"; it never
            dates an act by itself.
        language: Language of the text, ISO 639-1; one without rules gives nothing.
        weights: What the score goes by: a case's own, or None for those that are shipped.

    Returns:
        Suggestions in reading order; every quote stands in ``text`` at its offsets.
    """
    found = propose(text, text_digest=text_digest, published=published, language=language)
    return weighed(found, weights=weights)


def propose(
    text: str, *, text_digest: str, published: str | None, language: str
) -> list[Suggestion]:
    """Return what the rules of a language propose, with the rules' own scores."""
    reader = _READERS.get(language)
    if reader is None:
        return []
    found = reader(text, text_digest=text_digest, published=published)
    for suggestion in found:
        for quote in suggestion.claim.quotes:
            quote.check(text)
    return found
