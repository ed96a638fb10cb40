"""The page of one incident, drawn from its comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from affiant.corroborate import Cell, Row
from affiant.publish.drafting import PUBLISH, Draft, in_language
from affiant.publish.incident import Incident, cell_quotes, held, question_word
from affiant.publish.opposing import accused_of, against_of, aggregates_of, omissions_of
from affiant.publish.pages.views import (
    GradeView,
    IncidentView,
    MatrixCell,
    MatrixRow,
    MatrixView,
    NumberView,
    PassageView,
    RangeBar,
    RangeView,
    VoiceView,
    Words,
)
from affiant.publish.sentences import tally_of_states
from affiant.publish.timeline import timeline_of
from affiant.store.claims import ClaimRow

_BASES: Final = {
    "saw": "saw it",
    "took_part": "took part",
    "told_by": "was told",
    "document": "relies on a document",
    "instrument": "relies on a measurement",
    "none_given": "basis not stated",
}


def incident_view(incident: Incident, *, draft: Draft) -> IncidentView:
    """Draw up the page."""
    comparison = incident.comparison
    ranges = [
        _range(row, incident=incident, draft=draft)
        for row in comparison.rows
        if row.number is not None
    ]
    where = held(comparison, question="where")
    persons = [
        draft.public(f"person:{person.person_id}")
        for person in draft.case.incidents.persons()
        if draft.verdict(f"person:{person.person_id}") == PUBLISH
        and any(claim_id in incident.claims for claim_id, _ in person.claims)
    ]
    return IncidentView(
        incident_id=draft.public(f"incident:{comparison.incident_id}"),
        label=Words(text=comparison.label),
        matrix=MatrixView(
            voices=tuple(
                _voice(voice, incident=incident, draft=draft) for voice in incident.letters
            ),
            rows=tuple(_row(row, incident=incident, draft=draft) for row in comparison.rows),
        ),
        place=Words(text=where) if where else None,
        when=held(comparison, question="when") or "",
        ranges=tuple(ranges),
        timeline=tuple(timeline_of(incident, draft=draft)),
        passages=_all_passages(incident),
        against=tuple(against_of(incident, draft=draft)),
        accused=tuple(accused_of(incident, draft=draft)),
        grades=tuple(_grade(row) for row in comparison.rows),
        persons=tuple(persons),
        omissions=tuple(omissions_of(incident, draft=draft)),
    )


def _all_passages(incident: Incident) -> tuple[PassageView, ...]:
    """Return every passage, by voice and place; a paragraph once, whatever quotes it."""
    shared: dict[str, list[PassageView]] = {}
    for passages in incident.passages.values():
        for passage in passages:
            shared.setdefault(passage.passage_id, []).append(passage)
    found = [_joined(passages) for passages in shared.values()]
    order = {mark: at for at, mark in enumerate(incident.letters.values())}
    found.sort(
        key=lambda item: (
            order.get(item.voice, len(order)),
            item.document.text,
            item.paragraph,
        )
    )
    return tuple(found)


def _joined(passages: Sequence[PassageView]) -> PassageView:
    """Return one passage for all claims that quote one paragraph."""
    spans = sorted({span for each in passages for span in each.spans}, key=lambda s: s.start)
    return replace(
        passages[0],
        spans=tuple(spans),
        claim_ids=tuple(dict.fromkeys(name for each in passages for name in each.claim_ids)),
        number_ids=tuple(dict.fromkeys(name for each in passages for name in each.number_ids)),
    )


def _voice(voice: str, *, incident: Incident, draft: Draft) -> VoiceView:
    """Introduce a voice: who speaks, how they know."""
    rows = [row for row in incident.claims.values() if draft.state.voice_of(row) == voice]
    knowers = {
        draft.state.knowers[draft.state.knower_of[row.claim_id]].basis
        for row in rows
        if draft.state.knower_of.get(row.claim_id) in draft.state.knowers
    }
    bases = knowers or {row.claim.speakers[-1].basis for row in rows} - {"none_given"}
    known = ", ".join(_BASES[basis] for basis in sorted(bases)) or "basis not stated"
    source = draft.state.sources.get(voice)
    return VoiceView(
        letter=incident.letters[voice],
        name=draft.voice_name(voice),
        knower=known,
        interest=Words(text=source.interests) if source and source.interests else None,
    )


def _row(row: Row, *, incident: Incident, draft: Draft) -> MatrixRow:
    """Draw one question's row: the case file first, then every voice that speaks."""
    shown = dict(zip(incident.comparison.voices, row.cells, strict=True))
    answer = held(incident.comparison, question=row.question)
    if row.number is not None:
        answer = NumberView(min=row.number.min, max=row.number.max).words
    states = [cell.state for cell in row.cells]
    return MatrixRow(
        question=question_word(row.question),
        value=Words(text=answer) if answer else None,
        note=tally_of_states(list(states)),
        cells=tuple(
            _cell(shown[voice], question=row.question, incident=incident, draft=draft)
            for voice in incident.letters
        ),
        number_id=incident.numbers.get(row.question),
    )


