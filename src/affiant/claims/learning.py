"""What a case's own decisions do to the scores of its suggestions."""

from affiant.claims.weighing import Decided, ScoreWeights, refit, scored_anew, shipped_weights
from affiant.store.case import Case


def own_weights(case: Case) -> ScoreWeights:
    """Return the shipped weights as the case's own decisions have changed them."""
    return refit(shipped_weights(), decisions=_decided(case))


def _decided(case: Case) -> list[Decided]:
    """Return the decisions on suggestions, in the order in which they were recorded.

    A suggestion was right where its claim stands as it was proposed; one that was edited or
    rejected was not. Nothing is learned where reviewers differ, or are not sure.
    """
    rows = {row.digest: row for row in case.derived.weighed()}
    found = []
    for claim in sorted(case.claims.all(), key=lambda each: each.position):
        row = rows.get(claim.suggestion or "")
        if row is not None and claim.status in ("accepted", "rejected"):
            right = claim.status == "accepted" and claim.claim == row.claim
            found.append(Decided(names=row.traits, right=right))
    return found


def weigh_anew(case: Case, *, weights: ScoreWeights) -> int:
    """Give every stored suggestion its score by these weights; return how many changed."""
    changed = 0
    with case.deriving():
        for row in list(case.derived.weighed()):
            why, score = scored_anew(row.why, names=row.traits, weights=weights)
            if (why, score) != (row.why, row.score):
                case.derived.reweigh(row.digest, why=why, score=score)
                changed += 1
    return changed
