"""Whether a table shows people who were harder to list than a model allows for."""

import numpy as np
import pytest
from scipy.optimize import minimize

from affiant.estimate import CaptureTable, estimate
from affiant.estimate.harder import harder_to_list
from affiant.estimate.terms import hierarchical_models, inclusion

CELLS = (np.arange(16)[:, None] >> np.arange(4)) & 1
APART = hierarchical_models(4, order=2)[0]
ALL_PAIRS = hierarchical_models(4, order=2)[-1]


def expected(*groups):
    """Expected people per cell of groups, each (people, chance of every list)."""
    cells = sum(
        people * np.prod(np.where(CELLS, chance, 1 - chance), axis=1) for people, chance in groups
    )
    cells[0] = 0
    return cells


def test_lists_that_are_independent_lean_nowhere():
    assert harder_to_list(APART, counts=expected((2000, 0.3))) == pytest.approx(0, abs=1e-6)


def test_two_groups_lean_towards_people_who_are_hard_to_list():
    assert harder_to_list(APART, counts=expected((16_000, 0.4), (4_000, 0.1))) > 3


def test_lists_that_shun_each_other_lean_the_other_way():
    counts = expected((2000, 0.3))
    counts[15] = 0
    counts[[7, 11, 13, 14]] /= 2
    assert harder_to_list(APART, counts=counts) < -2


def test_a_model_with_all_pairs_allows_for_it():
    assert harder_to_list(ALL_PAIRS, counts=expected((1600, 0.4), (400, 0.1))) is None


def test_it_leans_as_far_as_the_likelihood_gains():
    """The square is near twice what one further column gains, as for every score test."""
    counts = np.random.default_rng(3).poisson(expected((1600, 0.35), (400, 0.15))).astype(float)
    held = CELLS.sum(axis=1)
    matrix = np.column_stack([inclusion(4)[:, APART], held * (held - 1) / 2])[1:]

    def lost(parameters, columns):
        logs = columns @ parameters
        return np.exp(logs).sum() - counts[1:] @ logs

    start = np.linalg.lstsq(matrix, np.log(counts[1:] + 0.5), rcond=None)[0]
    both = minimize(lost, start, args=(matrix,)).fun
    without = minimize(lost, start[:-1], args=(matrix[:, :-1],)).fun
    leaning = harder_to_list(APART, counts=counts)
    assert leaning**2 == pytest.approx(2 * (without - both), rel=0.15)


def test_chance_alone_leans_that_far_once_in_twenty_times():
    source = np.random.default_rng(8)
    tables = source.poisson(expected((2000, 0.3)), size=(600, 16)).astype(float)
    told = [harder_to_list(APART, counts=table) for table in tables]
    assert 0.03 < np.mean(np.array(told) > 1.645) < 0.075


def test_it_warns_and_says_why():
    counts = expected((16_000, 0.3), (4_000, 0.1)).round()
    table = CaptureTable(lists=("a", "b", "c", "d"), counts=tuple(map(int, counts)))
    answer = estimate(table, seed=1, budget=0)
    leaning = answer.lines[0].diagnostics["harder_to_list"]
    said = " ".join(answer.warnings)
    assert ("harder to list than the chosen" in said) == (leaning is not None and leaning > 1.645)
    assert leaning > 1.645
