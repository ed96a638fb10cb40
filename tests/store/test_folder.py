"""The case's folder: made, opened, closed, moved to a medium that cannot be written, full."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from affiant.errors import (
    CaseFormatError,
    IntegrityError,
    NotFoundError,
    StorageError,
    WrongUseError,
)
from affiant.log.keys import new_key
from affiant.store import Surroundings, create_case, open_case
from affiant.store.database import OLDEST_SCHEMA, SCHEMA_VERSION, open_database
from affiant.store.objects import ObjectStore, digest_of, storage_error, write_durably
from affiant.store.projection import TABLES
from flows.desk import COMMAND, Desk, new_desk, write
from flows.killing import Running

MOUNTS = ("unshare", "--mount", "--map-root-user", "--user"), ("unshare", "--mount")


def mounting() -> tuple[str, ...]:
    """Return the words that let a command mount something of its own, or skip."""
    for words in MOUNTS:
        if shutil.which("unshare") is None:
            break
        trial = [*words, "sh", "-c", "mount -t tmpfs none /mnt"]
        if subprocess.run(trial, capture_output=True, check=False).returncode == 0:
            return words
    return ()


def in_namespace(script: str, *, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a shell script in which mounts are its own."""
    words = mounting()
    if not words:
        pytest.skip(
            "mounts cannot be made here (unshare): a full and a read-only disk are not tried"
        )
    return subprocess.run(
        [*words, "sh", "-euc", script], capture_output=True, text=True, check=False, env=environment
    )


def affiant(*words: object) -> str:
    """Return a command as a line of shell."""
    quoted = [f"'{word}'" for word in (*COMMAND, *words)]
    return " ".join(quoted)


def test_a_new_case_has_the_parts_that_the_format_names(tmp_path):
    desk = new_desk(tmp_path)
    names = {path.relative_to(desk.folder).as_posix() for path in desk.folder.rglob("*")}
    expected = {"affiant.toml", "case.db", "originals", "texts", "log", "log/checkpoint", "out"}
    assert expected | {"log/stamps"} == names - {"log/lock"}
    desk.clean()


