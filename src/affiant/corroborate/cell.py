"""One cell of the matrix: what one voice says to one question."""

from dataclasses import dataclass

from affiant.model.vocabulary import CellState


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one voice says to one question.

    Attributes:
        voice: Source id, or ``document:<id>``.
        state: One of the seven.
        value: The answer in words, or None.
        claim_ids: The claims behind it.
        knower: The knower decided for them, or None.
        alone: True where no other voice answers the question.
        repeats: The document whose words are repeated, or None.
    """

    voice: str
    state: CellState
    value: str | None = None
    claim_ids: tuple[str, ...] = ()
    knower: str | None = None
    alone: bool = False
    repeats: str | None = None
