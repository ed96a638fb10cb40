"""From files to kept originals and recorded texts: all of them, once, with how they came."""

import json
import os
import unicodedata

import pytest

from affiant.store.objects import digest_of
from flows.desk import Desk, new_desk, write

FIELDS = {"document", "path", "name", "size", "media_type", "status"}


@pytest.fixture
def desk(tmp_path) -> Desk:
    return new_desk(tmp_path)


def test_every_file_below_a_folder_is_kept_and_acknowledged(desk, tmp_path):
    folder = write(tmp_path / "in", {"b.txt": "b", "a.txt": "a"})
    write(folder / "deep" / "deeper", {"c.csv": "x,y\n1,2\n", ".hidden": "h"})
    rows = desk.json("add", folder)
    assert all(set(row) == FIELDS and row["status"] == "added" for row in rows)
    assert [row["name"] for row in rows] == ["a.txt", "b.txt", ".hidden", "c.csv"]
    for row in rows:
        data = (tmp_path / row["path"]).read_bytes()
        assert row["document"] == digest_of(data)
        assert row["size"] == len(data)
        hexed = row["document"].removeprefix("sha256:")
        assert (desk.folder / "originals" / hexed[:2] / hexed[2:]).read_bytes() == data
    desk.clean()


def test_the_same_bytes_again_are_handed_over_again_and_stored_once(desk, tmp_path):
    folder = write(tmp_path / "in", {"a.txt": "same", "b.txt": "same"})
    assert [row["status"] for row in desk.json("add", folder)] == ["added", "again"]
    assert [row["status"] for row in desk.json("add", folder)] == ["again", "again"]
    assert len(desk.json("status", "--documents")) == 1
    assert len([path for path in (desk.folder / "originals").rglob("*") if path.is_file()]) == 1
    with desk.open() as case:
        events = case.custody.events(digest_of(b"same"))
    assert len(events) == 4
    desk.clean()


def test_from_whom_and_how_are_recorded(desk, tmp_path):
    desk.run(
        "add", write(tmp_path / "in", {"a.txt": "a"}), "--from", "a sister", "--how", "by hand"
    )
    with desk.open() as case:
        [event] = case.custody.events(digest_of(b"a"))
    assert (event.source, event.how) == ("a sister", "by hand")


def test_resuming_passes_over_what_came_from_the_same_place(desk, tmp_path):
    folder = write(tmp_path / "in", {"a.txt": "a"})
    desk.run("add", folder)
    (folder / "b.txt").write_text("b")
    assert [row["name"] for row in desk.json("add", folder, "--resume")] == ["b.txt"]
    (folder / "a.txt").write_text("changed")
    assert [row["name"] for row in desk.json("add", folder, "--resume")] == ["a.txt"]
    desk.clean()


def test_what_cannot_be_taken_is_said_and_stops_nothing(desk, tmp_path):
    folder = write(tmp_path / "in", {"a.txt": "a", "z.txt": "z"})
    (folder / "link").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / "broken link").symlink_to(folder / "nothing")
    rows = desk.json("add", folder, tmp_path / "nothing", code=1)
    kinds = [row["status"] for row in rows]
    assert sorted(kinds) == ["added", "added", *["refused"] * 4]
    for row in rows:
        if row["status"] == "refused":
            assert {"path", "problem", "remedy", "exit_code"} <= set(row)
    desk.clean()


