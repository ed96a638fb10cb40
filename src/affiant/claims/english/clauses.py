"""The stretch of a sentence that belongs to an act, and the date, place and manner in it."""

import re
from dataclasses import dataclass
from functools import cache

from affiant.claims.english.attributed import Attribution
from affiant.claims.english.cues import Trigger
from affiant.claims.english.dates import DateMention
from affiant.claims.english.places import places_between
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import phrases, table, word_set

_FINITE = frozenset({"be", "have", "modal", "act", "verb", "speech"})
_TIME_SUBS = frozenset({"since", "after", "before", "until", "as", "than", "so"})


@dataclass(frozen=True, slots=True)
class Clause:
    """What belongs to one act.

    Attributes:
        begin: First token, its subject included.
        end: Last token, the words after the verb included.
        tail: First token after the cue and its object.
        floor: First token that the same voice says: a date before it is not the act's.
        subject: First token of the one before the verb, after what leads in.
    """

    begin: int
    end: int
    tail: int
    floor: int
    subject: int


def clause_of(
    sentence: Sentence, *, trigger: Trigger, others: list[Trigger], said: list[Attribution]
) -> Clause:
    """Return what belongs to an act, between its neighbours and what is said by others."""
    starts = [trigger.group]
    for party in (trigger.patient, trigger.agent):
        if party is not None and party.first < trigger.group:
            starts.append(party.front[0] if party.front else party.first)
    begin = min(starts) if trigger.voice != "noun" else trigger.group
    floor = max(
        (
            first
            for one in said
            if one.holds(trigger.first)
            for first, last in one.content
            if first <= trigger.first <= last
        ),
        default=0,
    )
    tail = trigger.last + 1
    if trigger.patient is not None and trigger.patient.last >= trigger.last:
        tail = trigger.patient.last + 1
    ceiling = _ceiling(sentence, trigger=trigger, others=others, said=said)
    end = _tail_end(sentence, start=tail - 1, ceiling=ceiling)
    parties = [party.first for party in (trigger.patient, trigger.agent) if party is not None]
    subject = min([trigger.group, *parties])
    return Clause(max(begin, 0), end, trigger.last + 1, floor, subject)


def _ceiling(
    sentence: Sentence, *, trigger: Trigger, others: list[Trigger], said: list[Attribution]
) -> int:
    """Return the last token that can belong to the act."""
    ceiling = len(sentence.tokens) - 1
    for other in others:
        if other.first <= trigger.last:
            continue
        starts = [other.group]
        if other.patient is not None and other.patient.first > trigger.last:
            starts.append(other.patient.first)
        if other.voice in ("noun",) and other.group > trigger.last + 1:
            continue
        ceiling = min(ceiling, min(starts) - 1)
    for one in said:
        if one.speaker is not None and one.speaker[0] > trigger.last and one.holds(trigger.first):
            ceiling = min(ceiling, min(one.speaker[0], one.cue) - 1)
        if one.holds(trigger.first):
            last = max(last for first, last in one.content if first <= trigger.first <= last)
            ceiling = min(ceiling, last)
    return max(ceiling, trigger.last)


def _tail_end(sentence: Sentence, *, start: int, ceiling: int) -> int:
    """Return where the words after the verb end: at the next clause."""
    last_break = -1
    at = start + 1
    while at <= ceiling:
        tag, low = sentence.tag(at), sentence.low(at)
        if tag == "quote" or (tag == "punct" and low in (";", ":")):
            return at - 1
        if tag == "sub" and not (
            low in _TIME_SUBS and (at + 1 in sentence.date_at or low == "than")
        ):
            return at - 1
        if tag in _FINITE and not _modifies(sentence, at=at):
            return max(last_break - 1, start) if last_break > start else at - 1
        if low == "," or tag == "conj":
            last_break = at
        at += 1
    return max(at - 1, start)