def test_nothing_is_started_where_something_is(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    surroundings = Surroundings(configuration=tmp_path / "c")
    for folder in (tmp_path / "full", tmp_path / "full" / "letter.txt"):
        with pytest.raises(WrongUseError, match="not empty"):
            create_case(folder, name="x", key=new_key(), person="x", surroundings=surroundings)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_an_empty_folder_may_become_a_case(tmp_path):
    (tmp_path / "mill").mkdir()
    new_desk(tmp_path).clean()


@pytest.mark.parametrize("name", ["nothing here", "configuration"])
def test_what_is_no_case_is_refused(name, tmp_path):
    desk = new_desk(tmp_path)
    surroundings = desk.settings().surroundings
    with pytest.raises(CaseFormatError, match="is not a case"):
        open_case(tmp_path / name, surroundings=surroundings)


def test_a_closed_case_has_no_write_ahead_log_beside_it(mill):
    mill.run("policy", "set", "reviewers_needed", "2")
    assert [path.name for path in mill.folder.glob("case.db*")] == ["case.db"]


def test_a_write_ahead_log_left_by_a_crash_is_read_back_at_the_next_opening(tmp_path):
    desk = new_desk(tmp_path)
    write(tmp_path / "in", {"a.txt": "one", "b.txt": "two"})
    Running(desk, "add", tmp_path / "in", "--json", dies_at="replace").end()
    desk.run("add", tmp_path / "in")
    assert len(desk.json("status", "--documents")) == 2


def test_every_commit_is_synchronised_in_full(mill):
    with mill.open() as case:
        assert case.db.execute("pragma synchronous") == [(2,)]
        assert case.db.execute("pragma journal_mode") == [("wal",)]
        assert case.db.execute("pragma secure_delete") == [(1,)]
        assert case.db.execute("pragma foreign_keys") == [(1,)]
        assert case.db.execute("pragma trusted_schema") == [(0,)]


def test_a_writer_holds_the_database_from_the_beginning(mill):
    with mill.open() as case, case.writing(mill.settings().key()):
        script = f"import sqlite3; sqlite3.connect({str(mill.folder / 'case.db')!r}, timeout=0)"
        script += ".execute('begin immediate')"
        words = [sys.executable, "-c", script]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "database is locked" in done.stderr


@pytest.mark.parametrize("version", [OLDEST_SCHEMA - 1, SCHEMA_VERSION + 1])
def test_another_schema_is_refused_by_name(version, mill):
    with sqlite3.connect(mill.folder / "case.db") as db:
        db.execute(f"pragma user_version = {version}")
    db.close()
    [error] = mill.json("status", code=1)
    assert f"schema {version}" in error["problem"]


def test_a_case_of_an_older_version_opens_and_says_the_same(mill):
    with mill.open() as case:
        before = {table: case.db.execute(select) for table, (select, _) in TABLES.items()}
        heads = case.logbook.checkpoint().head
    make_old(mill.folder / "case.db")
    mill.clean()
    with mill.open() as case:
        assert case.db.schema == SCHEMA_VERSION
        assert before == {table: case.db.execute(select) for table, (select, _) in TABLES.items()}
        assert case.logbook.checkpoint().head == heads


def make_old(path):
    """Give a database the tables of schema 3, whose projections lacked columns."""
    added = {
        "custody": ("conditions", "held_at", "received", "detail"),
        "document": ("about",),
        "text": ("pages", "regions", "person", "corrects"),
        "claim": ("sense",),
        "suggestion": ("sense", "traits"),
        "decision": ("confirmed", "reason"),
    }
    with sqlite3.connect(path) as db:
        for index in ("decision_reviewer", "suggestion_document"):
            db.execute(f"drop index {index}")
        for table, columns in added.items():
            for column in columns:
                db.execute(f"alter table {table} drop column {column}")
        made = ("key_end", "stamp", "fact", "likeness", "companion", "tree_node", "stamp_waiting")
        made += ("model_server", "model_reply", "kept_reply", "suggestion_reply")
        made += ("claim_alias", "settlement", "blind_reading", "seed_decision", "coding")
        made += ("kept_estimate",)
        for table in made:
            db.execute(f"drop table {table}")
        db.execute("pragma user_version = 3")
    db.close()


@pytest.mark.parametrize("data", [b"", b"no database at all" * 400])
def test_something_else_in_the_place_of_the_database_is_refused(data, mill):
    (mill.folder / "case.db").write_bytes(data)
    [error] = mill.json("status", code=None)
    assert error["exit_code"] in (1, 5)


def test_a_database_whose_statement_does_not_fit_is_an_integrity_error(mill):
    db = open_database(mill.folder / "case.db")
    with pytest.raises(IntegrityError, match="another shape"):
        db.execute("select nothing from nowhere")
    db.close()


READ_ONLY = """
mount --bind {folder} {folder}
mount -o remount,ro,bind {folder}
{commands}
"""


def test_a_case_on_a_medium_that_cannot_be_written_opens_and_verifies(mill):
    commands = [
        affiant("verify", "--case", mill.folder, "--json"),
        affiant("status", "--case", mill.folder, "--json"),
        affiant("compare", "--case", mill.folder, "--json"),
        affiant("claim", "list", "--case", mill.folder, "--json"),
        affiant("policy", "set", "isolation", "strict", "--case", mill.folder, "--json")
        + "|| true",
    ]
    script = READ_ONLY.format(folder=mill.folder, commands="\n".join(commands))
    done = in_namespace(script, environment=dict(mill.environment))
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert '"problems": []' in lines[0]
    assert '"exit_code": 1' in lines[-1]
    assert "rights" in lines[-1]


def test_a_case_that_was_not_closed_is_refused_on_such_a_medium(mill):
    with mill.open() as case:
        with case.writing(mill.settings().key()) as pen:
            pen.record("policy.set/1", body={"name": "reviewers_needed", "value": "2"})
        copied = mill.copied(mill.folder.parent / "stick")
    script = READ_ONLY.format(
        folder=copied.folder, commands=affiant("status", "--case", copied.folder, "--json")
    )
    done = in_namespace(script, environment=dict(copied.environment))
    assert done.returncode == 1
    assert "not closed" in done.stdout


FULL = """
mount -t tmpfs -o size={size}k none {folder}
{init}
set +e
{add}
echo "left with $?" >&2
cp -a {folder}/mill {copy}
"""


def test_a_full_disk_stops_add_and_costs_nothing_that_was_acknowledged(tmp_path):
    (tmp_path / "disk").mkdir()
    letters = write(tmp_path / "in", {f"{n:02}.txt": f"{n}\n" * 30_000 for n in range(40)})
    desk = Desk(tmp_path / "copy", tmp_path / "configuration")
    case = tmp_path / "disk" / "mill"
    script = FULL.format(
        size=2400,
        folder=tmp_path / "disk",
        init=affiant("init", case, "--as", "Ada Corvin"),
        add=affiant("add", letters, "--case", case, "--json"),
        copy=desk.folder,
    )
    done = in_namespace(script, environment=dict(desk.environment))
    assert "left with 1" in done.stderr, done.stdout + done.stderr
    lines = done.stdout.splitlines()[-30:]
    error = lines[-1]
    assert '"exit_code": 1' in error
    assert "full" in error or "written" in error
    with desk.open() as opened:
        known = {row.document_id for row in opened.documents.all()}
    acknowledged = [line for line in done.stdout.splitlines() if '"status": "added"' in line]
    assert all(any(document in line for document in known) for line in acknowledged)
    desk.clean()
    desk.run("add", letters, "--resume")
    assert len(desk.json("status", "--documents")) == 40
    desk.clean()


LIMITED = """
import resource, sys
from affiant.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
sys.exit(main({words!r}, as_json=True))
"""


@pytest.mark.skipif(os.name != "posix", reason="only POSIX can limit the size of files")
@pytest.mark.parametrize("size", [1_000, 60_000, 230_000])
def test_a_disk_that_refuses_a_write_anywhere_costs_nothing_acknowledged(size, tmp_path):
    """Refuse whatever goes beyond a size: an original, the write-ahead log, the database."""
    desk = new_desk(tmp_path)
    letters = write(tmp_path / "in", {f"{n:03}.txt": f"{n} letters\n" * 150 for n in range(200)})
    words = ["add", str(letters), "--case", str(desk.folder), "--json"]
    script = LIMITED.format(size=size, words=words)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        env=dict(desk.environment),
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert done.returncode == 1, done.stdout[-500:] + done.stderr[-500:]
    assert '"exit_code": 1' in lines[-1]
    assert "Traceback" not in done.stderr
    with desk.open() as case:
        known = {row.document_id for row in case.documents.all()}
    assert len([line for line in lines if '"status": "added"' in line]) <= len(known)
    desk.clean()
    desk.run("add", letters, "--resume")
    desk.clean()


def test_originals_are_kept_once_under_their_digest_and_read_only(tmp_path):
    store = ObjectStore(tmp_path / "originals")
    (tmp_path / "letter").write_bytes(b"seen")
    kept = store.keep_file(tmp_path / "letter")
    assert kept.digest == digest_of(b"seen") == store.keep(b"seen")
    path = store.path(kept.digest)
    assert path.stat().st_mode & 0o222 == 0
    assert store.read(kept.digest) == b"seen"
    assert list(store.listed()) == [(kept.digest, path)]


def test_other_bytes_under_a_digest_are_refused_in_reading_and_in_keeping(tmp_path):
    store = ObjectStore(tmp_path / "originals")
    digest = store.keep(b"seen")
    store.path(digest).chmod(0o644)
    store.path(digest).write_bytes(b"other")
    (tmp_path / "letter").write_bytes(b"seen")
    for step in (
        lambda: store.read(digest),
        lambda: store.keep(b"seen"),
        lambda: store.keep_file(tmp_path / "letter"),
    ):
        with pytest.raises(IntegrityError, match="other bytes"):
            step()


def test_a_link_in_the_place_of_a_kept_file_is_refused(tmp_path):
    store = ObjectStore(tmp_path / "originals")
    digest = store.keep(b"seen")
    (tmp_path / "elsewhere").write_bytes(b"seen")
    store.path(digest).unlink()
    store.path(digest).symlink_to(tmp_path / "elsewhere")
    for step in (lambda: store.read(digest), lambda: store.keep(b"seen")):
        with pytest.raises(IntegrityError):
            step()


@pytest.mark.parametrize("digest", ["", "sha256:12", "sha256:" + "g" * 64, "../../etc/passwd"])
def test_what_is_not_a_digest_names_no_file(digest, tmp_path):
    with pytest.raises(NotFoundError, match="not a digest"):
        ObjectStore(tmp_path).path(digest)


def test_a_full_disk_is_told_apart_from_other_refusals(tmp_path):
    full = storage_error(OSError(errno.ENOSPC, "No space left"), path=tmp_path / "x")
    other = storage_error(OSError(errno.EACCES, "Permission denied"), path=tmp_path / "x")
    assert "full" in full.problem
    assert "safe" in full.remedy
    assert "Permission denied" in other.problem
    assert isinstance(full, StorageError)


def test_a_file_replaced_durably_leaves_nothing_aside(tmp_path):
    write_durably(tmp_path / "log" / "checkpoint", data=b"one")
    write_durably(tmp_path / "log" / "checkpoint", data=b"two")
    assert [path.name for path in (tmp_path / "log").iterdir()] == ["checkpoint"]
    assert (tmp_path / "log" / "checkpoint").read_bytes() == b"two"


def test_folders_in_the_place_of_a_file_are_a_storage_error(tmp_path):
    (tmp_path / "checkpoint").mkdir()
    (tmp_path / "checkpoint" / "x").write_text("x")
    with pytest.raises(StorageError):
        write_durably(tmp_path / "checkpoint", data=b"one")
    assert (tmp_path / "checkpoint" / "x").read_text() == "x"
