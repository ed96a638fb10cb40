"""Key to next claim in a real browser, and decisions that outlive a kill.

    python benchmarks/review.py [--claims 1500] [--keys 100] [--kills 0]

Goals, with every claim rendered in a document of 100,000 characters: median at most 100 ms, 95th
percentile at most 250 ms, from the key to the next claim painted. The yardstick is the same
decision without browser or server, made on a copy of the same case in this process. With
``--kills 10000`` so many decisions are posted, the server killed without warning in between.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import httpx

from affiant.claims.review import decide
from affiant.cli.settings import read_settings
from affiant.store import open_case
from flows.desk import Desk, configured
from programs import path_of
from unit.publish.browser import browsing
from web.bench import Sitting, Tab, sitting, timed_decisions
from web.large import large_desk

MEDIAN_MS, MOST_MS = 100, 250


def bare_decisions(desk: Desk, *, count: int) -> float:
    """Decide without browser and server; return the median milliseconds."""
    times = []
    with configured(desk.configuration):
        settings = read_settings(
            folder=str(desk.folder), person=None, as_json=False, rehearsal=False
        )
        key = settings.key()
        with open_case(desk.folder) as case:
            waiting = [row.digest for row in case.derived.suggestions()][-count:]
            for digest in waiting:
                began = time.perf_counter()
                decide(case, claim_id=digest, verdict="accepted", why=None, key=key)
                times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def measure(desk: Desk, *, document: str, keys: int) -> list[float]:
    """Accept claims by key in Chromium."""
    program = path_of("chromium")
    if program is None:
        sys.exit("Chromium is not installed: nothing is measured")
    with sitting(desk) as at, browsing(program) as browser:
        tab = Tab(browser, at=at)
        began = time.perf_counter()
        page = tab.document(document)
        print(f"the screen is there after {time.perf_counter() - began:.2f} s")
        print(f"claims rendered: {page.locator('#queue li').count()}")
        return timed_decisions(page, keys)


def kill_and_count(desk: Desk, *, document: str, decisions: int) -> int:
    """Post decisions over HTTP, kill the server now and then; return how many were lost."""
    with configured(desk.configuration), open_case(desk.folder) as case:
        waiting = [row.digest for row in case.derived.suggestions()]
    acknowledged, at = 0, 0
    seen: set[str] = set()
    while at < decisions:
        server = Sitting(desk)
        with httpx.Client(base_url=server.origin, headers={"sec-fetch-site": "same-origin"}) as web:
            web.get(server.opening, headers={"sec-fetch-site": "none"})
            for digest in waiting[at : at + 1_000]:
                form = {
                    "document": document,
                    "claim": digest,
                    "verdict": "accepted",
                    "attribution": "seen",
                    "polarity": "seen",
                }
                answer = web.post("/decide", data=form, headers={"origin": server.origin})
                if answer.status_code == 303:
                    acknowledged += 1
                    seen.add(digest)
        server.kill()
        at += 1_000
    with configured(desk.configuration), open_case(desk.folder) as case:
        kept = {row.suggestion for row in case.claims.all() if row.verdicts}
    print(f"{acknowledged} acknowledged, {len(seen & kept)} kept")
    return len(seen - kept)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--claims", type=int, default=1500)
    asked.add_argument("--keys", type=int, default=100)
    asked.add_argument("--kills", type=int, default=0)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if given.kills:
            desk, document = large_desk(folder, claims=given.kills, characters=0)
            lost = kill_and_count(desk, document=document, decisions=given.kills)
            print(f"lost: {lost}")
            return min(lost, 1)
        desk, document = large_desk(folder, claims=given.claims)
        times = measure(desk, document=document, keys=given.keys)
        bare = bare_decisions(desk, count=min(50, given.claims // 2))
    median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"key to next claim: median {median:.0f} ms, 95th percentile {slow:.0f} ms")
    print(f"bare decision: {bare:.1f} ms; the key takes {median / bare:.1f} times as long")
    print(f"load: {os.getloadavg()[0]:.1f}")
    return int(median > MEDIAN_MS or slow > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
