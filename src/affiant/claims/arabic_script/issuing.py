"""Who issued a document: a statement, an answer or a report tells its own voice in its title."""

from affiant.claims.arabic_script.patterns import glue, words
from affiant.claims.arabic_script.shadow import shadow
from affiant.claims.lexicon import table

_LONGEST_TITLE = 200


def is_statement(text: str, *, language: str) -> bool:
    """Tell whether the title says that a body speaks: its "we" is no witness."""
    if "statements_issued" not in table("speech", language=language):
        return False
    kinds = words("speech", "statements_issued", language=language)
    return any(kinds & set(_line(text, at=at, language=language)) for at in (0, 1))


def _line(text: str, *, at: int, language: str) -> list[str]:
    """Return the words of one of the first lines that are not empty."""
    lines = [line for line in text[: 4 * _LONGEST_TITLE].splitlines() if line.strip()]
    line = lines[at][:_LONGEST_TITLE] if at < len(lines) else ""
    title = shadow(line, spans=[(0, len(line))], glue=glue(language))
    return [token.key for token in title.tokens]


def issuer_of(text: str, *, language: str) -> frozenset[str]:
    """Return the words that name the issuer: "بیانیهٔ ستاد ارتش", "انجمن - گزارش"."""
    keys, after = (_line(text, at=at, language=language) for at in (0, 1))
    kinds = words("speech", "documents_issued", language=language)
    if keys and after and after[0] in kinds and not kinds & set(keys) and ":" not in keys:
        return frozenset(keys)
    if not keys or ":" in keys or "|" in keys or not kinds & set(keys):
        return frozenset()
    if keys[0] not in kinds:
        return frozenset(keys[: keys.index("-")]) if "-" in keys else frozenset()
    ends = words("words", "prepositions", language=language)
    stop = next((at for at, key in enumerate(keys) if key in ends or key == "-"), len(keys))
    return frozenset(keys[1:stop])
