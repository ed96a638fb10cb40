"""Telegram exports, as JSON and as pages: invented people."""

import json

import pytest

from affiant.errors import UnreadableError
from affiant.read.chat_marks import TELEGRAM, TELEGRAM_PAGE
from affiant.read.sniffing import sniff
from affiant.read.telegram import read_telegram
from affiant.read.telegram_page import read_telegram_page

ZWNJ = "\u200c"
MESSAGES = [
    {
        "id": 1,
        "type": "service",
        "date": "2031-03-13T21:00:00",
        "date_unixtime": "1931189400",
        "actor": "Sama",
        "actor_id": "user100",
        "action": "invite_members",
        "members": ["Kian", "Odra"],
        "text": "",
    },
    {
        "id": 2,
        "type": "message",
        "date": "2031-03-13T21:05:09",
        "date_unixtime": "1931189709",
        "edited": "2031-03-13T21:06:00",
        "edited_unixtime": "1931189760",
        "from": "Sama",
        "from_id": "user100",
        "text": ["شب ", {"type": "bold", "text": f"می{ZWNJ}آیند"}, "\nاز پل"],
    },
    {
        "id": 3,
        "type": "message",
        "date": "2031-03-13T21:07:00",
        "from": "Kian",
        "from_id": "user200",
        "forwarded_from": "Mill news",
        "reply_to_message_id": 2,
        "photo": "photos/photo_1@13-03-2031.jpg",
        "text": "They came",
    },
    {
        "id": 4,
        "type": "message",
        "date": "2031-03-13T21:08:00",
        "from": None,
        "from_id": "user300",
        "file": "(File not included. Change data exporting settings to download.)",
        "text": "",
    },
    {
        "id": 5,
        "type": "message",
        "date": "2031-03-13T21:09:00",
        "date_unixtime": "1931000000",
        "from": "Kian",
        "from_id": "user200",
        "forwarded_from": None,
        "poll": {"question": "Who saw it?", "answers": [{"text": "I did", "voters": 2}]},
        "text": "",
    },
]
CHAT = {"name": "Mill street", "type": "private_group", "id": 77, "messages": MESSAGES}
ACCOUNT = {
    "about": "Here is the data you requested. Remember: ...",
    "personal_information": {"user_id": 100},
    "chats": {
        "about": "This page lists all chats.",
        "list": [
            CHAT,
            {"name": "Odra", "type": "personal_chat", "id": 78, "messages": MESSAGES[1:3]},
        ],
    },
    "left_chats": {
        "about": "Chats that you left.",
        "list": [{"name": "x", "type": "public_channel", "id": 79, "messages": MESSAGES[2:3]}],
    },
}


def as_json(export):
    return json.dumps(export, ensure_ascii=False, indent=1).encode("utf-8")


def test_the_messages_of_a_chat_are_parts_with_what_the_export_says_of_them():
    reading = read_telegram(as_json(CHAT))
    found = {one.path: one for one in reading.members}
    assert list(found) == [f"message/{number}" for number in range(1, 6)]
    second = found["message/2"]
    assert second.data.decode("utf-8") == f"شب می{ZWNJ}آیند\nاز پل"
    assert (second.about.sender, second.about.sender_id) == ("Sama", "user100")
    # The export gives 21:05:09 in the zone of whoever exported, three and a half hours ahead.
    assert (second.about.sent, second.about.edited) == (
        "2031-03-13T17:35:09Z",
        "2031-03-13T17:36:00Z",
    )
    third = found["message/3"].about
    assert (third.sent, third.forwarded_from, third.refers_to, third.attached) == (
        "2031-03-13T21:07:00",
        "Mill news",
        "message/2",
        ("photos/photo_1@13-03-2031.jpg",),
    )
    assert reading.facts == (("chat", "Mill street"), ("chat_type", "private_group"))


def test_what_is_no_text_is_told_in_the_exports_own_fields():
    found = {one.path: one for one in read_telegram(as_json(CHAT)).members}
    service, left_out, poll = (found[f"message/{number}"] for number in (1, 4, 5))
    assert service.data == (b"actor: Sama\naction: invite_members\nmembers: Kian\nmembers: Odra")
    assert (service.about.status, service.about.sender) == ("service", "Sama")
    assert (left_out.about.status, left_out.about.attached, left_out.data) == (
        "media_omitted",
        (),
        b"",
    )
    assert (left_out.media_type, left_out.about.sender) == ("inode/x-empty", None)
    assert poll.data == b"question: Who saw it?\ntext: I did\nvoters: 2"
    assert poll.about.forwarded_from == "unknown"


def test_a_time_that_contradicts_itself_is_not_taken():
    reading = read_telegram(as_json(CHAT))
    assert reading.members[4].about.sent is None
    assert [(one.code, one.item) for one in reading.problems] == [("dates_contradict", "message/5")]


def test_a_whole_account_has_a_folder_for_each_chat():
    reading = read_telegram(as_json(ACCOUNT))
    paths = [one.path for one in reading.members]
    assert paths == [
        *(f"chat/77/message/{number}" for number in range(1, 6)),
        *("chat/78/message/2", "chat/78/message/3", "chat/79/message/3"),
    ]
    assert reading.members[-1].about.refers_to == "chat/79/message/2"


def cut_after(data, mark):
    return data[: data.index(mark)]


