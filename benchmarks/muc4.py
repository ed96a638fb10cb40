"""How many real news reports get a suggestion of the families that their key holds.

Usage: python benchmarks/muc4.py DEV.jsonl [--documents N] [--show N] [--misses N]

The reports are those of MUC-4 (news in capitals, 1988 to 1991), one JSON object a line with
``docid``, ``text`` and ``templates``. DEATH stands for a killing, INJURY for a wounding, and
the incident type KIDNAPPING for a taking; only human victims count.
"""

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from affiant.claims import suggest

_FAMILIES = ("killing", "wounding", "taking")


def main() -> None:
    options = _options()
    lines = options.data.read_text(encoding="utf-8").splitlines()[: options.documents]
    reports = [json.loads(line) for line in lines]
    wanted: Counter[str] = Counter()
    got: Counter[str] = Counter()
    any_wanted = any_got = empty = empty_got = total = 0
    misses, without = [], []
    started = time.perf_counter()
    for report in reports:
        found = suggest(report["text"], text_digest="sha256:" + "0" * 64)
        total += len(found)
        families = {suggestion.claim.family for suggestion in found}
        key = _families_of(report)
        wanted.update(key)
        got.update(key & families)
        any_wanted += bool(key)
        any_got += bool(key) and key <= families
        misses.extend((report["docid"], family) for family in sorted(key - families))
        if not report["templates"]:
            empty += 1
            empty_got += bool(families & set(_FAMILIES))
            if families & set(_FAMILIES):
                without.append((report["docid"], found))
    seconds = time.perf_counter() - started
    size = sum(len(report["text"]) for report in reports)
    for family in _FAMILIES:
        share = 100 * got[family] / max(wanted[family], 1)
        print(f"{family:10} {got[family]:4} of {wanted[family]:4} reports  {share:5.1f} %")
    share = 100 * got.total() / max(wanted.total(), 1)
    print(f"together   {got.total():4} of {wanted.total():4}          {share:5.1f} %")
    print(f"reports with such a key: {any_wanted}, every family of it found: {any_got}")
    print(f"reports without a template: {empty}, with a suggestion all the same: {empty_got}")
    print(f"suggestions a report: {total / len(reports):.1f}")
    print(f"{len(reports) / seconds:.0f} reports/s, {size / seconds / 1000:.0f} kB/s")
    for docid, family in misses[: options.misses]:
        print("missed", docid, family)
    for docid, found in without[:: max(len(without) // max(options.show, 1), 1)][: options.show]:
        for suggestion in found[:2]:
            words = " ".join(suggestion.claim.quotes[0].exact.split())[:110]
            print("without", docid, suggestion.claim.act, suggestion.claim.modality, "|", words)


def _families_of(report: dict[str, list[dict[str, list]]]) -> set[str]:
    """Return the families that the key of a report holds for human victims."""
    found = set()
    for template in report["templates"]:
        effects = {
            alternate
            for filler in template["hum_tgt_effect_of_incident"]
            for alternate in filler["alternates"]
        }
        if "DEATH" in effects:
            found.add("killing")
        if "INJURY" in effects:
            found.add("wounding")
        if "KIDNAPPING" in template["incident_type"]:
            found.add("taking")
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--misses", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
