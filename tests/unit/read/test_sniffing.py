import time

import pytest

from affiant.errors import UnreadableError
from affiant.read import read_document, sniff
from hostile.build import DOCX, docx, mail, paragraph, pdf, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
PAGE = b"<!-- saved -->\n<!DOCTYPE html><html><body>x"


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (pdf([[b"x"]]), "letter.txt", "application/pdf"),
        (b"\n%PDF-1.4", "x", "application/pdf"),
        (b"junk" * 9 + b"%PDF-1.4", "scan.PDF", "application/pdf"),
        (b"The mark %PDF- begins a file.", "note.txt", "text/plain"),
        (docx(paragraph("x")), "x.zip", DOCX),
        (zipped({"a.txt": "x"}), "x.docx", "application/zip"),
        (zipped({"in.docx": docx(paragraph("x"))}, compression=0), "x.zip", "application/zip"),
        (PAGE, "page.txt", "text/html"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><HTML>", "x", "text/html"),
        (b"<p>no root", "x.html", "text/html"),
        (mail(), "letter.eml", "message/rfc822"),
        (b"Received: x\r\nFrom: y\r\nSubject: z\r\n\r\nhello", "x", "message/rfc822"),
        (b"From: y\nSubject: z\n\nhello", "x.txt", "text/plain"),
        (b"a,b\n1,2\n", "list.CSV", "text/csv"),
        ("سلام".encode(), "x", "text/plain"),
        ("سلام".encode("utf-16"), "x", "text/plain"),
        (b"\x89PNG\r\n\x1a\n", "x.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0", "x", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "x", "image/webp"),
        (b"BM\x0a\0\0\0\0\0", "x", "image/bmp"),
        (b"BMW drove past", "x", "text/plain"),
        (b'{"said": 4}', "x", "application/json"),
        (b'\xef\xbb\xbf [ {"said" : 4}]', "result", "application/json"),
        (b"[3/5/31, 09:26:54] Mira: {}", "chat", "text/plain"),
        (b'{"said": 4}', "note.txt", "text/plain"),
        (b"anything", "x.JSON", "application/json"),
        (b'{"said": 4}\n{"said": 5}\n', "x.jsonl", "application/jsonl"),
        (b"p {}", "a.css", "text/css"),
        (b"let a", "a.js", "text/javascript"),
        (b"\0\0\0\x1cftypheix\0\0\0\0", "x.jpg", "image/heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0", "x", "image/heif"),
        (b"II*\0\x10\0\0\0CR\2\0", "x.CR2", "image/x-canon-cr2"),
        (b"II*\0\x10\0\0\0", "x.tif", "image/tiff"),
        (OLE + b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "x", "application/msword"),
        (OLE + b"W\0o\0r\0k\0b\0o\0o\0k\0", "x.doc", "application/vnd.ms-excel"),
        (OLE + b"nothing", "x.doc", "application/x-ole-storage"),
        (b"SQLite format 3\0", "msgstore.db", "application/vnd.sqlite3"),
        (bytes(range(256)), "x.bin", "application/octet-stream"),
        (b"", "x", "application/octet-stream"),
        (b"", "x.txt", "text/plain"),
    ],
)
def test_content_goes_before_the_name(data, name, media_type):
    assert sniff(data, name=name) == media_type


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_cut_archive_breaks_nothing(cut):
    sniff(docx(paragraph("x"))[:cut], name="x")


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: multipart/related\r\nFrom: saved by x\r\n" + b" a=b\r\r\n" * 2_000,
        b"From " + b"1:11 2031 " * 1_600,
        b"\n\nFrom " * 2_000,
        b"[" + b" " * 16_000,
        b'{"' + b"a" * 16_000,
        b"mimetypeapplication/vnd.oasis.opendocument." + b"a" * 16_000,
    ],
    ids=["headers", "separator", "separators", "list", "object", "kind"],
)
def test_no_beginning_costs_much_outside_the_box(data):
    began = time.process_time()
    sniff(data, name="x")
    sniff(b"PK\x03\x04" + data, name="x")
    assert time.process_time() - began < 0.5


def test_a_locked_office_file_is_told():
    with pytest.raises(UnreadableError) as problem:
        read_document(
            OLE + "EncryptedPackage".encode("utf-16-le"), media_type="application/x-ole-storage"
        )
    assert problem.value.code == "office_encrypted"
