"""The same claim told again by the same voices in one document is one suggestion."""

from dataclasses import replace

from affiant.claims import retelling
from affiant.claims.arabic_script.patterns import phrase
from affiant.claims.features import ordered
from affiant.model.claim import Claim
from affiant.model.suggestion import Suggestion

_NEAR = 300


def joined(found: list[Suggestion]) -> list[Suggestion]:
    """Return the suggestions with further mentions of one claim as further quotes of it."""
    return retelling.joined(
        found,
        kind=_kind,
        same=lambda before, other: _same(before.claim, other=other.claim),
        one=lambda before, other: _one(before, other=other),
    )


def _kind(claim: Claim) -> tuple[object, ...]:
    voices = tuple((voice.name, voice.stance) for voice in claim.speakers)
    bounds = tuple((count.min, count.max, count.scope) for count in claim.counts)
    return claim.family, claim.modality, voices, bounds


def _same(one: Claim, *, other: Claim) -> bool:
    """Tell whether two claims are one: the same number of several, or the same words."""
    first, second = (phrase(claim.quotes[0].exact) for claim in (one, other))
    if first == second:
        return True
    if one.act == "commemoration" == other.act:
        return True
    if one.act == other.act and one.speakers[-1].basis == "took_part" and not one.counts:
        return abs(one.quotes[0].start - other.quotes[0].start) < _NEAR
    several = any((count.min or count.max or 0) > 1 for count in one.counts)
    dates = {claim.when.edtf for claim in (one, other) if claim.when and claim.when.edtf}
    return several and len(dates) < 2


def _one(first: Suggestion, *, other: Suggestion) -> Suggestion:
    """Return one suggestion with the quotes of both and what either leaves open."""
    base, more = first.claim, other.claim
    every = dict.fromkeys([*base.quotes, *more.quotes])
    acts = [quote for quote in every if quote.slot == "act"]
    accused = any(party.side == "accused" for party in base.involvements)
    added = tuple(p for p in more.involvements if p.side == "accused" and not accused)
    claim = replace(
        base,
        quotes=(*acts, *(quote for quote in every if quote.slot != "act")),
        when=base.when or more.when,
        where=base.where or more.where,
        method=base.method or more.method,
        involvements=(*base.involvements, *added),
    )
    features = ordered({*first.features, *other.features, "repeated"})
    return replace(
        first, claim=claim, why=f"{first.why}; told again: {other.why}", features=features
    )
