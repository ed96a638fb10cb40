"""Small documents of each format, read once before the box is closed.

Parsers fill their tables over the first document that they see. Each job is a fresh fork,
so whatever is filled before need not be filled again for every document.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from affiant.read.document import read_document
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
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", _WORD)
    yield DOCX, packed.getvalue()
    yield "application/zip", packed.getvalue()
