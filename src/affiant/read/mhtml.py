"""Web pages saved as one file (mht, mhtml): the page as text, its files as parts.

Source: RFC 2557.
"""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from typing import Final
from urllib.parse import urlsplit

from affiant.model.file_name import escape_name
from affiant.read.codes import unreadable
from affiant.read.decoding import python_encoding
from affiant.read.mail import content_of, leaves_of
from affiant.read.mail_headers import BAD_HEADER, AsWritten, decode_words, header, said
from affiant.read.members import Collector
from affiant.read.page import read_page
from affiant.read.sniffing import sniff
from affiant.read.values import About, Reading

_FACTS: Final = (
    ("saved_by", "From"),
    ("saved", "Date"),
    ("address", "Snapshot-Content-Location"),
    ("subject", "Subject"),
)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
# What no byte of a text tells; what the file declares does.
_DECLARED: Final = {
    "text/html": "text/html",
    "text/css": "text/css",
    "text/javascript": "text/javascript",
    "application/javascript": "text/javascript",
    "application/x-javascript": "text/javascript",
}


def read_mhtml(data: bytes) -> Reading:
    """Return the page's visible text; style sheets, pictures and frames are parts.

    Who saved it, when, and from which address are facts that the file gives of itself.

    Raises:
        UnreadableError: ``mail_broken``, ``archive_limits``, or what ``read_page`` raises.
    """
    parts = Collector()
    page: Message | None = None
    try:
        message = message_from_bytes(data, policy=AsWritten())
        for number, leaf in enumerate(leaves_of(message), start=1):
            if page is None and leaf.part.get_content_type() in _PAGES:
                page = leaf.part
            else:
                _add(leaf.part, number=number, parts=parts)
        if page is None:
            raise unreadable("mail_broken")
        reading = read_page(content_of(page), declared=said(page.get_content_charset))
        facts = tuple(_facts(message))
    except (*BAD_HEADER, RecursionError) as problem:
        raise unreadable("mail_broken") from problem
    return replace(
        reading,
        members=parts.members,
        problems=(*reading.problems, *parts.problems),
        facts=facts,
    )


def _facts(message: Message) -> Iterator[tuple[str, str]]:
    """Yield what the file says of how it was saved."""
    for name, field in _FACTS:
        found = header(message, name=field)
        if found.text:
            yield f"mhtml.{name}", found.text


def _add(part: Message, *, number: int, parts: Collector) -> None:
    """Add one of the page's files, under the last word of its address."""
    address = decode_words(str(part.get("Content-Location", ""))).text
    name = urlsplit(address).path.rpartition("/")[2] or f"part-{number}"
    content = content_of(part)
    media_type = sniff(content, name=name)
    if media_type == "text/plain":
        media_type = _DECLARED.get(part.get_content_type(), media_type)
    charset = python_encoding(said(part.get_content_charset))
    if media_type.startswith("text/") and charset:
        media_type = f"{media_type}; charset={charset}"
    about = About(address=address) if address else None
    parts.add_escaped(escape_name(name), data=content, media_type=media_type, about=about)
