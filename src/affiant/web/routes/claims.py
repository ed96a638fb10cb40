"""One claim: shown, decided on, taken back; several rejected; a document read through."""

from collections.abc import Sequence
from typing import Any, Final, cast
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from affiant.claims.review import Decided, decide, listed_fields
from affiant.claims.taking_back import take_back_last
from affiant.errors import WrongUseError
from affiant.log.keys import SigningKey
from affiant.model.decision import Decision
from affiant.model.vocabulary import DELICATE, REJECTION_REASONS, ClaimVerdict
from affiant.store.case import Case
from affiant.web.drawing import is_partial
from affiant.web.queueing import Asked, Item, asked_in, claim_item, read_asked, see_stretch
from affiant.web.seeing import last_decisions, see_claim
from affiant.web.wording import told_of
from affiant.web.workbench import asked, workbench_of

VERDICTS: Final = frozenset({"accepted", "rejected", "unsure"})


def address(document: str, *, claim_id: str | None = None, asked: Asked | None = None) -> str:
    """Return the address of a document's screen, at one claim of a queue."""
    named = {"id": document, **({"claim": claim_id} if claim_id else {})}
    query = asked.query if asked else ""
    return f"/document?{urlencode(named)}" + (f"&{query}" if query else "")


def see_panel(case: Case, *, claim_id: str, asked: Asked, reviewer: str) -> dict[str, Any]:
    """Return all that the panel of one claim, or of one stretch of text, shows."""
    found = {"log": last_decisions(case, reviewer=reviewer), "asked": asked, "one": None}
    if "@" in claim_id:
        return {**found, "stretch": see_stretch(case, item_id=claim_id, reviewer=reviewer)}
    settling = asked.kind == "settle"
    one = see_claim(case, claim_id=claim_id, reviewer=reviewer, settling=settling)
    return {**found, "one": one, "settling": settling and one.settles}


def asked_of(form: FormData) -> Asked:
    """Return the queue from which a form was sent."""
    return asked_in(text_of(form, name="asked"))


async def show_claim(request: Request) -> Response:
    """Show one claim beside the text that is on the screen already."""
    bench = workbench_of(request)
    claim_id, queued = asked(request, name="id"), read_asked(request.query_params)
    found = await bench.keeper.run(
        see_panel, claim_id=claim_id, asked=queued, reviewer=bench.reviewer
    )
    document = found["stretch"].document if found["one"] is None else found["one"].listed.document
    if request.url.path.endswith(".json") and found["one"] is not None:
        return JSONResponse(listed_fields(found["one"].listed))
    if not is_partial(request):
        return RedirectResponse(address(document, claim_id=claim_id, asked=queued), status_code=303)
    return bench.drawing.page("panel_part", **found)


def text_of(form: FormData, *, name: str) -> str:
    """Return a text field of a form; the empty text where it was left empty or out."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def read_verdict(word: str) -> ClaimVerdict:
    """Return a verdict.

    Raises:
        WrongUseError: It is none.
    """
    if word not in VERDICTS:
        raise WrongUseError(
            "this is no verdict", remedy="Press A, or X and a digit for the reason, or U."
        )
    return cast(ClaimVerdict, word)


def read_decision(form: FormData) -> Decision:
    """Return the verdict with its reason and what was confirmed one by one.

    Raises:
        WrongUseError: It is none, a rejection lacks its reason, or an acceptance comes before
            attribution and polarity were confirmed.
    """
    verdict, _, reason = text_of(form, name="verdict").partition(":")
    if (verdict == "rejected") != (reason in REJECTION_REASONS):
        raise WrongUseError(
            "a rejection has a reason, nothing else has one", remedy="Press X and a digit."
        )
    confirmed = tuple(name for name in DELICATE if form.get(name))
    if verdict == "accepted" and set(confirmed) != set(DELICATE):
        raise WrongUseError(
            "who says it and how it is told are not confirmed",
            remedy="Press S and D when you have looked at both, then A.",
        )
    return Decision(
        verdict=read_verdict(verdict),
        why=text_of(form, name="why").strip() or None,
        confirmed=confirmed,
        reason=reason or None,
    )


def _decide(case: Case, *, form: FormData, key: SigningKey) -> dict[str, Any]:
    """Record a verdict; return the next claim's panel, and what became of the one before."""
    claim_id, decision = text_of(form, name="claim"), read_decision(form)
    decided = decide(case, claim_id=claim_id, decision=decision, key=key)
    return see_after(
        case,
        form=form,
        decided=decided,
        verdict=decision.verdict,
        reviewer=case.policies.person_of(key.public),
    )


