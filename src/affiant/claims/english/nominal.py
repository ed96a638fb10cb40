"""Acts told by nouns and states: "the killing of", "12 dead", "52 lives", "two bodies"."""

from functools import cache

from affiant.claims.english.attributed import group_start
from affiant.claims.english.cues import Trigger, by_attribute, by_toll, number_start
from affiant.claims.english.forms import VerbForm, verb_forms
from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.phrases import Phrase, object_after
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.english.verbal import clause_subject
from affiant.claims.lexicon import table, word_set
from affiant.model.vocabulary import Act

_POSTURES = frozenset(
    {
        "remain",
        "remains",
        "remained",
        "reported",
        "feared",
        "presumed",
        "found",
        "listed",
        "declared",
        "left",
        "leaving",
        "leaves",
        "leave",
        "missing",
        "confirmed",
        "believed",
        "considered",
        "went",
        "shot",
        "lay",
        "lying",
    }
)


def is_noun(sentence: Sentence, *, index: int) -> bool:
    """Tell whether a word that may be a verb form stands as a noun here."""
    if sentence.tag(index) == NOUN:
        return True
    before, after = sentence.tag(index - 1), sentence.low(index + 1)
    if sentence.tag(index) != "act" or not sentence.low(index).endswith("ing"):
        return False
    return after == "of" or (
        before in ("det", "adj") and after in ("by", "in", "and", "on", "at", ".", ",", "itself")
    )


def by_noun(sentence: Sentence, *, index: int) -> Trigger | None:
    """Return the act of a noun: "the killing of twelve villagers", "52 deaths"."""
    low, after = sentence.low(index), index + 1
    if sentence.low(after) == "itself":
        return None
    if low in ("death", "deaths") and sentence.low(after) in ("toll", "count"):
        return by_toll(sentence, index=after)
    if (
        sentence.tag(after) == NOUN
        and not sentence.named(after)
        and sentence.low(after) not in ("victims",)
    ):
        return None
    patient: Phrase | None = None
    if sentence.low(after) in ("of", "against"):
        patient = object_after(sentence, index=after + 1)
    elif sentence.tag(number := _number_before(sentence, index=index)) == "num":
        patient = Phrase(number_start(sentence, index=number), number)
    elif sentence.low(index - 1).endswith("'s"):
        subject = subject_before(sentence, index=index)
        patient = None if subject is None else Phrase(subject.first, index - 1)
    group = index
    while (
        sentence.tag(group - 1) in ("det", "adj", "date", NOUN, "num", "punct")
        and index - group < 8
        and group > 0
    ):
        if sentence.tag(group - 1) == "punct" and sentence.low(group - 1) != "-":
            break
        group -= 1
    return Trigger(index, index, group, noun_acts()[low], "noun", patient, None, f"noun “{low}”")


def _number_before(sentence: Sentence, *, index: int) -> int:
    """Return where the number before "arbitrary arrests" would stand."""
    at = index - 1
    while sentence.tag(at) == "adj" and index - at < 3:
        at -= 1
    return at


def by_state(sentence: Sentence, *, index: int) -> Trigger | None:
    """Return "12 are dead", "left 12 dead", "14 people are missing"."""
    act = states()[sentence.low(index)]
    low = sentence.low(index)
    if sentence.tag(index + 1) == NOUN and low != "hostage":
        return by_attribute(sentence, index=index, act=act)
    group = group_start(sentence, index=index)
    if sentence.low(group - 1) in _POSTURES and group == index:
        group = group_start(sentence, index=group - 1)
    if sentence.low(index - 1) == "as" and group == index:
        group = group_start(sentence, index=index - 2)
    posture = group < index
    among = sentence.follows(index - 2, sequence=("among", "the"))
    if among:
        return _among_them(sentence, index=index, act=act)
    if sentence.low(index - 1) in ("the", "a", "of") or (low == "hostage" and not posture):
        return None
    patient = subject_before(sentence, index=group)
    if not posture and sentence.tag(index - 1) == "num":
        patient = Phrase(number_start(sentence, index=index - 1), index - 1)
    if patient is None and posture and group == 0 and low in ("dead", "lifeless", "missing"):
        rule = f"“{low}” of one named before"
        return Trigger(index, index, group, act, "fragment", None, None, rule)
    if patient is None or (not posture and quantity_at(sentence, index=patient.first) is None):
        return None
    return Trigger(index, index, group, act, "state", patient, None, f"“{low}” of those it befell")


def by_tally(sentence: Sentence, *, index: int) -> Trigger | None:
    """Return "Killed: 3" and "Injured: nineteen"."""
    number = quantity_at(sentence, index=index + 2)
    if number is None or number.low is number.high is None:
        return None
    act = tallies()[sentence.low(index)]
    patient = Phrase(number.first, number.last)
    rule = f"“{sentence.low(index)}” with a number after the colon"
    return Trigger(index, index, index, act, "toll", patient, None, rule)


