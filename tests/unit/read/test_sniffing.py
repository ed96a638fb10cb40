import pytest

from affiant.read import sniff
from hostile.build import DOCX, docx, mail, paragraph, pdf, zipped

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
