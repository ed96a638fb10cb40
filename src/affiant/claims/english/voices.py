"""The chain of those through whom words reach the page."""

import re
from dataclasses import dataclass, replace

from affiant.claims.english.according import openers
from affiant.claims.english.apposed import is_plural
from affiant.claims.english.attributed import Attribution, group_start
from affiant.claims.english.counting import is_single
from affiant.claims.english.drafts import Draft
from affiant.claims.english.entries import Entry
from affiant.claims.english.phrases import Phrase, core, words_of
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import table, word_set
from affiant.model.count import Count
from affiant.model.involvement import Involvement
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
        cue: First and last offset of the words of saying, or None.
        how: What led to the voice, as ``affiant.claims.features`` lists it.
    """

    name: str | None
    stance: Stance = "asserts"
    span: tuple[int, int] | None = None
    basis: Basis = "none_given"
    cue: tuple[int, int] | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written, and where it stands."""

    words: str
    span: tuple[int, int]


DOCUMENT = Voice(None)
_BODY = frozenset({"it", "quote", "statement", "original", "text"})
_TOGETHER = re.compile(
    r"(?P<one>(?:an?|the|one|two|three|several|local|his|her|their)\s.{3,60}?)\s+and\s+"
    r"(?P<other>(?:an?|the|one|two|three|four|several|local|other|his|her|their)\s[^,]{3,60})",
    re.DOTALL,
)
_US = frozenset({"me", "us"})
_COPY = "copy"
"""Stands for a listener where written words are passed on: "FWD from the Union: …"."""


class Memory:
    """What the text has told so far, for pronouns and for carried dates.

    Attributes:
        speaker: The last voice with a name.
        body: The last body that was the subject of a sentence: what "it" stands for.
        victims: Victims of the last act in this paragraph.
        killed: Victims of the last killing in this paragraph.
        accused: The alleged of the last act in this paragraph.
        armed: The last who bear arms and are the subject of a verb.
        attacker: The alleged of the last attack in this paragraph, whatever came of it.
        accuser: The voice that told of that attack.
        place: The last place told.
        parties: By head word, the longer names of those who bear arms.
        how_many: The number of those whom an entry without a verb names.
        subject: Subject of the sentence before, in this paragraph.
        when: The date that this paragraph gave to an act, or None.
        entry: The entry of a list that this paragraph is, or None.
        mixed: True where the paragraph gave more than one.
        chain: Voices of the last quotation in this paragraph.
        counted: The last act with a number in this paragraph, by its family and in all.
        testimony: True where the document's own voice tells what it lived through.
        writer: Who wrote the message before.
        told: The last act told, with its voices, in whichever paragraph.
        open_chain: Voices of a quotation that the block before left open.
        known: By voice, how it said in this paragraph to know, with the words.
    """

    def __init__(self) -> None:
        self.speaker: Voice | None = None
        self.body: Voice | None = None
        self.open_chain: tuple[Voice, ...] | None = None
        self.testimony = False
        self.writer: str | None = None
        self.told: tuple[Draft, tuple[Voice, ...]] | None = None
        self.parties: dict[str, tuple[Involvement, ...]] = {}
        self.new_paragraph()

    def new_paragraph(self, *, keeping: bool = False, same_place: bool = False) -> None:
        """Forget what holds inside one paragraph only.

        Args:
            keeping: True where it goes on with the one before: who bears arms stays known.
            same_place: True where it goes on at the same place.
        """
        if not keeping:
            self.armed: Involvement | None = None
        if not same_place:
            self.place: Place | None = None
        self.victims: Involvement | None = None
        self.killed: Involvement | None = None
        self.accused: Involvement | None = None
        self.attacker: Involvement | None = None
        self.accuser: str | None = None
        self.subject: Involvement | None = None
        self.how_many: tuple[Count, ...] = ()
        self.when: When | None = None
        self.mixed = False
        self.entry: Entry | None = None
        self.counted: dict[str, Draft] = {}
        self.chain: tuple[Voice, ...] | None = None
        self.known: dict[str | None, tuple[Basis, tuple[int, int] | None]] = {}


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
        cue = _cue_of(sentence, one=one)
        if one.speaker is None:
            basis: Basis = "told_by" if one.listener in _US else chain[-1].basis
            chain[-1] = replace(chain[-1], stance=one.stance, cue=cue, how="passed_on", basis=basis)
            continue
        voice = voice_of(sentence, one=one, memory=memory)
        if voice is None:
            us = sentence.low(one.speaker[0]) in ("i", "we")
            chain[-1] = replace(chain[-1], stance=one.stance if us else "reports", cue=cue)
        elif voice.name != chain[-1].name:
            told = memory.testimony and memory.entry is None and chain[-1].name is None
            listener = one.listener or _kin(voice.name) or ("me" if told else "")
            if listener == "us" and chain[-1].name is None and not memory.testimony:
                listener = ""
            chain[-1] = _passing_on(chain[-1], listener=listener)
            chain.append(voice)
        else:
            chain[-1] = replace(voice, name=voice.name, span=chain[-1].span)
    return tuple(chain)


