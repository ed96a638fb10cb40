"""What the verdicts of several reviewers amount to."""

from collections.abc import Mapping

from affiant.model.vocabulary import ClaimStatus, ClaimVerdict


def settle(
    verdicts: Mapping[str, ClaimVerdict],
    *,
    needed: int,
    ended: ClaimStatus | None,
    settled: ClaimVerdict | None = None,
) -> ClaimStatus:
    """Return the standing of a claim.

    A claim is accepted or rejected when as many reviewers as the policy asks for agree and
    nobody says otherwise. Where they differ, or one is unsure, it is unsure. With fewer
    verdicts than needed it stays suggested. A disagreement that was settled stands as it was
    settled. Withdrawn and superseded outlast all of it.

    Args:
        verdicts: Reviewer to their latest verdict.
        needed: Reviewers that the policy asks for, at least 1.
        ended: ``withdrawn`` or ``superseded`` where that was decided.
        settled: The verdict that settled a disagreement, or None.
    """
    if ended is not None:
        return ended
    if settled is not None:
        return settled
    given = set(verdicts.values())
    if len(given) > 1 or "unsure" in given:
        return "unsure"
    if not given or len(verdicts) < needed:
        return "suggested"
    return "accepted" if "accepted" in given else "rejected"
