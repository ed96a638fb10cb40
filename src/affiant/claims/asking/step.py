"""Ask a model about every text that may be shown to it; keep what passes the gate."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from affiant.claims.asking.gate import FLAWS, About, Admitted, admit
from affiant.claims.asking.numbered import in_questions, numbered
from affiant.claims.asking.question import (
    PARAMETERS,
    PROMPT_VERSION,
    Question,
    asked_again,
    question,
)
from affiant.claims.asking.server import ModelServer
from affiant.claims.asking.shielded import shielded_documents
from affiant.claims.step import RECOGNISED
from affiant.claims.told import Known, known_of, told
from affiant.errors import PersonNeededError
from affiant.model.claim import Claim, ClaimOrigin
from affiant.model.suggestion import Suggestion
from affiant.store.case import Case
from affiant.store.derived import suggestion_digest
from affiant.store.documents import TextRow
from affiant.store.models import ModelReply

TOOL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking about one document.

    Attributes:
        document: Document id.
        text_digest: Its text; '' where nothing was sent.
        shielded: Why nothing was sent, in words; '' where something was.
        questions: How many requests were answered.
        suggestions: How many claims passed the gate and are new.
        known: How many passed that the rules had proposed as well.
        dropped: Flaw to how many proposals were dropped for it.
    """

    document: str
    text_digest: str = ""
    shielded: str = ""
    questions: int = 0
    suggestions: int = 0
    known: int = 0
    dropped: Mapping[str, int]


def suggest_by_model(case: Case, *, server: ModelServer, again: bool = False) -> Iterator[Asked]:
    """Ask about the newest text of every document that this model has not seen.

    Documents that are protected are not sent. What a document says is sent as data; what
    comes back is let through word for word or not at all.

    Raises:
        PersonNeededError: Nobody allowed this server and model for this case.
        NoReplyError: The server gave no usable answer; what was kept before stays.
    """
    _demand_allowed(case, server=server)
    origin = ClaimOrigin(tool=TOOL, version=f"{server.model} prompt {PROMPT_VERSION}")
    done = set() if again else case.derived.suggested()
    shielded = shielded_documents(case)
    known = known_of(case)
    for text in {row.document_id: row for row in case.documents.texts()}.values():
        if (text.text_digest, f"{origin.tool} {origin.version}") in done:
            continue
        why = shielded.get(text.document_id)
        if why is not None:
            yield Asked(document=text.document_id, shielded=why, dropped={})
            continue
        yield _ask_about(case, text=text, server=server, origin=origin, known=known)


