"""Who says it without a verb of saying: "according to X" and "X: “…”"."""

from functools import cache

from affiant.claims.english.attributed import Attribution
from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.phrases import object_after
from affiant.claims.english.tagging import Sentence, speech_forms
from affiant.claims.lexicon import table, word_set

HEARING = frozenset({"heard", "hear", "learned", "learnt", "know", "have", "had"})
"""Verbs with which somebody says to have been told."""


def by_phrase(sentence: Sentence, *, index: int) -> Attribution | None:
    """Return "according to X, …" and "…, according to X"."""
    words = next(
        (phrase for phrase in _phrases() if sentence.follows(index, sequence=phrase)), None
    )
    if words is None:
        return None
    begin = index + len(words)
    end = begin
    while (
        end < len(sentence.tokens)
        and sentence.low(end) not in (",", ".", ";", ":")
        and sentence.tag(end) != "quote"
    ):
        numbered = quantity_at(sentence, index=end) is not None
        if end > begin + 1 and numbered and sentence.low(end - 1) not in ("of", "the"):
            break
        end += 1
        if end - begin > 20:
            break
    if sentence.tag(end - 1) == "date":
        end -= 1
    while end > begin and sentence.tag(end - 1) in ("prep", "date"):
        end -= 1
    if end == begin:
        return None
    fronted = index == 0 or sentence.tag(index - 1) in ("conj", "sub")
    last = len(sentence.tokens) - 1
    content = ((end, last),) if fronted else ((0, index - 1), (end, last))
    if fronted and end > last:
        return None
    end = _with_name(sentence, end=end)
    speaker = (begin, end - 1)
    alone = begin == end - 1
    pronoun = alone and (sentence.tag(begin) == "pron" or sentence.low(begin) in ("her", "it"))
    return Attribution(speaker, index, "asserts", content, pronoun=pronoun)


def _with_name(sentence: Sentence, *, end: int) -> int:
    """Return where "the governor, Kaveh Tallavar" ends: a name after a comma belongs to it."""
    if sentence.low(end) != "," or sentence.capitals or sentence.named(end - 1):
        return end
    last = end + 1
    while last < len(sentence.tokens) and sentence.named(last):
        last += 1
    closed = sentence.tag(last) in ("punct", "end")
    return last if closed and last - end > 2 else end


def by_hearing(sentence: Sentence, *, index: int) -> Attribution | None:
    """Return "I heard from Nela that …", "we heard that …": told, by somebody or nobody named."""
    last = len(sentence.tokens) - 1
    us = any(sentence.low(at) in ("i", "we") for at in range(max(index - 3, 0), index))
    if not us:
        return None
    fronted = _from_whom_i_have_it(sentence, index=index)
    if fronted is not None:
        return fronted
    if sentence.low(index + 1) == "from":
        source = object_after(sentence, index=index + 2)
        if source is None or source.last >= last:
            return None
        begin = source.last + 1 + (sentence.low(source.last + 1) == "that")
        pronoun = sentence.tag(source.first) == "pron"
        return Attribution(
            (source.first, source.last),
            index,
            "asserts",
            ((begin, last),),
            pronoun=pronoun,
            listener="me",
        )
    if sentence.low(index + 1) == "that" and index + 2 <= last:
        return Attribution(None, index, "asserts", ((index + 2, last),), listener="me")
    return None


def _from_whom_i_have_it(sentence: Sentence, *, index: int) -> Attribution | None:
    """Return "from her I have it that …" and "I have it from X that …"."""
    last = len(sentence.tokens) - 1
    if sentence.low(index) not in ("have", "had") or sentence.low(index + 1) != "it":
        return None
    before = sentence.low(index - 3) == "from"
    at = index - 2 if before else index + 3
    if not before and sentence.low(index + 2) != "from":
        return None
    alone = sentence.tag(at) == "pron" or sentence.low(at) == "her"
    source = None if alone else object_after(sentence, index=at)
    end = at if source is None else source.last
    begin = (index + 2) if before else end + 1
    begin += sentence.low(begin) == "that"
    if begin > last or (source is None and not alone):
        return None
    return Attribution((at, end), index, "asserts", ((begin, last),), pronoun=alone, listener="me")


def by_colon(sentence: Sentence) -> Attribution | None:
    """Return "X: “…”"."""
    for at in range(1, min(14, len(sentence.tokens) - 1)):
        if sentence.low(at) == ":" and sentence.tag(at + 1) == "quote":
            if any(
                sentence.tag(before) in ("speech", "verb", "be", "act", "ing")
                for before in range(at)
            ):
                return None
            said = ((at + 1, len(sentence.tokens) - 1),)
            unnamed = sentence.low(at - 1) in ("quote", "statement", "original", "text")
            return Attribution((0, at - 1), at, "asserts", said, pronoun=unnamed and at == 1)
    return None


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(phrase.split()) for phrase in table("speech")["phrases"]["before"].split("|")
    )


@cache
def openers() -> frozenset[str]:
    """Return the first words of the phrases before a speaker."""
    return frozenset(phrase[0] for phrase in _phrases())


def is_recording(sentence: Sentence, *, first: int, last: int, cue: int) -> bool:
    """Tell whether "as satellite images show" names how it is known, not who says it."""
    shows = speech_forms()[sentence.low(cue)][0].lemma in ("show", "indicate", "reveal", "confirm")
    devices = word_set("speech", "names", "instrument") | word_set("speech", "names", "document")
    aside = sentence.low(first - 1) == "as" or sentence.low(first - 2) == "as"
    return shows and aside and not devices.isdisjoint(sentence.lows(first, last=last))
