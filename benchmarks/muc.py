"""Read incidents from reports with the shipped rules and weights.

Usage: python benchmarks/muc.py --input TEXTS.jsonl --output PREDICTED.jsonl [--processes N]

Input, one report a line: ``docid``, and ``doctext`` in lower case or ``text`` in capitals.
Output: ``docid`` and ``templates`` in the five slots of MUC-4, one mention for each filler.
"""

import argparse
import json
import os
import time
from multiprocessing import Pool
from pathlib import Path

from affiant.claims.learned.incidents import Incident, incidents
from affiant.claims.learned.weights import SLOTS

_AT_ONCE = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    started = time.perf_counter()
    lines = options.input.read_text(encoding="utf-8").splitlines()
    given = [line for line in lines if line.strip()]
    with options.output.open("w", encoding="utf-8") as out, Pool(options.processes) as pool:
        for line in pool.imap(read_line, given, chunksize=_AT_ONCE):
            out.write(line + "\n")
    seconds = time.perf_counter() - started
    speed = len(given) / seconds
    print(f"{len(given)} reports, {speed:.0f} a second in {options.processes} processes")


def read_line(line: str) -> str:
    """Return the line of output for a line of input."""
    report = json.loads(line)
    text = report["doctext"] if "doctext" in report else report["text"]
    return line_of(report["docid"], found=incidents(text))


def line_of(docid: str, *, found: list[Incident]) -> str:
    """Return one line of output."""
    templates = [
        {
            "incident_type": one.kind,
            **{slot: [[mention] for mention in one.fillers[slot]] for slot in SLOTS},
        }
        for one in found
    ]
    return json.dumps({"docid": docid, "templates": templates}, ensure_ascii=False)


if __name__ == "__main__":
    main()
