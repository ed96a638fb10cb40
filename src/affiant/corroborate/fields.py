"""A comparison in the stable shape of ``compare --json``."""

from typing import Any

from affiant.corroborate.cell import Cell
from affiant.corroborate.matrix import Comparison, Row
from affiant.corroborate.state import State


def compared_fields(item: Comparison, *, state: State) -> dict[str, Any]:
    """Return a comparison in the stable shape of ``compare --json``."""
    return {
        "incident_id": item.incident_id,
        "label": item.label,
        "questions": [_question(row, state=state) for row in item.rows],
        "aggregates_kept_out": list(item.aggregates),
    }


def _question(row: Row, *, state: State) -> dict[str, Any]:
    number = row.number
    return {
        "question": row.question,
        "voices": [_voice(cell, state=state) for cell in row.cells],
        "range": {
            "min": number.min if number else None,
            "max": number.max if number else None,
            "rule": number.rule if number else None,
            "members": list(number.members) if number else list(row.members),
        },
        "shown_independent": row.support.shown,
        "at_most": row.support.at_most,
        "grade": row.grade.plain(),
    }


def _voice(cell: Cell, *, state: State) -> dict[str, Any]:
    knower = state.knowers.get(cell.knower) if cell.knower else None
    return {
        "source": voice_name(cell.voice, state=state),
        "source_id": cell.voice,
        "origin": knower.name if knower else None,
        "state": cell.state,
        "value": cell.value,
        "claim_id": cell.claim_ids[0] if cell.claim_ids else None,
        "claim_ids": list(cell.claim_ids),
        "alone": cell.alone,
        "repeats": cell.repeats,
    }


def voice_name(voice: str, *, state: State) -> str:
    """Return a voice's name: its source's, or its document's."""
    if voice in state.sources:
        return state.sources[voice].name
    document_id = voice.removeprefix("document:")
    return state.documents.get(document_id, voice)
