"""What an act is done to: people, goods, houses, and which act that makes it."""

from functools import cache

from affiant.claims.english.agents import can_act
from affiant.claims.english.counting import inner_people, is_people, surely_people
from affiant.claims.english.cues import Trigger
from affiant.claims.english.frames import act_forms, loose_verbs
from affiant.claims.english.persons import is_person
from affiant.claims.english.phrases import Phrase, head, leading_quantity
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import table, word_set
from affiant.model.vocabulary import FAMILY_OF, Act

HUMAN = frozenset(
    {"killing", "taking", "wounding", "ill_treatment", "sexual_violence", "displacement"}
)
_BY_VERB = frozenset({"active", "passive"})
_NOT_RUINED = frozenset({"everything", "land", "money", "cash", "savings", "identity"})
OBJECT_ACTS = frozenset({"destruction_of_property", "confiscation", "attack_on_civilian_object"})


def people_hit(sentence: Sentence, *, trigger: Trigger, act: Act) -> Phrase | None:
    """Return those to whom it was done, or None where the words name nobody that it can be."""
    if trigger.patient is None:
        return None
    patient = inner_people(sentence, patient=trigger.patient)
    if _other_sense(sentence, trigger=trigger):
        return None
    if FAMILY_OF[act] in HUMAN and not is_people(sentence, patient=patient):
        return None
    burning = sentence.low(trigger.first) == "burning" and FAMILY_OF[act] == "wounding"
    if burning and not surely_people(sentence, patient=patient):
        return None
    if FAMILY_OF[act] not in HUMAN or not is_loose(sentence, trigger=trigger):
        return patient
    held = _lemma(sentence, trigger=trigger) in ("hold", "take", "keep", "seize", "fetch")
    if trigger.voice != "active" and not held:
        return patient
    plainly = surely_people(sentence, patient=patient)
    if sentence.capitals and held:
        plainly = _listed_people(sentence, patient=patient)
    return patient if plainly else None


def _other_sense(sentence: Sentence, *, trigger: Trigger) -> bool:
    """Tell whether a verb has another sense with its object: "a service is held"."""
    lemma = _lemma(sentence, trigger=trigger)
    senses = table("acts")["senses"]
    if trigger.patient is None or lemma not in senses:
        return False
    patient = trigger.patient
    bare = patient.first == patient.last or sentence.tag(patient.last) == "num"
    holder = trigger.agent if lemma == "hold" and bare else None
    if holder is not None:
        it = sentence.low(holder.last) == "it"
        if it or not can_act(sentence, phrase=holder):
            return True
    return head(sentence, phrase=patient) in word_set("acts", "senses", lemma)


def _listed_people(sentence: Sentence, *, patient: Phrase) -> bool:
    """Tell whether words in capitals are people by a listed word or by a number alone."""
    quantity = leading_quantity(sentence, phrase=patient)
    alone = quantity is not None and quantity.last == patient.last
    return alone or head(sentence, phrase=patient) in word_set("people", "people")


def is_loose(sentence: Sentence, *, trigger: Trigger) -> bool:
    """Tell whether the verb is used of things as often as of people."""
    return (
        act_forms()[sentence.low(trigger.first)].form.lemma in loose_verbs()
        if sentence.low(trigger.first) in act_forms()
        else False
    )


def object_act(sentence: Sentence, *, trigger: Trigger) -> Act | None:
    """Return the act against a thing, or None where the thing is not one that counts."""
    if trigger.patient is None:
        return None
    low = head(sentence, phrase=trigger.patient)
    if trigger.act == "abduction":
        goods = low in word_set("people", "goods") or low in word_set("people", "property")
        away = _lemma(sentence, trigger=trigger) in word_set("acts", "loose", "away")
        return "confiscation" if goods and away else "abduction"
    if trigger.act == "confiscation":
        return _taking(sentence, trigger=trigger, low=low)
    words = set(sentence.lows(trigger.patient.first, last=trigger.patient.last))
    if trigger.act == "attack_on_civilian_object" and _is_blow(sentence, trigger=trigger):
        return "wounding" if trigger.voice == "passive" else "ill_treatment"
    if trigger.act == "attack_on_civilian_object":
        if low in word_set("people", "medical_places"):
            return "attack_on_medical_facility"
        civilian = low in word_set("people", "civilian_places") or _from_afar(
            sentence, trigger=trigger
        )
        return "attack_on_civilian_object" if civilian else None
    if is_property(low) or words & word_set("people", "medical_places"):
        return "destruction_of_property"
    named = not sentence.capitals and sentence.named(trigger.patient.first)
    burned = sentence.low(trigger.first).startswith("burn") and named
    return "destruction_of_property" if burned else None


