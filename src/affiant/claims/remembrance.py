"""Public remembrance of an event or its dead."""

from affiant.claims.drafts import Draft
from affiant.claims.lexicon import table, word_set
from affiant.claims.phrases import (
    Phrase,
    leading_quantity,
    object_after,
    words_of,
)
from affiant.claims.places import places_between
from affiant.claims.tagging import NOUN, Sentence
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
        if not memory and not near:
            continue
        if not memory and sentence.tag(index - 1) in ("det", "adj", "modal"):
            continue
        last = near[0] if near else index
        return _commemoration_draft(sentence, index=index, last=last)
    return None


def _commemoration_draft(sentence: Sentence, *, index: int, last: int) -> Draft:
    draft = Draft(sentence, anchor=index, act="commemoration", score=0.5)
    draft.quote("act", first=index, last=last)
    dated = [at for at in sentence.date_at if at < index]
    if dated:
        mention = sentence.date_at[dated[-1]]
        draft.when = mention.when
        draft.spans.append(("when", mention.start, mention.end))
    event = any(
        sentence.low(at) in ("massacre", "killing", "attack", "murder")
        for at in range(index, len(sentence.tokens))
    )
    found = places_between(sentence, first=last, last=len(sentence.tokens) - 1) if not event else []
    found = found or places_between(sentence, first=0, last=index)
    if found:
        draft.where = words_of(sentence, phrase=Phrase(*found[0]))
        draft.quote("where", first=found[0][0], last=found[0][1])
    dead = object_after(sentence, index=last - 1) or object_after(sentence, index=last)
    quantity = (
        leading_quantity(sentence, phrase=Phrase(index + 2, len(sentence.tokens) - 1))
        if index + 2 < len(sentence.tokens)
        else None
    )
    for at in range(index + 1, last + 1):
        quantity = quantity or leading_quantity(
            sentence, phrase=Phrase(at, len(sentence.tokens) - 1)
        )
    if (
        quantity is not None
        and quantity.low is not None
        and dead is not None
        and sentence.tag(quantity.last + 1) != "punct"
    ):
        draft.counts.append(
            Count(
                of="other",
                min=quantity.low,
                max=quantity.high,
                words=words_of(sentence, phrase=Phrase(quantity.first, quantity.last)),
            )
        )
        draft.quote("count", first=quantity.first, last=quantity.last)
    labels = word_set("people", "labels")
    draft.labels.extend(
        dict.fromkeys(
            token.text for token in sentence.tokens[index : last + 3] if token.low in labels
        )
    )
    draft.why.append(f"remembrance “{sentence.low(index)} … {sentence.low(last)}”")
    return draft
