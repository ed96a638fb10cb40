"""What waits, and what to do next."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from affiant.audit.summary import summary
from affiant.claims.review import Listed, list_claims
from affiant.claims.suggest import ORIGIN
from affiant.link import IncidentProposal, PersonProposal, propose_incidents, propose_persons
from affiant.store.case import Case
from affiant.web.standing import Standing, see_standing

MOST_LISTED: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The next thing to do.

    Attributes:
        words: What it is.
        address: Where.
        changes: Whether it is a button that does it (POST), else a link.
    """

    words: str
    address: str
    changes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Everything that the start shows.

    Attributes:
        found: As ``status --json`` has it.
        documents: Those with most to decide first.
        unsuggested: How many texts were not gone through for claims.
        disagreements: Claims that the reviewer decided and another decided otherwise.
        incidents: How many groups of claims may tell one incident.
        persons: How many names stand in no entry of the register.
        next: What to do next, or None where nothing waits.
    """

    found: dict[str, Any]
    documents: tuple[Standing, ...]
    unsuggested: int
    disagreements: tuple[Listed, ...]
    incidents: int
    persons: int
    next: Next | None


def see_start(case: Case, *, reviewer: str) -> Start:
    """Return what waits for a reviewer."""
    found = summary(case, reviewer=reviewer)
    rows = see_standing(case, reviewer=reviewer)
    waiting = sorted((row for row in rows if row.waiting), key=lambda row: -row.waiting)
    unsuggested = _unsuggested(case)
    incidents = len(own_incident_proposals(case, reviewer=reviewer))
    persons = len(own_person_proposals(case, reviewer=reviewer))
    step = _first_step(found, unsuggested=unsuggested, waiting=waiting)
    if step is None and incidents:
        step = Next(words=f"Look at {incidents} proposed incidents", address="/incidents")
    if step is None and persons:
        step = Next(words=f"Look at {persons} names for the register", address="/register")
    return Start(
        found=found,
        documents=tuple(waiting),
        unsuggested=unsuggested,
        disagreements=tuple(see_disagreements(case, reviewer=reviewer)),
        incidents=incidents,
        persons=persons,
        next=step,
    )


def _first_step(found: dict[str, Any], *, unsuggested: int, waiting: list[Standing]) -> Next | None:
    """Return the first of the steps from a file to a decision that has work waiting."""
    if not found["documents"]:
        return Next(words="Add documents", address="/documents#add")
    if found["not_tried"]:
        words = f"Read {found['not_tried']} documents"
        return Next(words=words, address="/read", changes=True)
    if unsuggested:
        words = f"Propose claims for {unsuggested} texts"
        return Next(words=words, address="/suggest", changes=True)
    if waiting:
        words = f"Review {waiting[0].name}"
        return Next(words=words, address=f"/document?{urlencode({'id': waiting[0].document})}")
    return None


def _unsuggested(case: Case) -> int:
    """Return how many texts this version has not gone through for claims."""
    tool, done = f"{ORIGIN.tool} {ORIGIN.version}", case.derived.suggested()
    newest = {text.document_id: text.text_digest for text in case.documents.texts()}
    return sum((digest, tool) not in done for digest in newest.values())


def see_disagreements(case: Case, *, reviewer: str) -> list[Listed]:
    """Return the claims on which the reviewer decided and another decided otherwise."""
    divided = {
        row.claim_id
        for row in case.claims.all()
        if reviewer in row.verdicts
        and row.status not in ("withdrawn", "superseded")
        and len(set(row.verdicts.values())) > 1
    }
    return [item for item in list_claims(case, reviewer=reviewer) if item.claim_id in divided]


def decided_by(case: Case, *, reviewer: str) -> set[str]:
    """Return the claims that the reviewer decided: of the others nothing is shown yet."""
    return {row.claim_id for row in case.claims.all() if reviewer in row.verdicts}


def own_incident_proposals(case: Case, *, reviewer: str) -> list[IncidentProposal]:
    """Return the proposals that rest on nothing but what the reviewer decided."""
    known = decided_by(case, reviewer=reviewer)
    return [item for item in propose_incidents(case) if known.issuperset(item.claim_ids)]


def own_person_proposals(case: Case, *, reviewer: str) -> list[PersonProposal]:
    """Return the names without an entry that stand in what the reviewer decided."""
    known = decided_by(case, reviewer=reviewer)
    return [
        item
        for item in propose_persons(case)
        if item.person_id is None and known.issuperset(item.claim_ids)
    ]
