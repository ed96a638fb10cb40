"""How likely a suggestion is right: named weights that add up, then a table of chances."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from math import exp, log
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from affiant.claims.traits import describe, traits
from affiant.model.suggestion import Suggestion

ENOUGH: Final = 200
"""From so many decisions on, chances are read from the case's own decisions."""

_FILE: Final = "weights.json"
_TRUST: Final = 4.0
_FOLDS: Final = 5
_ROUNDS: Final = 25
_LEAST_STEP: Final = 25
_FARTHEST: Final = 4.0
_NAMED: Final = 3
_WORTH_NAMING: Final = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreWeights:
    """What each feature counts for.

    Attributes:
        intercept: What a suggestion has before anything is seen of it.
        features: Name of a feature to what it adds to the log-odds.
        chances: Log-odds and the share that proved right at them, both ascending; between
            two points the chance lies on the line between them.
    """

    intercept: float
    features: Mapping[str, float]
    chances: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The names seen of one suggestion, and whether a person found it right."""

    names: tuple[str, ...]
    right: bool


@cache
def shipped_weights() -> ScoreWeights:
    """Return the weights that come with the package, read once."""
    content = resources.files("affiant.claims").joinpath(_FILE).read_bytes()
    return msgspec.json.decode(content, type=ScoreWeights)


def log_odds(names: Sequence[str], *, weights: ScoreWeights) -> float:
    """Return the sum of what the named features count for."""
    return weights.intercept + sum(weights.features.get(name, 0.0) for name in names)


def chance(names: Sequence[str], *, weights: ScoreWeights) -> float:
    """Return how likely a suggestion with these features is right, from 0.01 to 0.99."""
    at = log_odds(names, weights=weights)
    points = weights.chances
    where = bisect_left(points, (at, 0.0))
    if where == 0:
        found = points[0][1]
    elif where == len(points):
        found = points[-1][1]
    else:
        (left, low), (right, high) = points[where - 1], points[where]
        found = low + (high - low) * (at - left) / (right - left)
    return min(max(found, 0.01), 0.99)


def reasons(names: Sequence[str], *, weights: ScoreWeights) -> tuple[str, ...]:
    """Return in plain words which features speak most for a suggestion, and against it."""
    counted = [(weights.features.get(name, 0.0), name) for name in names]
    up = sorted((one for one in counted if one[0] >= _WORTH_NAMING), key=lambda one: -one[0])
    down = sorted(one for one in counted if one[0] <= -_WORTH_NAMING)
    return (
        *(f"for it: {describe(name)}" for _, name in up[:_NAMED]),
        *(f"against it: {describe(name)}" for _, name in down[:_NAMED]),
    )


def weighed(
    found: Sequence[Suggestion], *, weights: ScoreWeights | None = None
) -> list[Suggestion]:
    """Return the suggestions of one text with their scores, and reasons added to ``why``."""
    known = shipped_weights() if weights is None else weights
    scored = []
    for suggestion in found:
        names = traits(suggestion, others=found)
        why = "; ".join([suggestion.why, *reasons(names, weights=known)])
        score = round(chance(names, weights=known), 3)
        scored.append(replace(suggestion, why=why, score=score))
    return scored


def refit(weights: ScoreWeights, *, decisions: Sequence[Decided]) -> ScoreWeights:
    """Return weights that have learned from a case's own decisions.

    They start at the given weights and are held to them, so that few decisions move them
    little. From 200 decisions on the chances are those of the case itself: each decision is
    scored by weights that had not seen it, and chances rise with the score.

    Args:
        weights: Where to start from.
        decisions: What was seen and decided; the order matters only for which decisions
            test which.
    """
    if not decisions:
        return weights
    fitted = fit(decisions, prior=weights, trust=_TRUST)
    if len(decisions) < ENOUGH:
        return fitted
    unseen: list[tuple[float, int]] = []
    for fold in range(_FOLDS):
        rest = [one for at, one in enumerate(decisions) if at % _FOLDS != fold]
        part = fit(rest, prior=weights, trust=_TRUST)
        unseen += [
            (log_odds(one.names, weights=part), int(one.right))
            for at, one in enumerate(decisions)
            if at % _FOLDS == fold
        ]
    return replace(fitted, chances=rising(unseen))


def fit(decisions: Sequence[Decided], *, prior: ScoreWeights, trust: float) -> ScoreWeights:
    """Return the logistic regression of the decisions, held to ``prior``.

    Args:
        decisions: What was seen and decided.
        prior: The weights to be held to; names that it lacks are held to nought.
        trust: How strongly; the precision of a normal prior on each weight.

    Source: maximum a posteriori logistic regression by Newton steps.
    """
    seen = {name for one in decisions for name in one.names}
    names = sorted(seen | set(prior.features))
    column = {name: at for at, name in enumerate(names, start=1)}
    matrix = np.zeros((len(decisions), len(names) + 1))
    matrix[:, 0] = 1
    for row, one in enumerate(decisions):
        matrix[row, [column[name] for name in one.names]] = 1
    outcome = np.array([one.right for one in decisions], dtype=np.float64)
    start = np.array([prior.intercept, *(prior.features.get(name, 0.0) for name in names)])
    found = _newton(matrix, outcome=outcome, start=start, trust=trust)
    features = {
        name: round(float(value), 4)
        for name, value in zip(names, found[1:], strict=True)
        if abs(value) >= 5e-5
    }
    return ScoreWeights(
        intercept=round(float(found[0]), 4), features=features, chances=prior.chances
    )


def _newton(
    matrix: NDArray[np.float64],
    *,
    outcome: NDArray[np.float64],
    start: NDArray[np.float64],
    trust: float,
) -> NDArray[np.float64]:
    """Return the weights at which the posterior is highest."""
    held = np.full(len(start), trust)
    held[0] = trust / 10
    found = start.copy()
    for _ in range(_ROUNDS):
        chances = 1 / (1 + np.exp(-matrix @ found))
        slope = matrix.T @ (chances - outcome) + held * (found - start)
        spread = chances * (1 - chances)
        bend = (matrix * spread[:, None]).T @ matrix + np.diag(held)
        step = np.linalg.solve(bend, slope)
        found = found - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return found


def rising(scored: Sequence[tuple[float, int]]) -> tuple[tuple[float, float], ...]:
    """Return points of a chance that never falls as the score rises.

    No step rests on fewer than 25 decisions, and each is drawn one decision towards half.

    Source: isotonic regression by pooling adjacent violators.
    """
    ordered = sorted(scored)
    steps: list[list[float]] = []
    size = max(1, len(ordered) // _LEAST_STEP)
    for part in np.array_split(np.arange(len(ordered)), size):
        members = [ordered[at] for at in part]
        mean = sum(score for score, _ in members) / len(members)
        steps.append([mean, float(sum(right for _, right in members)), float(len(members))])
        while len(steps) > 1 and _share(steps[-2]) >= _share(steps[-1]):
            mean, right, number = steps.pop()
            total = steps[-1][2] + number
            centre = (steps[-1][0] * steps[-1][2] + mean * number) / total
            steps[-1] = [centre, steps[-1][1] + right, total]
    return tuple(
        (round(mean, 4), round((right + 0.5) / (number + 1), 4)) for mean, right, number in steps
    )


def _share(step: Sequence[float]) -> float:
    """Return the share of right ones of a step."""
    return step[1] / step[2]


def smooth(scored: Sequence[tuple[float, int]]) -> tuple[tuple[float, float], ...]:
    """Return points of a curve with two parameters, for when there are few decisions.

    Source: Platt (1999), with targets drawn towards the middle.
    """
    outcome = np.array([right for _, right in scored], dtype=np.float64)
    matrix = np.array([[1.0, score] for score, _ in scored])
    found = _newton(matrix, outcome=outcome, start=np.array([0.0, 1.0]), trust=1.0)
    grid = np.arange(-_FARTHEST, _FARTHEST + 0.25, 0.5)
    return tuple(
        (float(at), round(1 / (1 + exp(-float(found[0] + found[1] * at))), 4)) for at in grid
    )


def blank(decisions: Sequence[Decided]) -> ScoreWeights:
    """Return weights that know only how many of all suggestions are right."""
    right = sum(one.right for one in decisions)
    start = log((right + 1) / (len(decisions) - right + 1))
    return ScoreWeights(intercept=start, features={}, chances=((0.0, 0.5),))
