"""Which queue a screen shows, of which documents: read from the address, written into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from affiant.claims.missed import missed_sentences
from affiant.claims.passages import BlindShare
from affiant.claims.queue import QueueKind, QueueRef, RefKind, Scope, queue, queue_item
from affiant.claims.review import Listed, listed, suggested
from affiant.errors import NotFoundError, WrongUseError
from affiant.store.case import Case

KINDS: Final[dict[QueueKind, str]] = {
    "all": "Everything, in reading order",
    "likely": "What waits, likeliest first",
    "missed": "Sentences without a claim",
    "disagreements": "Where others decided otherwise",
    "settle": "Disagreements of others to settle",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A queue as an address names it.

    Attributes:
        kind: Which queue.
        incident: Incident id, or None.
        source: Source id, or None.
        words: What is searched for, or None.
    """

    kind: QueueKind = "all"
    incident: str | None = None
    source: str | None = None
    words: str | None = None

    @property
    def query(self) -> str:
        """As it stands in an address; empty for everything."""
        named = {
            "kind": None if self.kind == "all" else self.kind,
            "incident": self.incident,
            "source": self.source,
            "words": self.words,
        }
        return urlencode({name: value for name, value in named.items() if value})

    def of(self, kind: QueueKind) -> str:
        """Return another kind of queue over the same scope, as it stands in an address."""
        other = Asked(kind=kind, incident=self.incident, source=self.source, words=self.words)
        return other.query

    def scope(self, document: str | None = None) -> Scope:
        """Return the scope, of one document or of all that it takes in."""
        return Scope(
            document=document, incident=self.incident, source=self.source, words=self.words
        )


def read_asked(named: Mapping[str, str]) -> Asked:
    """Return the queue that an address names.

    Raises:
        WrongUseError: There is no such kind.
    """
    kind = named.get("kind") or "all"
    if kind not in KINDS:
        raise WrongUseError(
            f"there is no queue {kind!r}", remedy=f"Choose among: {', '.join(KINDS)}."
        )
    return Asked(
        kind=kind,
        incident=named.get("incident") or None,
        source=named.get("source") or None,
        words=(named.get("words") or "").strip() or None,
    )


def asked_in(query: str) -> Asked:
    """Return the queue that the query of an address names."""
    return read_asked(dict(parse_qsl(query)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in the queue.

    Attributes:
        item_id: What the address calls it.
        what: A suggestion, a claim, or a stretch of text.
        document: Document id.
        spans: What is highlighted.
        listed: The claim, or None for a stretch of text.
        words: Of the stretch; '' for a claim.
    """

    item_id: str
    what: RefKind
    document: str
    spans: tuple[tuple[int, int], ...]
    listed: Listed | None
    words: str = ""

    @property
    def first(self) -> int:
        """Where its first quote, which tells the act, begins."""
        return self.listed.claim.quotes[0].start if self.listed else self.spans[0][0]


def claim_item(shown: Listed, *, what: RefKind = "claim") -> Item:
    """Return a claim as an item of the queue."""
    quotes = shown.claim.quotes
    return Item(
        item_id=shown.claim_id,
        what=what,
        document=shown.document,
        spans=tuple(
            (quote.start, quote.end)
            for at, quote in enumerate(quotes)
            if quote.slot == "act" or not at
        ),
        listed=shown,
    )


def see_items(case: Case, *, document: str, asked: Asked, reviewer: str) -> list[Item]:
    """Return what the queue has in one document; claims in texts of old are left out."""
    found = list(_items(case, document=document, asked=asked, reviewer=reviewer))
    if asked.kind == "all":
        found.sort(key=lambda item: (item.first, item.item_id))
    return found


def _items(case: Case, *, document: str, asked: Asked, reviewer: str) -> Iterator[Item]:
    text = case.documents.text_of(document)
    content = case.text(text.text_digest) if text else ""
    found = list(queue(case, reviewer=reviewer, kind=asked.kind, scope=asked.scope(document)))
    known = _known(case, document=document, reviewer=reviewer) if found else {}
    for ref in found:
        if ref.end is not None:
            yield stretch_item(ref, text=content)
            continue
        shown = known.get(ref.item_id) or queue_item(case, ref=ref, reviewer=reviewer)
        if text is None or shown.claim.text_digest == text.text_digest:
            yield claim_item(shown, what=ref.what)


def _known(case: Case, *, document: str, reviewer: str) -> dict[str, Listed]:
    """Return a document's suggestions and claims by their ids, read at one go."""
    found = {row.digest: suggested(row) for row in case.derived.suggestions_of(document)}
    for row in case.claims.of_document(document):
        own = row.verdicts.get(reviewer)
        found[row.claim_id] = listed(row, status=row.status if own else "suggested", own=own)
    return found


def stretch_item(ref: QueueRef, *, text: str) -> Item:
    """Return a stretch of text as an item of the queue."""
    end = ref.start if ref.end is None else ref.end
    return Item(
        item_id=ref.item_id,
        what=ref.what,
        document=ref.document,
        spans=((ref.start, end),),
        listed=None,
        words=text[ref.start : end],
    )


def see_stretch(case: Case, *, item_id: str, reviewer: str) -> Item:
    """Return a passage to be read first, or a sentence without a claim.

    Raises:
        NotFoundError: There is none, or no longer.
    """
    document, _, at = item_id.rpartition("@")
    text = case.documents.text_of(document)
    if text is not None and at.isascii() and at.isdecimal() and len(at) < 10:
        start = int(at)
        closed = BlindShare(case, reviewer=reviewer)
        waiting = dict(closed.waiting(document, text_digest=text.text_digest))
        what: RefKind = "passage" if start in waiting else "sentence"
        missed = missed_sentences(case, document=document, reviewer=reviewer)
        ends = waiting if start in waiting else dict(missed)
        if start in ends:
            ref = QueueRef(
                item_id=item_id, what=what, document=document, start=start, end=ends[start]
            )
            return stretch_item(ref, text=case.text(text.text_digest))
    raise NotFoundError(
        f"no passage or sentence of the queue is {item_id}", remedy="Load the document again."
    )
