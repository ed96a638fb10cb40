"""What one reviewer has before them, in which order; never a score, never another's decision.

A queue is a row of references, made without decoding a claim, so that the next one is there at
once in a document of thousands. Whoever opens the case's database with another program can
read scores and decisions: the queue keeps an honest reviewer from seeing them by the way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from affiant.claims.missed import missed_sentences
from affiant.claims.passages import BlindShare
from affiant.claims.review import Listed, listed, suggested
from affiant.claims.seeds import SeedShare, find_seed
from affiant.errors import NotFoundError
from affiant.store.case import Case
from affiant.store.reviews import Open
from affiant.store.search import index_texts, spans_of_words

QueueKind = Literal["likely", "missed", "disagreements", "settle", "all"]
RefKind = Literal["suggestion", "claim", "passage", "sentence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which documents, or which passages of them, a queue is about; all where nothing is said.

    Attributes:
        document: Document id.
        incident: Incident id: the documents of the claims joined to it.
        source: Source id: the documents attributed to it.
        words: What the search finds.
    """

    document: str | None = None
    incident: str | None = None
    source: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRef:
    """One thing to look at.

    Attributes:
        item_id: A suggestion's digest, a claim's id, or ``document@start`` for a passage.
        what: ``suggestion``, ``claim``, ``passage`` (to be read before its suggestions are
            seen) or ``sentence`` (with a word of violence and no claim).
        document: Document id.
        start: Where it begins in the document's newest text.
        end: Where a passage or sentence ends, else None.
    """

    item_id: str
    what: RefKind
    document: str
    start: int
    end: int | None = None


def queue(case: Case, *, reviewer: str, kind: QueueKind, scope: Scope) -> Iterator[QueueRef]:
    """Yield what a reviewer has before them, document by document, originals before reprints.

    ``likely``: passages to be read blind, then suggestions, the likeliest first, then, where
    the policy asks for several reviewers, others' claims. ``missed``: sentences with a word of
    violence and no claim, in documents that they have not read through. ``disagreements``:
    claims that they decided on and another decided otherwise. ``settle``: claims that as many
    as the policy asks for, at least two, decided on and differ, they themselves not among
    them. ``all``: everything that they may see, in reading order.

    Args:
        case: The case.
        reviewer: First public key of whoever asks.
        kind: Which queue.
        scope: Of which documents.
    """
    if scope.words is not None:
        index_texts(case)
    view = _View(case, reviewer=reviewer, scope=scope)
    if kind in ("disagreements", "settle"):
        yield from view.contested(own=kind == "disagreements")
        return
    ways = {"likely": view.likely, "missed": view.missed, "all": view.everything}
    for document in view.documents:
        yield from ways[kind](document)


