"""The acts that a sentence tells of."""

from affiant.claims.english.cues import Trigger, by_toll
from affiant.claims.english.nominal import (
    by_lives,
    by_noun,
    by_remains,
    by_state,
    by_tally,
    is_noun,
    noun_acts,
    remains,
    states,
    tallies,
)
from affiant.claims.english.tagging import Sentence
from affiant.claims.english.verbal import by_verb

_TOLD_AT = frozenset({":", "=", "at", "number", "numbered", "numbers"})
_MOST = 40
"""More acts than this no honest sentence tells of."""


def triggers(sentence: Sentence) -> list[Trigger]:
    """Return the acts that a sentence tells of, in order."""
    found: list[Trigger] = []
    for index in range(len(sentence.tokens)):
        trigger = _at(sentence, index=index, before=found)
        if trigger is not None:
            found.append(trigger)
        if len(found) >= _MOST:
            break
    return found


def _at(sentence: Sentence, *, index: int, before: list[Trigger]) -> Trigger | None:
    """Return the act that the token at ``index`` tells of, or None."""
    low = sentence.low(index)
    if low in ("toll", "tolls") and sentence.low(index - 1) != "death":
        return by_toll(sentence, index=index)
    counted = low in ("dead", "deaths", "killed", "victims", "fatalities", "casualties")
    if counted and sentence.follows(index - 2, sequence=("number", "of")):
        return by_toll(sentence, index=index)
    told = sentence.low(index + 1) in _TOLD_AT and low in tallies()
    tally = by_tally(sentence, index=index) if told else None
    if tally is not None:
        return tally
    if low in noun_acts() and is_noun(sentence, index=index):
        return by_noun(sentence, index=index)
    if sentence.tag(index) == "act":
        return by_verb(sentence, index=index, before=before)
    if low in states():
        return by_state(sentence, index=index)
    if low in ("lives", "life"):
        return by_lives(sentence, index=index)
    if low in remains():
        return by_remains(sentence, index=index)
    return None
