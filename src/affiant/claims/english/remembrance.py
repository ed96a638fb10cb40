"""Public remembrance of an event or its dead."""

from affiant.claims.english.drafts import Draft
from affiant.claims.english.numbers import Quantity, quantity_at
from affiant.claims.english.phrases import (
    Phrase,
    object_after,
    words_of,
)
from affiant.claims.english.places import places_between
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import table, word_set
from affiant.model.count import Count


def commemoration(sentence: Sentence) -> Draft | None:
    """Return who remembers an event or its dead in public."""
    words = table("civic")["commemoration"]
    verbs, objects = frozenset(words["verbs"].split()), frozenset(words["objects"].split())
    for index, token in enumerate(sentence.tokens):
        memory = (
            token.low == "memory"
            and sentence.low(index - 1) == "in"
            and sentence.low(index + 1) == "of"
        )
        noun = sentence.tag(index) == NOUN and sentence.tag(index - 1) != "to" and index > 0
        if not memory and (token.low not in verbs or (noun and not sentence.capitals)):
            continue
        near = [
            at
            for at in range(index + 1, min(index + 12, len(sentence.tokens)))
            if sentence.low(at) in objects
        ]
        people = word_set("people", "people")
        dead = any(low in people for low in sentence.lows(index + 1, last=index + 8))
        if not near and not (memory and dead):
            continue
        if not memory and sentence.tag(index - 1) in ("det", "adj", "modal"):
            continue
        last = near[0] if near else index
        return _commemoration_draft(sentence, index=index, last=last)
    return None


def _commemoration_draft(sentence: Sentence, *, index: int, last: int) -> Draft:
    """Return the remembrance with its date, place, and the number of those remembered."""
    draft = Draft(sentence, anchor=index, act="commemoration", score=0.5)
    dead = object_after(sentence, index=index + 2) if sentence.low(index + 1) == "of" else None
    begin = index - (sentence.low(index - 1) == "in")
    draft.quote("act", first=begin, last=last if dead is None else max(dead.last, last))
    dated = [at for at in sentence.date_at if at < index]
    if dated:
        mention = sentence.date_at[dated[-1]]
        draft.when = mention.when
        draft.spans.append(("when", mention.start, mention.end))
    place = _place(sentence, index=index, last=last)
    if place is not None:
        draft.where = words_of(sentence, phrase=Phrase(*place))
        draft.quote("where", first=place[0], last=place[1])
    quantity = _remembered(sentence, first=index + 1, last=last)
    if quantity is not None:
        words = words_of(sentence, phrase=Phrase(quantity.first, quantity.last))
        draft.counts.append(Count(of="other", min=quantity.low, max=quantity.high, words=words))
        draft.quote("count", first=quantity.first, last=quantity.last)
    labels = word_set("people", "labels")
    near = sentence.tokens[index : last + 3]
    draft.labels.extend(dict.fromkeys(token.text for token in near if token.low in labels))
    draft.features.add("remembrance_words")
    draft.why.append(f"remembrance “{sentence.low(index)} … {sentence.low(last)}”")
    return draft


def _place(sentence: Sentence, *, index: int, last: int) -> tuple[int, int] | None:
    """Return where people remember; a place after "massacre" is that of the massacre."""
    end = len(sentence.tokens) - 1
    event = {"massacre", "killing", "attack", "murder"} & set(sentence.lows(index, last=end))
    found = [] if event else places_between(sentence, first=last, last=end)
    found = found or places_between(sentence, first=0, last=index)
    return found[0] if found else None


def _remembered(sentence: Sentence, *, first: int, last: int) -> Quantity | None:
    """Return the number in "in memory of the 52 martyrs", or None."""
    for at in range(first, last + 1):
        quantity = quantity_at(sentence, index=at)
        if quantity is not None and quantity.low is not None and quantity.last < last:
            return quantity
    return None
