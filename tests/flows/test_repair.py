"""Repair sets aside, makes again and brings back; it deletes nothing and changes no record."""

import json
import shutil

import pytest

from affiant.audit.repair import repair
from affiant.errors import CaseBusyError
from affiant.store.objects import digest_of, digest_of_file
from flows.desk import Desk, bytes_of
from flows.shared import copy_of
from tamper import attacks


def whole(folder) -> set[str]:
    """Return the digests of every file in the case and its quarantine, the database aside."""
    return set(bytes_of(folder, without=("case.db", "log/lock")).values())


def entries(desk: Desk) -> list[tuple]:
    with attacks.database(desk.folder) as db:
        return db.execute("select * from entry order by position").fetchall()


def mess(desk: Desk) -> None:
    """Leave everything behind that repair is for."""
    behind = (desk.folder / "log" / "checkpoint").read_bytes()
    desk.run("policy", "set", "reviewers_needed", "2")
    (desk.folder / "log" / "checkpoint").write_bytes(behind)
    with desk.open() as case:
        case.originals.keep(b"an orphan")
        case.texts.keep(b"an orphan too")
    (desk.folder / "originals" / ".incoming.77.part").write_bytes(b"half")
    (desk.folder / "originals" / "ab").mkdir(exist_ok=True)
    (desk.folder / "originals" / "ab" / ("0" * 62)).write_bytes(b"no such digest")
    (desk.folder / "texts" / "notes").mkdir()
    (desk.folder / "texts" / "notes" / "mine.txt").write_text("mine")
    (desk.folder / "log" / "link").symlink_to("/etc/hostname")
    with attacks.database(desk.folder) as db:
        db.execute("delete from claim")
        db.execute("delete from tree_node where level = 2")


def test_repair_puts_everything_right_and_loses_no_byte(mill):
    mess(mill)
    before, recorded = whole(mill.folder), entries(mill)
    done = mill.json("check", "--repair")
    mill.clean()
    assert entries(mill) == recorded
    assert before - whole(mill.folder) == set()
    kinds = {(line["what"], line["item"].split("/")[0]) for line in done[:-1]}
    assert kinds == {
        ("quarantined", "originals"), ("quarantined", "texts"), ("quarantined", "log"),
        ("rebuilt", "claim"), ("rebuilt", "tree_node"), ("renewed", "log"),
    }  # fmt: skip
    [folder] = (mill.folder / "quarantine").iterdir()
    lines = [json.loads(line) for line in (folder / "report.jsonl").read_text().splitlines()]
    assert {line["from"] for line in lines} == {line["item"] for line in done[:-1] if line["to"]}
    for line in lines:
        path = folder / line["from"]
        assert path.is_symlink() or path.exists()
        if line["digest"]:
            assert digest_of_file(path) == line["digest"]
    assert "quarantine/" in " ".join(mill.verify().line["notes"])
    [last] = mill.json("check", "--repair")
    assert last == {"orphans": [], "rebuilt": True}


def test_a_rehearsed_repair_says_the_same_and_changes_nothing(mill):
    mess(mill)
    before = bytes_of(mill.folder, without=("log/lock",))
    said = mill.json("check", "--repair", "--dry-run")
    assert bytes_of(mill.folder, without=("log/lock",)) == before
    done = mill.json("check", "--repair")
    assert [(line.get("what"), line.get("item")) for line in said] == [
        (line.get("what"), line.get("item")) for line in done
    ]


def damage(desk: Desk, kind: str) -> list[str]:
    """Damage every kept file of a kind, one of them by taking it away."""
    paths = attacks.kept_files(desk.folder, kind=kind)
    for number, path in enumerate(paths):
        path.chmod(0o644)
        path.write_bytes(b"damaged" * (number + 1)) if number else path.unlink()
    return [path.relative_to(desk.folder).as_posix() for path in paths]


