"""Incidents: listed, compared; claims join and leave; proposals are decided."""

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from affiant.claims.review import find_target
from affiant.corroborate import load_state
from affiant.corroborate.fields import compared_fields
from affiant.errors import NotFoundError, WrongUseError
from affiant.link import IncidentProposal, join_incident, leave_incident, open_incident
from affiant.log.keys import SigningKey
from affiant.store.case import Case
from affiant.web.one_incident import own_state, see_incident
from affiant.web.routes.claims import text_of
from affiant.web.starting import decided_by, own_incident_proposals
from affiant.web.workbench import asked, workbench_of


def see_incidents(case: Case, *, reviewer: str) -> dict[str, Any]:
    """Return every incident with how many claims tell it, and what is proposed."""
    known = decided_by(case, reviewer=reviewer)
    state = load_state(case.db)
    rows = [
        {
            "incident_id": row.incident_id,
            "label": row.label,
            "claims": len(own_state(state, known=known).in_incident(row.incident_id)),
            "joined": sum(home == row.incident_id for home in state.incident_of.values()),
        }
        for row in state.incidents
    ]
    return {
        "incidents": rows,
        "proposals": own_incident_proposals(case, reviewer=reviewer),
        "claims": state.claims,
        "names": state.documents,
        "joined": state.incident_of.keys(),
        "labels": {row.incident_id: row.label for row in state.incidents},
    }


async def show_incidents(request: Request) -> Response:
    """List incidents and proposals."""
    bench = workbench_of(request)
    found = await bench.keeper.run(see_incidents, reviewer=bench.reviewer)
    if request.url.path.endswith(".json"):
        return JSONResponse(
            {
                "incidents": found["incidents"],
                "proposals": [_proposal_fields(item) for item in found["proposals"]],
            }
        )
    return bench.drawing.page("incidents", **found)


def _proposal_fields(item: IncidentProposal) -> dict[str, Any]:
    return {
        "proposal_id": item.proposal_id,
        "label": item.label,
        "claims": list(item.claim_ids),
        "incident_id": item.incident_id,
        "why": item.why,
    }


async def show_incident(request: Request) -> Response:
    """Show who says what about one incident."""
    bench = workbench_of(request)
    seen = await bench.keeper.run(
        see_incident, incident_id=asked(request, name="id"), reviewer=bench.reviewer
    )
    if request.url.path.endswith(".json"):
        compared = compared_fields(seen.comparison, state=seen.state)
        claims = [row.claim_id for row in seen.claims]
        return JSONResponse({**compared, "claims": claims, "not_decided_by_you": seen.hidden})
    return bench.drawing.page("incident", seen=seen, names=seen.state.documents)


def reason_of(form: FormData) -> str:
    """Return why something is decided; a decision about a link needs it.

    Raises:
        WrongUseError: It was left out.
    """
    why = text_of(form, name="why").strip()
    if not why:
        raise WrongUseError("a decision needs its reason", remedy="Say why, in your words.")
    return why


def accept_proposal(case: Case, *, proposal_id: str, label: str, why: str, key: SigningKey) -> str:
    """Record that a proposed group tells one incident; return the incident."""
    reviewer = case.policies.person_of(key.public)
    proposals = own_incident_proposals(case, reviewer=reviewer)
    item = next((each for each in proposals if each.proposal_id == proposal_id), None)
    if item is None:
        raise NotFoundError(
            "this is not proposed any more", remedy="Load the incidents again: claims changed."
        )
    if item.incident_id is None:
        named = label or item.label
        return open_incident(case, label=named, claim_ids=item.claim_ids, why=why, key=key)
    joined = case.incidents.incident_of()
    fresh = [claim_id for claim_id in item.claim_ids if claim_id not in joined]
    join_incident(case, incident_id=item.incident_id, claim_ids=fresh, why=why, key=key)
    return item.incident_id


async def accept(request: Request) -> Response:
    """Accept a proposal."""
    bench = workbench_of(request)
    form = await request.form()
    incident_id = await bench.keeper.run(
        accept_proposal,
        proposal_id=text_of(form, name="proposal"),
        label=text_of(form, name="label").strip(),
        why=reason_of(form),
        key=bench.key,
    )
    return _back(incident_id)


def change_members(case: Case, *, form: FormData, key: SigningKey, joins: bool) -> None:
    """Let claims join an incident, or leave it."""
    reviewer = case.policies.person_of(key.public)
    claim_ids = [str(value) for value in form.getlist("claim")]
    for claim_id in claim_ids:
        find_target(case, claim_id=claim_id)
    if not decided_by(case, reviewer=reviewer).issuperset(claim_ids):
        raise NotFoundError("you have not decided on this claim", remedy="Decide on it first.")
    change = join_incident if joins else leave_incident
    change(
        case,
        incident_id=text_of(form, name="incident"),
        claim_ids=claim_ids,
        why=reason_of(form),
        key=key,
    )


async def join(request: Request) -> Response:
    """Let claims join an incident."""
    return await _change(request, joins=True)


async def leave(request: Request) -> Response:
    """Take claims out of an incident."""
    return await _change(request, joins=False)


async def _change(request: Request, *, joins: bool) -> Response:
    bench = workbench_of(request)
    form = await request.form()
    await bench.keeper.run(change_members, form=form, key=bench.key, joins=joins)
    return _back(text_of(form, name="incident"))


def _back(incident_id: str) -> Response:
    return RedirectResponse(f"/incident?id={incident_id}", status_code=303)


ROUTES = (
    Route("/incidents", show_incidents),
    Route("/incidents.json", show_incidents),
    Route("/incident", show_incident),
    Route("/incident.json", show_incident),
    Route("/incidents/accept", accept, methods=["POST"]),
    Route("/incidents/join", join, methods=["POST"]),
    Route("/incidents/leave", leave, methods=["POST"]),
)
