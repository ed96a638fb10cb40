"""verify against both digests in one pass over the same files, and against bagit.

    python benchmarks/verify.py [--files 5000] [--size 100000] [--runs 5] [--bagit PROGRAM]

The yardstick reads each original once in one thread, with one buffer that is used again, and
computes SHA-256 and BLAKE3: no log, no signature, no tree. Goal: verify reaches at least 0.9 of
its speed. `bagit --validate` checks a bag of the same files; goal: 1.5 times as fast as it.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from blake3 import blake3
from measuring import fill, interleaved, new_case, open_again, write_files

from affiant.audit import verify_case


def both_digests(paths: list[Path]) -> None:
    """Compute both digests of every file, each read once."""
    buffer = bytearray(1 << 20)
    view = memoryview(buffer)
    for path in paths:
        first, second = sha256(), blake3()
        with path.open("rb", buffering=0) as file:
            while count := file.readinto(buffer):
                first.update(view[:count])
                second.update(view[:count])
        first.hexdigest(), second.hexdigest()


def verified(folder: Path, *, quick: bool = False) -> None:
    """Open and verify the case; fail where it is not whole."""
    with open_again(folder) as case:
        report = verify_case(case, quick=quick)
    assert report.problems == [], report.problems


def bag(program: str, *, source: Path, target: Path) -> Path:
    """Make a bag of the files."""
    shutil.copytree(source, target)
    words = [*program.split(), "--quiet", "--sha256", str(target)]
    subprocess.run(words, check=True)
    return target


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=5000)
    asked.add_argument("--size", type=int, default=100_000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--bagit", default=shutil.which("bagit.py") or shutil.which("bagit"))
    asked.add_argument("--in", dest="place", default=None)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(dir=given.place) as place:
        folder = Path(place)
        files = write_files(folder / "in", count=given.files, size=given.size)
        with new_case(folder) as case:
            fill(case, paths=files)
        originals = [path for path in (folder / "case" / "originals").rglob("*") if path.is_file()]
        kinds = {
            "both digests": lambda: both_digests(originals),
            "verify": lambda: verified(folder),
        }
        if given.bagit:
            made = bag(given.bagit, source=folder / "in", target=folder / "bag")
            words = [*given.bagit.split(), "--quiet", "--validate", str(made)]
            kinds["bagit"] = lambda: subprocess.run(words, check=True)
        kinds["verify --quick"] = lambda: verified(folder, quick=True)
        print(f"{given.files} files of {given.size} bytes, {given.runs} interleaved runs")
        found = interleaved(given.runs, **kinds)
    print(f"verify reaches {found['both digests'] / found['verify']:.2f} of the bare digests")
    if "bagit" in found:
        print(f"verify is {found['bagit'] / found['verify']:.2f} times as fast as bagit")
    else:
        print("bagit was not found: name it with --bagit")


if __name__ == "__main__":
    sys.exit(main())