def test_odd_names_are_kept_to_the_byte_and_shown_safely(desk, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["گزارش\u200cها.txt", "\u202egpj.exe", "a b%20c.txt", "e\u0301.txt", "line\nbreak.txt"]
    for number, name in enumerate(names):
        (folder / name).write_text(f"letter {number}")
    (folder / os.fsdecode(b"latin-\xe9.txt")).write_text("letter x")
    rows = desk.json("add", folder)
    shown = {row["name"] for row in rows}
    assert "%E2%80%AEgpj.exe" in shown
    assert "latin-%E9.txt" in shown
    assert "line%0Abreak.txt" in shown
    assert "گزارش\u200cها.txt" in shown
    assert unicodedata.normalize("NFD", "é.txt") in shown
    desk.run("read")
    desk.clean()


def test_an_empty_file_and_a_large_one_are_kept(desk, tmp_path):
    folder = write(tmp_path / "in", {"empty.txt": "", "large.bin": os.urandom(3_000_000)})
    rows = {row["name"]: row for row in desk.json("add", folder)}
    assert rows["empty.txt"]["size"] == 0
    assert rows["large.bin"]["size"] == 3_000_000
    desk.run("read")
    [status] = desk.json("status")
    assert status["unread_documents"] >= 1
    desk.clean()


def test_what_cannot_be_read_is_kept_and_stands_in_status_with_its_reason(mill_once):
    [status] = mill_once.json("status")
    [unread] = status["unread"]
    assert unread["name"] == "broken.pdf"
    assert unread["code"]
    assert status["documents"] == 12
    assert status["read"] == 11
    path = [p for p in (mill_once.folder / "originals").rglob("*") if p.is_file()]
    assert b"%PDF-1.7 this is no more than a beginning" in [p.read_bytes() for p in path]


TEXTS = {
    "joiners.txt": "می‌گویند\u00a0نیم‌فاصله\n",
    "marks.txt": "left \u200e right \u202b embed \u202c\n",
    "bom.txt": "\ufeffbegins with a mark\n",
    "nfd.txt": "e\u0301 and é\n",
    "lines.txt": "one\r\ntwo\rthree\n\n\n  four  \n",
    "null.txt": "tab\tand form feed\x0c and \x01\n",
    "astral.txt": "𐏃𐎧𐎠 🕯 end\n",
}


def test_a_text_has_every_code_point_of_its_document(desk, tmp_path):
    desk.run("add", write(tmp_path / "in", TEXTS))
    desk.run("read")
    with desk.open() as case:
        for name, content in TEXTS.items():
            text = case.documents.text_of(digest_of(content.encode()))
            assert case.text(text.text_digest) == content, name
            assert (text.length, text.replaced, text.surrogates) == (len(content), 0, 0)
            assert text.encoding.lower().replace("_", "-").startswith("utf-8")


def test_reading_again_reads_nothing_twice(mill):
    assert mill.json("read") == []


def test_a_part_is_its_container_and_its_place_in_it(mill_once):
    rows = {row["name"]: row for row in mill_once.json("status", "--documents")}
    assert rows["note.txt"]["document"] == f"{rows['letter.eml']['document']}!note.txt"
    assert rows["note.txt"]["text_digest"] == digest_of(b"He was twenty-two.")


def test_acknowledgements_come_one_by_one_as_they_are_safe(desk, tmp_path):
    folder = write(tmp_path / "in", {f"{n:03}.txt": f"letter {n}" for n in range(130)})
    process = desk.start("add", folder, "--json")
    first = json.loads(process.stdout.readline())
    with desk.open() as case:
        assert case.documents.is_known(first["document"])
    assert len(process.stdout.read().splitlines()) == 129
    assert process.wait() == 0


def test_a_case_does_not_take_itself_in(desk, tmp_path):
    write(tmp_path, {"letter.txt": "beside the case"})
    rows = desk.json("add", tmp_path, code=1)
    statuses = {row["path"].rpartition("/")[2]: row["status"] for row in rows}
    assert statuses["letter.txt"] == "added"
    assert statuses[desk.folder.name] == "refused"
    assert "case.db" not in statuses
    desk.clean()


def test_no_path_above_what_was_named_is_recorded(desk, tmp_path):
    folder = write(tmp_path / "Ilse Merin" / "letters", {"a.txt": "a"})
    desk.run("add", folder)
    assert b"Ilse Merin" not in (desk.folder / "case.db").read_bytes()
