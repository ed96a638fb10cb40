"""WhatsApp's exported chats: one part a message, every character of it kept."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from affiant.read.chat_dates import sent_dates
from affiant.read.chat_heads import Head, find_heads
from affiant.read.codes import unreadable
from affiant.read.decoding import decode
from affiant.read.members import MOST_MESSAGES, Collector
from affiant.read.values import About, Reading
from affiant.read.whatsapp_words import attached_files, is_edited, is_notice, kind_of

_LONGEST_NAME: Final = 2_000
_SENDER: Final = re.compile(r"(?P<name>[^\n:]{1,200}):(?: |(?=[\r\n]|$))")
_QUOTING: Final = frozenset('"\u201c\u201d\u00ab\u00bb')
_BLANK: Final = frozenset(" \t\r\n\ufeff")


def read_whatsapp(data: bytes) -> Reading:
    """Return the messages of an export as parts; the file has no text of its own.

    So nothing is read twice: whatever stands in the file stands in the head or in the text
    of exactly one message. A message's text is everything after its sender up to the next
    head, joiners and direction marks kept, without the line end before that head.

    Raises:
        UnreadableError: ``export_unknown`` where no message is found, ``empty`` or ``not_text``.
    """
    text = decode(data).text
    heads, others = _alike(find_heads(text))
    if not heads:
        raise unreadable("export_unknown")
    parts = Collector(most=MOST_MESSAGES)
    before = text[: heads[0].start]
    if not _BLANK.issuperset(before):
        parts.note("unplaced_words", item="message/000000")
        _add(parts, number=0, text=before, about=About(status="unplaced"))
    dates = sent_dates(heads)
    for number, (head, body) in enumerate(_bodies(text, heads=heads), start=1):
        if not parts.has_room(4 * len(body)):
            parts.note("parts_left_out", item=f"message/{number:06}")
            break
        about, words = _message(body, sent=dates.sent[number - 1], plain=head.shape[0] is True)
        _add(parts, number=number, text=words, about=about)
    for code, count in (("dates_ambiguous", dates.unsure), ("heads_differ", others)):
        if count:
            parts.note(code, item=str(count))
    facts = (("date_order", dates.order or "not sure"), ("messages", str(len(heads))))
    return Reading(extraction=None, members=parts.members, problems=parts.problems, facts=facts)


def _alike(heads: Sequence[Head]) -> tuple[list[Head], int]:
    """Return the heads that are written like the first, and how many are not.

    One telephone writes all of them in one form; another form is a quotation, as a rule.
    """
    alike = [head for head in heads if head.shape == heads[0].shape]
    return alike, len(heads) - len(alike)


def _bodies(text: str, *, heads: Sequence[Head]) -> Iterator[tuple[Head, str]]:
    """Yield each head with what follows it, up to the line end before the next."""
    ends = [head.start for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        yield head, text[head.end : end].removesuffix("\n").removesuffix("\r")


def _message(body: str, *, sent: str | None, plain: bool) -> tuple[About, str]:
    """Return what an export says of a message, and its text.

    Args:
        body: What stands after the head.
        sent: When it was sent.
        plain: Whether lines of the service's own have no sender, as Android writes them.
    """
    named = _SENDER.match(body)
    quoting = named is not None and not _QUOTING.isdisjoint(named["name"])
    if named is None or len(named["name"]) > _LONGEST_NAME or (plain and quoting):
        return About(sent=sent, status="service"), body
    words = body[named.end() :]
    if is_notice(words):
        return About(sent=sent, status="service"), words
    about = About(
        sender=named["name"].strip(),
        sent=sent,
        edited="unknown" if is_edited(words) else None,
        attached=attached_files(words),
        status=kind_of(words),
    )
    return about, words


def _add(parts: Collector, *, number: int, text: str, about: About) -> None:
    """Add one message under its number in the export."""
    data = text.encode("utf-8")
    media_type = "text/plain" if text.strip() else "inode/x-empty"
    parts.add_escaped(f"message/{number:06}", data=data, media_type=media_type, about=about)
