"""Claims, the decisions on them, and what was read through."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from affiant.errors import IntegrityError
from affiant.model.claim import Claim, decode_claim
from affiant.model.settle import settle
from affiant.model.vocabulary import ClaimStatus, ClaimVerdict
from affiant.store.recorded import Table

_FEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim with the decisions on it.

    Attributes:
        claim_id: 32 hex digits.
        suggestion: Digest of the suggestion that it came from, or None.
        document_id: Where its quotes stand.
        claim: The claim.
        why: Why it was suggested, in words; '' for one made by hand.
        commitment: Of the entry that carries it.
        position: Of that entry.
        status: What the decisions amount to under the policy.
        verdicts: Reviewer's public key to their latest verdict.
        settled: The verdict that settled a disagreement, or None.
    """

    claim_id: str
    suggestion: str | None
    document_id: str
    claim: Claim
    why: str
    commitment: str
    position: int
    status: ClaimStatus
    verdicts: dict[str, ClaimVerdict]
    settled: ClaimVerdict | None = None


class ClaimStore(Table):
    """Reads claims and decisions."""

    _ALL = """
        select claim_id, suggestion, document_id, body, why, commitment, position
        from claim
        order by document_id, start, position
    """

    def all(self) -> list[ClaimRow]:
        """Return every claim, by document and place in it."""
        return list(self._rows(self._db.execute(self._ALL)))

    _ONE = """
        select claim_id, suggestion, document_id, body, why, commitment, position
        from claim
        where claim_id = :key
           or (length(:key) >= 6 and claim_id >= :key and claim_id < :key || 'g')
           or claim_id in (
               select of_claim_id
               from claim_alias
               where length(:key) >= 6 and claim_id >= :key and claim_id < :key || 'g'
           )
    """

    def matching(self, key: str) -> list[ClaimRow]:
        """Return the claims that an id or the beginning of one means."""
        return list(self._rows(self._db.execute(self._ONE, {"key": key})))

    _NAMES = """
        select claim_id
        from claim_alias
        where of_claim_id in (
            select :claim_id
            union
            select of_claim_id from claim_alias where claim_id = :claim_id
        )
        union
        select of_claim_id from claim_alias where claim_id = :claim_id
    """

    def names_of(self, claim_id: str) -> set[str]:
        """Return the other ids of a claim that several people decided on apart."""
        return {row[0] for row in self._db.execute(self._NAMES, {"claim_id": claim_id})}

    _OF_SUGGESTION = """
        select claim_id, suggestion, document_id, body, why, commitment, position
        from claim
        where suggestion = :digest
        order by position
    """

    def of_suggestion(self, digest: str) -> list[ClaimRow]:
        """Return the claims that came from one suggestion; edits make further ones."""
        return list(self._rows(self._db.execute(self._OF_SUGGESTION, {"digest": digest})))

    _OF_DOCUMENT = """
        select claim_id, suggestion, document_id, body, why, commitment, position
        from claim
        where document_id = :document_id
        order by start, position
    """

    def of_document(self, document_id: str) -> list[ClaimRow]:
        """Return the claims of one document, in reading order."""
        rows = self._db.execute(self._OF_DOCUMENT, {"document_id": document_id})
        return list(self._rows(rows))

    _OF_INCIDENT = """
        select c.claim_id, c.suggestion, c.document_id, c.body, c.why, c.commitment, c.position
        from claim c
        join incident_claim i on i.claim_id = c.claim_id
        where i.incident_id = :incident_id
        order by c.document_id, c.start, c.position
    """

    def standing(self, incident_id: str) -> list[ClaimRow]:
        """Return the accepted claims about one incident, in reading order."""
        rows = self._db.execute(self._OF_INCIDENT, {"incident_id": incident_id})
        return [row for row in self._rows(rows) if row.status == "accepted"]

    def in_incident(self, incident_id: str) -> list[ClaimRow]:
        """Return all claims joined to one incident, whatever became of them."""
        return list(self._rows(self._db.execute(self._OF_INCIDENT, {"incident_id": incident_id})))

    _VERDICTS = """
        select claim_id, reviewer, verdict
        from decision
        order by position
    """
    _VERDICTS_ON = """
        select claim_id, reviewer, verdict
        from decision
        where claim_id = :claim_id
        order by position
    """

    def _verdicts(self, claim_ids: list[str]) -> dict[str, dict[str, ClaimVerdict]]:
        """Return claim id to each reviewer's latest verdict."""
        if len(claim_ids) > _FEW:
            rows = self._db.execute(self._VERDICTS)
        else:
            rows = [
                row
                for claim_id in claim_ids
                for row in self._db.execute(self._VERDICTS_ON, {"claim_id": claim_id})
            ]
        found: dict[str, dict[str, ClaimVerdict]] = {}
        for claim_id, reviewer, verdict in rows:
            found.setdefault(claim_id, {})[reviewer] = verdict
        return found

    _ENDS = "select claim_id, how from claim_end"
    _SETTLED = "select claim_id, verdict from settlement"
    _NEEDED = "select value from policy where name = 'reviewers_needed'"

    def _rows(self, rows: list[Any]) -> Iterator[ClaimRow]:
        """Join claims with their verdicts under the policy."""
        if not rows:
            return
        verdicts = self._verdicts([row[0] for row in rows])
        ends: dict[str, ClaimStatus] = dict(self._db.execute(self._ENDS))
        settled: dict[str, ClaimVerdict] = dict(self._db.execute(self._SETTLED))
        needed = self.needed()
        for claim_id, suggestion, document_id, body, why, commitment, position in rows:
            given = verdicts.get(claim_id, {})
            yield ClaimRow(
                claim_id=claim_id,
                suggestion=suggestion,
                document_id=document_id,
                claim=decode_claim(msgspec.json.decode(body)),
                why=why,
                commitment=commitment,
                position=position,
                status=settle(
                    given,
                    needed=needed,
                    ended=ends.get(claim_id),
                    settled=settled.get(claim_id),
                ),
                verdicts=given,
                settled=settled.get(claim_id),
            )

    def needed(self) -> int:
        """Return how many reviewers the policy asks for.

        Raises:
            IntegrityError: The policy does not say a number from 1 on.
        """
        value = next(iter(self._db.execute(self._NEEDED)), ("1",))[0]
        if not value.isascii() or not value.isdecimal() or int(value) < 1:
            raise IntegrityError(
                f"the policy reviewers_needed says {value!r}",
                remedy="Set it anew: affiant policy set reviewers_needed 1.",
            )
        return int(value)

    _READ_THROUGH = """
        select document_id, question, reviewer
        from read_through
        order by document_id, question, reviewer
    """

    def read_through(self) -> dict[tuple[str, str], set[str]]:
        """Return (document id, question) to the reviewers who read it through for that."""
        found: dict[tuple[str, str], set[str]] = {}
        for document_id, question, reviewer in self._db.execute(self._READ_THROUGH):
            found.setdefault((document_id, question), set()).add(reviewer)
        return found

    _HAS_READ = """
        select 1
        from read_through
        where document_id = :document_id and reviewer = :reviewer
        limit 1
    """

    def has_read_through(self, document_id: str, *, reviewer: str) -> bool:
        """Tell whether a reviewer read a document through, for whatever question."""
        values = {"document_id": document_id, "reviewer": reviewer}
        return bool(self._db.execute(self._HAS_READ, values))

    _REPORTED = "select claim_id, reviewer_name, verdict, why from reported_decision"

    def reported(self) -> list[tuple[str, str, str, str | None]]:
        """Return decisions that others are only reported to have made; they count for nothing."""
        return [tuple(row) for row in self._db.execute(self._REPORTED)]
