"""When two people decided on one suggestion apart from each other: one claim, two ids.

Each copy of a case gives the claim an id of its own. The id that stands first in the log is
the claim's; the other becomes another name for it, and whatever is said of the one is said of
the other. That holds only where both decisions carry the same content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from affiant.store.recorded import Recorded

CLAIM_FIELDS: Final = (
    "quotes",
    "speakers",
    "act",
    "family",
    "modality",
    "method",
    "involvements",
    "counts",
    "when",
    "where",
    "characterisations",
    "denies",
    "language",
    "origin",
    "inferred",
)
CLAIM_DECISIONS: Final = frozenset({"claim.accepted/1", "claim.rejected/1", "claim.unsure/1"})


def content_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a claim says: its fields, without where its quotes stand on pages."""
    found = {name: fields[name] for name in CLAIM_FIELDS}
    found["quotes"] = [
        {name: value for name, value in quote.items() if name != "region"}
        for quote in found["quotes"]
    ]
    return found


def aliases(entries: Iterable[Recorded]) -> dict[str, str]:
    """Return each further id of a claim to the id that it goes by.

    Args:
        entries: All entries of a case, in order; what cannot be read is passed over.
    """
    known: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    introduced: set[str] = set()
    found: dict[str, str] = {}
    for entry in entries:
        fields = entry.fields or {}
        if entry.kind not in CLAIM_DECISIONS or "quotes" not in fields:
            continue
        claim_id, suggestion = str(fields["claim_id"]), fields.get("suggestion")
        if claim_id in introduced:
            continue
        introduced.add(claim_id)
        if not suggestion:
            continue
        content, document = content_of(fields), str(fields["document"])
        others = known.setdefault(str(suggestion), [])
        same = [of for of, where, said in others if where == document and said == content]
        if same:
            found[claim_id] = same[0]
        else:
            others.append((claim_id, document, content))
    return found


def claims_in(entry: Recorded) -> set[str]:
    """Return the ids of claims that an entry names."""
    fields = entry.fields or {}
    found = [fields.get("claim_id"), fields.get("by")]
    if isinstance(fields.get("claim_ids"), list):
        found += fields["claim_ids"]
    if entry.kind == "person.joined/1" and isinstance(fields.get("mentions"), list):
        found += [mention["claim_id"] for mention in fields["mentions"]]
    return {each for each in found if isinstance(each, str)}


def renamed(entry: Recorded, *, names: Mapping[str, str]) -> Recorded:
    """Return an entry in which every further id of a claim is the id that it goes by."""
    fields = entry.fields
    if fields is None or not names:
        return entry
    changed: dict[str, Any] = {}
    for name in ("claim_id", "by"):
        if isinstance(fields.get(name), str) and fields[name] in names:
            changed[name] = names[fields[name]]
    if isinstance(fields.get("claim_ids"), list):
        ids = [names.get(each, each) for each in fields["claim_ids"]]
        changed["claim_ids"] = list(dict.fromkeys(ids))
    if entry.kind == "person.joined/1" and fields.get("mentions"):
        changed["mentions"] = [
            {**mention, "claim_id": names.get(mention["claim_id"], mention["claim_id"])}
            for mention in fields["mentions"]
        ]
    if not changed:
        return entry
    return replace(entry, fields=type(fields)({**fields, **changed}))
