"""Captures a second against a site on this machine, and the memory that a large file takes.

    python benchmarks/capture.py [MEGABYTES]

Prints captures a second of a small page (each an archive kept durably and an entry signed), and the
peak memory of a capture of MEGABYTES (300): of the command and of each process that it started, the
largest first, as ``/proc`` has it.
"""

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


def peak(desk: Desk, site: Site, *, path: str) -> tuple[list[int], float]:
    """Return the peaks (MiB) of the command and of the processes that it started, and seconds."""
    began = time.perf_counter()
    running = desk.start("capture", site.url(path), "--allow", site.authority, "--json")
    peaks: dict[int, int] = {}
    while running.poll() is None:
        for pid in (running.pid, *_children(running.pid)):
            peaks[pid] = max(peaks.get(pid, 0), _peak_mib(pid))
        time.sleep(0.02)
    running.communicate()
    return sorted(peaks.values(), reverse=True), time.perf_counter() - began


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in found.read_text().split()] if found.exists() else []


def _peak_mib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0  # it ended meanwhile
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder, running_site() as site:
        desk = new_desk(Path(folder))
        print(f"{rate(desk, site, count=200):.1f} captures a second")
        little, _ = peak(desk, site, path="/plain")
        large, seconds = peak(desk, site, path=f"/big?size={megabytes * 1_000_000}")
        print(f"peaks {little} MiB for a small page")
        print(f"peaks {large} MiB for {megabytes} MB, in {seconds:.1f} s")


if __name__ == "__main__":
    main()
