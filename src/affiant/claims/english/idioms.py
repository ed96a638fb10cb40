"""Acts told by a turn of phrase: "would not let the ambulances through", "or we come back"."""

from affiant.claims.english.agents import can_act, told_apart
from affiant.claims.english.attributed import group_start
from affiant.claims.english.counting import count_of, is_single, surely_people
from affiant.claims.english.drafts import Draft
from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.parties import strength_of
from affiant.claims.english.phrases import (
    Phrase,
    core,
    head,
    leading_quantity,
    object_after,
    words_of,
)
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.english.turns import turns_in
from affiant.claims.english.whereabouts import place_near
from affiant.claims.lexicon import word_set
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF, Act, CountOf, Modality

_ME = frozenset({"i", "we", "me", "us", "my", "our"})
_BEFALLS = frozenset(
    {"forced_displacement", "wounding", "enforced_disappearance", "ill_treatment", "torture"}
)
_ONTO = frozenset({"of", "on", "upon", "about", "from", "into"})
_ON_PEOPLE = frozenset({"taking", "ill_treatment", "sexual_violence", "wounding"})
_NOBODY = frozenset({"nobody", "no-one", "none"})
_OWNERS = frozenset({"his", "her", "their"})
_STATES = frozenset({"remain", "remains", "remained"})
_MODALS: dict[str, Modality] = {
    "might": "possible",
    "may": "possible",
    "could": "possible",
    "would": "conditional",
    "will": "intended",
    "must": "called_for",
    "should": "called_for",
}


def idiom_drafts(sentence: Sentence, *, taken: list[Draft]) -> list[Draft]:
    """Return the acts that turns of phrase tell, each once.

    Args:
        sentence: The sentence.
        taken: What is told of it otherwise; a phrase that stands on one of these is not read.
    """
    found: list[Draft] = []
    acts = {draft.act for draft in taken} | _told_otherwise(taken)
    for turn, span in turns_in(sentence):
        denied, told = turn.denied, turn.act
        first, last = _tokens(sentence, span=span)
        clash = any(meets(draft, sentence=sentence, first=first, last=last) for draft in taken)
        quoted = first >= 0 and told != "threat" and _quoted(sentence, first=first, last=last)
        known = told in acts or (denied and _kin(told, acts=acts))
        if clash or known or first < 0 or quoted:
            continue
        if told == "attack_on_civilian_object" and _on_the_sick(sentence, first=first, last=last):
            told = "attack_on_medical_facility"
        acts.add(told)
        draft = _draft(sentence, act=told, first=first, last=last)
        if denied:
            _deny(draft, first=first, last=last)
        found.append(draft)
    closer = any(draft.act.startswith("appeal_for") for draft in found)
    return [draft for draft in found if not (closer and draft.act == "appeal")]


def _kin(told: Act, *, acts: set[Act]) -> bool:
    """Tell whether an act of the same family is told already, or anything is denied by "denial"."""
    return any(FAMILY_OF[act] == FAMILY_OF[told] for act in acts)


def _deny(draft: Draft, *, first: int, last: int) -> None:
    """Mark an act that the words themselves deny: "left of their own accord"."""
    tokens = draft.sentence.tokens
    draft.denied, draft.modality = True, "actual"
    draft.denies = (tokens[first].start, tokens[last].end)
    draft.involvements[:] = [party for party in draft.involvements if party.side != "accused"]


def _on_the_sick(sentence: Sentence, *, first: int, last: int) -> bool:
    """Tell whether a hospital or an ambulance stands right after the words of an attack."""
    return bool(word_set("people", "medical_places") & set(sentence.lows(first, last=last + 6)))


def _told_otherwise(taken: list[Draft]) -> set[Act]:
    """Return the acts that are only another word for what is told: a threat to kill, gunfire."""
    found: set[Act] = set()
    for draft in taken:
        if draft.modality in ("intended", "conditional"):
            found.add("threat")
        if FAMILY_OF[draft.act] in ("killing", "wounding"):
            found.add("attack_on_civilian_object")
    return found


