"""What a later sentence says of one before: who told it, and that it was put right."""

import re
from dataclasses import replace

from affiant.claims.english.blame import take_subject
from affiant.claims.english.drafts import Draft
from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.tagging import Sentence
from affiant.claims.english.voices import Memory, Voice
from affiant.claims.lexicon import word_set
from affiant.model.count import Count
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF

Spoken = tuple[Draft, tuple[Voice, ...]]

_TOLD_SO = re.compile(
    r"\s*(?P<who>[^\W\d_][^,;:.]{0,40}?)\s+"
    r"(?:(?:has|had|have)\s+)?(?:told|tells|tell|confirmed|described|wrote|writes)\s+"
    r"(?:(?:it|this|that|so)\s+to\s+)?(?P<whom>me|us)(?:\s+(?:so|this|that|it|as much))?"
    r"(?P<self>\s+(?:him|her|them)sel(?:f|ves))?"
    r"(?:\s+(?:later|afterwards|on the phone|by phone))?\s*[.!]?\s*",
    re.IGNORECASE,
)
_WRITING = re.compile(
    r",\s*(?:she|he)(?:['’]s|\s+is|\s+has been|\s+was)?\s+(?:writing|wrote|texting|texted|calling|"
    r"called|telling|told|messaged)(?:\s+to)?\s+me\s+(?:him|her)self",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(my\s+[a-z-]+)['’]s\b")
_RIGHT = re.compile(
    r"\s*(?:in fact[,]?\s+)?the\s+(?:correct|right|actual|true|real|proper)?\s*"
    r"(?:number|figure|total|toll)\s+(?:is|was|should\s+(?:have\s+been|be|read))\s+",
    re.IGNORECASE,
)
_CORRECTING = re.compile(
    r"\b(?:correction|clarification|erratum|we wrote|we reported|we said|wrongly|mistakenly|"
    r"incorrectly|in error)\b",
    re.IGNORECASE,
)
_OF_MANY = frozenset({"displacement", "taking", "killing", "wounding", "ill_treatment"})
_PRONOUNS = frozenset({"he", "she", "they"})


def take_up(sentence: Sentence, *, found: list[Spoken], told: list[Spoken], memory: Memory) -> None:
    """Add what a sentence tells to what was found; let it say who told what was before."""
    told_afterwards(sentence, found=found, memory=memory)
    put_right(sentence, found=found)
    found.extend(told)
    told_themselves(sentence, found=found, first=len(found) - len(told))


def told_afterwards(sentence: Sentence, *, found: list[Spoken], memory: Memory) -> None:
    """Give the sentence before the voice that this one names: "Her priest told us so."."""
    match = _TOLD_SO.fullmatch(sentence.text, sentence.start, sentence.end)
    if match is None or not found:
        return
    before = found[-1][0].sentence
    if before is sentence:
        return
    listed = [at for at, (draft, _) in enumerate(found) if draft.sentence is before]
    name, span = _who(match, before=before, memory=memory)
    if name is None or span is None:
        return
    me = match["whom"].lower() == "me" or memory.testimony
    for at in listed:
        draft = found[at][0]
        _add_voice(found, at=at, voice=(name, span), told=me, took_part=bool(match["self"]))
        draft.why.append(f"told by “{name}”, as the next sentence says")


def _who(
    match: re.Match[str], *, before: Sentence, memory: Memory
) -> tuple[str | None, tuple[int, int] | None]:
    """Return the name of the one who told it, and where it stands."""
    who = match["who"].strip()
    if who.lower() not in _PRONOUNS:
        return who, match.span("who")
    mine = _MINE.search(before.text, before.start, before.end)
    if mine is not None:
        return mine[1], mine.span(1)
    if memory.speaker is not None:
        return memory.speaker.name, memory.speaker.span
    return None, None


def _add_voice(
    found: list[Spoken], *, at: int, voice: tuple[str, tuple[int, int]], told: bool, took_part: bool
) -> None:
    draft, chain = found[at]
    name, span = voice
    if chain[-1].name == name or len(chain) > 2:
        return
    outer = replace(chain[-1], stance="reports", basis="told_by" if told else chain[-1].basis)
    inner = Voice(name, stance=chain[-1].stance, span=span, how="speaker_cue")
    found[at] = (draft, (*chain[:-1], outer, inner))
    draft.own_part = span if took_part else None


def told_themselves(sentence: Sentence, *, found: list[Spoken], first: int) -> None:
    """Name the one hurt as the voice in "nurse Ada is hurt, she is writing to me herself"."""
    if _WRITING.search(sentence.text, sentence.start, sentence.end) is None:
        return
    for at in range(first, len(found)):
        draft = found[at][0]
        spans = [span for span in draft.spans if span[0] == "victim"]
        if draft.sentence is sentence and len(spans) == 1 and draft.counts:
            span = (spans[0][1], spans[0][2])
            name = sentence.text[slice(*span)]
            _add_voice(found, at=at, voice=(name, span), told=True, took_part=True)


def put_right(sentence: Sentence, *, found: list[Spoken]) -> None:
    """Give the act before the number that this sentence puts right: "The number is 21."."""
    match = _RIGHT.match(sentence.text, sentence.start, sentence.end)
    if match is None or not found:
        return
    draft, chain = found[-1]
    around = sentence.text[max(draft.sentence.start - 60, 0) : sentence.end]
    at = next((at for at, one in enumerate(sentence.tokens) if one.start >= match.end()), 0)
    number = quantity_at(sentence, index=at)
    if number is None or not draft.counts or _CORRECTING.search(around) is None:
        return
    words = sentence.text[sentence.tokens[number.first].start : sentence.tokens[number.last].end]
    count = Count(of=draft.counts[0].of, min=number.low, max=number.high, words=words)
    draft.counts[:] = [count]
    draft.quote_in(sentence, slot="count", first=number.first, last=number.last)
    draft.quote_in(sentence, slot="act", first=0, last=number.last)
    draft.why.append("a number put right in the next sentence")
    found[-1] = (draft, (*chain[:-1], replace(chain[-1], stance="corrects")))


def number_after_colon(draft: Draft, *, others: list[Draft]) -> None:
    """Give "refugees were sent back: the police put 83 people on barges" its number and doer."""
    sentence = draft.sentence
    unbounded = all((count.min, count.max) == (None, None) for count in draft.counts)
    if draft.denied or not unbounded or FAMILY_OF[draft.act] not in _OF_MANY:
        return
    colon = next(
        (at for at in range(draft.anchor, len(sentence.tokens)) if sentence.low(at) == ":"), None
    )
    if colon is None or any(other.anchor > colon for other in others):
        return
    for at in range(colon + 1, len(sentence.tokens)):
        number = quantity_at(sentence, index=at)
        if number is None or sentence.low(number.last + 1) not in word_set("people", "people"):
            continue
        words = sentence.text[sentence.tokens[at].start : sentence.tokens[number.last + 1].end]
        of = COUNT_OF_FAMILY.get(FAMILY_OF[draft.act], "other")
        draft.counts[:] = [Count(of=of, min=number.low, max=number.high, words=words)]
        draft.quote("count", first=at, last=number.last + 1)
        draft.why.append("number after the colon")
        take_subject(draft, first=colon + 1, last=at)
        return
