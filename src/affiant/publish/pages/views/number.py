"""A published number and the passages it rests on."""

from dataclasses import dataclass
from itertools import pairwise

from affiant.model.vocabulary import SlotName
from affiant.publish.pages.views.words import Direction, Words, check_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberView:
    """A number of people with its bounds; unknown is never 0.

    Attributes:
        min: At least so many, or None where unknown.
        max: At most so many, or None where unknown.
    """

    min: int | None
    max: int | None

    def __post_init__(self) -> None:
        """Refuse bounds that cross."""
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"the bounds cross: {self.min} to {self.max}")

    @property
    def words(self) -> str:
        """The number as it is printed: ``14–16``, ``15``, ``at least 14``."""
        if self.min is None and self.max is None:
            return "not known"
        if self.max is None:
            return f"at least {self.min}"
        if self.min is None:
            return f"at most {self.max}"
        return str(self.min) if self.min == self.max else f"{self.min}–{self.max}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedSpan:
    """Quoted characters of one paragraph.

    Attributes:
        slot: Which part of the claim the words support.
        start: Offset in the paragraph, in code points, from 0.
        end: Offset after the last quoted character.
    """

    slot: SlotName
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """One paragraph of one text with the words in it that a claim quotes.

    A quote that runs over several paragraphs gives one passage for each; claims of one voice
    that quote the same paragraph may share a passage.

    Attributes:
        passage_id: Unique on its page; other parts of the page link to it.
        text: The whole paragraph, verbatim, its line end included where it has one.
        spans: What is quoted of it; at least one.
        language: BCP 47 tag, "und" where not known.
        direction: Base direction of the paragraph.
        voice: Letter of the voice on the incident page, or "".
        source: Name of the source that speaks.
        document: Title of the document.
        claim_ids: Public ids of the claims that quote it; at least one.
        paragraph: Number of the paragraph in the text, from 0.
        paragraphs: How many paragraphs the text has.
        number_ids: The "check this number" pages of the numbers that rest on it.
        place: Where the words stand in the original, ``page 3`` or ``at 00:01:12``; or "".
    """

    passage_id: str
    text: str
    spans: tuple[QuotedSpan, ...]
    source: Words
    document: Words
    claim_ids: tuple[str, ...]
    paragraph: int
    paragraphs: int
    language: str = "und"
    direction: Direction = "auto"
    voice: str = ""
    number_ids: tuple[str, ...] = ()
    place: str = ""

    def __post_init__(self) -> None:
        """Refuse spans outside the paragraph and a paragraph outside its text."""
        check_id(self.passage_id)
        if not self.spans or not self.claim_ids:
            raise ValueError(f"{self.passage_id} quotes nothing")
        for span in self.spans:
            if not 0 <= span.start < span.end <= len(self.text):
                raise ValueError(f"{self.passage_id}: {span} does not stand in the paragraph")
        if not 0 <= self.paragraph < self.paragraphs:
            raise ValueError(f"{self.passage_id}: paragraph {self.paragraph} of {self.paragraphs}")

    @property
    def paragraph_words(self) -> Words:
        """The paragraph with its language and direction."""
        return self._words(self.text)

    @property
    def slots(self) -> tuple[SlotName, ...]:
        """What the words are quoted for, each once, in the order of the spans."""
        return tuple(dict.fromkeys(span.slot for span in self.spans))

    @property
    def pieces(self) -> tuple[tuple[bool, str], ...]:
        """The paragraph cut into pieces: whether quoted, and the characters.

        Spans that touch or overlap make one piece; the pieces joined are ``text``. A CR LF
        is never cut apart.
        """
        cuts = {0: False}
        for start, end in self._merged():
            cuts[self._before_line_end(start)] = True
            cuts[self._before_line_end(end)] = False
        places = [*sorted(cuts), len(self.text)]
        pieces = [(cuts[start], self.text[start:end]) for start, end in pairwise(places)]
        return tuple(piece for piece in pieces if piece[1])

    def exact(self, span: QuotedSpan) -> Words:
        """Return the quoted characters of one span."""
        return self._words(self.text[span.start : span.end])

    def _merged(self) -> list[tuple[int, int]]:
        """Return the spans in order, those that touch joined."""
        merged: list[tuple[int, int]] = []
        for span in sorted(self.spans, key=lambda each: (each.start, each.end)):
            if merged and span.start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], span.end))
            else:
                merged.append((span.start, span.end))
        return merged

    def _before_line_end(self, at: int) -> int:
        """Return ``at``, or one less where it stands between CR and LF."""
        return at - 1 if self.text[max(0, at - 1) : at + 1] == "\r\n" else at

    def _words(self, text: str) -> Words:
        return Words(text=text, language=self.language, direction=self.direction)
