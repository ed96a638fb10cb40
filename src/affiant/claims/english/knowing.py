"""How a voice says to know what it tells: it saw, it was told, it has a document."""

import re
from functools import cache

from affiant.claims.english.drafts import Draft
from affiant.claims.english.voices import Voice
from affiant.claims.lexicon import phrases, table, word_set
from affiant.model.speaker import Speaker
from affiant.model.vocabulary import FAMILY_OF, Basis

_FIRST_PERSON = re.compile(r"\b(?:me|us|i|we|my|our|myself|ourselves)\b", re.IGNORECASE)
_ME = frozenset({"me", "us", "i", "we", "myself", "ourselves"})
Known = tuple[Basis, tuple[int, int] | None]
"""How somebody knows, and the words that say so."""


def speakers_of(
    chain: tuple[Voice, ...], *, draft: Draft
) -> tuple[tuple[Speaker, ...], list[tuple[int, int]]]:
    """Return the chain as the model's speakers, and the words that say how each knows."""
    last = chain[-1]
    basis, words = _basis_of(last, draft=draft)
    cues = [voice.cue for voice in chain if voice.cue is not None]
    links = [
        Speaker(name=voice.name, stance=voice.stance, basis=voice.basis) for voice in chain[:-1]
    ]
    speakers = (*links, Speaker(name=last.name, stance=last.stance, basis=basis))
    return speakers, [*cues, *([words] if words else [])]


def _basis_of(voice: Voice, *, draft: Draft) -> Known:
    """Return how the last voice knows: by its name, by the words around, else not given."""
    if voice.stance in ("denies", "disputes", "declines"):
        mine = voice.name is None or voice.how == "chat_writer"
        own = _own_words(draft) if mine and voice.stance == "denies" else None
        return ("took_part", own) if own else ("none_given", None)
    suffered = _suffered(draft)
    if suffered is not None:
        return "took_part", suffered
    lived = word_set("speech", "survivors", "names")
    survivor = not lived.isdisjoint((voice.name or "").lower().split())
    if voice.basis == "took_part" and survivor and _befell_others(draft):
        return "saw", voice.span
    if voice.basis != "none_given":
        return voice.basis, voice.span
    found = basis_of_words(draft.sentence.text, bounds=draft.bounds, own=voice.name is None)
    if found[0] != "none_given":
        return found
    return draft.known


def _befell_others(draft: Draft) -> bool:
    """Tell whether survivors tell of the dead, or of other people whom they name."""
    if FAMILY_OF[draft.act] == "killing":
        return True
    others = [party for party in draft.involvements if party.side == "victim"]
    return bool(draft.counts) and bool(others) and not any(party.inferred for party in others)


def _suffered(draft: Draft) -> tuple[int, int] | None:
    """Return "me" or "we" where the voice itself did or suffered the act."""
    text = draft.sentence.text
    if draft.modality != "actual" or draft.denied:
        return None
    for slot, start, end in draft.spans:
        words = text[start:end].lower()
        if slot in ("victim", "actor") and (words in _ME or words.endswith(" of us")):
            return start, end
        mine = draft.act == "confiscation" or words.split()[-1] in word_set("people", "body")
        if slot == "victim" and mine and words.startswith(("my ", "our ")):
            return start, end
    return draft.own_part


def basis_of_words(text: str, *, bounds: tuple[int, int], own: bool) -> Known:
    """Return how the speaker says to know, from words between two offsets.

    Args:
        text: The whole text.
        bounds: The sentence, or the quotation that it stands in.
        own: True for the document's own voice, which says "I" and not "he".
    """
    for basis, pattern in _bases().items():
        match = pattern.search(text, *bounds)
        if match is not None and (not own or _mine(match)):
            return basis, match.span()
    return "none_given", None


def _mine(match: re.Match[str]) -> bool:
    """Tell whether words speak of the one who writes, or name a document."""
    return "saw" not in match[0].lower() or bool(_FIRST_PERSON.search(match[0]))


def _own_words(draft: Draft) -> tuple[int, int] | None:
    """Return "I" in "I was not beaten": who denies it would have suffered it."""
    text = draft.sentence.text
    for slot, start, end in draft.spans:
        if slot in ("victim", "actor") and text[start:end].lower() in _ME - {"we", "us"}:
            return start, end
    return None


@cache
def _bases() -> dict[Basis, re.Pattern[str]]:
    return {basis: phrases(words.split("|")) for basis, words in table("speech")["basis"].items()}
