"""Reads one document of any format that we know."""

from collections.abc import Callable
from email.message import Message
from importlib import import_module
from typing import Final

from affiant.read.chat_marks import CHATS, TELEGRAM, TELEGRAM_PAGE, WHATSAPP
from affiant.read.codes import unreadable
from affiant.read.marks import OLE, OPEN_DOCUMENT, PPTX, SAVED_PAGE, XLSX, is_locked_office
from affiant.read.members import MOST_DEPTH
from affiant.read.plain import read_plain
from affiant.read.sniffing import DOCX
from affiant.read.values import Reading
from affiant.read.web_archive_marks import WACZ, WARC, WEB_ARCHIVES

MOST_TEXT: Final = 50_000_000
MOST_PARAGRAPHS: Final = 1_000_000
UNKNOWN: Final = "application/octet-stream"
PLAIN: Final = frozenset(
    {
        *("text/plain", "text/csv", "application/json", "application/jsonl"),
        *("text/css", "text/javascript"),
    }
)
_PACKED: Final = frozenset(
    {
        *("application/zip", "message/rfc822", "application/mbox", SAVED_PAGE),
        *("application/x-tar", "application/gzip", "application/x-bzip2", "application/x-xz"),
    }
)
CONTAINERS: Final = _PACKED | CHATS | WEB_ARCHIVES

# Parts that say that or how something was sent or fetched, or what a page is dressed in.
WORDLESS: Final = frozenset(
    {
        *("inode/x-empty", "application/http", "application/warc-fields"),
        *("application/javascript", "application/x-javascript"),
        *("font/woff", "font/woff2", "font/ttf", "font/otf", "application/font-woff"),
    }
)

# media type: module and function; the parsers behind them are loaded when they are needed
_READERS: Final = {
    "application/pdf": ("affiant.read.pdf", "read_pdf"),
    DOCX: ("affiant.read.word", "read_word"),
    "message/rfc822": ("affiant.read.mail", "read_mail"),
    "application/zip": ("affiant.read.archive", "read_archive"),
    XLSX: ("affiant.read.spreadsheet", "read_spreadsheet"),
    PPTX: ("affiant.read.slides", "read_slides"),
    **{
        f"{OPEN_DOCUMENT}.{kind}": ("affiant.read.open_document", "read_open_document")
        for kind in ("text", "spreadsheet", "presentation", "graphics")
    },
    "application/mbox": ("affiant.read.mailbox", "read_mailbox"),
    SAVED_PAGE: ("affiant.read.mhtml", "read_mhtml"),
    "application/x-tar": ("affiant.read.tar", "read_tar"),
    "application/gzip": ("affiant.read.compressed", "read_gzip"),
    "application/x-bzip2": ("affiant.read.compressed", "read_bzip2"),
    "application/x-xz": ("affiant.read.compressed", "read_xz"),
    **{
        f"image/{kind}": ("affiant.read.picture", "read_picture")
        for kind in ("png", "jpeg", "tiff", "gif", "webp", "bmp")
    },
    WHATSAPP: ("affiant.read.whatsapp", "read_whatsapp"),
    TELEGRAM: ("affiant.read.telegram", "read_telegram"),
    TELEGRAM_PAGE: ("affiant.read.telegram_page", "read_telegram_page"),
    WARC: ("affiant.read.warc", "read_warc"),
    WACZ: ("affiant.read.wacz", "read_wacz"),
}
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


def read_document(
    data: bytes, *, media_type: str, with_hints: bool = True, depth: int = 0
) -> Reading:
    """Return the text, parts and hints of one document.

    Runs in this process: hostile formats are for the box (``read_confined``).

    Args:
        data: The document.
        media_type: As ``sniff`` gives it; a ``charset`` in it counts as declared.
        with_hints: Whether to look for a web page's title, author and date.
        depth: In how many containers it lies.

    Raises:
        UnreadableError: With one of the codes in ``codes.UNREADABLE``.
    """
    kind, charset = split_media_type(media_type)
    if kind in CONTAINERS and depth >= MOST_DEPTH:
        raise unreadable("archive_limits")
    if kind in WORDLESS:
        raise unreadable("no_words")
    if kind in PLAIN:
        reading = read_plain(data, declared=charset)
    elif kind in _PAGES:
        from affiant.read.page import read_page  # noqa: PLC0415 - loads large libraries

        reading = read_page(data, declared=charset, with_hints=with_hints)
    elif kind in _READERS:
        reading = _reader(kind)(data)
    else:
        raise unreadable(_why_unread(kind, data=data))
    if reading.extraction is not None and _is_too_long(reading.extraction.text):
        raise unreadable("too_large")
    return reading


def _is_too_long(text: str) -> bool:
    """Tell whether a text is more than is recorded as one: each paragraph has a proof."""
    return len(text) > MOST_TEXT or text.count("\n") >= MOST_PARAGRAPHS


def split_media_type(media_type: str) -> tuple[str, str | None]:
    """Return the bare media type and the encoding that stands with it, if any.

    >>> split_media_type('text/html; charset="windows-1256"')
    ('text/html', 'windows-1256')
    """
    parsed = Message()
    parsed["content-type"] = media_type
    charset = parsed.get_param("charset")
    return parsed.get_content_type(), charset if isinstance(charset, str) else None


def _why_unread(kind: str, *, data: bytes) -> str:
    """Return the code for a format that nothing reads here."""
    if kind == OLE and is_locked_office(data):
        return "office_encrypted"
    return "unknown_format" if kind == UNKNOWN else "format_not_read"


def _reader(kind: str) -> Callable[[bytes], Reading]:
    module, function = _READERS[kind]
    reader: Callable[[bytes], Reading] = getattr(import_module(module), function)
    return reader
