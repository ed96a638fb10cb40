"""add and read against the same durable writes and library calls in one loop, interleaved.

    python benchmarks/intake.py FOLDER [RUNS]

FOLDER holds plain files. The loop hashes each original twice, writes original and text
aside, synchronises file and folder, renames, decodes, detects the language, and commits one
row a document to SQLite with full synchronisation in batches of 64. Prints medians and the
ratio of the medians; a ratio of 2 is the goal.
"""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import apsw
from blake3 import blake3

from affiant.box import Box, Limits
from affiant.language.detect import detect
from affiant.log.keys import new_key
from affiant.preserve import Obtained, take_in
from affiant.read import PRELOAD, sniff
from affiant.read.step import read_waiting
from affiant.store import Surroundings, create_case

BATCH = 64


@dataclass(frozen=True)
class Loop:
    """The yardstick: nothing but the durable writes and the library calls."""

    folder: Path

    def run(self, files: list[Path]) -> None:
        db = apsw.Connection(str(self.folder / "rows.db"))
        for sql in (
            "pragma journal_mode = wal",
            "pragma synchronous = full",
            "create table row (digest text, text_digest text, language text)",
        ):
            list(db.execute(sql))
        for at in range(0, len(files), BATCH):
            rows = [self._one(path) for path in files[at : at + BATCH]]
            with db:
                db.executemany("insert into row values (?, ?, ?)", rows)
        db.close()

    def _one(self, path: Path) -> tuple[str, str, str]:
        data = path.read_bytes()
        digest, _ = sha256(data).hexdigest(), blake3(data).hexdigest()
        self._write("originals", digest, data)
        text = data.decode("utf-8", errors="replace")
        encoded = text.encode("utf-8")
        text_digest = sha256(encoded).hexdigest()
        self._write("texts", text_digest, encoded)
        return digest, text_digest, detect(text[:1000])

    def _write(self, name: str, digest: str, data: bytes) -> None:
        folder = self.folder / name / digest[:2]
        if not folder.is_dir():
            folder.mkdir(parents=True)
            sync(folder.parent)
        aside = folder / f".{digest}.part"
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / digest[2:])
        sync(folder)


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def product(folder: Path, files: list[Path]) -> None:
    key = new_key()
    surroundings = Surroundings(configuration=folder / "configuration")
    obtained = Obtained(recognise=lambda head, name: sniff(head, name=name))
    with create_case(
        folder / "case", name="bench", key=key, person="bench", surroundings=surroundings
    ) as case:
        for _ in take_in(case, paths=files, key=key, obtained=obtained):
            pass
        with Box(preload=PRELOAD, limits=Limits()) as box:
            for _ in read_waiting(case, key=key, box=box):
                pass


def main(source: str, runs: int = 5) -> None:
    files = sorted(path for path in Path(source).iterdir() if path.suffix == ".txt")
    detect("A sentence that loads the language model before anything is timed.")
    ours, loop = [], []
    for _ in range(runs):
        for kind, times in (("loop", loop), ("product", ours)):
            with tempfile.TemporaryDirectory() as place:
                began = time.perf_counter()
                if kind == "loop":
                    Loop(Path(place)).run(files)
                else:
                    product(Path(place), files)
                times.append(time.perf_counter() - began)
    first, second = statistics.median(ours), statistics.median(loop)
    print(f"{len(files)} files, {runs} interleaved runs")
    print(f"add + read {first:.2f} s, loop {second:.2f} s, ratio {first / second:.2f}")


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:3]))
