"""What the page of one incident shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, Literal

from affiant.model.vocabulary import CellState, Question
from affiant.publish.pages.views.number import NumberView, PassageView
from affiant.publish.pages.views.words import Words, check_id

TimelineKind = Literal["event", "denial", "statement", "document"]

FEW_VOICES: Final = 6
"""So many voices still fit side by side on paper and on a narrow screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceView:
    """A voice: one column of the matrix, one line of the range chart.

    Attributes:
        letter: Short unique mark on this page: ``A``, ``B`` … ``AA``.
        name: Who speaks.
        knower: How the voice knows, in words: "saw it", "repeats B", "not stated".
        language: Name of the language it speaks in, in English, or "".
        interest: Its part in the events as declared in the case, or None.
    """

    letter: str
    name: Words
    knower: str
    language: str = ""
    interest: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeBar:
    """What one voice adds to the range chart of one question.

    Attributes:
        voice: Letter of the voice.
        state: How it stands to the case file; a denial is crossed, a repeat hollow.
        number: What it gives, or None where it gives no number.
        note: Words beside the bar: "15 named", "15, repeats B"; without them the number
            and the state are printed.
    """

    voice: str
    state: CellState
    number: NumberView | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateView:
    """A count over several events: shown, and kept out of the range.

    Attributes:
        source: Who gives it.
        number: The number given.
        covers: What it is said to cover, as written.
        why: Why it is kept out, in English.
        passage_id: The passage on this page, or None.
    """

    source: Words
    number: NumberView
    covers: Words
    why: str
    passage_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeView:
    """The range that the case file gives for one question.

    Attributes:
        question: What is counted.
        number: The range.
        number_id: Its "check this number" page, or None where the range rests on nothing.
        shown_independent: Knowers shown to know independently of one another.
        at_most: The most independent knowers there can be.
        summary: The voices that neither deny nor differ, in a sentence: "5 repeat others.";
            the pages name those that deny and those that differ before it.
        bars: One for each voice, in the order of the columns.
        aggregates: Counts that were kept out of the range.
    """

    question: Question
    number: NumberView
    number_id: str | None
    shown_independent: int
    at_most: int
    bars: tuple[RangeBar, ...]
    summary: str = ""
    aggregates: tuple[AggregateView, ...] = ()

    def __post_init__(self) -> None:
        """Refuse more knowers shown than there can be."""
        if not 0 <= self.shown_independent <= self.at_most:
            raise ValueError(f"{self.shown_independent} shown, at most {self.at_most}")

    def standing(self, state: CellState) -> tuple[str, ...]:
        """Return the letters of the voices that stand so to the case file."""
        return tuple(bar.voice for bar in self.bars if bar.state == state)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellQuote:
    """Exact words in a cell of the matrix.

    Attributes:
        words: The words, verbatim.
        passage_id: The passage on this page that holds them, or None.
    """

    words: Words
    passage_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """What one voice says to one question.

    Attributes:
        state: How it stands to the case file.
        value: What it says, in short; None where it is silent or not reviewed.
        note: Added to the word of the state: "B" for repeats B, "second hand"; or "".
        only_here: True where no other voice says this.
        quotes: Its exact words.
    """

    state: CellState
    value: Words | None = None
    note: str = ""
    only_here: bool = False
    quotes: tuple[CellQuote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One question, answered by the case file and by every voice.

    Attributes:
        question: The question.
        value: What the case file holds; None where it is not settled.
        note: Beside it: "2 agree; 1 differs by a day".
        cells: One for each voice, in the order of the columns.
        number_id: The "check this number" page, or None.
    """

    question: Question
    value: Words | None
    note: str
    cells: tuple[MatrixCell, ...]
    number_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """Questions down, voices across, the case file's own column first."""

    voices: tuple[VoiceView, ...]
    rows: tuple[MatrixRow, ...]

    def __post_init__(self) -> None:
        """Refuse a row that does not answer for every voice."""
        letters = [voice.letter for voice in self.voices]
        if len(set(letters)) < len(letters):
            raise ValueError(f"two voices share a letter: {letters}")
        for row in self.rows:
            if len(row.cells) != len(self.voices):
                raise ValueError(f"{row.question}: {len(row.cells)} of {len(letters)} voices")

    @property
    def few(self) -> bool:
        """True where the voices fit side by side on paper."""
        return len(self.voices) <= FEW_VOICES

    @property
    def by_letter(self) -> Mapping[str, VoiceView]:
        """The voices by their letters."""
        return {voice.letter: voice for voice in self.voices}

    def voiced(self, row: MatrixRow) -> tuple[tuple[VoiceView, MatrixCell], ...]:
        """Return each voice with what it says in one row."""
        return tuple(zip(self.voices, row.cells, strict=True))

    def standing(self, row: MatrixRow, *, state: CellState) -> tuple[VoiceView, ...]:
        """Return the voices that stand so to the case file in one row."""
        return tuple(voice for voice, cell in self.voiced(row) if cell.state == state)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """Something with a date: an event, a denial, a statement, a document.

    Attributes:
        kind: What is dated; the four dates never mix.
        when: The date in words, with the precision given.
        first: First day it may be, or None where open or not known.
        last: Last day it may be, inclusive, or None where open or not known.
        text: What happened, in short.
        voices: Letters of the voices that say so.
        note: "C says 15 March"; or "".
    """

    kind: TimelineKind
    when: str
    text: Words
    first: date | None = None
    last: date | None = None
    voices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpposingItem:
    """One answer of the case file, and a voice that speaks against it.

    Attributes:
        question: What they disagree about.
        held: What the case file holds.
        held_by: Letters of the voices that it rests on.
        voice: Letter of the voice that speaks against it.
        state: ``denies`` or ``differs``.
        said: What that voice says.
        quotes: Its exact words.
    """

    question: Question
    held: Words
    held_by: tuple[str, ...]
    voice: str
    state: CellState
    said: Words
    quotes: tuple[CellQuote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccusedView:
    """A party that is alleged to have had a part; the page always says *alleged*.

    Attributes:
        name: As written.
        role: The alleged role in words: "carried it out", "ordered it".
        attribution: How strongly: "named", "a unit", "a kind of people".
        alleged_by: Letters of the voices that allege it.
        denied_by: Letters of the voices that deny it.
    """

    name: Words
    role: str
    attribution: str
    alleged_by: tuple[str, ...]
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeView:
    """A grade by a named rule, with its reasons.

    Attributes:
        question: What is graded, or None for the incident as a whole.
        grade: The grade in the rule's own word.
        rule_id: The rule on the method page.
        reasons: Why, in English.
        would_change: What would change it, in English.
    """

    question: Question | None
    grade: str
    rule_id: str
    reasons: tuple[str, ...]
    would_change: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionView:
    """Opposing claims that this release leaves out, and why.

    Attributes:
        question: What they speak to, or None where even that is withheld.
        claims: How many claims.
        kind: "denials", "differing counts" …, in English.
        why: The reason recorded with the decision, in English.
        incident_id: The incident, or None for the release as a whole.
    """

    question: Question | None
    claims: int
    kind: str
    why: str
    incident_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """The page of one incident.

    Attributes:
        incident_id: Public id, made for this release.
        label: Neutral label: what, where.
        place: Where, in short, or None.
        when: When, in words, or "".
        ranges: The ranges, the most important first; may be empty.
        matrix: Who says what.
        timeline: In order of time; those without a date last.
        passages: The quoted paragraphs, in the order of the voices.
        against: The strongest case against what the case file holds.
        accused: Alleged parties.
        grades: Grades by named rules.
        persons: Public ids of register entries.
        omissions: Opposing claims left out here.
    """

    incident_id: str
    label: Words
    matrix: MatrixView
    place: Words | None = None
    when: str = ""
    ranges: tuple[RangeView, ...] = ()
    timeline: tuple[TimelineItem, ...] = ()
    passages: tuple[PassageView, ...] = ()
    against: tuple[OpposingItem, ...] = ()
    accused: tuple[AccusedView, ...] = ()
    grades: tuple[GradeView, ...] = ()
    persons: tuple[str, ...] = ()
    omissions: tuple[OmissionView, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an id that cannot name a page, and voices that nobody introduced."""
        check_id(self.incident_id)
        known = {voice.letter for voice in self.matrix.voices}
        for letter in self._letters():
            if letter not in known:
                raise ValueError(f"{self.incident_id}: voice {letter!r} has no column")

    @property
    def against_by_question(self) -> tuple[tuple[OpposingItem, ...], ...]:
        """What speaks against, each answer of the case file with all that opposes it."""
        found = groupby(self.against, key=lambda item: (item.question, item.held, item.held_by))
        return tuple(tuple(items) for _, items in found)

    def _letters(self) -> set[str]:
        """Return every letter that the page uses."""
        used = {bar.voice for each in self.ranges for bar in each.bars}
        used |= {letter for item in self.timeline for letter in item.voices}
        for opposing in self.against:
            used |= {opposing.voice, *opposing.held_by}
        for party in self.accused:
            used |= {*party.alleged_by, *party.denied_by}
        return used