def _kin(name: str | None) -> str:
    """Return "me" for "my aunt": who writes so was told."""
    return "me" if name and name.lower().startswith(("my ", "our ")) else ""


def _cue_of(sentence: Sentence, *, one: Attribution) -> tuple[int, int]:
    """Return where the words of saying stand: "has denied", "according to"."""
    first, last = one.cue, one.cue
    if one.speaker is not None and one.speaker[0] > one.cue and sentence.low(one.cue) in openers():
        last = one.speaker[0] - 1
    return sentence.tokens[first].start, sentence.tokens[last].end


def voice_of(sentence: Sentence, *, one: Attribution, memory: Memory) -> Voice | None:
    """Return the voice of an attribution; a pronoun is taken for the last one named."""
    if one.speaker is None:
        return None
    first, last = one.speaker
    name = words_of(sentence, phrase=Phrase(first, last))
    span = (sentence.tokens[first].start, sentence.tokens[last].end)
    cue = _cue_of(sentence, one=one)
    spoken = sentence.tag(one.cue) == "speech"
    how = "speaker_cue" if spoken else "speaker_by_phrase"
    if one.pronoun and sentence.low(first) in _BODY and memory.body is not None:
        return Voice(memory.body.name, one.stance, memory.body.span, cue=cue, how="speaker_pronoun")
    if one.pronoun:
        if sentence.low(first) in ("i", "we", "it"):
            return None
        earlier = _subject_earlier(sentence, before=first)
        if earlier is not None:
            words = words_of(sentence, phrase=earlier)
            at = sentence.tokens[earlier.first].start, sentence.tokens[earlier.last].end
            return Voice(words, one.stance, at, basis_of_name(words), cue, "speaker_pronoun")
        many = _many(name, memory=memory)
        if many is not None:
            return Voice(many, one.stance, None, basis_of_name(many), cue, "speaker_pronoun")
        if memory.speaker is None:
            return Voice(name, one.stance, span, cue=cue, how="speaker_pronoun")
        return replace(memory.speaker, stance=one.stance, cue=cue, how="speaker_pronoun")
    return Voice(name, one.stance, span, basis_of_name(name), cue=cue, how=how)


def _many(pronoun: str, *, memory: Memory) -> str | None:
    """Return for whom "they" stands where the last voice is one person: those told of before."""
    last = None if memory.speaker is None else memory.speaker.name
    if pronoun.lower() != "they" or last is None or _plural(last) or memory.subject is None:
        return None
    return memory.subject.name if _plural(memory.subject.name) else None


def _plural(name: str) -> bool:
    """Tell whether a name is of more than one: "lawyers for the families"."""
    head = re.split(r"\s+(?:of|for|in|at|from|who|with)\s+", name.lower(), maxsplit=1)[0]
    return is_plural(head.split()[-1]) if head.split() else False


def _subject_earlier(sentence: Sentence, *, before: int) -> Phrase | None:
    """Return the one person who is the subject earlier in the sentence: "my aunt …, she says"."""
    for at in range(1, before):
        if sentence.tag(at) in ("be", "have", "verb", "act", "modal", "speech"):
            found = subject_before(sentence, index=group_start(sentence, index=at))
            if found is None or not is_single(sentence, phrase=core(sentence, phrase=found)):
                return None
            return core(sentence, phrase=found)
    return None


def remember_speakers(sentence: Sentence, *, said: list[Attribution], memory: Memory) -> None:
    """Keep the last voice with a name for later pronouns."""
    for one in sorted(said, key=lambda one: (one.size, one.cue)):
        if one.speaker is not None and not one.pronoun:
            memory.speaker = memory.body = voice_of(sentence, one=one, memory=memory)


def with_stance(chain: tuple[Voice, ...], *, stance: Stance) -> tuple[Voice, ...]:
    """Return the chain with another stance of the one who holds the words."""
    return (*chain[:-1], replace(chain[-1], stance=stance))


def _passing_on(voice: Voice, *, listener: str) -> Voice:
    """Return the voice as one that passes on, told by the next where the words say so."""
    stance: Stance = "reports" if voice.stance == "asserts" else voice.stance
    if listener == _COPY:
        return replace(voice, stance=stance, basis="document")
    told = listener in _US or (bool(listener) and voice.name is not None)
    return replace(voice, stance=stance, basis="told_by" if told else voice.basis)


def apart(chain: tuple[Voice, ...]) -> list[tuple[Voice, ...]]:
    """Return one chain for each of those who say it together: "a source and two witnesses"."""
    last = chain[-1]
    match = _TOGETHER.fullmatch(last.name or "")
    if match is None or last.span is None:
        return [chain]
    start = last.span[0]
    found = []
    for part in ("one", "other"):
        name = match[part]
        span = (start + match.start(part), start + match.end(part))
        found.append((*chain[:-1], replace(last, name=name, span=span, basis=basis_of_name(name))))
    return found


def basis_of_name(name: str) -> Basis:
    """Return what the name of a voice says of how it knows: "eyewitnesses", "hospital log"."""
    low = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", name.lower()))
    for basis in table("speech")["names"]:
        if low & word_set("speech", "names", basis):
            found: Basis = basis
            return found
    return "none_given"
