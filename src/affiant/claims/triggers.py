"""Words that tell of an act, and whether what stands before them did or suffered it."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from affiant.claims.attribution import group_start
from affiant.claims.lexicon import table, verb_forms, word_set
from affiant.claims.numbers import quantity_at
from affiant.claims.phrases import (
    Phrase,
    head,
    object_after,
    object_past_inserts,
    subject_before,
)
from affiant.claims.tagging import NOUN, Act, Sentence, act_forms

Voice = Literal["active", "passive", "happens", "noun", "state", "remains", "toll"]

_TIMES = frozenset("week weeks month months year years day days night hour hours minutes morning afternoon evening time times last".split())
_POSTURES = frozenset("remain remains remained reported feared presumed found listed declared left leaving leaves leave missing confirmed believed considered went shot lay lying".split())


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
    """

    first: int
    last: int
    group: int
    act: str
    voice: Voice
    patient: Phrase | None
    agent: Phrase | None
    rule: str


def triggers(sentence: Sentence) -> list[Trigger]:
    """Return the acts that a sentence tells of, in order."""
    found: list[Trigger] = []
    for index, token in enumerate(sentence.tokens):
        trigger: Trigger | None = None
        low = token.low
        if low in _nouns() and _is_noun(sentence, index):
            trigger = _by_noun(sentence, index)
        elif token.tag == "act":
            trigger = _by_verb(sentence, index, before=found)
        elif low in _states():
            trigger = _by_state(sentence, index)
        elif low in ("lives", "life"):
            trigger = _by_lives(sentence, index)
        elif low in _remains():
            trigger = _by_remains(sentence, index)
        if trigger is not None:
            found.append(trigger)
    return found


def clause_subject(
    sentence: Sentence, index: int, *, coordinated: bool = False
) -> Phrase | None:
    """Return the subject of the nearest finite verb to the left.

    What "and" joins has the subject of the verb before, in a relative clause too; a
    participle after a comma has that of the main clause.
    """
    for at in range(index - 1, max(index - 60, -1), -1):
        if sentence.tag(at) in ("verb", "act", "speech") or (sentence.tag(at) == "be" and sentence.tag(at + 1) not in ("verb", "act", "speech")):
            subject = subject_before(sentence, group_start(sentence, at))
            if subject is not None and (coordinated or not subject.antecedent):
                return subject
        told = sentence.low(at) == "that" and sentence.tag(at - 1) in ("speech", "date", "adv")
        if sentence.low(at) == ";" or told:
            return None
    return None


def _is_noun(sentence: Sentence, index: int) -> bool:
    """Tell whether a word that may be a verb form stands as a noun here."""
    if sentence.tag(index) == NOUN:
        return True
    before, after = sentence.tag(index - 1), sentence.low(index + 1)
    if sentence.tag(index) != "act" or not sentence.low(index).endswith("ing"):
        return False
    return after == "of" or (before in ("det", "adj") and after in ("by", "in", "and", "on", "at", ".", ","))


def _by_verb(sentence: Sentence, index: int, *, before: list[Trigger]) -> Trigger | None:
    """Return the act of a verb form, or None where it tells of none."""
    act = act_forms()[sentence.low(index)]
    group = group_start(sentence, index)
    tags = {sentence.tag(at) for at in range(group, index)}
    part = _second_part(sentence, index, act=act)
    told, last, between = part if part is not None else (act.plain, index, None)
    if told is None or sentence.low(index + 1) == "at" and act.form.lemma == "shoot" and part is None:
        return None
    if act.happens or told in ("death_in_custody",) or (part and act.form.lemma in ("go", "flee")):
        return _happening(sentence, index, group=group, last=last, told=told)
    cue = " ".join(sentence.lows(index, index)) + (f" … {sentence.low(last)}" if last > index else "")
    if act.form.participle and "be" in tags and not act.form.ing:
        subject = subject_before(sentence, group) or _shared_patient(sentence, group, before=before)
        return Trigger(index, last, group, told, "passive", subject, None, f"passive verb “{cue}”")
    return _without_be(sentence, index, group=group, act=act, part=(told, last, between), before=before)


def _without_be(
    sentence: Sentence, index: int, *, group: int, act: Act, part: tuple[str, int, Phrase | None], before: list[Trigger]
) -> Trigger | None:
    """Return an active verb, or a participle that stands for a passive."""
    told, last, between = part
    form = act.form
    cue = sentence.low(index)
    if form.participle and group == index and sentence.tag(index - 1) in ("det", "adj", "num", "prep") and not form.ing:
        return _by_attribute(sentence, index, act=told)
    patient = between or _patient_after(sentence, last + 1)
    tags = {sentence.tag(at) for at in range(group, index)}
    finite = bool(tags & {"have", "modal", "to"}) or form.base or form.third or form.ing
    if patient is None:
        patient = _shared_object(sentence, last + 1)
    if patient is None and not finite and form.participle:
        subject = subject_before(sentence, group) or _shared_patient(sentence, group, before=before)
        if subject is None or sentence.tag(subject.last) == "pron" and group == index:
            return None
        return Trigger(index, last, group, told, "passive", subject, None, f"participle “{cue}” after those it befell")
    if patient is None:
        return None
    agent = _agent_before(sentence, index, group=group, ing=form.ing and "be" not in tags)
    return Trigger(index, last, group, told, "active", patient, agent, f"active verb “{cue}”")


