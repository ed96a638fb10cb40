"""The average over graphs: which graphs, on which grid, with how many answers."""

import numpy as np
import pytest

from affiant.estimate import graphs
from affiant.estimate.graphs import average_graphs, decomposable_graphs
from capture_tables import published


def numbers(name):
    return np.array(published(name).counts, dtype=float)


@pytest.mark.parametrize(("lists", "count"), [(3, 8), (4, 61), (5, 822), (6, 18154)])
def test_all_decomposable_graphs_are_listed(lists, count):
    bits, powers = decomposable_graphs(lists)
    assert len(np.unique(bits)) == len(bits) == count
    assert powers.shape == (count, 2**lists)


def test_a_circle_of_four_lists_is_no_decomposable_graph():
    circle = sum(
        1 << at
        for at, pair in enumerate(["ab", "ac", "ad", "bc", "bd", "cd"])
        if pair in ("ab", "bc", "cd", "ad")
    )
    assert circle not in decomposable_graphs(4)[0]


def test_cliques_count_up_and_separators_down():
    bits, powers = decomposable_graphs(3)
    chain = powers[bits == 0b101][0]
    assert {at: int(power) for at, power in enumerate(chain) if power} == {
        0b011: 1,
        0b110: 1,
        0b010: -1,
    }


def test_a_thinned_grid_gives_the_numbers_of_the_whole_one(monkeypatch):
    thin = average_graphs(numbers("korea3"))
    monkeypatch.setattr(graphs, "KNOTS", 10**6)
    whole = average_graphs(numbers("korea3"))
    assert thin.posterior.median == whole.posterior.median
    assert thin.posterior.interval95 == whole.posterior.interval95
    assert thin.posterior.mean == pytest.approx(whole.posterior.mean, rel=1e-6)
    assert thin.beyond == pytest.approx(whole.beyond, rel=1e-3)


def test_relabelling_lists_changes_nothing():
    counts = numbers("kosovo4")
    cells = np.arange(16)
    turned = np.zeros(16)
    turned[(cells >> 1 & 7) | (cells & 1) << 3] = counts
    first, second = average_graphs(counts), average_graphs(turned)
    assert first.posterior.interval95 == second.posterior.interval95
    assert first.posterior.median == second.posterior.median
    assert first.weight == pytest.approx(second.weight, rel=1e-9)


def test_independent_lists_recover_the_population():
    on = (np.arange(16)[:, None] >> np.arange(4)) & 1
    counts = np.round(5000 * np.prod(np.where(on, 0.3, 0.7), axis=1))
    counts[0] = 0
    found = average_graphs(counts)
    assert found.edges == ()
    assert found.posterior.interval95[0] < 5000 < found.posterior.interval95[1]
    assert found.posterior.median == pytest.approx(5000, rel=0.02)
    assert len(found.modes) == 1


def test_two_answers_and_mass_beyond_the_cap_are_seen():
    found = average_graphs(numbers("uk5"))
    assert found.modes[0] == pytest.approx(24307, abs=10)
    assert found.modes[1] == pytest.approx(11718, abs=10)
    assert found.beyond == pytest.approx(0.083, abs=0.001)
