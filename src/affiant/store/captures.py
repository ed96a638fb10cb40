"""Captures: addresses that were fetched, and the archives that hold what came of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from affiant.store.recorded import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRow:
    """One capture.

    Attributes:
        document_id: Of its archive.
        name: File name of the archive.
        at: When it was recorded, by the host's clock.
        detail: What was recorded of it; empty where it was erased.
    """

    document_id: str
    name: str
    at: str
    detail: dict[str, Any]


class CaptureStore(Table):
    """Reads the captures of a case."""

    _ALL = """
        select digest, name, at, detail
        from custody
        where event = 'captured'
        order by position
    """

    def all(self) -> Iterator[CaptureRow]:
        """Yield every capture, oldest first."""
        for digest, name, at, detail in self._db.execute(self._ALL):
            found = json.loads(detail) if detail else {}
            yield CaptureRow(document_id=digest, name=name, at=at, detail=found)

    def addresses(self) -> frozenset[str]:
        """Return the addresses that were captured; those of failed captures are not."""
        return frozenset(
            row.detail["asked"] for row in self.all() if row.detail.get("outcome") == "captured"
        )
