"""Replay: from the entries to every projected table, and the comparison of the two."""

from collections.abc import Callable, Iterator
from typing import Final

from affiant.errors import IntegrityError
from affiant.store.claim_rows import (
    apply_decision,
    apply_end,
    apply_read_through,
    apply_reported,
    by_known_names,
)
from affiant.store.database import Database
from affiant.store.document_rows import apply_original, apply_part, apply_text, apply_unread
from affiant.store.estimates import apply_estimate
from affiant.store.incidents import (
    apply_incident,
    apply_incident_claims,
    apply_judgement,
    apply_person,
    apply_person_claims,
)
from affiant.store.models import apply_reply, apply_server
from affiant.store.policies import (
    apply_key,
    apply_key_end,
    apply_policy,
    apply_publication,
    apply_release,
    apply_stamp,
)
from affiant.store.recorded import Recorded
from affiant.store.review_rows import (
    apply_blind_reading,
    apply_coding,
    apply_seed_decision,
    apply_settlement,
)
from affiant.store.same_claims import CLAIM_DECISIONS
from affiant.store.sources import (
    apply_attribution,
    apply_dependence,
    apply_edge,
    apply_knower,
    apply_knower_assigned,
    apply_source,
)

Apply = Callable[[Database, Recorded], None]

APPLY: Final[dict[str, Apply]] = {
    "key.admitted/1": apply_key,
    "key.rotated/1": apply_key_end,
    "key.revoked/1": apply_key_end,
    "stamp.obtained/1": apply_stamp,
    "policy.set/1": apply_policy,
    "original.added/1": apply_original,
    "original.handled/1": apply_original,
    "part.listed/1": apply_part,
    "text.read/1": apply_text,
    "text.transcribed/1": apply_text,
    "text.unread/1": apply_unread,
    "source.declared/1": apply_source,
    "document.attributed/1": apply_attribution,
    "knower.declared/1": apply_knower,
    "knower.assigned/1": apply_knower_assigned,
    "edge.declared/1": apply_edge,
    "dependence.declared/1": apply_dependence,
    "claim.accepted/1": apply_decision,
    "claim.rejected/1": apply_decision,
    "claim.unsure/1": apply_decision,
    "claim.withdrawn/1": apply_end,
    "claim.superseded/1": apply_end,
    "claim.reported/1": apply_reported,
    "claim.settled/1": apply_settlement,
    "passage.read_blind/1": apply_blind_reading,
    "seed.decided/1": apply_seed_decision,
    "coding.taken_in/1": apply_coding,
    "document.read_through/1": apply_read_through,
    "model.allowed/1": apply_server,
    "model.forbidden/1": apply_server,
    "model.replied/1": apply_reply,
    "incident.opened/1": apply_incident,
    "incident.joined/1": apply_incident_claims,
    "incident.left/1": apply_incident_claims,
    "person.opened/1": apply_person,
    "person.joined/1": apply_person_claims,
    "judgement.made/1": apply_judgement,
    "estimate.kept/1": apply_estimate,
    "publication.decided/1": apply_publication,
    "release.made/1": apply_release,
}
SILENT: Final = {"case.opened/1", "decision.undone/1", "entry.erased/1"}
LASTING: Final = {
    "case.opened/1",
    "key.admitted/1",
    "key.rotated/1",
    "key.revoked/1",
    "stamp.obtained/1",
    "original.added/1",
    "original.handled/1",
    "part.listed/1",
    "text.read/1",
    "text.transcribed/1",
    "text.unread/1",
    "entry.erased/1",
    "model.replied/1",
    "release.made/1",
    "seed.decided/1",
}

