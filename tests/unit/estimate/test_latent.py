"""The latent-class sampler: slopes, chains, and silence where they disagree."""

import numpy as np
import pytest

from affiant.estimate.chains import effective, median_error, rhat
from affiant.estimate.latent import sample_classes
from affiant.estimate.mixture import Mixture
from capture_tables import published


def test_the_slope_is_that_of_the_log_posterior():
    source = np.random.default_rng(2)
    counts = np.array([0, *source.poisson(30, 15)], dtype=float)
    model = Mixture(counts, classes=4, chains=3, kind=np.float64)
    place = source.normal(size=(model.size, 3))
    slope = model.slope(place).copy()
    for at in range(model.size):
        step = np.zeros_like(place)
        step[at] = 1e-6
        rise = (model.value(place + step)[0] - model.value(place - step)[0]) / 2e-6
        assert slope[at] == pytest.approx(rise, rel=1e-4, abs=1e-4)


def test_swapping_classes_keeps_the_likelihood():
    source = np.random.default_rng(3)
    counts = np.array([0, *source.poisson(30, 15)], dtype=float)
    model = Mixture(counts, classes=4, chains=50, kind=np.float64)
    place = source.normal(size=(model.size, 50))
    before = model.value(place)[1]
    moved = place.copy()
    model.swap(moved, source=source)
    assert (moved != place).any()
    assert model.value(moved)[1] == pytest.approx(before, rel=1e-9)


def test_chains_that_agree_have_an_r_hat_of_one():
    draws = np.random.default_rng(4).normal(size=(1000, 8))
    assert rhat(draws) < 1.005
    assert effective(draws) == pytest.approx(8000, rel=0.15)
    assert median_error(draws) == pytest.approx(1.2533 / np.sqrt(8000), rel=0.2)


def test_one_chain_elsewhere_is_seen():
    draws = np.random.default_rng(5).normal(size=(500, 8))
    draws[:, 0] += 3
    assert rhat(draws) > 1.05
    wider = np.random.default_rng(5).normal(size=(500, 8))
    wider[:, 0] *= 5
    assert rhat(wider) > 1.01


def test_slow_chains_count_for_less():
    source = np.random.default_rng(6)
    draws = np.zeros((4000, 4))
    for at in range(1, 4000):
        draws[at] = 0.9 * draws[at - 1] + source.normal(size=4)
    assert effective(draws) == pytest.approx(16000 * 0.1 / 1.9, rel=0.3)


def test_the_same_seed_draws_the_same_people():
    counts = np.array(published("korea3").counts, dtype=float)
    first = sample_classes(counts, seed=1, budget=10)
    again = sample_classes(counts, seed=1, budget=10)
    assert (first.people == again.people).all()


def test_without_a_budget_nothing_is_settled():
    counts = np.array(published("korea3").counts, dtype=float)
    assert not sample_classes(counts, seed=1, budget=0).settled


def test_kosovo_settles_where_long_runs_of_a_peer_lie():
    counts = np.array(published("kosovo4").counts, dtype=float)
    sample = sample_classes(counts, seed=1, budget=100)
    assert sample.rhat < 1.05
    assert np.median(sample.people) == pytest.approx(10450, rel=0.02)
