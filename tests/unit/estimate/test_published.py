"""Every exact published result has to be met within its tolerance."""

import numpy as np
import pytest

from affiant.estimate.chao import chao
from affiant.estimate.families import HIGHEST_ORDER
from affiant.estimate.graphs import average_graphs
from affiant.estimate.loglinear import fit
from affiant.estimate.profile import profile
from affiant.estimate.terms import finite, hierarchical_models
from capture_tables import exact, published

DRAWN = 0.006
"""The interval's limits are printed with two decimals, some with one."""


def compute(entry):
    """Return estimate and interval of the method that an entry names."""
    table = published(entry["dataset"])
    counts = np.array(table.counts, dtype=float)
    method = entry["method"]
    if "Chao" in method:
        return chao(table).people, None
    if "graphs" in method:
        found = average_graphs(counts)
        return found.posterior.median, found.posterior.interval95
    order = 2 if "pairwise" in method else HIGHEST_ORDER[len(table.lists)]
    models = hierarchical_models(len(table.lists), order=order)
    fits = fit(models[finite(models, seen=counts > 0)], counts=counts)
    best = int(fits.bic.argmin())
    unseen = float(fits.unseen[best])
    return table.observed + unseen, profile(fits.models[best], counts=counts, unseen=unseen)


def allowed(entry, value):
    kind, size = entry["tolerance"].split()
    return float(size) * (abs(value) if kind == "rel" else 1.0)


@pytest.mark.parametrize(
    "entry", exact(), ids=lambda entry: f"{entry['dataset']} {entry['method']}"
)
def test_an_exact_result_is_met(entry):
    estimate, interval = compute(entry)
    assert estimate == pytest.approx(
        entry["estimate"], abs=max(allowed(entry, entry["estimate"]), 1e-9)
    )
    for limit, expected in zip(interval or (), entry.get("interval95", ()), strict=False):
        assert limit == pytest.approx(expected, abs=max(allowed(entry, expected), DRAWN))


def test_no_exact_result_is_left_out():
    assert len(exact()) == 11


def test_the_average_over_graphs_agrees_in_mean_and_weight():
    kosovo = average_graphs(np.array(published("kosovo4").counts, dtype=float))
    assert kosovo.posterior.mean == pytest.approx(12749.34, abs=0.01)
    assert kosovo.weight == pytest.approx(0.98551, abs=1e-5)
    korea = average_graphs(np.array(published("korea3").counts, dtype=float))
    assert korea.posterior.mean == pytest.approx(188.7506, abs=1e-4)
    assert korea.weight == pytest.approx(0.65044, abs=1e-4)
    assert korea.wide.mean == pytest.approx(201.0, abs=0.05)
    uk = average_graphs(np.array(published("uk5").counts, dtype=float))
    assert uk.posterior.mean == pytest.approx(20228.45, abs=0.01)
    assert uk.wide.mean == pytest.approx(21282.2, abs=0.1)
    assert len(uk.modes) == 2


def test_all_orders_give_what_was_published_for_five_lists():
    table = published("uk5")
    counts = np.array(table.counts, dtype=float)
    models = hierarchical_models(5, order=4)
    assert len(models) == 6893
    fits = fit(models[finite(models, seen=counts > 0)], counts=counts)
    assert table.observed + fits.unseen[int(fits.bic.argmin())] == pytest.approx(25311, abs=0.5)
