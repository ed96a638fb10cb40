"""A claim in the making, before it is known who says it."""

from affiant.claims.english.clocks import ClockMention
from affiant.claims.english.phrases import Phrase
from affiant.claims.english.tagging import Sentence
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act, Basis, Modality, SlotName
from affiant.model.when import When


class Draft:
    """A claim in the making: what one sentence tells of one act.

    Attributes:
        sentence: The sentence that tells it.
        anchor: Index of the token that tells the act; who says that token says the claim.
        act: The act.
        modality: How the act is told.
        score: For ordering only.
        later: Slot, first and last offset of passages in later sentences.
        spans: Slot, first and last offset of each passage it rests on.
        method: How it was done, as written.
        involvements: Parties in roles.
        counts: How many.
        when: Date of the act.
        clock: Time of day of the act.
        where: Place of the act, as written.
        labels: The voice's own labels.
        elided: True where those it befell are left out and were named before.
        denied: True where it is said not to be so.
        hearsay: True where the voice marks it as told by others.
        denies: First and last offset of what is denied, where it is.
        bounds: First and last offset of the words around it, its quotation or its sentence.
        known: How the paragraph said that its voice knows, with the words, or nothing.
        own_part: First and last offset of the pronoun by which the voice means itself.
        why: What fired, in plain words.
        features: Names of what fired, as ``affiant.claims.features`` lists them.
    """

    def __init__(
        self,
        sentence: Sentence,
        *,
        anchor: int,
        act: Act,
        modality: Modality = "actual",
        score: float = 0.5,
    ) -> None:
        self.sentence = sentence
        self.anchor = anchor
        self.act: Act = act
        self.modality: Modality = modality
        self.score = score
        self.spans: list[tuple[SlotName, int, int]] = []
        self.later: list[tuple[SlotName, int, int]] = []
        self.method: str | None = None
        self.involvements: list[Involvement] = []
        self.counts: list[Count] = []
        self.when: When | None = None
        self.clock: ClockMention | None = None
        self.where: str | None = None
        self.labels: list[str] = []
        self.denied = False
        self.elided = False
        self.hearsay = False
        self.denies: tuple[int, int] | None = None
        self.bounds = (sentence.start, sentence.end)
        self.known: tuple[Basis, tuple[int, int] | None] = ("none_given", None)
        self.own_part: tuple[int, int] | None = None
        self.why: list[str] = []
        self.features: set[str] = set()

    def quote(self, slot: SlotName, *, first: int, last: int) -> None:
        """Rest a slot on the tokens from ``first`` to ``last``, both inclusive."""
        tokens = self.sentence.tokens
        self.spans.append((slot, tokens[first].start, tokens[last].end))

    def quote_phrase(self, slot: SlotName, *, phrase: Phrase) -> None:
        """Rest a slot on a noun phrase."""
        self.quote(slot, first=phrase.first, last=phrase.last)

    def quote_in(self, sentence: Sentence, *, slot: SlotName, first: int, last: int) -> None:
        """Add a passage of another sentence."""
        self.later.append((slot, sentence.tokens[first].start, sentence.tokens[last].end))

    @property
    def reach(self) -> tuple[int, int]:
        """First and last offset of everything it rests on in its sentence."""
        return min(span[1] for span in self.spans), max(span[2] for span in self.spans)
