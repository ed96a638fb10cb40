"""Data files for the scripts: JavaScript, because a page in a folder cannot fetch JSON."""

import json
from collections.abc import Mapping

from affiant.publish.pages.marks import MARKS
from affiant.publish.pages.views import (
    EntryProofView,
    EstimateView,
    LogProofView,
    MemberProofView,
    ProofView,
    QuoteProofView,
)


def check_data(proof: ProofView) -> bytes:
    """Return the script that hands a number's proof to the page that checks it."""
    return _script("AFFIANT_CHECK", value=_proof(proof))


def estimate_data(estimate: EstimateView) -> bytes:
    """Return the script that hands a published estimate, and its proof, to its page."""
    value = {"log": _log(estimate.log), "estimate": _entry(estimate.entry)}
    return _script("AFFIANT_CHECK", value=value)


def tables_data(folding: Mapping[str, str]) -> bytes:
    """Return the script with the folding table and the table of visible marks.

    Args:
        folding: Character to replacement; under "" the characters to drop.
    """
    return _script("AFFIANT_TABLES", value={"folding": dict(folding), "marks": MARKS})


def _script(name: str, *, value: object) -> bytes:
    """Return an assignment in ASCII, so that no hidden character stands in a script."""
    return f"window.{name} = {json.dumps(value, indent=1, sort_keys=True)};\n".encode("ascii")


def _proof(proof: ProofView) -> dict[str, object]:
    return {
        "number": {
            "of": proof.counted,
            "min": proof.min,
            "max": proof.max,
            "rule": proof.rule,
        },
        "log": _log(proof.log),
        "members": [_member(member) for member in proof.members],
    }


def _log(log: LogProofView) -> dict[str, object]:
    return {
        "size": log.size,
        "root": log.root,
        "checkpoint": log.checkpoint,
        "origin": log.origin,
    }


def _member(member: MemberProofView) -> dict[str, object]:
    return {
        "claim": member.claim,
        "entry": _entry(member.entry),
        "quotes": [_quote(quote) for quote in member.quotes],
    }


def _entry(entry: EntryProofView) -> dict[str, object]:
    opened = {
        name: {"salt": field.salt, "value": field.value} for name, field in entry.opened.items()
    }
    return {
        "header": entry.header,
        "signature": entry.signature,
        "position": entry.position,
        "fields": dict(entry.fields),
        "opened": opened,
        "path": list(entry.path),
    }


def _quote(quote: QuoteProofView) -> dict[str, object]:
    paragraph = quote.paragraph
    return {
        "slot": quote.slot,
        "exact": quote.exact,
        "paragraph": {
            "index": paragraph.index,
            "count": paragraph.count,
            "text": paragraph.text,
            "start": paragraph.start,
            "salt": paragraph.salt,
            "path": list(paragraph.path),
            "text_entry": _entry(paragraph.text_entry),
        },
    }
