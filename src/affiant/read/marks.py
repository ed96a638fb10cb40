"""Marks by which files tell what they are, also those that are not read.

Only fixed bytes are compared; nothing is parsed.
"""

import re
from typing import Final

OLE: Final = "application/x-ole-storage"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"
SAVED_PAGE: Final = "multipart/related"

# The line before each message: a sender, and a moment with its clock time and year. Without
# both, a sentence that begins so would cut a message in two.
MAILBOX_LINE: Final = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,500}?\d\d?:\d\d(?::\d\d)?[^\r\n]{0,60}?"
    rb"\b[12]\d{3}\b[^\r\n]{0,60}\r?\n"
)

_BEGINNINGS: Final = (
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"FUJIFILMCCD-RAW", "image/x-fuji-raf"),
    (b"IIRO", "image/x-olympus-orf"),
    (b"IIU\0", "image/x-panasonic-rw2"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"%!PS", "application/postscript"),
)
# ISO base media files say after "ftyp" what they are. Source: ISO/IEC 14496-12, 23008-12.
_BRANDS: Final = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "image/heic"),
    **dict.fromkeys((b"mif1", b"msf1"), "image/heif"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    b"crx ": "image/x-canon-cr3",
}
# Raw pictures that begin as TIFF pictures do; their names alone tell.
_RAW_NAMES: Final = {
    ".arw": "image/x-sony-arw",
    ".cr2": "image/x-canon-cr2",
    ".dng": "image/x-adobe-dng",
    ".nef": "image/x-nikon-nef",
    ".pef": "image/x-pentax-pef",
    ".srw": "image/x-samsung-srw",
}
_TIFF: Final = (b"II*\0", b"MM\0*")
_OPEN_DOCUMENT: Final = re.compile(
    rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z]+)(-template)?"
)
_IN_OLE: Final = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__substg1.0_", "application/vnd.ms-outlook"),
)
_LOCKED_OFFICE: Final = "EncryptedPackage".encode("utf-16-le")


def by_further_marks(data: bytes, *, suffix: str) -> str | None:
    """Return the media type that fixed bytes tell, for formats beyond the commonest.

    Args:
        data: The beginning of the file, or all of it.
        suffix: Of its name, in small letters.
    """
    head = data[: 1 << 14]
    if head.startswith(_TIFF) and suffix in _RAW_NAMES:
        return _RAW_NAMES[suffix]
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head[257:262] == b"ustar":
        return "application/x-tar"
    return next((kind for mark, kind in _BEGINNINGS if head.startswith(mark)), None)


def looks_like_mailbox(head: bytes) -> bool:
    """Tell whether a mail box begins so: the line before a message, then a header."""
    first = MAILBOX_LINE.match(head)
    return first is not None and re.match(rb"[!-9;-~]{1,60}:", head[first.end() :]) is not None


def kind_of_open_document(head: bytes) -> str | None:
    """Return the media type that an OpenDocument file gives in its first part."""
    found = _OPEN_DOCUMENT.search(head)
    return found[1].decode("ascii") if found else None


def kind_of_ole(data: bytes) -> str:
    """Return the media type of a file of the older Office programs, by the names in it."""
    names = ((name.encode("utf-16-le"), kind) for name, kind in _IN_OLE)
    return next((kind for mark, kind in names if mark in data), OLE)


def is_locked_office(data: bytes) -> bool:
    """Tell whether a file of that kind holds a newer one under a password.

    Source: MS-OFFCRYPTO, section 2.3.4.4.
    """
    return _LOCKED_OFFICE in data
