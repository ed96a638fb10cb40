"""One incident as its screen shows it: what the reviewer decided, and nothing else yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from affiant.corroborate import Cell, Comparison, Row, State, compare_incident, load_state
from affiant.corroborate.fields import voice_name
from affiant.errors import NotFoundError
from affiant.publish.incident import SLOTS_OF, held, letter, question_word
from affiant.publish.incident_page import range_bar
from affiant.publish.pages.chart import RangeChart, range_chart
from affiant.publish.pages.views import (
    CellQuote,
    MatrixCell,
    MatrixRow,
    MatrixView,
    NumberView,
    VoiceView,
    Words,
    words_in,
)
from affiant.publish.sentences import tally_of_states
from affiant.store.case import Case
from affiant.store.claims import ClaimRow
from affiant.web.starting import decided_by
from affiant.web.wording import BASES

_QUIET: Final = ("silent", "not_reviewed")


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeOf:
    """A range, and how each voice stands to it.

    Attributes:
        question: What is counted.
        number: The range.
        shown_independent: Knowers shown to know independently of one another.
        at_most: The most independent knowers there can be.
        grade: By the named rule, in its own words.
        chart: What each voice gives.
    """

    question: str
    number: NumberView
    shown_independent: int
    at_most: int
    grade: str
    chart: RangeChart


@dataclass(frozen=True, slots=True, kw_only=True)
class OneIncident:
    """An incident as its screen shows it.

    Attributes:
        comparison: Of the claims that the reviewer decided.
        state: What it was compared from.
        why: Why it was opened.
        matrix: Voices that say something, and what.
        quiet: Names of the voices that say nothing to any question, or were not read for it.
        ranges: The numbers.
        claims: Those joined to it that the reviewer decided.
        hidden: How many more are joined to it, which the reviewer has yet to decide.
        loose: Accepted claims of no incident, which may be joined.
    """

    comparison: Comparison
    state: State
    why: str
    matrix: MatrixView
    quiet: tuple[str, ...]
    ranges: tuple[RangeOf, ...]
    claims: tuple[ClaimRow, ...]
    hidden: int
    loose: tuple[ClaimRow, ...]

    @property
    def voices(self) -> Mapping[str, VoiceView]:
        """The voices by their letters."""
        return self.matrix.by_letter


def see_incident(case: Case, *, incident_id: str, reviewer: str) -> OneIncident:
    """Return one incident as a reviewer may see it.

    Raises:
        NotFoundError: The case has no such incident.
    """
    whole = load_state(case.db)
    row = next((each for each in whole.incidents if each.incident_id == incident_id), None)
    if row is None:
        raise NotFoundError(
            f"the case has no incident {incident_id!r}", remedy="Choose one of the list."
        )
    state = own_state(whole, known=decided_by(case, reviewer=reviewer))
    comparison = compare_incident(incident_id, state=state)
    speaking = [
        voice
        for at, voice in enumerate(comparison.voices)
        if any(each.cells[at].state not in _QUIET for each in comparison.rows)
    ]
    letters = {voice: letter(at) for at, voice in enumerate(speaking)}
    joined = [claim for claim, home in whole.incident_of.items() if home == incident_id]
    claims = tuple(state.claims[claim] for claim in joined if claim in state.claims)
    return OneIncident(
        comparison=comparison,
        state=state,
        why=row.why,
        matrix=_matrix(comparison, letters=letters, state=state),
        quiet=tuple(
            voice_name(voice, state=state) for voice in comparison.voices if voice not in letters
        ),
        ranges=tuple(
            _range(each, comparison=comparison, letters=letters, state=state)
            for each in comparison.rows
            if each.number is not None and each.members
        ),
        claims=claims,
        hidden=len(joined) - len(claims),
        loose=tuple(
            each
            for each in state.claims.values()
            if each.status == "accepted" and each.claim_id not in whole.incident_of
        ),
    )


def own_state(state: State, *, known: set[str]) -> State:
    """Return a state without the claims that a reviewer has yet to decide blind."""
    claims = {claim: row for claim, row in state.claims.items() if claim in known}
    return replace(state, claims=claims)


def _matrix(comparison: Comparison, *, letters: Mapping[str, str], state: State) -> MatrixView:
    """Draw the matrix of the voices that say something."""
    claims = {row.claim_id: row for row in state.in_incident(comparison.incident_id)}
    voices = tuple(
        VoiceView(
            letter=mark,
            name=Words(text=voice_name(voice, state=state)),
            knower=_knows(
                [row for row in claims.values() if state.voice_of(row) == voice], state=state
            ),
            interest=_interest(voice, state=state),
        )
        for voice, mark in letters.items()
    )
    return MatrixView(
        voices=voices,
        rows=tuple(
            _row(row, comparison=comparison, letters=letters, state=state)
            for row in comparison.rows
        ),
    )


def _knows(rows: Sequence[ClaimRow], *, state: State) -> str:
    """Return how a voice knows: as decided, else as it says itself."""
    decided = {
        state.knowers[state.knower_of[row.claim_id]].basis
        for row in rows
        if state.knower_of.get(row.claim_id) in state.knowers
    }
    bases = decided or {row.claim.speakers[-1].basis for row in rows}
    return ", ".join(BASES[basis] for basis in sorted(bases)) or BASES["none_given"]


def _interest(voice: str, *, state: State) -> Words | None:
    source = state.sources.get(voice)
    return Words(text=source.interests) if source and source.interests else None


def _row(
    row: Row, *, comparison: Comparison, letters: Mapping[str, str], state: State
) -> MatrixRow:
    """Draw one question's row: what is held first, then every voice that speaks."""
    answer = held(comparison, question=row.question)
    if row.number is not None:
        answer = NumberView(min=row.number.min, max=row.number.max).words
    said = dict(zip(comparison.voices, row.cells, strict=True))
    return MatrixRow(
        question=question_word(row.question),
        value=Words(text=answer) if answer else None,
        note=tally_of_states([str(cell.state) for cell in row.cells]),
        cells=tuple(
            _cell(said[voice], question=row.question, letters=letters, state=state)
            for voice in letters
        ),
    )


