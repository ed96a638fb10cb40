"""Log-linear models: how many, which have an estimate, what they must always do."""

from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linprog

from affiant.estimate.bootstrap import bootstrap
from affiant.estimate.loglinear import fit
from affiant.estimate.terms import finite, generators, hierarchical_models, inclusion
from capture_tables import published


def numbers(name):
    return np.array(published(name).counts, dtype=float)


def moved(counts, order):
    lists = len(order)
    cells = np.arange(len(counts))
    target = sum((cells >> old & 1) << new for new, old in enumerate(order))
    answer = np.zeros_like(counts)
    answer[target] = counts
    assert lists
    return answer


@pytest.mark.parametrize(
    ("lists", "order", "models"),
    [(3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 2, 1024), (5, 4, 6893), (6, 2, 32768)],
)
def test_all_hierarchical_models_are_listed_once(lists, order, models):
    found = hierarchical_models(lists, order=order)
    assert len(found) == models
    assert len(np.unique(found, axis=0)) == models
    assert not found[:, -1].any()


def test_generators_are_the_terms_that_no_other_holds():
    model = np.zeros(16, dtype=bool)
    model[[0, 1, 2, 4, 8, 3, 5, 6, 7, 9]] = True
    assert generators(model) == (9, 7)


def cone_says(model, counts):
    """Ask a linear program per model whether some direction leaves the cone of the margins."""
    matrix = inclusion(int(counts.size).bit_length() - 1)[1:, model]
    seen = counts[1:] > 0
    if seen.all():
        return True
    found = linprog(
        matrix[~seen].sum(axis=0),
        A_ub=matrix[~seen],
        b_ub=np.zeros((~seen).sum()),
        A_eq=matrix[seen],
        b_eq=np.zeros(seen.sum()),
        bounds=(-1, 1),
    )
    return found.fun > -1e-7


def test_existence_agrees_with_a_linear_program_per_model():
    source = np.random.default_rng(5)
    answers = []
    for _ in range(6):
        counts = source.poisson(0.8, 16).astype(float)
        counts[0] = 0
        models = hierarchical_models(4, order=3)
        found = finite(models, seen=counts > 0)[::3]
        models = models[::3]
        answers += list(found)
        assert [cone_says(model, counts) for model in models] == list(found)
    assert 0.05 < np.mean(answers) < 0.95


def test_a_model_without_a_finite_estimate_is_never_listed():
    counts = numbers("korea3")
    models = hierarchical_models(3, order=2)
    allowed = finite(models, seen=counts > 0)
    assert allowed.sum() == 6
    fits = fit(models[allowed], counts=counts)
    assert fits.settled.all()
    assert fits.average < 1000


def test_the_fitted_margins_are_those_of_the_table():
    counts = numbers("kosovo4")
    models = hierarchical_models(4, order=3)
    fits = fit(models, counts=counts)
    assert fits.settled.all()
    pairs = models.sum(axis=1) == 5
    assert pairs.sum() == 1
    lists = np.array([[1 << at & cell > 0 for at in range(4)] for cell in range(16)])
    people = 4400 + fits.unseen[pairs][0]
    shares = counts @ lists / people
    assert people * (1 - np.prod(1 - shares)) == pytest.approx(4400, rel=1e-6)


def test_relabelling_lists_changes_nothing():
    counts = numbers("uk5")[:16].copy()
    counts[0] = 0
    models = hierarchical_models(4, order=3)
    first = fit(models[finite(models, seen=counts > 0)], counts=counts)
    for order in list(permutations(range(4)))[1::5]:
        other = moved(counts, order)
        again = fit(models[finite(models, seen=other > 0)], counts=other)
        assert len(again.unseen) == len(first.unseen)
        assert np.sort(again.unseen) == pytest.approx(np.sort(first.unseen), rel=1e-7)


@pytest.mark.parametrize("times", [2, 7, 100])
def test_more_of_the_same_people_multiply_the_estimate(times):
    counts = numbers("kosovo4")
    models = hierarchical_models(4, order=3)
    once = fit(models, counts=counts).unseen
    assert fit(models, counts=times * counts).unseen == pytest.approx(times * once, rel=1e-6)


@pytest.mark.parametrize("lists", [3, 4, 5, 6])
def test_independent_lists_recover_the_population(lists):
    source = np.random.default_rng(lists)
    chances = source.uniform(0.2, 0.5, lists)
    on = (np.arange(2**lists)[:, None] >> np.arange(lists)) & 1
    counts = 10_000 * np.prod(np.where(on, chances, 1 - chances), axis=1)
    missing = counts[0]
    counts[0] = 0
    models = hierarchical_models(lists, order=2)[:40]
    assert fit(models, counts=counts).unseen == pytest.approx(missing, rel=1e-6)


def test_the_bootstrap_repeats_with_its_seed():
    counts = numbers("korea3")
    models = hierarchical_models(3, order=2)
    fits = fit(models[finite(models, seen=counts > 0)], counts=counts)
    first = bootstrap(fits, counts=counts, seed=3)
    assert first == bootstrap(fits, counts=counts, seed=3)
    assert first != bootstrap(fits, counts=counts, seed=4)
    low, high = first.interval95
    assert low < 157 < high


def test_the_bootstrap_spreads_as_the_estimate_itself_does():
    """With the number seen held fixed, the spread came out a third too small."""
    source = np.random.default_rng(5)
    on = (np.arange(16)[:, None] >> np.arange(4)) & 1
    shares = np.prod(np.where(on, 0.3, 0.7), axis=1)
    models = hierarchical_models(4, order=2)[:1]

    def people(counts):
        fits = fit(models, counts=counts)
        return fits.observed + fits.unseen[0]

    tables = source.multinomial(2000, shares, size=400).astype(float)
    tables[:, 0] = 0
    spread = np.std([people(table) for table in tables])
    widths = []
    for table in tables[:6]:
        low, high = bootstrap(fit(models, counts=table), counts=table, seed=1).interval95
        widths.append((high - low) / (2 * 1.96))
    assert np.mean(widths) == pytest.approx(spread, rel=0.1)
