"""Whatever is changed in a case without the key is found, named, and leaves with code 5."""

import hashlib
import json
import shutil
import sqlite3
from fnmatch import fnmatchcase
from pathlib import Path
from random import Random

import pytest
from blake3 import blake3

from affiant.audit import verify_case
from affiant.log.keys import key_from_seed
from affiant.store import Pen
from affiant.store.projection import TABLES
from authorities import stamp_by_hand
from flows.desk import Desk, bytes_of
from flows.mill import ids_of
from flows.shared import copy_of
from programs import path_of
from tamper import attacks
from tamper.corpus import ACTS, CASE, CASE_STAMPS
from tamper.small_case import OPENER, build_case

STRANGER = key_from_seed(bytes([9]) * 32)


def problems_of(desk: Desk, *words: object) -> list[dict]:
    """Verify a case that somebody changed: it must leave with 5 and name something."""
    done = desk.verify(*words)
    assert done.code == 5, done.out
    found = done.line.get("problems")
    if found is None:  # so damaged that it does not even open
        return [{"item": done.line["problem"], "kind": "altered", "detail": done.line["remedy"]}]
    assert found
    assert all(set(item) == {"item", "kind", "since", "who", "detail"} for item in found)
    return found


def named(problems: list[dict], beginning: str) -> bool:
    return any(item["item"].startswith(beginning) for item in problems)


@pytest.mark.parametrize("row", CASE, ids=lambda row: row.name)
def test_a_change_is_found_and_the_item_named(row, mill):
    row.how(mill.folder)
    found = [(item["item"], item["kind"]) for item in problems_of(mill)]
    assert any(kind == row.kind and fnmatchcase(item, row.item) for item, kind in found), found


@pytest.mark.parametrize("row", CASE_STAMPS, ids=lambda row: row.name)
def test_a_change_of_a_stamp_is_found_and_the_item_named(row, mill, authorities):
    with mill.open() as case:
        for authority in (authorities.north, authorities.south):
            stamp_by_hand(case, authority=authority, key=mill.settings().key())
    mill.clean()
    row.how(mill.folder)
    found = [(item["item"], item["kind"]) for item in problems_of(mill)]
    assert any(kind == row.kind and fnmatchcase(item, row.item) for item, kind in found), found


@pytest.mark.parametrize("name", ACTS)
def test_an_entry_by_a_key_that_may_not_sign_is_found_and_named(name, tmp_path):
    acts, blamed = ACTS[name]
    with build_case(tmp_path / "case") as case:
        assert verify_case(case).problems == []
        for kind, body, key in acts:
            with case.locked(), case.transaction():  # as a changed program would
                pen = Pen(case, key=key)
                pen.record(kind, body=body)
                sealed = case.logbook.seal(pen.frontier, case_id=case.case_id, key=OPENER)
            case.checkpoint_path.write_text(sealed.note)
        found = {(problem.item, problem.kind) for problem in verify_case(case).problems}
    place = f"entry {sealed.head.size - len(acts) + blamed} ({acts[blamed][0]})"
    assert (place, "stranger") in found, found


def test_no_two_rows_of_the_case_are_alike():
    names = [row.name for row in (*CASE, *CASE_STAMPS)]
    assert len(names) == len(set(names))


def columns_of(folder: Path, table: str) -> list[tuple[str, str]]:
    with attacks.database(folder) as db:
        return [(row[1], row[2]) for row in db.execute(f"pragma table_info({table})")]


def test_the_mill_has_a_row_in_every_projected_table(mill_once):
    with sqlite3.connect(f"file:{mill_once.folder / 'case.db'}?mode=ro", uri=True) as db:
        sizes = {
            table: db.execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES
        }
    if path_of("openssl") is None:  # then nobody here could stamp it
        del sizes["stamp"]
    assert all(sizes.values()), sizes


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_projected_row_is_held_to_its_entry(table, mill, tmp_path):
    kept = (mill.folder / "case.db").read_bytes()
    for column, kind in columns_of(mill.folder, table):
        value = "'changed'" if kind == "TEXT" else "99999"
        sql = (
            f"update {table} set {column} = {value} where rowid = (select max(rowid) from {table})"
        )
        attacks.change_row(mill.folder, sql=sql)
        problems = problems_of(mill)
        assert named(problems, f"projection {table}"), (column, problems)
        (mill.folder / "case.db").write_bytes(kept)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "sql", ["delete from {0}", "delete from {0} where rowid in (select min(rowid) from {0})"]
)
def test_a_projected_row_that_is_gone_is_missed(table, sql, mill):
    attacks.change_row(mill.folder, sql=sql.format(table))
    assert named(problems_of(mill), "projection")


