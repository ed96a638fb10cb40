"""Seeded errors: known-wrong suggestions, so that a team knows how many errors it catches.

One is made from a real suggestion by changing what it says; its quotes stay exact, so that
whoever compares the claim with its words finds it. It takes the place of the real one until
the reviewer has decided, who is told at once. It is never a claim, whatever the verdict.
"""

import hmac
from dataclasses import dataclass, replace
from typing import Final

from affiant.claims.passages import is_chosen
from affiant.model.claim import Claim, claim_fields
from affiant.model.decision import Decision
from affiant.model.vocabulary import SeedKind
from affiant.store.case import Case, Pen

_TOUCHED: Final[dict[SeedKind, frozenset[str]]] = {
    "number": frozenset({"counts"}),
    "polarity": frozenset({"speakers", "denies"}),
    "swap": frozenset({"involvements"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A known-wrong suggestion for one reviewer.

    Attributes:
        seed_id: What it goes by; nothing tells it from a suggestion's digest.
        suggestion: Digest of the real one.
        document: Document id.
        claim: What is shown.
        why: Why the real one was suggested.
        how: What was changed.
    """

    seed_id: str
    suggestion: str
    document: str
    claim: Claim
    why: str
    how: SeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedOutcome:
    """What a reviewer is told after deciding on a seeded error.

    Attributes:
        caught: True where they did not accept it as it was.
        how: What was changed.
        suggestion: Digest of the real suggestion, which comes next.
    """

    caught: bool
    how: SeedKind
    suggestion: str


class SeedShare:
    """Which suggestions come to a reviewer as a seeded error first."""

    def __init__(self, case: Case, *, reviewer: str) -> None:
        self._case = case
        self._reviewer = reviewer
        self._share = case.policies.share("seeded_errors")
        self._done = case.reviews.seeds_decided(reviewer=reviewer) if self._share else set()

    def is_due(self, digest: str) -> bool:
        """Tell whether a suggestion is chosen and its seeded error not decided on."""
        return (
            self._share > 0
            and digest not in self._done
            and is_chosen(f"seed {digest}", reviewer=self._reviewer, share=self._share)
        )

    def id_of(self, digest: str) -> str:
        """Return the id that the seeded error of a suggestion goes by."""
        words = f"shown {self._case.case_id} {digest}".encode()
        return hmac.digest(bytes.fromhex(self._reviewer), words, "sha256").hex()

    def seed_of(self, digest: str) -> Seed | None:
        """Return the seeded error that comes before a suggestion, or None."""
        if not self.is_due(digest):
            return None
        for row in self._case.derived.suggestions_matching(digest):
            changed = alter(row.claim, turn=int(digest[:8], 16))
            if changed is not None:
                return Seed(
                    seed_id=self.id_of(digest),
                    suggestion=digest,
                    document=row.document_id,
                    claim=changed[1],
                    why=row.why,
                    how=changed[0],
                )
        return None


def alter(claim: Claim, *, turn: int) -> tuple[SeedKind, Claim] | None:
    """Return a claim that says something else in the same words, or None where nothing fits.

    Args:
        claim: A suggestion.
        turn: Any number; chooses among what can be changed.
    """
    ways: list[tuple[SeedKind, Claim | None]] = [
        ("number", _other_number(claim)),
        ("polarity", _other_polarity(claim)),
        ("swap", _swapped(claim)),
    ]
    fitting = [(kind, found) for kind, found in ways if found is not None and found != claim]
    return fitting[turn % len(fitting)] if fitting else None


def _other_number(claim: Claim) -> Claim | None:
    """Return the claim with its first known number changed by about a third, at least by one."""
    for at, count in enumerate(claim.counts):
        known = count.min if count.min is not None else count.max
        if known is None:
            continue
        more = max(1, known // 3)
        other = replace(
            count,
            min=None if count.min is None else count.min + more,
            max=None if count.max is None else count.max + more,
        )
        return replace(claim, counts=(*claim.counts[:at], other, *claim.counts[at + 1 :]))
    return None


def _other_polarity(claim: Claim) -> Claim | None:
    """Return the claim with its last voice denying what it asserts, or the other way round."""
    *before, last = claim.speakers
    if last.stance in ("asserts", "reports"):
        return replace(claim, speakers=(*before, replace(last, stance="denies")))
    if last.stance == "denies":
        return replace(claim, speakers=(*before, replace(last, stance="asserts")), denies=None)
    return None


def _swapped(claim: Claim) -> Claim | None:
    """Return the claim with the names of its first victim and first accused exchanged."""
    places: dict[str, int] = {}
    for at, party in enumerate(claim.involvements):
        places.setdefault(party.side, at)
    if not {"victim", "accused"} <= places.keys():
        return None
    parties = list(claim.involvements)
    victim, accused = parties[places["victim"]], parties[places["accused"]]
    parties[places["victim"]] = replace(victim, name=accused.name)
    parties[places["accused"]] = replace(accused, name=victim.name)
    return replace(claim, involvements=tuple(parties))


def find_seed(case: Case, *, seed_id: str, reviewer: str) -> Seed | None:
    """Return the seeded error of this id for a reviewer, or None."""
    share = SeedShare(case, reviewer=reviewer)
    if len(seed_id) != 64:
        return None
    for digest in case.reviews.suggestion_digests():
        if share.is_due(digest) and share.id_of(digest) == seed_id:
            return share.seed_of(digest)
    return None


def record_seed(
    pen: Pen, *, seed: Seed, decision: Decision, changed: tuple[str, ...] = ()
) -> SeedOutcome:
    """Record what a reviewer decided on a seeded error; no claim comes of it.

    It is caught where it was rejected, where they were unsure, and where they changed what had
    been changed.

    Args:
        pen: Of whoever decides.
        seed: What was shown.
        decision: Theirs.
        changed: Fields that they changed, where they accepted it in another form.
    """
    caught = decision.verdict != "accepted" or not _TOUCHED[seed.how].isdisjoint(changed)
    body = {
        "seed": seed.seed_id,
        "suggestion": seed.suggestion,
        "document": seed.document,
        "text": seed.claim.text_digest,
        "how": seed.how,
        "shown": claim_fields(seed.claim),
        "verdict": decision.verdict,
        "caught": caught,
        "changed": sorted(changed),
        **decision.fields,
    }
    pen.record("seed.decided/1", body=body)
    return SeedOutcome(caught=caught, how=seed.how, suggestion=seed.suggestion)
