"""Hostile documents, through the box as the product opens them."""

import base64
import io
import time

import pypdf
import pytest

from affiant.box import Box, Limits
from affiant.errors import UnreadableError
from affiant.read import PRELOAD, read_confined, sniff
from hostile.build import (
    DOCX,
    MEBIBYTE,
    docx,
    mail,
    nested_zip,
    paragraph,
    pdf,
    pdf_bomb,
    zip_bomb,
    zip_link,
    zipped,
)

LIMITS = Limits(memory_bytes=1024 * MEBIBYTE, cpu_seconds=6, wall_seconds=12.0)
XXE = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.fixture(scope="module")
def box():
    with Box(PRELOAD, limits=LIMITS) as box:
        yield box


def read(box, data, *, name="file", media_type=None):
    """Read one document and assert that it stayed within its time."""
    began = time.monotonic()
    try:
        return read_confined(box, data=data, media_type=media_type or sniff(data, name=name))[0]
    finally:
        assert time.monotonic() - began < 2 * LIMITS.wall_seconds + 2


def refusal(box, data, *, name="file", media_type=None):
    """Return the code with which one document is refused."""
    with pytest.raises(UnreadableError) as problem:
        read(box, data, name=name, media_type=media_type)
    return problem.value.code


def billion_laughs():
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return XXE.replace(
        '<!ENTITY x SYSTEM "file:///etc/passwd">', f'<!ENTITY l0 "lol">{levels}'
    ).replace("&x;", "&l9;")


def test_a_kind_document_of_each_format_is_read(box):
    for data, name in [
        (pdf([[b"kind words"]]), "a.pdf"),
        (docx(paragraph("kind words")), "a.docx"),
        (mail("kind words"), "a.eml"),
        (b"<html><body><p>kind words", "a.html"),
        (b"kind words", "a.txt"),
        ("kind words é".encode("cp1252"), "a.txt"),
    ]:
        assert "kind words" in read(box, data, name=name).extraction.text
    assert read(box, zipped({"a.txt": "kind"})).members[0].data == b"kind"


def test_a_pdf_of_a_mebibyte_that_unpacks_to_a_gibibyte_costs_only_its_job(box):
    bomb = pdf_bomb()
    assert len(bomb) < 8 * MEBIBYTE
    assert refusal(box, bomb) in ("crashed", "memory", "timeout", "no_text", "output_too_large")
    assert "after" in read(box, pdf([[b"after"]])).extraction.text


def test_a_broken_and_a_locked_pdf_are_told(box):
    assert refusal(box, b"%PDF-1.7\n" + b"\xff" * 1000) == "pdf_broken"
    writer = pypdf.PdfWriter(io.BytesIO(pdf([[b"x"]])))
    writer.encrypt(user_password="secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    assert refusal(box, target.getvalue()) == "pdf_encrypted"


def test_a_pdf_with_a_million_pages_that_are_one_is_held(box):
    data = pdf([[b"x"]]).replace(b"/Count 1 ", b"/Count 1000000 ")
    assert refusal(box, data) == "too_large"


def test_pages_that_are_not_there_are_told_in_one_span(box):
    reading = read(box, pdf([[b"x"]]).replace(b"/Count 1 ", b"/Count 9000 "))
    assert [(p.code, p.item) for p in reading.problems] == [("page_broken", "2-9000")]


def test_a_zip_bomb_is_told_and_its_neighbours_are_read(box):
    reading = read(box, zip_bomb())
    assert [(problem.code, problem.item) for problem in reading.problems] == [
        ("member_limits", "bomb.txt")
    ]


def test_many_files_that_together_are_too_much_are_refused(box):
    data = zipped({f"{number}": bytes(MEBIBYTE) for number in range(300)})
    assert refusal(box, data) == "archive_limits"


def test_archives_within_archives_are_opened_one_by_one_and_not_too_deep(box):
    data, depth = nested_zip(9), 0
    with pytest.raises(UnreadableError) as problem:
        while True:
            reading, _ = read_confined(box, data=data, media_type="application/zip", depth=depth)
            data, depth = reading.members[0].data, depth + 1
    assert problem.value.code == "archive_limits"


def test_names_that_point_outside_and_links_are_told(box):
    reading = read(box, zipped({"../../evil": "x", "/abs": "x", "C:\\x": "x", "fine": "x"}))
    assert [member.path for member in reading.members] == ["fine"]
    assert {problem.code for problem in reading.problems} == {"member_unsafe_name"}
    assert [problem.code for problem in read(box, zip_link()).problems] == ["member_link"]


@pytest.mark.parametrize("body", [XXE, billion_laughs()])
def test_entities_in_a_word_file_are_refused(box, body):
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body})
    assert refusal(box, data, media_type=DOCX) == "docx_broken"


