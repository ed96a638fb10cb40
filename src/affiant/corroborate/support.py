"""Who is known to know, and how many more might.

Independence is shown, never assumed: two knowers declared dependent are one; a pair whose
dependence is declared not known counts once; a voice without a knower adds to the upper
bound only.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

_EXACT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Shown independent knowers, and the most there can be; 0 <= shown <= at_most."""

    shown: int
    at_most: int


def support(
    knowers: Collection[str], *, voiceless: int, dependences: Iterable[tuple[str, str, str]]
) -> Support:
    """Count knowers.

    Args:
        knowers: Those decided for the member claims.
        voiceless: Voices that have a member claim without a knower.
        dependences: (knower, knower, verdict) for every pair decided.
    """
    pairs = list(dependences)
    group_of = _groups(knowers, pairs=pairs)
    groups = sorted({group_of[knower] for knower in knowers})
    doubtful = {
        frozenset((group_of[left], group_of[right]))
        for left, right, verdict in pairs
        if verdict == "not_known" and left in group_of and right in group_of
    }
    shown = _largest_free(groups, doubtful=doubtful)
    return Support(shown=shown, at_most=len(groups) + voiceless)


def _groups(knowers: Collection[str], *, pairs: list[tuple[str, str, str]]) -> dict[str, str]:
    """Return knower to the smallest id among those it depends on, directly or not."""
    group_of = {knower: knower for knower in knowers}
    for left, right, _ in pairs:
        group_of.setdefault(left, left)
        group_of.setdefault(right, right)
    for left, right, verdict in pairs:
        if verdict != "dependent":
            continue
        old, new = sorted((group_of[left], group_of[right]), reverse=True)
        for knower, group in group_of.items():
            if group == old:
                group_of[knower] = new
    return group_of


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