def _agent_before(sentence: Sentence, index: int, *, group: int, ing: bool) -> Phrase | None:
    """Return who does what an active verb tells."""
    if sentence.low(group) == "to":
        governed = sentence.tag(group - 1) in ("verb", "act", "speech", "ing", "adv")
        return clause_subject(sentence, group) if governed else None
    if ing:
        return clause_subject(sentence, group)
    subject = subject_before(sentence, group)
    if subject is not None:
        return subject
    if sentence.tag(group - 1) == "conj" or sentence.low(group - 1) == ",":
        return clause_subject(sentence, group - 1, coordinated=True)
    return None


def _patient_after(sentence: Sentence, index: int) -> Phrase | None:
    """Return the object of an active verb unless it is a stretch of time."""
    found = object_past_inserts(sentence, index)
    if found is None or head(sentence, found) in _TIMES or sentence.low(found.first) in ("last", "earlier", "this", "that") and head(sentence, found) in _TIMES:
        return None
    if sentence.low(found.first) in ("last",):
        return None
    return found


def _shared_object(sentence: Sentence, index: int) -> Phrase | None:
    """Return the object of the verb after "and": "kidnapped and killed three men"."""
    if sentence.tag(index) != "conj":
        return None
    at = index + 1
    while sentence.tag(at) == "adv":
        at += 1
    return _patient_after(sentence, at + 1) if sentence.tag(at) == "act" else None


def _shared_patient(sentence: Sentence, group: int, *, before: list[Trigger]) -> Phrase | None:
    """Return those of the verb before "and": "were abducted and killed"."""
    if not before or not (sentence.tag(group - 1) == "conj" or sentence.low(group - 1) == ","):
        return None
    previous = before[-1]
    near = group - previous.last < 14
    return previous.patient if near and previous.voice in ("passive", "happens") else None


def _happening(sentence: Sentence, index: int, *, group: int, last: int, told: str) -> Trigger | None:
    """Return what befell the subject: "twelve people died"."""
    if sentence.low(index).endswith("ing") and "be" not in {sentence.tag(at) for at in range(group, index)}:
        return None
    if set(sentence.lows(last + 1, last + 7)) & word_set("acts", "natural", "causes"):
        return None
    subject = subject_before(sentence, group)
    if subject is None:
        return None
    if sentence.tag(group - 1) == "to":
        subject = clause_subject(sentence, group)
    return Trigger(index, last, group, told, "happens", subject, None, f"“{sentence.low(index)}” of those it befell")


def _second_part(sentence: Sentence, index: int, *, act: Act) -> tuple[str, int, Phrase | None] | None:
    """Return the act of a verb with its second part: "shot dead", "took seven people hostage"."""
    if not act.parts:
        return None
    at = index + 1
    while sentence.tag(at) == "adv":
        at += 1
    for words, told in act.parts:
        if sentence.follows(at, words):
            return told, at + len(words) - 1, None
    between = object_after(sentence, at)
    if between is None or between.last - at > 14:
        return None
    for begin in (between.last + 1, between.last, between.last - 1):
        for words, told in act.parts:
            if begin > at and sentence.follows(begin, words):
                return told, begin + len(words) - 1, Phrase(between.first, begin - 1)
    return None


def _by_noun(sentence: Sentence, index: int) -> Trigger | None:
    """Return the act of a noun: "the killing of twelve villagers", "52 deaths"."""
    low, after = sentence.low(index), index + 1
    if low == "death" and sentence.low(after) == "toll":
        return _by_toll(sentence, after)
    if sentence.tag(after) == NOUN and not sentence.named(after) and sentence.low(after) not in ("victims",):
        return None
    patient: Phrase | None = None
    if sentence.low(after) in ("of", "against"):
        patient = object_after(sentence, after + 1)
    elif quantity_at(sentence, index - 1) is not None and sentence.tag(index - 1) == "num":
        patient = Phrase(_number_start(sentence, index - 1), index - 1)
    elif sentence.low(index - 1).endswith("'s"):
        subject = subject_before(sentence, index)
        patient = None if subject is None else Phrase(subject.first, index - 1)
    group = index
    while sentence.tag(group - 1) in ("det", "adj", "date", NOUN, "num", "punct") and index - group < 8 and group > 0:
        if sentence.tag(group - 1) == "punct" and sentence.low(group - 1) != "-":
            break
        group -= 1
    return Trigger(index, index, group, _nouns()[low], "noun", patient, None, f"noun “{low}”")