def test_a_word_file_that_unpacks_to_too_much_is_refused(box):
    body = paragraph("a" * MEBIBYTE) * 300
    assert refusal(box, docx(body)) in ("archive_limits", "memory", "too_large")


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 200_000 + b"deep",
        b"<table>" * 50_000 + b"deep",
        b"<b><i><a href=x>" * 30_000 + b"<p>deep",
        b"<p>deep" + b"<span>" * 100_000,
        b"<p>deep<table><tr><td colspan=9000000000000000 rowspan=9000000000000000>x</table>",
        b"<p>deep" + b"&" * 500_000,
        b"<p>deep<!--" + b"-" * 500_000,
        b'<p>deep<a href="' + b"x" * 3_000_000,
        b'<html><head><script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>deep",
        b"<title>deep" + b" " * 2_000_000 + b"</title>",
        b"<p>deep</p><svg>" + b"<g>" * 100_000,
        b"<p>deep</p><select>" + b"<option>" * 5_000,
    ],
    ids=lambda page: page[:20].decode("ascii", "replace"),
)
def test_deep_and_broad_pages_are_read(box, page):
    assert "deep" in read(box, page, media_type="text/html").extraction.text


def test_a_page_that_takes_its_parser_too_long_is_ended(box):
    page = b"<p>deep</p><select>" + b"<option>" * 400_000
    try:
        assert "deep" in read(box, page, media_type="text/html").extraction.text
    except UnreadableError as problem:
        assert problem.code == "timeout"


@pytest.mark.parametrize(
    ("data", "name", "codes"),
    [
        (b"\x7fELF\x02\x01" + b"\0" * 500, "letter.txt", {"not_text"}),
        (bytes(range(256)) * 20, "list.csv", {"not_text"}),
        (b"%PDF-1.7 not at all", "page.html", {"pdf_broken"}),
        (b"PK\x03\x04 not at all", "file.docx", {"archive_broken"}),
        (b"\x89PNG\r\n\x1a\n", "file.pdf", {"picture_broken"}),
        (b"", "file.pdf", {"unknown_format"}),
    ],
)
def test_content_that_lies_about_itself_is_told(box, data, name, codes):
    assert refusal(box, data, name=name) in codes


def test_a_thousand_parts_are_members(box):
    parts = [
        (f"Content-Type: image/png; name={number}.png\r\nContent-Transfer-Encoding: base64", "iVBO")
        for number in range(1000)
    ]
    reading = read(box, mail("Body", parts=parts), name="x.eml")
    assert len(reading.members) == 1000
    assert "Body" in reading.extraction.text


def test_parts_within_parts_without_end_are_held(box):
    head = b"Subject: deep\r\nMIME-Version: 1.0\r\n"
    body = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level)
        for level in range(3000)
    )
    try:
        reading = read(box, head + body + b"\r\ntext", name="x.eml")
    except UnreadableError as problem:
        assert problem.code in ("mail_broken", "crashed", "timeout", "memory")
    else:
        assert "deep" in reading.extraction.text


@pytest.mark.parametrize(
    "header",
    [
        b"From: " + b"<" * 100_000,
        b"From: " + b"a@" * 50_000,
        b"Subject: " + b"=?utf-8?q?=" * 50_000,
        b"Content-Type: text/plain;" + b' a="' * 20_000,
        b"Content-Type: multipart/mixed; boundary=" + b"x" * 100_000,
        b"Content-Disposition: attachment; " + b"".join(b"f*%d=x;" % n for n in range(5000)),
        b"Date: " + b"1 " * 100_000,
        b"X:" + b"\r\n " * 100_000,
        b"\xff\xfe: \x00\x00",
        b"no colon at all " * 1000,
    ],
    ids=lambda header: header[:24].decode("ascii", "replace"),
)
def test_headers_meant_to_break_the_reader_do_not(box, header):
    try:
        reading = read(
            box, header + b"\r\nSubject: s\r\n\r\nwords\r\n", media_type="message/rfc822"
        )
    except UnreadableError as problem:
        assert problem.code in ("mail_broken", "timeout")
    else:
        reading.extraction.text.encode("utf-8")


def test_an_attachment_that_unpacks_to_much_is_opened_by_itself(box):
    packed = base64.encodebytes(zip_bomb()).decode()
    part = "Content-Type: application/zip; name=b.zip\r\nContent-Transfer-Encoding: base64"
    member = read(box, mail("Body", parts=[(part, packed)]), name="x.eml").members[0]
    assert member.media_type == "application/zip"
    assert [problem.code for problem in read(box, member.data).problems] == ["member_limits"]


def test_a_text_longer_than_one_text_may_be_is_refused(box):
    data = b"<p>" + b"word " * 11_000_000
    assert refusal(box, data, media_type="text/html") in ("too_large", "memory", "timeout")
