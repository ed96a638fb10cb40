"""Words that tell of an act, and how the parties stand to them."""

from dataclasses import dataclass
from typing import Literal

from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.phrases import Phrase
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.model.vocabulary import Act

Voice = Literal["active", "passive", "happens", "noun", "state", "remains", "toll", "fragment"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an act, with its parties.

    Attributes:
        first: Index of the first token of the cue.
        last: Index of the last token of the cue.
        group: Index where its verb group begins.
        act: The act as the word alone tells it.
        voice: How the parties stand to it.
        patient: To whom it was done, or None.
        agent: Who did it, where a subject does, or None.
        rule: In plain words what fired.
        whole: Those among whom the patient was, or None: "among the twelve killed".
    """

    first: int
    last: int
    group: int
    act: Act
    voice: Voice
    patient: Phrase | None
    agent: Phrase | None
    rule: str
    whole: Phrase | None = None


def by_toll(sentence: Sentence, *, index: int, act: Act = "killing") -> Trigger | None:
    """Return "the death toll rose to 45" and "the number of people killed rose to 45"."""
    for at in _after_rise(sentence, index=index) or range(
        index + 1, min(index + 12, len(sentence.tokens))
    ):
        quantity = quantity_at(sentence, index=at)
        if quantity is not None and (quantity.low is not None or quantity.high is not None):
            patient = Phrase(quantity.first, quantity.last)
            return Trigger(
                index - 1,
                index,
                index - 1,
                act,
                "toll",
                patient,
                None,
                "“death toll” with a number",
            )
    return None


def _after_rise(sentence: Sentence, *, index: int) -> list[int]:
    """Return where the new number stands in "rose from 12 to 15"."""
    found = [
        at + 1
        for at in range(index + 1, min(index + 16, len(sentence.tokens)))
        if sentence.low(at) in ("to", "at", "reached")
    ]
    return [at for at in found if quantity_at(sentence, index=at) is not None]


def by_attribute(sentence: Sentence, *, index: int, act: Act) -> Trigger | None:
    """Return "one dead terrorist": the state as an attribute, with a number before it."""
    if sentence.tag(index - 1) != "num":
        return None
    first = number_start(sentence, index=index - 1)
    last = index
    while sentence.tag(last + 1) in (NOUN, "adj"):
        last += 1
    if last == index:
        return None
    return Trigger(
        index,
        index,
        first,
        act,
        "state",
        Phrase(first, last),
        None,
        f"“{sentence.low(index)}” with a number",
    )


def number_start(sentence: Sentence, *, index: int) -> int:
    """Return where the number expression that ends at ``index`` begins."""
    for first in range(max(index - 6, 0), index):
        quantity = quantity_at(sentence, index=first)
        if quantity is not None and quantity.last == index:
            return first
    return index
