"""Which entry a person wants proved, and what of it they may open."""

import re
from collections.abc import Sequence

from affiant.cli.documents import document_named
from affiant.cli.settings import Settings
from affiant.errors import NotFoundError, PersonNeededError
from affiant.store import Case

_LEAST = 8


def entry_named(case: Case, *, item: str) -> str:
    """Return the commitment of the entry that recorded an item.

    An item is a position in the log, the beginning of a commitment or of a claim's id, or a
    document by id or name.

    Raises:
        NotFoundError: It means no entry, or several.
    """
    if re.fullmatch(r"[0-9]{1,7}", item):
        return _at(case, position=int(item), item=item)
    found = case.logbook.commitments(item) if len(item) >= _LEAST else []
    found += [row.commitment for row in case.claims.matching(item)] if len(item) >= _LEAST else []
    if not found:
        document = case.documents.find(document_named(case, key=item))
        return _at(case, position=document.position if document else -1, item=item)
    if len(set(found)) != 1:
        raise _many(item, number=len(set(found)))
    return found[0]


def _at(case: Case, *, position: int, item: str) -> str:
    """Return the commitment of the entry at a position."""
    if not 0 <= position < case.logbook.checkpoint().head.size:
        raise _many(item, number=0)
    return case.logbook.at(position).read_header().commitment


def _many(item: str, *, number: int) -> NotFoundError:
    return NotFoundError(
        f"{item!r} means {number} entries",
        remedy="Give a position or a commitment that 'affiant history list' shows, or a document.",
    )


def fields_to_open(names: Sequence[str]) -> tuple[str, ...] | None:
    """Return the fields that are opened: None for all of them."""
    return None if "all" in names else tuple(names)


def refuse_blind(settings: Settings, *, case: Case, commitment: str) -> None:
    """Refuse to open what others decided on a claim that the asking reviewer has not.

    Raises:
        PersonNeededError: The reviewer must decide first.
    """
    reviewer, found = settings.key_or_none(), case.logbook.find(commitment)
    fields = (found[1].fields() or {}) if found else {}
    if "commitment" in fields:
        undone = case.logbook.find(str(fields["commitment"]))
        fields = (undone[1].fields() or {}) if undone else {}
    for row in case.claims.matching(str(fields.get("claim_id") or "")) if reviewer else []:
        if row.claim_id == fields.get("claim_id") and reviewer not in row.verdicts:
            raise PersonNeededError(
                "you have not decided on this claim: what others decided stays closed to you",
                remedy="Decide first, or prove the entry without --open.",
            )
