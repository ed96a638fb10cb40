"""Who is known to know, and how many more might.

Independence is shown, never assumed. Two knowers are shown independent where a person
decided so, or where nothing was decided and both perceived for themselves: saw it, took part,
or measured. Knowers declared dependent are one. Any other pair counts once. A voice without
a knower adds to the upper bound only.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

DIRECT: Final = frozenset({"saw", "took_part", "instrument"})
_EXACT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Shown independent knowers, and the most there can be; 0 <= shown <= at_most."""

    shown: int
    at_most: int


def support(
    knowers: Collection[str],
    *,
    bases: Mapping[str, str],
    voiceless: int,
    dependences: Iterable[tuple[str, str, str]],
) -> Support:
    """Count knowers.

    Args:
        knowers: Those decided for the member claims.
        bases: Knower to the basis of its knowledge.
        voiceless: Voices that have a member claim without a knower.
        dependences: (knower, knower, verdict) for every pair decided.
    """
    decided = {frozenset((left, right)): verdict for left, right, verdict in dependences}
    groups = _groups(knowers, decided=decided)
    doubtful = {
        frozenset((one, other))
        for one, other in combinations(sorted(groups), 2)
        if _in_doubt(groups[one], other=groups[other], decided=decided, bases=bases)
    }
    shown = _largest_free(sorted(groups), doubtful=doubtful)
    return Support(shown=shown, at_most=len(groups) + voiceless)


def _groups(
    knowers: Collection[str], *, decided: Mapping[frozenset[str], str]
) -> dict[str, set[str]]:
    """Return the groups of members by their smallest id; dependent knowers are together."""
    group_of = {knower: {knower} for knower in {*knowers, *frozenset().union(*decided)}}
    for pair, verdict in decided.items():
        if verdict == "dependent":
            merged = set().union(*(group_of[knower] for knower in pair))
            group_of.update(dict.fromkeys(merged, merged))
    return {min(group_of[knower]): group_of[knower] for knower in knowers}


def _in_doubt(
    one: Collection[str],
    *,
    other: Collection[str],
    decided: Mapping[frozenset[str], str],
    bases: Mapping[str, str],
) -> bool:
    """Tell whether two groups are not shown to be independent of each other."""
    shown = False
    for left, right in product(one, other):
        verdict = decided.get(frozenset((left, right)))
        if verdict == "not_known":
            return True
        perceived = bases.get(left) in DIRECT and bases.get(right) in DIRECT
        shown = shown or verdict == "shown_independent" or (verdict is None and perceived)
    return not shown


def _largest_free(groups: list[str], *, doubtful: set[frozenset[str]]) -> int:
    """Return the size of the largest set of groups with no doubtful pair among them.

    Exact up to 20 groups; beyond, greedy in sorted order, which can only understate.
    """
    if len(groups) > _EXACT:
        chosen: list[str] = []
        for group in groups:
            if not any(frozenset((group, other)) in doubtful for other in chosen):
                chosen.append(group)
        return len(chosen)
    return _search(tuple(groups), doubtful=doubtful)


def _search(groups: tuple[str, ...], *, doubtful: set[frozenset[str]]) -> int:
    """Return the size of the largest free set by trying each group in and out."""
    if not groups:
        return 0
    first, rest = groups[0], groups[1:]
    clear = tuple(group for group in rest if frozenset((first, group)) not in doubtful)
    with_first = 1 + _search(clear, doubtful=doubtful)
    if len(clear) == len(rest):
        return with_first
    return max(with_first, _search(rest, doubtful=doubtful))