def _lemma(sentence: Sentence, *, trigger: Trigger) -> str:
    """Return the verb of the cue as it stands in the word list; nothing for a noun."""
    form = act_forms().get(sentence.low(trigger.first))
    return "" if form is None or trigger.voice == "noun" else form.form.lemma


def _is_blow(sentence: Sentence, *, trigger: Trigger) -> bool:
    """Tell whether "hit" and "strike" tell of a blow to a person."""
    patient = trigger.patient
    lemma = _lemma(sentence, trigger=trigger)
    if patient is None or lemma not in ("hit", "strike") or trigger.voice == "noun":
        return False
    if trigger.voice == "passive":
        return is_person(head(sentence, phrase=patient)) or sentence.tag(patient.first) == "pron"
    people = surely_people(sentence, patient=patient) and not sentence.named(patient.last)
    return people and trigger.agent is not None and can_act(sentence, phrase=trigger.agent)


def _from_afar(sentence: Sentence, *, trigger: Trigger) -> bool:
    """Tell whether a named place was shelled, or hit by guns or aircraft."""
    patient, agent = trigger.patient, trigger.agent
    if patient is None or sentence.capitals or not sentence.named(patient.last):
        return False
    if head(sentence, phrase=patient) in word_set("people", "people"):
        return False
    if _lemma(sentence, trigger=trigger) in ("shell", "bomb", "bombard"):
        return True
    return agent is not None and head(sentence, phrase=agent) in word_set("people", "guns")


def _taking(sentence: Sentence, *, trigger: Trigger, low: str) -> Act | None:
    """Return what "took" and "seized" tell: goods confiscated, or people abducted."""
    goods = low in word_set("people", "goods") or low in word_set("people", "property")
    lemma = _lemma(sentence, trigger=trigger)
    loose = lemma in ("take", "seize", "keep")
    if goods or (not loose and low not in word_set("people", "people")):
        return "confiscation"
    if not loose and trigger.patient is not None:
        return "abduction" if trigger.voice != "noun" else None
    patient = trigger.patient
    if patient is None or lemma not in ("take", "seize"):
        return None
    if not surely_people(sentence, patient=patient) or trigger.agent is None:
        return None
    if sentence.capitals and not _listed_people(sentence, patient=patient):
        return None
    if sentence.tag(patient.first) == "pron" and lemma == "take":
        return None
    agent = head(sentence, phrase=trigger.agent)
    if lemma == "seize" and is_people(sentence, patient=trigger.agent):
        return "abduction"
    return "abduction" if agent in word_set("people", "agents") or agent == "they" else None


def is_burned_thing(sentence: Sentence, *, trigger: Trigger) -> bool:
    """Tell whether "burned" speaks of a thing."""
    if trigger.patient is None or trigger.voice == "noun":
        return False
    low = head(sentence, phrase=trigger.patient)
    burns = sentence.low(trigger.first).startswith("burn") and trigger.act == "wounding"
    if not burns:
        hurt = FAMILY_OF[trigger.act] in ("killing", "wounding") and trigger.voice in _BY_VERB
        return hurt and is_property(low) and not is_person(low)
    words = set(sentence.lows(trigger.patient.first, last=trigger.patient.last))
    titled = bool(words & (word_set("people", "people") | word_set("people", "agents")))
    people = titled or sentence.tag(trigger.patient.first) == "pron"
    named = not sentence.capitals and sentence.named(trigger.patient.first)
    return is_property(low) or (named and not people)


@cache
def _property() -> frozenset[str]:
    """Return the words for things that can be laid waste."""
    goods = word_set("people", "goods") - _NOT_RUINED
    return goods | word_set("people", "property") | word_set("people", "civilian_places")


def is_property(low: str) -> bool:
    """Tell whether a noun stands for a thing that can be laid waste, in either number."""
    return low in _property() or (low.endswith("s") and low[:-1] in _property())
