"""What must hold for every table: relabelling, scaling, independence, full overlap."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affiant.estimate import CaptureTable, Refusal, estimate
from affiant.estimate.chao import chao
from affiant.estimate.graphs import average_graphs
from affiant.estimate.loglinear import fit
from affiant.estimate.lost_links import with_links_lost
from affiant.estimate.terms import finite, hierarchical_models

NAMES = ("court", "clinic", "graves", "press", "parish")


def tables(*, lists, least=1, most=200):
    cells = st.lists(st.integers(least, most), min_size=2**lists - 1, max_size=2**lists - 1)
    return cells.map(lambda counts: CaptureTable(lists=NAMES[:lists], counts=(0, *counts)))


def relabelled(table, order, /, *, names):
    counts = [0] * len(table.counts)
    for cell, count in enumerate(table.counts):
        counts[sum((cell >> old & 1) << new for new, old in enumerate(order))] = count
    return CaptureTable(lists=tuple(names), counts=tuple(counts))


def numbers(answer):
    return [(line.method, line.estimate, line.interval95, line.refused) for line in answer.lines]


@settings(max_examples=6)
@given(table=tables(lists=3), order=st.permutations(range(3)))
def test_relabelling_lists_changes_nothing_not_even_what_is_drawn(table, order):
    before = estimate(table, seed=3, budget=20)
    after = estimate(relabelled(table, order, names=("x", "y", "z")), seed=3, budget=20)
    assert numbers(before) == numbers(after)
    assert before.interval95 == after.interval95


@given(table=tables(lists=4, least=0))
def test_a_tables_own_order_is_the_same_whichever_way_it_was_written(table):
    orders = list(permutations(range(4)))[::5]
    own = {relabelled(table, order, names="abcd").in_own_order().counts for order in orders}
    assert own == {table.in_own_order().counts}


@settings(max_examples=20)
@given(table=tables(lists=4), times=st.integers(2, 50))
def test_for_each_fixed_model_all_counts_multiplied_multiply_the_estimate(table, times):
    counts = np.array(table.counts, dtype=float)
    models = hierarchical_models(4, order=3)
    models = models[finite(models, seen=counts > 0)]
    once, many = (fit(models, counts=counts * factor) for factor in (1, times))
    both = once.settled & many.settled
    assert both.any()
    assert many.unseen[both] == pytest.approx(times * once.unseen[both], rel=1e-6)


@given(shares=st.lists(st.sampled_from([0.25, 0.5, 0.75]), min_size=3, max_size=5))
def test_independent_lists_recover_everybody(shares):
    people = 4**5 * 10
    at = np.arange(2 ** len(shares))
    chances = np.prod(
        [np.where(at >> j & 1, share, 1 - share) for j, share in enumerate(shares)], axis=0
    )
    counts = people * chances
    counts[0] = 0
    independence = hierarchical_models(len(shares), order=1)
    assert len(independence) == 1
    found = fit(independence, counts=counts)
    assert counts.sum() + found.unseen[0] == pytest.approx(people, rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_people_drawn_onto_independent_lists_are_nearly_recovered(seed):
    on = np.random.default_rng(seed).random((3000, 4)) < np.array([0.3, 0.4, 0.25, 0.35])
    counts = np.bincount(on @ (1 << np.arange(4)), minlength=16)
    counts[0] = 0
    table = CaptureTable(lists=NAMES[:4], counts=tuple(map(int, counts)))
    answer = estimate(table, seed=seed, budget=0)
    told = [line.estimate for line in answer.lines if not line.refused and line.method != "chao"]
    assert len(told) >= 4
    assert told == pytest.approx([3000] * len(told), rel=0.1)


@settings(max_examples=10)
@given(people=st.integers(1, 10_000), lists=st.integers(3, 5))
def test_a_population_on_every_list_is_refused_with_the_reason(people, lists):
    counts = (*[0] * (2**lists - 1), people)
    answer = estimate(CaptureTable(lists=NAMES[:lists], counts=counts), seed=1)
    assert [reason.code for reason in answer.reasons] == [Refusal.FULL_OVERLAP]
    assert answer.interval95 is None
    assert answer.as_json()["documented"] == people


@given(table=tables(lists=4, least=0, most=40))
def test_no_method_finds_fewer_people_than_were_documented(table):
    assert chao(table).people >= table.observed
    if table.observed:
        assert average_graphs(np.array(table.counts, dtype=float)).posterior.median >= (
            table.observed
        )


@given(table=tables(lists=4, least=0, most=3000))
def test_links_lost_split_people_and_take_no_entry_away(table):
    lost = with_links_lost(table)
    entries = sum(map(table.size, table.lists))
    rounding = len(table.counts) * len(table.lists)
    assert abs(sum(map(lost.size, lost.lists)) - entries) <= rounding
    assert lost.observed >= table.observed - len(table.counts)
    assert lost.counts[-1] <= table.counts[-1]
