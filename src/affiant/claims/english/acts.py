"""From a trigger to a draft: the act with its parties, number, date, place and manner."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from affiant.claims.english.agents import is_pronoun
from affiant.claims.english.attributed import Attribution
from affiant.claims.english.clauses import (
    Clause,
    clause_of,
    event_date,
    event_place,
    linked,
    manner,
)
from affiant.claims.english.counting import count_of
from affiant.claims.english.cues import Trigger
from affiant.claims.english.drafts import Draft
from affiant.claims.english.evidence import form_of
from affiant.claims.english.frames import act_forms
from affiant.claims.english.mood import Mood, mood_of, names_nobody
from affiant.claims.english.numbers import value_at
from affiant.claims.english.objects import (
    HUMAN,
    OBJECT_ACTS,
    is_burned_thing,
    is_loose,
    object_act,
    people_hit,
)
from affiant.claims.english.partial import without_parts_of_whole
from affiant.claims.english.parties import accused_parties, involvement, means_of, victims
from affiant.claims.english.phrases import Phrase, core, head, leading_quantity, parts_of, words_of
from affiant.claims.english.tagging import Sentence
from affiant.claims.english.triggers import triggers
from affiant.claims.english.whereabouts import struck_place
from affiant.claims.lexicon import phrases, table, word_set
from affiant.model.count import Count
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF, Act, CountOf
from affiant.model.when import span_of

_ACTOR = {"subject": "actor_subject", "named": "actor_by"}
_HOUSEHOLDS = frozenset({"families", "households"})
_LIVED: dict[str, Act] = {"hang": "torture", "shoot": "wounding"}
_THREATENING = frozenset({"threatened", "threatens", "threatening", "vowed", "swore", "vows"})
_FRONT = 25
_MANNERS = ("restrained", "extrajudicial", "wounded", "survived")
_ON_THINGS = frozenset({"destruction", "attack_on_protected_object"})


def act_drafts(sentence: Sentence, *, said: list[Attribution]) -> list[Draft]:
    """Return a draft for every act that a sentence tells of."""
    found = _without_overlaps(triggers(sentence))
    drafts: list[tuple[Trigger, Draft]] = []
    for trigger in found:
        draft = _draft(sentence, trigger=trigger, others=found, said=said)
        if draft is not None:
            drafts.append((trigger, draft))
    drafts = without_parts_of_whole(drafts)
    _share(sentence, drafts=drafts)
    return [draft for _, draft in drafts]


def _without_overlaps(found: list[Trigger]) -> list[Trigger]:
    """Return the triggers without those that stand inside the cue of one before."""
    kept: list[Trigger] = []
    for trigger in found:
        inside = kept and trigger.first <= kept[-1].last
        if not inside:
            kept.append(trigger)
    return kept


def _draft(
    sentence: Sentence, *, trigger: Trigger, others: list[Trigger], said: list[Attribution]
) -> Draft | None:
    """Return the draft of one act, or None where it is none after all."""
    mood = mood_of(sentence, trigger=trigger)
    act = (
        object_act(sentence, trigger=trigger)
        if trigger.act in OBJECT_ACTS
        or (trigger.act == "abduction" and trigger.patient is not None)
        or (trigger.patient and is_burned_thing(sentence, trigger=trigger))
        else trigger.act
    )
    unknown = trigger.patient is not None and sentence.low(trigger.patient.first - 1) == "how"
    if mood is None or act is None or unknown:
        return None
    patient = people_hit(sentence, trigger=trigger, act=act)
    if patient is None and trigger.voice not in ("noun", "fragment"):
        return None
    clause = clause_of(sentence, trigger=trigger, others=others, said=said)
    draft = Draft(sentence, anchor=trigger.first, act=act, modality=mood.modality)
    if mood.cue in _THREATENING and FAMILY_OF[act] not in ("killing", "sexual_violence"):
        draft.act = "threat"
    draft.quote("act", first=trigger.first, last=trigger.last)
    draft.why.append(trigger.rule)
    draft.elided = trigger.voice == "fragment"
    draft.features |= form_of(trigger) | _kind_of(draft, trigger=trigger, others=others)
    _add_parties(draft, trigger=trigger, clause=clause, patient=patient)
    _add_circumstances(draft, trigger=trigger, clause=clause)
    _add_number(draft, trigger=trigger, clause=clause, patient=patient, mood=mood)
    _refine(draft, trigger=trigger, clause=clause)
    return draft if _tells_enough(draft, trigger=trigger) else None


def _kind_of(draft: Draft, *, trigger: Trigger, others: list[Trigger]) -> set[str]:
    """Return the features of what is told: more than one act, a thing, a verb of many uses."""
    thing = draft.act in OBJECT_ACTS or draft.act == "attack_on_medical_facility"
    loose = is_loose(draft.sentence, trigger=trigger)
    told = {"several_acts": len(others) > 1, "act_on_thing": thing, "loose_verb": loose}
    return {name for name, holds in told.items() if holds}


def _add_parties(draft: Draft, *, trigger: Trigger, clause: Clause, patient: Phrase | None) -> None:
    """Add victims and those who are told to have had a part."""
    sentence = draft.sentence
    human = FAMILY_OF[draft.act] in HUMAN
    nobody = patient is not None and sentence.low(patient.first) in ("nobody", "none", "no")
    if nobody or names_nobody(sentence, patient=patient):
        patient = None
    if patient is not None and human and trigger.voice != "toll":
        for one in parts_of(sentence, phrase=patient) if patient.names else [patient]:
            draft.involvements.append(victims(sentence, patient=one))
            draft.quote_phrase("victim", phrase=core(sentence, phrase=one))
        if is_pronoun(sentence, phrase=patient):
            draft.why.append("victims only by a pronoun")
    elif patient is not None and not human:
        draft.quote_phrase("victim", phrase=core(sentence, phrase=patient))
    for party in accused_parties(sentence, trigger=trigger, clause=clause):
        if patient is not None and patient.first <= party.phrase.first <= patient.last:
            continue
        draft.involvements.append(involvement(sentence, party=party))
        draft.quote_phrase("actor", phrase=core(sentence, phrase=party.phrase))
        draft.why.append(f"alleged party: {party.rule}")
        draft.features.add(_ACTOR.get(party.rule.split()[0], "actor_accusing"))


def _add_circumstances(draft: Draft, *, trigger: Trigger, clause: Clause) -> None:
    """Add date, place, manner and labels where the clause states them."""
    sentence = draft.sentence
    mention = event_date(sentence, trigger=trigger, clause=clause)
    if mention is not None:
        day = FAMILY_OF[draft.act] == "taking" or sentence.low(clause.subject - 1) == "when"
        edtf = (mention.when.edtf or "").removesuffix("/..") or None
        draft.when = replace(mention.when, edtf=edtf) if day else mention.when
        draft.spans.append(("when", mention.start, mention.end))
    first = clause.floor if clause.begin - clause.floor < _FRONT else clause.begin
    reach = sentence.tokens[first].start, sentence.tokens[clause.end].end
    clock = next((one for one in sentence.clocks if reach[0] <= one.start < reach[1]), None)
    if clock is not None:
        draft.clock = clock
        draft.spans.append(("when", clock.start, clock.end))
    place = event_place(sentence, trigger=trigger, clause=clause)
    if trigger.patient is not None and FAMILY_OF[draft.act] in _ON_THINGS:
        place = struck_place(sentence, patient=trigger.patient) or place
    if place is not None:
        draft.where = words_of(sentence, phrase=Phrase(*place))
        draft.quote("where", first=place[0], last=place[1])
    span = manner(sentence, clause=clause)
    if span is None:
        means = means_of(sentence, trigger=trigger, clause=clause)
        span = (
            None
            if means is None
            else (sentence.tokens[means[0]].start, sentence.tokens[means[1]].end)
        )
    if span is not None:
        draft.method = sentence.text[span[0] : span[1]]
        draft.spans.append(("method", *span))
    labels = word_set("people", "labels")
    words = [
        token.text
        for token in sentence.tokens[clause.begin : clause.end + 1]
        if token.low in labels
    ]
    draft.labels.extend(dict.fromkeys(words))


def _add_number(
    draft: Draft, *, trigger: Trigger, clause: Clause, patient: Phrase | None, mood: Mood
) -> None:
    """Add how many, and what is denied where it is."""
    sentence = draft.sentence
    draft.denied, draft.hearsay = mood.denied, mood.hearsay
    if mood.cue:
        draft.why.append(f"“{mood.cue}”")
    if mood.denied:
        last = clause.end
        while last > clause.begin and sentence.tag(last) == "punct":
            last -= 1
        draft.denies = (sentence.tokens[clause.begin].start, sentence.tokens[last].end)
        draft.score -= 0.1
    if patient is None and mood.nobody:
        of = _counted(draft, sentence=sentence, trigger=trigger)
        none = Phrase(trigger.first - 1, trigger.first)
        draft.counts.append(Count(of=of, min=0, max=0, words=words_of(sentence, phrase=none)))
    if patient is not None and not is_pronoun(sentence, phrase=patient):
        _add_count(draft, trigger=trigger, clause=clause, patient=patient, mood=mood)


def _add_count(
    draft: Draft, *, trigger: Trigger, clause: Clause, patient: Phrase, mood: Mood
) -> None:
    """Add how many the words name: nought for "nobody", nothing for what is denied."""
    sentence = draft.sentence
    of = _counted(draft, sentence=sentence, trigger=trigger)
    short = core(sentence, phrase=patient)
    numbered = leading_quantity(sentence, phrase=short) is not None
    if numbered and head(sentence, phrase=short) in _HOUSEHOLDS:
        of = "other"
    end = len(sentence.tokens) - 1 if trigger.voice in ("noun", "toll") else clause.end
    counted = trigger.whole or patient
    count = count_of(sentence, patient=counted, of=of, span=(clause.begin, end))
    if mood.nobody:
        count = Count(
            of=of, min=0, max=0, words=words_of(sentence, phrase=core(sentence, phrase=patient))
        )
    elif mood.denied:
        count = None
    if count is None or (count.min is None and FAMILY_OF[draft.act] not in HUMAN):
        return
    if FAMILY_OF[draft.act] not in HUMAN and leading_quantity(sentence, phrase=counted) is None:
        return
    count = _or_more(sentence, trigger=trigger, count=count)
    draft.counts.append(replace(count, scope="aggregate") if _long(draft) else count)
    quantity = leading_quantity(sentence, phrase=counted)
    number = core(sentence, phrase=counted)
    if quantity is not None and not quantity.whole and len(count.breakdown) < 2:
        number = Phrase(quantity.first, quantity.last)
    draft.quote_phrase("count", phrase=number)


def _or_more(sentence: Sentence, *, trigger: Trigger, count: Count) -> Count:
    """Return the count with the second number of "5 dead, could be 6"."""
    at = trigger.last + 1
    at += sentence.low(at) == ","
    at += sentence.low(at) in ("it", "or", "and")
    for words in (
        ("could", "be"),
        ("may", "be"),
        ("might", "be"),
        ("maybe",),
        ("perhaps",),
        ("even",),
    ):
        if sentence.follows(at, sequence=words) and count.min is not None:
            more = value_at(sentence, index=at + len(words))
            if more is not None and more[0] > count.min:
                return replace(count, max=more[0])
    return count


def _long(draft: Draft) -> bool:
    """Tell whether the date covers more than a month by naming its two ends."""
    if draft.when is None or draft.when.edtf is None or "/" not in draft.when.edtf:
        return False
    return (span_of(draft.when.edtf).days or 99) > 31


def _counted(draft: Draft, *, sentence: Sentence, trigger: Trigger) -> CountOf:
    """Return what the number counts."""
    gone = trigger.voice == "happens" and sentence.low(trigger.last) in ("vanished", "disappeared")
    if gone or sentence.low(trigger.last) in ("missing", "unaccounted"):
        return "missing"
    return COUNT_OF_FAMILY.get(FAMILY_OF[draft.act], "other")


def _refine(draft: Draft, *, trigger: Trigger, clause: Clause) -> None:
    """Name the act more closely by its victims and manner."""
    sentence = draft.sentence
    again = draft.act == "wounding" and sentence.low(trigger.first) == "shot"
    if draft.act == "killing" or again:
        draft.act = _closer(draft, trigger=trigger, clause=clause)
        if again and draft.act != "killing_of_wounded":
            draft.act = "wounding"
        draft.counts[:] = [
            replace(count, of=_counted(draft, sentence=sentence, trigger=trigger))
            for count in draft.counts
        ]


def _closer(draft: Draft, *, trigger: Trigger, clause: Clause) -> Act:
    """Return the closer name of a killing, by its victims and manner."""
    sentence = draft.sentence
    start, end = sentence.tokens[clause.begin].start, sentence.tokens[clause.end].end
    told = _manner_words()
    lived = _lived_through(sentence, trigger=trigger)
    if lived is not None:
        return lived
    if _all_are(sentence, patient=trigger.patient, kind="medical"):
        return "killing_of_medical_personnel"
    if sentence.low(trigger.first) == "shot" and _survived(sentence):
        return "wounding"
    hurt = _all_are(sentence, patient=trigger.patient, kind="wounded")
    if hurt or told["wounded"].search(sentence.text, start, end):
        return "killing_of_wounded"
    if told["extrajudicial"].search(sentence.text, start, end):
        return "extrajudicial_execution"
    parts = [part.words.lower() for count in draft.counts for part in count.breakdown]
    partial = any(words.startswith("some") for words in parts)
    bound = told["restrained"].search(draft.method or "") and not partial
    if bound or _all_are(sentence, patient=trigger.patient, kind="restrained"):
        return "killing_of_restrained_person"
    return "killing"


def _lived_through(sentence: Sentence, *, trigger: Trigger) -> Act | None:
    """Return what "I was hung" and "they shot me" tell: who tells it was not killed."""
    patient, form = trigger.patient, act_forms().get(sentence.low(trigger.first))
    if patient is None or form is None or sentence.low(patient.last) not in ("i", "me"):
        return None
    return _LIVED.get(form.form.lemma)


def _survived(sentence: Sentence) -> bool:
    """Tell whether the one shot lives: "was shot by a sniper; he lost an eye"."""
    return (
        _manner_words()["survived"].search(sentence.text, sentence.start, sentence.end) is not None
    )


def _all_are(sentence: Sentence, *, patient: Phrase | None, kind: str) -> bool:
    """Tell whether all the victims named are of a kind: medical, wounded, held."""
    if patient is None:
        return False
    words = word_set("acts", "refine", kind)
    members = parts_of(sentence, phrase=core(sentence, phrase=patient))
    return all(words & set(sentence.lows(part.first, last=part.last)) for part in members)


def _tells_enough(draft: Draft, *, trigger: Trigger) -> bool:
    """Tell whether a noun says more than its name: victims, a party, a date or a place."""
    if trigger.voice != "noun":
        draft.score += (
            0.1 * bool(draft.counts)
            + 0.1 * bool(draft.when)
            + 0.1 * bool(draft.where)
            + 0.1 * (len(draft.involvements) > 1)
        )
        return True
    victim = any(party.side == "victim" for party in draft.involvements) or (
        draft.act in OBJECT_ACTS and trigger.patient is not None
    )
    if not victim and draft.modality == "actual":
        draft.modality = "presupposed"
    draft.score = 0.45 + 0.1 * bool(draft.counts) + 0.1 * bool(draft.when) - 0.2 * (not victim)
    accused = any(party.side == "accused" for party in draft.involvements)
    if draft.modality in ("possible", "intended") and not victim:
        return False
    both = draft.when is not None and draft.where is not None and FAMILY_OF[draft.act] == "killing"
    return draft.denied or victim or accused or bool(draft.counts) or both


def _share(sentence: Sentence, *, drafts: list[tuple[Trigger, Draft]]) -> None:
    """Let acts that "and" joins share a date and a place that only one of them has."""
    for (before, one), (after, other) in pairwise(drafts):
        if "noun" in (before.voice, after.voice) or not linked(
            sentence, before=before, after=after
        ):
            continue
        for giver, taker in ((one, other), (other, one)):
            if taker.when is None and giver.when is not None:
                taker.when = giver.when
                taker.features.add("date_shared")
                taker.spans.extend(span for span in giver.spans if span[0] == "when")
            if taker.where is None and giver.where is not None:
                taker.where = giver.where
                taker.features.add("place_shared")
                taker.spans.extend(span for span in giver.spans if span[0] == "where")


@cache
def _manner_words() -> dict[str, re.Pattern[str]]:
    methods = table("methods")
    return {key: phrases(methods[key]) for key in _MANNERS}
