"""Acts that befell only some of those told of just before: "twelve died, four of whom burned"."""

from dataclasses import replace

from affiant.claims.english.cues import Trigger
from affiant.claims.english.drafts import Draft
from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.phrases import Phrase, words_of
from affiant.model.count import Part
from affiant.model.vocabulary import FAMILY_OF

_WHOM = frozenset({"whom", "them", "these", "those"})


def without_parts_of_whole(found: list[tuple[Trigger, Draft]]) -> list[tuple[Trigger, Draft]]:
    """Return the acts without those that only tell how a part of a number died or suffered.

    Such a part becomes a part of the number that stands before it in the sentence, where
    both are of one family; else it is a claim of its own.
    """
    kept: list[tuple[Trigger, Draft]] = []
    for trigger, draft in found:
        whole = kept[-1][1] if kept else None
        part = _part(trigger, draft=draft)
        same = whole is not None and FAMILY_OF[whole.act] == FAMILY_OF[draft.act]
        if whole is None or part is None or not same or not whole.counts:
            kept.append((trigger, draft))
            continue
        count = whole.counts[0]
        whole.counts[0] = replace(count, breakdown=(*count.breakdown, part), relation="includes")
        whole.features.add("count_parts")
    return kept


def _part(trigger: Trigger, *, draft: Draft) -> Part | None:
    """Return "four of whom burned" as a part, or None where the words tell of no part."""
    patient, sentence = trigger.patient, draft.sentence
    if patient is None:
        return None
    number = quantity_at(sentence, index=patient.first)
    if number is None or number.low is number.high is None:
        return None
    after = number.last + 1
    if sentence.low(after) != "of" or sentence.low(after + 1) not in _WHOM:
        return None
    words = words_of(sentence, phrase=Phrase(patient.first, max(trigger.last, after + 1)))
    return Part(words=words, min=number.low, max=number.high)
