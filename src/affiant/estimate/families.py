"""Each family of methods, from a table to its lines."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from affiant.estimate.bootstrap import Bootstrap, bootstrap
from affiant.estimate.chao import chao
from affiant.estimate.graphs import CAP, WIDE_CAP, GraphAverage, average_graphs
from affiant.estimate.harder import harder_to_list
from affiant.estimate.latent import (
    LEAST_EFFECTIVE,
    MOST_RHAT,
    SILENT_ERROR,
    Sample,
    sample_classes,
)
from affiant.estimate.line import Line
from affiant.estimate.loglinear import Fits, fit
from affiant.estimate.profile import profile
from affiant.estimate.refusals import Reason, Refusal
from affiant.estimate.table import CaptureTable
from affiant.estimate.terms import Flags, Numbers, finite, generators, hierarchical_models

MOST_LISTS = 6
"""More lists have too many models to try them all."""

HIGHEST_ORDER = {3: 2, 4: 3, 5: 4, 6: 2}
"""Most lists in one interaction, by the number of lists."""

MOST_LOST = 0.025
"""Where more of the tables drawn anew have no finite estimate, the upper limit is none."""

BEYOND_CAP = 0.01
"""More mass than this beyond the cap moves the upper limit."""

MOST_SILENT = 0.5
"""Where the complete graph has more of the weight, most of the answer is the prior's."""

STRONG = 10.0
"""A criterion lower by more than this is very strong evidence (Kass and Raftery 1995)."""


def loglinear_lines(table: CaptureTable, *, seed: int) -> tuple[Line, ...]:
    """Return the lines of the log-linear family: all models, then pairs alone."""
    orders = {"loglinear": HIGHEST_ORDER[len(table.lists)], "loglinear-pairwise": 2}
    lines: list[Line] = []
    for method, order in orders.items():
        lines += _loglinear(table, method=method, order=order, seed=seed)
    return tuple(lines)


def _loglinear(table: CaptureTable, *, method: str, order: int, seed: int) -> tuple[Line, ...]:
    """Return a method's two lines: the chosen model's interval, and that over the choice."""
    counts = np.array(table.counts, dtype=np.float64)
    models = hierarchical_models(len(table.lists), order=order)
    allowed = models[finite(models, seen=counts > 0)]
    fits = fit(allowed, counts=counts)
    if not fits.settled.any():
        found = f"none of {len(models)} models has a finite estimate"
        return (_without("log-linear", method=method, code=Refusal.NOT_FINITE, found=found),)
    best = int(fits.bic.argmin())
    people = float(table.observed + fits.unseen[best])
    about = _about_models(fits, table=table, tried=len(models))
    limits = profile(fits.models[best], counts=counts, unseen=float(fits.unseen[best]))
    reasons: tuple[Reason, ...] = ()
    if limits is None:
        found = "the likelihood sets no upper limit"
        reasons = (Reason(code=Refusal.NOT_FINITE, found=found),)
    again = bootstrap(fits, counts=counts, seed=seed)
    over = {
        "tables_drawn": again.draws,
        "tables_without_estimate": again.lost,
        "models_to_choose_from": again.models,
        "same_model_chosen": again.chosen_again,
    }
    shared: dict[str, Any] = {"family": "log-linear", "method": method, "estimate": people}
    return (
        Line(
            **shared,
            interval95=limits,
            interval_kind="profile likelihood of the chosen model",
            reasons=reasons,
            diagnostics=about,
        ),
        Line(
            **shared,
            interval95=again.interval95 if again.lost < again.draws else None,
            interval_kind="bootstrap over the choice of model",
            reasons=_lost(again),
            diagnostics=about | over,
        ),
    )


def _lost(again: Bootstrap) -> tuple[Reason, ...]:
    """Say why no interval may be read from tables drawn anew; nothing if it may."""
    if again.lost <= MOST_LOST * again.draws:
        return ()
    found = f"of {again.draws} tables drawn anew, {again.lost} have no finite estimate"
    return (Reason(code=Refusal.NOT_FINITE, found=found),)


def _about_models(fits: Fits, *, table: CaptureTable, tried: int) -> dict[str, Any]:
    """Return the figures by which a choice among models can be judged."""
    best = int(fits.bic.argmin())
    return {
        "models": tried,
        "models_with_finite_estimate": int(fits.settled.sum()),
        "chosen": _named(fits.models[best], lists=table.lists),
        "bic": float(fits.bic[best]),
        "weight_of_chosen": float(fits.weights[best]),
        "bic_average": fits.average,
        "harder_to_list": harder_to_list(
            fits.models[best], counts=np.array(table.counts, dtype=np.float64)
        ),
    }


def _named(model: Flags, *, lists: tuple[str, ...]) -> list[str]:
    """Name the generators of a model by their lists."""
    named = [
        sorted(name for at, name in enumerate(lists) if term >> at & 1)
        for term in generators(model)
    ]
    return [" * ".join(names) for names in sorted(named, key=lambda names: (len(names), names))]


def graph_lines(table: CaptureTable) -> tuple[Line, ...]:
    """Return the line of the average over decomposable graphs."""
    counts = np.array(table.counts, dtype=np.float64)
    found = average_graphs(counts)
    excess = _excess(found, counts=counts)
    line = Line(
        family="graph averaging",
        method="graphs",
        estimate=found.posterior.median,
        interval95=found.posterior.interval95,
        interval_kind="posterior quantiles",
        reasons=tuple(_against_graphs(found, excess=excess)),
        diagnostics={
            "mean": found.posterior.mean,
            "graphs": found.graphs,
            "weight_of_heaviest": found.weight,
            "weight_of_complete": found.complete,
            "bic_above_all_pairs": excess,
            "heaviest": sorted(
                " * ".join(sorted(table.lists[at] for at in pair)) for pair in found.edges
            ),
            "cap_per_person_seen": CAP,
            "beyond_cap": found.beyond,
            "modes": list(found.modes),
            f"to_{WIDE_CAP}": {
                "estimate": found.wide.median,
                "interval95": list(found.wide.interval95),
                "mean": found.wide.mean,
            },
        },
    )
    return (line,)