def _cell(cell: Cell, *, question: str, letters: Mapping[str, str], state: State) -> MatrixCell:
    """Draw what one voice says to a question."""
    rows = [state.claims[claim_id] for claim_id in cell.claim_ids]
    note = ""
    if cell.repeats is not None:
        attribution = state.attributions.get(cell.repeats)
        repeated = attribution.source_id if attribution else f"document:{cell.repeats}"
        note = letters.get(repeated, "")
    elif any(row.claim.speakers[-1].basis == "told_by" for row in rows):
        note = "second hand"
    return MatrixCell(
        state=cell.state,
        value=Words(text=cell.value) if cell.value else None,
        note=note,
        only_here=cell.alone,
        quotes=tuple(quote for row in rows for quote in _quotes(row, question=question)),
    )


def _quotes(row: ClaimRow, *, question: str) -> list[CellQuote]:
    """Return the words of a claim that answer a question."""
    for slot in SLOTS_OF[question]:
        for quote in row.claim.quotes:
            if quote.slot == slot:
                return [CellQuote(words=words_in(row.claim.language, text=quote.exact))]
    return []


def _range(
    row: Row, *, comparison: Comparison, letters: Mapping[str, str], state: State
) -> RangeOf:
    """Draw a number and what each voice adds to it."""
    said = dict(zip(comparison.voices, row.cells, strict=True))
    number = row.number
    return RangeOf(
        question=row.question,
        number=NumberView(min=number.min if number else None, max=number.max if number else None),
        shown_independent=row.support.shown,
        at_most=row.support.at_most,
        grade=row.grade.grade + (", contested" if row.grade.contested else ""),
        chart=range_chart(
            [
                range_bar(said[voice], mark=mark, question=row.question, claims=state.claims)
                for voice, mark in letters.items()
            ]
        ),
    )
