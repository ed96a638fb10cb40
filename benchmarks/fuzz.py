"""Read thousands of mutated files through the box as the product does, and count what comes of it.

    python benchmarks/fuzz.py --format pdf [--number 10000] [--seed 1]
    python benchmarks/fuzz.py --list

Each file is a kind sample with bytes flipped, cut, doubled, spliced with another sample's,
lengths edited, or words put in that break parsers; of formats that are archives the parts
are mutated as well and packed again. Counted: read, refused by code, children that broke
down (contained), files that took longer than 30 s; and what must be nought: a box that was
lost, an answer that was not believed, an original that is not what it was.
"""

import argparse
import random
import struct
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT / "src"), str(ROOT / "tests")]  # tests/ has the makers of samples

from affiant.box import Box  # noqa: E402 - found after the path is set
from affiant.errors import UnreadableError  # noqa: E402
from affiant.read import PRELOAD, read_confined, sniff  # noqa: E402
from affiant.read.codes import UNREADABLE  # noqa: E402
from affiant.store.objects import ObjectStore  # noqa: E402
from hostile.fuzzing import SAMPLES, WORDS  # noqa: E402
from hostile.test_table import Watcher  # noqa: E402

LONGEST_S = 30.0
KEPT_EVERY = 10


@dataclass
class Count:
    """What came of the files of one format."""

    ends: Counter[str] = field(default_factory=Counter)
    slow: int = 0
    lost_boxes: int = 0
    lost_originals: int = 0
    longest_s: float = 0.0


def mutate(data: bytes, *, chance: random.Random, other: bytes) -> bytes:
    """Return data with one to many mutations."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        chance.choice(MUTATIONS)(out, chance, other)
    return bytes(out)


def _flip(out: bytearray, chance: random.Random, other: bytes) -> None:
    if out:
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _put_byte(out: bytearray, chance: random.Random, other: bytes) -> None:
    if out:
        out[chance.randrange(len(out))] = chance.randrange(256)


def _cut(out: bytearray, chance: random.Random, other: bytes) -> None:
    at = chance.randrange(len(out) + 1)
    del out[at : at + chance.choice((1, 8, 64, 512))]


def _truncate(out: bytearray, chance: random.Random, other: bytes) -> None:
    if chance.random() < 0.2:
        del out[chance.randrange(len(out) + 1) :]


def _double(out: bytearray, chance: random.Random, other: bytes) -> None:
    at, length = chance.randrange(len(out) + 1), chance.choice((4, 32, 256))
    out[at:at] = bytes(out[at : at + length]) * chance.choice((1, 3, 50))


def _splice(out: bytearray, chance: random.Random, other: bytes) -> None:
    at, start = chance.randrange(len(out) + 1), chance.randrange(len(other) + 1)
    out[at:at] = other[start : start + chance.choice((8, 64, 512))]


def _word(out: bytearray, chance: random.Random, other: bytes) -> None:
    at = chance.randrange(len(out) + 1)
    out[at:at] = chance.choice(WORDS)


def _length(out: bytearray, chance: random.Random, other: bytes) -> None:
    """Write a number over what may be a length."""
    number = chance.choice((0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF))
    form = chance.choice(("<H", ">H", "<I", ">I"))
    packed = struct.pack(form, number & (0xFFFF if form[1] == "H" else 0xFFFFFFFF))
    at = chance.randrange(len(out) + 1)
    out[at : at + len(packed)] = packed


def _digits(out: bytearray, chance: random.Random, other: bytes) -> None:
    """Write a number over a number that stands in figures."""
    places = [at for at, byte in enumerate(out) if 0x30 <= byte <= 0x39]
    if places:
        at = chance.choice(places)
        out[at : at + 1] = chance.choice((b"0", b"-1", b"9" * 12, b"65536", b"1e9"))


MUTATIONS: tuple[Callable[[bytearray, random.Random, bytes], None], ...] = (
    *(_flip, _put_byte, _cut, _truncate, _double, _splice, _word, _length, _digits),
)


def mutate_parts(data: bytes, *, chance: random.Random, other: bytes) -> bytes:
    """Return an archive some of whose parts are mutated, packed again; now and then as bytes."""
    if chance.random() < 0.3:
        return mutate(data, chance=chance, other=other)
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as packed:
        entries = source.infolist()
        changed = chance.sample(entries, k=min(len(entries), chance.choice((1, 1, 2))))
        for entry in entries:
            content = source.read(entry)
            if entry in changed:
                content = mutate(content, chance=chance, other=other)
            packed.writestr(entry.filename, content, entry.compress_type)
    return target.getvalue()


def fuzz(name: str, *, number: int, seed: int) -> bool:
    """Fuzz one format, print its line, and tell whether nothing was lost."""
    samples, suffix = SAMPLES[name], f"WhatsApp {name}.{name.partition('-')[0]}"
    chance, count, began = random.Random(f"{name} {seed}"), Count(), time.monotonic()
    change = mutate_parts if samples[0].startswith(b"PK") else mutate
    with TemporaryDirectory() as place, Box(PRELOAD) as box, Watcher() as watcher:
        store = ObjectStore(Path(place) / "originals")
        isolation = box.isolation
        for at in range(number):
            data = change(chance.choice(samples), chance=chance, other=chance.choice(samples))
            digest = store.keep(data) if at % KEPT_EVERY == 0 else None
            one(data, name=suffix, box=box, count=count)
            if digest is not None and store.read(digest) != data:
                count.lost_originals += 1
    show(name, seed=seed, count=count, seconds=time.monotonic() - began)
    print(f"    {isolation}, a child at most {watcher.most >> 20} MiB", flush=True)
    return not count.lost_boxes and not count.lost_originals and not count.ends["bad_reply"]


def one(data: bytes, *, name: str, box: Box, count: Count) -> None:
    """Read one file and count what came of it."""
    began = time.monotonic()
    try:
        reading, _ = read_confined(box, data=data, media_type=sniff(data, name=name))
        count.ends["read" if reading.extraction or reading.members else "nothing"] += 1
    except UnreadableError as problem:
        assert problem.code in UNREADABLE
        count.ends[problem.code] += 1
    except OSError:
        count.lost_boxes += 1
    took = time.monotonic() - began
    count.longest_s = max(count.longest_s, took)
    count.slow += took > LONGEST_S


def show(name: str, *, seed: int, count: Count, seconds: float) -> None:
    """Print what came of one format."""
    total = sum(count.ends.values())
    ends = ", ".join(f"{code} {number}" for code, number in count.ends.most_common())
    print(
        f"{name} (seed {seed}): {total} files in {seconds:.0f} s; {ends}; "
        f"longest {count.longest_s:.1f} s, over {LONGEST_S:.0f} s: {count.slow}; "
        f"boxes lost {count.lost_boxes}, originals lost {count.lost_originals}",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--format", action="append", choices=sorted(SAMPLES))
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    if given.list:
        print("\n".join(sorted(SAMPLES)))
        return 0
    names = given.format or sorted(SAMPLES)
    whole = [fuzz(name, number=given.number, seed=given.seed) for name in names]
    return 0 if all(whole) else 1


if __name__ == "__main__":
    sys.exit(main())
