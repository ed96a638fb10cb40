"""verify: everything damaged is named in one pass, by whom and since when; quick says so."""

import os
import re
import shutil
import socket
from random import Random

import pytest

from affiant.audit import crew as crews
from affiant.audit import kept_files
from affiant.audit.crew import crew_for
from affiant.audit.kept_files import WantedOriginal
from affiant.log.seen import SeenCheckpoints
from affiant.log.tree import TreeHead
from flows.desk import FIRST, SECOND, Desk, new_desk, write
from flows.mill import ids_of
from flows.shared import copy_of
from tamper import attacks


def letters(desk: Desk, *, count: int) -> Desk:
    desk.run(
        "add", write(desk.folder.parent / "in", {f"{n:04}.txt": f"{n}\n" for n in range(count)})
    )
    return desk


def items(desk: Desk, *words: object, code: int = 5) -> set[tuple[str, str]]:
    return {
        (problem["item"], problem["kind"])
        for problem in desk.run("verify", "--json", *words, code=code).line["problems"]
    }


def test_everything_that_is_damaged_is_named_in_one_pass(mill):
    expected = set()
    for number, path in enumerate(attacks.kept_files(mill.folder, kind="originals")):
        path.chmod(0o644)
        digest = f"original sha256:{path.parent.name}{path.name}"
        if number % 3 == 0:
            path.unlink()
            expected.add((digest, "missing"))
        elif number % 3 == 1:
            path.write_bytes(path.read_bytes() + b".")
            expected.add((digest, "altered"))
        else:
            path.write_bytes(path.read_bytes()[:-1] + b"\0")
            expected.add((digest, "altered"))
    for path in attacks.kept_files(mill.folder, kind="texts"):
        path.unlink()
        expected.add((f"text sha256:{path.parent.name}{path.name}", "missing"))
    assert items(mill) == expected
    assert len(expected) > 15


def test_a_problem_names_the_checkpoint_that_binds_the_item_and_the_last_actor(mill):
    [path] = [
        p for p in attacks.kept_files(mill.folder, kind="originals")
        if mill.document("alba.txt").endswith(p.name)
    ]  # fmt: skip
    path.chmod(0o644)
    path.write_bytes(b"another")
    with mill.open() as case:
        position = case.documents.find(mill.document("alba.txt")).position
        sizes = sorted(head.size for head in case.seen.heads() if head.size > position)
    [problem] = mill.verify().line["problems"]
    assert problem["who"] == FIRST
    assert problem["since"].startswith(f"entry {position}, checkpoint {sizes[0]}")
    strangers = mill.elsewhere(mill.folder.parent / "nobody")
    told = strangers.verify().line["problems"][0]["since"]
    assert told.split(", stamp of ")[0] == f"entry {position}"  # no checkpoint was seen there


def test_an_altered_entry_names_who_signed_it(mill):
    claim = ids_of(mill)["deln"]
    mill.run("claim", "unsure", claim, "--why", "later", person=SECOND)
    last = mill.json("status")[0]["entries"] - 1
    attacks.flip_column(mill.folder, column="body", where=f"position = {last}")
    found = [p for p in mill.verify().line["problems"] if p["item"].startswith(f"entry {last}")]
    assert found[0]["who"] == SECOND
    assert found[0]["since"].startswith(f"entry {last}, checkpoint {last + 1}")


STRAYS = {
    "a link": lambda folder: (folder / "stray").symlink_to("/etc/hostname"),
    "a broken link": lambda folder: (folder / "stray").symlink_to("nowhere"),
    "a fifo": lambda folder: os.mkfifo(folder / "stray"),
    "a socket": lambda folder: socket.socket(socket.AF_UNIX).bind(str(folder / "stray")),
    "a file": lambda folder: (folder / "stray").write_text("x"),
    "an empty folder": lambda folder: (folder / "stray").mkdir(),
    "a hidden file": lambda folder: (folder / ".stray").write_text("x"),
    "a folder in a folder": lambda folder: (folder / "stray" / "deep").mkdir(parents=True),
}


@pytest.mark.parametrize("place", ["originals", "texts", "log", "originals/ab", "texts/ab"])
@pytest.mark.parametrize("name", STRAYS)
def test_whatever_nobody_listed_is_named_wherever_it_lies(name, place, mill, monkeypatch):
    folder = mill.folder / place
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)  # a socket's path must be short
    STRAYS[name](folder if name != "a socket" else folder.relative_to(folder))
    [(item, kind)] = items(mill)
    assert (kind, item.removesuffix("stray").strip("/.")) == ("unlisted", place)
    monkeypatch.chdir("/")
    mill.run("check", "--repair")
    mill.clean()


@pytest.mark.parametrize("place", ["originals", "texts", "log/stamps"])
def test_a_link_in_the_place_of_a_folder_of_the_case_is_named(place, mill, tmp_path):
    folder = mill.folder / place
    shutil.move(folder, tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved")
    assert any(item == place for item, _ in items(mill))


def test_a_fifo_in_the_place_of_an_original_is_not_read(mill):
    path = attacks.kept_files(mill.folder, kind="originals")[0]
    path.unlink()
    os.mkfifo(path)
    assert (f"original sha256:{path.parent.name}{path.name}", "missing") in items(mill)


def test_quick_looks_into_a_sample_and_says_of_how_many(tmp_path):
    desk = letters(new_desk(tmp_path), count=100)
    done = desk.verify("--quick")
    assert done.code == 3
    [text] = done.line["not_checked"]
    assert re.search(r"36 of 100 originals \(36 %\): --quick looked into 64", text)
    assert done.line["checked"]["originals"] == 64
    assert done.line["checked"]["entries"] == 102
    seen = set()
    paths = attacks.kept_files(desk.folder, kind="originals")
    for path in paths[:50]:
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[:-1] + b" ")
    for _ in range(12):
        seen |= items(desk, "--quick")
    assert len(seen) == 50, "no file is out of reach of the sample"


