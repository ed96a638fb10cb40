"""Do chains agree: R-hat, effective sample size, error of the median."""

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from affiant.estimate.terms import Numbers


def rhat(draws: Numbers) -> float:
    """Return the split R-hat of the ranks; 1 where all chains tell the same.

    The larger of that of the draws and that of their distance from the median.

    Args:
        draws: Draws x chains.

    Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021).
    """
    folded = np.abs(draws - np.median(draws))
    return max(_rhat(_normal(_split(values))) for values in (draws, folded))


def effective(draws: Numbers) -> float:
    """Return the effective sample size of the ranks, over all chains together.

    Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021); Geyer (1992).
    """
    return _effective(_normal(_split(draws)))


def median_error(draws: Numbers) -> float:
    """Return the standard error of the median, in the unit of the draws."""
    below = _split((draws <= np.median(draws)).astype(np.float64))
    share = 0.5 / np.sqrt(max(_effective(below), 4.0))
    low, high = np.quantile(draws, [max(0.5 - share, 0.0), min(0.5 + share, 1.0)])
    return float((high - low) / 2)


def _split(draws: Numbers) -> Numbers:
    """Cut every chain in two halves."""
    half = len(draws) // 2
    return np.concatenate([draws[:half], draws[-half:]], axis=1)


def _normal(draws: Numbers) -> Numbers:
    """Put normal scores in place of the draws, by rank over all chains."""
    ranks = rankdata(draws).reshape(draws.shape)
    scores: Numbers = ndtri((ranks - 0.375) / (draws.size + 0.25))
    return scores


def _variances(draws: Numbers) -> tuple[float, float]:
    """Return the variance within chains and the pooled one."""
    within = float(draws.var(axis=0, ddof=1).mean())
    between = float(draws.mean(axis=0).var(ddof=1))
    return within, within * (len(draws) - 1) / len(draws) + between


def _rhat(draws: Numbers) -> float:
    within, pooled = _variances(draws)
    return float(np.sqrt(pooled / within)) if within > 0 else float("inf")


def _effective(draws: Numbers) -> float:
    """Add up the pairs of autocorrelations while they are positive and falling."""
    length, chains = draws.shape
    within, pooled = _variances(draws)
    if not pooled > 0:
        return float(length * chains)
    waves = np.fft.rfft(draws - draws.mean(axis=0), 2 * length, axis=0)
    shared = np.fft.irfft(waves * np.conj(waves), axis=0)[:length].real.mean(axis=1) / length
    related = 1 - (within - shared * length / (length - 1)) / pooled
    related[0] = 1.0
    even = length // 2 * 2
    sums = related[0:even:2] + related[1:even:2]
    negative = np.flatnonzero(sums < 0)
    sums = np.minimum.accumulate(sums[: negative[0] if len(negative) else len(sums)])
    time = max(2 * float(sums.sum()) - 1, 1 / np.log10(length * chains))
    return float(length * chains / time)
