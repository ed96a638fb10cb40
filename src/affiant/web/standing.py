"""How far each document is: waits, read, decided on, read through."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from affiant.claims.review import Listed, list_claims
from affiant.language.folding import fold
from affiant.store.case import Case
from affiant.store.documents import DocumentRow

STATES: Final[Mapping[str, str]] = {
    "waits_to_be_read": "waits to be read",
    "not_read": "could not be read",
    "holds_parts": "holds other documents",
    "page_file": "belongs to a saved page",
    "suggested": "claims wait for you",
    "read": "read; no claim as yet",
    "reviewed": "all its claims decided by you",
    "read_through": "read through by you",
}
"""State to its words."""

_PARTS: Final = {"container": "holds_parts", "page_file": "page_file"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One document in the list.

    Attributes:
        document: Its id.
        name: Its name, escaped.
        media_type: As recognised.
        size: Bytes.
        state: One of the closed list.
        code: Why it was not read, or None.
        claims: How many claims and suggestions the reviewer may see.
        waiting: How many of them the reviewer has not decided.
        read_for: For how many questions the reviewer read it through.
        has_text: Whether there is a text to review.
    """

    document: str
    name: str
    media_type: str
    size: int
    state: str
    code: str | None
    claims: int
    waiting: int
    read_for: int
    has_text: bool

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What is asked once for all documents."""

    texts: set[str]
    codes: Mapping[str, str]
    claims: Mapping[str, list[Listed]]
    read_for: Mapping[str, int]


def see_standing(case: Case, *, reviewer: str) -> list[Standing]:
    """Return every document of the case, in the order in which they came."""
    claims: dict[str, list[Listed]] = {}
    for item in list_claims(case, reviewer=reviewer):
        claims.setdefault(item.document, []).append(item)
    through = case.claims.read_through()
    seen = _Seen(
        texts={text.document_id for text in case.documents.texts()},
        codes=case.documents.codes(),
        claims=claims,
        read_for=Counter(document for (document, _), by in through.items() if reviewer in by),
    )
    return [_standing(row, seen=seen) for row in case.documents.all()]


def _standing(row: DocumentRow, *, seen: _Seen) -> Standing:
    """Return how far one document is."""
    items = seen.claims.get(row.document_id, [])
    waiting = sum(item.verdict is None for item in items)
    has_text = row.document_id in seen.texts
    code = None if has_text else seen.codes.get(row.document_id)
    read_for = seen.read_for.get(row.document_id, 0)
    return Standing(
        document=row.document_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        state=_read_state(waiting, claims=len(items), read_for=read_for)
        if has_text
        else _unread_state(code),
        code=code,
        claims=len(items),
        waiting=waiting,
        read_for=read_for,
        has_text=has_text,
    )


def _unread_state(code: str | None) -> str:
    return "waits_to_be_read" if code is None else _PARTS.get(code, "not_read")


def _read_state(waiting: int, *, claims: int, read_for: int) -> str:
    if waiting:
        return "suggested"
    if read_for:
        return "read_through"
    return "reviewed" if claims else "read"


def choose(rows: list[Standing], *, name: str, state: str) -> list[Standing]:
    """Return the documents whose name holds these words in any spelling, in this state."""
    wanted = fold(name).split()
    return [
        row
        for row in rows
        if (not state or row.state == state) and all(word in fold(row.name) for word in wanted)
    ]
