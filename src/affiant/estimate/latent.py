"""Samples the latent-class model: many chains at once by Hamiltonian Monte Carlo."""

from dataclasses import dataclass

import numpy as np

from affiant.estimate.chains import effective, median_error, rhat
from affiant.estimate.mixture import Mixture, Positions
from affiant.estimate.terms import Numbers

CLASSES = 10
CHAINS = 128
WARM_UP = 100
ROUND = 100
BUDGET = 1500
"""Draws per chain after which a sampler that has not settled gives up."""

LONGEST = 120
"""Most leaps per trajectory: the posterior is a long bent ridge, short walks crawl on it."""

ACCEPTED = 0.8
MOST_RHAT = 1.01
LEAST_EFFECTIVE = 400
MEDIAN_ERROR = 0.0025
"""Stop when the median's error is this share of it: 20 seeds then lie within 1 %."""

SILENT_ERROR = 0.003
HOTTEST = 0.01
"""Share of a person that each counts for where the data are let in slowly."""

HOPELESS = 40.0
"""A chain so far below the middle one in log-posterior, in the warm-up, is started again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Draws of all people from several chains.

    Attributes:
        people: Draws x chains.
        rhat: Split rank R-hat over the chains.
        effective: Effective sample size.
        median_error: Standard error of the median, as a share of it.
        accepted: Share of trajectories accepted.
        warm_up: Draws per chain thrown away.
    """

    people: Numbers
    rhat: float
    effective: float
    median_error: float
    accepted: float
    warm_up: int

    @property
    def settled(self) -> bool:
        """Tell whether the chains agree well enough to stop."""
        agree = self.rhat <= MOST_RHAT and self.effective >= LEAST_EFFECTIVE
        return agree and self.known_to(MEDIAN_ERROR)

    def known_to(self, share: float) -> bool:
        """Tell whether the median is known to this share of it, or to one person."""
        if not self.people.size:
            return False
        half_a_person = 0.5 / float(np.median(self.people))
        return self.median_error <= max(share, half_a_person)


def sample_classes(counts: Numbers, *, seed: int, budget: int = BUDGET) -> Sample:
    """Sample until the chains agree on the median, or the budget is used up.

    Args:
        counts: People per cell, cell 0 unrecorded.
        seed: Same seed, same draws.
        budget: Most draws per chain; with 0 nothing is sampled and nothing settled.
    """
    walk = _Walk(counts, source=np.random.default_rng(seed))
    sample = _judge(walk)
    with np.errstate(all="ignore"):  # a trajectory that runs off to infinity is refused
        if budget:
            walk.warm_up(WARM_UP)
        while not sample.settled and len(walk.people) < budget:
            walk.draw(min(ROUND, budget - len(walk.people)))
            sample = _judge(walk)
    return sample


def _judge(walk: "_Walk") -> Sample:
    """Judge the draws so far."""
    if not walk.people:
        nothing = np.zeros((0, CHAINS))
        return Sample(
            people=nothing, rhat=np.inf, effective=0, median_error=np.inf, accepted=0, warm_up=0
        )
    people = np.array(walk.people)
    return Sample(
        people=people,
        rhat=rhat(people),
        effective=effective(people),
        median_error=median_error(people) / float(np.median(people)),
        accepted=walk.accepted / len(walk.people),
        warm_up=WARM_UP,
    )


class _Pace:
    """Step length, moved until the wanted share of trajectories is accepted.

    Source: Nesterov's dual averaging as in Hoffman and Gelman (2014).
    """

    def __init__(self, log_step: float) -> None:
        self.log_step = log_step
        self._aim = log_step + 1.0
        self._off = 0.0
        self._steps = 0
        self.mean = 0.0

    def learn(self, accepted: float) -> None:
        """Move after one trajectory."""
        self._steps += 1
        share = 1 / (self._steps + 10)
        self._off = (1 - share) * self._off + share * (ACCEPTED - accepted)
        self.log_step = self._aim - np.sqrt(self._steps) / 0.05 * self._off
        weight = self._steps**-0.75
        self.mean = weight * self.log_step + (1 - weight) * self.mean


