"""Captures a second against a site on this machine, and the memory that a large file takes.

    python benchmarks/capture.py [MEGABYTES]

Prints captures a second of a small page (each an archive kept durably and an entry signed), and the
peak memory of a capture of MEGABYTES (300), by ``wait4`` of a process of its own.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from flows.desk import Desk, new_desk
from flows.website import Site, running_site


def rate(desk: Desk, site: Site, *, count: int) -> float:
    addresses = [site.url(f"/plain?{number}") for number in range(count)]
    began = time.perf_counter()
    desk.run("capture", *addresses, "--allow", site.authority, "--delay", "0", "--json")
    return count / (time.perf_counter() - began)


def peak(desk: Desk, site: Site, *, path: str) -> tuple[float, float]:
    began = time.perf_counter()
    running = desk.start("capture", site.url(path), "--allow", site.authority, "--json")
    print(running.stdout.read().strip()[:300])
    _, _, used = os.wait4(running.pid, 0)
    running.returncode = 0
    return used.ru_maxrss / 1024, time.perf_counter() - began


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder, running_site() as site:
        desk = new_desk(Path(folder))
        print(f"{rate(desk, site, count=200):.1f} captures a second")
        little, _ = peak(desk, site, path="/plain")
        large, seconds = peak(desk, site, path=f"/big?size={megabytes * 1_000_000}")
        print(f"peak {little:.0f} MiB for a small page")
        print(f"peak {large:.0f} MiB for {megabytes} MB, in {seconds:.1f} s")


if __name__ == "__main__":
    main()
