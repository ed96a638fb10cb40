"""Poisson log-linear models, many at once: fit, Bayesian information criterion, average."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from affiant.estimate.terms import Flags, Numbers, inclusion

MOST_STEPS = 60
"""Newton steps before a model counts as not settled; most settle within ten."""

SETTLED = 1e-14
"""Fits stop when another step would raise the log-likelihood by less than this share."""

AT_ONCE = 4096
"""Models fitted in one batch, so that memory stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Fits of several models to one table.

    Attributes:
        models: Models x terms.
        unseen: Expected people in the unrecorded cell, per model.
        likelihood: Poisson log-likelihood of the recorded cells, per model.
        settled: Whether the fit converged, per model.
        observed: People recorded.
    """

    models: Flags
    unseen: Numbers
    likelihood: Numbers
    settled: Flags
    observed: int

    @property
    def bic(self) -> Numbers:
        """Return the Bayesian information criterion, lower is better."""
        terms = self.models.sum(axis=1)
        bic: Numbers = terms * np.log(self.observed) - 2 * self.likelihood
        return np.where(self.settled, bic, np.inf)

    @property
    def weights(self) -> Numbers:
        """Return the weights of the models in the average by that criterion."""
        bic = self.bic
        raw: Numbers = np.exp((bic.min() - bic) / 2)
        shares: Numbers = raw / raw.sum()
        return shares

    @property
    def average(self) -> float:
        """Return the estimate averaged over the models by their weights."""
        good = self.settled
        return float(self.observed + (self.weights[good] * self.unseen[good]).sum())


def fit(models: Flags, *, counts: Numbers, free_cell: bool = True) -> Fits:
    """Fit models to a table by Newton's method, in batches of equal size.

    Args:
        models: Models x terms, each with a finite estimate.
        counts: People per cell, or cells x 1 row per model.
        free_cell: Whether cell 0 is unrecorded; if not, its count is fitted like the others.

    Returns:
        The fits, in the order of the models.
    """
    tables = np.broadcast_to(np.asarray(counts, dtype=np.float64), models.shape)
    unseen = np.zeros(len(models))
    likelihood = np.zeros(len(models))
    settled = np.zeros(len(models), dtype=np.bool_)
    sizes = models.sum(axis=1)
    for size in np.unique(sizes):
        rows = np.flatnonzero(sizes == size)
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            terms = np.nonzero(models[part])[1].reshape(len(part), size)
            batch = _Batch(terms=terms, tables=tables[part], free_cell=free_cell)
            unseen[part], likelihood[part], settled[part] = batch.run()
    observed = round(float(tables[0, 1:].sum())) if len(tables) else 0
    return Fits(
        models=models,
        unseen=unseen,
        likelihood=likelihood,
        settled=settled,
        observed=observed,
    )


class _Batch:
    """Newton's method on models with the same number of terms, side by side."""

    def __init__(self, *, terms: np.ndarray, tables: Numbers, free_cell: bool) -> None:
        self.terms = terms
        self.tables = tables
        self.matrix = inclusion(int(tables.shape[1]).bit_length() - 1)
        self.pairs = terms[:, :, None] | terms[:, None, :]
        self.used = np.ones(tables.shape[1])
        self.used[0] = 0.0 if free_cell else 1.0

    def run(self) -> tuple[Numbers, Numbers, Flags]:
        """Return unseen people, log-likelihood and whether each model settled."""
        first = np.where(self.tables > 0, self.tables, 0.5) * self.used
        start = np.log(np.where(first > 0, first, 1.0))
        slope = (first * start + (self.tables - first) * self.used) @ self.matrix
        parameters = self._solve(first, slope=slope, rows=np.arange(len(self.terms)))
        value = self._value(parameters, rows=np.arange(len(self.terms)))
        moving = np.arange(len(self.terms))
        for _ in range(MOST_STEPS):
            moving, parameters, value = self._step(moving, parameters=parameters, value=value)
            if not len(moving):
                break
        settled = np.ones(len(self.terms), dtype=np.bool_)
        settled[moving] = False
        constant: Numbers = np.exp(np.minimum(parameters[:, 0], 700.0))
        factorials = (gammaln(self.tables + 1) * self.used).sum(axis=1)
        return constant, value - factorials, settled

    def _step(
        self, moving: np.ndarray, *, parameters: Numbers, value: Numbers
    ) -> tuple[np.ndarray, Numbers, Numbers]:
        """Take one step with the models that still move, halved where it would lower them."""
        means = self._means(parameters[moving], rows=moving)
        slope = ((self.tables[moving] - means) * self.used) @ self.matrix
        step = self._solve(means * self.used, slope=slope, rows=moving)
        gain = (step * np.take_along_axis(slope, self.terms[moving], axis=1)).sum(axis=1)
        share = np.ones(len(moving))
        for _ in range(12):
            tried = parameters[moving] + share[:, None] * step
            new = self._value(tried, rows=moving)
            worse = new < value[moving] - 1e-9 * (1 + np.abs(value[moving]))
            if not worse.any():
                break
            share[worse] /= 2
        parameters[moving] = tried
        value[moving] = new
        still = gain > SETTLED * (1 + np.abs(new))
        return moving[still], parameters, value

    def _means(self, parameters: Numbers, *, rows: np.ndarray) -> Numbers:
        """Return the expected people per cell."""
        full = np.zeros((len(rows), self.matrix.shape[1]))
        np.put_along_axis(full, self.terms[rows], parameters, axis=1)
        means: Numbers = np.exp(np.clip(full @ self.matrix.T, -700.0, 700.0))
        return means

    def _value(self, parameters: Numbers, *, rows: np.ndarray) -> Numbers:
        """Return the log-likelihood without its factorials."""
        full = np.zeros((len(rows), self.matrix.shape[1]))
        np.put_along_axis(full, self.terms[rows], parameters, axis=1)
        logs = np.clip(full @ self.matrix.T, -700.0, 700.0)
        value: Numbers = (self.tables[rows] * logs - np.exp(logs)) @ self.used
        return value

    def _solve(self, weights: Numbers, *, slope: Numbers, rows: np.ndarray) -> Numbers:
        """Solve the Newton equations of each row; the products are sums over whole margins."""
        margins = weights @ self.matrix
        size = self.terms.shape[1]
        flat = self.pairs[rows].reshape(len(rows), size * size)
        products = np.take_along_axis(margins, flat, axis=1).reshape(len(rows), size, size)
        diagonal = np.arange(size)
        products[:, diagonal, diagonal] *= 1 + 1e-13
        right = np.take_along_axis(slope, self.terms[rows], axis=1)
        answer = np.linalg.solve(products, right[:, :, None])[:, :, 0]
        return np.asarray(answer, dtype=np.float64)
