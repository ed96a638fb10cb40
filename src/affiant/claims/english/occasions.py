"""Dated occasions of speaking or writing, so that their date stays apart from the act's."""

from dataclasses import replace

from affiant.claims.english.attributed import Attribution
from affiant.claims.english.drafts import Draft
from affiant.claims.english.nominal import noun_acts
from affiant.claims.english.tagging import Sentence, speech_forms
from affiant.claims.lexicon import table

_WRITING = frozenset({"write", "post", "tweet", "report"})
_SPOKEN = frozenset({"speech", "interview", "press", "conference", "briefing", "testimony"})


def occasion(sentence: Sentence, *, said: list[Attribution]) -> Draft | None:
    """Return "On 2 September 2017 … Mrs. X said, “…”" as a dated speech, or None.

    Only a quotation with a full date outside it counts: such a date is that of the
    statement and of nothing that the statement tells.
    """
    for one in said:
        quoted = any(
            sentence.tag(at) == "quote"
            for first, last in one.content
            for at in range(first, last + 1)
        )
        if one.speaker is None or not quoted or sentence.tag(one.cue) != "speech":
            continue
        dates = [at for at in sentence.date_at if not one.holds(at) and abs(at - one.cue) < 40]
        dated = [at for at in dates if sentence.date_at[at].when.edtf]
        if not dated:
            continue
        written = _is_written(sentence, one=one)
        draft = Draft(
            sentence, anchor=one.cue, act="publication" if written else "speech", score=0.35
        )
        first = min(one.speaker[0], dated[0], one.cue)
        draft.quote("act", first=first, last=max(one.speaker[1], dated[0], one.cue))
        mention = sentence.date_at[dated[0]]
        draft.when = mention.when
        if _after_an_act(sentence, index=dated[0]):
            draft.when = replace(mention.when, basis="ambiguous")
        draft.spans.append(("when", mention.start, mention.end))
        draft.features.add("dated_speech")
        draft.why.append(f"dated words of saying “{sentence.low(one.cue)}”")
        return draft
    return None


def _after_an_act(sentence: Sentence, *, index: int) -> bool:
    """Tell whether the date may be that of an act: "an article about the massacre on 1 Sep"."""
    return any(low in noun_acts() for low in sentence.lows(max(index - 6, 0), last=index))


def _is_written(sentence: Sentence, *, one: Attribution) -> bool:
    """Tell whether the occasion is a text: "wrote", "in an article"."""
    form, _ = speech_forms()[sentence.low(one.cue)]
    nouns = (set(table("dates")["statement"]) - _SPOKEN) & set(sentence.lows(0, last=one.cue))
    return form.lemma in _WRITING or bool(nouns)
