"""The list of documents, and one document under review."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from affiant.claims.review import Listed, list_claims
from affiant.store.case import Case
from affiant.web.seeing import (
    OneClaim,
    OneDocument,
    last_decisions,
    listed_fields,
    see_claim,
    see_document,
)
from affiant.web.workbench import asked, workbench_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A document in the list: its name and how many claims it has, and how many wait."""

    document: str
    name: str
    claims: int
    waiting: int


def see_waiting(case: Case, *, reviewer: str) -> list[Waiting]:
    """Return every document that has a text, those with most to decide first."""
    claims: dict[str, list[Listed]] = {}
    for item in list_claims(case, reviewer=reviewer):
        claims.setdefault(item.document, []).append(item)
    texts = {text.document_id for text in case.documents.texts()}
    found = [
        Waiting(
            document=row.document_id,
            name=row.name,
            claims=len(claims.get(row.document_id, [])),
            waiting=sum(item.verdict is None for item in claims.get(row.document_id, [])),
        )
        for row in case.documents.all()
        if row.document_id in texts
    ]
    return sorted(found, key=lambda each: -each.waiting)


async def show_documents(request: Request) -> Response:
    """Show what waits for a decision."""
    bench = workbench_of(request)
    found = await bench.keeper.run(see_waiting, reviewer=bench.reviewer)
    if request.url.path.endswith(".json"):
        return JSONResponse(
            [
                {
                    "document": each.document,
                    "name": each.name,
                    "claims": each.claims,
                    "waiting": each.waiting,
                }
                for each in found
            ]
        )
    return bench.drawing.page("documents", documents=found)


def _see(case: Case, *, document: str, claim_id: str | None, reviewer: str) -> dict[str, Any]:
    """Return all that the screen of a document shows."""
    seen = see_document(case, document=document, reviewer=reviewer)
    return {
        "seen": seen,
        "one": _current(case, seen=seen, claim_id=claim_id, reviewer=reviewer),
        "log": last_decisions(case, reviewer=reviewer),
    }


def _current(
    case: Case, *, seen: OneDocument, claim_id: str | None, reviewer: str
) -> OneClaim | None:
    """Return the claim that was asked for, else the first that waits, else the first."""
    if claim_id is None and seen.items:
        claim_id = next(
            (item.claim_id for item in seen.items if item.verdict is None), seen.items[0].claim_id
        )
    return see_claim(case, claim_id=claim_id, reviewer=reviewer) if claim_id else None


async def show_document(request: Request) -> Response:
    """Show a document: the queue, its text, one claim."""
    bench = workbench_of(request)
    document, claim_id = asked(request, name="id"), request.query_params.get("claim")
    found = await bench.keeper.run(
        _see, document=document, claim_id=claim_id, reviewer=bench.reviewer
    )
    if request.url.path.endswith(".json"):
        seen = found["seen"]
        return JSONResponse(
            {
                "document": seen.row.document_id,
                "name": seen.row.name,
                "text_digest": seen.text.text_digest if seen.text else None,
                "claims": [listed_fields(item) for item in seen.items],
                "read_for": sorted(seen.read_for),
            }
        )
    return bench.drawing.page("document", **found)


ROUTES = (
    Route("/", show_documents),
    Route("/documents.json", show_documents),
    Route("/document", show_document),
    Route("/document.json", show_document),
)
