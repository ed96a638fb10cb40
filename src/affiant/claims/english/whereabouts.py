"""Places that an act takes from what it struck, and from the sentences before it."""

import re
from functools import cache

from affiant.claims.english.drafts import Draft
from affiant.claims.english.phrases import Phrase, core, head
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
        spans = [span for span in draft.spans if span[0] == "where"]
        if spans and draft.where and "place_carried" not in draft.features:
            memory.place = Place(draft.where, span=(spans[0][1], spans[0][2]))
    told = any(token.tag == "speech" for token in sentence.tokens)
    if acts or told or not memory.testimony:
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
    place = memory.place
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


@cache
def _built() -> frozenset[str]:
    return (
        word_set("places", "nouns")
        | word_set("people", "civilian_places")
        | word_set("people", "medical_places")
        | word_set("people", "property")
    ) - word_set("places", "moving")
