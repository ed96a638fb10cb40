"""Every recorded act as one reviewer may see it, and the taking back of one."""

import json
from collections.abc import Sequence
from typing import Any

from affiant.errors import NotFoundError, WrongUseError
from affiant.log.keys import SigningKey
from affiant.store import Case
from affiant.store.claims import ClaimRow
from affiant.store.projection import LASTING
from affiant.store.recorded import Recorded


def list_acts(
    case: Case, *, reviewer: str | None, about: str | None = None
) -> list[dict[str, Any]]:
    """Return recorded acts in the stable shape of ``history --json``, oldest first.

    Args:
        case: The case.
        reviewer: First public key of whoever asks: others' verdicts on what they have not
            decided stay hidden. None hides nothing.
        about: Only acts that name this id.
    """
    names = case.policies.keys()
    entries = list(case.logbook.recorded())
    own = {
        actor
        for actor in {entry.actor for entry in entries}
        if case.policies.person_of(actor) == reviewer
    }
    others = [entry for entry in entries if entry.actor not in own]
    blind = _blind(others, claims=_hidden(case, reviewer=reviewer))
    return [
        _row(entry, names=names, blind=entry.commitment in blind)
        for entry in entries
        if about is None or _names(entry, about=about, blind=entry.commitment in blind)
    ]


def take_back_act(case: Case, *, commitment: str, why: str, key: SigningKey) -> Recorded:
    """Take a decision back by a later entry; return what it was. Both stay in the log.

    Raises:
        NotFoundError: The beginning of a commitment means no entry, or several.
        WrongUseError: What was obtained cannot be taken back.
    """
    entry = _find(case, commitment=commitment)
    if entry.kind in LASTING:
        raise WrongUseError(
            f"{entry.kind} is not a decision that can be taken back",
            remedy="What was obtained stays; erase it with 'affiant protect erase'.",
        )
    with case.writing(key) as pen:
        pen.record("decision.undone/1", body={"commitment": entry.commitment, "why": why})
        case.rebuild()
    return entry


def _hidden(case: Case, *, reviewer: str | None) -> set[str]:
    """Return the claims that the asking reviewer must decide on blind."""
    rows: list[ClaimRow] = case.claims.all()
    return {row.claim_id for row in rows if reviewer and reviewer not in row.verdicts}


def _blind(entries: Sequence[Recorded], *, claims: set[str]) -> set[str]:
    """Return the commitments of the entries that say what others decided on these claims."""
    found = {
        entry.commitment
        for entry in entries
        if entry.kind.startswith("claim.") and (entry.fields or {}).get("claim_id") in claims
    }
    return found | {
        entry.commitment
        for entry in entries
        if entry.kind == "decision.undone/1" and (entry.fields or {}).get("commitment") in found
    }


def _names(entry: Recorded, *, about: str, blind: bool) -> bool:
    """Tell whether an entry names an id; a hidden one tells nothing but its claim."""
    fields = entry.fields or {}
    told = {"claim_id": fields.get("claim_id")} if blind else fields
    return about in json.dumps(told, ensure_ascii=False) + entry.commitment


def _row(entry: Recorded, *, names: dict[str, str], blind: bool) -> dict[str, Any]:
    """Describe one entry."""
    fields = entry.fields
    return {
        "position": entry.position,
        "at": entry.at,
        "by": names.get(entry.actor, entry.actor[:16]),
        "kind": "claim.decided (hidden until you decide)" if blind else entry.kind,
        "commitment": entry.commitment,
        "undone": None if blind else entry.undone,
        "erased": fields is None,
        "why": None if blind else (fields or {}).get("why"),
    }


def _find(case: Case, *, commitment: str) -> Recorded:
    """Return the one entry whose commitment begins so."""
    found = [
        entry
        for entry in case.logbook.recorded()
        if len(commitment) >= 8 and entry.commitment.startswith(commitment)
    ]
    if len(found) != 1:
        raise NotFoundError(
            f"{commitment!r} means {len(found)} entries",
            remedy="Give at least eight digits of a commitment that 'affiant history' shows.",
        )
    return found[0]
