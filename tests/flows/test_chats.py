"""From exported chats and web archives to messages, claims, proposals and an erasure."""

import gzip
import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from affiant.read import carried, step
from affiant.store.objects import digest_of
from flows.desk import Desk, new_desk, write

PHOTO = b"\xff\xd8\xff\xe0 no picture"
KILLED = (
    "On 14 March 2031 soldiers killed 12 men in Tevra, and we all saw them take the bodies away."
)
CHAT = (
    "[13/03/2031, 21:05:00] Sama Corvin: \u200eMessages and calls are end-to-end encrypted.\n"
    f"[14/03/2031, 21:06:00] Sama Corvin: {KILLED}\n"
    "[14/03/2031, 21:07:00] کیان: می\u200cآیند\n"
    "[14/03/2031, 21:08:00] Sama Corvin: \u200e<attached: 00000004-PHOTO.jpg>\n"
)
TELEGRAM = {
    "name": "Mill street",
    "type": "private_group",
    "id": 77,
    "messages": [
        {
            "id": 1,
            "type": "message",
            "date": "2031-03-16T09:00:00",
            "from": "Odra",
            "from_id": "user300",
            "forwarded_from": "Sama Corvin",
            "text": [KILLED],
        },
        {
            "id": 2,
            "type": "message",
            "date": "2031-03-16T09:01:00",
            "from": "Odra",
            "from_id": "user300",
            "forwarded_from": "Mill news",
            "photo": "photos/one.jpg",
            "text": "",
        },
    ],
}


@pytest.fixture
def desk(tmp_path) -> Desk:
    return new_desk(tmp_path)


def taken_in(desk, folder):
    desk.run("add", folder)
    desk.run("read")
    return {row["document"]: row for row in desk.json("status", "--documents")}


def exports(folder):
    write(folder / "whatsapp", {"_chat.txt": CHAT, "00000004-PHOTO.jpg": PHOTO})
    write(folder / "telegram", {"result.json": json.dumps(TELEGRAM, ensure_ascii=False)})
    write(folder / "telegram" / "photos", {"one.jpg": PHOTO + b"2"})
    return folder


def test_a_chat_becomes_messages_with_sender_time_and_exact_words(desk, tmp_path):
    rows = taken_in(desk, exports(tmp_path / "in"))
    chat = digest_of(CHAT.encode())
    third = rows[f"{chat}!message/000003"]
    assert third["about"] == {"sender": "کیان", "sent": "2031-03-14T21:07:00"}
    with desk.open() as case:
        assert case.text(third["text_digest"]) == "می\u200cآیند"
        assert case.derived.hints()[third["document"]].published == "2031-03-14"
    assert (rows[chat]["text_digest"], rows[chat]["unread"]) == (None, None)
    assert rows[f"{chat}!message/000001"]["about"]["status"] == "service"
    assert desk.json("status")[0]["unread"] == [
        {"document": row["document"], "name": row["name"], "code": "picture_broken"}
        for row in rows.values()
        if row["media_type"] == "image/jpeg"
    ]
    desk.clean()


