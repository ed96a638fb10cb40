"""Who speaks, with which stance, and how they know."""

from dataclasses import dataclass

from affiant.model.vocabulary import Basis, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One link in the chain of those through whom a claim reached the page.

    Attributes:
        name: As written; None is the document's own voice.
        stance: What the speaker does with the content.
        basis: How the speaker says to know.
    """

    name: str | None
    stance: Stance = "asserts"
    basis: Basis = "none_given"