def _cell(cell: Cell, *, question: str, incident: Incident, draft: Draft) -> MatrixCell:
    """Draw what one voice says to a question."""
    rows = [incident.claims[claim_id] for claim_id in cell.claim_ids]
    note = ""
    if cell.repeats is not None:
        attribution = draft.state.attributions.get(cell.repeats)
        repeated = attribution.source_id if attribution else f"document:{cell.repeats}"
        note = incident.letters.get(repeated, "")
    elif any(row.claim.speakers[-1].basis == "told_by" for row in rows):
        note = "second hand"
    quotes = [
        quote for row in rows for quote in cell_quotes(row, question=question, incident=incident)
    ]
    language = rows[0].claim.language if rows and cell.state == "denies" else "und"
    return MatrixCell(
        state=cell.state,
        value=in_language(rows[0], text=cell.value)
        if rows and cell.value and language != "und"
        else Words(text=cell.value)
        if cell.value
        else None,
        note=note,
        only_here=cell.alone,
        quotes=tuple(quotes),
    )


def _range(row: Row, *, incident: Incident, draft: Draft) -> RangeView:
    """Draw a number and what each voice adds to it."""
    number = row.number
    cells = dict(zip(incident.comparison.voices, row.cells, strict=True))
    states = [cell.state for cell in row.cells]
    return RangeView(
        question=question_word(row.question),
        number=NumberView(min=number.min if number else None, max=number.max if number else None),
        number_id=incident.numbers.get(row.question),
        shown_independent=row.support.shown,
        at_most=row.support.at_most,
        bars=tuple(
            range_bar(cells[voice], mark=mark, question=row.question, claims=incident.claims)
            for voice, mark in incident.letters.items()
        ),
        summary=_summary(states),
        aggregates=tuple(aggregates_of(incident, question=row.question, draft=draft)),
    )


def range_bar(cell: Cell, *, mark: str, question: str, claims: Mapping[str, ClaimRow]) -> RangeBar:
    """Draw one voice's line of the range chart: from the lowest to the highest it tells."""
    counts = [
        count
        for claim_id in cell.claim_ids
        for count in claims[claim_id].claim.counts
        if count.of == question and count.scope == "event"
    ]
    lows = [count.min for count in counts if count.min is not None]
    highs = [count.max for count in counts if count.max is not None]
    number = None
    if lows or highs:
        number = NumberView(min=min(lows, default=None), max=max(highs, default=None))
    return RangeBar(voice=mark, state=cell.state, number=number)


def _summary(states: Sequence[str]) -> str:
    """Return what the voices do that neither deny nor differ, in sentences."""
    words = {
        "repeats": ("One repeats another.", "{} repeat others."),
        "silent": (
            "One was read through and says nothing.",
            "{} were read through and say nothing.",
        ),
        "not_reviewed": (
            "One has not been read through for this.",
            "{} have not been read through for this.",
        ),
    }
    found = []
    for state, (one, many) in words.items():
        number = states.count(state)
        if number:
            found.append(one if number == 1 else many.format(number))
    return " ".join(found)


def _grade(row: Row) -> GradeView:
    """Draw a grade with its reasons."""
    grade = row.grade
    return GradeView(
        question=question_word(row.question),
        grade=grade.grade + (", contested" if grade.contested else ""),
        rule_id="grading",
        reasons=grade.reasons,
        would_change=grade.would_change,
    )
