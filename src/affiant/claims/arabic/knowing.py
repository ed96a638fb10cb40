"""What a block says of the one who tells it, in Arabic: that it saw, and that it was there."""

from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.arabic_script.knowing import Span, Witness
from affiant.claims.arabic_script.patterns import cues


def witness_of(text: str, *, span: Span, writer: Span | None) -> Witness:
    """Return what a block says of the one who tells it.

    Args:
        text: The text.
        span: First and last offset of the block.
        writer: First and last offset of the name of who wrote it, or None.
    """
    line = arabic_shadow(text, spans=[span])
    found: dict[str, Span | None] = {}
    for name in ("saw_it", "beside"):
        words = line.find(cues("speech", "knowing", name, language=LANGUAGE))
        first = next(((first, last) for first, last, _ in words), None)
        found[name] = first and (line.tokens[first[0]].start, line.tokens[first[1]].end)
    return Witness(found["saw_it"], found["beside"], writer)
