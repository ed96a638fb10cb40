"""What a page needs to be shown: pictures, styles, scripts, frames, as far as its source says.

A scanner, not a parser: it passes once over the bytes with patterns that never look back, so that
no page can hold it up, and what it overlooks costs nothing that was captured. What scripts would
fetch is not seen; for that there is the browser.
"""

import html
import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from affiant.preserve.capture.codes import FetchFailedError
from affiant.preserve.capture.spool import Incoming, Spool
from affiant.preserve.capture.web_address import WebAddress, read_link
from affiant.preserve.capture.wire import Head, read_chunks

MOST_SCANNED: Final = 4 << 20
_PIECE: Final = 1 << 16
_MOST_TAGS: Final = 50_000
# Every alternative that begins with a quote ends at the next one or at the end of what is looked
# at: nothing is looked at twice, however often quotes are left open.
_TAG: Final = re.compile(
    r"<(img|source|script|link|iframe|frame|video|audio|track|embed|object|input|image|use|base"
    r"|body|table|td|div|span|a|section|header|footer|li|p)\b([^<>]{0,65536})",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(
    r"([a-z][a-z:-]{0,30})\s{0,9}=\s{0,9}(?:\"([^\"]*)(?:\"|$)|'([^']*)(?:'|$)|([^\s\"'<>]+))",
    re.IGNORECASE,
)
_URL: Final = re.compile(
    r"url\(\s{0,9}(?:\"([^\"\n]*)(?:\"|\n|$)|'([^'\n]*)(?:'|\n|$)|([^\s\"'()]+))", re.IGNORECASE
)
_IMPORT: Final = re.compile(
    r"@import\s{1,9}(?:\"([^\"\n]*)(?:\"|\n|$)|'([^'\n]*)(?:'|\n|$))", re.IGNORECASE
)
_CHARSET: Final = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_WITH_SOURCE: Final = {
    *("img", "source", "script", "iframe", "frame", "video", "audio", "track", "embed", "input"),
}
_LINKED: Final = {"stylesheet", "icon", "shortcut", "apple-touch-icon", "preload", "manifest"}


def is_page(head: Head) -> bool:
    """Tell whether an answer says that it is a web page."""
    return media_type_of(head) in ("text/html", "application/xhtml+xml")


def is_style(head: Head) -> bool:
    """Tell whether an answer says that it is a style sheet."""
    return media_type_of(head) == "text/css"


def media_type_of(head: Head) -> str:
    """Return what the server named the answer's type."""
    return (head.one("content-type") or "").partition(";")[0].strip().lower()


def needed_by(answer: Spool, *, head: Head, page: WebAddress) -> Iterator[WebAddress | str]:
    """Yield each address that a page or style sheet needs, once, in order.

    One that is refused for its spelling is yielded as text.

    Raises:
        FetchFailedError: Its compression is not one that we undo.
    """
    text = _text(answer, head=head)
    links = _in_page(text) if is_page(head) else _in_style(text)
    base, seen = page, set()
    for kind, link in links:
        if not link.strip() or link.strip().lower().startswith(("data:", "about:", "javascript:")):
            continue
        try:
            found: WebAddress | str = read_link(link, page=base)
        except FetchFailedError:
            found = link.strip()[:2048]
        if kind == "base":
            base = found if isinstance(found, WebAddress) else base
        elif (key := found if isinstance(found, str) else found.url) not in seen:
            seen.add(key)
            yield found


def _in_page(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, link) from the source of a page."""
    for tag in islice(_TAG.finditer(text), _MOST_TAGS):
        name = tag[1].lower()
        attributes = {
            found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(tag[2])
        }
        for link in _of_tag(name, attributes=attributes):
            yield ("base" if name == "base" else "file"), link
    for style in _styles(text):
        yield from _in_style(style)


def _styles(text: str) -> Iterator[str]:
    """Yield what stands in the style elements of a page; an open one goes on to the end."""
    folded, at = text.lower(), 0
    if len(folded) != len(text):
        folded = text  # a letter that changes its length would shift what is found
    while (start := folded.find("<style", at)) >= 0:
        end = folded.find("</style", start)
        at = end if end >= 0 else len(text)
        yield text[start:at]


def _of_tag(name: str, *, attributes: dict[str, str]) -> Iterator[str]:
    """Yield the links of one tag that are needed to show it."""
    if name == "base" and "href" in attributes:
        yield attributes["href"]
    if name in _WITH_SOURCE and "src" in attributes:
        yield attributes["src"]
    if name == "link" and _LINKED & set(attributes.get("rel", "").lower().split()):
        yield attributes.get("href", "")
    if name in ("image", "use"):
        yield attributes.get("href") or attributes.get("xlink:href", "")
    for extra in ("poster", "background"):
        if extra in attributes:
            yield attributes[extra]
    if name == "object":
        yield attributes.get("data", "")
    for several in ("srcset", "imagesrcset"):
        yield from _of_set(attributes.get(several, ""))
    for _, link in _in_style(attributes.get("style", "")):
        yield link


def _of_set(text: str) -> Iterator[str]:
    """Yield the addresses of a ``srcset``: the first word of each part."""
    for part in re.split(r",\s", text):
        words = part.strip(" ,\t\r\n").split()
        if words:
            yield words[0]


def _in_style(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, link) from a style sheet."""
    for pattern in (_IMPORT, _URL):
        for found in pattern.finditer(text):
            yield "file", next(filter(None, found.groups()), "")


def _text(answer: Spool, *, head: Head) -> str:
    """Return the beginning of a body as text, whatever its declared encoding gives."""
    data = _content(answer, head=head)
    declared = _CHARSET.search(head.one("content-type") or "") or _CHARSET.search(
        data[:2048].decode("latin-1")
    )
    try:
        return data.decode(declared[1] if declared else "utf-8", errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def _content(answer: Spool, *, head: Head) -> bytes:
    """Return the beginning of a body without chunks and compression."""
    encoding = (head.one("content-encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise FetchFailedError("not_scanned", facts={"encoding": encoding[:40]})
    found = bytearray()
    with answer.body() as file:
        chunked = any("chunked" in value.lower() for value in head.all("transfer-encoding"))
        _fill(found, incoming=Incoming(lambda: file.read(_PIECE)), chunked=chunked)
    data = bytes(found)
    return _unpacked(data) if encoding in ("gzip", "x-gzip", "deflate") else data


def _fill(found: bytearray, *, incoming: Incoming, chunked: bool) -> None:
    """Gather a body up to what is scanned; a broken chunk ends it."""

    def gather(data: bytes) -> None:
        found.extend(data)
        if len(found) >= MOST_SCANNED:
            raise FetchFailedError("too_large")

    try:
        if chunked:
            read_chunks(incoming, raw=lambda _: None, data=gather)
        while not chunked and (data := incoming.more()):
            gather(data)
    except FetchFailedError:
        del found[MOST_SCANNED:]  # what is there is scanned; the exchange has the code


def _unpacked(data: bytes) -> bytes:
    """Undo gzip or deflate, no further than what is scanned."""
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(bits).decompress(data, MOST_SCANNED)
        except zlib.error:
            continue
    raise FetchFailedError("not_scanned", facts={"encoding": "broken"})
