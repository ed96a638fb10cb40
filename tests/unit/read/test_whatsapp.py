"""WhatsApp exports: invented people; the expected values were written before the reader."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import UnreadableError
from affiant.read.chat_dates import solar_hijri
from affiant.read.chat_marks import WHATSAPP
from affiant.read.sniffing import sniff
from affiant.read.whatsapp import read_whatsapp

LRM, NNBSP, ZWNJ = "\u200e", "\u202f", "\u200c"
APPLE = (
    f"[13/03/2031, 21:05:09] Mill street: {LRM}Messages and calls are end-to-end encrypted.\r\n"
    f"[13/03/2031, 21:06:00] Sama: شب می{ZWNJ}آیند\r\nاز پل\r\n"
    f"{LRM}[14/03/2031, 00:00:01] ~{NNBSP}Kian Odra: {LRM}<attached: 00000003-PHOTO.jpg>\r\n"
    f"[14/03/2031, 00:01:00] Sama: {LRM}This message was deleted.\r\n"
    f"[14/03/2031, 00:02:00] Sama: They left. {LRM}<This message was edited>\r\n"
    f"[14/03/2031, 00:03:00] Sama: {LRM}image omitted"
)
ANDROID = (
    "13/03/31, 9:05\u202fPM - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
    '13/03/31, 9:05\u202fPM - Sama changed the group name from "Mill" to "Mill: night"\n'
    "13/03/31, 9:06\u202fPM - Sama: They came at nine: forty men\n\nand a lorry\n"
    "13/03/31, 9:07\u202fPM - Kian: IMG-20310313-WA0001.jpg (file attached)\nthe bridge\n"
    "13/03/31, 9:08\u202fPM - Kian: <Media omitted>\n"
    "13/03/31, 9:09\u202fPM - Kian joined using this group's invite link https://w.example/1\n"
    "14/03/31, 12:01\u202fAM - Sama: \n"
)
ARABIC = (
    "\u200f١٣\u200f/٣\u200f/٢٠٣١، ٩:٠٥ م - سما: وصلوا\n"
    "\u200f١٣\u200f/٣\u200f/٢٠٣١، ٩:٠٦ م - كيان: IMG-20310313-WA0002.jpg (الملف مرفق)\n"
)
PERSIAN = (
    "[۱۴۰۹/۱۲/۲۲،\u200f ۲۱:۰۵:۰۹] سما: رسیدند\n"
    "[۱۴۰۹/۱۲/۲۲،\u200f ۲۱:۰۶:۰۰] کیان: \u200e<پیوست: 00000002-PHOTO.jpg>\n"
)


def messages(text):
    return read_whatsapp(text.encode("utf-8")).members


def told(text):
    return [
        (one.about.sender, one.about.sent, one.data.decode("utf-8"), one.about.status)
        for one in messages(text)
    ]


def test_an_export_from_an_apple_telephone_is_read_message_by_message():
    assert told(APPLE) == [
        (
            None,
            "2031-03-13T21:05:09",
            f"{LRM}Messages and calls are end-to-end encrypted.",
            "service",
        ),
        ("Sama", "2031-03-13T21:06:00", f"شب می{ZWNJ}آیند\r\nاز پل", None),
        (f"~{NNBSP}Kian Odra", "2031-03-14T00:00:01", f"{LRM}<attached: 00000003-PHOTO.jpg>", None),
        ("Sama", "2031-03-14T00:01:00", f"{LRM}This message was deleted.", "deleted"),
        ("Sama", "2031-03-14T00:02:00", f"They left. {LRM}<This message was edited>", None),
        ("Sama", "2031-03-14T00:03:00", f"{LRM}image omitted", "media_omitted"),
    ]
    found = messages(APPLE)
    assert [one.path for one in found] == [f"message/{number:06}" for number in range(1, 7)]
    assert found[2].about.attached == ("00000003-PHOTO.jpg",)
    assert [one.about.edited for one in found] == [None, None, None, None, "unknown", None]
    assert read_whatsapp(APPLE.encode()).extraction is None


def test_an_export_from_an_android_telephone_is_read_message_by_message():
    assert told(ANDROID) == [
        (
            None,
            "2031-03-13T21:05",
            "Messages and calls are end-to-end encrypted. Tap to learn more.",
            "service",
        ),
        (
            None,
            "2031-03-13T21:05",
            'Sama changed the group name from "Mill" to "Mill: night"',
            "service",
        ),
        ("Sama", "2031-03-13T21:06", "They came at nine: forty men\n\nand a lorry", None),
        ("Kian", "2031-03-13T21:07", "IMG-20310313-WA0001.jpg (file attached)\nthe bridge", None),
        ("Kian", "2031-03-13T21:08", "<Media omitted>", "media_omitted"),
        (
            None,
            "2031-03-13T21:09",
            "Kian joined using this group's invite link https://w.example/1",
            "service",
        ),
        ("Sama", "2031-03-14T00:01", "", None),
    ]
    assert messages(ANDROID)[3].about.attached == ("IMG-20310313-WA0001.jpg",)


def test_arabic_and_persian_exports_are_read_with_their_digits_and_calendar():
    assert [(sender, sent) for sender, sent, _, _ in told(ARABIC)] == [
        ("سما", "2031-03-13T21:05"),
        ("كيان", "2031-03-13T21:06"),
    ]
    assert messages(ARABIC)[1].about.attached == ("IMG-20310313-WA0002.jpg",)
    assert [(sender, sent) for sender, sent, _, _ in told(PERSIAN)] == [
        ("سما", "2031-03-13T21:05:09"),
        ("کیان", "2031-03-13T21:06:00"),
    ]
    assert messages(PERSIAN)[1].about.attached == ("00000002-PHOTO.jpg",)


# One line a message: the dates as written, and what is sure of them, from all of them together.
DATES = [
    (["13/03/2031, 9:00"], ["2031-03-13T09:00"]),
    (["3/13/31, 9:00"], ["2031-03-13T09:00"]),
    (["2031-03-04, 9:00"], ["2031-03-04T09:00"]),
    (["2031/3/4, 9:00"], ["2031-03-04T09:00"]),
    (["04.03.31, 09:00"], ["2031"]),
    (["05/05/2031, 9:00"], ["2031-05-05T09:00"]),
    (["03/04/2031, 9:00"], ["2031"]),
    (["03/04/2031, 9:00", "13/04/2031, 9:00"], ["2031-04-03T09:00", "2031-04-13T09:00"]),
    (["03/04/2031, 9:00", "03/14/2031, 9:00"], ["2031-03-04T09:00", "2031-03-14T09:00"]),
    # Only one order lets the messages follow each other.
    (
        ["03/04/2031, 9:00", "05/04/2031, 9:00", "01/05/2031, 9:00"],
        ["2031-04-03T09:00", "2031-04-05T09:00", "2031-05-01T09:00"],
    ),
    # Both do.
    (["03/04/2031, 9:00", "04/05/2031, 9:00"], ["2031", "2031"]),
    # Neither order fits all: each date alone.
    (["13/04/2031, 9:00", "04/14/2031, 9:00"], ["2031-04-13T09:00", "2031-04-14T09:00"]),
    # Short years stand last between slashes, unless that cannot be; else any may be the year.
    (["10/11/12, 9:00"], ["2012"]),
    (["29/10/12, 9:00"], ["2012-10-29T09:00"]),
    (["31/10/05, 9:00", "31/10/09, 9:00"], ["2031-10-05T09:00", "2031-10-09T09:00"]),
    (["10-11-12, 9:00"], [None]),
    (["١٣/٣/٣١، ٩:٠٥"], ["2031-03-13T09:05"]),
    (["13/03/2031, 12:30 am", "13/03/2031, 12:30 pm"], ["2031-03-13T00:30", "2031-03-13T12:30"]),
    (
        ["13/03/2031, 9:00 a.\u00a0m.", "13/03/2031, 9:00 p.\u00a0m."],
        ["2031-03-13T09:00", "2031-03-13T21:00"],
    ),
    (["2031. 3. 4. 오후 9:00"], ["2031-03-04T21:00"]),
    (["۱۴۰۹/۱۲/۲۲، ۹:۰۵"], ["2031-03-13T09:05"]),
    # Solar years of two digits: the place of the year is not sure.
    (["۰۲/۰۱/۱۴، ۹:۰۵"], [None]),
    # The lunar calendar is not converted: which day began when was seen, not reckoned.
    (["١٤٤٤/٩/١٢، ٩:٠٥"], [None]),
]


@pytest.mark.parametrize(("written", "sent"), [row for row in DATES if row[1]], ids=str)
def test_a_date_is_kept_as_far_as_the_whole_file_makes_it_sure(written, sent):
    text = "".join(f"{one} - Sama: words\n" for one in written)
    reading = read_whatsapp(text.encode("utf-8"))
    assert [one.about.sent for one in reading.members] == sent
    unsure = sum(one is None or "T" not in one for one in sent)
    found = {problem.code: problem.item for problem in reading.problems}
    assert found == ({"dates_ambiguous": str(unsure)} if unsure else {})


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [
        ((1395, 1, 1), "2016-03-20"),
        ((1399, 12, 30), "2021-03-20"),
        ((1403, 12, 30), "2025-03-20"),
        ((1404, 1, 1), "2025-03-21"),
        ((1358, 1, 12), "1979-04-01"),
        ((1367, 6, 31), "1988-09-22"),
        ((1402, 12, 30), None),
        ((1402, 13, 1), None),
    ],
)
def test_a_solar_hijri_date_is_the_day_that_a_calendar_shows(solar, gregorian):
    year, month, day = solar
    found = solar_hijri(year, month=month, day=day)
    assert (found.isoformat() if found else None) == gregorian


def test_solar_hijri_days_follow_each_other_without_a_gap():
    days = [
        solar_hijri(year, month=month, day=day)
        for year in range(1360, 1440)
        for month in range(1, 13)
        for day in range(1, 32)
    ]
    known = [day for day in days if day is not None]
    assert all((later - earlier).days == 1 for earlier, later in pairwise(known))


def test_heads_in_another_form_stay_within_a_message_and_are_told():
    text = (
        "[13/03/2031, 21:06:00] Sama: look\n13/03/2031, 21:06 - Kian: I did it\n"
        "[13/03/2031, 21:07:00] Sama: he says\n"
    )
    reading = read_whatsapp(text.encode())
    assert [one.about.sender for one in reading.members] == ["Sama", "Sama"]
    assert [(one.code, one.item) for one in reading.problems] == [("heads_differ", "1")]


def test_words_before_the_first_message_are_a_part_without_a_sender():
    reading = read_whatsapp(b"the rest of it\n[13/03/2031, 21:06:00] Sama: look\n")
    first = reading.members[0]
    assert (first.path, first.about.sender, first.about.status, first.data) == (
        "message/000000",
        None,
        "unplaced",
        b"the rest of it\n",
    )
    assert [one.code for one in reading.problems] == ["unplaced_words"]


def test_a_forwarded_label_of_the_service_is_told_from_words_that_say_so():
    text = (
        "[13/03/2031, 21:06:00] Sama: \u200eForwarded\nThey came\n"
        "[13/03/2031, 21:07:00] Sama: Forwarded\nThey came\n"
    )
    assert [one.about.status for one in messages(text)] == ["forwarded", None]


def test_a_text_without_messages_is_no_export():
    with pytest.raises(UnreadableError) as problem:
        read_whatsapp(b"[13/03/2031 to come] Sama\n")
    assert problem.value.code == "export_unknown"


@pytest.mark.parametrize(
    "words", ["", "\n", "a\n\nb", "می\u200cشود \u202b\u200f", "x: y", "[1] - 2"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_words_of_a_message_are_kept_to_the_code_point(words, ends):
    text = f"[13/03/2031, 21:06:00] Sama: {words}{ends}[13/03/2031, 21:07:00] Kian: end"
    assert messages(text)[0].data.decode("utf-8") == words


@given(words=st.lists(st.text(alphabet="ab \u200c\u200fش:[]-<>\n1/", max_size=30), max_size=8))
def test_no_words_are_lost_or_moved_to_another_sender(words):
    lines = [f"[13/03/2031, 21:06:{at:02}] S{at}: {said}\n" for at, said in enumerate(words)]
    if lines:
        found = messages("".join(lines))
        assert [one.data.decode() for one in found] == words
        assert [one.about.sender for one in found] == [f"S{at}" for at in range(len(words))]


@pytest.mark.parametrize(
    ("name", "text", "is_export"),
    [
        ("_chat.txt", APPLE, True),
        ("WhatsApp Chat with Mill.txt", ANDROID, True),
        ("گفتگوی واتساپ با سما.txt", PERSIAN, True),
        ("renamed.txt", APPLE, True),
        ("renamed.txt", ARABIC, True),
        ("_chat.txt", "[2031-03-13 21:05:09] Sama: one\n", True),
        ("server.log", "[2031-03-13 21:05:09] sshd: one\n[2031-03-13 21:05:10] sshd: two\n", False),
        ("notes.txt", "[13/03/2031, 21:06:00] I met her\nand went home\n", False),
        ("notes.txt", "1. They came.\n2. They went.\n", False),
        ("_chat.txt", "nothing of the kind\n", False),
    ],
)
def test_an_export_is_told_by_its_lines_and_its_name(name, text, is_export):
    assert sniff(text.encode("utf-8"), name=name) == (WHATSAPP if is_export else "text/plain")