def test_repair_makes_changed_projections_right_again(mill):
    for table in TABLES:
        attacks.run_sql(mill.folder, f"delete from {table}")
    problems_of(mill)
    mill.run("check", "--repair")
    mill.clean()


def replace_consistently(folder: Path, *, name: str, data: bytes) -> None:
    """Replace an original and change every digest that names it, without the key."""
    with attacks.database(folder) as db:
        [(old,)] = db.execute("select digest from document where name = ?", (name,))
        [(second,)] = db.execute("select blake3 from document where digest = ?", (old,))
        new = "sha256:" + hashlib.sha256(data).hexdigest()
        for column in ("header", "body"):
            for position, value in db.execute(f"select position, {column} from entry").fetchall():
                changed = (value or b"").replace(old.encode(), new.encode())
                changed = changed.replace(second.encode(), blake3(data).hexdigest().encode())
                if value is not None and changed != value:
                    db.execute(
                        f"update entry set {column} = ? where position = ?", (changed, position)
                    )
        for table in TABLES:
            for column, kind in columns_of_open(db, table):
                if kind == "TEXT":
                    db.execute(f"update {table} set {column} = replace({column}, ?, ?)", (old, new))
        db.execute("update document set blake3 = ?, size = ? where digest = ?",
                   (blake3(data).hexdigest(), len(data), new))  # fmt: skip
    hexed = old.removeprefix("sha256:")
    (folder / "originals" / hexed[:2] / hexed[2:]).unlink()
    hexed = new.removeprefix("sha256:")
    target = folder / "originals" / hexed[:2] / hexed[2:]
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)