class _Walk:
    """All chains, side by side.

    Slopes are worked out in single precision; what is accepted is decided in double.
    """

    def __init__(self, counts: Numbers, *, source: np.random.Generator) -> None:
        self.source = source
        self.rough = Mixture(counts, classes=CLASSES, chains=CHAINS, kind=np.float32)
        self.exact = Mixture(counts, classes=CLASSES, chains=CHAINS, kind=np.float64)
        start = source.normal(0.0, 1.0, (self.rough.size, CHAINS))
        start[CLASSES - 1 :] -= 1.0
        self.place: Positions = start.astype(np.float32)
        self.spread: Positions = np.ones((self.rough.size, 1), np.float32)
        self.pace = _Pace(np.log(0.02))
        self.people: list[Numbers] = []
        self.accepted = 0.0

    def warm_up(self, draws: int) -> None:
        """Find the step length, the spread of each coordinate, and leave bad starts."""
        quarter = draws // 4
        kept: list[Positions] = []
        for at in range(draws):
            self._warm(at / (2 * quarter))
            share, value, _ = self._move(LONGEST if at >= quarter else LONGEST // 4)
            self.pace.learn(share)
            kept.append(self.place.copy())
            if at % quarter == quarter - 1 and at > 2 * quarter:
                self._leave_hopeless(value)
            if at in (2 * quarter, 3 * quarter):
                pool = np.concatenate(kept[quarter:], axis=1)
                middle = np.median(pool, axis=1, keepdims=True)
                apart = np.median(np.abs(pool - middle), axis=1, keepdims=True)
                self.spread = ((apart * 1.4826) ** 2 + 1e-3).astype(np.float32)
                self.pace = _Pace(self.pace.log_step - 0.5)
        self.pace.log_step = self.pace.mean

    def _warm(self, share: float) -> None:
        """Let the data in slowly for every other chain, so that starts differ in kind.

        What is found by falling in from the prior need not be what is found by cooling; if
        there is a second answer, some chains end there and R-hat tells.
        """
        heat = np.ones(CHAINS)
        heat[::2] = min(1.0, HOTTEST ** (1 - share))
        for mixture in (self.rough, self.exact):
            mixture.weigh(heat)

    def draw(self, draws: int) -> None:
        """Draw and keep."""
        for _ in range(draws):
            share, _, none = self._move(LONGEST)
            self.accepted += share
            seen = np.clip(1 - none, 1e-9, 1.0)
            observed = float(self.exact.observed)
            unseen = self.source.negative_binomial(observed, seen)
            self.people.append((observed + unseen).astype(np.float64))

    def _leave_hopeless(self, value: Numbers) -> None:
        """Put chains that are stuck far below the others where a random other one is."""
        good = np.flatnonzero(value >= np.median(value) - HOPELESS)
        bad = np.flatnonzero(value < np.median(value) - HOPELESS)
        self.place[:, bad] = self.place[:, self.source.choice(good, len(bad))]

    def _move(self, longest: int) -> tuple[float, Numbers, Numbers]:
        """Move all chains once; return the share accepted, log-posterior and chance unseen."""
        for _ in range(3):
            self.rough.swap(self.place, source=self.source)
        value, none = self.exact.value(self.place.astype(np.float64))
        push = self.source.standard_normal(self.place.shape, dtype=np.float32)
        push /= np.sqrt(self.spread)
        before = value - self._energy(push)
        place = self._leap(self.place.copy(), push=push, longest=longest)
        new, missing = self.exact.value(place.astype(np.float64))
        gain = np.nan_to_num(new - self._energy(push) - before, nan=-np.inf)
        chance = np.exp(np.minimum(gain, 0.0))
        taken = self.source.random(CHAINS) < chance
        self.place[:, taken] = place[:, taken]
        return (
            float(chance.mean()),
            np.where(taken, new, value),
            np.where(taken, missing, none),
        )

    def _energy(self, push: Positions) -> Numbers:
        energy: Numbers = (push.astype(np.float64) ** 2 * self.spread).sum(axis=0) / 2
        return energy

    def _leap(self, place: Positions, *, push: Positions, longest: int) -> Positions:
        """Follow one trajectory; ``push`` is changed in place, the end is returned."""
        jitter = self.source.uniform(0.8, 1.2, (1, CHAINS))
        step = (np.exp(self.pace.log_step) * jitter).astype(np.float32)
        stride = step * self.spread
        leaps = int(self.source.integers(max(1, longest // 4), longest + 1))
        change = np.multiply(step / 2, self.rough.slope(place))
        push += change
        for leap in range(leaps):
            np.multiply(stride, push, out=change)
            place += change
            np.multiply(step if leap < leaps - 1 else step / 2, self.rough.slope(place), out=change)
            push += change
        return np.clip(np.nan_to_num(place), -300.0, 300.0)
