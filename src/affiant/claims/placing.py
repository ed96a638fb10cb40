"""Places of suggestions, looked up where a case knows them."""

from collections.abc import Sequence
from dataclasses import replace

from affiant.claims.gazetteer import Atlas, located, own_places, places_of_countries
from affiant.model.suggestion import Suggestion
from affiant.store.claims import ClaimRow


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
