"""What one reviewer decided last."""

from dataclasses import dataclass

from affiant.store.recorded import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDecision:
    """A decision that counts.

    Attributes:
        position: Of its entry.
        claim_id: The claim.
        verdict: accepted, rejected or unsure.
        why: In words, or None.
        document_id: Where the claim's quotes stand.
        suggestion: Digest of the suggestion that the claim came from, or None.
    """

    position: int
    claim_id: str
    verdict: str
    why: str | None
    document_id: str
    suggestion: str | None


class OwnDecisions(Table):
    """Reads one reviewer's decisions, the latest first."""

    _LATEST = """
        select d.position, d.claim_id, d.verdict, d.why, c.document_id, c.suggestion
        from decision d
        join claim c on c.claim_id = d.claim_id
        where d.reviewer = :reviewer
        order by d.position desc
        limit :limit
    """

    def latest(self, reviewer: str, *, limit: int) -> list[OwnDecision]:
        """Return the decisions that were not taken back."""
        rows = self._db.execute(self._LATEST, {"reviewer": reviewer, "limit": limit})
        return [
            OwnDecision(
                position=position,
                claim_id=claim_id,
                verdict=verdict,
                why=why,
                document_id=document_id,
                suggestion=suggestion,
            )
            for position, claim_id, verdict, why, document_id, suggestion in rows
        ]

    _REPLACED = "select position from claim_end where by_claim_id = :claim_id"

    def ends_by(self, claim_id: str) -> list[int]:
        """Return the entries that ended other claims in favour of this one."""
        return [row[0] for row in self._db.execute(self._REPLACED, {"claim_id": claim_id})]
