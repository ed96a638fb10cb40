"""Speakers, the words that lead to them, and what is remembered of what they told."""

from dataclasses import dataclass
from typing import Final

from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.patterns import phrase
from affiant.model.count import Count
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
        moved: True where that date was counted on from another, so that it ends with its paragraph.
        day: The date told last in the document, for "همان روز".
        place: First and last offset of the place told last.
        actor: First and last offset of the one who acted last.
        chain: The voices of the quotation before.
        told: The act told last, for "این ادعا".
        number: The people counted last in this paragraph, for "همه".
        number_at: First and last offset of their words.
        writer: Who wrote the message.
        by_writer: Place and actor that each writer told last.
        issuer: Words of the title that name whoever issued the document.
        statement: True where the title says that a body speaks, so that its "we" saw nothing.
    """

    def __init__(self, *, testimony: bool, issuer: frozenset[str] = frozenset()) -> None:
        self.testimony = testimony
        self.issuer = issuer
        self.statement = False
        self.last: Voice | None = None
        self.date: tuple[When, tuple[int, int]] | None = None
        self.moved = False
        self.day: When | None = None
        self.place: tuple[int, int] | None = None
        self.actor: tuple[int, int] | None = None
        self.chain: tuple[Voice, ...] | None = None
        self.told: Draft | None = None
        self.number: Count | None = None
        self.number_at: tuple[int, int] | None = None
        self.writer = ""
        self.by_writer: dict[str, tuple[tuple[int, int] | None, tuple[int, int] | None]] = {}

    def new_paragraph(self) -> None:
        """Forget what holds inside a paragraph only; one testimony is one account."""
        self.number = None
        if self.moved:
            self.date, self.moved = None, False
        if not self.testimony:
            self.date = self.place = self.actor = None

    def new_message(self, writer: str) -> None:
        """Take up the place and the actor of whoever wrote the message; no message's date."""
        if writer != self.writer:
            self.by_writer[self.writer] = self.place, self.actor
            self.place, self.actor = self.by_writer.get(writer, (None, None))
            self.writer = writer
        self.date = None
        self.number = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that lead to a speaker, and the words that are said.

    Attributes:
        first: First word of what is said.
        last: Last word of what is said.
        cue: First and last word of the cue.
        voice: The speaker.
        accused: First and last word of whoever the speaker accuses, or None.
    """

    first: int
    last: int
    cue: tuple[int, int]
    voice: Voice
    accused: tuple[int, int] | None = None

    def holds(self, at: int) -> bool:
        """Tell whether a word is said by this voice."""
        return self.first <= at <= self.last and not self.cue[0] <= at <= self.cue[1]


def name_keys(name: str) -> list[str]:
    """Return the words of a name in uniform spelling."""
    return phrase(name).split()
