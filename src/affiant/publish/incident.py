"""One incident on its way to a page: compared, lettered, and what of it may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from affiant.corroborate import Comparison, Row, compare_incident
from affiant.corroborate.ranges import COUNT_QUESTIONS
from affiant.model.vocabulary import Question
from affiant.publish.drafting import Draft, in_language
from affiant.publish.pages.views import CellQuote, PassageView
from affiant.publish.passages import passages_of, provable
from affiant.store.claims import ClaimRow

SLOTS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(COUNT_QUESTIONS, ("count", "act")),
    "when": ("when", "act"),
    "where": ("where", "act"),
    "by_whom": ("actor", "act"),
    "method": ("method", "act"),
}
_SPEAKING: Final = ("agrees", "fits", "differs", "denies", "repeats")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident on its way to a page.

    Attributes:
        comparison: As compared.
        letters: Voice to its letter on the page; voices that never speak have none.
        claims: Claim id to the accepted claim.
        passages: Claim id to its passages, for claims whose words may be shown.
        numbers: Question to the public id of its "check this number" page.
    """

    comparison: Comparison
    letters: Mapping[str, str]
    claims: Mapping[str, ClaimRow]
    passages: Mapping[str, tuple[PassageView, ...]]
    numbers: Mapping[str, str]


def letter(number: int) -> str:
    """Return A, B … Z, AA, AB … for 0, 1 and so on."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def prepare(incident_id: str, *, draft: Draft) -> Incident:
    """Compare an incident and settle what of it may be shown."""
    comparison = compare_incident(incident_id, state=draft.state)
    speaking = [
        voice
        for at, voice in enumerate(comparison.voices)
        if any(row.cells[at].state in _SPEAKING for row in comparison.rows)
    ]
    letters = {voice: letter(at) for at, voice in enumerate(speaking)}
    claims = {row.claim_id: row for row in draft.state.in_incident(incident_id)}
    numbers = {}
    for row in comparison.rows:
        if row.number is not None and _checkable(row, claims=claims, draft=draft):
            numbers[row.question] = f"n{draft.public(f'{incident_id} {row.question}')}"
    passages = {
        claim_id: tuple(
            passages_of(
                row,
                draft=draft,
                letter=letters.get(draft.state.voice_of(row), ""),
                number_ids=_numbers_of(claim_id, comparison=comparison, numbers=numbers),
            )
        )
        for claim_id, row in claims.items()
        if draft.shows(row)
    }
    return Incident(
        comparison=comparison, letters=letters, claims=claims, passages=passages, numbers=numbers
    )


def _checkable(row: Row, *, claims: Mapping[str, ClaimRow], draft: Draft) -> bool:
    """Tell whether every claim behind a number may be shown and proved."""
    members = [claims[claim_id] for claim_id in row.members]
    return all(draft.shows(member) and provable(member, draft=draft) for member in members)


def _numbers_of(
    claim_id: str, *, comparison: Comparison, numbers: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the check pages of the numbers that a claim is a member of."""
    return tuple(
        numbers[row.question]
        for row in comparison.rows
        if claim_id in row.members and row.question in numbers
    )


def held(comparison: Comparison, *, question: str) -> str | None:
    """Return the answer that most voices share, in words, or None where none do."""
    for row in comparison.rows:
        if row.question == question:
            agreeing = [cell.value for cell in row.cells if cell.state == "agrees"]
            alone = [cell.value for cell in row.cells if cell.alone and cell.value]
            return next(iter([*agreeing, *alone]), None)
    return None


def question_word(question: str) -> Question:
    """Return a word as one of the closed list."""
    return next(word for word in get_args(Question) if word == question)


def cell_quotes(row: ClaimRow, *, question: str, incident: Incident) -> list[CellQuote]:
    """Return the words of a claim that answer a question, linked to their passage."""
    passages = incident.passages.get(row.claim_id)
    if not passages:
        return []
    for slot in SLOTS_OF[question]:
        quotes = [quote for quote in row.claim.quotes if quote.slot == slot]
        if quotes:
            place = next(
                (
                    passage.passage_id
                    for passage in passages
                    if any(span.slot == slot for span in passage.spans)
                ),
                passages[0].passage_id,
            )
            return [CellQuote(words=in_language(row, text=quotes[0].exact), passage_id=place)]
    return []
