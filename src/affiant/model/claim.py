"""One act told by one voice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from affiant.errors import BadInputError
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.quote import Quote
from affiant.model.speaker import Speaker
from affiant.model.vocabulary import FAMILY_OF, Act, Family, Modality
from affiant.model.when import When
from affiant.model.where import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOrigin:
    """Who or what put a claim into words: a tool with its version, or ``person``."""

    tool: str
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one voice says in one document, anchored to its exact words.

    Attributes:
        quotes: At least one; all in the text of one document.
        speakers: Outermost first; the last one holds the content. None names the
            document's own voice.
        modality: How the act is told.
        act: The act.
        method: How it was done, as written, or None.
        involvements: Parties in roles.
        counts: How many.
        when: Date of the act, or None where the text states none.
        where: Place of the act, or None.
        characterisations: The voice's own labels and legal words, as written.
        denies: What is denied, in the voice's words, wholly or in part; or None.
        language: Language of the passage, ISO 639-1, or "und".
        origin: Who or what put it into these fields.
        inferred: True for the coder's own inference.
    """

    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...]
    act: Act
    modality: Modality = "actual"
    method: str | None = None
    involvements: tuple[Involvement, ...] = ()
    counts: tuple[Count, ...] = ()
    when: When | None = None
    where: Where | None = None
    characterisations: tuple[str, ...] = ()
    denies: str | None = None
    language: str = "und"
    origin: ClaimOrigin = ClaimOrigin(tool="person")
    inferred: bool = False

    def __post_init__(self) -> None:
        """Refuse a claim without words, without a voice, or from two texts."""
        if not self.quotes:
            raise ValueError("a claim rests on at least one quote")
        if not self.speakers:
            raise ValueError("a claim has at least one speaker; the document's voice is null")
        if len({quote.text_digest for quote in self.quotes}) > 1:
            raise ValueError("all quotes of a claim stand in one text")

    @property
    def family(self) -> Family:
        """The family that the act belongs to."""
        return FAMILY_OF[self.act]

    @property
    def text_digest(self) -> str:
        """The text that the claim rests on."""
        return self.quotes[0].text_digest


def claim_fields(claim: Claim) -> dict[str, Any]:
    """Return the claim as plain JSON values, its family among them.

    A quote has ``region`` only where it has places, so that the bytes, and the digests made
    of them, are those that they were before quotes could have any.
    """
    fields: dict[str, Any] = msgspec.to_builtins(claim)
    fields["family"] = claim.family
    for quote in fields["quotes"]:
        places = quote.pop("region")
        if places:
            quote["region"] = [_known(place) for place in places]
    return fields


def _known(place: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a place; what is not is left out."""
    return {name: value for name, value in place.items() if value is not None}


def decode_claim(fields: Mapping[str, Any]) -> Claim:
    """Build a claim from plain JSON values; fields that a claim lacks are ignored.

    Raises:
        BadInputError: A field is missing, has the wrong type or holds a word that is not
            in the closed lists.
    """
    try:
        return msgspec.convert(dict(fields), Claim)
    except (msgspec.ValidationError, ValueError) as problem:
        raise BadInputError(
            f"this is not a claim: {problem}",
            remedy="Compare it with one line of 'affiant claim list --json'.",
        ) from problem


def with_text(claim: Claim, *, text_digest: str) -> Claim:
    """Return the claim with every quote pointing into ``text_digest``."""
    quotes = tuple(replace(quote, text_digest=text_digest) for quote in claim.quotes)
    return replace(claim, quotes=quotes)


def without_regions(claim: Claim) -> Claim:
    """Return the claim with quotes that do not say where they stand on pages or in recordings."""
    return replace(claim, quotes=tuple(replace(quote, region=()) for quote in claim.quotes))