def test_damaged_files_are_brought_back_from_a_copy_that_has_the_recorded_bytes(mill, tmp_path):
    copy = copy_of(mill, tmp_path / "copy of it")
    kept = bytes_of(mill.folder / "originals")
    names = damage(mill, "originals") + damage(mill, "texts")
    refused = mill.run("check", "--repair", "--json", code=5).lines
    assert {line["item"] for line in refused[:-2]} == set(names)
    assert {line["what"] for line in refused[:-2]} == {"damaged"}
    done = mill.json("check", "--repair", "--from", copy.folder)
    assert {line["item"] for line in done[:-1]} == set(names)
    mill.clean()
    assert bytes_of(mill.folder / "originals") == kept
    assert all(p.stat().st_mode & 0o222 == 0 for p in attacks.kept_files(mill.folder, kind="texts"))
    [folder] = (mill.folder / "quarantine").iterdir()
    assert len(list(folder.rglob("*"))) > len(names)


def test_a_copy_with_other_bytes_brings_nothing_back(mill, tmp_path):
    copy = copy_of(mill, tmp_path / "copy of it")
    [name, *_] = names = damage(mill, "originals")
    damage(copy, "originals")
    (copy.folder / name).write_bytes(b"a forgery")
    before = bytes_of(mill.folder / "originals")
    done = mill.run("check", "--repair", "--from", copy.folder, "--json", code=5).lines
    assert {line["item"] for line in done[:-2]} == set(names)
    assert bytes_of(mill.folder / "originals") == before
    assert not (mill.folder / "quarantine").exists()


def test_files_come_back_from_an_unpacked_bundle(mill, tmp_path):
    mill.run("bundle", "-o", tmp_path / "b.zip")
    shutil.unpack_archive(tmp_path / "b.zip", tmp_path / "b")
    damage(mill, "originals")
    mill.run("check", "--repair", "--from", tmp_path / "b")
    mill.clean()


def test_a_repair_that_broke_off_is_finished_by_the_next_one(mill, monkeypatch):
    mess(mill)
    before = whole(mill.folder)
    with mill.open() as case:
        for number, _ in enumerate(repair(case)):
            if number == 4:
                break
    mill.run("check", "--repair")
    mill.clean()
    assert before - whole(mill.folder) == set()


def test_nothing_in_the_quarantine_is_overwritten(mill, monkeypatch):
    for _ in range(3):
        (mill.folder / "originals" / "stray").write_text("x")
        mill.run("check", "--repair")
    folders = list((mill.folder / "quarantine").iterdir())
    assert len(folders) == 3
    assert all((folder / "originals" / "stray").read_text() == "x" for folder in folders)


def test_who_is_just_keeping_a_file_is_not_disturbed_by_a_repair(mill):
    with mill.open() as keeping, mill.open() as repairing:
        keeping.originals.keep(b"kept, and its entry follows")
        with pytest.raises(CaseBusyError, match="keeping files"):
            list(repair(repairing))
        keeping.originals.release()
        assert any(done.item.startswith("originals/") for done in repair(repairing))


def test_a_repair_is_not_disturbed_by_who_wants_to_keep_a_file(mill):
    with mill.open() as repairing, mill.open() as keeping:
        with repairing.originals.alone(), pytest.raises(CaseBusyError, match="repairing"):
            keeping.originals.keep(b"another")
        assert keeping.originals.keep(b"another") == digest_of(b"another")


def test_a_checkpoint_that_is_newer_than_the_database_is_left_for_a_person(mill):
    older = (mill.folder / "case.db").read_bytes()
    mill.run("policy", "set", "reviewers_needed", "2")
    (mill.folder / "case.db").write_bytes(older)
    newer = (mill.folder / "log" / "checkpoint").read_bytes()
    done = mill.run("check", "--repair", "--json", code=5).lines
    assert [(line["what"], line["item"]) for line in done[:-2]] == [("left", "log/checkpoint")]
    assert "rolled back" in done[0]["why"]
    assert (mill.folder / "log" / "checkpoint").read_bytes() == newer


def test_a_damaged_checkpoint_file_goes_to_the_quarantine_and_is_written_again(mill):
    (mill.folder / "log" / "checkpoint").write_bytes(b"x")
    mill.run("check", "--repair")
    mill.clean()
    [kept] = (mill.folder / "quarantine").glob("*/log/checkpoint")
    assert kept.read_bytes() == b"x"


def test_from_without_repair_is_wrong_use(mill):
    mill.run("check", "--from", mill.folder, code=2)
