"""What one reviewer may see of a document and of one claim."""

from dataclasses import dataclass
from typing import Final

from affiant.claims.passages import BlindShare
from affiant.claims.review import Listed, Target, find_target
from affiant.claims.seeds import SeedShare, find_seed
from affiant.errors import NotFoundError, PersonNeededError
from affiant.model.region import Place
from affiant.model.vocabulary import REJECTION_REASONS
from affiant.read.document import split_media_type
from affiant.read.raster import PDF, PICTURES
from affiant.store.case import Case
from affiant.store.claims import ClaimRow
from affiant.store.documents import DocumentRow, TextRow
from affiant.store.own_decisions import OwnDecision, OwnDecisions
from affiant.web.pane import Paragraph, paragraphs
from affiant.web.queueing import Asked, Item, see_items

_REASONS: Final[dict[str, str]] = {str(name): does for name, does in REJECTION_REASONS.items()}
REPEATING: Final = frozenset({"repeats", "translates", "strengthens", "weakens"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What another reviewer decided, as it is shown after one's own decision."""

    name: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneClaim:
    """A claim as the panel shows it.

    Attributes:
        listed: What it says, as the reviewer may know it.
        places: Where its quotes stand on pages.
        others: What the others decided; empty until the reviewer has decided, or settles.
        incident: Label of the incident that it tells, or None.
        settles: Whether the reviewer may settle what others differ on.
    """

    listed: Listed
    places: tuple[Place, ...]
    others: tuple[Said, ...] = ()
    incident: str | None = None
    settles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDocument:
    """A document as its screen shows it.

    Attributes:
        row: The document.
        text: Its newest recorded text, or None.
        paragraphs: Of that text.
        items: What the queue has of it.
        pictured: Whether its pages can be looked at.
        read_for: The questions for which the reviewer read it through.
        repeats: Names of the documents that it repeats: what it says like them is not listed.
        blind: How many passages the reviewer has to read before their suggestions are shown.
    """

    row: DocumentRow
    text: TextRow | None
    paragraphs: list[Paragraph]
    items: list[Item]
    pictured: bool
    read_for: frozenset[str]
    repeats: tuple[str, ...]
    blind: int


def see_document(case: Case, *, document: str, asked: Asked, reviewer: str) -> OneDocument:
    """Return a document with all that this reviewer may see of it.

    Raises:
        NotFoundError: The case has no such document.
    """
    row = case.documents.find(document)
    if row is None:
        raise NotFoundError(
            f"the case has no document {document}", remedy="Choose one of the list."
        )
    text = case.documents.text_of(document)
    kind, _ = split_media_type(row.media_type)
    read = case.claims.read_through()
    digest = text.text_digest if text else ""
    blind = BlindShare(case, reviewer=reviewer).waiting(document, text_digest=digest)
    return OneDocument(
        row=row,
        text=text,
        paragraphs=paragraphs(case.text(text.text_digest)) if text else [],
        items=see_items(case, document=document, asked=asked, reviewer=reviewer),
        pictured=kind == PDF or kind in PICTURES,
        read_for=frozenset(
            question for (of, question), by in read.items() if of == document and reviewer in by
        ),
        repeats=_repeated(case, document=document),
        blind=len(blind),
    )


def _repeated(case: Case, *, document: str) -> tuple[str, ...]:
    """Return the names of the documents that one was found to repeat."""
    of = [
        edge.of_document_id
        for edge in case.sources.edges()
        if edge.document_id == document and edge.kind in REPEATING
    ]
    rows = [case.documents.find(each) for each in of]
    return tuple(row.name for row in rows if row is not None)


def see_claim(case: Case, *, claim_id: str, reviewer: str, settling: bool = False) -> OneClaim:
    """Return a claim, suggestion or seeded error as this reviewer may see it.

    Args:
        case: The case.
        claim_id: Its id, or the suggestion's digest.
        reviewer: First public key of whoever asks.
        settling: Whether they ask in order to settle what others differ on.

    Raises:
        NotFoundError: There is none of this id.
        PersonNeededError: Somebody else made it of what this reviewer has not decided on, or
            its passage is to be read first.
    """
    seed = find_seed(case, seed_id=claim_id, reviewer=reviewer)
    target = find_target(case, claim_id=seed.suggestion if seed else claim_id)
    row, digest = target.row, target.suggestion
    own = row.verdicts.get(reviewer) if row else None
    settles = row is not None and _settles(case, row=row, reviewer=reviewer)
    by_digest = seed is not None or (digest is not None and digest.startswith(claim_id))
    if row is not None and own is None and not by_digest and not (settles and settling):
        _refuse_blind(case, row=row, reviewer=reviewer)
    if by_digest and own is None:
        _refuse_closed(case, target=target, reviewer=reviewer)
        seed = SeedShare(case, reviewer=reviewer).seed_of(str(digest))
    shown = seed.seed_id if seed else row.claim_id if row and (own or not by_digest) else digest
    listed = Listed(
        claim_id=str(shown),
        status=row.status if row and own else "suggested",
        document=target.document,
        claim=seed.claim if seed else row.claim if row and own else target.claim,
        why=target.why,
        verdict=own,
    )
    places = _places(case, listed=listed)
    if row is None or not (own or (settles and settling)):
        return OneClaim(listed=listed, places=places)
    return OneClaim(
        listed=listed,
        places=places,
        others=_others(case, row=row, reviewer=reviewer),
        incident=_incident(case, claim_id=row.claim_id),
        settles=settles,
    )


def _settles(case: Case, *, row: ClaimRow, reviewer: str) -> bool:
    """Tell whether a reviewer may settle a claim: others, enough of them, differ on it."""
    if len(set(row.verdicts.values())) < 2 or row.settled is not None:
        return False
    if reviewer in row.verdicts:
        return case.policies.policies()["settled_by"] == "anyone"
    return len(row.verdicts) >= max(2, case.claims.needed())


def _refuse_closed(case: Case, *, target: Target, reviewer: str) -> None:
    """Refuse a suggestion whose passage the reviewer has not read blind yet."""
    if BlindShare(case, reviewer=reviewer).hides(target.claim, document=target.document):
        raise PersonNeededError(
            "this passage is to be read before its suggestions are seen",
            remedy="Read it first: the queue of what waits begins with it.",
        )


def _refuse_blind(case: Case, *, row: ClaimRow, reviewer: str) -> None:
    """Refuse a claim that another made from a suggestion on which the reviewer must decide."""
    if row.suggestion is None or not case.derived.suggestions_matching(row.suggestion):
        return
    made = case.claims.of_suggestion(row.suggestion)
    if not any(reviewer in each.verdicts for each in made):
        raise PersonNeededError(
            "others decided on this claim and you have not yet",
            remedy="Decide on the suggestion first.",
        )


def _places(case: Case, *, listed: Listed) -> tuple[Place, ...]:
    """Return where a claim's quotes stand, as the newest recording of its text has it."""
    found = case.places.of(listed.claim.text_digest, document_id=listed.document)
    if not found:
        return ()
    newest = found[0]
    quotes = [
        quote.placed(regions=newest.regions, pages=newest.pages) for quote in listed.claim.quotes
    ]
    return tuple(dict.fromkeys(place for quote in quotes for place in quote.region))


def _others(case: Case, *, row: ClaimRow, reviewer: str) -> tuple[Said, ...]:
    names = case.policies.keys()
    latest = {each.reviewer: each for each in case.reviews.decisions_on(row.claim_id)}
    return tuple(
        Said(
            name=names.get(key, key[:16]),
            verdict=each.verdict,
            why=each.why or _REASONS.get(each.reason or "", ""),
        )
        for key, each in latest.items()
        if key != reviewer
    )


def _incident(case: Case, *, claim_id: str) -> str | None:
    joined = case.incidents.incident_of().get(claim_id)
    return next((row.label for row in case.incidents.all() if row.incident_id == joined), None)


def last_decisions(case: Case, *, reviewer: str) -> list[OwnDecision]:
    """Return the reviewer's ten latest decisions."""
    return OwnDecisions(case.db).latest(reviewer, limit=10)
