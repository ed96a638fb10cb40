"""One claim: shown, decided on, taken back; several rejected; a document read through."""

from collections.abc import Sequence
from typing import Any, Final, cast
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from affiant.claims.review import decide, read_through
from affiant.claims.taking_back import take_back_last
from affiant.errors import WrongUseError
from affiant.log.keys import SigningKey
from affiant.model.decision import Decision
from affiant.model.vocabulary import DELICATE, REJECTION_REASONS, ClaimVerdict
from affiant.store.case import Case
from affiant.web.drawing import is_partial
from affiant.web.seeing import last_decisions, listed_fields, see_claim
from affiant.web.workbench import asked, workbench_of

VERDICTS: Final = frozenset({"accepted", "rejected", "unsure"})


def address(document: str, *, claim_id: str | None = None) -> str:
    """Return the address of a document's screen, at one claim."""
    named = {"id": document, **({"claim": claim_id} if claim_id else {})}
    return f"/document?{urlencode(named)}"


def see_panel(case: Case, *, claim_id: str, reviewer: str) -> dict[str, Any]:
    """Return all that the panel of one claim shows."""
    one = see_claim(case, claim_id=claim_id, reviewer=reviewer)
    return {"one": one, "log": last_decisions(case, reviewer=reviewer)}


async def show_claim(request: Request) -> Response:
    """Show one claim beside the text that is on the screen already."""
    bench = workbench_of(request)
    claim_id = asked(request, name="id")
    found = await bench.keeper.run(see_panel, claim_id=claim_id, reviewer=bench.reviewer)
    listed = found["one"].listed
    if request.url.path.endswith(".json"):
        return JSONResponse(listed_fields(listed))
    if not is_partial(request):
        here = address(listed.document, claim_id=listed.claim_id)
        return RedirectResponse(here, status_code=303)
    return bench.drawing.page("panel_part", item="", **found)


def text_of(form: FormData, *, name: str) -> str:
    """Return a text field of a form; the empty text where it was left empty or out."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def read_decision(form: FormData) -> Decision:
    """Return the verdict with its reason and what was confirmed one by one.

    Raises:
        WrongUseError: It is none, a rejection lacks its reason, or an acceptance comes before
            attribution and polarity were confirmed.
    """
    verdict, _, reason = text_of(form, name="verdict").partition(":")
    if verdict not in VERDICTS or (verdict == "rejected") != (reason in REJECTION_REASONS):
        raise WrongUseError(
            "this is no verdict", remedy="Press A, or X and a digit for the reason, or U."
        )
    confirmed = tuple(name for name in DELICATE if form.get(name))
    if verdict == "accepted" and set(confirmed) != set(DELICATE):
        raise WrongUseError(
            "who says it and how it is told are not confirmed",
            remedy="Press S and D when you have looked at both, then A.",
        )
    return Decision(
        verdict=cast(ClaimVerdict, verdict),
        why=text_of(form, name="why").strip() or None,
        confirmed=confirmed,
        reason=reason or None,
    )


async def decide_claim(request: Request) -> Response:
    """Record a verdict, then show the next claim."""
    bench = workbench_of(request)
    form = await request.form()
    claim_id = text_of(form, name="claim")
    decided = await bench.keeper.run(
        decide, claim_id=claim_id, decision=read_decision(form), key=bench.key
    )
    return await after(request, form=form, decided=decided.claim_id or claim_id)


async def after(request: Request, *, form: FormData, decided: str) -> Response:
    """Show the claim that comes after one that was decided on."""
    bench = workbench_of(request)
    following = text_of(form, name="next")
    if not is_partial(request):
        return RedirectResponse(address(text_of(form, name="document")), status_code=303)
    found = await bench.keeper.run(
        _see_after, decided=decided, following=following, reviewer=bench.reviewer
    )
    return bench.drawing.page("panel_part", item=text_of(form, name="item"), **found)


def _see_after(case: Case, *, decided: str, following: str, reviewer: str) -> dict[str, Any]:
    """Return the next claim's panel, and what became of the one before."""
    before = see_claim(case, claim_id=decided, reviewer=reviewer)
    shown = see_panel(case, claim_id=following or decided, reviewer=reviewer)
    return {"before": before.listed, **shown}


def reject_several(
    case: Case, *, claim_ids: Sequence[str], decision: Decision, key: SigningKey
) -> None:
    """Reject several claims, each by a decision of its own."""
    for claim_id in claim_ids:
        decide(case, claim_id=claim_id, decision=decision, key=key)


async def reject_marked(request: Request) -> Response:
    """Reject the claims that were marked; accepting several at once there is not."""
    bench = workbench_of(request)
    form = await request.form()
    decision = read_decision(form)
    claim_ids = [str(value) for value in form.getlist("marked")]
    if decision.verdict != "rejected" or not claim_ids:
        raise WrongUseError(
            "several claims can be rejected, and nothing else",
            remedy="Mark claims with M, then Shift+X and a digit.",
        )
    await bench.keeper.run(reject_several, claim_ids=claim_ids, decision=decision, key=bench.key)
    return whole(request, document=text_of(form, name="document"))


def whole(request: Request, *, document: str, claim_id: str | None = None) -> Response:
    """Load a document's screen as a whole, because much of it changed."""
    there = address(document, claim_id=claim_id or None)
    if is_partial(request):
        return Response(status_code=204, headers={"HX-Redirect": there})
    return RedirectResponse(there, status_code=303)


async def take_back(request: Request) -> Response:
    """Take the last decision back and show its claim again."""
    bench = workbench_of(request)
    last = await bench.keeper.run(take_back_last, key=bench.key, why="taken back in the workbench")
    shown = await bench.keeper.run(_still_there, claim_ids=(last.claim_id, last.suggestion))
    return whole(request, document=last.document_id, claim_id=shown)


def _still_there(case: Case, *, claim_ids: Sequence[str | None]) -> str | None:
    """Return the suggestion where there is one again, else the claim."""
    for claim_id in reversed(claim_ids):
        if claim_id and (
            case.derived.suggestions_matching(claim_id) or case.claims.matching(claim_id)
        ):
            return claim_id
    return None


async def read_document_through(request: Request) -> Response:
    """Record that the document was read through for these questions."""
    bench = workbench_of(request)
    form = await request.form()
    document = text_of(form, name="document")
    questions = [str(value) for value in form.getlist("question")]
    await bench.keeper.run(read_through, document=document, questions=questions, key=bench.key)
    return whole(request, document=document, claim_id=text_of(form, name="claim"))


ROUTES = (
    Route("/claim", show_claim),
    Route("/claim.json", show_claim),
    Route("/decide", decide_claim, methods=["POST"]),
    Route("/reject-marked", reject_marked, methods=["POST"]),
    Route("/take-back", take_back, methods=["POST"]),
    Route("/read-through", read_document_through, methods=["POST"]),
)
