"""The table of hostile files: what comes of each was written down before it was tried.

Every row has a hostile file and a benign twin of the same format and construction, which must
be read. What may come of the hostile one: ``read`` (a text is recorded), ``parts`` (there is
no text, and at least one part), or one of our own codes.
"""

import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from hostile import bombs
from hostile.bombs import KIND
from hostile.build import MEBIBYTE, nested_zip, pdf, pdf_bomb, zip_bomb, zip_link, zipped

TEXT = KIND.encode()
BREAKS = frozenset({"timeout", "memory", "crashed", "output_too_large"})


@dataclass(frozen=True)
class Row:
    """One hostile file and its twin.

    Attributes:
        name: File name; what stands before the first dot is unique.
        hostile: Makes the hostile file.
        ends: What may come of it.
        twin: Makes the benign one.
        notes: Codes of which one must stand beside its reading or in a part; empty for none.
        gentle: What the twin's text, or one of its parts' texts, holds.
    """

    name: str
    hostile: Callable[[], bytes]
    ends: frozenset[str]
    twin: Callable[[], bytes]
    notes: frozenset[str] = frozenset()
    gentle: str = KIND


def _row(
    name: str,
    hostile: Callable[[], bytes],
    ends: str,
    *,
    twin: Callable[[], bytes],
    notes: str = "",
) -> Row:
    return Row(name, hostile, frozenset(ends.split()), twin, frozenset(notes.split()))


def _zip() -> bytes:
    return zipped({"kind.txt": KIND})


def _tar(name: str = "kind.txt") -> bytes:
    return bombs.tarred([(name, tarfile.REGTYPE, "", KIND)])


def _lying_zip() -> bytes:
    """Return an archive whose member says that it is 4 GB long."""
    data = bytearray(zipped({"a.txt": KIND}, compression=zipfile.ZIP_STORED))
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 28] = b"\xfe\xff\xff\xff" * 2
    return bytes(data)


ARCHIVES = (
    _row(
        "flat-bomb.zip",
        lambda: zip_bomb(60 * MEBIBYTE),
        "parts_refused",
        twin=_zip,
        notes="member_limits",
    ),
    _row(
        "nested.zip",
        lambda: nested_zip(100),
        "parts",
        notes="archive_limits",
        twin=lambda: nested_zip(3, innermost=TEXT),
    ),
    _row(
        "broad.zip",
        lambda: bombs.broad_nest(6),
        "parts",
        notes="archive_limits",
        twin=lambda: bombs.broad_nest(1),
    ),
    _row(
        "overlap.zip",
        bombs.overlapping_zip,
        "archive_limits archive_broken parts_refused",
        twin=lambda: zipped({f"{n}.txt": KIND for n in range(3)}),
    ),
    _row(
        "crowd.zip",
        lambda: bombs.many_members(100_000),
        "archive_limits",
        twin=lambda: bombs.many_members(20),
    ),
    _row(
        "upwards.zip",
        lambda: zipped({"../../evil.txt": "x"}),
        "parts_refused",
        notes="member_unsafe_name",
        twin=lambda: zipped({"a..b/kind.txt": KIND}),
    ),
    _row(
        "absolute.zip",
        lambda: zipped({"/etc/evil.txt": "x", "C:\\evil.txt": "x"}),
        "parts_refused",
        notes="member_unsafe_name",
        twin=lambda: zipped({"etc/k.txt": KIND}),
    ),
    _row(
        "bidi.zip",
        lambda: zipped({"a\u202etxt.exe": "x", "b\u2066.txt": "x"}),
        "parts",
        twin=lambda: zipped({"نامه.txt": KIND}),
    ),
    _row("link.zip", zip_link, "parts_refused", notes="member_link", twin=_zip),
    _row(
        "stored-lie.zip",
        _lying_zip,
        "parts_refused parts archive_broken",
        twin=lambda: zipped({"kind.txt": KIND}, compression=zipfile.ZIP_STORED),
    ),
    _row(
        "upwards.tar",
        lambda: _tar("../../evil.txt"),
        "parts_refused",
        notes="member_unsafe_name",
        twin=_tar,
    ),
    _row(
        "absolute.tar",
        lambda: _tar("/etc/evil.txt"),
        "parts_refused",
        notes="member_unsafe_name",
        twin=lambda: _tar("etc/kind.txt"),
    ),
    _row(
        "links.tar",
        lambda: bombs.tarred(
            [("soft", tarfile.SYMTYPE, "/etc/passwd", ""), ("hard", tarfile.LNKTYPE, "../x", "")]
        ),
        "parts_refused",
        notes="member_link",
        twin=_tar,
    ),
    _row(
        "devices.tar",
        lambda: bombs.tarred(
            [
                ("disk", tarfile.BLKTYPE, "", ""),
                ("pipe", tarfile.FIFOTYPE, "", ""),
                ("tty", tarfile.CHRTYPE, "", ""),
            ]
        ),
        "parts_refused",
        notes="member_special",
        twin=_tar,
    ),
    _row("lie.tar", bombs.tar_that_lies, "archive_broken archive_limits parts_refused", twin=_tar),
    _row(
        "bomb.txt.gz",
        lambda: bombs.zeros_packed(bombs.gzip_of, size=1 << 29),
        "parts_refused archive_limits",
        twin=lambda: bombs.gzip_of(TEXT),
    ),
    _row(
        "bomb.txt.xz",
        lambda: bombs.zeros_packed(bombs.xz_of),
        "parts_refused archive_limits",
        twin=lambda: bombs.xz_of(TEXT),
    ),
    _row(
        "bomb.txt.bz2",
        lambda: bombs.zeros_packed(bombs.bz2_of),
        "parts_refused archive_limits",
        twin=lambda: bombs.bz2_of(TEXT),
    ),
    _row(
        "onion.gz",
        lambda: bombs.gzip_onion(100),
        "parts",
        notes="archive_limits",
        twin=lambda: bombs.gzip_onion(2),
    ),
)


