"""Small documents of each format, read once before the box is closed.

Parsers fill their tables over the first document that they see. Each job is a fresh fork,
so whatever is filled before need not be filled again for every document.
"""

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZipFile

from PIL import ExifTags, Image

from affiant.read.document import read_document
from affiant.read.marks import OPEN_DOCUMENT, PPTX, SAVED_PAGE, XLSX
from affiant.read.sniffing import DOCX

_PAGE = (
    b'<html lang="en"><head><meta charset="utf-8"><title>Sample</title></head>'
    b"<body><h1>Sample</h1><p>By Nobody, 3 July 1988. <a href=x>Words</a>.</p></body></html>"
)
_MAIL = (
    b"From: a@example.org\r\nSubject: Sample\r\nDate: Sun, 3 Jul 1988 10:00:00 +0000\r\n\r\nWords."
)
_PDF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R
/Resources<</Font<</F 4 0 R>>>>>> endobj
4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj
5 0 obj <</Length 36>> stream
BT /F 9 Tf 9 9 Td (A sample.) Tj ET
endstream endobj
trailer <</Root 1 0 R>>
"""
_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>Sample</w:t></w:r></w:p></w:body></w:document>"
)
_CORE = (
    '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Sample</dc:title>'
    "<dc:creator>Nobody</dc:creator></p>"
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="x/%s" Target="%s"/></Relationships>'
)
_SHEET = {
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheet name="A" r:id="r"/></workbook>',
    "xl/_rels/workbook.xml.rels": _RELATIONS % ("worksheet", "a.xml"),
    "xl/a.xml": '<worksheet><row r="1"><c r="A1"><v>1.5</v></c></row></worksheet>',
    "docProps/core.xml": _CORE,
}
_SLIDE = {
    "ppt/presentation.xml": '<p xmlns:r="r"><sldIdLst><sldId r:id="r"/></sldIdLst></p>',
    "ppt/_rels/presentation.xml.rels": _RELATIONS % ("slide", "a.xml"),
    "ppt/a.xml": '<sld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<a:p><a:r><a:t>Sample</a:t></a:r></a:p></sld>",
}
_OPEN_TEXT = (
    '<d xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><t:p>A<t:s/>sample.</t:p></d>'
)
_SAVED = (
    b"From: <Saved by Nobody>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary=cut\r\n\r\n'
    b"--cut\r\nContent-Type: text/html\r\n\r\n" + _PAGE + b"\r\n--cut--\r\n"
)


def warm_up() -> None:
    """Read each sample once.

    Raises:
        UnreadableError: A parser does not work here at all.
    """
    for media_type, data in samples():
        read_document(data, media_type=media_type)


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield a small document of each format, with its media type."""
    yield "text/plain", "caf\u00e9 au lait".encode("cp1252")
    yield "text/html", _PAGE
    yield "message/rfc822", _MAIL
    yield "application/pdf", _PDF
    packed = _zipped({"word/document.xml": _WORD, "docProps/core.xml": _CORE})
    yield DOCX, packed
    yield "application/zip", packed
    yield XLSX, _zipped(_SHEET)
    yield PPTX, _zipped(_SLIDE)
    yield f"{OPEN_DOCUMENT}.text", _zipped({"content.xml": _OPEN_TEXT, "meta.xml": _CORE})
    yield "application/mbox", b"From a@example.org Sun Jul  3 10:00:00 1988\n" + _MAIL
    yield SAVED_PAGE, _SAVED
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), BytesIO())
    yield "application/x-tar", target.getvalue()
    yield "application/gzip", gzip.compress(b"A sample.")
    yield "application/x-bzip2", bz2.compress(b"A sample.", 1)
    yield "application/x-xz", lzma.compress(b"A sample.", preset=0)
    yield from _pictures()


def _zipped(parts: Mapping[str, str]) -> bytes:
    """Return a zip archive of these parts."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _pictures() -> Iterator[tuple[str, bytes]]:
    """Yield a small picture of each kind, with a camera's name in those that can carry it."""
    picture = Image.radial_gradient("L").convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Sample"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (1.0, 2.0, 3.0)})
    for kind in ("png", "jpeg", "tiff", "gif", "webp", "bmp"):
        target = BytesIO()
        picture.save(target, format=kind, exif=exif)
        yield f"image/{kind}", target.getvalue()
