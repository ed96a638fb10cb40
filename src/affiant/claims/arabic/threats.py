"""Threats told by their words alone: "إن فتحت فمك دفناك", "اخرجوا وإلا أحرقنا البيوت"."""

import re
from collections.abc import Iterator
from functools import cache

from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.patterns import bounded, cues, listed
from affiant.claims.arabic_script.shadow import key_of

_SHORTEST = 3


def spoken_threat(sentence: Sentence) -> Draft | None:
    """Return the threat that a condition with a harm after it, or beside it, tells."""
    if any(hit.form.act == "threat" for hit in sentence.hits):
        return None
    found = list(sentence.line.find(cues("speech", "threat", "phrases", language=LANGUAGE)))
    if found:
        opened = _conditions(sentence, name="conditions") or _conditions(sentence, name="unsure")
        return _draft(sentence, first=found[0][0], last=found[0][1], conditional=bool(opened))
    for first, last in _conditions(sentence, name="conditions"):
        one = _near(sentence, first=first, last=last, harms=[*_harms(sentence, sure=False)])
        if one is not None:
            return one
    for first, last in _conditions(sentence, name="unsure"):
        harms = [*_harms(sentence, sure=not _opens(sentence, at=first))]
        one = _near(sentence, first=first, last=last, harms=harms)
        if one is not None:
            return one
    return None


def mark_threats(sentence: Sentence, *, drafts: list[Draft]) -> None:
    """Make a threat of what is told as to come under a condition: "سيعدمونهما ما لم"."""
    if not _conditions(sentence, name="conditions"):
        return
    for draft in drafts:
        if draft.modality == "intended" and draft.act != "threat":
            draft.act, draft.modality = "threat", "conditional"
            draft.counts, draft.involvements = [], []


def _conditions(sentence: Sentence, *, name: str) -> list[tuple[int, int]]:
    pattern = cues("speech", "threat", name, language=LANGUAGE)
    return [(first, last) for first, last, _ in sentence.line.find(pattern)]


def _opens(sentence: Sentence, *, at: int) -> bool:
    return at == 0 or sentence.line.tokens[at - 1].key in (":", '"', "-")


def _near(
    sentence: Sentence, *, first: int, last: int, harms: list[tuple[int, int]]
) -> Draft | None:
    """Return the threat of a condition and the harm after it, or else before it."""
    one = next((harm for harm in harms if harm[0] > last), None)
    one = one or next((harm for harm in harms if harm[1] < first), None)
    if one is None:
        return None
    begin, end = min(first, one[0]), max(last, one[1])
    return _draft(sentence, first=begin, last=end, conditional=True)


def _harms(sentence: Sentence, *, sure: bool) -> Iterator[tuple[int, int]]:
    for first, last, _ in sentence.line.find(_harm(sure=sure)):
        if len(sentence.line.tokens[first].key) >= _SHORTEST:
            yield first, last


def _draft(sentence: Sentence, *, first: int, last: int, conditional: bool) -> Draft:
    draft = Draft(sentence, anchor=first, act="threat")
    draft.quote("act", first=first, last=last)
    draft.modality = "conditional" if conditional else "intended"
    draft.features.update({"idiom", "conditional_cue" if conditional else "intended_cue"})
    draft.why.append(f"“{sentence.line.exact(first, last=last)}” (threat)")
    return draft


@cache
def _harm(*, sure: bool) -> re.Pattern[str]:
    """Return the pattern of a harm that "we" or "I" will do, or that awaits "you".

    Args:
        sure: True for what is told as to come; a past or a passive is left out.
    """
    stems = sorted(map(key_of, listed("speech", "threat", "harm", language=LANGUAGE)), key=len)
    every = "|".join(map(re.escape, reversed(stems)))
    ends = "(?:هما|هم|هن|ها|ه|کم|کن|ک|و|وا)?"
    future = f"(?:س|ح|ه|من|مند)[نای]?(?:ت)?(?:{every}){ends}"
    yours = f"(?:[نسا]*)(?:{every})(?:نا|ت)?(?:کم|کن|ک)"
    plain = f"ب?ن(?:{every}){ends}"
    if sure:
        return bounded("|".join((future, yours)))
    ours = f"(?:{every})نا[^ ]{{0,3}}"
    passive = f"س?[یت](?:{every})(?:وا|ون)?"
    return bounded("|".join((future, yours, plain, ours, passive)))
