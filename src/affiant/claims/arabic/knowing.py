"""What a block says of the one who tells it, in Arabic: that it saw, and that it was there."""

from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.sentence import sentence_of
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.knowing import Span, Witness
from affiant.claims.arabic_script.patterns import cues, formed, phrase, words
from affiant.claims.arabic_script.speakers import Voice
from affiant.model.count import Count
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF


def witness_of(text: str, *, span: Span, writer: Span | None) -> Witness:
    """Return what a block says of the one who tells it.

    Args:
        text: The text.
        span: First and last offset of the block.
        writer: First and last offset of the name of who wrote it, or None.
    """
    line = arabic_shadow(text, spans=[span])
    found: dict[str, Span | None] = {}
    for name in ("saw_it", "beside"):
        words = line.find(cues("speech", "knowing", name, language=LANGUAGE))
        first = next(((first, last) for first, last, _ in words), None)
        found[name] = first and (line.tokens[first[0]].start, line.tokens[first[1]].end)
    return Witness(found["saw_it"], found["beside"], writer)


def tell_own(draft: Draft, *, voice: Voice) -> None:
    """Mark what befell its speakers, and count them: "قال ستة عمال إنهم تعرضوا للضرب"."""
    sentence = sentence_of(draft.layers)
    tokens, of = sentence.line.tokens, COUNT_OF_FAMILY.get(FAMILY_OF[draft.act])
    told = [key for key in sentence.line.keys(0, last=draft.anchor - 1) if key != "قد"]
    mine = words("speech", "that_they", language=LANGUAGE)
    passive = "verb_passive" in draft.features and not any(
        party.side == "victim" and party.name not in (voice.name or "")
        for party in draft.involvements
    )
    if voice.span is None or not told or told[-1] not in mine or not passive or draft.denied:
        return
    name = phrase(voice.name or "")
    for kind in ("institutions", "for_others"):
        if formed("speech", kind, language=LANGUAGE).search(name):
            return
    draft.own_part = True
    for one in sentence.people:
        span = tokens[one.number.first].start, tokens[max(one.last, one.number.last)].end
        counted = one.number.rule not in ("group", "nobody")
        if counted and of and voice.span[0] <= span[0] < voice.span[1]:
            draft.counts = [
                Count(
                    of=of,
                    min=one.number.low,
                    max=one.number.high,
                    words=sentence.line.text[slice(*span)],
                )
            ]
            draft.spans.append(("count", *span))
