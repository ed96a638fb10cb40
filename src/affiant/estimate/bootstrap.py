"""Bootstrap of the log-linear estimate, the choice of the model included."""

from dataclasses import dataclass

import numpy as np

from affiant.estimate.loglinear import Fits, fit
from affiant.estimate.terms import Flags, Numbers, finite

DRAWS = 1000
MOST_MODELS = 25

MOST_PEOPLE = 1e12
"""Of more people than this, as good as none is seen: the number seen is then a Poisson's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """Estimates from tables drawn anew.

    Attributes:
        interval95: Percentile interval for all people.
        draws: Tables drawn.
        lost: Tables for which no model had a finite estimate.
        models: Models that could be chosen.
        chosen_again: Share of tables for which the same model was chosen.
    """

    interval95: tuple[float, float]
    draws: int
    lost: int
    models: int
    chosen_again: float


def bootstrap(fits: Fits, *, counts: Numbers, seed: int) -> Bootstrap:
    """Draw tables, choose the model anew for each, and take the middle 95 %.

    The models that may be chosen are the best by the criterion on the table itself. How many
    people are seen is drawn too, out of as many as were estimated: with that number held
    fixed, the interval would leave out part of what chance does, and be too narrow.

    Source: Silverman, Chan and Vincent (2024), Statistics and Computing 34:44; they hold the
    number seen fixed.
    """
    source = np.random.default_rng(seed)
    people = min(fits.observed + float(fits.unseen[fits.bic.argmin()]), MOST_PEOPLE)
    order = np.argsort(fits.bic, kind="stable")[:MOST_MODELS]
    models = fits.models[order]
    models = models[np.argsort(models.sum(axis=1), kind="stable")]
    shares = counts / counts.sum()
    seen = source.binomial(round(people), fits.observed / people, size=DRAWS)
    tables = source.multinomial(seen, shares).astype(np.float64)
    allowed = _allowed(models, tables=tables)
    draws, which = np.nonzero(allowed)
    refits = fit(models[which], counts=tables[draws])
    bic = np.full(allowed.shape, np.inf)
    unseen = np.full(allowed.shape, np.nan)
    bic[draws, which] = refits.bic
    unseen[draws, which] = refits.unseen
    best = bic.argmin(axis=1)
    good = np.isfinite(bic.min(axis=1))
    picked = (seen + unseen[np.arange(DRAWS), best])[good]
    first = int(np.flatnonzero((models == fits.models[order[0]]).all(axis=1))[0])
    low, high = np.quantile(picked, [0.025, 0.975]) if len(picked) else (np.nan, np.nan)
    return Bootstrap(
        interval95=(float(low), float(high)),
        draws=DRAWS,
        lost=int((~good).sum()),
        models=len(models),
        chosen_again=float((best[good] == first).mean()) if good.any() else 0.0,
    )


def _allowed(models: Flags, *, tables: Numbers) -> Flags:
    """Tell which models have a finite estimate in which table; equal zeros are asked once."""
    patterns, back = np.unique(tables > 0, axis=0, return_inverse=True)
    answers = np.array([finite(models, seen=pattern) for pattern in patterns])
    allowed: Flags = answers[back.ravel()]
    return allowed
