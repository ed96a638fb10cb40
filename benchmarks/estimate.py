"""Measure the estimates: CPU seconds per family, and how far seeds differ.

Run as ``python benchmarks/estimate.py [--seeds N]``. Importing is reported apart;
nothing is compiled. The tables are those of the tests (published counts of real deaths and
of people trafficked; sources beside them).
"""

import argparse
import csv
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from affiant.estimate.graphs import average_graphs
from affiant.estimate.latent import sample_classes
from affiant.estimate.loglinear import fit
from affiant.estimate.table import from_patterns
from affiant.estimate.terms import finite, hierarchical_models

DATA = Path(__file__).parent.parent / "tests" / "unit" / "estimate" / "data"
RUNS = 5
T = TypeVar("T")


def counts_of(name: str) -> np.ndarray:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return np.array(from_patterns(csv.reader(file)).counts, dtype=float)


def timed(work: Callable[[], T], *, runs: int = RUNS) -> tuple[T, float]:
    """Return what the work gives, and the least CPU seconds of several runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        answer = work()
        times.append(time.process_time() - start)
    return answer, min(times)


def importing() -> float:
    """Return the CPU seconds that a fresh Python needs to import the package."""
    asked = "import time, affiant.estimate; print(time.process_time())"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    return float(done.stdout)


def all_models(counts: np.ndarray, *, order: int) -> int:
    models = hierarchical_models(counts.size.bit_length() - 1, order=order)
    fits = fit(models[finite(models, seen=counts > 0)], counts=counts)
    return len(models) if fits.settled.all() else -1


def report_exact() -> None:
    for name, order, goal in [("kosovo4", 3, 0.1), ("uk5", 2, 1.0), ("uk5", 4, None)]:
        counts = counts_of(name)
        models, seconds = timed(lambda c=counts, o=order: all_models(c, order=o))
        print(f"log-linear {name}: {models} models in {seconds:.3f} s CPU (goal {goal})")
    six = np.array([0, *np.random.default_rng(1).poisson(20, 63)], dtype=float)
    for name, counts, goal in [("uk5", counts_of("uk5"), 0.05), ("six lists", six, 1.0)]:
        found, seconds = timed(lambda c=counts: average_graphs(c))
        print(f"graphs {name}: {found.graphs} graphs in {seconds:.3f} s CPU (goal {goal})")


def report_latent(name: str, *, seeds: int) -> None:
    medians = []
    for seed in range(seeds):
        sample, seconds = timed(lambda s=seed: sample_classes(counts_of(name), seed=s), runs=1)
        median = float(np.median(sample.people))
        medians += [median] if sample.settled else []
        print(
            f"latent {name} seed {seed}: median {median:.0f}, R-hat {sample.rhat:.4f}, "
            f"{sample.effective:.0f} effective in {seconds:.1f} s CPU, "
            f"{sample.effective / seconds:.0f} a second; "
            f"{'settled' if sample.settled else 'refused'}",
            flush=True,
        )
    if medians:
        print(
            f"latent {name}: {len(medians)} settled, apart by {max(medians) / min(medians) - 1:.2%}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    seeds = parser.parse_args().seeds
    print(f"importing: {importing():.2f} s CPU")
    report_exact()
    for name in ("kosovo4", "uk5"):
        report_latent(name, seeds=seeds)


if __name__ == "__main__":
    main()