def test_a_message_is_suggested_from_once_and_shows_whose_it_is(desk, tmp_path):
    taken_in(desk, exports(tmp_path / "in"))
    desk.run("suggest")
    chat = digest_of(CHAT.encode())
    found = desk.json("claim", "list")
    by_document = {item["document"] for item in found if item["act"] != "statement"}
    assert by_document == {
        f"{chat}!message/000002",
        digest_of(json.dumps(TELEGRAM, ensure_ascii=False).encode()) + "!message/1",
    }
    [claim] = [item for item in found if item["document"].startswith(chat)][:1]
    shown = desk.run("claim", "show", claim["claim_id"], "--json").line
    assert shown["about"] == {"sender": "Sama Corvin", "sent": "2031-03-14T21:06:00"}
    desk.clean()


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_the_files_of_a_message_are_found_beside_its_export(desk, tmp_path, packed):
    folder = write(tmp_path / "in", {"_chat.txt": CHAT, "00000004-PHOTO.jpg": PHOTO})
    if packed:
        with ZipFile(tmp_path / "WhatsApp Chat.zip", "w") as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, path.name)
        folder = tmp_path / "WhatsApp Chat.zip"
    rows = taken_in(desk, folder)
    [message] = [name for name in rows if name.endswith("!message/000004")]
    [photo] = [name for name, row in rows.items() if row["name"] == "00000004-PHOTO.jpg"]
    made = desk.add_claim(
        message,
        **{
            "act": "commemoration",
            "quotes": [{"slot": "act", "exact": "attached"}],
            "speakers": [{"name": None, "stance": "asserts", "basis": "none_given"}],
            "modality": "actual",
        },
    )
    shown = desk.run("claim", "show", made, "--json").line
    assert shown["about"]["attached"] == [{"name": "00000004-PHOTO.jpg", "document": photo}]
    desk.clean()


def test_a_forwarded_message_names_whom_it_repeats_and_a_person_decides(desk, tmp_path):
    taken_in(desk, exports(tmp_path / "in"))
    chat = digest_of(CHAT.encode())
    telegram = digest_of(json.dumps(TELEGRAM, ensure_ascii=False).encode())
    found = [row for row in desk.json("compare", "--origins") if row["found_by"] == "forwarded"]
    assert [(row["document"], row["of"], row["shared"]) for row in found] == [
        (f"{telegram}!message/1", f"{chat}!message/000002", 1.0),
        (f"{telegram}!message/2", None, 0.0),
    ]
    assert [row["forwarded_from"] for row in found] == ["Sama Corvin", "Mill news"]
    assert found[0]["example"].startswith("on 14 march 2031 soldiers killed 12 men")
    with desk.open() as case:
        assert case.sources.edges() == []
    desk.run("source", "repeats", found[0]["document"], found[0]["of"], "--why", "It says so.")
    with desk.open() as case:
        assert [edge.of_document_id for edge in case.sources.edges()] == [found[0]["of"]]
    assert "Mill news (not here)" in desk.run("compare", "--origins").out
    desk.clean()


@pytest.mark.parametrize(
    ("sent", "proposed"),
    [("2031-03-16T09:00:00", True), ("2031-03-14T22:00:00", False), ("2031-03-13T09:00:00", False)],
    ids=["later", "maybe later", "earlier"],
)
def test_only_what_is_surely_earlier_is_proposed(desk, tmp_path, sent, proposed):
    message = {**TELEGRAM["messages"][0], "date": sent}
    write(tmp_path / "in", {"_chat.txt": CHAT})
    write(tmp_path / "in", {"result.json": json.dumps({**TELEGRAM, "messages": [message]})})
    taken_in(desk, tmp_path / "in")
    [row] = [row for row in desk.json("compare", "--origins") if row["found_by"] == "forwarded"]
    assert (row["of"] is not None) == proposed


def test_one_erasure_takes_the_senders_of_a_whole_chat(desk, tmp_path):
    taken_in(desk, exports(tmp_path / "in"))
    chat = digest_of(CHAT.encode())
    done = desk.json("protect", "erase", chat, "--field", "about", "--why", "asked for")
    assert len(done[0]["entries"]) == 4
    rows = {row["document"]: row for row in desk.json("status", "--documents")}
    parts = [row for name, row in rows.items() if name.startswith(f"{chat}!")]
    assert len(parts) == 4
    assert {str(row["about"]) for row in parts} == {"None"}
    assert all(row["text_digest"] for row in parts)
    with desk.open() as case:
        hints = case.derived.hints()
        assert not any(name.startswith(f"{chat}!") for name in hints)
        listed = [
            entry.fields
            for entry in case.logbook.recorded()
            if entry.kind == "part.listed/1" and (entry.fields or {})["container"] == chat
        ]
    assert len(listed) == 4
    assert "Sama Corvin" not in json.dumps(listed, ensure_ascii=False)
    desk.clean()


