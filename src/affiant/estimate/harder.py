"""Whether a table shows people who were harder to list than a model allows for."""

from math import sqrt

import numpy as np

from affiant.estimate.terms import Flags, Numbers, inclusion

STEPS = 100
"""Newton steps for a fit that is known to exist; most need eight."""

HALVINGS = 30
"""Times that a step which would fit worse is halved."""

INSIDE = 1e-9
"""A share this small of what the new column varies by means that the model holds it already."""


def harder_to_list(model: Flags, *, counts: Numbers) -> float | None:
    """Return how many standard errors the table leans towards people who are harder to list.

    Where some are harder to list than others, by all lists alike, those on several lists are
    more than the lists' sizes account for. This is the score test of one further column for
    it, the pairs of lists that a cell holds: the direction in which such a difference moves
    the table first. None where the model holds that column already, as it does with all
    pairs of lists in it: what it would tell is then allowed for.

    Args:
        model: Terms of one model with a finite estimate.
        counts: People per cell, cell 0 unrecorded.

    Source: Darroch, Fienberg, Glonek and Junker (1993), J. Am. Stat. Assoc. 88:1137, for the
    column; Rao (1948) for the test.
    """
    matrix = inclusion(int(counts.size).bit_length() - 1)[1:, model]
    people = counts[1:]
    means = _fitted(matrix, people=people)
    held = np.array([at.bit_count() for at in range(1, counts.size)], dtype=np.float64)
    column = held * (held - 1) / 2
    weighted = matrix * means[:, None]
    along = np.linalg.lstsq(matrix.T @ weighted, weighted.T @ column, rcond=None)[0]
    beside = column - matrix @ along
    variance = float((beside**2 * means).sum())
    if variance <= INSIDE * float((column**2 * means).sum()):
        return None
    return float(beside @ (people - means)) / sqrt(variance)


def _fitted(matrix: Numbers, *, people: Numbers) -> Numbers:
    """Return the expected people per recorded cell, by Newton's method with halved steps."""
    parameters = np.linalg.lstsq(matrix, np.log(people + 0.5), rcond=None)[0]
    for _ in range(STEPS):
        means = np.exp(matrix @ parameters)
        slope = matrix.T @ (people - means)
        curve = matrix.T @ (matrix * means[:, None])
        step = np.linalg.lstsq(curve, slope, rcond=None)[0]
        value = _value(matrix @ parameters, people=people)
        for _ in range(HALVINGS):
            if _value(matrix @ (parameters + step), people=people) >= value:
                break
            step /= 2
        parameters = parameters + step
        if float(slope @ step) < INSIDE:
            break
    fitted: Numbers = np.exp(matrix @ parameters)
    return fitted


def _value(logs: Numbers, *, people: Numbers) -> float:
    return float(people @ logs - np.exp(np.minimum(logs, 700.0)).sum())
