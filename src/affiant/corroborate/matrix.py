"""Incident by question by voice: who agrees, fits, differs, denies, repeats, is silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from affiant.corroborate.cell import Cell
from affiant.corroborate.grades import Grade, grade
from affiant.corroborate.ranges import (
    COUNT_QUESTIONS,
    Number,
    Sorting,
    number_of,
    sort_out,
    support_of,
)
from affiant.corroborate.state import State
from affiant.corroborate.support import Support
from affiant.corroborate.values import Answer, answer_of, consensus
from affiant.model.vocabulary import COUNT_OF_FAMILY, QUESTIONS, CellState
from affiant.store.claims import ClaimRow

MATRIX_RULE: Final = "seven_states/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question about one incident.

    Attributes:
        question: The question.
        cells: One a voice.
        number: The range, for a question that counts.
        members: The claims that answer it and are not repeats.
        support: Their knowers.
        grade: By the named rule.
    """

    question: str
    cells: tuple[Cell, ...]
    number: Number | None
    members: tuple[str, ...]
    support: Support
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One incident compared.

    Attributes:
        incident_id: The incident.
        label: Its label.
        voices: In the order of the columns.
        rows: Questions that somebody answers or denies.
        aggregates: Claims kept out because they count over several events.
    """

    incident_id: str
    label: str
    voices: tuple[str, ...]
    rows: tuple[Row, ...]
    aggregates: tuple[str, ...]


def compare_incident(incident_id: str, *, state: State) -> Comparison:
    """Compare all voices on one incident."""
    label = next(row.label for row in state.incidents if row.incident_id == incident_id)
    claims = state.in_incident(incident_id)
    voices = _voices(claims, state=state)
    rows = []
    for question in QUESTIONS:
        row = _row(incident_id, label=label, question=question, voices=voices, state=state)
        if any(cell.state not in ("silent", "not_reviewed") for cell in row.cells):
            rows.append(row)
    aggregates = [
        row.claim_id
        for row in claims
        if any(count.scope == "aggregate" for count in row.claim.counts)
    ]
    return Comparison(
        incident_id=incident_id,
        label=label,
        voices=tuple(voices),
        rows=tuple(rows),
        aggregates=tuple(aggregates),
    )


def denied_questions(row: ClaimRow) -> frozenset[str]:
    """Return the questions that a claim denies.

    A denial answers the count question of its act's family and of its counts, and when,
    where and by whom where it gives these: a partial denial denies no more than it says.
    """
    claim = row.claim
    if claim.speakers[-1].stance != "denies" and claim.act != "denial":
        return frozenset()
    found = {str(count.of) for count in claim.counts} | {COUNT_OF_FAMILY.get(claim.family, "")}
    if any(party.side == "accused" for party in claim.involvements):
        found.add("by_whom")
    if claim.when is not None:
        found.add("when")
    if claim.where is not None:
        found.add("where")
    return frozenset(found & QUESTIONS.keys())


def _voices(claims: Sequence[ClaimRow], *, state: State) -> list[str]:
    """Return every source that has a document or speaks, then voices without a source.

    Sources come in the order of their declaration, others by their id.
    """
    present = {
        attribution.source_id
        for document_id, attribution in state.attributions.items()
        if document_id in state.documents
    }
    present |= {state.voice_of(row) for row in state.claims.values() if row.status == "accepted"}
    speaking = {state.voice_of(row) for row in claims}
    declared = [source_id for source_id in state.sources if source_id in present]
    return [*declared, *sorted(speaking - set(declared))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One question put to one incident, before it is laid out by voices.

    Attributes:
        question: The question.
        claims: The incident's claims by id.
        answers: Claim id to answer.
        sorting: What the counting rule does with the claims that answer.
        denials: What it does with the claims that deny.
        counted: (voice, answer) of every member.
        agreed: The voices of the consensus, or None.
    """

    question: str
    claims: Mapping[str, ClaimRow]
    answers: Mapping[str, Answer]
    sorting: Sorting
    denials: Sorting
    counted: tuple[tuple[str, Answer], ...]
    agreed: frozenset[str] | None


