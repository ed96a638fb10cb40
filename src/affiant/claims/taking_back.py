"""Takes a reviewer's last decision back; both stay in the log."""

from affiant.errors import NotFoundError
from affiant.log.keys import SigningKey
from affiant.store.case import Case
from affiant.store.own_decisions import OwnDecision, OwnDecisions


def take_back_last(case: Case, *, key: SigningKey, why: str) -> OwnDecision:
    """Take back what the holder of a key decided last; return what it was.

    Where it put a changed claim in another's place, the other stands again.

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
        for position in (last.position, *OwnDecisions(case.db).ends_by(last.claim_id)):
            commitment = case.logbook.at(position).read_header().commitment
            pen.record("decision.undone/1", body={"commitment": commitment, "why": why})
        case.rebuild()
    return last
