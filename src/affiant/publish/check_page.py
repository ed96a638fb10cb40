"""The walk from a published number back to the sealed words."""

from collections.abc import Iterator, Sequence

from affiant.corroborate import Row
from affiant.corroborate.values import answer_of
from affiant.model.vocabulary import CountOf
from affiant.publish.drafting import Draft
from affiant.publish.incident import Incident
from affiant.publish.pages.views import (
    CheckView,
    LogProofView,
    MemberView,
    NumberView,
    ProofView,
    Words,
)
from affiant.publish.passages import member_proof
from affiant.publish.sentences import reviewed
from affiant.store.claims import ClaimRow


def checks_of(incident: Incident, *, draft: Draft) -> Iterator[CheckView]:
    """Yield a page for every number whose members may all be shown and proved."""
    for row in incident.comparison.rows:
        if row.question in incident.numbers:
            yield _check(row, incident=incident, draft=draft)


def _check(row: Row, *, incident: Incident, draft: Draft) -> CheckView:
    """Draw one number's page."""
    number = row.number
    bounds = (number.min, number.max) if number else (None, None)
    members = [incident.claims[claim_id] for claim_id in row.members]
    headers = [draft.case.logbook.at(member.position).read_header().at for member in members]
    return CheckView(
        number_id=incident.numbers[row.question],
        incident_id=draft.public(f"incident:{incident.comparison.incident_id}"),
        number=NumberView(min=bounds[0], max=bounds[1]),
        sentence=Words(
            text=f"people {row.question.replace('_', ' ')} \u00b7 {incident.comparison.label}"
        ),
        rule_id="counting",
        members=tuple(
            _member(member, question=row.question, incident=incident, draft=draft)
            for member in members
        ),
        proof=ProofView(
            counted=_counted(row.question),
            min=bounds[0],
            max=bounds[1],
            rule=number.rule if number else "",
            log=log_of(draft),
            members=tuple(member_proof(member, draft=draft) for member in members),
        ),
        recorded_at=max(headers),
        stamped=_stamped(draft, end=max(member.position for member in members) + 1),
    )


def _stamped(draft: Draft, *, end: int) -> str | None:
    """Say when the first ``end`` entries had been stamped, and by whom."""
    over = [row for row in draft.case.stamps.all() if row.size >= end]
    first = min(over, key=lambda row: row.time, default=None)
    return f"{first.time}, as {first.authority} signed" if first else None


def _counted(question: str) -> CountOf:
    """Return what a question counts."""
    words: Sequence[CountOf] = (
        "killed",
        "wounded",
        "taken",
        "missing",
        "displaced",
        "ill_treated",
    )
    return next(word for word in words if word == question)


def log_of(draft: Draft) -> LogProofView:
    """Return the tree that the proofs lead to."""
    checkpoint = draft.case.logbook.checkpoint()
    return LogProofView(
        size=checkpoint.head.size,
        root=checkpoint.head.root.hex(),
        checkpoint=checkpoint.note,
        origin=checkpoint.note.partition("\n")[0],
    )


def _member(row: ClaimRow, *, question: str, incident: Incident, draft: Draft) -> MemberView:
    """Describe one claim that a number rests on."""
    voice = draft.state.voice_of(row)
    answer = answer_of(row, question=question, state=draft.state)
    accepting = sum(verdict == "accepted" for verdict in row.verdicts.values())
    return MemberView(
        claim_id=draft.public(row.claim_id),
        commitment=row.commitment,
        source=draft.voice_name(voice),
        says=answer.shown if answer else "",
        reviewed=reviewed(accepting),
        passages=incident.passages[row.claim_id],
        voice=incident.letters.get(voice, ""),
    )
