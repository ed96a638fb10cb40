"""Between a claim and the form in which a person changes it."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import FormData

from affiant.errors import BadInputError
from affiant.model.claim import Claim, claim_fields
from affiant.model.quote import Quote
from affiant.model.speaker import Speaker
from affiant.model.vocabulary import SlotName

SPARE: Final = 2
ROWS: Final[dict[str, tuple[str, ...]]] = {
    "counts": ("of", "min", "max", "words", "scope"),
    "involvements": ("name", "role", "side", "strength"),
    "speakers": ("name", "stance", "basis"),
    "quotes": ("slot", "start", "end"),
}
_GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "when": ("edtf", "clock", "words", "basis", "calendar"),
    "where": ("words", "name"),
}
_NUMBERS: Final = frozenset({"min", "max", "start", "end"})


def blank_claim(*, text_digest: str, start: int, exact: str, slot: SlotName = "act") -> Claim:
    """Return a claim that says nothing yet but its words."""
    quote = Quote(
        slot=slot, exact=exact, start=start, end=start + len(exact), text_digest=text_digest
    )
    return Claim(quotes=(quote,), speakers=(Speaker(name=None),), act="killing")


def read_changes(form: FormData, *, claim: Claim, text: str) -> dict[str, Any]:
    """Return the fields of a claim as the form has them; what has no field in it stays.

    Raises:
        BadInputError: A number is none, or the words that are quoted do not stand in the text.
    """
    before = claim_fields(claim)
    changes: dict[str, Any] = {
        "act": _said(form, name="act"),
        "modality": _said(form, name="modality"),
        "method": _said(form, name="method"),
        "denies": _said(form, name="denies"),
    }
    for field, names in ROWS.items():
        changes[field] = _rows(form, field=field, names=names, before=before[field])
    for field, names in _GROUPS.items():
        changes[field] = _group(form, field=field, names=names, before=before[field])
    changes["quotes"] = [_quoted(row, text=text, claim=claim) for row in changes["quotes"]]
    return changes


def _said(form: FormData, *, name: str) -> str | None:
    value = form.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _rows(
    form: FormData, *, field: str, names: tuple[str, ...], before: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the rows of a list that were not emptied or removed."""
    found = []
    for number in range(len(before) + SPARE):
        prefix = f"{field}-{number}-"
        given = {name: _value(form, name=name, prefix=prefix) for name in names}
        fresh = number >= len(before)
        if form.get(f"{prefix}remove") or _is_empty(field, given=given, fresh=fresh):
            continue
        if field == "counts":
            given["words"] = given["words"] or ""
        found.append({**({} if fresh else before[number]), **given})
    return found


def _is_empty(field: str, *, given: Mapping[str, Any], fresh: bool) -> bool:
    """Tell whether a row says nothing; the document's own voice has no name and is somebody."""
    telling = {
        "counts": ("min", "max", "words"),
        "involvements": ("name",),
        "speakers": ("name",) if fresh else ("stance",),
        "quotes": ("start",),
    }[field]
    return all(given[name] is None for name in telling)


def _value(form: FormData, *, name: str, prefix: str) -> str | int | None:
    """Return a field of a row, a number where it is to be one.

    Raises:
        BadInputError: It is none.
    """
    said = _said(form, name=prefix + name)
    if said is None or name not in _NUMBERS:
        return said
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise BadInputError(
            f"{said!r} is no number", remedy="Write it in digits, or leave it empty."
        )
    return int(said)


def _group(
    form: FormData, *, field: str, names: tuple[str, ...], before: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Return the fields of a date or place, None where none says anything."""
    given = {name: _said(form, name=f"{field}-{name}") for name in names}
    if not any(given[name] for name in names if name not in ("basis", "calendar")):
        return None
    changed = before is None or any(given[name] != before.get(name) for name in names)
    if before is not None and not changed:
        return before
    kept = dict(before or {})
    if field == "where" and before and given["name"] != before.get("name"):
        kept |= {"latitude": None, "longitude": None, "precision_m": None}
    return {**kept, **given, "words": given["words"] or ""}


def _quoted(row: Mapping[str, Any], *, text: str, claim: Claim) -> dict[str, Any]:
    """Return a quote with the words that stand at its place in the text.

    Raises:
        BadInputError: The place is none in this text.
    """
    start, end = row["start"], row["end"]
    if end is None or not 0 <= start < end <= len(text):
        raise BadInputError("the quote has no place in the text", remedy="Select the words again.")
    return {
        "slot": row["slot"],
        "start": start,
        "end": end,
        "exact": text[start:end],
        "text_digest": claim.text_digest,
    }
