"""The register: persons, what is claimed of them, names that are in no entry yet."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from affiant.errors import NotFoundError
from affiant.language.folding import fold
from affiant.link import PersonForm, PersonProposal, open_person
from affiant.log.keys import SigningKey
from affiant.store.case import Case
from affiant.store.claims import ClaimRow
from affiant.store.incidents import PersonRow
from affiant.web.routes.claims import text_of
from affiant.web.routes.incidents import reason_of
from affiant.web.starting import decided_by, own_person_proposals
from affiant.web.workbench import asked, workbench_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerson:
    """A person as their screen shows them.

    Attributes:
        row: What was decided.
        claims: Those that the reviewer decided, with the name as each writes it.
        hidden: How many more there are.
        notes: Words and the claim they rest on.
    """

    row: PersonRow
    claims: tuple[tuple[ClaimRow, str], ...]
    hidden: int
    notes: tuple[tuple[str, str], ...]


def see_register(case: Case, *, words: str, reviewer: str) -> dict[str, Any]:
    """Return the persons whose names hold these words, and the names that are proposed."""
    wanted = fold(words).split()
    persons = [
        row for row in case.incidents.persons() if all(word in _names(row) for word in wanted)
    ]
    return {
        "persons": persons,
        "proposals": own_person_proposals(case, reviewer=reviewer),
        "claims": {row.claim_id: row for row in case.claims.all()},
        "names": {row.document_id: row.name for row in case.documents.all()},
    }


def _names(row: PersonRow) -> str:
    return " ".join(fold(name) for name in (row.name, *(each["name"] for each in row.names)))


async def show_register(request: Request) -> Response:
    """List persons and proposals."""
    bench = workbench_of(request)
    words = request.query_params.get("q", "")
    found = await bench.keeper.run(see_register, words=words, reviewer=bench.reviewer)
    if request.url.path.endswith(".json"):
        return JSONResponse(
            {
                "persons": [_person_fields(row) for row in found["persons"]],
                "proposals": [_proposal_fields(item) for item in found["proposals"]],
            }
        )
    return bench.drawing.page("register", q=words, **found)


def _person_fields(row: PersonRow) -> dict[str, Any]:
    return {
        "person_id": row.person_id,
        "name": row.name,
        "names": list(row.names),
        "fate": row.fate,
        "claims": len(row.claims),
    }


def _proposal_fields(item: PersonProposal) -> dict[str, Any]:
    return {"name": item.name, "written": list(item.written), "claims": list(item.claim_ids)}


def see_person(case: Case, *, person_id: str, reviewer: str) -> OnePerson:
    """Return one person as a reviewer may see them.

    Raises:
        NotFoundError: The register has no such entry.
    """
    row = next((each for each in case.incidents.persons() if each.person_id == person_id), None)
    if row is None:
        raise NotFoundError("the register has no such entry", remedy="Choose one of the list.")
    claims = {each.claim_id: each for each in case.claims.all()}
    known = decided_by(case, reviewer=reviewer)
    mentions = [(claim, name) for claim, name in row.claims if claim in claims]
    return OnePerson(
        row=row,
        claims=tuple((claims[claim], name) for claim, name in mentions if claim in known),
        hidden=sum(claim not in known for claim, _ in mentions),
        notes=tuple((note["words"], note["claim_id"]) for note in row.notes),
    )


def _see_person(case: Case, *, person_id: str, reviewer: str) -> dict[str, Any]:
    """Return all that the screen of a person shows."""
    names = {row.document_id: row.name for row in case.documents.all()}
    return {"seen": see_person(case, person_id=person_id, reviewer=reviewer), "names": names}


async def show_person(request: Request) -> Response:
    """Show one person: names, fate, and what each claim says."""
    bench = workbench_of(request)
    found = await bench.keeper.run(
        _see_person, person_id=asked(request, name="id"), reviewer=bench.reviewer
    )
    seen: OnePerson = found["seen"]
    if request.url.path.endswith(".json"):
        mentions = [{"claim_id": row.claim_id, "written": name} for row, name in seen.claims]
        fields = {**_person_fields(seen.row), "mentions": mentions}
        return JSONResponse({**fields, "not_decided_by_you": seen.hidden})
    return bench.drawing.page("person", **found)


def accept_person(case: Case, *, form: FormData, key: SigningKey) -> str:
    """Record that the claims with one name speak of one person; return the person's id."""
    reviewer, name = case.policies.person_of(key.public), text_of(form, name="proposal")
    proposals = own_person_proposals(case, reviewer=reviewer)
    item = next((each for each in proposals if each.name == name), None)
    if item is None:
        raise NotFoundError("this name is not proposed any more", remedy="Load the register again.")
    chosen = {str(value) for value in form.getlist("claim")}
    mentions = [
        (row.claim_id, party.name)
        for row in case.claims.all()
        if row.claim_id in item.claim_ids and row.claim_id in chosen
        for party in row.claim.involvements
        if fold(party.name) == fold(item.name)
    ]
    if not mentions:
        raise NotFoundError("no claim is chosen", remedy="Choose those that speak of the person.")
    person = PersonForm(
        name=text_of(form, name="name").strip() or item.name,
        fate=text_of(form, name="fate").strip() or None,
    )
    return open_person(
        case, form=person, mentions=list(dict.fromkeys(mentions)), why=reason_of(form), key=key
    )


async def accept(request: Request) -> Response:
    """Open an entry of the register."""
    bench = workbench_of(request)
    form = await request.form()
    person_id = await bench.keeper.run(accept_person, form=form, key=bench.key)
    return RedirectResponse(f"/person?id={person_id}", status_code=303)


ROUTES = (
    Route("/register", show_register),
    Route("/register.json", show_register),
    Route("/person", show_person),
    Route("/person.json", show_person),
    Route("/register/accept", accept, methods=["POST"]),
)
