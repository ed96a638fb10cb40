"""The list of documents, and one document under review."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from affiant.claims.queue import queue
from affiant.store.case import Case
from affiant.web.queueing import Asked, Item, read_asked
from affiant.web.routes.claims import see_panel
from affiant.web.seeing import last_decisions, listed_fields, see_document
from affiant.web.workbench import asked, workbench_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A document in the list: its name and how many claims it has, and how many wait."""

    document: str
    name: str
    claims: int
    waiting: int


def see_waiting(case: Case, *, asked: Asked, reviewer: str) -> dict[str, Any]:
    """Return the documents of a queue, those with most to decide first, and what to choose from.

    Where everything is asked for, documents without a claim are there too.
    """
    refs: Counter[str] = Counter(
        ref.document for ref in queue(case, reviewer=reviewer, kind=asked.kind, scope=asked.scope())
    )
    names = {row.document_id: row.name for row in case.documents.all()}
    inside = case.reviews.documents(
        {"document_id": None, "source_id": asked.source, "incident_id": asked.incident}
    )
    found = [
        Waiting(
            document=document,
            name=names[document],
            claims=refs[document],
            waiting=refs[document] - _decided(case, document=document, asked=asked, by=reviewer),
        )
        for document in inside
        if refs[document] or (asked.kind == "all" and asked.words is None)
    ]
    return {
        "documents": sorted(found, key=lambda each: -each.waiting),
        "asked": asked,
        "incidents": case.incidents.all(),
        "sources": case.sources.all(),
    }


def _decided(case: Case, *, document: str, asked: Asked, by: str) -> int:
    """Return how many claims of the queue of everything the reviewer has decided on."""
    if asked.kind != "all":
        return 0
    found = queue(case, reviewer=by, kind="all", scope=asked.scope(document))
    own = {each.item_id for each in case.reviews.own_claims(document, reviewer=by)}
    return sum(ref.item_id in own for ref in found) if own else 0


async def show_documents(request: Request) -> Response:
    """Show what waits for a decision."""
    bench = workbench_of(request)
    queued = read_asked(request.query_params)
    found = await bench.keeper.run(see_waiting, asked=queued, reviewer=bench.reviewer)
    if request.url.path.endswith(".json"):
        return JSONResponse(
            [
                {
                    "document": each.document,
                    "name": each.name,
                    "claims": each.claims,
                    "waiting": each.waiting,
                }
                for each in found["documents"]
            ]
        )
    return bench.drawing.page("documents", **found)


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
    Route("/", show_documents),
    Route("/documents.json", show_documents),
    Route("/document", show_document),
    Route("/document.json", show_document),
)