def columns_of_open(db: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    return [(row[1], row[2]) for row in db.execute(f"pragma table_info({table})").fetchall()]


def test_a_file_replaced_with_every_digest_recomputed_is_found(mill):
    replace_consistently(mill.folder, name="broken.pdf", data=b"%PDF-1.7 something else")
    assert named(problems_of(mill), "entry ")


def test_a_whole_case_signed_again_is_revealed_by_the_checkpoints_seen(mill):
    attacks.sign_again(mill.folder, stranger=STRANGER)
    assert any(item["kind"] == "forked" for item in problems_of(mill))


def test_a_whole_case_signed_again_is_revealed_by_the_pin(mill, tmp_path):
    pin = mill.json("key", "list")[0]["key"]
    assert mill.verify("--pin", pin).code == 0
    attacks.sign_again(mill.folder, stranger=STRANGER)
    stranger_to_it = mill.elsewhere(tmp_path / "nothing seen")
    assert named(problems_of(stranger_to_it, "--pin", pin), "signer")


def test_a_pin_that_is_not_a_key_is_wrong_use(mill):
    assert mill.run("verify", "--pin", "abc", code=None).code == 2


def test_an_older_copy_in_the_place_of_the_newer_is_found_and_not_written_to(mill, tmp_path):
    shutil.copytree(mill.folder, tmp_path / "older")
    mill.run("policy", "set", "reviewers_needed", "2")
    attacks.roll_back(mill.folder, older=tmp_path / "older")
    assert any(item["kind"] == "rolled_back" for item in problems_of(mill))
    refused = mill.json("policy", "set", "reviewers_needed", "1", code=5)
    assert "seen before" in refused[0]["problem"]


def test_a_fork_of_equal_length_is_found_and_not_written_to(mill, tmp_path):
    shutil.copytree(mill.folder, tmp_path / "other")
    mill.run("policy", "set", "reviewers_needed", "2")
    attacks.roll_back(mill.folder, older=tmp_path / "other")
    other = copy_of(mill, tmp_path / "elsewhere")
    shutil.rmtree(other.configuration / "seen")
    other.run("policy", "set", "isolation", "strict")
    attacks.roll_back(mill.folder, older=other.folder)
    assert any(item["kind"] == "forked" for item in problems_of(mill))
    mill.run("policy", "set", "reviewers_needed", "1", code=5)


def test_a_log_cut_back_with_its_old_checkpoint_is_found_by_what_was_seen(mill):
    with mill.open() as case:
        note = case.logbook.checkpoint().note
        size = case.logbook.checkpoint().head.size
    mill.run("policy", "set", "isolation", "strict")
    attacks.cut_consistently(mill.folder, keep=size, note=note)
    attacks.run_sql(mill.folder, "delete from policy where name = 'isolation'")
    assert [item["kind"] for item in problems_of(mill)] == ["rolled_back"]


def test_a_broken_list_of_checkpoints_seen_is_itself_a_finding(mill):
    [path] = (mill.configuration / "seen").glob("*.txt")
    path.write_text("0 nonsense\n" + path.read_text())
    assert named(problems_of(mill), "checkpoints seen")


def test_a_list_of_checkpoints_cut_by_a_crash_is_no_alarm(mill):
    [path] = (mill.configuration / "seen").glob("*.txt")
    path.write_bytes(path.read_bytes()[:-20])
    mill.clean()
    mill.run("policy", "set", "reviewers_needed", "1")
    mill.clean()


def test_an_erased_body_that_is_put_back_is_found(mill):
    claim = ids_of(mill)["deln"]
    with attacks.database(mill.folder) as db:
        rows = db.execute("select commitment, body, salt from entry").fetchall()
    mill.run("protect", "erase", claim, "--why", "withdrawn")
    with attacks.database(mill.folder) as db:
        for commitment, body, salt in rows:
            db.execute(
                "update entry set body = ?, salt = ? where commitment = ? and body is null",
                (body, salt, commitment),
            )
    mill.run("check", "--repair")
    problems = problems_of(mill)
    assert any("it is there again" in item["detail"] for item in problems)


def test_more_taken_away_than_was_erased_is_found(mill):
    [row] = [row for row in mill.json("history", "list") if row["position"] == 1]
    mill.run("protect", "erase", row["commitment"], "--field", "name", "--why", "safety")
    mill.clean()
    sql = "update entry set body = null, opening = null where position = 1"
    attacks.change_row(mill.folder, sql=sql)
    attacks.run_sql(mill.folder, "delete from admitted_key where position = 1")
    assert named(problems_of(mill), "entry 1")


@pytest.mark.parametrize(
    "path", ["../../configuration/keys/default", "affiant.toml", "originals/../affiant.toml",
             "/etc/hostname", "case.db", "originals/ab"],
)  # fmt: skip
def test_a_case_from_a_stranger_cannot_have_other_files_removed(path, mill):
    attacks.run_sql(mill.folder, f"insert into condemned values ('{path}')")
    before = bytes_of(mill.folder.parent, without=("mill/log/lock",))
    done = mill.run("status", "--json", code=None)
    assert (done.code, list(done.line)) == (5, ["problem", "remedy", "exit_code"])
    assert bytes_of(mill.folder.parent, without=("mill/log/lock",)) == before


def test_a_case_from_a_stranger_cannot_have_a_folder_elsewhere_emptied(mill, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    shutil.rmtree(mill.folder / "out")
    (mill.folder / "out").symlink_to(mine)
    attacks.run_sql(mill.folder, "insert into condemned values ('out')")
    mill.run("status")
    assert (mine / "letter.txt").read_text() == "mine"


def test_a_case_from_a_stranger_cannot_have_its_evidence_removed(mill):
    kept = attacks.kept_files(mill.folder, kind="originals")
    for path in kept:
        name = path.relative_to(mill.folder).as_posix()
        attacks.run_sql(mill.folder, f"insert into condemned values ('{name}')")
    mill.run("status")
    assert attacks.kept_files(mill.folder, kind="originals") == kept
    mill.clean()


def test_a_byte_of_the_database_flipped_anywhere_never_passes_for_whole(mill, tmp_path):
    """What is not found must hold nothing of the case: free space, or an index made again."""
    path = mill.folder / "case.db"
    whole = path.read_bytes()
    places = Random(7)
    for at in sorted(places.sample(range(len(whole)), 60)):
        path.write_bytes(attacks.flipped(whole, at=at))
        if mill.verify().code != 5:
            assert not matters(whole, at=at, folder=tmp_path), f"byte {at} was missed"


def matters(whole: bytes, *, at: int, folder: Path) -> bool:
    """Tell whether a recorded or projected row reads otherwise with this byte changed."""
    return rows_of(whole, folder=folder) != rows_of(attacks.flipped(whole, at=at), folder=folder)


def rows_of(data: bytes, *, folder: Path) -> str:
    path = folder / "looked-at.db"
    path.write_bytes(data)
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as db:
        rows = {
            table: db.execute(f"select * from {table} order by 1, 2").fetchall()
            for table in ("entry", "log", *TABLES)
        }
    return json.dumps(rows, default=str, sort_keys=True)
