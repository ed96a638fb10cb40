"""The start: what waits, and the next thing to do."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from affiant.claims.review import listed_fields
from affiant.web.starting import MOST_LISTED, see_start
from affiant.web.workbench import workbench_of


async def show_start(request: Request) -> Response:
    """Show what waits."""
    bench = workbench_of(request)
    start = await bench.keeper.run(see_start, reviewer=bench.reviewer)
    if request.url.path.endswith(".json"):
        return JSONResponse(
            {
                **start.found,
                "waiting": [row.plain() for row in start.documents],
                "unsuggested": start.unsuggested,
                "disagreements": [listed_fields(item) for item in start.disagreements],
                "proposed_incidents": start.incidents,
                "proposed_persons": start.persons,
            }
        )
    return bench.drawing.page("start", start=start, most=MOST_LISTED)


ROUTES = (Route("/", show_start), Route("/start.json", show_start))
