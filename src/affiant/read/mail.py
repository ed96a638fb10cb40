"""Mail messages: their main headers and body as text, everything else as members."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import EmailPolicy
from typing import Final, cast

from affiant.errors import UnreadableError
from affiant.model.file_name import escape_name
from affiant.read.codes import unreadable
from affiant.read.decoding import Decoded, decode, python_encoding
from affiant.read.mail_headers import BAD_HEADER, AsWritten, decode_words, header, said, sent_on
from affiant.read.members import Collector
from affiant.read.page import read_page
from affiant.read.sniffing import sniff
from affiant.read.values import Extraction, Hints, Reading

TOOL: Final = "affiant.read.mail"
VERSION: Final = "1"
SHOWN_HEADERS: Final = ("From", "To", "Cc", "Date", "Subject")
SETTINGS: Final = "headers From, To, Cc, Date, Subject; plain text before html"

_AS_WRITTEN: Final = EmailPolicy(refold_source="none", linesep="\r\n")
_TEXTS: Final = ("text/plain", "text/html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One part that holds no further parts.

    Attributes:
        part: The part.
        spare: Whether a better form of the same text is there.
    """

    part: Message
    spare: bool


def read_mail(data: bytes) -> Reading:
    """Return the text of a message: its main headers, an empty line, its body.

    The body is every text part that is not an attachment, in order; of alternatives the
    plain one, and the other is left out. Web pages are read as such. Everything else is a
    member. Headers that break the rules stand as they are written.

    Raises:
        UnreadableError: ``mail_broken``, ``empty``, or ``archive_limits``.
    """
    parts = Collector()
    try:
        message = message_from_bytes(data, policy=AsWritten())
        bodies = []
        for number, leaf in enumerate(leaves_of(message), start=1):
            is_body = _is_body(leaf.part)
            body = _body_text(leaf.part) if is_body and not leaf.spare else None
            if body is not None:
                bodies.append(body)
            elif not is_body or not leaf.spare:
                _add_member(leaf.part, number=number, parts=parts)
    except (*BAD_HEADER, RecursionError) as problem:
        raise unreadable("mail_broken") from problem
    extraction = _extraction(message, bodies=bodies)
    return Reading(extraction=extraction, members=parts.members, problems=parts.problems)


def _extraction(message: Message, *, bodies: list[Decoded]) -> Extraction:
    """Return the text of headers and bodies together."""
    shown = [(name, header(message, name=name)) for name in SHOWN_HEADERS]
    head = "\n".join(f"{name}: {found.text}" for name, found in shown if found.text)
    text = "\n\n".join(part for part in (head, "\n".join(body.text for body in bodies)) if part)
    if not text.strip():
        raise unreadable("empty")
    of = dict(shown)
    return Extraction(
        text=text,
        tool=TOOL,
        version=VERSION,
        settings=SETTINGS + "".join(f"; encoding_by={body.found_by}" for body in bodies[:1]),
        encoding=bodies[0].encoding if bodies else None,
        replaced=sum(body.replaced for body in bodies),
        surrogates=sum(found.surrogates for found in of.values())
        + sum(body.surrogates for body in bodies),
        hints=Hints(
            title=of["Subject"].text or None,
            author=of["From"].text or None,
            published=sent_on(of["Date"].text),
        ),
    )


def leaves_of(message: Message) -> Iterator[Leaf]:
    """Yield the parts without parts of their own, in order."""
    waiting = [Leaf(part=message, spare=False)]
    while waiting:
        leaf = waiting.pop()
        if leaf.part.get_content_maintype() != "multipart" or not leaf.part.is_multipart():
            yield leaf
            continue
        children = cast("list[Message]", leaf.part.get_payload())
        best = _best(children) if leaf.part.get_content_subtype() == "alternative" else None
        waiting += [
            Leaf(part=child, spare=leaf.spare or (best is not None and child is not best))
            for child in reversed(children)
        ]


def _best(alternatives: list[Message]) -> Message | None:
    """Return the alternative to read: the first with plain text, else the first page."""
    for kind in _TEXTS:
        for part in alternatives:
            if any(inner.get_content_type() == kind for inner in part.walk()):
                return part
    return None


def _is_body(part: Message) -> bool:
    """Tell whether a part is text to be shown with the message."""
    apart = said(part.get_filename) or said(part.get_content_disposition) == "attachment"
    return part.get_content_type() in _TEXTS and not apart


def _body_text(part: Message) -> Decoded | None:
    """Return the text of one body part; None where it is said to be text but is not."""
    content = content_of(part)
    charset = said(part.get_content_charset)
    if not content.strip():
        return Decoded(text="", encoding="utf-8", found_by="utf-8")
    try:
        if part.get_content_type() == "text/plain":
            return decode(content, declared=charset)
        page = read_page(content, declared=charset, with_hints=False).extraction
    except UnreadableError:
        return None
    if page is None:
        return None
    return Decoded(
        text=page.text,
        encoding=page.encoding or "",
        found_by="declared",
        replaced=page.replaced,
        surrogates=page.surrogates,
    )


def _add_member(part: Message, *, number: int, parts: Collector) -> None:
    """Add an attachment under its own name, or its number where it has none."""
    name = decode_words(said(part.get_filename) or "").text or f"part-{number}"
    content = content_of(part)
    declared = part.get_content_type()
    enclosed = declared == "message/rfc822"
    media_type = declared if enclosed else sniff(content, name=name)
    charset = python_encoding(said(part.get_content_charset))
    if media_type.startswith("text/") and charset:
        media_type = f"{media_type}; charset={charset}"
    path = escape_name(name).replace("/", "%2F")
    parts.add_escaped(path, data=content, media_type=media_type)


def content_of(part: Message) -> bytes:
    """Return a part's bytes; of an enclosed message its source, headers as they were."""
    if part.is_multipart():
        inner = cast("list[Message]", part.get_payload())
        return b"".join(message.as_bytes(policy=_AS_WRITTEN) for message in inner)
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
