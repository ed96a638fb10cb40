"""One document under review."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from affiant.claims.review import listed_fields
from affiant.store.case import Case
from affiant.web.queueing import Asked, Item, read_asked
from affiant.web.routes.claims import see_panel
from affiant.web.seeing import last_decisions, see_document
from affiant.web.workbench import asked, workbench_of


def _see(
    case: Case, *, document: str, claim_id: str | None, asked: Asked, reviewer: str
) -> dict[str, Any]:
    """Return all that the screen of a document shows."""
    seen = see_document(case, document=document, asked=asked, reviewer=reviewer)
    current = claim_id or _first(seen.items)
    panel = (
        see_panel(case, claim_id=current, asked=asked, reviewer=reviewer)
        if current
        else {"one": None, "asked": asked, "log": last_decisions(case, reviewer=reviewer)}
    )
    return {"seen": seen, **panel}


def _first(items: Sequence[Item]) -> str | None:
    """Return the first that waits, else the first."""
    waiting = (each for each in items if each.listed is None or each.listed.verdict is None)
    found = next(waiting, items[0] if items else None)
    return found.item_id if found else None


async def show_document(request: Request) -> Response:
    """Show a document: the queue, its text, one claim."""
    bench = workbench_of(request)
    document, claim_id = asked(request, name="id"), request.query_params.get("claim")
    found = await bench.keeper.run(
        _see,
        document=document,
        claim_id=claim_id,
        asked=read_asked(request.query_params),
        reviewer=bench.reviewer,
    )
    if request.url.path.endswith(".json"):
        seen = found["seen"]
        return JSONResponse(
            {
                "document": seen.row.document_id,
                "name": seen.row.name,
                "text_digest": seen.text.text_digest if seen.text else None,
                "claims": [listed_fields(item.listed) for item in seen.items if item.listed],
                "stretches": [
                    {"id": item.item_id, "what": item.what, "start": item.spans[0][0]}
                    for item in seen.items
                    if item.listed is None
                ],
                "read_for": sorted(seen.read_for),
            }
        )
    return bench.drawing.page("document", **found)


ROUTES = (
    Route("/document", show_document),
    Route("/document.json", show_document),
)
