"""Reckon how often anybody at all could tell, from the table alone, that people are out of reach.

Run as ``python benchmarks/what_no_table_shows.py [--times N]``. For each population whose
assumptions are broken, the best test there can be is asked (Neyman and Pearson): it is told
both the broken population and the sound one that looks most like it, every chance and number
included, and says which of the two a table comes from. Set to raise one false alarm in ten, it
finds the share that is printed; whoever is told less finds fewer. Beside it stands what
Affiant's own sign (``estimate/harder.py``) finds, set to one false alarm in twenty and in ten.
"""

import argparse
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from affiant.estimate.harder import harder_to_list
from affiant.estimate.loglinear import fit
from affiant.estimate.terms import finite, hierarchical_models

FALSE_ALARMS = 0.1
ONE_IN_TWENTY, ONE_IN_TEN = 1.645, 1.282
Numbers = np.ndarray


@dataclass(frozen=True, kw_only=True)
class Population:
    """Groups of people; each group has a number and a chance to stand on any one list."""

    name: str
    lists: int
    groups: tuple[tuple[int, float], ...]

    def expected(self) -> Numbers:
        """Return the expected people per cell of the table."""
        return sum(people * chances(chance, lists=self.lists) for people, chance in self.groups)


def fifth(people: int, *, lists: int, chance: float) -> Population:
    """Make a population of which a fifth has its own chance, and the others 0.3."""
    name = f"{people:,} people, {lists} lists, a fifth listed with chance {chance}"
    groups = ((people * 4 // 5, 0.3), (people // 5, chance))
    return Population(name=name, lists=lists, groups=groups)


POPULATIONS = (
    fifth(2000, lists=3, chance=0.01),
    fifth(2000, lists=4, chance=0.01),
    fifth(2000, lists=4, chance=0.05),
    fifth(2000, lists=4, chance=0.1),
    fifth(2000, lists=5, chance=0.05),
    fifth(10_000, lists=4, chance=0.01),
    fifth(10_000, lists=4, chance=0.05),
    fifth(10_000, lists=5, chance=0.05),
    fifth(50_000, lists=5, chance=0.05),
    Population(
        name="2,000 people, 4 lists, all from half of them",
        lists=4,
        groups=((1000, 0.4), (1000, 0.0)),
    ),
)


def chances(chance: float, *, lists: int) -> Numbers:
    """Return the chance of each cell for a person whom each list names with one chance."""
    held = np.array([cell.bit_count() for cell in range(2**lists)])
    return chance**held * (1 - chance) ** (lists - held)


def twin(population: Population) -> Numbers:
    """Return the expected table of the sound population that is nearest: one group alone."""
    wanted = population.expected()[1:]

    def apart(parameters: Numbers) -> float:
        people, odds = np.exp(parameters)
        means = people * chances(odds / (1 + odds), lists=population.lists)[1:]
        return float((means - wanted * np.log(means)).sum())

    people = sum(number for number, _ in population.groups)
    found = minimize(apart, np.log([people, 0.4]), method="Nelder-Mead", tol=1e-12)
    size, odds = np.exp(found.x)
    return size * chances(odds / (1 + odds), lists=population.lists)


def found_at_best(population: Population, *, times: int, source: np.random.Generator) -> float:
    """Return the share that the best test finds, at one false alarm in ten."""
    broken, sound = population.expected()[1:], twin(population)[1:]
    weights = np.log(broken / sound)
    alarms = source.poisson(sound, size=(times, sound.size)) @ weights
    told = source.poisson(broken, size=(times, broken.size)) @ weights
    return share_above(told, limit=np.quantile(alarms, 1 - FALSE_ALARMS), even=alarms)


def share_above(told: Numbers, *, limit: float, even: Numbers) -> float:
    """Return the share above a limit; where the two cannot be told apart, that of the alarms."""
    if np.ptp(even) < 1e-6:
        return FALSE_ALARMS
    return float((told > limit).mean())


def found_by_us(population: Population, *, times: int, source: np.random.Generator) -> Numbers:
    """Return how far each drawn table leans, after the choice of a model."""
    leaning = []
    for counts in source.poisson(population.expected(), size=(times, 2**population.lists)):
        counts[0] = 0
        table = counts.astype(np.float64)
        models = hierarchical_models(population.lists, order=2)
        fits = fit(models[finite(models, seen=table > 0)], counts=table)
        told = harder_to_list(fits.models[fits.bic.argmin()], counts=table)
        leaning.append(-np.inf if told is None else told)
    return np.array(leaning)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=500)
    times = parser.parse_args().times
    print("| population | best possible, 10 % false alarms | Affiant, 5 % | Affiant, 10 % |")
    print("| --- | --- | --- | --- |")
    for population in POPULATIONS:
        source = np.random.default_rng(1)
        best = found_at_best(population, times=40 * times, source=source)
        ours = found_by_us(population, times=times, source=source)
        shares = [f"{(ours > limit).mean():.0%}" for limit in (ONE_IN_TWENTY, ONE_IN_TEN)]
        print(f"| {population.name} | {best:.0%} | {shares[0]} | {shares[1]} |", flush=True)


if __name__ == "__main__":
    main()
