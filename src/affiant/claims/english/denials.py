"""Denials that name no act that we know."""

import re
from functools import cache

from affiant.claims.english.attributed import Attribution
from affiant.claims.english.drafts import Draft
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import phrases, table


def denial_of_everything(
    sentence: Sentence, *, said: list[Attribution], acts: list[Draft]
) -> Draft | None:
    """Return a denial that names no act that we know: "No incident took place"."""
    first, last = _bare_span(sentence, said=said)
    if any(draft.denied for draft in acts) or first > last:
        return None
    denying = next((one for one in said if one.stance == "denies"), None)
    if denying is not None:
        told = any(denying.holds(draft.anchor) for draft in acts)
        if told or not _about_acts(sentence, denying=denying):
            return None
        begin, end = denying.content[0]
        cue = sentence.low(denying.cue)
        return _denial(sentence, first=begin, last=min(end, last), cue=cue, denied=False)
    cue = _denying_words(sentence, first=first, last=last)
    return _denial(sentence, first=first, last=last, cue=cue, denied=True) if cue else None


def _bare_span(sentence: Sentence, *, said: list[Attribution]) -> tuple[int, int]:
    """Return what the innermost voice says, without the marks around it."""
    first = next((one.content[0][0] for one in said if one.stance != "denies"), 0)
    while sentence.tag(first) == "punct":
        first += 1
    last = len(sentence.tokens) - 1
    while last > first and sentence.tag(last) in ("punct", "quote"):
        last -= 1
    return first, last


def _denying_words(sentence: Sentence, *, first: int, last: int) -> str:
    """Return "no incident" or "are false" where the words deny, else nothing."""
    subject = next(
        (entry for entry in _denied_subjects() if sentence.follows(first, sequence=entry)), None
    )
    verb = any(sentence.tag(at) in ("be", "verb", "have", "act") for at in range(first, last + 1))
    if subject is not None and verb:
        return " ".join(subject)
    false = _false().search(sentence.text, sentence.tokens[first].start, sentence.tokens[last].end)
    alleging = table("civic")["denial"]["alleging"]
    alleged = any(low in alleging for low in sentence.lows(first, last=last))
    return " ".join(false.group().lower().split()) if false is not None and alleged else ""


def _about_acts(sentence: Sentence, *, denying: Attribution) -> bool:
    """Tell whether what is denied is an allegation, a part in an act, or an act."""
    first, last = denying.content[0]
    lows = set(sentence.lows(first, last=last))
    known = set(table("civic")["denial"]["alleging"]) | set(table("civic")["denial"]["matters"])
    return bool(lows & known)


def _denial(sentence: Sentence, *, first: int, last: int, cue: str, denied: bool) -> Draft | None:
    while last > first and sentence.tag(last) in ("punct", "quote"):
        last -= 1
    if last < first:
        return None
    draft = Draft(sentence, anchor=first, act="denial", score=0.7)
    draft.quote("act", first=first, last=last)
    draft.denied = denied
    draft.denies = (sentence.tokens[first].start, sentence.tokens[last].end)
    draft.features.add("denial_words")
    draft.why.append(f"denial “{cue}”")
    return draft


@cache
def _denied_subjects() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(entry.split()) for entry in table("civic")["denial"]["subjects"])


@cache
def _false() -> re.Pattern[str]:
    return phrases(table("civic")["denial"]["false"])