@pytest.mark.parametrize("export", [CHAT, ACCOUNT], ids=["chat", "account"])
@pytest.mark.parametrize(
    ("change", "left", "item"),
    [
        (lambda data: cut_after(data, b"Mill news"), 2, "message 3"),
        (lambda data: data.replace(b'"id": 3', b'"id": ', 1), 2, "message 3"),
        (lambda data: data[:-2], None, "end"),
    ],
    ids=["cut", "broken", "end"],
)
def test_a_damaged_export_gives_what_stands_before_and_says_so(export, change, left, item):
    whole = len(read_telegram(as_json(export)).members)
    reading = read_telegram(change(as_json(export)))
    assert len(reading.members) == (whole if left is None else left)
    assert ("export_broken", item) in [(one.code, one.item) for one in reading.problems]


def test_messages_of_one_id_are_told_apart_and_half_characters_replaced():
    twins = [{"id": 7, "text": "a"}, {"id": 7, "text": "\ud83d"}]
    reading = read_telegram(json.dumps({"messages": twins}).encode())
    assert [(one.path, one.data.decode()) for one in reading.members] == [
        ("message/7", "a"),
        ("message/7~2", "\ufffd"),
    ]
    assert [one.code for one in reading.problems] == ["characters_replaced"]


@pytest.mark.parametrize("data", [b"{}", b'{"messages": []}', b'{"messages": [3, "x"]}', b"[" * 9])
def test_what_holds_no_message_is_no_export(data):
    with pytest.raises(UnreadableError) as problem:
        read_telegram(data)
    assert problem.value.code == "export_unknown"


PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head>
<body><div class="page_wrap"><div class="page_header"><div class="content">
<div class="text bold">
Mill street
</div></div></div><div class="page_body chat_page"><div class="history">
     <div class="message service" id="message-1">
      <div class="body details">
13 March 2031
      </div>
     </div>
     <div class="message default clearfix" id="message2">
      <div class="pull_left userpic_wrap"><div class="initials" style="x">S</div></div>
      <div class="body">
       <div class="pull_right date details" title="13.03.2031 21:05:09 UTC+03:30">21:05</div>
       <div class="from_name">
Sama
       </div>
       <div class="text">
شب <strong>می{ZWNJ}آیند</strong><br>از پل &amp; جاده
       </div>
      </div>
     </div>
     <div class="message default clearfix joined" id="message3">
      <div class="body">
       <div class="pull_right date details" title="13.03.2031 21:07:00">21:07</div>
       <div class="reply_to details">In reply to <a href="#go_to_message2">this message</a></div>
       <div class="media_wrap clearfix">
        <a class="photo_wrap clearfix pull_left" href="photos/photo_1@13-03-2031.jpg">
         <img class="photo" src="photos/photo_1_thumb.jpg"/></a></div>
      </div>
     </div>
     <div class="message default clearfix" id="message4">
      <div class="body">
       <div class="pull_right date details" title="13.03.2031 21:08:00 UTC+03:30">21:08</div>
       <div class="from_name">Kian</div>
       <div class="forwarded body">
        <div class="from_name">Mill news <span class="date details"> 12.03.2031</span></div>
        <div class="text">They came</div>
       </div>
      </div>
     </div>
     <div class="message default clearfix joined" id="message5">
      <div class="body">
       <div class="pull_right date details" title="13.03.2031 21:09:00 UTC+03:30">21:09</div>
       <div class="media_wrap clearfix"><div class="media clearfix pull_left media_photo">
        <div class="body"><div class="title bold">Photo</div>
         <div class="status details">Not included, change data exporting settings.</div></div>
       </div></div>
      </div>
     </div>
</div></div></div></body></html>
"""


def test_a_page_of_an_export_gives_the_same_fields():
    reading = read_telegram_page(PAGE.encode("utf-8"))
    assert reading.extraction is None
    assert reading.facts == (("chat", "Mill street"),)
    rows = [
        (one.path, one.about.sender, one.about.sent, one.data.decode("utf-8"))
        for one in reading.members
    ]
    assert rows == [
        ("message/-1", None, None, "13 March 2031"),
        ("message/2", "Sama", "2031-03-13T21:05:09+03:30", f"شب می{ZWNJ}آیند\nاز پل & جاده"),
        ("message/3", "Sama", "2031-03-13T21:07:00", ""),
        ("message/4", "Kian", "2031-03-13T21:08:00+03:30", "They came"),
        ("message/5", "Kian", "2031-03-13T21:09:00+03:30", ""),
    ]
    service, _, joined, forwarded, left_out = (one.about for one in reading.members)
    assert service.status == "service"
    assert joined.refers_to == "message/2"
    assert joined.attached == ("photos/photo_1@13-03-2031.jpg",)
    assert forwarded.forwarded_from == "Mill news"
    assert left_out.status == "media_omitted"


def test_a_page_without_messages_is_no_export():
    with pytest.raises(UnreadableError) as problem:
        read_telegram_page(b"<div class=page_wrap><div class=chat_page></div></div>")
    assert problem.value.code == "export_unknown"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("result.json", as_json(CHAT), TELEGRAM),
        ("result.json", as_json(ACCOUNT), TELEGRAM),
        ("renamed.txt", as_json(CHAT), TELEGRAM),
        ("messages.html", PAGE.encode(), TELEGRAM_PAGE),
        ("messages2.html", PAGE.encode(), TELEGRAM_PAGE),
    ],
)
def test_an_export_is_told_by_what_stands_in_it(name, data, kind):
    assert sniff(data, name=name) == kind


@pytest.mark.parametrize(
    "data", [b'{"type": "private_group"}', b'{"messages": []}', b"<html><body>chat_page</body>"]
)
def test_other_files_are_not_taken_for_an_export(data):
    assert sniff(data, name="x.json") not in (TELEGRAM, TELEGRAM_PAGE)
