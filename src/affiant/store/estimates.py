"""Estimates that a person kept: what was asked, counted and said, as it stood then."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from affiant.log.canon import canonical
from affiant.store.database import Database
from affiant.store.recorded import Recorded, Table

_TEXTS = ("estimate_id", "linkage", "why", "rule", "tool", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRow:
    """A kept estimate.

    Attributes:
        estimate_id: 32 hex digits.
        linkage: Names the links that its tables were counted from.
        body: Of the entry: ``request``, ``strata``, ``incidents``, ``small_cells``, ``why`` …
        position: Of the entry.
    """

    estimate_id: str
    linkage: str
    body: Mapping[str, Any]
    position: int


class EstimateStore(Table):
    """Reads the estimates that were kept."""

    _ALL = "select estimate_id, linkage, body, position from kept_estimate order by position"

    def all(self) -> list[EstimateRow]:
        """Return every kept estimate, oldest first."""
        return [
            EstimateRow(
                estimate_id=row[0],
                linkage=row[1],
                body=msgspec.json.decode(row[2]),
                position=row[3],
            )
            for row in self._db.execute(self._ALL)
        ]


_KEEP = """
    insert into kept_estimate (estimate_id, linkage, body, position)
    values (:estimate_id, :linkage, :body, :position)
"""


def apply_estimate(db: Database, entry: Recorded) -> None:
    """Project ``estimate.kept/1``."""
    fields = entry.fields or {}
    if not all(isinstance(fields[name], str) for name in _TEXTS):
        raise TypeError("an estimate is told in other than texts")
    for part in (fields["request"], *(stratum["counts"] for stratum in fields["strata"])):
        if not isinstance(part, dict):
            raise TypeError("an estimate lacks its request or a table")
    row = {"estimate_id": fields["estimate_id"], "linkage": fields["linkage"]}
    row |= {"body": canonical(dict(fields)).decode("utf-8"), "position": entry.position}
    db.execute(_KEEP, row)
