"""Kind samples of each format, to be mutated, and words that break parsers."""

import io
import json
import tarfile

from PIL import Image

from hostile import bombs
from hostile.bombs import KIND
from hostile.build import docx, mail, paragraph, pdf, persian_pdf, zipped

WORDS = (
    *(b"\xff" * 8, b"9" * 20, b"<", b"(", b"\0", b"--qq\n", b"\r\n\r\n", b"%s%n", b"]]>", b"<!--"),
    *(b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"endobj", b"endstream", b"/Kids [2 0 R]"),
    *(b"../../", b"PK\x05\x06", b"PK\x03\x04", b"\xed\xa0\x80", b"\\ud800", b"[" * 500),
    *(
        b"{" * 500,
        b"=?utf-8?q?=",
        b"Content-Length: -1\r\n",
        b"WARC/1.1\r\n",
        b"-1",
        b"\xe2\x80\xae",
    ),
)


def _jpeg() -> bytes:
    target = io.BytesIO()
    picture = Image.new("RGB", (64, 48), (90, 30, 200))
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Invented Cameras", "2031:03:14 10:00:00"
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


def _png() -> bytes:
    target = io.BytesIO()
    Image.new("P", (40, 30)).save(target, "PNG")
    return target.getvalue()


_TABLE = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc/></w:tr></w:tbl>"
_PAGE = (
    '<html lang="fa"><head><meta charset="utf-8"><title>T</title><meta name="date" '
    'content="2031-03-14"></head><body><table><tr><td>a<td>b</table><p>words &zwnj; می‌آید'
    "<ul><li>one<li>two</ul></body>"
)

SAMPLES = {
    "txt": [f"{KIND}\n".encode() * 20, "می‌آیند café\n".encode() * 9, KIND.encode("utf-16")],
    "csv": [
        b"name,place\n" + b'"Sol, M",Oreth\n' * 20,
        "نام;جا\nسما;پل\n".encode("cp1256", "ignore"),
    ],
    "html": [_PAGE.encode(), bombs.page_with(bombs.no_type())],
    "pdf": [
        pdf([[b"One page of words", b"and a line"], [b"two"]], info=b"/Title (T)"),
        persian_pdf([[("ش", 300), ("ه", 293), ("ر", 286)]], spelled=True),
    ],
    "docx": [docx(paragraph("words") * 20 + _TABLE), bombs.docx_with(bombs.no_type())],
    "xlsx": [bombs.xlsx_with(), bombs.xlsx_with(dimension="A1:C9")],
    "pptx": [bombs.pptx_with(bombs.no_type())],
    "odt": [bombs.odt_with(bombs.no_type(), blanks=3)],
    "eml": [
        mail(
            "Body words",
            headers={"Date": "Fri, 14 Mar 2031 23:30:00 +0330", "To": "=?utf-8?b?2LQ=?="},
            parts=[("Content-Type: text/html; charset=utf-8", "<p>x</p>")],
        ),
        bombs.deep_mail(4),
        bombs.attached_bomb(10),
    ],
    "mbox": [bombs.mailbox(10) * 3],
    "zip": [zipped({"a.txt": "words " * 50, "b/c.pdf": pdf([[b"x"]])}), bombs.broad_nest(1)],
    "tar": [
        bombs.tarred([("a.txt", tarfile.REGTYPE, "", KIND), ("b", tarfile.SYMTYPE, "a.txt", "")])
    ],
    "gz": [bombs.gzip_of(KIND.encode() * 30)],
    "png": [_png(), bombs.png(8, 8)],
    "jpeg": [_jpeg()],
    "warc": [bombs.page_record() * 3, bombs.gzip_of(bombs.page_record()) * 2],
    "json-chat": [
        bombs.telegram([KIND, {"type": "bold", "text": "x"}]),
        json.dumps({"a": [KIND] * 9}).encode(),
    ],
    "txt-chat": [bombs.whatsapp("Sama", messages=9)],
}
"""Format, as its files' names end, to kind samples."""
