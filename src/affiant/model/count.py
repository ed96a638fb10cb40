"""How many, as one voice gives it."""

from dataclasses import dataclass

from affiant.model.vocabulary import CountOf, Relation, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a count: "including six women".

    Attributes:
        words: As written.
        min: At least so many, or None where unknown.
        max: At most so many, or None where unknown.
    """

    words: str
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of people with its bounds; unknown is never 0.

    Attributes:
        of: What is counted.
        min: At least so many, inclusive, or None where unknown.
        max: At most so many, inclusive, or None where unknown.
        words: As written: "at least 40", "dozens", "all the medical staff".
        population: Whom the words speak of where no number stands, or None.
        breakdown: Parts; they need not add up.
        relation: How the parts relate to the whole.
        scope: One event, or an aggregate over several; an aggregate enters no event's range.
    """

    of: CountOf
    min: int | None = None
    max: int | None = None
    words: str = ""
    population: str | None = None
    breakdown: tuple[Part, ...] = ()
    relation: Relation = "unstated"
    scope: Scope = "event"

    def __post_init__(self) -> None:
        """Refuse bounds that cross or fall below nought."""
        if min(self.min or 0, self.max or 0) < 0:
            raise ValueError(f"a count is not negative: {self.min} to {self.max}")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"the bounds cross: {self.min} to {self.max}")
