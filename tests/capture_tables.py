"""Published capture tables, and what has to come of them. Sources: PROVENANCE.md beside them."""

import csv
import json
from pathlib import Path
from typing import Any

from affiant.estimate.table import CaptureTable, from_patterns

DATA = Path(__file__).parent / "unit" / "estimate" / "data"


def published(name: str) -> CaptureTable:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return from_patterns(csv.reader(file))


def exact() -> list[dict[str, Any]]:
    entries = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["entries"]
    return [entry for entry in entries if entry["kind"] == "exact"]
