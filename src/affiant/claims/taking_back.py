"""Takes a reviewer's last decision back; both stay in the log."""

from affiant.errors import NotFoundError
from affiant.log.keys import SigningKey
from affiant.store.case import Case
from affiant.store.own_decisions import OwnDecision, OwnDecisions


def take_back_last(case: Case, *, key: SigningKey, why: str) -> OwnDecision:
    """Take back what the holder of a key decided last; return what it was.

    Where it put a changed claim in another's place, the other stands again. A claim that they
    made, by hand or by an edit, and on which nobody else decided, is withdrawn: nothing had
    suggested it.

    Raises:
        NotFoundError: There is nothing to take back.
    """
    reviewer = case.policies.person_of(key.public)
    with case.writing(key) as pen:
        found = OwnDecisions(case.db).latest(reviewer, limit=1)
        if not found:
            raise NotFoundError(
                "you have decided on nothing yet", remedy="There is nothing to take back."
            )
        last = found[0]
        ends = OwnDecisions(case.db).ends_by(last.claim_id)
        for position in (last.position, *ends):
            commitment = case.logbook.at(position).read_header().commitment
            pen.record("decision.undone/1", body={"commitment": commitment, "why": why})
        if ends:  # what it ended may have ended before: only a replay tells
            case.rebuild()
        else:
            OwnDecisions(case.db).take_out(last.position)
        if _is_left_alone(case, claim_id=last.claim_id):
            pen.record("claim.withdrawn/1", body={"claim_id": last.claim_id, "why": why})
    return last


def _is_left_alone(case: Case, *, claim_id: str) -> bool:
    """Tell whether a person made a claim on which no decision stands."""
    return any(
        row.claim.origin.tool == "person" and not row.verdicts
        for row in case.claims.matching(claim_id)
    )
