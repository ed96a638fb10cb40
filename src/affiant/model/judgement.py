"""A decision about two things: same or not, dependent or not, one after the other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What somebody decided about a pair, and why.

    Attributes:
        left: Id of the one; where the pair has a direction, the later or derived one.
        right: Id of the other.
        verdict: A word of the closed list that fits the kind of pair.
        why: In words.
    """

    left: str
    right: str
    verdict: str
    why: str
