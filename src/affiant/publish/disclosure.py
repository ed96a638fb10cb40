"""Which entries a bundle of chosen incidents shows: those that its numbers and quotes need.

Everything else is withheld and stands in the bundle as its leaf hash alone.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from affiant.corroborate.state import REPEATING, plain
from affiant.store.recorded import Recorded
from affiant.store.same_claims import aliases, renamed

ALWAYS: Final = frozenset(
    {
        *("case.opened/1", "key.admitted/1", "key.rotated/1", "key.revoked/1"),
        *("stamp.obtained/1", "policy.set/1"),
    }
)
_CLAIM_KINDS: Final = frozenset(
    {
        "claim.accepted/1",
        "claim.rejected/1",
        "claim.unsure/1",
        "claim.withdrawn/1",
        "claim.superseded/1",
        "claim.reported/1",
        "claim.settled/1",
    }
)
_CLAIM_LISTS: Final = frozenset({"incident.joined/1", "incident.left/1", "knower.assigned/1"})


def needed_for(entries: Sequence[Recorded], *, incidents: Collection[str]) -> set[int]:
    """Return the positions of the entries that these incidents' numbers and quotes need.

    Wholly erased entries are not among them: nobody can tell any more what they were about.

    Args:
        entries: All entries of the case, in order.
        incidents: Incident ids.
    """
    names = aliases(entries)
    readable = [renamed(entry, names=names) for entry in entries if entry.fields is not None]
    claims = _claims_of(readable, incidents=incidents)
    first = [_fields(entry) for entry in _first_decisions(readable, claims=claims)]
    documents = {str(fields["document"]) for fields in first}
    texts = {str(quote["text_digest"]) for fields in first for quote in fields["quotes"]}
    held = _with_containers(documents, entries=readable)
    knowers = _knowers(readable, claims=claims)
    sources = _sources(readable, claims=first, documents=documents)
    reached = _reached(readable, documents=documents)
    named = {
        "incident.opened/1": ("incident_id", set(incidents)),
        "original.added/1": ("digest", held),
        "part.listed/1": ("document", held),
        "document.attributed/1": ("document", documents),
        "document.read_through/1": ("document", documents),
        "source.declared/1": ("source_id", sources),
        "knower.declared/1": ("knower_id", knowers),
        **dict.fromkeys(_CLAIM_KINDS, ("claim_id", claims)),
    }
    found = set()
    for entry in readable:
        fields = _fields(entry)
        field, values = named.get(entry.kind, ("", set()))
        wanted = entry.kind in ALWAYS or (bool(field) and fields[field] in values)
        if entry.kind in _CLAIM_LISTS:
            wanted = not claims.isdisjoint(fields["claim_ids"])
        elif entry.kind in ("text.read/1", "text.transcribed/1"):
            wanted = fields["document"] in documents and fields["text"] in texts
        elif entry.kind == "dependence.declared/1":
            wanted = {fields["left"], fields["right"]} <= knowers
        elif entry.kind == "edge.declared/1":
            wanted = _is_edge_needed(fields, documents=documents, reached=reached)
        if wanted:
            found.add(entry.position)
    found |= _published_estimates(readable, incidents=incidents)
    return found | _about(entries, shown=found)


def _published_estimates(entries: Sequence[Recorded], *, incidents: Collection[str]) -> set[int]:
    """Return the kept estimates that count these incidents and stand published, and by whom.

    What they say stands on the site; one that was not published stays withheld.
    """
    decided: dict[str, Recorded] = {}
    for entry in entries:
        if entry.kind == "publication.decided/1" and not entry.undone:
            decided[str(_fields(entry)["item"])] = entry
    found = set()
    for entry in entries:
        if entry.kind != "estimate.kept/1" or entry.undone:
            continue
        decision = decided.get(f"estimate:{_fields(entry)['estimate_id']}")
        told = not set(incidents).isdisjoint(_fields(entry)["incidents"] or ())
        if told and decision is not None and _fields(decision)["verdict"] == "publish":
            found |= {entry.position, decision.position}
    return found


def _fields(entry: Recorded) -> dict[str, Any]:
    return entry.fields or {}


def _claims_of(entries: Iterable[Recorded], *, incidents: Collection[str]) -> set[str]:
    """Return the claims that stand joined to these incidents."""
    incident_of: dict[str, str] = {}
    for entry in entries:
        fields = _fields(entry)
        for claim_id in fields.get("claim_ids", ()) if not entry.undone else ():
            if entry.kind == "incident.joined/1":
                incident_of[claim_id] = fields["incident_id"]
            leaves = entry.kind == "incident.left/1"
            if leaves and incident_of.get(claim_id) == fields["incident_id"]:
                del incident_of[claim_id]
    return {claim_id for claim_id, incident in incident_of.items() if incident in incidents}


def _first_decisions(entries: Iterable[Recorded], *, claims: set[str]) -> list[Recorded]:
    """Return the entries that carry these claims."""
    return [
        entry
        for entry in entries
        if entry.kind in _CLAIM_KINDS
        and "quotes" in _fields(entry)
        and _fields(entry)["claim_id"] in claims
    ]


def _with_containers(documents: set[str], *, entries: Iterable[Recorded]) -> set[str]:
    """Return documents and whatever they are parts of."""
    container_of = {
        _fields(entry)["document"]: _fields(entry)["container"]
        for entry in entries
        if entry.kind == "part.listed/1"
    }
    found, waiting = set(documents), list(documents)
    while waiting:
        container = container_of.get(waiting.pop())
        if container is not None and container not in found:
            found.add(container)
            waiting.append(container)
    return found


def _knowers(entries: Iterable[Recorded], *, claims: set[str]) -> set[str]:
    """Return the knowers of these claims and those on whom they depend."""
    found, pairs = set(), []
    for entry in entries:
        fields = _fields(entry)
        if entry.kind == "knower.assigned/1" and not claims.isdisjoint(fields["claim_ids"]):
            found.add(fields["knower_id"])
        elif entry.kind == "dependence.declared/1" and fields["verdict"] == "dependent":
            pairs.append({fields["left"], fields["right"]})
    return _closed(found - {None}, pairs=pairs)


def _closed(found: set[str], *, pairs: Sequence[set[str]]) -> set[str]:
    """Return what is connected with ``found`` over these pairs."""
    while True:
        more = {one for pair in pairs if not pair.isdisjoint(found) for one in pair} - found
        if not more:
            return found
        found = found | more


def _sources(
    entries: Iterable[Recorded], *, claims: Iterable[dict[str, Any]], documents: set[str]
) -> set[str]:
    """Return the sources whose documents these are, or who speak in these claims."""
    voices = {plain(claim["speakers"][-1]["name"] or "") for claim in claims} - {""}
    found = set()
    for entry in entries:
        fields = _fields(entry)
        if entry.kind == "document.attributed/1" and fields["document"] in documents:
            found.add(fields["source_id"])
        elif entry.kind == "source.declared/1":
            names = [fields["name"], *(fields["speaks_as"] or [])]
            if not voices.isdisjoint(map(plain, names)):
                found.add(fields["source_id"])
    return found


def _reached(entries: Iterable[Recorded], *, documents: set[str]) -> set[str]:
    """Return these documents and all that they repeat, directly or not."""
    edges = [
        (_fields(entry)["document"], _fields(entry)["of"])
        for entry in entries
        if entry.kind == "edge.declared/1" and _fields(entry)["kind"] in REPEATING
    ]
    found, waiting = set(documents), list(documents)
    while waiting:
        at = waiting.pop()
        further = {of for document, of in edges if document == at} - found
        found |= further
        waiting += further
    return found


def _is_edge_needed(fields: dict[str, Any], *, documents: set[str], reached: set[str]) -> bool:
    """Tell whether an edge decides what a document repeats, or who replaces it."""
    if fields["kind"] in REPEATING:
        return fields["document"] in reached
    return fields["of"] in documents


def _about(entries: Sequence[Recorded], *, shown: set[int]) -> set[int]:
    """Return the entries that take back or erase something of what is shown."""
    commitments = {entry.commitment for entry in entries if entry.position in shown}
    found: set[int] = set()
    while True:
        more = {
            entry.position
            for entry in entries
            if entry.position not in found | shown and _concerns(entry, commitments=commitments)
        }
        if not more:
            return found
        found |= more
        commitments |= {entry.commitment for entry in entries if entry.position in more}


def _concerns(entry: Recorded, *, commitments: set[str]) -> bool:
    """Tell whether an entry takes back or erases one of these."""
    fields = _fields(entry)
    if entry.kind == "decision.undone/1":
        return fields.get("commitment") in commitments
    if entry.kind == "entry.erased/1":
        return not commitments.isdisjoint(fields.get("commitments", ()))
    return False
