"""Changing a claim, making one from the text, joining one to an incident."""

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from affiant.claims.review import add_claim, edit_claim, find_target
from affiant.errors import BadInputError, NotFoundError, PersonNeededError
from affiant.link.incidents import join_incident, open_incident
from affiant.log.keys import SigningKey
from affiant.model.claim import claim_fields, decode_claim
from affiant.store.case import Case
from affiant.web.claim_form import SPARE, blank_claim, read_changes
from affiant.web.routes.claims import after, read_decision, text_of, whole
from affiant.web.seeing import see_claim
from affiant.web.workbench import asked, workbench_of


def _see_edit(case: Case, *, claim_id: str, reviewer: str) -> dict[str, Any]:
    """Return a claim for the form in which it is changed."""
    one = see_claim(case, claim_id=claim_id, reviewer=reviewer)
    return {"claim": one.listed.claim, "claim_id": claim_id, "document": one.listed.document}


async def show_edit(request: Request) -> Response:
    """Show the form in which a claim is changed."""
    bench = workbench_of(request)
    claim_id = asked(request, name="id")
    found = await bench.keeper.run(_see_edit, claim_id=claim_id, reviewer=bench.reviewer)
    return bench.drawing.page("edit_part", action="/edit", spare=SPARE, **found)


def _see_new(case: Case, *, document: str, start: int, end: int) -> dict[str, Any]:
    """Return an empty claim about a passage."""
    text = case.documents.text_of(document)
    content = case.text(text.text_digest) if text else ""
    if text is None or not 0 <= start < end <= len(content):
        raise BadInputError("nothing is selected", remedy="Select words in the text, then press N.")
    claim = blank_claim(text_digest=text.text_digest, start=start, exact=content[start:end])
    return {"claim": claim, "claim_id": f"new-{start}-{end}", "document": document}


async def show_new(request: Request) -> Response:
    """Show the form in which a claim is made from a passage."""
    bench = workbench_of(request)
    given = [request.query_params.get(name, "") for name in ("start", "end")]
    if not all(value.isascii() and value.isdecimal() and len(value) < 10 for value in given):
        raise BadInputError("nothing is selected", remedy="Select words in the text, then press N.")
    start, end = map(int, given)
    document = asked(request, name="document")
    found = await bench.keeper.run(_see_new, document=document, start=start, end=end)
    return bench.drawing.page("edit_part", action="/new", spare=SPARE, **found)


def _edit(case: Case, *, form: FormData, key: SigningKey) -> str:
    """Accept a claim as the form has it; return its id."""
    claim_id = text_of(form, name="claim")
    reviewer = case.policies.person_of(key.public)
    claim = see_claim(case, claim_id=claim_id, reviewer=reviewer).listed.claim
    changes = read_changes(form, claim=claim, text=case.text(claim.text_digest))
    decision = read_decision(form)
    decided = edit_claim(case, claim_id=claim_id, changes=changes, decision=decision, key=key)
    return decided.claim_id or claim_id


async def edit(request: Request) -> Response:
    """Accept a claim in another form, then show the next."""
    bench = workbench_of(request)
    form = await request.form()
    decided = await bench.keeper.run(_edit, form=form, key=bench.key)
    return await after(request, form=form, decided=decided)


def _add(case: Case, *, form: FormData, key: SigningKey) -> str:
    """Record a claim as the form has it; return its id."""
    document = text_of(form, name="document")
    text = case.documents.text_of(document)
    if text is None:
        raise NotFoundError(f"{document} has no text", remedy="Run 'affiant read' first.")
    content = case.text(text.text_digest)
    blank = blank_claim(text_digest=text.text_digest, start=0, exact=content[:1])
    changes = read_changes(form, claim=blank, text=content)
    claim = decode_claim({**claim_fields(blank), **changes})
    why = text_of(form, name="why").strip() or None
    return add_claim(case, claim=claim, document=document, why=why, key=key)


async def new(request: Request) -> Response:
    """Record a claim that a person made from the text."""
    bench = workbench_of(request)
    form = await request.form()
    read_decision(form)
    made = await bench.keeper.run(_add, form=form, key=bench.key)
    return whole(request, document=text_of(form, name="document"), claim_id=made)


def _see_link(case: Case, *, claim_id: str, reviewer: str) -> dict[str, Any]:
    """Return the incidents that a claim may tell."""
    one = see_claim(case, claim_id=claim_id, reviewer=reviewer)
    if one.listed.verdict is None:
        raise PersonNeededError(
            "you have not decided on this claim", remedy="Accept it first, then link it."
        )
    where, when = one.listed.claim.where, one.listed.claim.when
    place = (where.name or where.words) if where else "place not known"
    label = f"{place}, {when.edtf if when and when.edtf else 'date not known'}"
    return {"one": one, "incidents": case.incidents.all(), "label": label}


async def show_link(request: Request) -> Response:
    """Show the form that joins a claim to an incident."""
    bench = workbench_of(request)
    claim_id = asked(request, name="id")
    found = await bench.keeper.run(_see_link, claim_id=claim_id, reviewer=bench.reviewer)
    return bench.drawing.page("link_part", **found)


def _link(case: Case, *, form: FormData, key: SigningKey) -> str:
    """Join a claim to an incident, or open one with it; return the document."""
    target = find_target(case, claim_id=text_of(form, name="claim"))
    if target.row is None:
        raise PersonNeededError("nobody decided on this claim", remedy="Accept it first.")
    claim_ids = [target.row.claim_id]
    why = text_of(form, name="why").strip()
    if not why:
        raise BadInputError("a link says why", remedy="Say in words what the two have in common.")
    incident, label = text_of(form, name="incident"), text_of(form, name="label").strip()
    if incident:
        join_incident(case, incident_id=incident, claim_ids=claim_ids, why=why, key=key)
    elif label:
        open_incident(case, label=label, claim_ids=claim_ids, why=why, key=key)
    else:
        raise BadInputError("no incident is named", remedy="Choose one, or give a new one a name.")
    return target.document


async def link(request: Request) -> Response:
    """Record which incident a claim tells."""
    bench = workbench_of(request)
    form = await request.form()
    document = await bench.keeper.run(_link, form=form, key=bench.key)
    return whole(request, document=document, claim_id=text_of(form, name="claim"))


ROUTES = (
    Route("/edit", show_edit),
    Route("/edit", edit, methods=["POST"]),
    Route("/new", show_new),
    Route("/new", new, methods=["POST"]),
    Route("/link", show_link),
    Route("/link", link, methods=["POST"]),
)
