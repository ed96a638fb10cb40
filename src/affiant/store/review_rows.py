"""How people reviewed: what the entries about it put into the tables."""

from affiant.log.canon import canonical
from affiant.store.database import Database
from affiant.store.policies import first_key
from affiant.store.recorded import Recorded
from affiant.store.same_claims import CLAIM_FIELDS
from affiant.store.senses import sense_of

_SETTLE = """
    insert or replace into settlement (claim_id, reviewer, verdict, why, position)
    values (:claim_id, :reviewer, :verdict, :why, :position)
"""
_ADD_READING = """
    insert into blind_reading
        (position, document_id, text_digest, start, stop, claim_ids, reviewer)
    values (:position, :document_id, :text_digest, :start, :stop, :claim_ids, :reviewer)
"""
_ADD_SEED = """
    insert into seed_decision (position, suggestion, document_id, how, verdict, caught, reviewer)
    values (:position, :suggestion, :document_id, :how, :verdict, :caught, :reviewer)
"""
_ADD_CODING = """
    insert or ignore into coding
        (digest, document_id, text_digest, start, body, why, sense, coded_by, position)
    values
        (:digest, :document_id, :text_digest, :start, :body, :why, :sense, :coded_by, :position)
"""


def apply_settlement(db: Database, entry: Recorded) -> None:
    """Project ``claim.settled/1``; the newest stands for its claim."""
    fields = entry.fields or {}
    if fields["verdict"] not in ("accepted", "rejected", "unsure"):
        raise ValueError("a disagreement is settled by a verdict")
    row = {name: fields[name] for name in ("claim_id", "verdict", "why")}
    row["reviewer"] = first_key(db, public=entry.actor)
    db.execute(_SETTLE, {**row, "position": entry.position})


def apply_blind_reading(db: Database, entry: Recorded) -> None:
    """Project ``passage.read_blind/1``."""
    fields = entry.fields or {}
    row = {
        "position": entry.position,
        "document_id": fields["document"],
        "text_digest": fields["text"],
        "start": fields["start"],
        "stop": fields["end"],
        "claim_ids": canonical(fields["claim_ids"]).decode("utf-8"),
        "reviewer": first_key(db, public=entry.actor),
    }
    db.execute(_ADD_READING, row)


def apply_seed_decision(db: Database, entry: Recorded) -> None:
    """Project ``seed.decided/1``: never a claim, whatever the verdict on it was."""
    fields = entry.fields or {}
    row = {
        "position": entry.position,
        "suggestion": fields["suggestion"],
        "document_id": fields["document"],
        "how": fields["how"],
        "verdict": fields["verdict"],
        "caught": int(fields["caught"]),
        "reviewer": first_key(db, public=entry.actor),
    }
    db.execute(_ADD_SEED, row)


def apply_coding(db: Database, entry: Recorded) -> None:
    """Project ``coding.taken_in/1``: a claim that somebody else put into words, undecided."""
    fields = entry.fields or {}
    claim = {name: fields[name] for name in CLAIM_FIELDS}
    row = {
        "digest": fields["coding"],
        "document_id": fields["document"],
        "text_digest": claim["quotes"][0]["text_digest"],
        "start": min(quote["start"] for quote in claim["quotes"]),
        "body": canonical(claim).decode("utf-8"),
        "why": fields["suggested_because"],
        "sense": sense_of(claim),
        "coded_by": fields["coded_by"],
        "position": entry.position,
    }
    db.execute(_ADD_CODING, row)
