"""One document under review."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

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
    Route("/document", show_document),
    Route("/document.json", show_document),
)
