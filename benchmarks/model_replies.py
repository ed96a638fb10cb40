"""How many inexact quotes pass the gate, and how many good ones are lost.

Usage: python benchmarks/model_replies.py [--number N] [--seed S]

Each reply holds up to five proposals that are broken in some way, mostly by quotes that look
like the document's words and are not, and often one that is right. Of two invented pages in
turn, one English, one Persian.
"""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from affiant.claims.asking.gate import admit
from unit.claims.asking.invented import PAGE, PAGE_FA, about
from unit.claims.asking.mangling import mangled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counted: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    known = {page: about(page) for page in (PAGE, PAGE_FA)}
    started = time.perf_counter()
    for number in range(asked.number):
        page = (PAGE, PAGE_FA)[number % 2]
        reply = mangled(page, random=random.Random(f"{asked.seed}-{number}"))
        found = admit(reply.text, about=known[page])
        kept = {claim.quotes[0].exact for claim in found.claims}
        counted["good ones planted"] += reply.good
        counted["good ones kept"] += sum(exact in kept for exact in reply.acts)
        counted["quotes let through"] += sum(len(claim.quotes) for claim in found.claims)
        counted["inexact quotes let through"] += sum(
            page[quote.start : quote.end] != quote.exact
            for claim in found.claims
            for quote in claim.quotes
        )
        dropped.update(found.dropped)
    seconds = time.perf_counter() - started
    for what, how_many in [*counted.items(), *sorted(dropped.items())]:
        print(f"{what:28} {how_many:>10,}")
    print(f"{asked.number:,} replies in {seconds:.0f} s, {asked.number / seconds:,.0f} a second")


if __name__ == "__main__":
    main()
