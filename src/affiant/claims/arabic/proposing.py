"""Claims proposed by rules from an Arabic text."""

from affiant.claims.arabic.reading import ArabicReader
from affiant.claims.arabic_script.proposing import suggestions
from affiant.model.suggestion import Suggestion


def propose(text: str, *, text_digest: str, published: str | None) -> list[Suggestion]:
    """Propose the claims of a text, in reading order."""
    told = ArabicReader(text, language="ar", published=published).read()
    return suggestions(told, text_digest=text_digest)
