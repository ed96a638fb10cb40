import pytest

from affiant.errors import UnreadableError
from affiant.read import read_document, sniff
from affiant.read.marks import SAVED_PAGE
from hostile.build import mail

WORDS = "می\u200cشود \u202bمتن\u202c"


def saved(page, *parts, head="", kind="text/html; charset=utf-8"):
    """Return a page as Chromium saves it: quoted-printable, each part with its address."""
    lines = [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://cadle.example/mill?id=7",
        "Subject: =?utf-8?Q?The_mill_=D9=85?=",
        "Date: Sat, 3 May 2031 09:26:54 -0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----cut"' + head,
        "",
        "",
        "------cut",
        f"Content-Type: {kind}",
        "Content-ID: <frame-1@mhtml.blink>",
        "Content-Location: https://cadle.example/mill?id=7",
        "",
        page,
    ]
    for headers, content in parts:
        lines += ["------cut", headers, "", content]
    return "\r\n".join([*lines, "------cut--", ""]).encode()


def read(data):
    return read_document(data, media_type=SAVED_PAGE)


STYLE = ("Content-Type: text/css\r\nContent-Location: https://cadle.example/s/a.css?v=2", "p {}")
DOT = (
    "Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Location: https://cadle.example/dot.gif",
    "R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
)
UNNAMED = ("Content-Type: text/css\r\nContent-Location: cid:css-1@mhtml.blink", "b {}")


def test_the_page_is_the_text_and_its_files_are_parts():
    reading = read(saved(f"<html><title>Mill</title><body><p>{WORDS}", STYLE, DOT, UNNAMED))
    assert reading.extraction.text == f"Mill\n\n{WORDS}"
    assert [(m.path, m.media_type) for m in reading.members] == [
        ("a.css", "text/css"),
        ("dot.gif", "image/gif"),
        ("css-1@mhtml.blink", "text/css"),
    ]
    assert reading.members[0].about.address == "https://cadle.example/s/a.css?v=2"


def test_who_saved_it_when_and_from_where_are_facts():
    assert dict(read(saved("<p>x")).facts) == {
        "mhtml.saved_by": "<Saved by Blink>",
        "mhtml.saved": "Sat, 3 May 2031 09:26:54 -0000",
        "mhtml.address": "https://cadle.example/mill?id=7",
        "mhtml.subject": "The mill م",
    }


def test_further_pages_in_it_are_parts():
    frame = ("Content-Type: text/html\r\nContent-Location: https://ad.example/f", "<p>a frame")
    reading = read(saved("<p>the page", frame))
    assert reading.extraction.text == "the page"
    assert [(m.path, m.media_type) for m in reading.members] == [("f", "text/html")]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (saved("<p>x"), "page", SAVED_PAGE),
        (saved("<p>x"), "page.mhtml", SAVED_PAGE),
        (b"Subject: x\r\n\r\ny", "old.mht", SAVED_PAGE),
        (mail("x", parts=[("Content-Type: text/html", "<p>x")]), "letter", "message/rfc822"),
    ],
)
def test_a_saved_page_is_known_and_a_letter_is_none(data, name, kind):
    if name == "letter":
        data = data.replace(b"multipart/mixed", b"multipart/related").replace(
            b"From:", b"Return-Path:"
        )
    assert sniff(data, name=name) == kind


@pytest.mark.parametrize("data", [b"", b"Subject: x\r\n\r\nno page", saved("x", kind="text/plain")])
def test_what_holds_no_page_is_told(data):
    with pytest.raises(UnreadableError) as problem:
        read(data)
    assert problem.value.code == "mail_broken"