def _picture() -> bytes:
    return bombs.png(8, 8)


PICTURES = (
    _row(
        "wide.png",
        lambda: bombs.png(100_000, 100_000, rows=bytes(10)),
        "picture_too_large",
        twin=_picture,
    ),
    _row(
        "hollow.png",
        lambda: bombs.png(9_000, 9_000, rows=bytes(10)),
        "no_text picture_broken",
        twin=_picture,
    ),
    _row("dense.png", lambda: bombs.png(9_000, 9_000), "no_text", twin=_picture),
    _row(
        "comment.png",
        lambda: bombs.png_text_bomb(70 * MEBIBYTE),
        "no_text picture_broken",
        twin=lambda: bombs.png_text_bomb(10),
    ),
    _row(
        "wide.gif",
        lambda: bombs.gif(65_535, 65_535),
        "picture_too_large",
        twin=lambda: bombs.gif(1, 1),
    ),
    _row(
        "wide.bmp",
        lambda: bombs.bmp(2**31 - 1, -(2**31)),
        "picture_too_large picture_broken",
        twin=lambda: bombs.bmp(1, 1),
    ),
    _row(
        "wide.tiff",
        lambda: bombs.tiff(2**31, 2**31),
        "picture_too_large picture_broken",
        twin=lambda: bombs.tiff(4, 4),
    ),
    _row(
        "ring.tiff",
        lambda: bombs.tiff(4, 4, next_directory=24),
        "no_text picture_broken",
        twin=lambda: bombs.tiff(4, 4),
    ),
    _row(
        "wide.webp",
        lambda: bombs.webp(16_384, 16_384),
        "picture_too_large picture_broken",
        twin=_picture,
    ),
)

