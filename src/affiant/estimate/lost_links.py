"""What is seen of a table when some of the links between its lists are missed."""

from itertools import combinations

from affiant.estimate.table import CaptureTable

LOST = 0.05
"""Share of links taken away: a careful linkage of names misses about so many."""


def with_links_lost(table: CaptureTable) -> CaptureTable:
    """Return the table to be expected where 5 % of the links were missed.

    Somebody on several lists is held together by links to one of their entries, each of which
    may be that one. Whatever entry loses its link stands there as another person, on one list
    alone: the documented count grows, the overlaps shrink, and the estimate rises.

    Returns:
        Expected counts, rounded; nothing is drawn, so the same table gives the same answer.
    """
    expected = [0.0] * len(table.counts)
    for cell, count in enumerate(table.counts):
        bits = [1 << at for at in range(len(table.lists)) if cell >> at & 1]
        for kept in bits:
            others = [bit for bit in bits if bit != kept]
            for size in range(len(others) + 1):
                share = LOST**size * (1 - LOST) ** (len(others) - size) * count / len(bits)
                for lost in combinations(others, size):
                    expected[cell - sum(lost)] += share
                    for bit in lost:
                        expected[bit] += share
    return CaptureTable(
        lists=table.lists,
        counts=tuple(round(people) for people in expected),
        derived=table.derived,
        linkage=table.linkage,
    )
