"""Legal status and guarantees of protection."""

import re
from functools import cache

from affiant.claims.english.agents import can_act
from affiant.claims.english.attributed import group_start
from affiant.claims.english.drafts import Draft
from affiant.claims.english.parties import strength_of
from affiant.claims.english.phrases import Phrase, core, head, object_after, words_of
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import phrases, table, word_set
from affiant.model.involvement import Involvement


def status(sentence: Sentence) -> Draft | None:
    """Return "were granted ‘protected persons’ status under the Fourth Geneva Convention"."""
    low = sentence.text[sentence.start : sentence.end].lower()
    if not (
        "status" in low
        or "protected person" in low
        or ("prisoner" in low and "war" in low)
        or "refugee" in low
    ):
        return None
    match = _status_words().search(sentence.text, sentence.start, sentence.end)
    holder = next((at for at, token in enumerate(sentence.tokens) if token.low == "status"), None)
    law = _law().search(sentence.text, sentence.start, sentence.end)
    if match is None and (holder is None or law is None):
        return None
    first = holder if match is None else _token_at(sentence, offset=match.start())
    if first is None:
        return None
    while match is None and sentence.tag(first - 1) in (NOUN, "adj") and first > 0:
        first -= 1
    granting = _granting(sentence, first=first)
    weak = word_set("civic", "status", "weak")
    if granting is not None and holder is None and law is None and sentence.low(granting) in weak:
        return None
    if granting is None:
        return None
    while first > 0 and sentence.low(first - 1) in ("‘", "“", '"', "'"):
        first -= 1
    last = max(first, holder or first)
    if law is not None:
        last = max(last, _token_at(sentence, offset=law.end() - 1) or last)
    while (
        match is not None
        and sentence.tokens[last].end < match.end()
        and last + 1 < len(sentence.tokens)
    ):
        last += 1
    return _status_draft(sentence, first=first, last=last, granting=granting)


def _status_draft(sentence: Sentence, *, first: int, last: int, granting: int) -> Draft:
    """Return the draft of a status and those who have it."""
    words = words_of(sentence, phrase=Phrase(first, last))
    claimed = any(word in words.lower() for word in table("civic")["status"]["claimed"])
    draft = Draft(
        sentence,
        anchor=granting,
        act="claimed_status" if claimed else "protected_status",
        score=0.75,
    )
    draft.quote("act", first=granting, last=last)
    draft.quote("status", first=first, last=last)
    draft.labels.append(words)
    subject = subject_before(sentence, index=group_start(sentence, index=granting))
    if subject is not None:
        short = core(sentence, phrase=subject)
        draft.involvements.append(
            Involvement(
                name=words_of(sentence, phrase=short),
                role="victim",
                side="victim",
                strength=strength_of(sentence, phrase=short),
                claimed_status=words,
            )
        )
        draft.quote_phrase("victim", phrase=short)
    draft.features.add("status_words")
    draft.why.append(f"status “{words[:60]}” with “{sentence.low(granting)}”")
    return draft


def _granting(sentence: Sentence, *, first: int) -> int | None:
    """Return the verb that gives or holds the status, to its left."""
    for at in range(first - 1, max(first - 14, -1), -1):
        if (
            sentence.low(at) in word_set("civic", "status", "granted")
            and sentence.tag(at) != "prep"
        ):
            return at
        if sentence.tag(at) in ("sub", "quote"):
            return None
    return None


def guarantee(sentence: Sentence, *, holder: Draft | None) -> Draft | None:
    """Return "the United States had guaranteed their protection"."""
    verbs, objects = (
        word_set("civic", "guarantee", "verbs"),
        word_set("civic", "guarantee", "objects"),
    )
    for index, token in enumerate(sentence.tokens):
        if token.low not in verbs:
            continue
        group = group_start(sentence, index=index)
        passive = any(sentence.tag(at) == "be" for at in range(group, index))
        thing = next(
            (at for at in range(index + 1, index + 9) if sentence.low(at) in objects), None
        )
        subject = subject_before(sentence, index=group)
        if (
            passive
            and subject is not None
            and head(sentence, phrase=subject) in objects
            and sentence.low(index + 1) == "by"
        ):
            guarantor, thing = object_after(sentence, index=index + 2), subject.last
        elif thing is not None and not passive:
            guarantor = subject
        else:
            continue
        if (
            guarantor is not None
            and can_act(sentence, phrase=guarantor)
            and sentence.low(group - 1) != "without"
        ):
            return _guarantee_draft(
                sentence,
                index=index,
                thing=thing,
                guarantor=core(sentence, phrase=guarantor),
                holder=holder,
            )
    return None


def _guarantee_draft(
    sentence: Sentence, *, index: int, thing: int, guarantor: Phrase, holder: Draft | None
) -> Draft:
    """Return the draft of a guarantee, its guarantor and those it was given to."""
    draft = Draft(sentence, anchor=index, act="guarantee_of_protection", score=0.75)
    draft.quote("act", first=min(index, thing), last=max(index, thing))
    draft.involvements.append(
        Involvement(
            name=words_of(sentence, phrase=guarantor),
            role="guarantor",
            side="other",
            strength=strength_of(sentence, phrase=guarantor),
        )
    )
    draft.quote_phrase("actor", phrase=guarantor)
    holders = [party for party in holder.involvements if party.side == "victim"] if holder else []
    if holders and sentence.low(thing - 1) in ("their", "his", "her", "its"):
        draft.involvements.append(
            Involvement(
                name=holders[0].name, role="victim", side="victim", strength=holders[0].strength
            )
        )
    draft.features.add("guarantee_words")
    draft.why.append(f"guarantee “{sentence.low(index)} … {sentence.low(thing)}”")
    return draft


def _token_at(sentence: Sentence, *, offset: int) -> int | None:
    return next((at for at, token in enumerate(sentence.tokens) if token.end > offset), None)


@cache
def _status_words() -> re.Pattern[str]:
    return phrases(table("civic")["status"]["words"] + table("civic")["status"]["claimed"])


@cache
def _law() -> re.Pattern[str]:
    listed = phrases(table("civic")["status"]["law"]).pattern
    treaty = "(?:convention|accord|protocol|treaty|covenant)s?"
    named = rf"(?-i:[A-Z])[\w’'-]*(?:\s+[\w’'-]+){{0,4}}\s+{treaty}"
    return re.compile(rf"{listed}|\b{named}(?:\s+[ivx]+\b)?|\bprotocol\s+[ivx]+\b", re.IGNORECASE)
