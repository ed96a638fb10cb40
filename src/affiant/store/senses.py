"""What a claim says apart from its words: for telling what a reprint changes."""

from collections.abc import Mapping
from typing import Any

from affiant.log.canon import canonical
from affiant.store.objects import digest_of


def sense_of(fields: Mapping[str, Any]) -> str:
    """Return a digest of act, voices, numbers, date, place and parties of a claim's fields.

    Two claims of the same sense in a document and its reprint are told once; one that gives
    another number, voice, date, place or party is what the reprint changes.
    """
    told = {
        "act": fields["act"],
        "modality": fields["modality"],
        "denied": fields["denies"] is not None,
        "speakers": [[each["name"], each.get("stance")] for each in fields["speakers"]],
        "counts": [
            [count.get(name) for name in ("of", "min", "max", "scope")]
            for count in fields["counts"]
        ],
        "when": (fields["when"] or {}).get("edtf"),
        "where": _place(fields["where"] or {}),
        "parties": sorted(
            [str(party.get("name")), str(party.get("role"))] for party in fields["involvements"]
        ),
    }
    return digest_of(canonical(told)).removeprefix("sha256:")[:32]


def _place(where: Mapping[str, Any]) -> object:
    return where.get("name") or where.get("words")