def _modifies(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a verb form stands inside a noun phrase or heads a manner phrase."""
    return sentence.tag(at - 1) in ("det", "adj", "num") or sentence.low(at - 1) in (
        "hands",
        "feet",
        "throats",
        "them",
        "initially",
        "while",
    )


def event_date(sentence: Sentence, *, trigger: Trigger, clause: Clause) -> DateMention | None:
    """Return the date that the sentence states for the act, or None.

    The date of a statement, of an article or of an anniversary is no such date.
    """
    if trigger.voice in ("noun", "remains") and _statement_before(
        sentence, at=trigger.group, floor=clause.floor
    ):
        return None
    for first, last in ((clause.tail, clause.end), (clause.begin, trigger.first)):
        for at in range(first, last + 1):
            mention = sentence.date_at.get(at)
            if mention is not None and not _of_something_else(sentence, at=at, floor=first):
                return mention
    before_when = clause.subject - 2
    if sentence.low(clause.subject - 1) == "when" and sentence.low(before_when) == ",":
        before_when -= 1
    if sentence.low(clause.subject - 1) == "when" and before_when in sentence.date_at:
        return sentence.date_at[before_when]
    if trigger.voice in ("noun", "remains", "toll"):
        return None
    return _fronted(sentence, clause=clause)


def _fronted(sentence: Sentence, *, clause: Clause) -> DateMention | None:
    """Return the date at the front of what the voice says: "On 3 May 2031, …"."""
    for at in range(clause.floor, clause.begin):
        mention = sentence.date_at.get(at)
        if mention is not None:
            return None if _of_something_else(sentence, at=at, floor=clause.floor) else mention
        if sentence.tag(at) in _FINITE or (
            sentence.tag(at) in ("sub", "ing") and at > clause.floor
        ):
            return None
    return None


def _of_something_else(sentence: Sentence, *, at: int, floor: int) -> bool:
    """Tell whether a date is that of a statement or an anniversary."""
    if _statement_before(sentence, at=at, floor=floor):
        return True
    near = sentence.lows(at + 1, last=at + 2)
    return bool(_anniversaries() & set(near)) or (
        sentence.low(at - 1) == "this" and bool(near) and near[0] in _anniversaries()
    )


def _statement_before(sentence: Sentence, *, at: int, floor: int) -> bool:
    """Tell whether "in an article about …" leads up to a token without a verb between."""
    for index in range(at - 1, max(floor, at - 12) - 1, -1):
        if sentence.low(index) in _statements() or sentence.low(index) in _anniversaries():
            return True
        if sentence.tag(index) in _FINITE or sentence.low(index) == ",":
            return False
    return False


def event_place(sentence: Sentence, *, trigger: Trigger, clause: Clause) -> tuple[int, int] | None:
    """Return the place that the clause states for the act, as tokens, or None."""
    if trigger.voice == "noun":
        compound = _compound_place(sentence, trigger=trigger)
        if compound is not None:
            return compound
    found = places_between(sentence, first=trigger.first + 1, last=clause.end)
    if (
        not found
        and trigger.voice in ("passive", "happens", "state")
        and trigger.patient is not None
    ):
        found = places_between(sentence, first=trigger.patient.first, last=trigger.patient.last)
    if not found and trigger.voice == "active" and trigger.agent is not None:
        found = places_between(sentence, first=trigger.agent.last + 1, last=trigger.group - 1)
    if not found and trigger.voice not in ("noun", "remains"):
        found = _fronted_places(sentence, clause=clause)
    return found[0] if found else None


def _fronted_places(sentence: Sentence, *, clause: Clause) -> list[tuple[int, int]]:
    """Return places at the front of what the voice says: "In Sedra, …"."""
    for at in range(clause.floor, clause.begin):
        if sentence.tag(at) in _FINITE or sentence.tag(at) in ("sub", "quote"):
            return []
    if _statement_before(sentence, at=clause.begin, floor=clause.floor):
        return []
    return places_between(sentence, first=clause.floor, last=max(clause.begin, clause.subject))


def _compound_place(sentence: Sentence, *, trigger: Trigger) -> tuple[int, int] | None:
    """Return "Camp Ashraf" in "the 2013 Camp Ashraf massacre"."""
    first = trigger.first
    while first - 1 >= 0 and sentence.tag(first - 1) == NOUN and sentence.named(first - 1):
        first -= 1
    if (
        first == trigger.first
        or sentence.capitals
        or sentence.low(trigger.first - 1).endswith("'s")
    ):
        return None
    return first, trigger.first - 1


def manner(sentence: Sentence, *, clause: Clause) -> tuple[int, int] | None:
    """Return how it was done, as offsets of the words, or None."""
    start, end = sentence.tokens[clause.begin].start, sentence.tokens[clause.end].end
    found = [match.span() for match in _methods().finditer(sentence.text, start, end)]
    if not found:
        return None
    first, last = found[0][0], found[0][1]
    for begin, close in found[1:]:
        if begin - last > 60:
            break
        last = close
    return first, last


def linked(sentence: Sentence, *, before: Trigger, after: Trigger) -> bool:
    """Tell whether two acts share date and place: only "and" and their parties between."""
    for at in range(before.last + 1, after.first):
        tag, low = sentence.tag(at), sentence.low(at)
        if tag in ("sub", "quote", "speech", "verb") or low in (";", ":"):
            return False
    return after.first - before.last < 25


@cache
def other_occasions() -> frozenset[str]:
    """Return the words whose date is that of a statement, an anniversary or a plan."""
    return _statements() | _anniversaries() | word_set("dates", "occasions")


@cache
def _methods() -> re.Pattern[str]:
    return phrases(table("methods")["patterns"])


@cache
def _statements() -> frozenset[str]:
    return frozenset(table("dates")["statement"])


@cache
def _anniversaries() -> frozenset[str]:
    return word_set("dates", "anniversary")
