"""Krippendorff's alpha: how far reviewers agree beyond chance, with a bootstrap interval.

``alpha = 1 - observed / expected`` disagreement. Observed is the mean distance of two values
given to one unit, expected that of any two values given at all; units with one value say
nothing. 1 is full agreement, 0 what chance gives; below 0 reviewers differ systematically.

Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); for sets Passonneau,
Measuring Agreement on Set-valued Items (MASI), LREC 2006.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from hashlib import shake_256
from struct import unpack
from typing import Any, Final

Distance = Callable[[Any, Any], float]
Unit = Sequence[Hashable]
Spread = Callable[[Counter[Hashable]], float]
DRAWS: Final = 1000
SEED: Final = 20310314
_TAIL: Final = 0.025


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """An agreement with its interval.

    Attributes:
        alpha: None where nothing varies, so that chance cannot be told from agreement.
        low: Lower end of the interval that 95 % of the draws lie in; None with ``alpha``.
        high: Upper end.
        units: Units with at least two values.
        values: Values of these units.
    """

    alpha: float | None
    low: float | None
    high: float | None
    units: int
    values: int


def nominal(left: Hashable, right: Hashable) -> float:
    """Return 0 for the same value, else 1."""
    return float(left != right)


def interval(left: float, right: float) -> float:
    """Return the squared difference of two numbers."""
    return float((left - right) ** 2)


def masi(left: frozenset[Any], right: frozenset[Any]) -> float:
    """Return the distance of two sets: 0 for equal ones, 1 for those without a common member.

    One minus Jaccard's likeness, which counts two thirds where one set holds the other, and one
    third where each has something of its own.

    Source: Passonneau (2006).
    """
    if left == right:
        return 0.0
    common = len(left & right)
    weight = 2 / 3 if left <= right or right <= left else 1 / 3
    return 1 - weight * common / len(left | right) if common else 1.0


def alpha_of(units: Sequence[Unit], *, distance: Distance) -> float | None:
    """Return alpha over units, each the values that reviewers gave to it.

    Args:
        units: Values that can be hashed; who gave which does not matter. Units with fewer than
            two values are passed over.
        distance: 0 for equal values, symmetrical, never negative.

    Returns:
        At most 1; None where all values are alike, or there are none.

    Source: Krippendorff (2011), section C and D.
    """
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    values = _all_of(paired)
    observed = sum(_within(unit, distance=distance) for unit in paired)
    return _alpha(values, observed=observed, spread=_spread(values, distance=distance))


def _all_of(units: Sequence[Counter[Hashable]]) -> Counter[Hashable]:
    found: Counter[Hashable] = Counter()
    for unit in units:
        found.update(unit)
    return found


def _within(unit: Counter[Hashable], *, distance: Distance) -> float:
    """Return the distances of all ordered pairs in a unit, by its values less one."""
    return _pairs(unit, distance=distance) / (unit.total() - 1)


def _pairs(values: Counter[Hashable], *, distance: Distance) -> float:
    """Return the sum of the distances of all ordered pairs of values."""
    kinds = list(values.items())
    return 2 * sum(
        number * other * distance(value, against)
        for at, (value, number) in enumerate(kinds)
        for against, other in kinds[:at]
    )


def _spread(values: Counter[Hashable], *, distance: Distance) -> Spread:
    """Return a quick way to the sum of distances over any of these values.

    Numbers need their sums alone; of sets, only those that have a member in common are
    compared, as all others are at distance 1.
    """
    if distance is nominal:
        return lambda drawn: drawn.total() ** 2 - sum(number**2 for number in drawn.values())
    if distance is interval:
        return _spread_of_numbers
    if distance is not masi:
        return lambda drawn: _pairs(drawn, distance=distance)
    near = [(left, right, 1 - masi(left, right)) for left, right in _with_common_members(values)]

    def of_sets(drawn: Counter[Hashable]) -> float:
        close = sum(drawn[left] * drawn[right] * likeness for left, right, likeness in near)
        apart = drawn.total() ** 2 - sum(number**2 for number in drawn.values())
        return apart - 2 * close

    return of_sets


def _spread_of_numbers(drawn: Counter[Any]) -> float:
    sums = sum(value * number for value, number in drawn.items())
    squares = sum(value**2 * number for value, number in drawn.items())
    return float(2 * (drawn.total() * squares - sums**2))


def _with_common_members(values: Counter[Any]) -> list[tuple[Any, Any]]:
    """Return the pairs of sets that have a member in common, each once."""
    holders: dict[Any, list[int]] = {}
    kinds = list(values)
    for at, members in enumerate(kinds):
        for member in members:
            holders.setdefault(member, []).append(at)
    pairs = {
        (one, other)
        for places in holders.values()
        for at, other in enumerate(places)
        for one in places[:at]
    }
    return [(kinds[one], kinds[other]) for one, other in sorted(pairs)]


def _alpha(values: Counter[Hashable], *, observed: float, spread: Spread) -> float | None:
    expected = spread(values)
    return 1 - (values.total() - 1) * observed / expected if expected else None


def agreement(
    units: Sequence[Unit], *, distance: Distance, draws: int = DRAWS, seed: int = SEED
) -> Alpha:
    """Return alpha with its bootstrap interval: units are drawn again, with replacement.

    Args:
        units: As for :func:`alpha_of`.
        distance: As there.
        draws: How often.
        seed: Of the random numbers; the same one gives the same interval.

    Returns:
        The interval leaves 2.5 % of the draws on either side; a draw in which nothing varies is
        full agreement.
    """
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    found = alpha_of(units, distance=distance)
    values = sum(unit.total() for unit in paired)
    if found is None:
        return Alpha(alpha=None, low=None, high=None, units=len(paired), values=values)
    drawn = sorted(_draws(paired, distance=distance, draws=draws, seed=seed))
    at = int(_TAIL * len(drawn))
    return Alpha(
        alpha=found,
        low=min(drawn[at], found),
        high=max(drawn[-at - 1], found),
        units=len(paired),
        values=values,
    )


def _draws(
    paired: Sequence[Counter[Hashable]], *, distance: Distance, draws: int, seed: int
) -> list[float]:
    """Return alpha of each draw; units that are alike are drawn together."""
    alike = [frozenset(unit.items()) for unit in paired]
    kinds = list(dict.fromkeys(alike))
    place_of = {kind: at for at, kind in enumerate(kinds)}
    places = [place_of[kind] for kind in alike]
    within = [_within(Counter(dict(kind)), distance=distance) for kind in kinds]
    spread = _spread(_all_of(paired), distance=distance)
    found = []
    for draw in range(draws):
        chosen = Counter(places[at] for at in _drawn(len(paired), seed=seed, draw=draw))
        values: Counter[Hashable] = Counter()
        for at, times in chosen.items():
            for value, number in kinds[at]:
                values[value] += number * times
        observed = sum(within[at] * times for at, times in chosen.items())
        drawn = _alpha(values, observed=observed, spread=spread)
        found.append(1.0 if drawn is None else drawn)
    return found


def _drawn(number: int, *, seed: int, draw: int) -> list[int]:
    """Return as many places below ``number``, with replacement; the same in any Python."""
    data = shake_256(f"{seed} {draw}".encode()).digest(4 * number)
    return [value % number for value in unpack(f">{number}I", data)]
