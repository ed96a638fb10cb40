"""History: who decided what, when and why; what can be taken back."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from affiant.audit.acts import list_acts, take_back_act
from affiant.errors import PersonNeededError
from affiant.log.keys import SigningKey
from affiant.store.case import Case
from affiant.store.projection import LASTING, SILENT
from affiant.web.routes.claims import text_of
from affiant.web.routes.incidents import reason_of
from affiant.web.workbench import number_asked, workbench_of

PAGE: Final = 100


def see_acts(case: Case, *, about: str, reviewer: str) -> list[dict[str, Any]]:
    """Return recorded acts as a reviewer may see them, newest first."""
    return list_acts(case, reviewer=reviewer, about=about or None)[::-1]


async def show_history(request: Request) -> Response:
    """Show recorded acts, newest first."""
    bench = workbench_of(request)
    about = request.query_params.get("about", "").strip()
    acts = await bench.keeper.run(see_acts, about=about, reviewer=bench.reviewer)
    if request.url.path.endswith(".json"):
        return JSONResponse(acts)
    page = number_asked(request, name="page", otherwise=1)
    shown = [{**act, "open": _can_end(act)} for act in acts[(page - 1) * PAGE : page * PAGE]]
    pages = max(1, -(-len(acts) // PAGE))
    return bench.drawing.page(
        "history", acts=shown, found=len(acts), about=about, page=page, pages=pages
    )


def _can_end(act: dict[str, Any]) -> bool:
    """Tell whether an act is a decision that stands and that the reviewer may see."""
    lasting = act["kind"] in LASTING or act["kind"] in SILENT
    return not (lasting or act["undone"] or act["undone"] is None or act["erased"])


def end_act(case: Case, *, commitment: str, why: str, key: SigningKey) -> None:
    """Take a decision back that the holder of the key may see.

    Raises:
        PersonNeededError: It is another's, on what they have not decided themselves.
    """
    reviewer = case.policies.person_of(key.public)
    for act in list_acts(case, reviewer=reviewer, about=commitment):
        if act["commitment"] == commitment and act["undone"] is None:
            raise PersonNeededError(
                "others decided this and you have not yet", remedy="Decide on the claim first."
            )
    take_back_act(case, commitment=commitment, why=why, key=key)


async def take_back(request: Request) -> Response:
    """Take a decision back; both stay in the log."""
    bench = workbench_of(request)
    form = await request.form()
    await bench.keeper.run(
        end_act,
        commitment=text_of(form, name="commitment"),
        why=reason_of(form),
        key=bench.key,
    )
    return RedirectResponse("/history", status_code=303)


ROUTES = (
    Route("/history", show_history),
    Route("/history.json", show_history),
    Route("/history/take-back", take_back, methods=["POST"]),
)