def _by_toll(sentence: Sentence, index: int) -> Trigger | None:
    """Return "the death toll rose to 45"."""
    for at in range(index + 1, min(index + 12, len(sentence.tokens))):
        quantity = quantity_at(sentence, at)
        if quantity is not None and (quantity.low is not None or quantity.high is not None):
            patient = Phrase(quantity.first, quantity.last)
            return Trigger(index - 1, index, index - 1, "killing", "toll", patient, None, "“death toll” with a number")
    return None


def _by_state(sentence: Sentence, index: int) -> Trigger | None:
    """Return "12 are dead", "left 12 dead", "14 people are missing"."""
    act = _states()[sentence.low(index)]
    low = sentence.low(index)
    if sentence.tag(index + 1) == NOUN and low != "hostage":
        return _by_attribute(sentence, index, act=act)
    group = group_start(sentence, index)
    if sentence.low(group - 1) in _POSTURES and group == index:
        group = group_start(sentence, group - 1)
    posture = group < index
    if sentence.low(index - 1) in ("the", "a", "of") or (low == "hostage" and not posture):
        return None
    patient = subject_before(sentence, group)
    if patient is None or (not posture and quantity_at(sentence, patient.first) is None):
        return None
    return Trigger(index, index, group, act, "state", patient, None, f"“{low}” of those it befell")


def _by_attribute(sentence: Sentence, index: int, *, act: str) -> Trigger | None:
    """Return "one dead terrorist": the state as an attribute, with a number before it."""
    if sentence.tag(index - 1) != "num":
        return None
    first = _number_start(sentence, index - 1)
    last = index
    while sentence.tag(last + 1) in (NOUN, "adj"):
        last += 1
    if last == index:
        return None
    return Trigger(index, index, first, act, "state", Phrase(first, last), None, f"“{sentence.low(index)}” with a number")


def _by_lives(sentence: Sentence, index: int) -> Trigger | None:
    """Return "52 lives were extinguished", "claimed 12 lives", "lost their lives"."""
    verbs = _taking_lives()
    at = index + 1
    while sentence.tag(at) in ("be", "have", "adv", "modal"):
        at += 1
    if at > index + 1 and sentence.low(at) in verbs and verbs[sentence.low(at)].participle:
        group = group_start(sentence, at)
        subject = subject_before(sentence, group)
        return None if subject is None else Trigger(at, at, group, "killing", "passive", subject, None, f"“lives … {sentence.low(at)}”")
    return _lives_as_object(sentence, index)


def _lives_as_object(sentence: Sentence, index: int) -> Trigger | None:
    """Return "claimed 12 lives", "cost the lives of 12 people" and "lost their lives"."""
    at = index - 1
    while sentence.tag(at) in ("num", "det", "adj", "prep", "adv", NOUN) and index - at < 6 and at > 0:
        if sentence.low(at) in _taking_lives():
            break
        at -= 1
    form = _taking_lives().get(sentence.low(at))
    if form is None:
        return None
    group = group_start(sentence, at)
    if form.lemma == "lose":
        patient = subject_before(sentence, group) or clause_subject(sentence, group)
        return None if patient is None else Trigger(at, index, group, "killing", "happens", patient, None, "“lost … lives”")
    patient = object_after(sentence, index + 2) if sentence.low(index + 1) == "of" else object_after(sentence, at + 1)
    if patient is None:
        return None
    agent = subject_before(sentence, group)
    return Trigger(at, index, group, "killing", "active", patient, agent, f"“{sentence.low(at)} … {sentence.low(index)}”")


def _by_remains(sentence: Sentence, index: int) -> Trigger | None:
    """Return "the bodies of twelve villagers" and "two bodies were found"."""
    if sentence.low(index + 1) == "of":
        patient = object_after(sentence, index + 2)
    elif sentence.tag(index - 1) == "num" and sentence.tag(index + 1) in ("be", "verb", "prep", "have", "act", "punct", "end"):
        patient = Phrase(_number_start(sentence, index - 1), index)
    else:
        patient = None
    if patient is None:
        return None
    return Trigger(index, index, index, "killing", "remains", patient, None, f"“{sentence.low(index)}” of people")


def _number_start(sentence: Sentence, index: int) -> int:
    """Return where the number expression that ends at ``index`` begins."""
    for first in range(max(index - 6, 0), index):
        quantity = quantity_at(sentence, first)
        if quantity is not None and quantity.last == index:
            return first
    return index


@cache
def _nouns() -> dict[str, str]:
    return {low: act for act, words in table("acts")["noun"].items() for low in words.split()}


@cache
def _states() -> dict[str, str]:
    return {low: act for act, words in table("acts")["state"].items() for low in words.split()}


@cache
def _remains() -> frozenset[str]:
    return word_set("acts", "remains", "killing")


@cache
def _taking_lives() -> dict:  # type: ignore[type-arg]
    acts = table("acts")
    return verb_forms(acts["lives"]["verbs"], irregular=acts["irregular"])
