"""What the benchmarks share: interleaved runs, medians, and cases to measure on."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from affiant.log.keys import SigningKey, key_from_seed
from affiant.preserve import Obtained, take_in
from affiant.read import sniff
from affiant.store import Case, Surroundings, create_case, open_case

KEY = key_from_seed(bytes(range(32)))
OBTAINED = Obtained(recognise=lambda head, name: sniff(head, name=name))


def interleaved(runs: int, /, **kinds: Callable[[], object]) -> dict[str, float]:
    """Run each kind in turn, several times; return the median seconds of each."""
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(runs):
        for name, run in kinds.items():
            began = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - began)
    for name, found in times.items():
        print(f"  {name}: " + " ".join(f"{seconds:.3f}" for seconds in found))
    return {name: statistics.median(found) for name, found in times.items()}


def write_files(folder: Path, *, count: int, size: int) -> list[Path]:
    """Write files of random bytes."""
    folder.mkdir(parents=True)
    paths = [folder / f"{number:06}.bin" for number in range(count)]
    for path in paths:
        path.write_bytes(os.urandom(size))
    return paths


def new_case(folder: Path, *, key: SigningKey = KEY) -> Case:
    """Start a case whose configuration lies beside it."""
    surroundings = Surroundings(configuration=folder / "configuration")
    return create_case(
        folder / "case", name="bench", key=key, person="bench", surroundings=surroundings
    )


def open_again(folder: Path) -> Case:
    """Open the case of a folder."""
    return open_case(
        folder / "case", surroundings=Surroundings(configuration=folder / "configuration")
    )


def fill(case: Case, *, paths: list[Path]) -> int:
    """Add files; return how many were acknowledged."""
    return sum(1 for _ in take_in(case, paths=paths, key=KEY, obtained=OBTAINED))
