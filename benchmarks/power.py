"""Cut the power, kill, and refuse at every write point of a case's life, and count.

    python benchmarks/power.py [cut STATES_EACH | kill | sync | full] ...

``cut N``: at each point the three plain ways in which a disk may be found, and N random ones.
``kill``: a kill at every point. ``sync``: every synchronisation fails (EIO). ``full``: every
other change fails (ENOSPC, then EIO). Points are found by tracing; Linux on x86-64 only.
Without words: ``cut 8 kill sync full``. Exit code 1 where anything was lost or corrupt.
"""

import errno
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT / "src"), str(ROOT / "tests")]  # this file has a package's name

from power.calls import SYNCS  # noqa: E402 - found after the path is set
from power.cut import Tally, judge, live, moments  # noqa: E402
from power.points import Findings, Stage, kill_at, refuse_at, stages  # noqa: E402

MEMORY = Path("/dev/shm")


def cut(place: Path, *, more: int) -> list[str]:
    """Judge every moment of one life."""
    lived, tally, began = live(place / "world"), Tally(), time.monotonic()
    for moment in moments(lived, random=Random(more), more=more):
        judge(moment, folder=place / "found", tally=tally)
    print(
        f"cut: {tally.states} disks, {len(tally.lost)} with a loss, {len(tally.corrupt)} corrupt, "
        f"slowest opening {tally.slowest_s:.3f} s, {time.monotonic() - began:.0f} s"
    )
    print("     " + ", ".join(f"{name} {number}" for name, number in tally.by_step.items()))
    return tally.lost + tally.corrupt


def at_points(what: str, *, place: Path) -> list[str]:
    """Kill, or refuse, at every point of every command."""
    findings, began, life = Findings(), time.monotonic(), stages(place / "stages")
    for stage, number in every(life):
        is_sync = stage.points[number].name in SYNCS
        if what == "kill":
            kill_at(stage, number=number, place=place / "try", findings=findings)
        elif what == "sync" and is_sync:
            refuse_at(stage, number=number, error=errno.EIO, place=place / "try", findings=findings)
        elif what == "full" and not is_sync and stage.points[number].name != "mmap":
            for error in (errno.ENOSPC, errno.EIO):
                refuse_at(stage, number=number, error=error, place=place / "try", findings=findings)
    print(
        f"{what}: {findings.tried} tried, {len(findings.wrong)} wrong, slowest opening "
        f"{findings.slowest_s:.3f} s, {time.monotonic() - began:.0f} s"
    )
    return findings.wrong


def every(life: list[Stage]) -> Iterator[tuple[Stage, int]]:
    """Yield every point of every command."""
    for stage in life:
        for number in range(len(stage.points)):
            yield stage, number


def main(words: list[str]) -> int:
    wrong = []
    waiting = words or ["cut", "8", "kill", "sync", "full"]
    while waiting:
        what = waiting.pop(0)
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
            if what == "cut":
                wrong += cut(Path(place), more=int(waiting.pop(0)))
            else:
                wrong += at_points(what, place=Path(place))
    for line in wrong[:50]:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
