"""An act whose word stands in a sentence that no rule could read: better shown than missed."""

from affiant.claims.english.attributed import group_start
from affiant.claims.english.counting import count_of, is_people, surely_people
from affiant.claims.english.cues import Trigger
from affiant.claims.english.drafts import Draft
from affiant.claims.english.frames import act_forms, loose_verbs
from affiant.claims.english.idioms import counted_by
from affiant.claims.english.mood import mood_of
from affiant.claims.english.nominal import noun_acts
from affiant.claims.english.objects import OBJECT_ACTS
from affiant.claims.english.parties import victims
from affiant.claims.english.phrases import Phrase, core, leading_quantity, object_after
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import word_set
from affiant.model.vocabulary import FAMILY_OF, Act

_SCORE = 0.15
_REACH = 9
_FEWEST = 4
_FINITE = frozenset({"be", "have", "verb", "speech", "modal"})


def likely_act(sentence: Sentence) -> list[Draft]:
    """Return the one act that a plain word tells of where nothing else was read, at a low score."""
    lows = {token.low for token in sentence.tokens}
    asked = "?" in lows or not lows.isdisjoint(word_set("acts", "likely", "not_with"))
    verbs = any(token.tag in _FINITE for token in sentence.tokens)
    if asked or sentence.capitals or not verbs or len(sentence.tokens) < _FEWEST:
        return []
    for index, token in enumerate(sentence.tokens):
        act = _act_at(sentence, index=index)
        if act is None or token.tag in ("date", "quote", "num"):
            continue
        draft = _draft(sentence, index=index, act=act)
        if draft is not None:
            return [draft]
    return []


def _act_at(sentence: Sentence, *, index: int) -> Act | None:
    """Return the act of a past form or a noun that has no second sense."""
    low = sentence.low(index)
    form = act_forms().get(low)
    if sentence.tag(index) == "act" and form is not None and form.plain is not None:
        loose = form.form.lemma in loose_verbs() or form.form.lemma in word_set("acts", "senses")
        told = form.form.past or form.form.participle
        return form.plain if told and not loose else None
    closed = sentence.tokens[-1].low in (".", "!")
    if closed and sentence.tag(index) == NOUN and low in word_set("acts", "likely", "nouns"):
        return noun_acts().get(low)
    return None


def _draft(sentence: Sentence, *, index: int, act: Act) -> Draft | None:
    """Return the act with whom a number or a listed word near it names."""
    group = group_start(sentence, index=index)
    trigger = Trigger(index, index, group, act, "active", None, None, "a plain word of an act")
    mood = mood_of(sentence, trigger=trigger)
    if mood is None or mood.denied or mood.modality != "actual" or act in OBJECT_ACTS:
        return None
    draft = Draft(sentence, anchor=index, act=act, modality=mood.modality, score=_SCORE)
    draft.quote("act", first=min(group, index), last=index)
    draft.features.add("idiom")
    draft.why.append(f"“{sentence.low(index)}” alone, which no rule could place")
    victim = _near(sentence, index=index)
    if victim is not None and FAMILY_OF[act] != "attack_on_protected_object":
        short = core(sentence, phrase=victim)
        span = (short.first, short.last)
        count = count_of(sentence, patient=short, of=counted_by(act), span=span)
        draft.involvements.append(victims(sentence, patient=short))
        draft.quote_phrase("victim", phrase=short)
        if count is not None:
            draft.counts.append(count)
    return draft


def _near(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the numbered people nearest to a token, those before it first."""
    first = max(index - _REACH, 0)
    for at in [*range(index - 1, first - 1, -1), *range(index + 1, index + _REACH)]:
        phrase = object_after(sentence, index=at)
        if phrase is None or phrase.first != at or phrase.first <= index <= phrase.last:
            continue
        numbered = leading_quantity(sentence, phrase=phrase) is not None
        people = is_people(sentence, patient=phrase) and surely_people(sentence, patient=phrase)
        if numbered and people:
            return phrase
    return None
