"""What speaks against the case file: laid beside it in the same size."""

from collections.abc import Iterator
from typing import Final

from affiant.corroborate.matrix import denied_questions
from affiant.model.count import Count
from affiant.publish.drafting import Draft, in_language
from affiant.publish.incident import Incident, cell_quotes, held, question_word
from affiant.publish.pages.views import (
    AccusedView,
    AggregateView,
    NumberView,
    OmissionView,
    OpposingItem,
    Words,
)
from affiant.store.claims import ClaimRow

_ROLES: Final = {
    "direct_perpetrator": "carried it out",
    "ordered": "ordered it",
    "planned": "planned it",
    "instigated": "prompted it",
    "aided": "helped",
    "commanded": "commanded those who acted",
    "failed_to_protect": "had to protect and did not",
    "responsible": "responsible, how is not stated",
}
_STRENGTHS: Final = {
    "named": "named",
    "unit": "a unit",
    "category": "a kind of people",
    "unnamed": "not named",
    "implied": "implied",
}
WITHHELD: Final = "The document, or a person named in it, has no decision to publish."


def against_of(incident: Incident, *, draft: Draft) -> Iterator[OpposingItem]:
    """Yield every answer of the case file that a voice denies or differs from."""
    for row in incident.comparison.rows:
        cells = dict(zip(incident.comparison.voices, row.cells, strict=True))
        held_by = [
            mark
            for voice, mark in incident.letters.items()
            if cells[voice].state in ("agrees", "fits")
        ]
        answer = held(incident.comparison, question=row.question)
        if row.number is not None:
            answer = NumberView(min=row.number.min, max=row.number.max).words
        for voice, mark in incident.letters.items():
            cell = cells[voice]
            if cell.state not in ("denies", "differs"):
                continue
            rows = [incident.claims[claim_id] for claim_id in cell.claim_ids]
            yield OpposingItem(
                question=question_word(row.question),
                held=Words(text=answer or "not settled"),
                held_by=tuple(held_by),
                voice=mark,
                state=cell.state,
                said=in_language(rows[0], text=cell.value or "denies it")
                if cell.state == "denies"
                else Words(text=cell.value or ""),
                quotes=tuple(
                    quote
                    for claim in rows
                    for quote in cell_quotes(claim, question=row.question, incident=incident)
                ),
            )


def accused_of(incident: Incident, *, draft: Draft) -> Iterator[AccusedView]:
    """Yield every party that a voice alleges a part of, and who denies it."""
    found: dict[tuple[str, str], tuple[Words, str, set[str]]] = {}
    denying: set[str] = set()
    for row in incident.claims.values():
        mark = incident.letters.get(draft.state.voice_of(row))
        if mark is None:
            continue
        if "by_whom" in denied_questions(row):
            denying.add(mark)
        elif row.claim.speakers[-1].stance != "denies":
            for party in row.claim.involvements:
                if party.side == "accused" and party.role in _ROLES:
                    key = (party.name, party.role)
                    name = in_language(row, text=party.name)
                    found.setdefault(key, (name, party.strength, set()))[2].add(mark)
    for (_, role), (name, strength, marks) in sorted(
        found.items(), key=lambda item: (-len(item[1][2]), item[0])
    ):
        yield AccusedView(
            name=name,
            role=_ROLES[role],
            attribution=_STRENGTHS[strength],
            alleged_by=tuple(sorted(marks)),
            denied_by=tuple(sorted(denying)),
        )


def aggregates_of(incident: Incident, *, question: str, draft: Draft) -> Iterator[AggregateView]:
    """Yield the totals over several events, which no range takes in."""
    for claim_id in incident.comparison.aggregates:
        row = incident.claims[claim_id]
        passages = incident.passages.get(claim_id)
        for count in row.claim.counts:
            if count.scope == "aggregate" and count.of == question and passages:
                yield AggregateView(
                    source=draft.voice_name(draft.state.voice_of(row)),
                    number=NumberView(min=count.min, max=count.max),
                    covers=in_language(row, text=_covers(row, count=count)),
                    why="It counts over several events.",
                    passage_id=passages[0].passage_id,
                )


def _covers(row: ClaimRow, *, count: Count) -> str:
    """Return what a total is said to cover: whom, where and when, as written."""
    claim = row.claim
    parts = [
        count.population,
        claim.where.words if claim.where else None,
        claim.when.words if claim.when else None,
    ]
    acts = [quote.exact for quote in claim.quotes if quote.slot == "act"]
    return ", ".join(part for part in parts if part) or f"“{(acts or [count.words])[0]}”"


def omissions_of(incident: Incident, *, draft: Draft) -> Iterator[OmissionView]:
    """Yield how many opposing claims of an incident are left out of its page, and why."""
    hidden = {"denials": 0, "differing answers": 0}
    for row in incident.comparison.rows:
        for cell in row.cells:
            kind = {"denies": "denials", "differs": "differing answers"}.get(cell.state)
            if kind is None:
                continue
            hidden[kind] += sum(claim_id not in incident.passages for claim_id in cell.claim_ids)
    for kind, number in hidden.items():
        if number:
            yield OmissionView(
                question=None,
                claims=number,
                kind=f"{kind}, whose words are not shown",
                why=WITHHELD,
                incident_id=draft.public(f"incident:{incident.comparison.incident_id}"),
            )
