"""Packets: entries signed on another copy of a case, appended with their signatures intact."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from affiant.errors import BadInputError, PersonNeededError
from affiant.log.entry import Entry
from affiant.log.keys import SigningKey
from affiant.model.claim import decode_claim
from affiant.store.case import Case
from affiant.store.projection import APPLY, LASTING
from affiant.store.same_claims import CLAIM_FIELDS

_OF_THIS_COPY = {"estimate.kept/1"}
"""An estimate is counted from the links of the copy that it was made on: make it again here."""

_PORTABLE = APPLY.keys() - LASTING - _OF_THIS_COPY | {"decision.undone/1", "seed.decided/1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What became of a packet's entries.

    Attributes:
        appended: How many are new.
        known: How many this case had already.
    """

    appended: int
    known: int


def export_packet(case: Case, *, actor: str) -> Iterator[str]:
    """Yield the decisions that one key signed, a JSON line each, in order.

    What was obtained is not in a packet: originals and texts travel as files, and both
    copies hold the same ones under the same digests.
    """
    for _, (kind, signer, _), entry in case.logbook.entries():
        if signer == actor and kind in _PORTABLE and entry.salt is not None and entry.body:
            line = {
                "header": entry.header.decode("utf-8"),
                "signature": entry.signature.hex(),
                "body": entry.body.decode("utf-8"),
                "salt": entry.salt.hex(),
            }
            yield json.dumps(line, ensure_ascii=False, sort_keys=True)


def import_packet(case: Case, *, lines: Iterable[str], key: SigningKey) -> Packed:
    """Append a packet's entries as their authors' own decisions, all or none.

    Args:
        case: Open for writing.
        lines: As :func:`export_packet` yields them.
        key: Of whoever imports; it signs the checkpoint, not the entries.

    Raises:
        BadInputError: A line is not an entry, or of a kind that does not travel.
        IntegrityError: A signature or a body is not what was signed.
        PersonNeededError: An author's key is not admitted to this case, or a document
            that the packet quotes is not in it.
    """
    entries = [_read(line, number=number) for number, line in enumerate(lines, start=1)]
    appended = known = 0
    admitted, ended = case.policies.keys(), case.policies.ended_keys()
    with case.writing(key) as pen:
        for entry in entries:
            header = entry.check()
            if header.case != case.case_id:
                raise BadInputError(
                    "the packet is another case's", remedy="Open the case that it was made for."
                )
            if header.kind not in _PORTABLE:
                raise BadInputError(
                    f"{header.kind} does not travel in a packet",
                    remedy="Only decisions do; add documents with 'affiant add'.",
                )
            if header.actor in ended:
                raise PersonNeededError(
                    f"the packet is signed by {header.actor[:16]}…, a key that has ended here",
                    remedy="Have its decisions made again with the key that replaced it.",
                )
            if header.actor not in admitted:
                raise PersonNeededError(
                    f"the packet is signed by {header.actor[:16]}…, who is not admitted here",
                    remedy=f"affiant key admit {header.actor} --name NAME, then import again.",
                )
            if case.logbook.find(header.commitment) is not None:
                known += 1
                continue
            _refuse_loose_quotes(case, fields=entry.fields() or {})
            pen.append(entry)
            appended += 1
        if appended:
            case.rebuild()
    return Packed(appended=appended, known=known)


def _refuse_loose_quotes(case: Case, *, fields: Mapping[str, Any]) -> None:
    """Refuse a claim whose quotes do not stand in a text that this copy holds.

    Raises:
        PersonNeededError: The document, or that text of it, is not here.
        AnchorError: A quote does not stand there.
    """
    if "quotes" not in fields:
        return
    for quote in decode_claim({name: fields.get(name) for name in CLAIM_FIELDS}).quotes:
        holders = {row.document_id for row in case.documents.texts_with(quote.text_digest)}
        if fields.get("document") not in holders:
            raise PersonNeededError(
                f"the packet quotes {fields.get('document')}, which is not read in this copy",
                remedy="Add and read the same documents here, then import again.",
            )
        quote.check(case.text(quote.text_digest))


def _read(line: str, *, number: int) -> Entry:
    """Read one line of a packet."""
    try:
        fields = json.loads(line)
        return Entry(
            header=fields["header"].encode("utf-8"),
            signature=bytes.fromhex(fields["signature"]),
            body=fields["body"].encode("utf-8"),
            salt=bytes.fromhex(fields["salt"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise BadInputError(
            f"line {number} is not an entry of a packet",
            remedy="Ask for the packet again: 'affiant exchange export'.",
        ) from problem


def is_packet(line: str) -> bool:
    """Tell whether a line looks like a signed entry rather than a plain decision."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(fields, dict) and {"header", "signature"} <= fields.keys()