def _tokens(sentence: Sentence, *, span: tuple[int, int]) -> tuple[int, int]:
    """Return the first and last token that two offsets hold, or -1 where none begins there."""
    inside = [at for at, token in enumerate(sentence.tokens) if span[0] <= token.start < span[1]]
    return (inside[0], inside[-1]) if inside else (-1, -1)


def meets(draft: Draft, *, sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether a draft already stands on some of the words."""
    if draft.sentence is not sentence:
        return False
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    return any(slot == "act" and at < end and start < to for slot, at, to in draft.spans)


def _quoted(sentence: Sentence, *, first: int, last: int) -> bool:
    return any(sentence.tag(at) == "quote" for at in range(first, last + 1))


def _draft(sentence: Sentence, *, act: Act, first: int, last: int) -> Draft:
    """Return the draft with the subject before the phrase as a party."""
    group = group_start(sentence, index=first)
    draft = Draft(sentence, anchor=first, act=act, score=0.4)
    draft.features.add("idiom")
    draft.quote("act", first=min(group, first), last=last)
    add_mood(draft, group=group, last=last)
    noun = sentence.tag(first) == NOUN
    has = noun and sentence.tag(first - 1) == "have"
    group = group_start(sentence, index=first - 1) if has else group
    subject = None if noun and not has else subject_before(sentence, index=group)
    _add_own_part(draft, subject=subject, group=group, last=last)
    passive = any(sentence.tag(at) == "be" for at in range(group, last + 1)) or bool(
        _STATES & set(sentence.lows(first, last=last))
    )
    if subject is not None and FAMILY_OF[act] != "appeal":
        add_party(draft, subject=subject, sufferer=passive or act in _BEFALLS)
    if sentence.low(last) == "by":
        _add_doer(draft, index=last + 1)
    elif sentence.low(last) in _ONTO and FAMILY_OF[act] in _ON_PEOPLE:
        _add_object(draft, index=last + 1)
    if not draft.counts and FAMILY_OF[act] == "denial_of_care":
        _add_number(draft, first=first, last=last)
    if FAMILY_OF[act] != "appeal":
        place_near(draft, first=first, last=last, subject=subject)
    words = " ".join(sentence.lows(first, last=last))
    draft.why.append(f"turn of phrase “{words}”")
    return draft


def add_mood(draft: Draft, *, group: int, last: int) -> None:
    """Add whether it is called for, possible or denied; a refusal is not denied by "not"."""
    sentence = draft.sentence
    if FAMILY_OF[draft.act] == "appeal":
        draft.modality = "called_for"
        return
    refused = FAMILY_OF[draft.act] == "denial_of_care" or draft.act == "enforced_disappearance"
    if draft.act == "threat" or refused:
        return
    lows = sentence.lows(group, last=draft.anchor)
    draft.modality = next((_MODALS[low] for low in lows if low in _MODALS), draft.modality)
    draft.denied = any(sentence.tag(at) == "neg" for at in range(group, draft.anchor))
    draft.denied = (
        draft.denied
        or sentence.low(group - 1) in _NOBODY
        or (sentence.follows(group - 2, sequence=("no", "one")))
    )
    if draft.denied:
        draft.denies = (sentence.tokens[group].start, sentence.tokens[last].end)


def _add_own_part(draft: Draft, *, subject: Phrase | None, group: int, last: int) -> None:
    """Add the pronoun by which the voice tells what it lived through itself."""
    sentence = draft.sentence
    wide = draft.act in ("threat", "forced_displacement")
    reach = range(len(sentence.tokens)) if wide else range(min(group, draft.anchor), last + 1)
    own = [at for at in reach if sentence.low(at) in _ME]
    if subject is not None and sentence.low(subject.last) in _ME:
        own.append(subject.last)
    if not own or draft.act == "enforced_disappearance":
        return
    pronoun = sentence.tokens[own[0]]
    draft.own_part = (pronoun.start, pronoun.end)
    suffered = draft.act in ("detention", "ill_treatment", "torture") and own[0] >= draft.anchor
    if suffered and pronoun.low in ("me", "us"):
        draft.involvements.append(Involvement(name=pronoun.text, role="victim", side="victim"))


def _add_doer(draft: Draft, *, index: int) -> None:
    """Add who is named after the "by" that ends the phrase: "bombs dropped by army aircraft"."""
    doer = object_after(draft.sentence, index=index)
    if doer is not None and can_act(draft.sentence, phrase=doer):
        add_party(draft, subject=doer, sufferer=False)


def _add_object(draft: Draft, *, index: int) -> None:
    """Add those who follow a phrase that ends in a preposition: "no trace of two surveyors"."""
    victim = object_after(draft.sentence, index=index)
    known = any(party.side == "victim" for party in draft.involvements)
    if victim is not None and not known and surely_people(draft.sentence, patient=victim):
        add_party(draft, subject=victim, sufferer=True)


def _is_listed(sentence: Sentence, *, phrase: Phrase) -> bool:
    """Tell whether a phrase is people for certain: by a listed word, a name or a bare number."""
    people = word_set("people", "people") | word_set("people", "agents")
    quantity = leading_quantity(sentence, phrase=phrase)
    alone = quantity is not None and (
        quantity.last == phrase.last or sentence.low(phrase.last) in ("us", "them")
    )
    return alone or head(sentence, phrase=phrase) in people or is_single(sentence, phrase=phrase)


def _add_number(draft: Draft, *, first: int, last: int) -> None:
    """Add the number that stands in the phrase itself: "turned back three ambulances"."""
    sentence = draft.sentence
    for at in range(first, last + 1):
        quantity = quantity_at(sentence, index=at)
        if quantity is None or (quantity.low is None and quantity.high is None):
            continue
        words = Phrase(quantity.first, max(quantity.last, last))
        draft.counts.append(
            Count(
                of="other",
                min=quantity.low,
                max=quantity.high,
                words=words_of(sentence, phrase=words),
            )
        )
        draft.quote_phrase("count", phrase=words)
        return


def add_party(draft: Draft, *, subject: Phrase, sufferer: bool, surely: bool = False) -> None:
    """Add the subject as the one who did it or the one to whom it was done.

    Args:
        draft: The act.
        subject: The noun phrase.
        sufferer: True where it was done to them.
        surely: True where the act itself says that they are people.
    """
    sentence = draft.sentence
    short = core(sentence, phrase=subject)
    if not sufferer and not can_act(sentence, phrase=subject):
        return
    draft.quote_phrase("victim" if sufferer else "actor", phrase=short)
    of = counted_by(draft.act)
    count = count_of(sentence, patient=short, of=of, span=(short.first, short.last))
    if sufferer and sentence.low(short.first) in ("anyone", "anybody"):
        words = words_of(sentence, phrase=short)
        draft.counts.append(Count(of=of, min=0, max=0, words=words))
        return
    numbered = count is not None and (count.min is not None or count.max is not None)
    owner = short.first == short.last and sentence.low(short.first) in _OWNERS
    people = not owner and (surely or _is_listed(sentence, phrase=short))
    if sufferer and count is not None and numbered and people:
        draft.counts.append(count)
        draft.quote_phrase("count", phrase=short)
    draft.involvements.append(
        Involvement(
            name=_without_s(
                words_of(sentence, phrase=short if sufferer else told_apart(sentence, phrase=short))
            ),
            role="victim" if sufferer else "direct_perpetrator",
            side="victim" if sufferer else "accused",
            strength=strength_of(sentence, phrase=short),
        )
    )


def counted_by(act: Act) -> CountOf:
    """Return what a number of those counts to whom an act was done."""
    missing = act == "enforced_disappearance"
    return "missing" if missing else COUNT_OF_FAMILY.get(FAMILY_OF[act], "other")


def _without_s(name: str) -> str:
    return name[:-2] if name.lower().endswith(("'s", "’s")) else name
