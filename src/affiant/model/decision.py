"""A person's verdict on a claim, and what it rests on."""

from dataclasses import dataclass

from affiant.errors import BadInputError
from affiant.model.vocabulary import DELICATE, REJECTION_REASONS, ClaimVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a reviewer says of a claim.

    Attributes:
        verdict: Accepted, rejected or unsure.
        why: In words, or None.
        confirmed: The delicate fields that the reviewer confirmed one by one.
        reason: Why it is rejected, a word of the closed list, or None.
    """

    verdict: ClaimVerdict
    why: str | None = None
    confirmed: tuple[str, ...] = ()
    reason: str | None = None

    def __post_init__(self) -> None:
        """Refuse words that are not in the closed lists, and a reason for what is not rejected."""
        strange = [name for name in self.confirmed if name not in DELICATE]
        if strange:
            raise BadInputError(
                f"not a field that is confirmed by itself: {', '.join(strange)}",
                remedy=f"Choose among: {', '.join(DELICATE)}.",
            )
        if self.reason is not None and self.reason not in REJECTION_REASONS:
            raise BadInputError(
                f"{self.reason!r} is not a reason for a rejection",
                remedy=f"Choose among: {', '.join(REJECTION_REASONS)}; or say it in words.",
            )
        if self.reason is not None and self.verdict != "rejected":
            raise BadInputError(
                "a reason is given for a rejection alone", remedy="Say why in words."
            )

    @property
    def fields(self) -> dict[str, object]:
        """What a decision's entry holds of it; what is not said is left out, save the words."""
        found: dict[str, object] = {"why": self.why}
        if self.confirmed:
            found["confirmed"] = sorted(set(self.confirmed))
        if self.reason is not None:
            found["reason"] = self.reason
        return found


def reason_by_digit(digit: int) -> str:
    """Return the reason for a rejection that a digit from 1 to 9 stands for.

    Raises:
        BadInputError: No reason has this digit.
    """
    words = list(REJECTION_REASONS)
    if not 1 <= digit <= len(words):
        raise BadInputError(f"no reason has the digit {digit}", remedy="Choose one from 1 to 9.")
    return words[digit - 1]
