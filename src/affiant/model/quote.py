"""The passage that a claim rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from affiant.errors import AnchorError
from affiant.model.region import Place, Region, places_of
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
        region: Where it stands on pages or in a recording, as the text's regions have it when
            the claim is decided on; empty where the text has none.
    """

    slot: SlotName
    exact: str
    start: int
    end: int
    text_digest: str
    region: tuple[Place, ...] = ()

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

    def placed(self, *, regions: Sequence[Region], pages: Sequence[tuple[int, int, int]]) -> Self:
        """Return the quote with the places that the text's regions and pages give it."""
        found = places_of(self.start, end=self.end, regions=regions, pages=pages)
        return replace(self, region=found)

    def check_region(
        self, recordings: Iterable[tuple[Sequence[Region], Sequence[tuple[int, int, int]]]]
    ) -> None:
        """Confirm that the quote's places are those of its text.

        A quote without places says nothing of them, as those did that were decided on before
        texts had regions.

        Args:
            recordings: Regions and pages of each recording of this text.

        Raises:
            AnchorError: No recording of the text gives these places.
        """
        if self.region and not any(
            self.placed(regions=regions, pages=pages).region == self.region
            for regions, pages in recordings
        ):
            raise AnchorError(
                f"the words at {self.start} of {self.text_digest} do not stand where the quote "
                "says on the page or in the recording",
                remedy="Run 'affiant verify': the text's regions or the claim were changed.",
            )
