"""Places that an act takes from what it struck, and from the sentences before it."""

import re
from functools import cache

from affiant.claims.english.drafts import Draft
from affiant.claims.english.phrases import Phrase, core, head, object_after, words_of
from affiant.claims.english.places import places_between
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.english.voices import Memory, Place
from affiant.claims.lexicon import word_set
from affiant.model.vocabulary import FAMILY_OF

_OTHER_EVENT = re.compile(
    r"\b(?:elsewhere|another|earlier|previously|years? ago|in a separate|separately)\b",
    re.IGNORECASE,
)
_BEFALLS = frozenset(
    {
        *("killing", "taking", "wounding", "ill_treatment", "sexual_violence", "destruction"),
        *("attack_on_protected_object", "denial_of_care"),
    }
)
_BARE = frozenset({"verb_passive", "verb_happens", "state_act", "participle_bare"})
_FAR = ("from", "off", "to", "towards", "through")
_OWNERS = frozenset({"the", "a", "an", "this", "that", "its"})


def struck_place(sentence: Sentence, *, patient: Phrase) -> tuple[int, int] | None:
    """Return a building or a place that was struck, with what it lies in, or None."""
    short = core(sentence, phrase=patient)
    first, last = short.first, short.last
    while first < last and sentence.low(first) in _OWNERS:
        first += 1
    word = head(sentence, phrase=short)
    named = not sentence.capitals and sentence.named(last) and sentence.tag(last) == NOUN
    of_place = word in _built()
    moving = word in word_set("places", "moving")
    if moving or not (of_place or (named and not _is_party(word))):
        return None
    lies_in = places_between(sentence, first=last + 1, last=min(last + 6, len(sentence.tokens) - 1))
    near = lies_in and lies_in[0][0] <= last + 3 and sentence.low(last + 1) in ("in", "at", "near")
    return first, (lies_in[0][1] if near else last)


def _is_party(word: str) -> bool:
    return word in word_set("people", "people") or word in word_set("people", "agents")


def remember_place(sentence: Sentence, *, acts: list[Draft], memory: Memory) -> None:
    """Keep the place of an act, and in a testimony that of any sentence it tells."""
    for draft in acts:
        unnamed = draft.where is not None and not any(map(str.isupper, draft.where))
        if unnamed and memory.place is not None:
            continue
        spans = [span for span in draft.spans if span[0] == "where"]
        if spans and draft.where and "place_carried" not in draft.features:
            memory.place = Place(draft.where, span=(spans[0][1], spans[0][2]))
    told = any(token.tag == "speech" for token in sentence.tokens)
    entered = (
        memory.armed is not None
        and memory.armed.name in sentence.text[sentence.start : sentence.end]
    )
    if acts or told or not (memory.testimony or entered):
        return
    for first, last in places_between(sentence, first=0, last=len(sentence.tokens) - 1):
        named = any(sentence.named(at) for at in range(first, last + 1))
        if named and sentence.low(first - 1) not in _FAR and sentence.low(first - 2) not in _FAR:
            start, end = sentence.tokens[first].start, sentence.tokens[last].end
            memory.place = Place(sentence.text[start:end], span=(start, end))
            return


def carry_place(draft: Draft, *, memory: Memory, before: list[Draft]) -> None:
    """Give an act that names no place the one told before it, and say so."""
    if draft.where is not None or FAMILY_OF[draft.act] not in _BEFALLS:
        return
    sentence = draft.sentence
    if draft.modality != "actual" or _OTHER_EVENT.search(
        sentence.text, sentence.start, sentence.end
    ):
        return
    place = _of_event(draft) or (None if sentence.dates else memory.place)
    for earlier in before:
        spans = [span for span in earlier.spans if span[0] == "where"]
        if earlier.where and spans:
            place = Place(earlier.where, span=(spans[0][1], spans[0][2]))
    if place is None:
        return
    draft.where = place.words
    draft.spans.append(("where", *place.span))
    draft.features.add("place_carried")
    draft.why.append(f"place “{place.words}” carried from before")


def _of_event(draft: Draft) -> Place | None:
    """Return the place of what led to the act: "died when the police opened fire in Sedra"."""
    sentence = draft.sentence
    if not draft.features & _BARE:
        return None
    after = range(draft.anchor + 1, min(draft.anchor + 24, len(sentence.tokens)))
    link = next((at for at in after if sentence.low(at) in ("when", "as", "after")), None)
    if link is None:
        return None
    last = len(sentence.tokens) - 1
    last = next((at for at in range(link, last) if sentence.tag(at) in ("quote", "speech")), last)
    found = places_between(sentence, first=link, last=last)
    if not found:
        found = [one for one in [_struck_after(sentence, link=link, last=last)] if one]
    if not found:
        return None
    start, end = sentence.tokens[found[0][0]].start, sentence.tokens[found[0][1]].end
    return Place(sentence.text[start:end], span=(start, end))


def _struck_after(sentence: Sentence, *, link: int, last: int) -> tuple[int, int] | None:
    """Return the object of a verb of attack after "when", if it is a place."""
    for at in range(link + 2, last):
        if sentence.low(at) in word_set("acts", "attacking", "verbs"):
            struck = object_after(sentence, index=at + 1)
            return None if struck is None else struck_place(sentence, patient=struck)
    return None


def place_near(draft: Draft, *, first: int, last: int, subject: Phrase | None) -> None:
    """Give a turn of phrase the place after it, or the one that stands beside its subject."""
    sentence = draft.sentence
    end = last
    stop = ("sub", "verb", "act", "speech", "quote", "modal", "be", "have", "conj")
    while end + 1 < len(sentence.tokens) and sentence.tag(end + 1) not in stop:
        end += 1
    found = places_between(sentence, first=last, last=end)
    if not found and subject is not None:
        found = places_between(sentence, first=subject.first, last=first)
    if found:
        draft.where = words_of(sentence, phrase=Phrase(*found[0]))
        draft.quote("where", first=found[0][0], last=found[0][1])


@cache
def _built() -> frozenset[str]:
    return (
        word_set("places", "nouns")
        | word_set("people", "civilian_places")
        | word_set("people", "medical_places")
        | word_set("people", "property")
    ) - word_set("places", "moving")