def _against_graphs(found: GraphAverage, *, excess: float | None) -> Iterator[Reason]:
    """Yield why the average over graphs may not be used; nothing if it may."""
    if found.beyond > BEYOND_CAP:
        said = f"{found.beyond:.1%} of the posterior lies beyond {CAP} unseen for each seen"
        yield Reason(code=Refusal.MASS_AT_CAP, found=said)
    if len(found.modes) > 1:
        said = f"the posterior has {len(found.modes)} peaks: so many answers fit the table"
        yield Reason(code=Refusal.SECOND_MODE, found=said)
    if excess is not None and excess > STRONG:
        said = f"dependence between all pairs fits better than any graph, by {excess:.0f} in BIC"
        yield Reason(code=Refusal.NO_GRAPH_FITS, found=said)
    if found.complete > MOST_SILENT:
        said = f"the graph that says nothing about people on no list weighs {found.complete:.0%}"
        yield Reason(code=Refusal.GRAPH_SAYS_NOTHING, found=said)


def _excess(found: GraphAverage, *, counts: Numbers) -> float | None:
    """Return by how much the heaviest graph fits worse than dependence in all pairs.

    The complete graph is left aside: it fits every table. None where either has no finite
    estimate, so that the two cannot be compared.
    """
    lists = int(counts.size).bit_length() - 1
    pairs = tuple(combinations(range(lists), 2))
    models = np.array([_terms(found.joined, lists=lists), _terms(pairs, lists=lists)])
    models[1] &= np.array([term.bit_count() <= 2 for term in range(counts.size)])
    if not finite(models, seen=counts > 0).all():
        return None
    graph, all_pairs = fit(models, counts=counts).bic
    return float(graph - all_pairs) if np.isfinite(graph - all_pairs) else None


def _terms(edges: tuple[tuple[int, int], ...], *, lists: int) -> Flags:
    """Return the log-linear terms of a graph: every set of lists that are all joined."""
    joined = {1 << one | 1 << other for one, other in edges}
    pairs = [1 << one | 1 << other for one, other in combinations(range(lists), 2)]
    return np.array(
        [all(pair in joined for pair in pairs if term & pair == pair) for term in range(2**lists)]
    )


def latent_lines(table: CaptureTable, *, seed: int, budget: int) -> tuple[Line, ...]:
    """Return the line of the latent-class model."""
    sample = sample_classes(np.array(table.counts, dtype=np.float64), seed=seed, budget=budget)
    if not sample.people.size:
        found = "nothing was sampled: the budget is 0"
        return (
            _without("latent class", method="latent", code=Refusal.TOO_FEW_SAMPLES, found=found),
        )
    low, median, high = map(float, np.quantile(sample.people, [0.025, 0.5, 0.975]))
    reasons = _unsettled(sample)
    line = Line(
        family="latent class",
        method="latent",
        estimate=None if reasons else median,  # another seed would give another number
        interval95=None if reasons else (low, high),
        interval_kind="posterior quantiles",
        reasons=reasons,
        diagnostics={
            "rhat": sample.rhat,
            "effective_samples": sample.effective,
            "error_of_median": sample.median_error,
            "chains": sample.people.shape[1],
            "draws_per_chain": sample.people.shape[0],
            "warm_up": sample.warm_up,
            "accepted": sample.accepted,
            "traces": _traces(sample.people),
        },
    )
    return (line,)


def _unsettled(sample: Sample) -> tuple[Reason, ...]:
    """Say why a sample settles nothing; nothing if it does."""
    reasons = []
    if sample.rhat > MOST_RHAT:
        found = f"R-hat is {sample.rhat:.3f}, at most {MOST_RHAT} is allowed"
        reasons.append(Reason(code=Refusal.CHAINS_DISAGREE, found=found))
    if sample.effective < LEAST_EFFECTIVE:
        found = f"{sample.effective:.0f} effective samples, {LEAST_EFFECTIVE} are needed"
        reasons.append(Reason(code=Refusal.TOO_FEW_SAMPLES, found=found))
    elif not sample.known_to(SILENT_ERROR):
        found = f"the median is known to {sample.median_error:.2%} only"
        reasons.append(Reason(code=Refusal.TOO_FEW_SAMPLES, found=found))
    return tuple(reasons)


def _traces(people: Numbers) -> list[list[int]]:
    """Return four chains, thinned to a hundred points each, for a plot."""
    every = max(1, len(people) // 100)
    return [[int(value) for value in people[::every, chain][:100]] for chain in range(4)]


def chao_lines(table: CaptureTable) -> tuple[Line, ...]:
    """Return the line of the lower bound."""
    bound = chao(table)
    line = Line(
        family="lower bound",
        method="chao",
        estimate=bound.people,
        interval95=bound.interval95,
        interval_kind="log-normal around a lower bound",
        diagnostics={
            "standard_error": bound.standard_error,
            "on_one_list": bound.once,
            "on_two_lists": bound.twice,
        },
    )
    return (line,)


def _without(family: str, *, method: str, code: Refusal, found: str) -> Line:
    return Line(family=family, method=method, reasons=(Reason(code=code, found=found),))
