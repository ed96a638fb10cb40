"""Acts told by what was done to a part of a body: "broke his arm", "had her skull cracked"."""

from functools import cache

from affiant.claims.english.agents import can_act
from affiant.claims.english.attributed import group_start
from affiant.claims.english.drafts import Draft
from affiant.claims.english.forms import VerbForm, verb_forms
from affiant.claims.english.idioms import add_mood, add_party, meets
from affiant.claims.english.phrases import Phrase, core, head, object_after
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import table, word_set
from affiant.model.vocabulary import Act

_OWNERS = frozenset({"his", "her", "their"})
_MINE = frozenset({"my", "our"})


def bodily_drafts(sentence: Sentence, *, taken: list[Draft]) -> list[Draft]:
    """Return what was done to parts of bodies, unless an act that is told stands there.

    Args:
        sentence: The sentence.
        taken: What is told of it otherwise.
    """
    found: list[Draft] = []
    if _body().isdisjoint(token.low for token in sentence.tokens):
        return found
    for index, token in enumerate(sentence.tokens):
        told = _verbs().get(token.low)
        if told is None or token.tag in (NOUN, "quote", "date"):
            continue
        draft = _draft(sentence, index=index, form=told[0], act=told[1])
        if draft is None:
            continue
        at = sentence.tokens[index].start
        first, last = _anchor_span(sentence, draft=draft)
        clash = any(meets(one, sentence=sentence, first=first, last=last) for one in taken)
        same = any(one.act == draft.act and abs(one.anchor - index) < 8 for one in found)
        if not clash and not same and at >= sentence.start:
            found.append(draft)
    return found


def _anchor_span(sentence: Sentence, *, draft: Draft) -> tuple[int, int]:
    """Return the first and last token of the words that tell the act."""
    start, end = next((at, to) for slot, at, to in draft.spans if slot == "act")
    inside = [at for at, one in enumerate(sentence.tokens) if start <= one.start < end]
    return inside[0], inside[-1]


def _draft(sentence: Sentence, *, index: int, form: VerbForm, act: Act) -> Draft | None:
    """Return the act of a verb where a part of a body is its object or its subject."""
    group = group_start(sentence, index=index)
    passive = any(sentence.tag(at) == "be" for at in range(group, index))
    if form.participle and passive:
        part = subject_before(sentence, index=group)
        return _told(sentence, index=index, group=group, part=part, act=act)
    owner = _had_done(sentence, index=index) if form.participle else None
    if owner is not None:
        part = Phrase(owner[1] + 1, group - 1)
        draft = _told(sentence, index=index, group=group, part=part, act=act)
        if draft is not None:
            _give_victim(draft, victim=owner[0])
        return draft
    at = index + 1
    while sentence.low(at) in word_set("bodies", "between"):
        at += 1
    part = object_after(sentence, index=at)
    draft = _told(sentence, index=index, group=group, part=part, act=act)
    agent = subject_before(sentence, index=group)
    if draft is not None and agent is not None:
        if sentence.low(index) in _loss() or not can_act(sentence, phrase=agent):
            return _give_victim(draft, victim=agent) if sentence.low(index) in _loss() else draft
        add_party(draft, subject=agent, sufferer=False)
    return draft


def _told(
    sentence: Sentence,
    *,
    index: int,
    group: int,
    part: Phrase | None,
    act: Act,
) -> Draft | None:
    """Return the draft where the phrase is a part of a body, with its owner as the victim."""
    if part is None or part.last < part.first:
        return None
    short = core(sentence, phrase=part)
    word = head(sentence, phrase=short)
    if word not in _body():
        return None
    draft = Draft(sentence, anchor=index, act=_act_on(word, act=act, low=sentence.low(index)))
    draft.features.add("idiom")
    draft.quote("act", first=min(group, short.first), last=max(index, short.last))
    draft.why.append(f"“{sentence.low(index)}” of a part of a body, “{word}”")
    add_mood(draft, group=group, last=max(index, short.last))
    owner = _owner(sentence, part=part, word=word)
    if owner is not None:
        _give_victim(draft, victim=owner)
    mine = next((at for at in range(short.first, short.last) if sentence.low(at) in _MINE), None)
    if mine is not None:
        draft.own_part = (sentence.tokens[mine].start, sentence.tokens[mine].end)
    return draft


def _act_on(word: str, *, act: Act, low: str) -> Act:
    """Return the act that the part of the body makes of it."""
    kinds: tuple[Act, ...] = ("killing", "torture")
    for told in kinds:
        if word not in word_set("bodies", "parts", told):
            continue
        cutting = _verbs()[low][0].lemma in word_set("bodies", "cutting")
        if told == "torture" or cutting:
            return told
    return act


def _owner(sentence: Sentence, *, part: Phrase, word: str) -> Phrase | None:
    """Return whose part it is: "a man's hand", "the arm of a baker", "their throats"."""
    for at in range(part.first, part.last + 1):
        if sentence.low(at).endswith("'s") and at > part.first - 1:
            return Phrase(part.first, at)
        if sentence.low(at) in _OWNERS:
            return Phrase(at, at)
        if sentence.low(at) == word and sentence.low(at + 1) == "of":
            return object_after(sentence, index=at + 2)
    return None


def _give_victim(draft: Draft, *, victim: Phrase) -> Draft:
    """Add the one to whom it was done."""
    add_party(draft, subject=victim, sufferer=True, surely=True)
    return draft


def _had_done(sentence: Sentence, *, index: int) -> tuple[Phrase, int] | None:
    """Return who "had their skulls cracked", and where "had" stands."""
    for at in range(index - 1, max(index - 6, 0), -1):
        if sentence.tag(at) == "have":
            subject = subject_before(sentence, index=group_start(sentence, index=at))
            return (subject, at) if subject is not None and at < index - 1 else None
        if sentence.tag(at) in ("punct", "verb", "act", "be", "sub", "prep"):
            return None
    return None


@cache
def _body() -> frozenset[str]:
    """Return the words for parts of a body."""
    parts = word_set("bodies", "parts", "killing") | word_set("bodies", "parts", "torture")
    return word_set("people", "body") | parts


@cache
def _loss() -> frozenset[str]:
    """Return the forms of the verb whose subject is the one who is hurt: "lost a foot"."""
    return frozenset(verb_forms("lose", irregular=table("acts")["irregular"]))


@cache
def _verbs() -> dict[str, tuple[VerbForm, Act]]:
    """Return the forms of the verbs with the act that each tells."""
    irregular = table("acts")["irregular"]
    found: dict[str, tuple[VerbForm, Act]] = {}
    for act, lemmas in table("bodies")["verbs"].items():
        for low, form in verb_forms(lemmas, irregular=irregular).items():
            found[low] = (form, act)
    return found
