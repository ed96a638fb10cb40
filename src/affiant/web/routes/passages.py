"""A document read through, a passage read blind, a disagreement settled."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from affiant.claims.passages import read_blind
from affiant.claims.review import read_through, settle_claim
from affiant.errors import WrongUseError
from affiant.log.keys import SigningKey
from affiant.model.decision import Decision
from affiant.store.case import Case
from affiant.web.queueing import see_stretch
from affiant.web.routes.claims import read_verdict, text_of, whole
from affiant.web.workbench import workbench_of


async def read_document_through(request: Request) -> Response:
    """Record that the document was read through for these questions."""
    bench = workbench_of(request)
    form = await request.form()
    document = text_of(form, name="document")
    questions = [str(value) for value in form.getlist("question")]
    await bench.keeper.run(read_through, document=document, questions=questions, key=bench.key)
    return whole(request, document=document, form=form, claim_id=text_of(form, name="claim"))


def _read_blind(case: Case, *, item_id: str, key: SigningKey) -> str:
    """Record that a passage was read, with the claims made from it; return the document."""
    reviewer = case.policies.person_of(key.public)
    passage = see_stretch(case, item_id=item_id, reviewer=reviewer)
    if passage.what != "passage":
        raise WrongUseError("this is no passage to be read first", remedy="Load the page again.")
    (start, end), document = passage.spans[0], passage.document
    made = case.reviews.own_claims(document, reviewer=reviewer)
    claim_ids = [each.item_id for each in made if start <= each.start < end]
    read_blind(case, document=document, start=start, claim_ids=claim_ids, key=key)
    return document


async def read_passage_blind(request: Request) -> Response:
    """Record that a passage was read before its suggestions were seen; show them now."""
    bench = workbench_of(request)
    form = await request.form()
    item_id = text_of(form, name="claim")
    document = await bench.keeper.run(_read_blind, item_id=item_id, key=bench.key)
    return whole(request, document=document, form=form)


def _settlement(form: FormData) -> Decision:
    """Return the verdict that settles, with its words."""
    return Decision(
        verdict=read_verdict(text_of(form, name="verdict")),
        why=text_of(form, name="why").strip() or None,
    )


async def settle(request: Request) -> Response:
    """Settle what reviewers differ on."""
    bench = workbench_of(request)
    form = await request.form()
    claim_id = text_of(form, name="claim")
    await bench.keeper.run(
        settle_claim, claim_id=claim_id, decision=_settlement(form), key=bench.key
    )
    return whole(request, document=text_of(form, name="document"), form=form)


ROUTES = (
    Route("/read-through", read_document_through, methods=["POST"]),
    Route("/read-blind", read_passage_blind, methods=["POST"]),
    Route("/settle", settle, methods=["POST"]),
)
