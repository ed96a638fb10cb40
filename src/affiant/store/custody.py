"""The custody events of an original, as recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from affiant.store.recorded import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyRow:
    """One custody event.

    Attributes:
        position: The entry that recorded it.
        event: ``added``, ``captured``, or one of ``model.custody.CUSTODY_EVENTS``.
        name: File name then, escaped.
        path: Path then, escaped; empty where the event has none.
        source: From whom, or None.
        how: On which way, or None.
        conditions: On which conditions, or None.
        held_at: Where the original is, or None.
        received: When it was received or the event was, EDTF, or None.
        detail: What else was noted: of a capture, its whole account.
        at: Host time of whoever recorded it, UTC.
        actor: Public key of whoever recorded it.
    """

    position: int
    event: str
    name: str
    path: str
    source: str | None
    how: str | None
    conditions: str | None
    held_at: str | None
    received: str | None
    detail: Mapping[str, Any]
    at: str
    actor: str


class CustodyStore(Table):
    """Reads custody events."""

    _EVENTS = """
        select position, event, name, path, obtained_from, how, conditions, held_at, received,
               detail, at, actor
        from custody
        where digest = :digest
        order by position
    """

    def events(self, digest: str) -> list[CustodyRow]:
        """Return what happened to an original, in the order in which it was recorded."""
        return [_row(row) for row in self._db.execute(self._EVENTS, {"digest": digest})]


def _row(row: tuple[Any, ...]) -> CustodyRow:
    fields = dict(zip(CustodyRow.__slots__, row, strict=True))
    detail = fields["detail"]
    fields["detail"] = msgspec.json.decode(detail) if detail else {}
    return CustodyRow(**fields)
