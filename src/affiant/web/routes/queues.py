"""The queues: what waits for a decision, by document."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from affiant.claims.queue import queue
from affiant.store.case import Case
from affiant.web.queueing import Asked, read_asked
from affiant.web.workbench import workbench_of


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


async def show_queue(request: Request) -> Response:
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
    return bench.drawing.page("queues", **found)


ROUTES = (Route("/review", show_queue), Route("/review.json", show_queue))
