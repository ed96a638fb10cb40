"""What a "check this number" page shows."""

from dataclasses import dataclass

from affiant.publish.pages.views.number import NumberView, PassageView
from affiant.publish.pages.views.proof import ProofView
from affiant.publish.pages.views.words import Words, check_id


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """One claim that a number rests on.

    Attributes:
        claim_id: Public id of the claim.
        commitment: Commitment of the entry that accepted it, hex.
        voice: Letter of the voice on the incident page, or "".
        source: Who says so.
        says: What it gives, in English: "14 to 16".
        reviewed: By how many and how: "two people, separately; both accepted".
        passages: Its exact words in their paragraphs.
    """

    claim_id: str
    commitment: str
    source: Words
    says: str
    reviewed: str
    passages: tuple[PassageView, ...]
    voice: str = ""

    def __post_init__(self) -> None:
        """Refuse an id that cannot name a part of a page."""
        check_id(self.claim_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """The walk from one published number back to the sealed words.

    Attributes:
        number_id: Public id of the number.
        incident_id: The incident it belongs to.
        number: The number.
        sentence: What it counts, after the number: "people taken from Chenar bakery".
        rule_id: The counting rule on the method page.
        members: The claims it rests on, in the same order as in ``proof``.
        proof: What the browser recomputes.
        recorded_at: When the host's clock says the newest of these entries was made.
        stamped: Time and authority of the earliest time stamp over all of these entries, in
            words; None where none covers them.
    """

    number_id: str
    incident_id: str
    number: NumberView
    sentence: Words
    rule_id: str
    members: tuple[MemberView, ...]
    proof: ProofView
    recorded_at: str
    stamped: str | None = None

    def __post_init__(self) -> None:
        """Refuse a page whose words and whose proof tell different things."""
        check_id(self.number_id)
        if (self.number.min, self.number.max) != (self.proof.min, self.proof.max):
            raise ValueError(f"{self.number_id}: the number shown is not the number proved")
        shown = [member.claim_id for member in self.members]
        if shown != [member.claim for member in self.proof.members]:
            raise ValueError(f"{self.number_id}: the claims shown are not the claims proved")
