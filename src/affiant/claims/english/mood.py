"""Whether an act is told as done, possible, meant, asked for, or denied."""

from dataclasses import dataclass
from functools import cache

from affiant.claims.english.cues import Trigger
from affiant.claims.english.phrases import Phrase
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import word_set
from affiant.model.vocabulary import Modality

_NOBODY = frozenset({"nobody", "no-one", "none", "no", "neither"})
_ASK = frozenset(
    {
        "demand",
        "demanded",
        "demands",
        "call",
        "called",
        "calls",
        "urge",
        "urged",
        "urges",
        "calling",
        "demanding",
    }
)
_DOUBT = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})
_RISKS = frozenset(
    {"risk", "risks", "danger", "fear", "fears", "threat", "threats", "possibility", "prospect"}
)
_TRIES = frozenset(
    {"attempt", "attempts", "attempted", "plot", "plan", "plans", "conspiracy", "planned", "bid"}
)


_POSTURES = frozenset({"feared", "presumed", "believed", "considered"})
_MODALS: dict[str, Modality] = {
    **dict.fromkeys(("may", "might", "could", "possibly", "perhaps"), "possible"),
    **dict.fromkeys(("will", "shall", "going", "'ll"), "intended"),
    **dict.fromkeys(("would", "should"), "conditional"),
    **dict.fromkeys(("must", "cannot"), "called_for"),
}


@dataclass(frozen=True, slots=True)
class Mood:
    """How an act is told.

    Attributes:
        modality: As in the closed list.
        denied: True where it is said not to have been done.
        hearsay: True where the voice marks it as told by others: "reportedly".
        nobody: True where the number is none: "nobody was detained".
        cue: The words that decided, or the empty string.
    """

    modality: Modality = "actual"
    denied: bool = False
    hearsay: bool = False
    nobody: bool = False
    cue: str = ""


def mood_of(sentence: Sentence, *, trigger: Trigger) -> Mood | None:
    """Return how the act is told, or None where it is not told at all ("without killing")."""
    lows = sentence.lows(trigger.group, last=trigger.first)
    tags = [sentence.tag(at) for at in range(trigger.group, trigger.first)]
    before = sentence.low(trigger.group - 1)
    if before in ("without", "instead", "rather"):
        return None
    hearsay = bool(_DOUBT & set(lows) or before in _DOUBT)
    if trigger.voice == "noun" and sentence.low(trigger.first - 1) == "no":
        return Mood(denied=True, nobody=True, cue="no")
    if names_nobody(sentence, patient=trigger.patient) and "modal" in tags:
        return None
    if names_nobody(sentence, patient=trigger.patient):
        return Mood(
            denied=True,
            nobody=True,
            cue=sentence.low(trigger.patient.first) if trigger.patient else "",
        )
    if "neg" in tags:
        return Mood(denied=True, cue="not")
    if trigger.voice == "active" and names_nobody(sentence, patient=trigger.agent):
        return Mood(denied=True, cue="no one")
    modality, cue = _modality(sentence, trigger=trigger, lows=lows)
    return Mood(modality, hearsay=hearsay, cue=cue)


def names_nobody(sentence: Sentence, *, patient: Phrase | None) -> bool:
    """Tell whether a noun phrase is nobody: "no villager", "not one civilian"."""
    if patient is None:
        return False
    low = sentence.low(patient.first)
    if sentence.low(patient.first - 1) == "not" and low in ("one", "a"):
        return low == "one" or sentence.low(patient.first + 1) == "single"
    return low in _NOBODY and sentence.low(patient.first + 1) not in ("fewer", "less", "more")


def _modality(sentence: Sentence, *, trigger: Trigger, lows: list[str]) -> tuple[Modality, str]:
    """Return the modality and the word that gives it."""
    if trigger.voice in ("noun", "remains"):
        return _of_noun(sentence, trigger=trigger)
    if "to" in lows or (sentence.tag(trigger.group - 1) == "to"):
        return _of_infinitive(sentence, trigger=trigger)
    if "should" in lows and sentence.low(trigger.group - 1) in ("we", "i"):
        return "intended", "should"
    for word in lows:
        if word in _MODALS:
            return _if_or(sentence, trigger=trigger, modality=_MODALS[word], cue=word)
    for word in sentence.lows(trigger.group - 1, last=trigger.first):
        if word in _POSTURES:
            return "possible", word
    if sentence.low(trigger.first).endswith("ing"):
        return _of_infinitive(sentence, trigger=trigger)
    return _if_or(sentence, trigger=trigger, modality="actual", cue="")


def _if_or(
    sentence: Sentence, *, trigger: Trigger, modality: Modality, cue: str
) -> tuple[Modality, str]:
    """Return "conditional" where "if" or "unless" stands before, else the modality."""
    last = trigger.group if modality != "intended" else len(sentence.tokens)
    for low in sentence.lows(0, last=last):
        if low in ("if", "unless"):
            return "conditional", low
    return modality, cue


def _of_infinitive(sentence: Sentence, *, trigger: Trigger) -> tuple[Modality, str]:
    """Return the modality that the verb above an infinitive or a gerund gives."""
    begin = trigger.group
    for at in range(begin - 1, max(begin - 5, -1), -1):
        low = sentence.low(at)
        if low in _intended():
            return _if_or(sentence, trigger=trigger, modality="intended", cue=low)
        if low in _RISKS or low in ("avoid", "prevent", "risking", "fearing", "afraid"):
            return "possible", low
        if low in _ASK:
            return "called_for", low
        if sentence.tag(at) in ("punct", "sub"):
            break
    perfect = "have" in sentence.lows(trigger.group, last=trigger.first)
    if perfect and sentence.tag(trigger.group - 1) in ("speech", "verb", "adv", "noun"):
        doubtful = sentence.low(trigger.group - 1) in _POSTURES | {"thought", "alleged"}
        return ("possible", sentence.low(trigger.group - 1)) if doubtful else ("actual", "")
    infinitive = "to" in sentence.lows(trigger.group - 1, last=trigger.first)
    managed = set(sentence.lows(max(begin - 3, 0), last=begin)) & {
        "managed",
        "continued",
        "began",
        "begun",
        "started",
        "forced",
        "proceeded",
        "went",
        "said",
        "reported",
        "alleged",
        "known",
        "believed",
        "happened",
    }
    if infinitive and not managed:
        return "intended", "to"
    return "actual", ""


def _of_noun(sentence: Sentence, *, trigger: Trigger) -> tuple[Modality, str]:
    """Return the modality of "the killing of …", "an attempted murder", "the risk of arrest"."""
    for at in range(max(trigger.group - 3, 0), trigger.first):
        low = sentence.low(at)
        if low in _TRIES:
            return "intended", low
        if low in _RISKS:
            return "possible", low
        if low in ("possible", "alleged"):
            return "possible", low
    if sentence.low(trigger.last + 1) in ("attempt", "attempts", "plot", "threat", "threats"):
        return "intended", sentence.low(trigger.last + 1)
    return "actual", ""


@cache
def _intended() -> frozenset[str]:
    return word_set("civic", "modality", "intended")
