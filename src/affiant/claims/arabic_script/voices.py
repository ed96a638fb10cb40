"""Who says what in a sentence, and how they know; never without a cue word."""

from dataclasses import dataclass, replace
from typing import Final

from affiant.claims.arabic_script.clauses import clause_start, phrase_on
from affiant.claims.arabic_script.drafts import Layers
from affiant.claims.arabic_script.patterns import cues, formed, phrase, verb_cues, words
from affiant.model.vocabulary import Basis, Stance
from affiant.model.when import When


@dataclass(frozen=True, slots=True)
class Voice:
    """A link in the chain of those who say it.

    Attributes:
        name: As written; None is the document's own voice.
        span: First and last offset of the name, or None.
        stance: What the voice does with the content.
        basis: How it knows.
        cue: First and last offset of the words that tell how it knows, or None.
    """

    name: str | None
    span: tuple[int, int] | None = None
    stance: Stance = "asserts"
    basis: Basis = "none_given"
    cue: tuple[int, int] | None = None


DOCUMENT: Final = Voice(None)


class Memory:
    """What was told earlier: in the document, and in the paragraph.

    Attributes:
        last: The voice that spoke last, for "او افزود".
        testimony: True where the document speaks as "I".
        date: The date told last in this paragraph, with its words.
        place: First and last offset of the place told last.
        actor: First and last offset of the one who acted last.
        chain: The voices of the quotation before.
    """

    def __init__(self, *, testimony: bool) -> None:
        self.testimony = testimony
        self.last: Voice | None = None
        self.date: tuple[When, tuple[int, int]] | None = None
        self.place: tuple[int, int] | None = None
        self.actor: tuple[int, int] | None = None
        self.chain: tuple[Voice, ...] | None = None

    def new_paragraph(self) -> None:
        """Forget what holds inside a paragraph only."""
        self.date = self.place = self.actor = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that lead to a speaker, and the words that are said.

    Attributes:
        first: First word of what is said.
        last: Last word of what is said.
        cue: First and last word of the cue.
        voice: The speaker.
    """

    first: int
    last: int
    cue: tuple[int, int]
    voice: Voice

    def holds(self, at: int) -> bool:
        """Tell whether a word is said by this voice."""
        return self.first <= at <= self.last and not self.cue[0] <= at <= self.cue[1]


def attributions(layers: Layers, *, memory: Memory) -> list[Attribution]:
    """Return who says what, in order of the cues."""
    found = [*_according(layers), *_said(layers, memory=memory)]
    return sorted(found, key=lambda one: one.cue)


def _according(layers: Layers) -> list[Attribution]:
    """Return the speakers after "به گفته", whose words run to the end of the sentence."""
    found = []
    end = len(layers.line.tokens) - 1
    for first, last, _ in layers.line.find(cues("speech", "according", language=layers.language)):
        at = last + 1
        if at > end or at in layers.stops:
            continue
        stop = phrase_on(layers, first=at, end=end)
        voice = _voice(layers, first=at, last=stop)
        found.append(Attribution(0, end, (first, stop), voice))
    return found


def _voice(layers: Layers, *, first: int, last: int, stance: Stance = "asserts") -> Voice:
    tokens = layers.line.tokens
    span = tokens[first].start, tokens[last].end
    seen = layers.has("speech", "knowing", "saw", first=first, last=last)
    basis: Basis = "saw" if seen else "none_given"
    return Voice(layers.line.exact(first, last=last), span, stance, basis, span if seen else None)


def _said(layers: Layers, *, memory: Memory) -> list[Attribution]:
    """Return the speakers of verbs of saying and denying."""
    found = []
    stances: tuple[tuple[str, Stance], ...] = (
        ("denies", "denies"),
        ("says", "asserts"),
        ("corrects", "corrects"),
        ("retracts", "retracts"),
        ("declines", "declines"),
    )
    taken: set[int] = set()
    told: list[tuple[int, int, Stance]] = []
    for name, stance in stances:
        for first, last, _ in layers.line.find(verb_cues("speech", name, language=layers.language)):
            small = words("words", "prepositions", language=layers.language)
            noun = first > 0 and layers.line.tokens[first - 1].key in small and first == last
            if not noun and taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                told.append((first, last, stance))
    last_voice = memory.last
    for first, last, stance in sorted(told):
        one = _by_verb(layers, cue=(first, last), stance=stance, before=last_voice)
        if one is not None:
            found.append(one)
            last_voice = one.voice
    return found


def _by_verb(
    layers: Layers, *, cue: tuple[int, int], stance: Stance, before: Voice | None
) -> Attribution | None:
    """Return the speaker of a verb of saying and the words that are said."""
    end = len(layers.line.tokens) - 1
    start = clause_start(layers, at=cue[0])
    after = sum(1 for token in layers.line.tokens[cue[1] + 1 :] if token.is_word)
    first_told = after < 2 or (stance == "denies" and not _follows_that(layers, at=cue[1]))
    quoting = layers.line.keys(cue[1] + 1, last=cue[1] + 1) in ([":"], ['"'])
    name = _speaker(layers, start=start, end=cue[0] - 1, last=after < 2 and not quoting)
    if (
        name is None
        and start
        and all(key not in _theirs(layers) for key in layers.line.keys(start, last=cue[0] - 1))
    ):
        name = _speaker(layers, start=0, end=start - 1, last=False)
    if name is None:
        plural = layers.line.tokens[cue[1]].key.endswith(("ند", "ن"))
        if before is None or (plural and start == cue[0]):
            return None
        voice = replace(before, stance=stance)
    else:
        voice = _voice(layers, first=name[0], last=name[1], stance=stance)
        if before is not None and _is_this(layers, first=name[0], before=before):
            voice = replace(before, stance=stance)
    content = (
        (0, cue[0] - 1) if after < 2 else (start, cue[0] - 1) if first_told else (cue[1] + 1, end)
    )
    opened = name[0] if name else cue[0]
    return Attribution(*content, (max(opened, 0) if not first_told else cue[0], cue[1]), voice)


def _theirs(layers: Layers) -> frozenset[str]:
    return words("people", "pronouns", language=layers.language)


def _is_this(layers: Layers, *, first: int, before: Voice) -> bool:
    """Tell whether "این شورا" takes up the speaker before, "شورای تلیم"."""
    tokens = layers.line.tokens
    pointing = first > 0 and tokens[first - 1].key in ("این", "آن", "همین", "هذا", "هذه")
    return (
        pointing and before.name is not None and phrase(before.name).startswith(tokens[first].key)
    )


def _follows_that(layers: Layers, *, at: int) -> bool:
    that = words("words", "that", language=layers.language)
    keys = layers.line.keys(at + 1, last=at + 1)
    return bool(keys) and keys[0] in that


def _speaker(layers: Layers, *, start: int, end: int, last: bool) -> tuple[int, int] | None:
    """Return the subject of a verb of saying; where the words come first, it is the last."""
    if last:
        for at in range(end, start - 1, -1):
            if layers.line.tokens[at].key in (",", '"'):
                start = at + 1
                break
    first = start
    mine = words("people", "first_person", language=layers.language)
    theirs = words("people", "pronouns", language=layers.language)
    while first <= end and first in layers.stops:
        first += 1
    if first > end or layers.line.tokens[first].key in mine | theirs:
        return None
    found = first, phrase_on(layers, first=first, end=end)
    inside = layers.line.keys(found[0], last=found[1])
    return None if not inside[0][0].isalpha() else found


def chain_of(
    layers: Layers,
    *,
    at: int,
    outer: tuple[Voice, ...],
    said: list[Attribution],
    memory: Memory,
) -> tuple[Voice, ...]:
    """Return the voices that say the word at ``at``."""
    holding = [one for one in said if one.holds(at)]
    if not holding:
        return outer
    inner = holding[-1].voice
    chain = [*outer]
    told = chain[-1].name is not None or memory.testimony
    institution = bool(
        inner.name
        and formed("speech", "institutions", language=layers.language).search(
            " ".join(token for token in _keys(inner.name))
        )
    )
    basis: Basis = "told_by" if told and not institution else chain[-1].basis
    if basis != "told_by":
        basis = "none_given"
    chain[-1] = replace(chain[-1], stance="reports", basis=basis)
    return (*chain, inner)


def _keys(name: str) -> list[str]:
    return phrase(name).split()


def known_by(layers: Layers, *, at: int) -> tuple[Basis, tuple[int, int]] | None:
    """Return how a sentence says that its own voice knows, by the cue nearest before ``at``."""
    bases: tuple[Basis, ...] = ("saw", "told_by", "document", "instrument")
    tokens = layers.line.tokens
    every = [
        (first > at, abs(at - last), basis, (tokens[first].start, tokens[last].end))
        for basis in bases
        for first, last, _ in layers.line.find(
            cues("speech", "knowing", basis, language=layers.language)
        )
    ]
    return min(every)[2:] if every else None
