"""Same incident: proposals by family, place and date; decisions by people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from affiant.errors import BadInputError, NotFoundError
from affiant.language.folding import fold
from affiant.log.keys import SigningKey
from affiant.model.when import Span, span_of
from affiant.store.case import Case
from affiant.store.claims import ClaimRow
from affiant.store.objects import digest_of

TOLERANCE_DAYS: Final = 2
RULE: Final = "family_place_date/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentProposal:
    """Accepted claims that may tell one incident.

    Attributes:
        proposal_id: From its content: the same claims, the same id.
        claim_ids: Sorted.
        label: A neutral label: place and date.
        incident_id: An incident that one of the claims is joined to already, or None.
        why: The rule and what it saw.
    """

    proposal_id: str
    claim_ids: tuple[str, ...]
    label: str
    incident_id: str | None
    why: str


def propose_incidents(case: Case) -> list[IncidentProposal]:
    """Group accepted claims of one event that share family or document, place and date.

    Two claims belong together when their days are within two of each other and their
    places are compatible; a claim without a date or place is proposed only with those of
    its own document. Pairs judged different are never put together by a proposal.
    """
    rows = [row for row in case.claims.all() if row.status == "accepted" and _of_event(row)]
    joined = case.incidents.incident_of()
    apart = {
        frozenset((left, right))
        for left, right, verdict, _ in case.incidents.judgements()
        if verdict == "different"
    }
    groups: list[list[ClaimRow]] = []
    for row in sorted(rows, key=lambda row: (_span(row) is None, row.claim_id)):
        home = next((group for group in groups if _belongs(row, group=group, apart=apart)), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    return [
        _proposal(group, joined=joined)
        for group in groups
        if len(group) > 1 and any(row.claim_id not in joined for row in group)
    ]


def _of_event(row: ClaimRow) -> bool:
    """Tell whether a claim is about one event and not about several."""
    return not any(count.scope == "aggregate" for count in row.claim.counts)


def _span(row: ClaimRow) -> Span | None:
    """Return a claim's days, or None."""
    when = row.claim.when
    return span_of(when.edtf) if when and when.edtf else None


def _place(row: ClaimRow) -> tuple[str, ...]:
    """Return a claim's place, general part first."""
    where = row.claim.where
    if where is None:
        return ()
    return tuple(fold(part) for part in reversed((where.name or where.words).split(",")))


def _belongs(row: ClaimRow, *, group: Sequence[ClaimRow], apart: set[frozenset[str]]) -> bool:
    """Tell whether a claim may tell the same incident as a group."""
    if any(frozenset((row.claim_id, other.claim_id)) in apart for other in group):
        return False
    return any(_near(row, other=other) for other in group)


def _near(row: ClaimRow, *, other: ClaimRow) -> bool:
    """Tell whether two claims are close in time and place, or one adds nothing to tell by."""
    mine, theirs = _span(row), _span(other)
    if mine is None or theirs is None:
        return row.document_id == other.document_id
    place, place_of_other = _place(row), _place(other)
    shorter = min(len(place), len(place_of_other))
    if shorter == 0 and row.document_id != other.document_id:
        return False
    return _close(mine, other=theirs) and place[:shorter] == place_of_other[:shorter]


def _close(mine: Span, *, other: Span) -> bool:
    """Tell whether two spans of at most a month lie within the tolerance."""
    ends = (mine.first, mine.last, other.first, other.last)
    if any(end is None for end in ends) or max(mine.days or 0, other.days or 0) > 31:
        return False
    first, last, other_first, other_last = (end.toordinal() for end in ends if end)
    return first - TOLERANCE_DAYS <= other_last and other_first - TOLERANCE_DAYS <= last


def _proposal(group: Sequence[ClaimRow], *, joined: dict[str, str]) -> IncidentProposal:
    """Describe a group."""
    claim_ids = tuple(sorted(row.claim_id for row in group))
    places = [row.claim.where for row in group if row.claim.where]
    dates = sorted(row.claim.when.edtf for row in group if row.claim.when and row.claim.when.edtf)
    place = (places[0].name or places[0].words) if places else "place not known"
    families = sorted({row.claim.family for row in group})
    known = sorted({joined[claim_id] for claim_id in claim_ids if claim_id in joined})
    return IncidentProposal(
        proposal_id=digest_of("".join(claim_ids).encode("ascii")).removeprefix("sha256:")[:16],
        claim_ids=claim_ids,
        label=f"{place}, {dates[0] if dates else 'date not known'}",
        incident_id=known[0] if known else None,
        why=f"{RULE}: {', '.join(families)}; days within {TOLERANCE_DAYS}, same place",
    )


def open_incident(
    case: Case, *, label: str, claim_ids: Sequence[str], why: str, key: SigningKey
) -> str:
    """Record an incident and the claims that tell it; return its id."""
    _refuse_unknown(case, claim_ids=claim_ids)
    with case.writing(key) as pen:
        incident_id = pen.new_id()
        body = {"incident_id": incident_id, "label": label, "why": why}
        pen.record("incident.opened/1", body=body)
        if claim_ids:
            members = {"incident_id": incident_id, "claim_ids": sorted(claim_ids), "why": why}
            pen.record("incident.joined/1", body=members)
    return incident_id


def join_incident(
    case: Case, *, incident_id: str, claim_ids: Sequence[str], why: str, key: SigningKey
) -> None:
    """Record that claims tell an incident; a claim tells one incident at a time."""
    body = _membership(case, incident_id=incident_id, claim_ids=claim_ids, why=why)
    with case.writing(key) as pen:
        pen.record("incident.joined/1", body=body)


def leave_incident(
    case: Case, *, incident_id: str, claim_ids: Sequence[str], why: str, key: SigningKey
) -> None:
    """Record that claims do not tell an incident after all."""
    body = _membership(case, incident_id=incident_id, claim_ids=claim_ids, why=why)
    with case.writing(key) as pen:
        pen.record("incident.left/1", body=body)


def _membership(
    case: Case, *, incident_id: str, claim_ids: Sequence[str], why: str
) -> dict[str, object]:
    """Return the body of a change of an incident's claims, refusing what is not there."""
    if incident_id not in {row.incident_id for row in case.incidents.all()}:
        raise NotFoundError(
            f"the case has no incident {incident_id!r}", remedy="See 'affiant link list'."
        )
    _refuse_unknown(case, claim_ids=claim_ids)
    if not claim_ids:
        raise BadInputError("no claim is named", remedy="Name at least one claim.")
    return {"incident_id": incident_id, "claim_ids": sorted(claim_ids), "why": why}


def _refuse_unknown(case: Case, *, claim_ids: Sequence[str]) -> None:
    """Refuse claims that nobody has decided on."""
    known = {row.claim_id for row in case.claims.all()}
    for claim_id in claim_ids:
        if claim_id not in known:
            raise NotFoundError(
                f"the case has no claim {claim_id!r}",
                remedy="Decide on the suggestion first; 'affiant claim list' shows its new id.",
            )