def test_erasing_an_export_erases_all_its_messages(desk, tmp_path):
    taken_in(desk, exports(tmp_path / "in"))
    desk.run("protect", "erase", digest_of(CHAT.encode()), "--why", "asked for")
    rows = desk.json("status", "--documents")
    left = [row["document"] for row in rows if row["document"].startswith(digest_of(CHAT.encode()))]
    assert left == []
    assert {row["about"]["sender"] for row in rows if row["about"]} == {"Odra"}
    desk.clean()


def web_archive():
    target = BytesIO()
    writer = WARCWriter(target, gzip=True)
    page = f"<html><body><p>{KILLED}</p></body></html>".encode("utf-16-le")
    http = StatusAndHeaders(
        "200 OK",
        [("Content-Type", "text/html; charset=utf-16le"), ("Content-Encoding", "gzip")],
        protocol="HTTP/1.1",
    )
    for kind in ("response", "request"):
        writer.write_record(
            writer.create_warc_record(
                "http://mill.example/",
                kind,
                BytesIO(gzip.compress(page) if kind == "response" else b""),
                http_headers=http
                if kind == "response"
                else StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True),
                warc_headers_dict={"WARC-Date": "2031-03-15T10:00:00Z"},
            )
        )
    return target.getvalue()


def test_a_page_in_a_web_archive_in_a_wacz_is_read_as_a_page(desk, tmp_path):
    data = web_archive()
    resources = [{"path": "archive/one.warc.gz", "hash": digest_of(data), "bytes": len(data)}]
    folder = write(tmp_path / "in", {})
    with ZipFile(folder / "capture.wacz", "w") as archive:
        archive.writestr("archive/one.warc.gz", data)
        archive.writestr("datapackage.json", json.dumps({"resources": resources}))
    rows = taken_in(desk, folder)
    [page] = [row for name, row in rows.items() if name.endswith("!record/000001")]
    assert page["document"].count("!") == 2
    assert page["about"] == {
        "address": "http://mill.example/",
        "captured": "2031-03-15T10:00:00Z",
        "status": "200",
    }
    with desk.open() as case:
        assert case.text(page["text_digest"]) == KILLED
    [request] = [row for name, row in rows.items() if name.endswith("!record/000002")]
    assert (request["text_digest"], request["unread"]) == (None, None)
    desk.clean()


def test_reading_that_was_interrupted_opens_each_container_once(desk, tmp_path, monkeypatch):
    desk.run("add", write(tmp_path / "in", {"_chat.txt": CHAT}))
    opened = []
    real = step.read_confined

    def counted(box, *, data, media_type, depth=0):
        opened.append(media_type)
        return real(box, data=data, media_type=media_type, depth=depth)

    monkeypatch.setattr(step, "_BATCH", 1)
    with desk.open() as case, step.Box(preload=()) as box:
        reading = step.read_waiting(case, key=desk.settings().key(), box=box)
        next(reading)
        reading.close()
    assert desk.json("status")[0]["not_tried"] == 4
    monkeypatch.setattr(step, "read_confined", counted)
    monkeypatch.setattr(carried, "read_confined", counted)
    desk.run("read")
    assert opened.count("text/x-whatsapp-export") == 1
    assert desk.json("status")[0]["not_tried"] == 0
    desk.clean()


def test_what_very_many_messages_share_is_compared_with_the_first_alone(desk, tmp_path):
    lines = [f"[14/03/2031, 21:{at:02}:00] Sama: {KILLED} {at}\n" for at in range(60)]
    taken_in(desk, write(tmp_path / "in", {"_chat.txt": "".join(lines)}))
    found = desk.json("compare", "--origins")
    assert len(found) == 59
    pairs = [{row["document"][-6:], row["of"][-6:]} for row in found]
    assert all("000001" in pair for pair in pairs)
