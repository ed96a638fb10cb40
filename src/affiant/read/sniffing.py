"""What kind of file it is: from its content first, then from its name."""

import re
import struct
from pathlib import PurePosixPath
from typing import Final

from affiant.read.chat_marks import chat_type
from affiant.read.marks import (
    OLE,
    PPTX,
    SAVED_PAGE,
    XLSX,
    by_further_marks,
    kind_of_ole,
    kind_of_open_document,
    looks_like_mailbox,
)
from affiant.read.recording_marks import recording_type
from affiant.read.web_archive_marks import web_archive_type

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1f\x8b", "application/gzip"),
)
_IN_ZIP: Final = (
    (b"word/document.xml", DOCX),
    (b"xl/workbook.xml", XLSX),
    (b"xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    (b"ppt/presentation.xml", PPTX),
    (b"mimetypeapplication/epub+zip", "application/epub+zip"),
)
_BY_NAME: Final = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".csv": "text/csv",
    ".tsv": "text/csv",
    ".eml": "message/rfc822",
    ".mht": SAVED_PAGE,
    ".mhtml": SAVED_PAGE,
    ".mbox": "application/mbox",
    ".json": "application/json",
    ".geojson": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
}
_ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_PAGE: Final = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,2000}?-->\s*)*<(!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADERS: Final = re.compile(rb"(?:[!-9;-~]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_MAIL_ONLY: Final = re.compile(
    rb"^(received|return-path|mime-version|message-id|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_SAVED: Final = re.compile(
    rb"^(snapshot-content-location:|from:\s*<?saved by)", re.IGNORECASE | re.MULTILINE
)
# An object begins: a brace, a name in quotes, a colon.
_JSON: Final = re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*"[^"\r\n]{0,200}"\s*:')
_HEAD: Final = 1 << 14
_ALLOWED_CONTROLS: Final = b"\t\n\v\f\r\b\x1a\x1b"
_NO_TEXT: Final = bytes(set(range(32)) - set(_ALLOWED_CONTROLS))
_BLANKS: Final = b"\xef\xbb\xbf\x00\t\n\f\r "
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes, *, name: str) -> str:
    """Return the media type of a file; ``application/octet-stream`` where nothing tells.

    Only fixed marks are compared; nothing is parsed, so this is safe outside the box.

    >>> sniff(b"%PDF-1.7 ...", name="letter.txt")
    'application/pdf'
    """
    head = data[:_HEAD]
    suffix = PurePosixPath(name).suffix.lower()
    return (
        web_archive_type(head, name=name)
        or _by_mark(data, head=head, suffix=suffix)
        or chat_type(head, name=name)
        or _by_text(head, suffix=suffix)
    )


def _by_mark(data: bytes, *, head: bytes, suffix: str) -> str | None:
    """Return the type that fixed bytes at the beginning tell."""
    if head.lstrip(_BLANKS).startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return "application/pdf"
    if head.startswith(_ZIP_STARTS):
        names = head[:128] + _zip_directory(data)
        if (kind := kind_of_open_document(head[:128])) is not None:
            return kind
        return next((kind for mark, kind in _IN_ZIP if mark in names), "application/zip")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if recorded := recording_type(head):
        return recorded
    if head.startswith(b"BM") and not _looks_like_text(head):
        return "image/bmp"
    found = by_further_marks(data, suffix=suffix) or next(
        (kind for mark, kind in _BEGINNINGS if head.startswith(mark)), None
    )
    return kind_of_ole(data) if found == OLE else found


def _zip_directory(data: bytes) -> bytes:
    """Return the list of names at a zip archive's end; what lies in its files is not asked."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 20:
        return data[:_HEAD]
    # It stands just before its end; counted from there, it is found in a file's last part too.
    (size,) = struct.unpack_from("<I", data, end + 12)
    return data[max(0, end - size) : end]


def _by_text(head: bytes, *, suffix: str) -> str:
    """Return the type of what may be text."""
    by_name = _BY_NAME.get(suffix)
    if _PAGE.match(head):
        return "text/html"
    if _looks_like_saved_page(head):
        return SAVED_PAGE
    if looks_like_mailbox(head):
        return "application/mbox"
    if by_name == "message/rfc822" or (by_name is None and _looks_like_mail(head)):
        return "message/rfc822"
    if by_name is not None:
        return by_name
    if _JSON.match(head):
        return "application/json"
    return "text/plain" if _looks_like_text(head) else "application/octet-stream"


def _looks_like_mail(head: bytes) -> bool:
    headers = _HEADERS.match(head)
    return headers is not None and _MAIL_ONLY.search(headers[0]) is not None


def _looks_like_saved_page(head: bytes) -> bool:
    """Tell whether a browser saved this: a mail's form, with a mark that no mail has."""
    headers = _HEADERS.match(head)
    return (
        headers is not None
        and _SAVED.search(headers[0]) is not None
        and b"multipart/related" in headers[0].lower()
    )


def _looks_like_text(head: bytes) -> bool:
    """Tell whether there is something, and no control characters but those of texts."""
    return bool(head) and (
        head.startswith(_MARKS) or len(head.translate(None, _NO_TEXT)) == len(head)
    )
