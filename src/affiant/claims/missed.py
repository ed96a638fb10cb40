"""Sentences with a word of violence and no claim: where review finds what was not suggested."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from affiant.claims import english
from affiant.claims.passages import passages_of
from affiant.language.detect import detect
from affiant.language.sentences import sentences
from affiant.store.case import Case

_ACT_WORDS: Final[dict[str, Callable[[], frozenset[str]]]] = {"en": english.act_words}
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def act_words(language: str) -> frozenset[str]:
    """Return the words, in lower case, that tell of an act in a language; none without rules."""
    return _ACT_WORDS.get(language, frozenset)()


def violent_sentences(text: str, *, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences in which a word of violence stands, as offsets into ``text``."""
    known = act_words(language)
    for first, last in passages_of(text):
        for start, end in sentences(text, start=first, end=last):
            found = _WORD.finditer(text, start, end)
            if any(match.group().lower() in known for match in found):
                yield start, end


def missed_sentences(case: Case, *, document: str, reviewer: str) -> Iterator[tuple[int, int]]:
    """Yield sentences with a word of violence on which no claim rests, in order.

    A suggestion rests there too, and a claim that this reviewer rejected: they have looked at
    it. A document that they have read through has none.
    """
    text = case.documents.text_of(document)
    if text is None or case.claims.has_read_through(document, reviewer=reviewer):
        return
    quoted = case.reviews.quoted(document, text_digest=text.text_digest, reviewer=reviewer)
    content = case.text(text.text_digest)
    decided = case.sources.attributions().get(document)
    language = (decided.language if decided else None) or detect(content)
    covered = _merged(quoted)
    starts = [start for start, _ in covered]
    for start, end in violent_sentences(content, language=language):
        at = bisect_left(starts, end)
        if at == 0 or covered[at - 1][1] <= start:
            yield start, end


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted stretches as stretches that do not overlap."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
