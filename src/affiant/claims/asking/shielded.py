"""Documents whose words are never sent to a model, and why."""

from collections.abc import Iterator

from affiant.store.case import Case

_WITHHOLD = "withhold"


def shielded_documents(case: Case) -> dict[str, str]:
    """Return document id to why its words stay here: it is protected in one way or another.

    A document is protected where it, what it came in, an incident or a person that it tells of
    is withheld by decision, and where it was handed over on conditions.
    """
    withheld = {
        item for item, (verdict, _) in case.policies.publications().items() if verdict == _WITHHOLD
    }
    found: dict[str, str] = {}
    told_of = dict(_told_of(case, withheld=withheld))
    conditions: dict[str, bool] = {}
    for row in case.documents.all():
        original = row.document_id.partition("!")[0]
        if original not in conditions:
            events = case.custody.events(original)
            conditions[original] = any(event.conditions for event in events)
        if any(f"document:{name}" in withheld for name in _lineage(row.document_id)):
            found[row.document_id] = "it is withheld by decision"
        elif row.document_id in told_of:
            found[row.document_id] = told_of[row.document_id]
        elif conditions[original]:
            found[row.document_id] = "it was handed over on conditions"
    return found


def _lineage(document_id: str) -> Iterator[str]:
    """Yield a document and everything that it came in."""
    while document_id:
        yield document_id
        document_id = document_id.rpartition("!")[0]


def _told_of(case: Case, *, withheld: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the documents that tell of a withheld incident or person."""
    incident_of = case.incidents.incident_of()
    person_of = {
        claim_id: person.person_id
        for person in case.incidents.persons()
        if f"person:{person.person_id}" in withheld
        for claim_id, _ in person.claims
    }
    for row in case.claims.all():
        if f"incident:{incident_of.get(row.claim_id)}" in withheld:
            yield row.document_id, "it tells of an incident that is withheld by decision"
        if row.claim_id in person_of:
            yield row.document_id, "it tells of a person who is withheld by decision"
