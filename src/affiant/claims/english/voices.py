"""The chain of those through whom words reach the page."""

import re
from dataclasses import dataclass
from functools import cache

from affiant.claims.english.attributed import Attribution
from affiant.claims.english.phrases import Phrase, words_of
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import phrases, table
from affiant.model.involvement import Involvement
from affiant.model.speaker import Speaker
from affiant.model.vocabulary import Basis, Stance
from affiant.model.when import When


@dataclass(frozen=True, slots=True)
class Voice:
    """One who says something, and where their name stands.

    Attributes:
        name: As written; None is the document's own voice.
        stance: What they do with the words.
        span: First and last offset of the name, or None.
        basis: How they say to know.
    """

    name: str | None
    stance: Stance = "asserts"
    span: tuple[int, int] | None = None
    basis: Basis = "none_given"


DOCUMENT = Voice(None)


class Memory:
    """What the text has told so far, for pronouns and for carried dates.

    Attributes:
        speaker: The last voice with a name.
        body: The last body that was the subject of a sentence: what "it" stands for.
        victims: Victims of the last act in this paragraph.
        killed: Victims of the last killing in this paragraph.
        accused: The alleged of the last act in this paragraph.
        subject: Subject of the sentence before, in this paragraph.
        when: The date that this paragraph gave to an act, or None.
        mixed: True where the paragraph gave more than one.
        chain: Voices of the last quotation in this paragraph.
        open_chain: Voices of a quotation that the block before left open.
    """

    def __init__(self) -> None:
        self.speaker: Voice | None = None
        self.body: Voice | None = None
        self.open_chain: tuple[Voice, ...] | None = None
        self.new_paragraph()

    def new_paragraph(self) -> None:
        """Forget what holds inside one paragraph only."""
        self.victims: Involvement | None = None
        self.killed: Involvement | None = None
        self.accused: Involvement | None = None
        self.subject: Involvement | None = None
        self.when: When | None = None
        self.mixed = False
        self.chain: tuple[Voice, ...] | None = None


def voices_at(
    sentence: Sentence,
    *,
    index: int,
    outer: tuple[Voice, ...],
    said: list[Attribution],
    memory: Memory,
) -> tuple[Voice, ...]:
    """Return the voices that say a token, outermost first."""
    chain = list(outer)
    for one in said:
        if not one.holds(index):
            continue
        if one.speaker is None:
            chain[-1] = Voice(chain[-1].name, one.stance, chain[-1].span, chain[-1].basis)
            continue
        voice = voice_of(sentence, one=one, memory=memory)
        if voice is None:
            chain[-1] = Voice(chain[-1].name, "reports", chain[-1].span, chain[-1].basis)
        elif voice.name != chain[-1].name:
            chain[-1] = _passing_on(chain[-1])
            chain.append(voice)
        else:
            chain[-1] = Voice(voice.name, voice.stance, chain[-1].span, voice.basis)
    return tuple(chain)


def voice_of(sentence: Sentence, *, one: Attribution, memory: Memory) -> Voice | None:
    """Return the voice of an attribution; a pronoun is taken for the last one named."""
    if one.speaker is None:
        return None
    first, last = one.speaker
    name = words_of(sentence, phrase=Phrase(first, last))
    span = (sentence.tokens[first].start, sentence.tokens[last].end)
    if one.pronoun and sentence.low(first) == "it" and memory.body is not None:
        return Voice(memory.body.name, one.stance, memory.body.span)
    if one.pronoun:
        if sentence.low(first) in ("i", "we") or memory.speaker is None:
            return (
                None if sentence.low(first) in ("i", "we", "it") else Voice(name, one.stance, span)
            )
        return Voice(memory.speaker.name, one.stance, memory.speaker.span, memory.speaker.basis)
    return Voice(name, one.stance, span, _basis_of_name(name))


def remember_speakers(sentence: Sentence, *, said: list[Attribution], memory: Memory) -> None:
    """Keep the last voice with a name for later pronouns."""
    for one in sorted(said, key=lambda one: one.cue):
        if one.speaker is not None and not one.pronoun:
            memory.speaker = memory.body = voice_of(sentence, one=one, memory=memory)


def speakers_of(
    chain: tuple[Voice, ...], *, text: str, bounds: tuple[int, int]
) -> tuple[Speaker, ...]:
    """Return the chain as the model's speakers, the last with the basis its words give."""
    basis = chain[-1].basis
    if basis == "none_given" and len(chain) > 1:
        basis = _basis_of_words(text, bounds=bounds)
    links = [
        Speaker(name=voice.name, stance=voice.stance, basis=voice.basis) for voice in chain[:-1]
    ]
    return (*links, Speaker(name=chain[-1].name, stance=chain[-1].stance, basis=basis))


def with_stance(chain: tuple[Voice, ...], *, stance: Stance) -> tuple[Voice, ...]:
    """Return the chain with another stance of the one who holds the words."""
    last = chain[-1]
    return (*chain[:-1], Voice(last.name, stance, last.span, last.basis))


def _passing_on(voice: Voice) -> Voice:
    stance: Stance = "reports" if voice.stance == "asserts" else voice.stance
    return Voice(voice.name, stance, voice.span, voice.basis)


def _basis_of_name(name: str) -> Basis:
    low = name.lower()
    if any(word in low for word in ("eyewitness", "eye-witness", "witnesses")):
        return "saw"
    return (
        "document"
        if any(word in low for word in (" log", "records", "register", "certificate"))
        else "none_given"
    )


def _basis_of_words(text: str, *, bounds: tuple[int, int]) -> Basis:
    """Return how the speaker says to know, from words around the claim."""
    for basis, pattern in _bases().items():
        if pattern.search(text, *bounds):
            return basis
    return "none_given"


@cache
def _bases() -> dict[Basis, re.Pattern[str]]:
    return {basis: phrases(words.split("|")) for basis, words in table("speech")["basis"].items()}
