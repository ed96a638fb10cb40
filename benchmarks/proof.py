"""One item's proof out of a large log.

    python benchmarks/proof.py [--entries 100000] [--proofs 200]

Goal: under 50 ms and under 2 kB of hashes, the case's opening not counted.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from measuring import KEY, new_case, open_again

from affiant.store import extension_of, proof_of


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--proofs", type=int, default=200)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with new_case(folder) as case:
            began = time.perf_counter()
            earlier = case.logbook.checkpoint()
            while (size := case.logbook.state()[1].size) < given.entries:
                with case.writing(KEY) as pen:
                    for number in range(min(10_000, given.entries - size)):
                        body = {"name": "reviewers_needed", "value": str(1 + number % 2)}
                        pen.record("policy.set/1", body=body)
            print(f"{given.entries} entries made in {time.perf_counter() - began:.1f} s")
        with open_again(folder) as case:
            times, longest = [], 0
            for position in random.Random(1).sample(range(given.entries), given.proofs):
                commitment = case.logbook.at(position).read_header().commitment
                began = time.perf_counter()
                proof = proof_of(case, commitment=commitment, fields=("value",) * (position > 1))
                proof.encode()
                times.append(time.perf_counter() - began)
                longest = max(longest, 32 * len(proof.path))
            began = time.perf_counter()
            extension_of(case, earlier=earlier)
            grown = time.perf_counter() - began
    print(
        f"a proof: median {1000 * statistics.median(times):.2f} ms, "
        f"slowest {1000 * max(times):.2f} ms, at most {longest} bytes of hashes"
    )
    print(f"that the log only grew: {1000 * grown:.2f} ms")


if __name__ == "__main__":
    sys.exit(main())
