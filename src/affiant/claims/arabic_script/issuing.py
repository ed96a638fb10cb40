"""Who issued a document: a statement, an answer or a report tells its own voice in its title."""

from affiant.claims.arabic_script.patterns import glue, words
from affiant.claims.arabic_script.shadow import shadow

_LONGEST_TITLE = 200


def issuer_of(text: str, *, language: str) -> frozenset[str]:
    """Return the words that name the issuer: "بیانیهٔ ستاد ارتش", "انجمن - گزارش"."""
    line = text.lstrip().partition("\n")[0][:_LONGEST_TITLE]
    start = len(text) - len(text.lstrip())
    title = shadow(text, spans=[(start, start + len(line))], glue=glue(language))
    keys = [token.key for token in title.tokens]
    kinds = words("speech", "documents_issued", language=language)
    if not keys or ":" in keys or "|" in keys or not kinds & set(keys):
        return frozenset()
    if keys[0] not in kinds:
        return frozenset(keys[: keys.index("-")]) if "-" in keys else frozenset()
    ends = words("words", "prepositions", language=language)
    stop = next((at for at, key in enumerate(keys) if key in ends or key == "-"), len(keys))
    return frozenset(keys[1:stop])