def _among_them(sentence: Sentence, *, index: int, act: Act) -> Trigger | None:
    """Return "counts eleven clergy among the dead": those who stand right before it."""
    patient = subject_before(sentence, index=index - 2)
    numbered = patient is not None and quantity_at(sentence, index=patient.first) is not None
    if patient is None or not numbered:
        return None
    return Trigger(index, index, index - 2, act, "state", patient, None, "“among the dead”")


def by_lives(sentence: Sentence, *, index: int) -> Trigger | None:
    """Return "52 lives were extinguished", "claimed 12 lives", "lost their lives"."""
    verbs = _taking_lives()
    at = index + 1
    while sentence.tag(at) in ("be", "have", "adv", "modal"):
        at += 1
    if at > index + 1 and sentence.low(at) in verbs and verbs[sentence.low(at)].participle:
        group = group_start(sentence, index=at)
        subject = subject_before(sentence, index=group)
        return (
            None
            if subject is None
            else Trigger(
                at, at, group, "killing", "passive", subject, None, f"“lives … {sentence.low(at)}”"
            )
        )
    return _lives_as_object(sentence, index=index)


def _lives_as_object(sentence: Sentence, *, index: int) -> Trigger | None:
    """Return "claimed 12 lives", "cost the lives of 12 people" and "lost their lives"."""
    at = index - 1
    while (
        sentence.tag(at) in ("num", "det", "adj", "prep", "adv", NOUN) and index - at < 6 and at > 0
    ):
        if sentence.low(at) in _taking_lives():
            break
        at -= 1
    form = _taking_lives().get(sentence.low(at))
    if form is None:
        return None
    group = group_start(sentence, index=at)
    if form.lemma == "lose":
        patient = subject_before(sentence, index=group) or clause_subject(sentence, index=group)
        return (
            None
            if patient is None
            else Trigger(at, index, group, "killing", "happens", patient, None, "“lost … lives”")
        )
    patient = (
        object_after(sentence, index=index + 2)
        if sentence.low(index + 1) == "of"
        else object_after(sentence, index=at + 1)
    )
    if patient is None:
        return None
    agent = subject_before(sentence, index=group)
    return Trigger(
        at,
        index,
        group,
        "killing",
        "active",
        patient,
        agent,
        f"“{sentence.low(at)} … {sentence.low(index)}”",
    )


def by_remains(sentence: Sentence, *, index: int) -> Trigger | None:
    """Return "the bodies of twelve villagers" and "two bodies were found"."""
    if sentence.low(index + 1) == "of":
        patient = object_after(sentence, index=index + 2)
    elif sentence.tag(index - 1) == "num" and sentence.tag(index + 1) in (
        "be",
        "verb",
        "prep",
        "have",
        "act",
        "punct",
        "end",
    ):
        patient = Phrase(number_start(sentence, index=index - 1), index)
    elif sentence.low(index - 1) in ("their", "his", "her") and sentence.tag(index + 1) in ("be",):
        patient = Phrase(index - 1, index)
    else:
        patient = _found_dead(sentence, index=index)
    if patient is None:
        return None
    return Trigger(
        index,
        index,
        index,
        "killing",
        "remains",
        patient,
        None,
        f"“{sentence.low(index)}” of people",
    )


def _found_dead(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return "a fourth body" and "two bodies" where the sentence tells that they were found."""
    around = sentence.lows(index - 10, last=index + 10)
    if word_set("acts", "finding", "verbs").isdisjoint(around) or sentence.low(index) == "remains":
        return None
    first = index
    while sentence.tag(first - 1) in ("adj", "num", "det", NOUN) and index - first < 4:
        first -= 1
    counted = quantity_at(sentence, index=first) is not None
    one = sentence.low(first) in ("a", "another", "the") and sentence.low(index) in (
        "body",
        "corpse",
    )
    return Phrase(first, index) if (counted or one) and first < index else None


@cache
def tallies() -> dict[str, Act]:
    """Return the words of tallies with the act of each."""
    return {low: act for act, words in table("acts")["tallies"].items() for low in words.split()}


@cache
def noun_acts() -> dict[str, Act]:
    """Return the nouns of acts with the act of each."""
    return {low: act for act, words in table("acts")["noun"].items() for low in words.split()}


@cache
def states() -> dict[str, Act]:
    """Return the words for states with the act of each."""
    return {low: act for act, words in table("acts")["state"].items() for low in words.split()}


@cache
def remains() -> frozenset[str]:
    """Return the words for people found dead."""
    return word_set("acts", "remains", "killing")


@cache
def _taking_lives() -> dict[str, VerbForm]:
    acts = table("acts")
    return verb_forms(acts["lives"]["verbs"], irregular=acts["irregular"])
