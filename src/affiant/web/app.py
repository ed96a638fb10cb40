"""Puts the workbench together: guard, routes, errors.

How a screen is made: a file in ``routes/`` reads the address or the form, lets
``workbench.keeper.run(function, …)`` do the work on the case in its own thread, and answers
with ``workbench.drawing.page("template", …)``; its ``ROUTES`` are named below. A screen has an
address of its own and a twin with ``.json``; a GET changes nothing; a change is a form with
POST, which works without a script as well (answer 303) and, asked by htmx (``is_partial``), gives
the changed part alone. Templates extend ``shell.html``. Errors are raised, never drawn: here they
become a page, or a message in the page. A new key stands in ``keys.py``.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from affiant.errors import (
    AffiantError,
    CaseBusyError,
    NotFoundError,
    PersonNeededError,
    WrongUseError,
)
from affiant.publish import pages
from affiant.web.drawing import is_partial
from affiant.web.guard import Guard, Secrets
from affiant.web.routes import claims, documents, edits, pictures
from affiant.web.workbench import Workbench, workbench_of

_HERE: Final = Path(__file__).parent
_PUBLISHED: Final = Path(pages.__file__).parent / "static"
ROUTES: Final[Sequence[BaseRoute]] = (
    *documents.ROUTES,
    *claims.ROUTES,
    *edits.ROUTES,
    *pictures.ROUTES,
    Mount("/static", StaticFiles(directory=_HERE / "static")),
    Mount("/published", StaticFiles(directory=_PUBLISHED)),
)
_STATUS: Final[tuple[tuple[type[AffiantError], int], ...]] = (
    (NotFoundError, 404),
    (WrongUseError, 400),
    (PersonNeededError, 409),
    (CaseBusyError, 503),
)


def make_app(workbench: Workbench, *, secrets: Secrets, port: int) -> Guard:
    """Return the workbench behind its guard."""
    app = Starlette(
        routes=list(ROUTES),
        exception_handlers=_REFUSALS,
    )
    app.state.workbench = workbench
    return Guard(app, secrets=secrets, port=port)


async def _refused(request: Request, problem: Exception) -> Response:
    """Say what is wrong and the way out."""
    if not isinstance(problem, AffiantError):
        raise problem
    status = next((code for kind, code in _STATUS if isinstance(problem, kind)), 500)
    return _said(request, problem=problem, status=status)


async def _missing(request: Request, problem: Exception) -> Response:
    """Say that there is no such screen."""
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    error = NotFoundError("the workbench has no such screen", remedy="Go back to the start.")
    return _said(request, problem=error, status=status)


def _said(request: Request, *, problem: AffiantError, status: int) -> Response:
    """Answer in the form that was asked for."""
    told = {"problem": problem.problem, "remedy": problem.remedy}
    if request.url.path.endswith(".json"):
        return JSONResponse({**told, "exit_code": problem.exit_code}, status_code=status)
    drawing = workbench_of(request).drawing
    if is_partial(request):
        headers = {"HX-Retarget": "#message", "HX-Reswap": "innerHTML"}
        return drawing.page(
            "refused_part",
            status=status,
            headers=headers,
            problem=problem.problem,
            remedy=problem.remedy,
        )
    return drawing.page("refused", status=status, problem=problem.problem, remedy=problem.remedy)


_REFUSALS: Final[dict[Any, Any]] = {AffiantError: _refused, HTTPException: _missing}
