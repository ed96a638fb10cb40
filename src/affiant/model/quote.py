"""The passage that a claim rests on."""

from dataclasses import dataclass

from affiant.errors import AnchorError
from affiant.model.vocabulary import SlotName


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An exact passage of one recorded text.

    Attributes:
        slot: Which part of the claim it supports.
        text_digest: Digest of the text, ``sha256:<64 hex>``.
        start: Offset of the first character, in code points, from 0.
        end: Offset after the last character, in code points.
        exact: The passage, verbatim; never trimmed, never corrected.
    """

    slot: SlotName
    exact: str
    start: int
    end: int
    text_digest: str

    def check(self, text: str) -> None:
        """Confirm that ``text`` holds this passage at this place.

        Raises:
            AnchorError: The characters from ``start`` to ``end`` differ from ``exact``.
        """
        found = text[self.start : self.end] if 0 <= self.start <= self.end else ""
        if not self.exact or found != self.exact:
            raise AnchorError(
                f"{self.text_digest} has {found!r} at {self.start}, not {self.exact!r}",
                remedy="Run 'affiant verify': the text or the claim was changed.",
            )