def _demand_allowed(case: Case, *, server: ModelServer) -> None:
    """Refuse a server and model that nobody allowed."""
    allowed = {(row.address, row.model) for row in case.models.servers() if row.allowed}
    if (server.address, server.model) not in allowed:
        raise PersonNeededError(
            f"nobody allowed this case's texts to be sent to {server.host} ({server.model})",
            remedy=f"Decide on it: affiant model allow {server.address} --name {server.model}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """What came of all questions about one text."""

    origin: ClaimOrigin
    questions: int
    found: Mapping[Claim, ModelReply]
    dropped: Mapping[str, int]


def _ask_about(
    case: Case, *, text: TextRow, server: ModelServer, origin: ClaimOrigin, known: Known
) -> Asked:
    """Ask about one text, sentence run by sentence run, and store what came of it."""
    about_text = told(case, text=text, known=known)
    found: dict[Claim, ModelReply] = {}
    dropped: Counter[str] = Counter()
    questions = 0
    for run in in_questions(numbered(about_text.content)):
        asked = question(run, model=server.model, language=about_text.language)
        about = About(
            text_digest=text.text_digest,
            sentences=asked.sentences,
            language=about_text.language,
            published=about_text.published,
            origin=origin,
        )
        for reply, admitted in _answers(asked, server=server, about=about, text=text):
            questions += 1
            dropped.update(admitted.dropped)
            for claim in admitted.claims:
                found.setdefault(claim, reply)
    answered = _Answered(origin=origin, questions=questions, found=found, dropped=dropped)
    return _store(case, text=text, answered=answered)


def _answers(
    asked: Question, *, server: ModelServer, about: About, text: TextRow
) -> Iterator[tuple[ModelReply, Admitted]]:
    """Yield the reply to a question and, where anything was dropped, that to one retry."""
    for attempt in range(2):
        said = server.ask(asked.body)
        admitted = admit(said, about=about)
        yield _kept(said, asked=asked, server=server, text=text), admitted
        if attempt or not admitted.dropped:
            return
        problems = {FLAWS[flaw]: number for flaw, number in admitted.dropped.items()}
        asked = asked_again(asked, reply=said, problems=problems, model=server.model)


def _kept(said: str, *, asked: Question, server: ModelServer, text: TextRow) -> ModelReply:
    """Return a reply with all that was asked for it."""
    return ModelReply(
        document=text.document_id,
        text_digest=text.text_digest,
        address=server.address,
        model=server.model,
        prompt=PROMPT_VERSION,
        prompt_digest=asked.digest,
        parameters=PARAMETERS,
        reply=said,
    )


def _store(case: Case, *, text: TextRow, answered: _Answered) -> Asked:
    """Store a text's new suggestions with the replies that they came from."""
    origin = answered.origin
    before = _proposed(case, text=text)
    new = {
        claim: reply for claim, reply in answered.found.items() if not _is_known(claim, of=before)
    }
    suggestions = [_suggestion(claim, recognised=text.recognised) for claim in new]
    digests: dict[str, tuple[ModelReply, list[str]]] = {}
    for claim, reply in new.items():
        digest = suggestion_digest(claim, document_id=text.document_id)
        digests.setdefault(reply.digest, (reply, []))[1].append(digest)
    with case.deriving():
        case.models.forget(text.document_id)
        case.derived.set_suggestions(
            text.document_id,
            text_digest=text.text_digest,
            suggestions=suggestions,
            tool=f"{origin.tool} {origin.version}",
        )
        for reply, of_reply in digests.values():
            case.models.keep(reply, suggestions=of_reply)
    return Asked(
        document=text.document_id,
        text_digest=text.text_digest,
        questions=answered.questions,
        suggestions=len(new),
        known=len(answered.found) - len(new),
        dropped=dict(answered.dropped),
    )


def _suggestion(claim: Claim, *, recognised: bool) -> Suggestion:
    """Return an admitted claim as a suggestion that says where it is from."""
    why = f"proposed by the language model {claim.origin.version}; its words stand in the text"
    return Suggestion(claim=claim, why=f"{why}; {RECOGNISED}" if recognised else why)


def _proposed(case: Case, *, text: TextRow) -> list[Claim]:
    """Return what was proposed for a document by rules, and what people made of it."""
    rules = [
        row.claim
        for row in case.derived.suggestions_of(text.document_id)
        if row.claim.origin.tool != TOOL
    ]
    return rules + [row.claim for row in case.claims.of_document(text.document_id)]


def _is_known(claim: Claim, *, of: Iterable[Claim]) -> bool:
    """Tell whether one of these says the same of the same words."""
    return any(
        claim.family == other.family
        and claim.text_digest == other.text_digest
        and claim.speakers[-1].stance == other.speakers[-1].stance
        and _bounds(claim) == _bounds(other)
        and _overlap(claim, other=other)
        for other in of
    )


def _bounds(claim: Claim) -> set[tuple[str, int | None, int | None]]:
    return {(count.of, count.min, count.max) for count in claim.counts}


def _overlap(claim: Claim, *, other: Claim) -> bool:
    """Tell whether the words that tell the act are the same in part."""
    return any(
        one.slot == "act" == two.slot and one.start < two.end and two.start < one.end
        for one in claim.quotes
        for two in other.quotes
    )
