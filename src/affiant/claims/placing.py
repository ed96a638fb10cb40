"""What a case knows of a suggestion: the place that it names, and that it was decided on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from affiant.claims.gazetteer import Atlas, located, own_places, places_of_countries
from affiant.model.suggestion import Suggestion
from affiant.store.claims import ClaimRow
from affiant.store.derived import suggestion_digest

_FORMER: Final[Mapping[str, tuple[str, ...]]] = {
    "rules-en": ("1", "2"),
    "rules-fa": ("2",),
    "rules-ar": ("2",),
}


def atlases_of(claims: Sequence[ClaimRow], *, countries: Sequence[str]) -> tuple[Atlas, ...]:
    """Return where the case's places are looked up: its own first, then its countries'.

    Its own are those that people resolved in claims that stand; its countries are those of
    the policy ``countries``. Without that policy no gazetteer is asked: the same name stands
    for places in many countries.
    """
    wheres = [
        row.claim.where
        for row in claims
        if row.status == "accepted" and row.claim.where is not None
    ]
    return Atlas(own_places(wheres)), Atlas(places_of_countries(countries))


def with_place(suggestion: Suggestion, *, atlases: tuple[Atlas, ...]) -> Suggestion:
    """Return a suggestion whose place is resolved, where only one place can be meant."""
    if suggestion.claim.where is None:
        return suggestion
    where, reason = located(suggestion.claim.where, atlases=atlases)
    if not reason:
        return suggestion
    claim = replace(suggestion.claim, where=where)
    return replace(suggestion, claim=claim, why=f"{suggestion.why}; {reason}")


def as_decided(
    suggestion: Suggestion, *, document: str, decided_on: Collection[str]
) -> Suggestion | None:
    """Return a suggestion as somebody decided on it, or None where nobody did.

    It stays as it was seen, with the version of the rules that made it then: else what was
    rejected would come back as another suggestion.

    Args:
        suggestion: As the rules make it now, its place not yet looked up.
        document: Document id.
        decided_on: Digests of the suggestions that somebody decided on.
    """
    now = suggestion.claim.origin
    for version in (now.version, *_FORMER.get(now.tool, ())):
        claim = replace(suggestion.claim, origin=replace(now, version=version))
        if suggestion_digest(claim, document_id=document) in decided_on:
            return replace(suggestion, claim=claim)
    return None
