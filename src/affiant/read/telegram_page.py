"""Telegram's exports as web pages: the same fields, out of the page's own elements."""

import re
from dataclasses import dataclass
from typing import Final

from resiliparse.parse.html import DOMNode, ElementNode, HTMLTree, NodeType

from affiant.read.codes import unreadable
from affiant.read.decoding import decode
from affiant.read.members import MOST_MESSAGES, Collector
from affiant.read.values import About, Reading

# Telegram writes days first in every language, and since 2022 the zone.
_MOMENT: Final = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_ANSWERED: Final = re.compile(r"#go_to_message(-?\d{1,20})")
_NUMBER: Final = re.compile(r"message(-?\d{1,20})")
_BLANKS: Final = "\t\n\f\r "
_WORDED: Final = ".media_poll, .media_contact, .media_location, .media_venue, .media_call"
_MOST_NODES: Final = 200_000


@dataclass(slots=True)
class _Before:
    """Whose message stood before: a joined one has the same sender, and says so no more."""

    sender: str | None = None


def read_telegram_page(data: bytes) -> Reading:
    """Return the messages of one page of an export as parts; the page has no text of its own.

    Raises:
        UnreadableError: ``export_unknown``, ``html_broken``, ``empty`` or ``not_text``.
    """
    source = decode(data, declared="utf-8").text
    try:
        tree = HTMLTree.parse(source)
    except (ValueError, RuntimeError, TypeError) as problem:
        raise unreadable("html_broken") from problem
    parts = Collector(most=MOST_MESSAGES)
    before = _Before()
    messages = tree.document.query_selector_all("div.message") if tree.document else []
    for message in messages:
        if not _take(message, before=before, parts=parts):
            parts.note("parts_left_out", item=_path(message))
            break
    if not parts.members:
        raise unreadable("export_unknown")
    heading = tree.document.query_selector(".page_header .text") if tree.document else None
    title = _text_of(heading) if heading is not None else ""
    facts = (("chat", title),) if title else ()
    return Reading(extraction=None, members=parts.members, problems=parts.problems, facts=facts)


def _take(message: ElementNode, *, before: _Before, parts: Collector) -> bool:
    """Add one message; return whether there was room for it."""
    classes = set(message.class_list)
    body = _child(message, name="body")
    if "service" in classes:
        text, about = _text_of(body or message), About(status="service")
        before.sender = None
    else:
        text, about = _said(body or message, joined="joined" in classes, before=before)
    data = text.encode("utf-8")
    if not parts.has_room(len(data)):
        return False
    media_type = "text/plain" if text else "inode/x-empty"
    parts.add_escaped(_path(message), data=data, media_type=media_type, about=about)
    return True


def _said(body: ElementNode, *, joined: bool, before: _Before) -> tuple[str, About]:
    """Return the text of a person's message and what the page says of it.

    What was forwarded stands in an element of its own, with a sender of its own.
    """
    forwarded = _child(body, name="forwarded")
    own = _child(body, name="from_name")
    before.sender = _own_text(own) if own is not None else (before.sender if joined else None)
    holder = forwarded if forwarded is not None else body
    words = _child(holder, name="text")
    media = _child(holder, name="media_wrap")
    moment = _child(body, name="date")
    answered = _child(body, name="reply_to")
    source = _child(forwarded, name="from_name") if forwarded is not None else None
    text = _text_of(words) if words is not None else _media_text(media)
    about = About(
        sender=before.sender,
        sent=_sent(moment),
        forwarded_from=(_own_text(source) if source is not None else None)
        or ("unknown" if forwarded is not None else None),
        attached=_files(media),
        refers_to=_answer(answered),
        status="media_omitted" if media is not None and not text and not _files(media) else None,
    )
    return text, about


def _path(message: ElementNode) -> str:
    """Return the path of a message: the number that the page gives it."""
    found = _NUMBER.fullmatch(message.id or "")
    return f"message/{found[1]}" if found else "message/unknown"


def _child(node: ElementNode | None, *, name: str) -> ElementNode | None:
    """Return the first child element of a class."""
    for child in node.child_nodes if node is not None else ():
        if isinstance(child, ElementNode) and name in child.class_list:
            return child
    return None


def _sent(moment: ElementNode | None) -> str | None:
    """Return the time in full, with its zone where it is given."""
    title = (moment.getattr("title") or "") if moment is not None else ""
    found = _MOMENT.fullmatch(title)
    if found is None:
        return None
    day, month, year, clock, zone = found.groups()
    return f"{year}-{month}-{day}T{clock}{zone or ''}"


def _answer(node: ElementNode | None) -> str | None:
    link = node.query_selector("a") if node is not None else None
    found = _ANSWERED.search(link.getattr("href") or "") if link is not None else None
    return f"message/{found[1]}" if found else None


def _files(media: ElementNode | None) -> tuple[str, ...]:
    """Return the paths of the files, as the page names them from its own folder on."""
    links = media.query_selector_all("a[href]") if media is not None else []
    paths = [link.getattr("href") or "" for link in links]
    return tuple(
        dict.fromkeys(path for path in paths if path and ":" not in path and "#" not in path)
    )


def _media_text(media: ElementNode | None) -> str:
    """Return what a poll, a place or a contact says, one line for each element."""
    worded = media.query_selector(_WORDED) if media is not None else None
    lines = _text_of(worded).split("\n") if worded is not None else []
    return "\n".join(line.strip(_BLANKS) for line in lines if line.strip(_BLANKS))


def _own_text(node: ElementNode) -> str:
    """Return the text that stands in an element itself, without that of its children."""
    pieces = [child.value or "" for child in node.child_nodes if child.type == NodeType.TEXT]
    return "".join(pieces).strip(_BLANKS)


def _text_of(node: ElementNode) -> str:
    """Return the text below an element: breaks as line ends, every code point kept."""
    pieces: list[str] = []
    waiting: list[DOMNode] = [node]
    left = _MOST_NODES
    while waiting and left:
        left -= 1
        found = waiting.pop()
        if found.type == NodeType.TEXT:
            pieces.append(found.value or "")
        elif found.tag == "br":
            pieces.append("\n")
        else:
            waiting += reversed(list(found.child_nodes))
    return "".join(pieces).strip(_BLANKS)
