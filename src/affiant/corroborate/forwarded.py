"""Forwarded messages: whom they name, and the message of that sender that they may repeat.

An export says that a message was forwarded from somebody. That is what one telephone says,
so it is a proposal; a person declares the edge with 'affiant source repeats'.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from affiant.errors import BadInputError
from affiant.language.folding import fold
from affiant.model.when import span_of
from affiant.store.case import Case

_RUN: Final = 5
_EXAMPLE_WORDS: Final = 12
_FARTHEST_ZONE: Final = timedelta(hours=14)
_DAY: Final = len("2031-03-14")
_NOBODYS: Final = frozenset({"service", "deleted", "unplaced"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardProposal:
    """A forwarded message, and what it may repeat.

    Attributes:
        document: The message.
        of: The earliest message with the same words by the sender that is named, or None.
        shared: 1.0 where there is one, else 0.0.
        runs: How many runs of five words it has.
        example: Its first words, folded.
        forwarded_from: Whom it names, as the export writes it.
    """

    document: str
    of: str | None
    shared: float
    runs: int
    example: str
    forwarded_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """A message by a sender who is named somewhere."""

    document: str
    container: str
    words: str
    sent: str | None


def propose_forwarded(case: Case) -> list[ForwardProposal]:
    """Return every forwarded message, in the order in which they were recorded.

    Only a message that is surely earlier is proposed: times without a zone count as any
    zone's, except within one export. Names and words are compared folded.
    """
    messages = list(case.documents.abouts())
    named = {fold(about["forwarded_from"]) for _, about in messages if "forwarded_from" in about}
    texts = {text.document_id: text.text_digest for text in case.documents.texts()}
    by_sender: dict[tuple[str, str], list[_Message]] = {}
    for document, about in messages:
        sender = fold(about.get("sender") or "")
        if sender in named and about.get("status") not in _NOBODYS and document in texts:
            message = _message(case, document=document, about=about, texts=texts)
            by_sender.setdefault((sender, message.words), []).append(message)
    found = []
    for document, about in messages:
        name = about.get("forwarded_from")
        if name is None:
            continue
        message = _message(case, document=document, about=about, texts=texts)
        earlier = [
            other
            for other in by_sender.get((fold(name), message.words), [])
            if message.words and _is_earlier(other, than=message)
        ]
        of = min(earlier, key=lambda other: (_span(other.sent), other.document), default=None)
        found.append(_proposal(message, of=of, name=name))
    return found


def _proposal(message: _Message, *, of: _Message | None, name: str) -> ForwardProposal:
    words = message.words.split()
    return ForwardProposal(
        document=message.document,
        of=of.document if of else None,
        shared=1.0 if of else 0.0,
        runs=max(0, len(words) - _RUN + 1),
        example=" ".join(words[:_EXAMPLE_WORDS]),
        forwarded_from=name,
    )


def _message(
    case: Case, *, document: str, about: Mapping[str, Any], texts: Mapping[str, str]
) -> _Message:
    """Return a message with its words folded; one without a text has none."""
    digest = texts.get(document)
    words = " ".join(fold(case.text(digest)).split()) if digest else ""
    container = document.rpartition("!")[0]
    return _Message(document=document, container=container, words=words, sent=about.get("sent"))


def _is_earlier(other: _Message, *, than: _Message) -> bool:
    """Tell whether a message was surely sent before another."""
    if other.document == than.document or other.sent is None or than.sent is None:
        return False
    local = _zone_of(other.sent) is None and _zone_of(than.sent) is None
    if local and other.container == than.container:
        length = min(len(other.sent), len(than.sent))
        return other.sent[:length] < than.sent[:length]
    first, second = list(_span(other.sent)), list(_span(than.sent))
    return bool(first and second) and first[1] <= second[0]


def _span(sent: str | None) -> tuple[datetime, ...]:
    """Return the first and last moment that a time may mean, in UTC; nothing if it is none."""
    return tuple(_moments(sent or ""))


def _moments(sent: str) -> Iterator[datetime]:
    """Yield both ends of what a time may mean."""
    try:
        moment = datetime.fromisoformat(sent) if len(sent) > _DAY else None
        days = span_of(sent[:_DAY])
    except (ValueError, BadInputError):
        return
    if moment is not None and moment.tzinfo is not None:
        yield from (moment.astimezone(UTC), moment.astimezone(UTC))
    elif moment is not None:
        local = moment.replace(tzinfo=UTC)
        yield from (local - _FARTHEST_ZONE, local + _FARTHEST_ZONE)
    elif days.first is not None and days.last is not None:
        midnight = datetime.min.time()
        yield datetime.combine(days.first, midnight, UTC) - _FARTHEST_ZONE
        yield datetime.combine(days.last, midnight, UTC) + timedelta(days=1) + _FARTHEST_ZONE


def _zone_of(sent: str) -> object | None:
    """Return the zone that stands with a time, or None."""
    try:
        return datetime.fromisoformat(sent).tzinfo if len(sent) > _DAY else None
    except ValueError:
        return None