def test_quick_still_misses_no_file_that_is_gone_and_no_entry(tmp_path):
    desk = letters(new_desk(tmp_path), count=80)
    path = attacks.kept_files(desk.folder, kind="originals")[0]
    path.unlink()
    attacks.flip_column(desk.folder, column="signature", where="position = 60")
    found = items(desk, "--quick")
    assert (f"original sha256:{path.parent.name}{path.name}", "missing") in found
    assert any(item.startswith("entry 60") for item, _ in found)


def test_quick_of_few_files_is_whole(mill):
    done = mill.verify("--quick")
    assert (done.code, done.line["not_checked"]) == (0, [])


@pytest.mark.parametrize("words", [("--quick",), ("--since", "log/checkpoint")])
def test_what_is_for_a_case_is_refused_for_a_file(words, mill):
    mill.run("bundle", "-o", mill.folder.parent / "b.zip")
    words = [str(mill.folder / word) if "/" in word else word for word in words]
    [error] = mill.json("verify", mill.folder.parent / "b.zip", *words, code=2)
    assert "for the folder of a case" in error["problem"]


def test_several_processes_find_what_one_finds(mill, monkeypatch):
    for path in attacks.kept_files(mill.folder, kind="originals")[:4]:
        path.chmod(0o644)
        path.write_bytes(b"changed")
    attacks.flip_column(mill.folder, column="signature", where="position = 20")
    attacks.flip_column(mill.folder, column="salt", where="position = 21")
    alone = items(mill)
    monkeypatch.setattr("affiant.audit.case.MUCH_ENTRIES", 0)
    monkeypatch.setattr(crews.os, "cpu_count", lambda: 3)
    assert items(mill) == alone
    assert len(alone) >= 6


def test_a_process_that_is_ended_from_outside_costs_nothing(tmp_path, monkeypatch):
    (tmp_path / "x").write_bytes(b"x")
    wanted = WantedOriginal(str(tmp_path / "x"), "0" * 64, "0" * 64, 1, 7, True)
    monkeypatch.setattr(crews.os, "cpu_count", lambda: 2)
    with crew_for(much=True) as crew:
        wait = crew.begin(ended_in_a_child, tasks=[os.getpid(), wanted])
        assert [damage.position for damage in wait()] == [7]


def ended_in_a_child(tasks: list) -> list:
    """End the process unless it is the one that asked."""
    if os.getpid() != tasks[0]:
        os._exit(9)
    return kept_files.check_originals(tasks[1:])


def test_another_case_in_the_same_folder_is_refused_until_a_pin_vouches_for_it(mill, tmp_path):
    mill.clean()  # from here on it is known which case lies there
    other = new_desk(tmp_path / "other")
    shutil.rmtree(mill.folder)
    shutil.copytree(other.folder, mill.folder)
    [problem] = mill.verify().line["problems"]
    assert (problem["item"], problem["kind"]) == ("case", "stranger")
    assert "it was exchanged" in problem["detail"]
    key = other.json("key", "list")[0]["key"]
    pem = next((other.configuration / "keys").glob("*.pem"))
    shutil.copy(pem, mill.configuration / "keys" / pem.name)
    [error] = mill.json("policy", "set", "reviewers_needed", "2", code=5)
    assert "another case" in error["problem"]
    assert mill.verify("--pin", "ab" * 32).code == 5
    report = mill.verify("--pin", key).line
    assert report["problems"] == []
    assert "vouches" in " ".join(report["notes"])
    mill.clean()
    mill.run("policy", "set", "reviewers_needed", "2")


def test_a_folder_used_again_for_a_new_case_raises_no_alarm(mill):
    shutil.rmtree(mill.folder)
    mill.run("init", mill.folder, person=FIRST)
    mill.clean()


def test_two_copies_that_both_grew_are_told_apart_by_what_was_seen(mill, tmp_path):
    other = copy_of(mill, tmp_path / "other")
    mill.run("policy", "set", "reviewers_needed", "2")
    other.run("policy", "set", "isolation", "strict")
    for value in ("1", "2", "1"):
        other.run("policy", "set", "reviewers_needed", value)
    attacks.roll_back(mill.folder, older=other.folder)
    [problem] = [p for p in mill.verify().line["problems"]]
    assert problem["kind"] == "forked"
    assert "not those that were seen before" in problem["detail"]


def test_the_removed_checkpoint_is_named_in_file_and_database(mill):
    (mill.folder / "log" / "checkpoint").unlink()
    [problem] = mill.verify().line["problems"]
    assert (problem["item"], problem["kind"]) == ("log/checkpoint", "missing")
    assert "was removed" in problem["detail"]
    with attacks.database(mill.folder) as db:
        db.execute("update log set note = ''")
    assert ("checkpoint", "altered") in items(mill)


def test_only_what_was_added_to_the_list_of_checkpoints_is_read_again(tmp_path, monkeypatch):
    random, heads = Random(4), []
    seen, writer = (
        SeenCheckpoints(tmp_path, case="0" * 32),
        SeenCheckpoints(tmp_path, case="0" * 32),
    )
    for number in range(200):
        head = TreeHead(random.randint(1, 60), bytes([random.randint(0, 2)]) * 32)
        writer.remember(head)
        heads.append(head)
        largest = max(head.size for head in heads)
        assert seen.newest() == {head for head in heads if head.size == largest}, number
    read = []
    monkeypatch.setattr(SeenCheckpoints, "_decode", lambda self, data: read.append(data) or ())
    seen.newest()
    assert read == [b""]
