"""What the rules say of a report, cut down to what the models look at."""

from dataclasses import dataclass
from typing import Final

from affiant.claims.learned.reports import Report, plain
from affiant.claims.suggest import propose
from affiant.model.suggestion import Suggestion

_NO_DIGEST: Final = f"sha256:{'0' * 64}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldParty:
    """One who has a part in an act: side, how well named, and the words of the name."""

    side: str
    strength: str
    inferred: bool
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """One act that the rules found in a report.

    Attributes:
        act: The act.
        family: Its family.
        modality: Whether it is told as done.
        stance: The last voice's.
        dated: How its date is known, or an empty string.
        method: The means, or an empty string.
        placed: Whether a place stands with it.
        position: Where it is told, from 0 (begin) to 1 (end).
        parties: Those who have a part in it.
    """

    act: str
    family: str
    modality: str
    stance: str
    dated: str
    method: str
    placed: bool
    position: float
    parties: tuple[ToldParty, ...]


def told_acts(report: Report) -> tuple[ToldAct, ...]:
    """Return the acts that the rules find in a report, read in capitals whatever it came in."""
    capitals = report.text.upper().replace("(", "[").replace(")", "]")
    text = capitals.replace("    ", "\n\n   ")
    found = propose(text, text_digest=_NO_DIGEST, published=None, language="en")
    return tuple(_told(suggestion, length=len(text)) for suggestion in found)


def _told(suggestion: Suggestion, *, length: int) -> ToldAct:
    """Return what is looked at of one suggestion."""
    claim = suggestion.claim
    return ToldAct(
        act=claim.act,
        family=claim.family,
        modality=claim.modality,
        stance=claim.speakers[-1].stance if claim.speakers else "",
        dated=claim.when.basis if claim.when else "",
        method=claim.method or "",
        placed=claim.where is not None,
        position=claim.quotes[0].start / length,
        parties=tuple(
            ToldParty(
                side=party.side,
                strength=party.strength,
                inferred=party.inferred,
                words=frozenset(plain(party.name).split()),
            )
            for party in claim.involvements
        ),
    )
