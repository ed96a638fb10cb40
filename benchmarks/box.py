"""What confinement costs: milliseconds a file, from bytes to checked reading.

    python benchmarks/box.py [--jobs 60]

Each file is read in a fresh fork of one warm, confined process; plain UTF-8 text is read in
process. Goals: at most 20 ms a file for formats of text alone, at most 50 ms for the others.
The start of the box is counted apart: it is paid once a run.
"""

import argparse
import statistics
import sys
import time
from io import BytesIO
from zipfile import ZipFile

from affiant.box import Box, Limits
from affiant.errors import UnreadableError
from affiant.read import PRELOAD, read_confined
from affiant.read.samples import samples

TEXT_ONLY = {"text/plain", "text/html", "message/rfc822", "text/csv", "application/json"}


def larger() -> list[tuple[str, bytes]]:
    """Return documents of an ordinary size beside the smallest ones."""
    page = b"<html><head><title>Long</title></head><body>" + b"<p>Words of a page.</p>" * 2000
    mail = b"From: a@example.org\r\nSubject: Long\r\n\r\n" + b"Words of a letter.\r\n" * 2000
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for number in range(40):
            archive.writestr(f"{number}.txt", f"Letter {number}.\n" * 50)
    return [
        ("text/html", page + b"</body></html>"),
        ("message/rfc822", mail),
        ("application/zip", packed.getvalue()),
    ]


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--jobs", type=int, default=60)
    given = asked.parse_args()
    with Box(preload=PRELOAD, limits=Limits()) as box:
        began = time.perf_counter()
        documents = [*samples(), *larger()]
        read_confined(box, data=b"caf\xe9", media_type="text/plain")
        print(f"start of the box, once: {1000 * (time.perf_counter() - began):.0f} ms")
        for media_type, data in documents:
            times, isolation = [], ""
            for _ in range(given.jobs):
                began = time.perf_counter()
                try:
                    isolation = read_confined(box, data=data, media_type=media_type)[1]
                except UnreadableError as problem:
                    isolation = f"unread: {problem.code}"
                times.append(1000 * (time.perf_counter() - began))
            goal = 20 if media_type in TEXT_ONLY else 50
            median = statistics.median(times)
            verdict = "within" if median <= goal else "ABOVE"
            print(
                f"{media_type[-40:]:>42} {len(data):>7} bytes: {median:6.1f} ms "
                f"({verdict} {goal}), {isolation}"
            )


if __name__ == "__main__":
    sys.exit(main())
