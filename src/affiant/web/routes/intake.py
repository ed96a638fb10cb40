"""The documents of the case: listed, added, read, gone through for claims."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from affiant.box import Box, Limits
from affiant.claims.step import Suggested, suggest_waiting
from affiant.errors import BadInputError
from affiant.log.keys import SigningKey
from affiant.preserve import Acknowledged, Obtained, Refused, take_in
from affiant.read import PRELOAD, UNREADABLE, sniff
from affiant.read.step import ReadResult, read_waiting
from affiant.store.case import OUT, Case
from affiant.web.incoming import LARGEST, MOST_FILES, Sent, receive
from affiant.web.standing import STATES, choose, see_standing
from affiant.web.workbench import number_asked, workbench_of

PAGE: Final = 200
_HOW: Final = ("source", "how", "conditions", "held_at", "received")


async def show_documents(request: Request) -> Response:
    """List the documents, by name and state."""
    bench = workbench_of(request)
    rows = await bench.keeper.run(see_standing, reviewer=bench.reviewer)
    name, state = (request.query_params.get(key, "") for key in ("name", "state"))
    chosen = choose(rows, name=name, state=state)
    if request.url.path.endswith(".json"):
        return JSONResponse([row.plain() for row in chosen])
    page = number_asked(request, name="page", otherwise=1)
    return bench.drawing.page(
        "documents",
        documents=chosen[(page - 1) * PAGE : page * PAGE],
        found=len(chosen),
        total=len(rows),
        wanted=name,
        state=state,
        standings=STATES,
        unread_because=UNREADABLE,
        page=page,
        pages=max(1, -(-len(chosen) // PAGE)),
        waiting_to_be_read=sum(row.state == "waits_to_be_read" for row in rows),
        did=request.query_params.get("did", ""),
        number=number_asked(request, name="number", otherwise=0),
        largest_gb=LARGEST >> 30,
        most_files=MOST_FILES,
    )


def _place(case: Case) -> Path:
    """Return the folder on the case's own disk in which files may lie for a moment."""
    folder = case.folder / OUT
    folder.mkdir(exist_ok=True)
    return folder


async def add(request: Request) -> Response:
    """Preserve the files that were sent, and say of each what became of it."""
    bench = workbench_of(request)
    with TemporaryDirectory(prefix="incoming-", dir=await bench.keeper.run(_place)) as folder:
        sent = await receive(request, folder=Path(folder))
        if not sent.paths and not sent.refused:
            raise BadInputError("no file was chosen", remedy="Choose at least one file.")
        obtained = _obtained(sent)
        taken = await bench.keeper.run_through(
            lambda case: take_in(case, paths=sent.paths, key=bench.key, obtained=obtained)
        )
    told = [_outcome(result) for result in [*sent.refused, *taken]]
    if request.url.path.endswith(".json"):
        return JSONResponse(told)
    return bench.drawing.page("added", results=told)


def _obtained(sent: Sent) -> Obtained:
    """Return how the files were obtained, in the words of whoever sent them."""
    said = {name: sent.fields.get(name) or None for name in _HOW}
    return Obtained(
        recognise=lambda head, name: sniff(head, name=name),
        source=said["source"],
        how=said["how"],
        conditions=said["conditions"],
        held_at=said["held_at"],
        received=said["received"],
    )


def _outcome(result: Acknowledged | Refused) -> dict[str, Any]:
    """Return what became of one file, in the shape of ``add --json``."""
    if isinstance(result, Refused):
        return {**asdict(result), "status": "refused", "exit_code": 1}
    return asdict(result)


async def read(request: Request) -> Response:
    """Read every document that waits for it."""
    bench = workbench_of(request)
    form = await request.form()
    again = form.get("again") == "yes"

    def work(case: Case) -> Iterator[ReadResult]:
        return _reading(case, key=bench.key, again=again)

    results = await bench.keeper.run_through(work)
    return _done("read", number=sum(each.text_digest is not None for each in results))


def _reading(case: Case, *, key: SigningKey, again: bool) -> Iterator[ReadResult]:
    """Read in a box of its own, which ends with the reading."""
    with Box(preload=PRELOAD, limits=Limits()) as box:
        yield from read_waiting(case, key=key, box=box, again=again)


async def suggest(request: Request) -> Response:
    """Propose claims for every text that was not gone through."""
    bench = workbench_of(request)

    def work(case: Case) -> Iterator[Suggested]:
        return suggest_waiting(case)

    results = await bench.keeper.run_through(work)
    return _done("suggested", number=sum(each.suggestions for each in results))


def _done(what: str, *, number: int) -> Response:
    """Go back to the list, which says what was done."""
    told = urlencode({"did": what, "number": number})
    return RedirectResponse(f"/documents?{told}", status_code=303)


ROUTES = (
    Route("/documents", show_documents),
    Route("/documents.json", show_documents),
    Route("/add", add, methods=["POST"]),
    Route("/add.json", add, methods=["POST"]),
    Route("/read", read, methods=["POST"]),
    Route("/suggest", suggest, methods=["POST"]),
)
