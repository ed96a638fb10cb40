"""What is said after a verb of saying: a clause, a noun phrase, or a quotation."""

from functools import cache

from affiant.claims.english.phrases import object_after
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import word_set

TO_SOMEBODY = frozenset({"tell", "inform"})
"""Verbs that name the one who is told before what is told."""
_PLAIN_WORDS = frozenset({"say", "add", "write", "tell", "report", "state"})


def content_after(sentence: Sentence, *, index: int, lemma: str) -> tuple[int, int] | None:
    """Return what is said after the verb, or None where nothing is."""
    last = len(sentence.tokens) - 1
    at = _past_listener(sentence, index=index, lemma=lemma)
    aside = sentence.low(index + 1) == "," and lemma not in _PLAIN_WORDS
    if aside and sentence.tag(at) != "quote":
        return None
    if sentence.low(at) in ("something", "nothing", "so", "anything") and lemma == "say":
        return None
    that = _that_clause(sentence, at=at)
    if that is not None:
        return (that, last) if that <= last else None
    if lemma in word_set("speech", "kinds", "with_about"):
        return (at + 1, last) if sentence.low(at) in ("on", "about", "of") and at < last else None
    if at > last or sentence.low(at) in (".", "!", "?", ";"):
        return None
    span = (at, _before_second(sentence, first=at, last=last))
    if lemma == "claim" and sentence.follows(at, sequence=("responsibility", "for")):
        return span
    if lemma in _loose() and sentence.tag(at) != "quote":
        return None
    if lemma in _noun_content() or sentence.tag(at) == "quote":
        return span
    return span if is_clause(sentence, span=span) else None


def _before_second(sentence: Sentence, *, first: int, last: int) -> int:
    """Return where the noun that is denied ends before "and spoke of …"."""
    for at in range(first + 1, last):
        if sentence.tag(at) == "conj" and sentence.tag(at + 1) == "speech":
            return at - 1
    return last


def within_relative(sentence: Sentence, *, span: tuple[int, int]) -> tuple[int, int]:
    """Return what "which has denied … , is accused" says: up to the comma that closes it."""
    for at in range(span[0] + 1, span[1]):
        if sentence.low(at) == "," and sentence.tag(at + 1) in (
            "be",
            "have",
            "modal",
            "verb",
            "act",
            "speech",
        ):
            return span[0], at - 1
    return span


def _that_clause(sentence: Sentence, *, at: int) -> int | None:
    """Return where the clause after "that" begins, if "that" comes soon."""
    for index in range(at, min(at + 9, len(sentence.tokens))):
        if sentence.low(index) in ("that", "how"):
            return index + 1
        if sentence.tag(index) in ("quote", "act", "verb", "be", "have", "modal"):
            return None
    return None


def is_clause(sentence: Sentence, *, span: tuple[int, int]) -> bool:
    """Tell whether a verb or a quotation stands in the span."""
    return any(
        sentence.tag(at) in ("be", "have", "verb", "act", "modal", "quote", "speech")
        for at in range(span[0], span[1] + 1)
    )


@cache
def _loose() -> frozenset[str]:
    return word_set("speech", "kinds", "only_quotations")


@cache
def _noun_content() -> frozenset[str]:
    return word_set("speech", "kinds", "with_nouns")


def _past_listener(sentence: Sentence, *, index: int, lemma: str) -> int:
    """Return where what is said begins: past dates, marks, and the one who is told."""
    at = index + 1
    while sentence.tag(at) in ("adv", "date") or sentence.low(at) in (",", ":"):
        at += 1
    if lemma not in TO_SOMEBODY:
        return at
    whom = object_after(sentence, index=at)
    at = at if whom is None else whom.last + 1
    return at + (sentence.low(at) == ",")
