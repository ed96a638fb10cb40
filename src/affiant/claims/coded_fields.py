"""What each reviewer says of each field, as far as they said it apart from one another."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from affiant.claims.agreement import Alpha, Distance, agreement, interval, masi, nominal
from affiant.model.claim import Claim
from affiant.store.case import Case

Value = Callable[[Claim], Hashable]
_MANY: Final = 400
_FEWER_DRAWS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAgreement:
    """How far reviewers agree on one field.

    Attributes:
        field: Its name.
        level: ``nominal``, ``interval`` or ``set (MASI)``.
        draws: How many draws the interval rests on.
        found: Alpha, its interval, and of how many.
    """

    field: str
    level: str
    draws: int
    found: Alpha


def _first_count(claim: Claim, *, name: str) -> Hashable:
    return getattr(claim.counts[0], name) if claim.counts else None


def _accused(claim: Claim) -> Hashable:
    named = [party.name for party in claim.involvements if party.side == "accused" and party.name]
    return named[0].casefold() if named else "nobody"


_FIELDS: Final[tuple[tuple[str, str, Distance, Value], ...]] = (
    ("act", "nominal", nominal, lambda claim: claim.act),
    ("modality", "nominal", nominal, lambda claim: claim.modality),
    ("stance", "nominal", nominal, lambda claim: claim.speakers[-1].stance),
    ("basis", "nominal", nominal, lambda claim: claim.speakers[-1].basis),
    ("accused", "nominal", nominal, _accused),
    ("count min", "interval", interval, lambda claim: _first_count(claim, name="min")),
    ("count max", "interval", interval, lambda claim: _first_count(claim, name="max")),
    (
        "spans",
        "set (MASI)",
        masi,
        lambda claim: frozenset((quote.slot, quote.start, quote.end) for quote in claim.quotes),
    ),
)


def agreement_of(case: Case) -> list[FieldAgreement]:
    """Return how far reviewers agree on the verdict and on each field of what they accept.

    A unit is a suggestion, or a claim that came from none. Of each reviewer only the first
    decision on it counts, which they took before they saw anybody else's; what they accepted in
    another form says what they say of the fields. Who rejects or is unsure says nothing of them.
    """
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for verdict in case.reviews.verdicts():
        first.setdefault((verdict.unit, verdict.reviewer), (verdict.verdict, verdict.claim_id))
    claims = {row.claim_id: row.claim for row in case.claims.all()}
    said: dict[str, list[tuple[str, Claim | None]]] = {}
    for (unit, _), (verdict_given, claim_id) in first.items():
        accepted = claims.get(claim_id) if verdict_given == "accepted" else None
        said.setdefault(unit, []).append((verdict_given, accepted))
    verdicts = [tuple(verdict for verdict, _ in given) for given in said.values()]
    found = [_agreed("verdict", level="nominal", distance=nominal, units=verdicts)]
    for name, level, distance, value in _FIELDS:
        units = [_values(given, value=value) for given in said.values()]
        found.append(_agreed(name, level=level, distance=distance, units=units))
    return found


def _values(given: list[tuple[str, Claim | None]], *, value: Value) -> tuple[Hashable, ...]:
    """Return what those who accepted say of a field; an unknown number is no value."""
    values = [value(claim) for _, claim in given if claim is not None]
    return tuple(each for each in values if each is not None)


def _agreed(
    name: str, *, level: str, distance: Distance, units: Sequence[tuple[Hashable, ...]]
) -> FieldAgreement:
    kinds = len({each for unit in units if len(unit) > 1 for each in unit})
    draws = _FEWER_DRAWS if kinds > _MANY else 1000
    return FieldAgreement(
        field=name, level=level, draws=draws, found=agreement(units, distance=distance, draws=draws)
    )


def agreement_fields(item: FieldAgreement) -> Mapping[str, Any]:
    """Return an agreement in the shape of ``claim agreement --json``."""
    found = item.found
    return {
        "field": item.field,
        "level": item.level,
        "alpha": _rounded(found.alpha),
        "low": _rounded(found.low),
        "high": _rounded(found.high),
        "units": found.units,
        "values": found.values,
        "draws": item.draws,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
