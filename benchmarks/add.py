"""add against the same writes with the same durability, interleaved.

    python benchmarks/add.py [--files 2000] [--size 2000] [--runs 5]

The loop hashes each file twice, writes it aside, synchronises it, renames it, synchronises its
folder, and commits a row a file to SQLite with full synchronisation in batches of 64: what add
promises, without entries, signatures, tree, projections. Goals: at least half its speed, and
at least 1,000 small files a second on a disk that allows it.
"""

import argparse
import os
import sys
import tempfile
from hashlib import sha256
from itertools import count
from pathlib import Path

import apsw
from blake3 import blake3
from measuring import fill, interleaved, new_case, write_files

BATCH = 64


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def keep(folder: Path, *, path: Path) -> dict[str, str]:
    """Store one file durably; return its row."""
    data = path.read_bytes()
    digest, second = sha256(data).hexdigest(), blake3(data).hexdigest()
    target = folder / digest[:2] / digest[2:]
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True)
        sync(folder)
    aside = folder / ".part"
    with aside.open("wb", buffering=0) as file:
        file.write(data)
        os.fsync(file.fileno())
    aside.replace(target)
    sync(target.parent)
    return {"digest": digest, "second": second}


def loop(folder: Path, *, paths: list[Path]) -> None:
    """Store every file and a row for each."""
    (folder / "originals").mkdir(parents=True)
    db = apsw.Connection(str(folder / "rows.db"))
    for sql in (
        "pragma journal_mode = wal",
        "pragma synchronous = full",
        "create table row (digest text, second text)",
    ):
        list(db.execute(sql))
    for at in range(0, len(paths), BATCH):
        rows = [keep(folder / "originals", path=path) for path in paths[at : at + BATCH]]
        with db:
            db.executemany("insert into row values (:digest, :second)", rows)
    db.close()


def add(folder: Path, *, paths: list[Path]) -> None:
    """Add every file to a new case."""
    with new_case(folder) as case:
        assert fill(case, paths=paths) == len(paths)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=2000)
    asked.add_argument("--size", type=int, default=2000)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, numbers = Path(place), count()
        paths = write_files(folder / "in", count=given.files, size=given.size)
        print(f"{given.files} files of {given.size} bytes, {given.runs} interleaved runs")
        found = interleaved(
            given.runs,
            loop=lambda: loop(folder / f"loop-{next(numbers)}", paths=paths),
            add=lambda: add(folder / f"add-{next(numbers)}", paths=paths),
        )
    print(f"add reaches {found['loop'] / found['add']:.2f} of the loop's speed")
    print(f"add: {given.files / found['add']:.0f} files/s, loop: {given.files / found['loop']:.0f}")


if __name__ == "__main__":
    sys.exit(main())
