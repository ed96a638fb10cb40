"""The same claim told more than once by the same voices in one document is one suggestion."""

from dataclasses import replace

from affiant.claims import retelling
from affiant.claims.features import ordered
from affiant.model.claim import Claim
from affiant.model.count import Count
from affiant.model.quote import Quote
from affiant.model.suggestion import Suggestion
from affiant.model.vocabulary import FAMILY_OF
from affiant.model.when import span_of
from affiant.model.where import Where

_MYSELF = {"i": "me", "we": "us"}
_NOBODY = frozenset({"they", "them", "he", "she", "him", "her", "it", "those", "others", "people"})
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "our", "my"})
_ANYWHERE = frozenset({"home", "street", "district", "area"})
_CLOSER = frozenset({"killing", "wounding", "detention", "abduction", "mass_killing"})


def joined(found: list[Suggestion]) -> list[Suggestion]:
    """Return the suggestions with further mentions of one claim as further quotes of it.

    Two different numbers are never one claim, nor are two places, two days or two voices.
    """
    return retelling.joined(
        found,
        kind=_kind,
        same=lambda before, other: _same(before, other=other),
        one=lambda before, other: _one(before, other=other),
    )


def _kind(claim: Claim) -> tuple[object, ...]:
    """Return what two mentions of one claim share in any case."""
    voices = tuple((voice.name, voice.stance) for voice in claim.speakers)
    return claim.family, claim.modality, voices


def _same(before: Suggestion, *, other: Suggestion) -> bool:
    """Tell whether two claims are one, told twice."""
    one, two = before.claim, other.claim
    return (
        _same_act(one, other=two)
        and _same_numbers(one, other=two)
        and _same_people(one, other=two)
        and _same_day(one, other=two)
        and (_vague_place(before) or _vague_place(other) or _same_place(one, other=two))
        and _same_accused(one, other=two)
    )


def _vague_place(suggestion: Suggestion) -> bool:
    """Tell whether a place was only carried over, or is "home": no reason to tell two apart."""
    where = suggestion.claim.where
    return where is None or "place_carried" in suggestion.features or where.words in _ANYWHERE


def _same_act(one: Claim, *, other: Claim) -> bool:
    if one.act == other.act:
        return True
    plain = one.act in _CLOSER or other.act in _CLOSER
    return plain and FAMILY_OF[one.act] == FAMILY_OF[other.act]


def _same_numbers(one: Claim, *, other: Claim) -> bool:
    """Tell whether both give the same bounds; a total is never the number of an event."""
    if not other.counts and _taken_over(other) and _victims(one) == _victims(other):
        return True
    told = bool(one.counts or _victims(one)) or _act_words(one) == _act_words(other)
    return told and _bounds(one) == _bounds(other)


def _taken_over(claim: Claim) -> bool:
    """Tell whether those it befell stand only as a pronoun for people told of before."""
    victims = [party for party in claim.involvements if party.side == "victim"]
    return bool(victims) and all(party.inferred for party in victims)


def _act_words(claim: Claim) -> str:
    return " ".join(claim.quotes[0].exact.lower().split())


def _bounds(claim: Claim) -> list[tuple[int | None, int | None, str]]:
    return [(count.min, count.max, count.scope) for count in claim.counts]


def _same_people(one: Claim, *, other: Claim) -> bool:
    """Tell whether the victims may be the same people."""
    first, second = _victims(one), _victims(other)
    if _act_words(one) == _act_words(other) or _taken_over(other):
        return _act_words(one) == _act_words(other) or first == second
    if not _is_several(one.counts):
        return any(_same_name(a, other=b) for a in first for b in second)
    if not first or not second:
        return True
    heads = {name.split()[-1] for name in first}, {name.split()[-1] for name in second}
    general = any(head in _NOBODY or head[0].isdigit() for head in heads[0] | heads[1])
    return general or bool(heads[0] & heads[1]) or min(map(len, (first, second))) == 0


def _is_several(counts: tuple[Count, ...]) -> bool:
    return any((count.min or count.max or 0) > 1 for count in counts)


def _victims(claim: Claim) -> list[str]:
    names = [party.name.lower() for party in claim.involvements if party.side == "victim"]
    return [_MYSELF.get(name, name) for name in names]


def _same_name(one: str, *, other: str) -> bool:
    """Tell whether two names are of one person: "Idris Talan" and "Talan"."""
    first = [word for word in one.split() if word not in _ARTICLES]
    second = [word for word in other.split() if word not in _ARTICLES]
    if not first or not second or one in _NOBODY or other in _NOBODY:
        return False
    longer, shorter = sorted((first, second), key=len, reverse=True)
    indefinite = all(name.split(maxsplit=1)[0] in ("a", "an", "one") for name in (one, other))
    return set(shorter) <= set(longer) and not indefinite


def _same_day(one: Claim, *, other: Claim) -> bool:
    first, second = (claim.when and claim.when.edtf for claim in (one, other))
    if not first or not second or first == second:
        return True
    return span_of(first).meets(span_of(second))


def _same_place(one: Claim, *, other: Claim) -> bool:
    if one.where is None or other.where is None:
        return True
    first, second = one.where.words.lower().split(), other.where.words.lower().split()
    return bool({word.strip(",.") for word in first} & {word.strip(",.") for word in second})


def _same_accused(one: Claim, *, other: Claim) -> bool:
    first, second = (
        {party.name.lower() for party in claim.involvements if party.side == "accused"}
        for claim in (one, other)
    )
    first, second = first - _NOBODY, second - _NOBODY
    if not first or not second:
        return True
    return any(set(a.split()) & set(b.split()) - _ARTICLES for a in first for b in second)


def _one(first: Suggestion, *, other: Suggestion) -> Suggestion:
    """Return one suggestion with the quotes of both and the fields of the fuller one."""
    fuller, poorer = sorted((first, other), key=lambda each: _fullness(each.claim), reverse=True)
    base, more = fuller.claim, poorer.claim
    accused = any(party.side == "accused" for party in base.involvements)
    added = tuple(p for p in more.involvements if p.side == "accused" and not accused)
    claim = replace(
        base,
        quotes=_quotes(first.claim, other=other.claim),
        when=base.when or more.when,
        where=_better_place(fuller, other=poorer),
        method=base.method or more.method,
        involvements=(*base.involvements, *added),
        characterisations=tuple(dict.fromkeys([*base.characterisations, *more.characterisations])),
    )
    return Suggestion(
        claim=claim,
        why=f"{first.why}; told again: {other.why}",
        score=max(first.score, other.score),
        features=ordered({*first.features, *other.features, "repeated"}),
    )


def _better_place(one: Suggestion, *, other: Suggestion) -> Where | None:
    """Return the place that the words themselves give, before one that was carried over."""
    if _vague_place(one) and not _vague_place(other):
        return other.claim.where
    return one.claim.where or other.claim.where


def _quotes(one: Claim, *, other: Claim) -> tuple[Quote, ...]:
    """Return the quotes of both, those of the act first, in reading order."""
    every = dict.fromkeys([*one.quotes, *other.quotes])
    acts = [quote for quote in every if quote.slot == "act"]
    return (*acts, *(quote for quote in every if quote.slot != "act"))


def _fullness(claim: Claim) -> int:
    return (
        len(claim.involvements)
        + 2 * (claim.when is not None)
        + 2 * (claim.where is not None)
        + len(claim.counts)
        + sum(len(count.breakdown) for count in claim.counts)
        + (claim.method is not None)
    )