class _View:
    """One reviewer's view of the documents in a scope."""

    def __init__(self, case: Case, *, reviewer: str, scope: Scope) -> None:
        self._case = case
        self._reviewer = reviewer
        self._blind = BlindShare(case, reviewer=reviewer)
        self._seeds = SeedShare(case, reviewer=reviewer)
        wanted = {
            "document_id": scope.document,
            "source_id": scope.source,
            "incident_id": scope.incident,
        }
        self.documents = case.reviews.documents(wanted)
        self._spans = None if scope.words is None else spans_of_words(case, words=scope.words)
        if self._spans is not None:
            self.documents = [each for each in self.documents if each in self._spans]

    def _in_scope(self, document: str, *, start: int) -> bool:
        return self._spans is None or any(
            first <= start < last for first, last in self._spans.get(document, ())
        )

    def _passages(self, document: str) -> list[tuple[int, int]]:
        """Return the passages of a document that are to be read blind."""
        if not self._blind.share:
            return []
        text = self._case.documents.text_of(document)
        if text is None:
            return []
        return list(self._blind.waiting(document, text_digest=text.text_digest))

    def _open(self, document: str) -> Iterator[Open]:
        """Yield the suggestions that may be seen, likeliest first."""
        closed = self._passages(document)
        for item in self._case.reviews.open_suggestions(document, reviewer=self._reviewer):
            hidden = any(first <= item.start < last for first, last in closed)
            if not hidden and self._in_scope(document, start=item.start):
                yield item

    def likely(self, document: str) -> Iterator[QueueRef]:
        """Yield passages to be read blind, then suggestions, then others' claims."""
        for start, end in self._passages(document):
            if self._in_scope(document, start=start):
                yield _ref(document, what="passage", start=start, end=end)
        for item in self._open(document):
            yield self._suggestion(item)
        if self._case.claims.needed() > 1:
            for item in self._case.reviews.open_claims(document, reviewer=self._reviewer):
                if self._in_scope(document, start=item.start):
                    yield _claim(item)

    def _suggestion(self, item: Open) -> QueueRef:
        """Return a suggestion, or the seeded error that comes before it."""
        seed = self._seeds.seed_of(item.item_id)
        return QueueRef(
            item_id=item.item_id if seed is None else seed.seed_id,
            what="suggestion",
            document=item.document_id,
            start=item.start,
        )

    def missed(self, document: str) -> Iterator[QueueRef]:
        """Yield sentences with a word of violence and no claim."""
        closed = self._passages(document)
        for start, end in missed_sentences(self._case, document=document, reviewer=self._reviewer):
            hidden = any(first <= start < last for first, last in closed)
            if not hidden and self._in_scope(document, start=start):
                yield _ref(document, what="sentence", start=start, end=end)

    def everything(self, document: str) -> Iterator[QueueRef]:
        """Yield all that may be seen of a document, in reading order."""
        reviews, reviewer = self._case.reviews, self._reviewer
        found = [self._suggestion(item) for item in self._open(document)]
        claims = reviews.own_claims(document, reviewer=reviewer)
        claims += reviews.open_claims(document, reviewer=reviewer)
        found += [_claim(item) for item in claims if self._in_scope(document, start=item.start)]
        yield from sorted(found, key=lambda ref: (ref.start, ref.item_id))

    def contested(self, *, own: bool) -> Iterator[QueueRef]:
        """Yield the claims that reviewers differ on."""
        inside, enough = set(self.documents), max(2, self._case.claims.needed())
        for item, decided in self._case.reviews.contested(reviewer=self._reviewer, own=own):
            here = item.document_id in inside and self._in_scope(item.document_id, start=item.start)
            if here and (own or decided >= enough):
                yield _claim(item)


def _claim(item: Open) -> QueueRef:
    return QueueRef(item_id=item.item_id, what="claim", document=item.document_id, start=item.start)


def _ref(document: str, *, what: RefKind, start: int, end: int) -> QueueRef:
    """Return a reference to a stretch of text."""
    return QueueRef(
        item_id=f"{document}@{start}", what=what, document=document, start=start, end=end
    )


def queue_item(case: Case, *, ref: QueueRef, reviewer: str) -> Listed:
    """Return the claim that a reference means, as the reviewer may see it.

    Raises:
        NotFoundError: It is gone, or stands for a stretch of text and no claim.
    """
    if ref.what == "suggestion":
        for row in case.derived.suggestions_matching(ref.item_id):
            return suggested(row)
        seed = find_seed(case, seed_id=ref.item_id, reviewer=reviewer)
        if seed is not None:
            return Listed(
                claim_id=seed.seed_id,
                status="suggested",
                document=seed.document,
                claim=seed.claim,
                why=seed.why,
                verdict=None,
            )
    elif ref.what == "claim":
        for claim in case.claims.matching(ref.item_id):
            own = claim.verdicts.get(reviewer)
            return listed(claim, status=claim.status if own else "suggested", own=own)
    raise NotFoundError(
        f"{ref.item_id} is no claim or suggestion any more", remedy="Ask for the queue again."
    )
