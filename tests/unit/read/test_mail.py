import base64
from email.header import Header

import pytest

from affiant.errors import UnreadableError
from affiant.read import read_document
from hostile.build import mail

ZWNJ_SUBJECT = "گزارش می‌شود"


def read(data):
    return read_document(data, media_type="message/rfc822")


def text_of(data):
    return read(data).extraction.text


def test_headers_stand_first_then_the_body_as_it_is():
    headers = {"Date": "Fri, 14 Mar 2031 23:30:00 +0330", "To": "archive@example.org"}
    extraction = read(mail("می‌شود\r\nx\u00a0y\r\n", headers=headers)).extraction
    assert extraction.text == (
        "From: Mira Sol <mira@example.org>\nTo: archive@example.org\n"
        "Date: Fri, 14 Mar 2031 23:30:00 +0330\nSubject: A letter\n\nمی‌شود\r\nx\u00a0y\r\n"
    )


def test_hints_are_the_subject_the_sender_and_the_senders_day():
    date = {"Date": "Mon, 14 Mar 2031 23:30:00 +0330"}
    extraction = read(mail(headers=date)).extraction
    hints = extraction.hints
    assert (hints.title, hints.published) == ("A letter", "2031-03-14")
    assert hints.author == "Mira Sol <mira@example.org>"
    assert "Date: Mon, 14 Mar 2031 23:30:00 +0330" in extraction.text  # as written, though wrong


@pytest.mark.parametrize(
    "written",
    [
        Header(ZWNJ_SUBJECT, "utf-8").encode(),
        ZWNJ_SUBJECT,
        f"=?utf-8?b?{base64.b64encode(ZWNJ_SUBJECT.encode()).decode()}?=",
    ],
)
def test_encoded_and_raw_headers_are_read(written):
    assert f"Subject: {ZWNJ_SUBJECT}\n" in text_of(mail(headers={"Subject": written}))


@pytest.mark.parametrize(
    ("encoding", "transfer"), [("windows-1256", "base64"), ("utf-8", "quoted-printable")]
)
def test_the_declared_charset_and_transfer_encoding_are_undone(encoding, transfer):
    content = "سلام دنيا".encode(encoding)
    if transfer == "base64":
        packed = base64.b64encode(content).decode()
    else:
        packed = "".join(f"={byte:02X}" for byte in content)
    head = f"Subject: x\r\nContent-Type: text/plain; charset={encoding}\r\n"
    data = f"{head}Content-Transfer-Encoding: {transfer}\r\n\r\n{packed}".encode()
    extraction = read(data).extraction
    assert extraction.text == "Subject: x\n\nسلام دنيا"
    assert extraction.encoding == encoding


def test_plain_text_is_read_before_a_page_and_the_page_left_out():
    data = (
        b"Subject: x\r\nContent-Type: multipart/alternative; boundary=q\r\n\r\n"
        b"--q\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n"
        b"--q\r\nContent-Type: text/plain\r\n\r\nplain\r\n--q--\r\n"
    )
    reading = read(data)
    assert reading.extraction.text == "Subject: x\n\nplain"
    assert reading.members == ()


def test_a_page_alone_is_read_as_one():
    text = text_of(mail("<html><body><p>a&nbsp;b</p><p>c</p></body></html>", kind="text/html"))
    assert text.endswith("\n\na\u00a0b\n\nc")


def test_attachments_are_members_with_safe_names():
    parts = [
        (
            "Content-Type: text/plain; charset=windows-1256\r\nContent-Disposition: attachment; "
            'filename="../a\u202eb.txt"',
            "x",
        ),
        (
            "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            "Content-Disposition: attachment; filename=r.pdf",
            "JVBERi0xLjQ=",
        ),
        ("Content-Type: application/pdf\r\nContent-Disposition: inline; filename=r.pdf", "%PDF-1"),
        ("Content-Type: image/png", "\x01"),
        (
            "Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n"
            " filename*=utf-8''%DA%AF%D8%B2.pdf",
            "%PDF-1",
        ),
    ]
    members = read(mail("Body", parts=parts)).members
    assert [(member.path, member.media_type) for member in members] == [
        ("..%2Fa%E2%80%AEb.txt", "text/plain; charset=cp1256"),
        ("r.pdf", "application/pdf"),
        ("r.pdf~2", "application/pdf"),
        ("part-5", "application/octet-stream"),
        ("گز.pdf", "application/pdf"),
    ]
    assert members[1].data == b"%PDF-1.4"
    assert members[1].size == 8


def test_an_enclosed_message_is_a_member_with_its_headers_as_written():
    inner = "Subject: inner\r\nX-Long: " + "a b " * 60 + "\r\n\r\ninner body"
    members = read(mail("Body", parts=[("Content-Type: message/rfc822", inner)])).members
    assert [(member.path, member.media_type) for member in members] == [
        ("part-2", "message/rfc822")
    ]
    assert members[0].data == inner.encode()


def test_a_pdf_hidden_in_the_alternative_not_read_is_a_member():
    data = (
        b"Subject: x\r\nContent-Type: multipart/alternative; boundary=q\r\n\r\n"
        b"--q\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
        b"--q\r\nContent-Type: multipart/mixed; boundary=r\r\n\r\n"
        b"--r\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n"
        b"--r\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1\r\n--r--\r\n--q--\r\n"
    )
    assert [member.path for member in read(data).members] == ["a.pdf"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Date": "not a date"},
        {"Date": "Mon, 99 Foo 99999999999999999999 99:99:99 +9999999"},
        {"From": '"unclosed <a@b'},
        {"From": "=?utf-8?b?!!!?="},
        {"From": "=?no-such-charset?q?=E9?="},
        {"Subject": "=?utf-8?q?=ED=A0=80?="},
        {"Content-Disposition": "attachment; filename*=bad''%zz; filename*0*=x"},
        {"Content-Transfer-Encoding": "nonsense"},
        {"To": "a" * 20_000},
        {"To": "<" * 5_000},
        {"X-\x00": "\x00"},
    ],
)
def test_headers_that_break_the_rules_break_nothing(headers):
    reading = read(mail("Body stays\n", headers=headers))
    found = [reading.extraction.text, *(m.data.decode("latin-1") for m in reading.members)]
    assert any("Body stays" in text for text in found)
    reading.extraction.text.encode("utf-8")


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"Subject:\r\n\r\n"])
def test_a_message_without_words_is_empty(data):
    with pytest.raises(UnreadableError) as problem:
        read(data)
    assert problem.value.code == "empty"