async def decide_claim(request: Request) -> Response:
    """Record a verdict, then show the next claim."""
    bench = workbench_of(request)
    form = await request.form()
    return after(
        request, form=form, found=await bench.keeper.run(_decide, form=form, key=bench.key)
    )


def after(request: Request, *, form: FormData, found: dict[str, Any]) -> Response:
    """Show the claim that comes after one that was decided on."""
    if not is_partial(request):
        there = address(text_of(form, name="document"), asked=asked_of(form))
        return RedirectResponse(there, status_code=303)
    return workbench_of(request).drawing.page("panel_part", **found)


def see_after(
    case: Case, *, form: FormData, decided: Decided, verdict: str | None, reviewer: str
) -> dict[str, Any]:
    """Return the next claim's panel, and what became of the one before.

    Args:
        case: The case.
        form: Names the item of the queue that was decided on, and the next claim.
        decided: What became of it.
        verdict: What the item shows now; None where it says something else, and is drawn anew.
        reviewer: Whoever decided.
    """
    seed = decided.seed
    queued = asked_of(form)
    before = seed.suggestion if seed else decided.claim_id or text_of(form, name="claim")
    following = seed.suggestion if seed else text_of(form, name="next") or before
    anew = seed is not None or verdict is None
    return {
        **see_panel(case, claim_id=following, asked=queued, reviewer=reviewer),
        "done": None if anew else (text_of(form, name="item"), before, verdict),
        "item": text_of(form, name="item"),
        "before": _item_again(case, claim_id=before, reviewer=reviewer) if anew else None,
        "told": told_of(seed) if seed else "",
    }


def _item_again(case: Case, *, claim_id: str, reviewer: str) -> Item:
    """Return an item of the queue that says something else now."""
    return claim_item(see_claim(case, claim_id=claim_id, reviewer=reviewer).listed)


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
    return whole(request, document=text_of(form, name="document"), form=form)


def whole(
    request: Request, *, document: str, form: FormData, claim_id: str | None = None
) -> Response:
    """Load a document's screen as a whole, because much of it changed."""
    there = address(document, claim_id=claim_id or None, asked=asked_of(form))
    if is_partial(request):
        return Response(status_code=204, headers={"HX-Redirect": there})
    return RedirectResponse(there, status_code=303)


async def take_back(request: Request) -> Response:
    """Take the last decision back and show its claim again."""
    bench = workbench_of(request)
    form = await request.form()
    last = await bench.keeper.run(take_back_last, key=bench.key, why="taken back in the workbench")
    shown = await bench.keeper.run(_still_there, claim_ids=(last.claim_id, last.suggestion))
    return whole(request, document=last.document_id, form=form, claim_id=shown)


def _still_there(case: Case, *, claim_ids: Sequence[str | None]) -> str | None:
    """Return the suggestion where there is one again, else the claim."""
    for claim_id in reversed(claim_ids):
        if claim_id is None:
            continue
        rows = case.claims.matching(claim_id)
        standing = any(row.status not in ("withdrawn", "superseded") for row in rows)
        if standing or case.derived.suggestions_matching(claim_id):
            return claim_id
    return None


ROUTES = (
    Route("/claim", show_claim),
    Route("/claim.json", show_claim),
    Route("/decide", decide_claim, methods=["POST"]),
    Route("/reject-marked", reject_marked, methods=["POST"]),
    Route("/take-back", take_back, methods=["POST"]),
)
