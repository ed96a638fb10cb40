"""A claim that a machine proposes; nothing of it counts until a person decides."""

from dataclasses import dataclass

from affiant.model.claim import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposed claim and why it was proposed.

    Attributes:
        claim: The proposal; ``claim.origin`` names tool and version.
        why: In plain words: the rules and cue words that led to it.
        score: From 0 to 1, for ordering the queue only; never shown before a decision.
        features: Names of what the rules saw, as ``affiant.claims.features`` lists them.
    """

    claim: Claim
    why: str
    score: float = 0.5
    features: tuple[str, ...] = ()
