"""Counts of an incident: which claims enter a range, by the named counting rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from affiant.corroborate.state import REPEATING, State, asserts, load_state
from affiant.corroborate.support import Support, support
from affiant.model.count import Count
from affiant.store.case import Case
from affiant.store.claims import ClaimRow

COUNTING_RULE: Final = "range_of_unrepeated_counts/1"
COUNT_QUESTIONS: Final = ("killed", "wounded", "taken", "missing", "displaced", "ill_treated")
RULE_IN_WORDS: Final = (
    "The range runs from the smallest lower bound to the largest upper bound that any accepted "
    "claim about this event gives. A claim whose document repeats or translates another that "
    "answers the same question is not counted; one that was corrected or retracted is replaced. "
    "Denials and silence do not move the range; they are printed beside it. A claim that gives "
    "no bound on one side does not move that side. Totals over several events never enter it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A published number and everything it follows from.

    Attributes:
        incident_id: The incident.
        label: Its neutral label.
        question: What is counted.
        min: People, at least, or None where no member gives a lower bound.
        max: People, at most, or None where no member gives an upper bound.
        rule: Name and version of the counting rule.
        members: Claim ids, sorted.
        shown_independent: Knowers shown to be independent.
        at_most: The most independent knowers there can be.
    """

    incident_id: str
    label: str
    question: str
    min: int | None
    max: int | None
    rule: str
    members: tuple[str, ...]
    shown_independent: int
    at_most: int

    def plain(self) -> dict[str, Any]:
        """Return the number as plain JSON values."""
        return {
            "incident_id": self.incident_id,
            "label": self.label,
            "question": self.question,
            "min": self.min,
            "max": self.max,
            "rule": self.rule,
            "members": list(self.members),
            "shown_independent": self.shown_independent,
            "at_most": self.at_most,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The claims that answer a question, by what the counting rule does with them.

    Attributes:
        members: Those that count.
        repeated: Claim id to the document whose words it repeats.
        replaced: Claim id to the document that corrects or retracts it.
    """

    members: tuple[ClaimRow, ...]
    repeated: Mapping[str, str]
    replaced: Mapping[str, str]


def counts_for(row: ClaimRow, *, question: str) -> list[Count]:
    """Return the counts of a claim that answer a question about one event."""
    if not asserts(row.claim):
        return []
    return [
        count
        for count in row.claim.counts
        if count.of == question
        and count.scope == "event"
        and (count.min is not None or count.max is not None)
    ]


def sort_out(answers: Iterable[ClaimRow], *, state: State) -> Sorting:
    """Divide the claims that answer one question into members, repeated and replaced."""
    rows = list(answers)
    answering = {row.document_id for row in rows}
    repeated: dict[str, str] = {}
    replaced: dict[str, str] = {}
    for row in rows:
        replacer = _replacer(row.document_id, answering=answering, state=state)
        source = _repeats(row.document_id, answering=answering, state=state)
        if replacer is not None:
            replaced[row.claim_id] = replacer
        elif source is not None:
            repeated[row.claim_id] = source
    members = [row for row in rows if row.claim_id not in repeated.keys() | replaced.keys()]
    members.sort(key=lambda row: row.claim_id)
    return Sorting(members=tuple(members), repeated=repeated, replaced=replaced)


def _repeats(document_id: str, *, answering: set[str], state: State) -> str | None:
    """Return a document that this one repeats, directly or not, and that answers too."""
    reached, waiting = {document_id}, [document_id]
    while waiting:
        at = waiting.pop()
        for edge in state.edges:
            following = edge.kind in REPEATING and edge.document_id == at
            if following and edge.of_document_id not in reached:
                if edge.of_document_id in answering:
                    return edge.of_document_id
                reached.add(edge.of_document_id)
                waiting.append(edge.of_document_id)
    return None


def _replacer(document_id: str, *, answering: set[str], state: State) -> str | None:
    """Return a document that corrects this one on the question, or retracts it."""
    for edge in state.edges:
        if edge.of_document_id != document_id or edge.document_id == document_id:
            continue
        corrected = edge.kind == "corrects" and edge.document_id in answering
        if corrected or edge.kind == "retracts":
            return edge.document_id
    return None


def number_of(incident_id: str, *, label: str, question: str, state: State) -> Number | None:
    """Return an incident's number for a question, or None where no claim gives one."""
    rows = state.in_incident(incident_id)
    answers = [row for row in rows if counts_for(row, question=question)]
    members = sort_out(answers, state=state).members
    if not members:
        return None
    counts = [count for row in members for count in counts_for(row, question=question)]
    lows = [count.min for count in counts if count.min is not None]
    highs = [count.max for count in counts if count.max is not None]
    shown = support_of(members, state=state)
    return Number(
        incident_id=incident_id,
        label=label,
        question=question,
        min=min(lows, default=None),
        max=max(highs, default=None),
        rule=COUNTING_RULE,
        members=tuple(row.claim_id for row in members),
        shown_independent=shown.shown,
        at_most=shown.at_most,
    )


def support_of(members: Iterable[ClaimRow], *, state: State) -> Support:
    """Count the knowers behind member claims."""
    rows = list(members)
    knowers = {state.knower_of[row.claim_id] for row in rows if row.claim_id in state.knower_of}
    voiceless = {state.voice_of(row) for row in rows if row.claim_id not in state.knower_of}
    return support(
        knowers,
        bases={knower_id: knower.basis for knower_id, knower in state.knowers.items()},
        voiceless=len(voiceless),
        dependences=state.dependences,
    )


def numbers_of(state: State) -> list[Number]:
    """Return every number of a case, by incident and question."""
    found = []
    for incident in state.incidents:
        for question in COUNT_QUESTIONS:
            number = number_of(
                incident.incident_id, label=incident.label, question=question, state=state
            )
            if number is not None:
                found.append(number)
    return sorted(found, key=lambda number: (number.incident_id, number.question))


def numbers_of_case(case: Case) -> list[Number]:
    """Return every number of a case as it stands now."""
    return numbers_of(load_state(case.db))