TABLES: Final[dict[str, tuple[str, str]]] = {
    "admitted_key": ("select * from admitted_key order by 1", "delete from admitted_key"),
    "key_end": ("select * from key_end order by 1", "delete from key_end"),
    "stamp": ("select * from stamp order by 1", "delete from stamp"),
    "policy": ("select * from policy order by 1", "delete from policy"),
    "custody": ("select * from custody order by 1", "delete from custody"),
    "document": ("select * from document order by 1", "delete from document"),
    "text": ("select * from text order by 2, 1, 14", "delete from text"),
    "unread": ("select * from unread order by 1, 4", "delete from unread"),
    "source": ("select * from source order by 1", "delete from source"),
    "attribution": ("select * from attribution order by 1", "delete from attribution"),
    "knower": ("select * from knower order by 1", "delete from knower"),
    "claim_knower": ("select * from claim_knower order by 1", "delete from claim_knower"),
    "edge": ("select * from edge order by 1, 2, 3", "delete from edge"),
    "dependence": ("select * from dependence order by 1, 2", "delete from dependence"),
    "claim": ("select * from claim order by 1", "delete from claim"),
    "decision": ("select * from decision order by 1", "delete from decision"),
    "reported_decision": (
        "select * from reported_decision order by 1",
        "delete from reported_decision",
    ),
    "claim_end": ("select * from claim_end order by 1", "delete from claim_end"),
    "model_server": ("select * from model_server order by 1, 2", "delete from model_server"),
    "model_reply": ("select * from model_reply order by 1", "delete from model_reply"),
    "claim_alias": ("select * from claim_alias order by 1", "delete from claim_alias"),
    "settlement": ("select * from settlement order by 1", "delete from settlement"),
    "blind_reading": ("select * from blind_reading order by 1", "delete from blind_reading"),
    "seed_decision": ("select * from seed_decision order by 1", "delete from seed_decision"),
    "coding": ("select * from coding order by 1", "delete from coding"),
    "read_through": ("select * from read_through order by 1, 2, 3, 4", "delete from read_through"),
    "incident": ("select * from incident order by 1", "delete from incident"),
    "incident_claim": ("select * from incident_claim order by 1", "delete from incident_claim"),
    "person": ("select * from person order by 1", "delete from person"),
    "person_claim": ("select * from person_claim order by 1, 2, 3", "delete from person_claim"),
    "judgement": ("select * from judgement order by 1, 2", "delete from judgement"),
    "kept_estimate": ("select * from kept_estimate order by 1", "delete from kept_estimate"),
    "publication": ("select * from publication order by 1", "delete from publication"),
    "release": ("select * from release order by 1", "delete from release"),
}


def project(db: Database, *, entry: Recorded) -> None:
    """Apply one entry to the projected tables.

    Raises:
        IntegrityError: Its kind, or the form of its body, is not one that this version knows.
    """
    apply = APPLY.get(entry.kind)
    if apply is None:
        if entry.kind in SILENT:
            return
        raise _unknown(entry, why="its kind is not known to this version")
    if entry.fields is None or (entry.undone and entry.kind not in CLAIM_DECISIONS):
        return
    try:
        apply(db, by_known_names(db, entry=entry))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as problem:
        raise _unknown(entry, why=f"its body lacks something: {problem}") from problem


def _unknown(entry: Recorded, *, why: str) -> IntegrityError:
    return IntegrityError(
        f"entry {entry.position} ({entry.kind}) cannot be read: {why}",
        remedy="Open the case with the newest version of Affiant.",
    )


def rebuild(db: Database, *, entries: Iterator[Recorded]) -> None:
    """Empty every projected table and fill it again from the entries."""
    for _, delete in TABLES.values():
        db.execute(delete)
    for entry in list(entries):
        project(db, entry=entry)


def differences(stored: Database, *, replayed: Database) -> Iterator[tuple[str, str]]:
    """Yield (table, what differs) wherever the stored projections are not the replayed."""
    for table, (select, _) in TABLES.items():
        left, right = stored.execute(select), replayed.execute(select)
        if left == right:
            continue
        have, want = set(map(repr, left)), set(map(repr, right))
        for row in sorted(want - have)[:5]:
            yield table, f"a row is missing or was changed: {row[:160]}"
        for row in sorted(have - want)[:5]:
            yield table, f"a row stands there that no entry made: {row[:160]}"
        if have == want:
            yield table, "rows stand there twice or in another order"
