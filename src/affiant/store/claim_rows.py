"""Claims and the decisions on them: what their entries put into the tables."""

from collections.abc import Mapping
from typing import Any

import msgspec

from affiant.log.canon import canonical
from affiant.store.database import Database
from affiant.store.policies import first_key
from affiant.store.recorded import Recorded
from affiant.store.same_claims import CLAIM_FIELDS, claims_in, content_of, renamed
from affiant.store.senses import sense_of

_ADD_CLAIM = """
    insert or ignore into claim
        (claim_id, suggestion, document_id, text_digest, act, family, start, body, why, sense,
         commitment, position)
    values
        (:claim_id, :suggestion, :document_id, :text_digest, :act, :family, :start, :body, :why,
         :sense, :commitment, :position)
"""
_ADD_DECISION = """
    insert into decision (position, claim_id, reviewer, verdict, why, at, confirmed, reason)
    values (:position, :claim_id, :reviewer, :verdict, :why, :at, :confirmed, :reason)
"""
_ADD_END = """
    insert or replace into claim_end (claim_id, how, by_claim_id, why, position)
    values (:claim_id, :how, :by, :why, :position)
"""
_ADD_READ = """
    insert or ignore into read_through (document_id, text_digest, question, reviewer, position)
    values (:document, :text, :question, :reviewer, :position)
"""
_ADD_REPORTED = """
    insert into reported_decision (position, claim_id, reviewer_name, verdict, why)
    values (:position, :claim_id, :reviewer_name, :verdict, :why)
"""


_SAME = """
    select claim_id, body
    from claim
    where suggestion = :suggestion and document_id = :document_id
    order by position
"""
_KNOWN = """
    select 1 from claim where claim_id = :claim_id
    union all
    select 1 from claim_alias where claim_id = :claim_id
"""
_ADD_ALIAS = """
    insert or ignore into claim_alias (claim_id, of_claim_id, position)
    values (:claim_id, :of_claim_id, :position)
"""
_ALIAS = "select claim_id, of_claim_id from claim_alias where claim_id = :claim_id"


def by_known_names(db: Database, *, entry: Recorded) -> Recorded:
    """Return an entry in which each claim goes by the id that its tables have it under."""
    names: dict[str, str] = {}
    for claim_id in claims_in(entry):
        names.update(db.execute(_ALIAS, {"claim_id": claim_id}))
    return renamed(entry, names=names)


def apply_decision(db: Database, entry: Recorded) -> None:
    """Project ``claim.accepted/1``, ``claim.rejected/1`` and ``claim.unsure/1``.

    The first decision carries the claim; it stays a claim when the decision is taken back.
    Where another came from the same suggestion with the same content, both are one claim.
    """
    fields = entry.fields or {}
    if "quotes" in fields:
        _introduce(db, entry=entry, fields=fields)
        entry = by_known_names(db, entry=entry)
        fields = entry.fields or {}
    if entry.undone:
        return
    decision = {
        "position": entry.position,
        "claim_id": fields["claim_id"],
        "reviewer": first_key(db, public=entry.actor),
        "verdict": entry.kind.removeprefix("claim.").removesuffix("/1"),
        "why": fields["why"],
        "at": entry.at,
        "confirmed": canonical(sorted(fields.get("confirmed") or [])).decode("utf-8"),
        "reason": fields.get("reason"),
    }
    db.execute(_ADD_DECISION, decision)


def _introduce(db: Database, *, entry: Recorded, fields: Mapping[str, Any]) -> None:
    """Project the claim that a first decision carries, or that it is another's second name."""
    claim = {name: fields[name] for name in CLAIM_FIELDS}
    words = [{"slot": quote["slot"], "exact": quote["exact"]} for quote in claim["quotes"]]
    if fields.get("exact_words", words) != words:
        raise ValueError("exact_words are not the words of its quotes")
    row = {
        "claim_id": fields["claim_id"],
        "suggestion": fields["suggestion"],
        "document_id": fields["document"],
        "text_digest": claim["quotes"][0]["text_digest"],
        "act": claim["act"],
        "family": claim["family"],
        "start": min(quote["start"] for quote in claim["quotes"]),
        "body": canonical(claim).decode("utf-8"),
        "why": fields["suggested_because"],
        "sense": sense_of(claim),
        "commitment": entry.commitment,
        "position": entry.position,
    }
    if db.execute(_KNOWN, {"claim_id": row["claim_id"]}):
        return
    for of_claim_id, body in db.execute(
        _SAME, {"suggestion": row["suggestion"], "document_id": row["document_id"]}
    ):
        if content_of(msgspec.json.decode(body)) == content_of(claim):
            names = {"claim_id": row["claim_id"], "of_claim_id": of_claim_id}
            db.execute(_ADD_ALIAS, {**names, "position": entry.position})
            return
    db.execute(_ADD_CLAIM, row)


def apply_end(db: Database, entry: Recorded) -> None:
    """Project ``claim.withdrawn/1`` and ``claim.superseded/1``."""
    fields = entry.fields or {}
    row = {
        "claim_id": fields["claim_id"],
        "how": entry.kind.removeprefix("claim.").removesuffix("/1"),
        "by": fields.get("by"),
        "why": fields["why"],
        "position": entry.position,
    }
    db.execute(_ADD_END, row)


def apply_read_through(db: Database, entry: Recorded) -> None:
    """Project ``document.read_through/1``."""
    fields = entry.fields or {}
    for question in fields["questions"]:
        row = {
            "document": fields["document"],
            "text": fields["text"],
            "question": question,
            "reviewer": first_key(db, public=entry.actor),
            "position": entry.position,
        }
        db.execute(_ADD_READ, row)


def apply_reported(db: Database, entry: Recorded) -> None:
    """Project ``claim.reported/1``: an unsigned decision that the importer passes on."""
    fields = entry.fields or {}
    names = ("claim_id", "reviewer_name", "verdict", "why")
    row = {name: fields[name] for name in names}
    db.execute(_ADD_REPORTED, {**row, "position": entry.position})
