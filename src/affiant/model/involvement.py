"""A party and its part in an act."""

from dataclasses import dataclass

from affiant.model.vocabulary import Role, Side, Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """A party in a role, as one voice tells it. Everyone accused is alleged.

    Attributes:
        name: As written in the text.
        role: The part played.
        side: On which side of the act.
        strength: How strongly the party is identified.
        inferred: True where the name stands in another sentence and was carried over.
        claimed_status: A status claimed for the party ("unarmed", "medical staff"), as written.
    """

    name: str
    role: Role
    side: Side
    strength: Strength = "category"
    inferred: bool = False
    claimed_status: str | None = None