NOTHING = bombs.no_type()
MARKUP = (
    *(
        Row(
            f"{name}-{kind}.{suffix}",
            lambda make=make, bad=bad: make(bad()),
            frozenset({f"{code}_broken"}),
            lambda make=make: make(NOTHING),
        )
        for suffix, make, code in (
            ("docx", bombs.docx_with, "docx"),
            ("xlsx", bombs.xlsx_with, "xlsx"),
            ("pptx", bombs.pptx_with, "pptx"),
            ("odt", bombs.odt_with, "odf"),
        )
        for name, kind, bad in (
            ("entity", "file", bombs.file_entity),
            ("entity", "net", bombs.network_entity),
            ("laughs", "bomb", bombs.laughs),
        )
    ),
    *(
        Row(
            f"entity-{name}.html",
            lambda bad=bad: bombs.page_with(bad()),
            frozenset({"read"}),
            lambda: bombs.page_with(NOTHING),
        )
        for name, bad in (
            ("file", bombs.file_entity),
            ("net", bombs.network_entity),
            ("bomb", bombs.laughs),
        )
    ),
    *(
        Row(
            f"entity-{name}.svg",
            lambda bad=bad: bombs.svg_with(bad()),
            frozenset({"read"}),
            lambda: bombs.svg_with(NOTHING),
        )
        for name, bad in (("file", bombs.file_entity), ("bomb", bombs.laughs))
    ),
    _row(
        "script.svg",
        lambda: bombs.svg_with(NOTHING, script="<script>fetch('//x')</script>"),
        "read",
        twin=lambda: bombs.svg_with(NOTHING),
    ),
    _row(
        "huge.docx",
        lambda: bombs.docx_with(("", "a" * 210 * MEBIBYTE)),
        "archive_limits memory too_large docx_broken",
        twin=lambda: bombs.docx_with(NOTHING),
    ),
    _row(
        "vast.xlsx",
        lambda: bombs.xlsx_with(dimension="A1:XFD1048576"),
        "read",
        twin=lambda: bombs.xlsx_with(dimension="A1"),
    ),
    _row(
        "far.xlsx",
        lambda: bombs.xlsx_with(
            rows='<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>' * 40
        ),
        "read xlsx_broken too_large",
        twin=bombs.xlsx_with,
    ),
    _row(
        "blanks.odt",
        lambda: bombs.odt_with(NOTHING, blanks=4_000_000_000),
        "read odf_broken too_large memory",
        twin=lambda: bombs.odt_with(NOTHING, blanks=3),
    ),
    _row("deep.html", lambda: b"<div>" * 200_000 + TEXT, "read", twin=lambda: b"<div>" * 20 + TEXT),
    _row(
        "cells.html",
        lambda: b"<p>" + TEXT + b"<table><tr><td colspan=9000000000 rowspan=900000000>x",
        "read",
        twin=lambda: b"<p>" + TEXT + b"<table><tr><td colspan=2 rowspan=2>x",
    ),
    _row(
        "unclosed.html",
        lambda: b"<p>" + TEXT + b'<a href="' + b"x" * 3_000_000,
        "read",
        twin=lambda: b"<p>" + TEXT + b'<a href="x">y</a>',
    ),
    _row(
        "endless.html",
        lambda: b"<p>" + TEXT + b"<select>" + b"<option>" * 400_000,
        "read timeout",
        twin=lambda: b"<p>" + TEXT + b"<select>" + b"<option>" * 20,
    ),
    _row(
        "script.html",
        lambda: b"<p>" + TEXT + b"<script>while(1);</script><iframe src=//x>",
        "read",
        twin=lambda: b"<p>" + TEXT,
    ),
)

PAGES = (
    _row(
        "stream.pdf",
        lambda: pdf_bomb(1 << 28),
        "crashed memory timeout no_text output_too_large",
        twin=lambda: pdf([[TEXT]]),
    ),
    _row(
        "ring-pages.pdf",
        lambda: bombs.pdf_ring("pages"),
        "pdf_broken no_text empty",
        twin=lambda: pdf([[TEXT]]),
    ),
    _row(
        "ring-contents.pdf",
        lambda: bombs.pdf_ring("length"),
        "read pdf_broken",
        twin=lambda: pdf([[TEXT]]),
    ),
    _row(
        "ring-table.pdf",
        lambda: bombs.pdf_ring("table"),
        "read pdf_broken",
        twin=lambda: pdf([[TEXT]]),
    ),
    _row(
        "million.pdf",
        lambda: pdf([[b"x"]]).replace(b"/Count 1 ", b"/Count 1000000 "),
        "too_large",
        twin=lambda: pdf([[TEXT]] * 3),
    ),
    _row(
        "deep.pdf",
        lambda: bombs.pdf_deep(100_000),
        "read pdf_broken crashed",
        twin=lambda: bombs.pdf_deep(3),
    ),
    _row("two-in-one.pdf", bombs.pdf_and_zip, "read", twin=lambda: pdf([[TEXT]])),
)

