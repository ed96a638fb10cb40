"""What can be seen of a proposed claim itself, whatever rules made it."""

from collections.abc import Iterator, Sequence
from typing import Final

from affiant.claims.features import FEATURES
from affiant.model.claim import Claim
from affiant.model.suggestion import Suggestion

_NEAR: Final = 250
_SHORT: Final = 25
_LONG: Final = 140

TRAITS: Final[dict[str, str]] = {
    "has_accused": "somebody is accused",
    "has_victim": "it is said to whom",
    "has_count": "it is said how many",
    "has_when": "it is said when",
    "has_where": "it is said where",
    "has_method": "it is said how",
    "party_inferred": "a party was taken over from another sentence",
    "quote_short": "the passage is short",
    "quote_long": "the passage is long",
    "voices_two": "a voice inside the document says it",
    "voices_many": "a voice inside another voice says it",
    "alone": "nothing else is proposed nearby",
    "crowded": "three or more other claims are proposed nearby",
    "early": "in the first tenth of what is proposed",
    "rule_sure": "the rule that made it is sure of itself",
    "rule_unsure": "the rule that made it is not sure of itself",
}
"""Name of each trait and what it stands for; some carry a word after a colon besides."""

_CARRIED: Final = {
    "family": "an act of the kind",
    "modality": "told as",
    "stance": "the voice",
    "language": "in the language",
}


def describe(name: str) -> str:
    """Return in plain words what a feature or trait stands for."""
    if name in FEATURES:
        return FEATURES[name]
    kind, _, word = name.partition(":")
    if word:
        return f"{_CARRIED[kind]} {word.replace('_', ' ')}"
    return TRAITS[name]


def traits(suggestion: Suggestion, *, others: Sequence[Suggestion]) -> tuple[str, ...]:
    """Return the names of everything seen of a suggestion, by its rules and in its claim.

    Args:
        suggestion: One of the proposals for a text.
        others: All proposals for that text, in reading order.
    """
    found = [*suggestion.features, *_of_claim(suggestion.claim)]
    found += _of_place(suggestion, others=others)
    if suggestion.score >= 0.75:
        found.append("rule_sure")
    if suggestion.score < 0.5:
        found.append("rule_unsure")
    return tuple(dict.fromkeys(found))


def _of_claim(claim: Claim) -> Iterator[str]:
    """Yield what is seen in a claim alone."""
    sides = {party.side for party in claim.involvements}
    filled = (
        ("has_accused", "accused" in sides),
        ("has_victim", "victim" in sides),
        ("has_count", claim.counts),
        ("has_when", claim.when),
        ("has_where", claim.where),
        ("has_method", claim.method),
        ("party_inferred", any(party.inferred for party in claim.involvements)),
        ("quote_short", len(claim.quotes[0].exact) < _SHORT),
        ("quote_long", len(claim.quotes[0].exact) > _LONG),
        ("voices_two", len(claim.speakers) == 2),
        ("voices_many", len(claim.speakers) > 2),
    )
    yield from (name for name, is_so in filled if is_so)
    yield f"family:{claim.family}"
    yield f"modality:{claim.modality}"
    yield f"stance:{claim.speakers[-1].stance}"
    yield f"language:{claim.language}"


def _of_place(suggestion: Suggestion, *, others: Sequence[Suggestion]) -> Iterator[str]:
    """Yield what is seen by where a suggestion stands among the others."""
    start = suggestion.claim.quotes[0].start
    starts = [other.claim.quotes[0].start for other in others if other is not suggestion]
    near = sum(1 for other in starts if abs(other - start) < _NEAR)
    if not near:
        yield "alone"
    if near >= 3:
        yield "crowded"
    if sum(1 for other in starts if other < start) < len(others) / 10:
        yield "early"
