"""What a sentence does to the one before: "the coastguard rejects that", "we withdraw that"."""

import re
from dataclasses import replace

from affiant.claims.english.drafts import Draft
from affiant.claims.english.tagging import Sentence
from affiant.claims.english.voices import Memory, Voice, basis_of_name
from affiant.model.vocabulary import FAMILY_OF, Stance

Spoken = tuple[Draft, tuple[Voice, ...]]

_WHAT = (
    r"(?:that|this|it|these|those|them|both|everything|as\s+much|(?:all|any|most)\s+of\s+(?:this|it|that)|"
    r"(?:having\s+done|doing)\s+(?:so|it|this)|(?:any|all)\s+(?:part|role|involvement|hand|responsibility|knowledge)"
    r"(?:\s+(?:in|for|of)\s+(?:it|this|that|them))?|"
    r"(?:the|these|those|such|all|its|his|her|their)\s+(?:\w+\s+)?(?:charges?|claims?|accusations?|allegations?|accounts?|"
    r"reports?|stor(?:y|ies)|versions?|figures?|numbers?|suggestions?|rumours?|assertions?))"
)
_REJECTS = re.compile(
    r"\s*(?P<who>[^,;:.!?“”\"]{2,70}?)\s+(?:(?:has|have|had)\s+)?"
    r"(?:(?:\w+ly|always|again|since)\s+){0,2}?"
    r"(?P<cue>rejects?|rejected|den(?:y|ies|ied)|disputes?d?|contests?|contested|refutes?d?|"
    r"dismiss(?:es|ed)?|contradicts?|contradicted|repudiates?d?|disowns?|disowned)"
    rf"\s+(?P<what>{_WHAT})(?:\s+(?:outright|flatly|entirely|too|completely|as\s+[^.]{{2,60}}))?\s*[.!]?\s*",
    re.IGNORECASE,
)
_WITHDRAWS = re.compile(
    r"\s*(?:(?:we|i)\s+(?:hereby\s+|now\s+|must\s+)?(?:withdraw|retract|take\s+back|unsay|delete)\s+"
    r"(?:it|that|this|the\s+\w+|what\s+[^.]{2,60})(?:\s+back)?|"
    r"(?:that|this|it)\s+(?:was|is|has\s+been)\s+(?:incorrect|misreported|withdrawn|retracted)|"
    r"(?:we|i)\s+(?:was|were)\s+(?:mistaken|misinformed))\b[^.!?]{0,80}[.!]?\s*",
    re.IGNORECASE,
)
"""What takes a telling back. "That was wrong", "it was a mistake" may judge the deed itself."""

_STRUCK = re.compile(
    r"\s*(?:struck\s+(?:off|out)|deleted|withdrawn|retracted|retraction|removed\s+from|taken\s+off\s+the\s+list)\b",
    re.IGNORECASE,
)
_NOT_SO_MANY = re.compile(
    r",?\s+(?:and\s+)?(?:not|instead\s+of|rather\s+than)\s+(?:the\s+)?[\w-]+(?:\s+\w+)?\s+(?:as|that|which|we|in\s+the|given|"
    r"reported|stated|printed)\b",
    re.IGNORECASE,
)
_SHORTEST = 3


def answer(
    sentence: Sentence, *, found: list[Spoken], outer: tuple[Voice, ...], memory: Memory
) -> list[Spoken]:
    """Return the denial of what was told just before, or take it back.

    Args:
        sentence: The sentence.
        found: What was told before it, in order.
        outer: The voices in which the sentence stands.
        memory: What the text has told so far.
    """
    if not found and memory.told is None:
        return []
    if found and _WITHDRAWS.fullmatch(sentence.text, sentence.start, sentence.end):
        _take_back(found, outer=outer)
        return []
    match = _REJECTS.fullmatch(sentence.text, sentence.start, sentence.end)
    if match is None or len(sentence.tokens) < _SHORTEST:
        return []
    earlier = [*([memory.told] if memory.told else []), *found]
    before = next((one for one, _ in reversed(earlier) if _is_deed(one)), None)
    who = _voice(match, memory=memory, stance="disputes" if _of_number(match) else "denies")
    if before is None or who is None or who.name == earlier[-1][1][-1].name:
        return []
    return [(_denial(sentence, before=before, match=match), (*_passing(outer), who))]


def _is_deed(draft: Draft) -> bool:
    return FAMILY_OF[draft.act] not in ("statement", "appeal", "commemoration", "legal_status")


def _of_number(match: re.Match[str]) -> bool:
    return bool(re.search(r"number|figure", match["what"], re.IGNORECASE))


def _denial(sentence: Sentence, *, before: Draft, match: re.Match[str]) -> Draft:
    """Return the act told before as denied by the words of this sentence."""
    last = len(sentence.tokens) - 1
    while last > 0 and sentence.tag(last) == "punct":
        last -= 1
    draft = Draft(sentence, anchor=last, act=before.act, score=0.55)
    draft.quote("act", first=0, last=last)
    draft.denies = match.span("what")
    draft.features.add("denial_words")
    draft.why.append(f"“{match['cue'].lower()} {match['what'].lower()}”, told just before")
    return draft


def _voice(match: re.Match[str], *, memory: Memory, stance: Stance) -> Voice | None:
    """Return who rejects it; a pronoun is the last one named."""
    name, span = match["who"].strip(), match.span("who")
    if name.lower() in ("he", "she", "they"):
        return None if memory.speaker is None else replace(memory.speaker, stance=stance)
    if name.lower() == "it":
        return None if memory.body is None else replace(memory.body, stance=stance)
    if name.lower() in ("i", "we", "nobody", "no one", "who", "which"):
        return None
    return Voice(name, stance, span, basis_of_name(name), match.span("cue"), "speaker_cue")


def _passing(outer: tuple[Voice, ...]) -> tuple[Voice, ...]:
    return (*outer[:-1], replace(outer[-1], stance="reports"))


def _take_back(found: list[Spoken], *, outer: tuple[Voice, ...]) -> None:
    """Let the voice itself take back what the sentence before told."""
    before = found[-1][0].sentence
    for at, (draft, _) in enumerate(found):
        if draft.sentence is before:
            draft.why.append("taken back in the next sentence")
            found[at] = (draft, (*outer[:-1], replace(outer[-1], stance="retracts")))


def taken_back(found: list[Spoken], *, text: str, start: int) -> list[Spoken]:
    """Return what a block tells that begins with "Struck off:" as taken back by its voice."""
    if _STRUCK.match(text, start) is None:
        return found
    return [(draft, (replace(chain[0], stance="retracts"),)) for draft, chain in found]


def corrected(draft: Draft, *, chain: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the voices of "four dead, not six as on the leaflet": who says so corrects."""
    sentence = draft.sentence
    told = chain[-1].stance == "asserts" and draft.counts and draft.modality == "actual"
    if not told or not _NOT_SO_MANY.search(sentence.text, draft.reach[1], sentence.end):
        return chain
    return (*chain[:-1], replace(chain[-1], stance="corrects"))