TEXTS = (
    _row(
        "surrogates.txt",
        lambda: b"\xff\xfe" + (b"a\0\x00\xd8" * 1000),
        "read",
        twin=lambda: b"\xff\xfe" + KIND.encode("utf-16-le"),
    ),
    _row(
        "surrogates.json",
        lambda: b'{"a": "\\ud800 \\udfff"}',
        "read",
        twin=f'{{"a": "{KIND}"}}'.encode,
    ),
    _row("seven.txt", lambda: b"+ADw-script+AD4-" * 100, "read", twin=lambda: TEXT),
    _row("nul.txt", lambda: b"a\0b\0" * 1000, "not_text read", twin=lambda: TEXT),
    _row(
        "broken.txt",
        lambda: bytes(range(128, 256)) * 50 + b"\n" + b"\xf0\x9f" * 50,
        "read not_text",
        twin=lambda: f"{KIND} café".encode("cp1252"),
    ),
    _row("one-line.txt", lambda: b"word " * (20 * MEBIBYTE), "too_large", twin=lambda: TEXT * 20),
    _row(
        "one-line.csv",
        lambda: b"cell," * (20 * MEBIBYTE),
        "too_large",
        twin=lambda: b"name,words\na," + TEXT,
    ),
    _row(
        "one-line.json",
        lambda: b'["' + b"word " * (20 * MEBIBYTE) + b'"]',
        "too_large",
        twin=f'["{KIND}"]'.encode,
    ),
    _row("feeds.txt", lambda: b"\n" * (45 * MEBIBYTE), "too_large", twin=lambda: b"\n\n" + TEXT),
    _row("deep.json", lambda: b"[" * 1_000_000, "read", twin=f'[["{KIND}"]]'.encode),
    _row(
        "columns.csv",
        lambda: b",".join(b"%d" % n for n in range(1_000_000)),
        "read",
        twin=lambda: b"a,b\n1," + TEXT,
    ),
    _row(
        "program.txt",
        lambda: b"\x7fELF\x02\x01" + bytes(500),
        "not_text unknown_format",
        twin=lambda: TEXT,
    ),
    _row("picture.pdf", _picture, "no_text", twin=lambda: pdf([[TEXT]])),
    _row(
        "script.gif",
        lambda: bombs.gif(1, 1, after=b"/*<script>alert(1)</script>*/"),
        "no_text",
        twin=lambda: bombs.gif(1, 1),
    ),
    _row("nothing.txt", lambda: b"", "empty", twin=lambda: TEXT),
    _row(
        "nothing.docx", lambda: b"", "unknown_format empty", twin=lambda: bombs.docx_with(NOTHING)
    ),
)

SENT = (
    _row(
        "far.warc",
        lambda: bombs.warc(TEXT, length="99000000000"),
        "parts_refused parts archive_broken",
        twin=bombs.page_record,
    ),
    _row(
        "negative.warc",
        lambda: bombs.warc(TEXT, length="-5"),
        "parts_refused parts archive_broken",
        twin=bombs.page_record,
    ),
    _row(
        "cut.warc",
        lambda: bombs.page_record()[:-30],
        "parts_refused parts archive_broken",
        twin=bombs.page_record,
    ),
    _row(
        "bomb.warc.gz",
        lambda: bombs.gzip_of(bombs.warc(bytes(60 * MEBIBYTE))),
        "parts_refused archive_limits archive_broken",
        twin=lambda: bombs.gzip_of(bombs.page_record()),
    ),
    _row(
        "deep.eml",
        lambda: bombs.deep_mail(1000),
        "read mail_broken crashed",
        twin=lambda: bombs.deep_mail(3),
    ),
    _row(
        "headers.eml",
        lambda: bombs.many_headers(100_000),
        "read mail_broken timeout",
        twin=lambda: bombs.many_headers(20),
    ),
    _row(
        "attached.eml",
        lambda: bombs.attached_bomb(60 * MEBIBYTE),
        "read",
        notes="member_limits",
        twin=lambda: bombs.attached_bomb(10),
    ),
    _row(
        "endless.mbox",
        lambda: bombs.mailbox(4 * MEBIBYTE),
        "parts archive_limits",
        twin=lambda: bombs.mailbox(10),
    ),
    _row(
        "WhatsApp Chat with Mill.txt",
        lambda: bombs.whatsapp("S" * 1_000_000),
        "read parts export_unknown",
        twin=lambda: bombs.whatsapp("Sama"),
    ),
    _row(
        "lone.json",
        lambda: bombs.telegram("\ud800 x \udfff", sender="\udc00"),
        "parts",
        twin=lambda: bombs.telegram(f"{KIND} 😀", sender="Sama"),
    ),
    _row(
        "sender.json",
        lambda: bombs.telegram(KIND, sender="S" * 1_000_000),
        "parts read export_unknown",
        twin=lambda: bombs.telegram(KIND),
    ),
    _row(
        "recursive.json",
        lambda: bombs.telegram_deep(100_000),
        "read parts export_unknown crashed",
        twin=lambda: bombs.telegram([{"type": "bold", "text": KIND}]),
    ),
)

ROWS = (*ARCHIVES, *PICTURES, *MARKUP, *PAGES, *TEXTS, *SENT)
