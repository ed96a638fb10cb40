"""Hierarchical log-linear models over lists, and which of them have a finite estimate.

A term is a set of lists, held as bits; term 0 is the constant. A model is a row of booleans
over all ``2 ** k`` terms, and hierarchical: with a term it holds every part of that term.
The term of all lists is never in: without the unrecorded cell it cannot be told.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

FULL_RANK = 1e-8
"""Least eigenvalue of a matrix of small whole numbers that is taken as above zero."""


def inclusion(lists: int) -> Numbers:
    """Return the matrix (cells x terms) that is 1 where a cell holds all lists of a term."""
    at = np.arange(2**lists)
    holds: Numbers = ((at[:, None] & at) == at).astype(np.float64)
    return holds


def hierarchical_models(lists: int, *, order: int) -> Flags:
    """List all hierarchical models with every list in, fewest terms first.

    Args:
        lists: How many lists.
        order: Most lists in one term; at most ``lists - 1``.

    Returns:
        Models x terms. There are 8 models for 3 lists, 113 for 4, 6,893 for 5 (1,024 with
        pairs alone), 32,768 for 6 with pairs alone.
    """
    models = np.zeros((1, 2**lists), dtype=np.bool_)
    models[0, [0, *(1 << at for at in range(lists))]] = True
    for size in range(2, min(order, lists - 1) + 1):
        for group in combinations(range(lists), size):
            term = sum(1 << at for at in group)
            open_to = models[:, [term & ~(1 << at) for at in group]].all(axis=1)
            added = models[open_to].copy()
            added[:, term] = True
            models = np.concatenate([models, added])
    ordered: Flags = models[np.argsort(models.sum(axis=1), kind="stable")]
    return ordered


def generators(model: Flags) -> tuple[int, ...]:
    """Return the terms of a model that no other of its terms holds, smaller ones first."""
    terms = np.flatnonzero(model)
    tops = [one for one in terms if sum(one & ~other == 0 for other in terms) == 1]
    return tuple(sorted(map(int, tops), key=lambda term: (term.bit_count(), term)))


def finite(models: Flags, *, seen: Flags) -> Flags:
    """Tell which models have a finite maximum-likelihood estimate.

    The estimate exists when no direction of the parameters leaves the cells with people as
    they are and lowers some empty cell without raising another: the sufficient statistics
    then lie inside the cone of the margins, and not on a face of it. A model holding one
    without an estimate has none either, so few have to be looked at one by one.

    Args:
        models: Models x terms, fewest terms first.
        seen: Whether each of the ``2 ** k`` cells holds people; cell 0 is not looked at.

    Source: Fienberg and Rinaldo (2012), Maximum likelihood estimation in log-linear models.
    """
    matrix = inclusion(int(seen.size).bit_length() - 1)
    people = seen.copy()
    people[0] = False
    empty = ~seen
    empty[0] = False
    held = matrix[people].sum(axis=0) > 0
    answer: Flags = ~(models & ~held).any(axis=1)
    doubtful = np.flatnonzero(answer)[~_full_rank(models[answer], matrix=matrix[people])]
    without: list[Flags] = []
    for at in doubtful:
        model = models[at]
        if any(not (part & ~model).any() for part in without):
            answer[at] = False
        elif not _inside(matrix[people][:, model], empty=matrix[empty][:, model]):
            answer[at] = False
            without.append(model)
    return answer


def _full_rank(models: Flags, *, matrix: Numbers) -> Flags:
    """Tell for each model whether the cells with people alone fix all parameters."""
    if matrix.shape[0] == matrix.shape[1] - 1:
        return np.ones(len(models), dtype=np.bool_)
    products = matrix.T @ matrix
    answer = np.zeros(len(models), dtype=np.bool_)
    sizes = models.sum(axis=1)
    for size in np.unique(sizes):
        rows = np.flatnonzero(sizes == size)
        if size <= matrix.shape[0]:
            terms = np.nonzero(models[rows])[1].reshape(len(rows), size)
            least = np.linalg.eigvalsh(products[terms[:, :, None], terms[:, None, :]])[:, 0]
            answer[rows] = least > FULL_RANK
    return answer


def _inside(people: Numbers, *, empty: Numbers) -> bool:
    """Tell whether no direction is still on ``people`` and one-sided on ``empty``."""
    _, sizes, turned = np.linalg.svd(people)
    rank = int((sizes > FULL_RANK).sum())
    slopes = empty @ turned[rank:].T
    slopes[np.abs(slopes) < FULL_RANK] = 0.0
    if slopes.shape[1] == 1:
        return bool((slopes > 0).any() and (slopes < 0).any())
    found = linprog(
        slopes.sum(axis=0), A_ub=slopes, b_ub=np.zeros(len(slopes)), bounds=(-1, 1), method="highs"
    )
    return bool(found.fun > -1e-6)
