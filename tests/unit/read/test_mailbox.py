import mailbox
from email.message import EmailMessage

import pytest

from affiant.errors import UnreadableError
from affiant.read import members as member_limits
from affiant.read import read_document, sniff

KIND = "application/mbox"
LINE = "From mira@example.org Sat May  3 09:26:54 2031\n"
BOX = (
    f"{LINE}From: Mira\nSubject: one\n\nFirst می\u200cشود.\n\n"
    f"{LINE}From: Mira\nSubject: two\n\nFrom here to there.\n\n"
    "From 3 May on, 2031.\n>From quoted\n\n"
)


def read(text):
    return read_document(text.encode() if isinstance(text, str) else text, media_type=KIND)


def made_by_another(tmp_path, bodies):
    """Return a box as Python's own library writes it."""
    box = mailbox.mbox(tmp_path / "box")
    for number, body in enumerate(bodies):
        message = EmailMessage()
        message["From"], message["Subject"] = "mira@example.org", f"letter {number}"
        message.set_content(body)
        box.add(message)
    box.close()
    return (tmp_path / "box").read_bytes()


def test_each_message_is_a_part_and_is_read_as_mail():
    reading = read(BOX)
    assert reading.extraction is None
    assert [(m.path, m.media_type) for m in reading.members] == [
        ("message-00001.eml", "message/rfc822"),
        ("message-00002.eml", "message/rfc822"),
    ]
    texts = [
        read_document(m.data, media_type=m.media_type).extraction.text for m in reading.members
    ]
    assert "First می\u200cشود." in texts[0]
    assert texts[1].endswith("From here to there.\n\nFrom 3 May on, 2031.\n>From quoted\n\n")


def test_the_bytes_of_the_messages_are_those_of_the_box():
    parts = [member.data for member in read(BOX).members]
    assert LINE.encode() + LINE.encode().join(parts) == BOX.encode()


def test_a_box_of_another_library_gives_its_messages(tmp_path):
    data = made_by_another(tmp_path, [f"letter\n\nFrom the {number}rd" for number in range(30)])
    assert sniff(data, name="box") == KIND
    assert len(read(data).members) == 30


def test_line_ends_of_windows_and_odd_separators_are_known():
    lines = ["From - Sat May 03 09:26:54 2031", "From x Sat, 3 May 2031 09:26 +0300"]
    data = "".join(f"{line}\r\nSubject: s\r\n\r\nbody\r\n\r\n" for line in lines[:1] * 3)
    assert len(read(data).members) == 3
    assert sniff(data.encode(), name="inbox") == KIND


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"From here we went to 10:30 in 2031\nand then on.\n", "text/plain"),
        (b"From mira@example.org Sat May  3 09:26:54 2031\nSubject: x\n\ny", KIND),
        (b"From: mira\nSubject: x\n\ny", "text/plain"),
    ],
)
def test_a_letter_that_begins_with_from_is_no_box(data, kind):
    assert sniff(data, name="x") == kind


def test_what_is_no_box_is_told():
    with pytest.raises(UnreadableError) as problem:
        read("no separator here")
    assert problem.value.code == "mail_broken"


def test_too_many_messages_are_refused(monkeypatch):
    monkeypatch.setattr(member_limits, "MOST_MEMBERS", 3)
    with pytest.raises(UnreadableError) as problem:
        read(BOX * 3)
    assert problem.value.code == "archive_limits"