def _ask(incident_id: str, *, question: str, state: State) -> _Asked:
    """Put a question to the claims of an incident."""
    claims = state.in_incident(incident_id)
    answers = {
        row.claim_id: answer
        for row in claims
        if (answer := answer_of(row, question=question, state=state)) is not None
    }
    sorting = sort_out([row for row in claims if row.claim_id in answers], state=state)
    denying = [row for row in claims if question in denied_questions(row)]
    counted = tuple((state.voice_of(row), answers[row.claim_id]) for row in sorting.members)
    agreed = consensus(counted)
    return _Asked(
        question=question,
        claims={row.claim_id: row for row in claims},
        answers=answers,
        sorting=sorting,
        denials=sort_out(denying, state=state),
        counted=counted,
        agreed=None if agreed is None else frozenset(agreed),
    )


def _row(
    incident_id: str, *, label: str, question: str, voices: Sequence[str], state: State
) -> Row:
    """Return one question's row."""
    asked = _ask(incident_id, question=question, state=state)
    cells = [_cell(voice, asked=asked, state=state) for voice in voices]
    shown = support_of(asked.sorting.members, state=state)
    number = None
    if question in COUNT_QUESTIONS:
        number = number_of(incident_id, label=label, question=question, state=state)
    return Row(
        question=question,
        cells=tuple(cells),
        number=number,
        members=tuple(row.claim_id for row in asked.sorting.members),
        support=shown,
        grade=grade(cells, support=shown, state=state),
    )


def _cell(voice: str, *, asked: _Asked, state: State) -> Cell:
    """Return what one voice says to a question: a denial first, then its own answer."""
    denial = next((row for row in asked.denials.members if state.voice_of(row) == voice), None)
    if denial is not None:
        return _denial(voice, row=denial, state=state)
    own = [answer for other, answer in asked.counted if other == voice]
    if own:
        return _answer_cell(voice, own=own, asked=asked, state=state)
    for sorting in (asked.sorting, asked.denials):
        for claim_id, source in sorting.repeated.items():
            row = asked.claims[claim_id]
            if state.voice_of(row) == voice:
                answer = asked.answers.get(claim_id)
                return Cell(
                    voice=voice,
                    state="repeats",
                    value=answer.shown if answer else row.claim.denies,
                    claim_ids=(claim_id,),
                    repeats=source,
                )
    return Cell(voice=voice, state=_quiet(voice, question=asked.question, state=state))


def _denial(voice: str, *, row: ClaimRow, state: State) -> Cell:
    """Return the cell of a voice that denies."""
    return Cell(
        voice=voice,
        state="denies",
        value=row.claim.denies,
        claim_ids=(row.claim_id,),
        knower=state.knower_of.get(row.claim_id),
    )


def _answer_cell(voice: str, *, own: Sequence[Answer], asked: _Asked, state: State) -> Cell:
    """Return the cell of a voice that answers."""
    others = [answer for other, answer in asked.counted if other != voice]
    best = max(own, key=lambda answer: (answer.exact, len(answer.path or ())))
    found: CellState = "differs"
    if not others:
        found = "fits"
    elif asked.agreed is not None and voice in asked.agreed:
        found = "agrees" if _as_exact(best, counted=asked.counted) else "fits"
    elif not best.exact and any(best.meets(other) for other in others):
        found = "fits"
    knowers = [
        state.knower_of[answer.claim_id] for answer in own if answer.claim_id in state.knower_of
    ]
    return Cell(
        voice=voice,
        state=found,
        value="; ".join(dict.fromkeys(answer.shown for answer in own)),
        claim_ids=tuple(answer.claim_id for answer in own),
        knower=knowers[0] if knowers else None,
        alone=not others,
    )


def _as_exact(answer: Answer, *, counted: Sequence[tuple[str, Answer]]) -> bool:
    """Tell whether no compatible answer of another voice says it more exactly."""
    if not answer.exact:
        return False
    if answer.path is None:
        return True
    longest = max(len(other.path or ()) for _, other in counted if other.meets(answer))
    return len(answer.path) == longest


def _quiet(voice: str, *, question: str, state: State) -> CellState:
    """Tell silence, which is data, from what nobody has read for yet."""
    needed = int(state.policies["reviewers_needed"])
    own = {
        document_id
        for document_id, attribution in state.attributions.items()
        if attribution.source_id == voice and document_id in state.documents
    }
    for row in state.claims.values():
        if row.status == "accepted" and state.voice_of(row) == voice:
            own.add(row.document_id)
    through = [
        len(state.read_through.get((document_id, question), ())) >= needed for document_id in own
    ]
    return "silent" if own and all(through) else "not_reviewed"
