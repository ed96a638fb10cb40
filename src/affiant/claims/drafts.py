"""A claim in the making, before it is known who says it."""

from dataclasses import dataclass, field

from affiant.claims.phrases import Phrase
from affiant.claims.tagging import Sentence
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act, Modality, SlotName
from affiant.model.when import When


@dataclass(slots=True)
class Draft:
    """A claim in the making.

    Attributes:
        sentence: The sentence that tells it.
        anchor: Index of the token that tells the act; who says that token says the claim.
        act: The act.
        spans: Slot, first and last offset of each passage it rests on.
        modality: How the act is told.
        method: How it was done, as written.
        involvements: Parties in roles.
        counts: How many.
        when: Date of the act.
        where: Place of the act, as written.
        labels: The voice's own labels.
        denied: True where it is said not to be so.
        declines: True where the voice does not answer.
        hearsay: True where the voice marks it as told by others.
        denies: First and last offset of what is denied, where it is.
        pronouns: Roles whose name is only a pronoun, to be sought in the paragraph.
        why: What fired, in plain words.
        score: For ordering only.
    """

    sentence: Sentence
    anchor: int
    act: Act
    spans: list[tuple[SlotName, int, int]] = field(default_factory=list)
    modality: Modality = "actual"
    method: str | None = None
    involvements: list[Involvement] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    when: When | None = None
    where: str | None = None
    labels: list[str] = field(default_factory=list)
    denied: bool = False
    declines: bool = False
    hearsay: bool = False
    denies: tuple[int, int] | None = None
    why: list[str] = field(default_factory=list)
    score: float = 0.5

    def quote(self, slot: SlotName, *, first: int, last: int) -> None:
        """Rest a slot on the tokens from ``first`` to ``last``, both inclusive."""
        tokens = self.sentence.tokens
        self.spans.append((slot, tokens[first].start, tokens[last].end))

    def quote_phrase(self, slot: SlotName, phrase: Phrase) -> None:
        """Rest a slot on a noun phrase."""
        self.quote(slot, first=phrase.first, last=phrase.last)

    @property
    def reach(self) -> tuple[int, int]:
        """First and last offset of everything it rests on in its sentence."""
        return min(span[1] for span in self.spans), max(span[2] for span in self.spans)
