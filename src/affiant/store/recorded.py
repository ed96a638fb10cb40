"""An entry as the projections see it."""

from dataclasses import dataclass
from typing import Any

from affiant.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One entry at its place in the log.

    Attributes:
        position: From 0.
        kind: With its version.
        actor: Public key, hex.
        at: The actor's clock, UTC.
        commitment: Hex.
        fields: The body; None where it was erased. A partly erased one lacks fields.
        undone: True where a later decision takes it back.
    """

    position: int
    kind: str
    actor: str
    at: str
    commitment: str
    fields: dict[str, Any] | None
    undone: bool = False


class PartialBody(dict[str, Any]):
    """A body of which fields were erased: what is gone reads as the empty text."""

    def __missing__(self, field: str) -> str:
        """Return the empty text for an erased field."""
        return ""


class Table:
    """Base of the stores of one noun: reads over one open connection."""

    def __init__(self, db: Database) -> None:
        self._db = db
