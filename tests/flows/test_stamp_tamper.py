"""A stamp that is stripped, swapped, edited or made up is found, and the item is named."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from affiant.log.checkpoint import sign_checkpoint
from affiant.log.keys import SigningKey
from affiant.log.stamps import stamp_folder
from affiant.log.tree import TreeHead
from authorities import (
    Answering,
    Authorities,
    Authority,
    make_authority,
    pem,
    record_by_hand,
    sent_in,
    stamp_by_hand,
    stamp_files,
    wait_until,
)
from flows.desk import Desk, bytes_of, new_desk
from flows.stamped import folder_of, notes_of
from tamper import attacks
from tokens import token_over

PLACE = "log/stamps/"


def problems_of(desk: Desk, *words: object) -> list[dict]:
    done = desk.verify(*words)
    assert done.code == 5, done.out
    assert all(item["kind"] and item["detail"] for item in done.line["problems"])
    return done.line["problems"]


def found(problems: list[dict]) -> set[tuple[str, str]]:
    return {(item["item"], item["kind"]) for item in problems}


# Without a key: the files


def strip(folder: Path, _: Authorities) -> str:
    shutil.rmtree(folder)
    return ""


def strip_all(folder: Path, _: Authorities) -> str:
    shutil.rmtree(folder.parent)
    return ""


def lose_one(name: str):
    def attack(folder: Path, _: Authorities) -> str:
        (folder / name).unlink()
        return f"/{name}"

    return attack


def swap_reply(folder: Path, authorities: Authorities) -> str:
    """Put the same authority's genuine reply over another checkpoint."""
    files = stamp_files(b"another checkpoint", authority=authorities.north)
    (folder / "reply.tsr").write_bytes(files["reply.tsr"])
    return "/reply.tsr"


def swap_for_newer(folder: Path, authorities: Authorities) -> str:
    """Put a genuine reply over the very same checkpoint, of another moment."""
    note = (folder / "checkpoint").read_bytes()
    files = stamp_files(note, authority=authorities.north)
    (folder / "reply.tsr").write_bytes(files["reply.tsr"])
    return "/reply.tsr"


def swap_roots(folder: Path, authorities: Authorities) -> str:
    (folder / "roots.pem").write_bytes(authorities.rogue.roots)
    return "/roots.pem"


def swap_all(folder: Path, authorities: Authorities) -> str:
    """Put a rogue's stamp of the same checkpoint, consistent in itself."""
    files = stamp_files((folder / "checkpoint").read_bytes(), authority=authorities.rogue)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return "/reply.tsr"


def change_checkpoint(folder: Path, _: Authorities) -> str:
    data = (folder / "checkpoint").read_bytes()
    (folder / "checkpoint").write_bytes(attacks.flipped(data, at=60))
    return "/checkpoint"


def empty_chain(folder: Path, _: Authorities) -> str:
    (folder / "chain.pem").write_bytes(b"")
    return "/chain.pem"


def link_file(folder: Path, _: Authorities) -> str:
    outside = folder.parents[2] / "outside.tsr"
    (folder / "reply.tsr").rename(outside)
    (folder / "reply.tsr").symlink_to(outside)
    return "/reply.tsr"


def link_folder(folder: Path, _: Authorities) -> str:
    outside = folder.parents[2] / "outside"
    folder.rename(outside)
    folder.symlink_to(outside)
    return ""


def file_for_folder(folder: Path, _: Authorities) -> str:
    shutil.rmtree(folder)
    folder.write_bytes(b"here were stamps")
    return ""


def file_for_folder_in(name: str):
    def attack(folder: Path, _: Authorities) -> str:
        (folder / name).unlink()
        (folder / name).mkdir()
        return f"/{name}"

    return attack


def add_file(folder: Path, _: Authorities) -> str:
    (folder / "note.txt").write_text("mine")
    return "/note.txt"


def add_hidden_link(folder: Path, _: Authorities) -> str:
    (folder / ".x").symlink_to("/etc/hostname")
    return "/.x"


def grow_file(folder: Path, _: Authorities) -> str:
    with (folder / "reply.tsr").open("ab") as file:
        file.write(bytes(1 << 20))
    return "/reply.tsr"


FILES: dict[str, tuple[Callable[[Path, Authorities], str], str]] = {
    "a stamp stripped": (strip, "missing"),
    "all stamps stripped": (strip_all, "missing"),
    **{f"its {name} gone": (lose_one(name), "missing")
       for name in ("checkpoint", "reply.tsr", "chain.pem", "roots.pem")},
    "the reply of another checkpoint": (swap_reply, "altered"),
    "another reply over the same checkpoint": (swap_for_newer, "altered"),
    "the roots swapped": (swap_roots, "altered"),
    "a rogue's stamp in its place": (swap_all, "altered"),
    "its checkpoint changed": (change_checkpoint, "altered"),
    "its chain emptied": (empty_chain, "altered"),
    "a file as a link": (link_file, "altered"),
    "the folder as a link": (link_folder, "altered"),
    "a file in the folder's place": (file_for_folder, "altered"),
    "a folder in a file's place": (file_for_folder_in("roots.pem"), "missing"),
    "a file added": (add_file, "unlisted"),
    "a link added": (add_hidden_link, "unlisted"),
    "bytes behind the reply": (grow_file, "altered"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_stamp_that_was_tampered_with_is_found_and_named(name, stamped, authorities):
    attack, kind = FILES[name]
    folder = folder_of(stamped, "north")
    item = attack(folder, authorities)
    assert (f"{PLACE}{folder.name}{item}", kind) in found(problems_of(stamped))


def plant(name: str):
    def attack(home: Path) -> None:
        (home / name).mkdir(parents=True)
        (home / name / "reply.tsr").write_bytes(b"not the one of this name")

    return attack


def copy_of_one(home: Path) -> None:
    first = sorted(home.iterdir())[0]
    shutil.copytree(first, home / f"{first.name[:-1]}x")


def link_home(home: Path) -> None:
    home.rename(home.parents[1] / "elsewhere")
    home.symlink_to(home.parents[1] / "elsewhere")


HOME = {
    "a folder of another name": (plant("stamp"), f"{PLACE}stamp"),
    "a folder not named after its reply": (
        plant(f"000000000003-{'0' * 16}"), f"{PLACE}000000000003-{'0' * 16}"),
    "a file beside the folders": (lambda home: (home / "x").write_text("x"), f"{PLACE}x"),
    "a link beside the folders": (lambda home: (home / "x").symlink_to(home), f"{PLACE}x"),
    "a copy under another name": (copy_of_one, PLACE),
    "the whole place as a link": (link_home, "log/stamps"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOME)
def test_what_no_entry_names_is_found_beside_the_stamps(name, stamped):
    attack, item = HOME[name]
    attack(stamped.folder / "log" / "stamps")
    kind = "altered" if item == "log/stamps" else "unlisted"
    assert any(each.startswith(item) and what == kind for each, what in
               found(problems_of(stamped)))  # fmt: skip


def test_a_stamp_that_a_crash_left_unrecorded_is_no_alarm_but_noted(stamped, authorities):
    note = (stamped.folder / "log" / "checkpoint").read_bytes()
    files = stamp_files(note, authority=authorities.north)
    with stamped.open() as case:
        size = case.logbook.checkpoint().head.size
        case.stamps.keep(stamp_folder(size=size, reply=files["reply.tsr"]), files=files)
    torn = stamped.folder / "log" / "stamps" / f"000000000009-{'a' * 16}"
    torn.mkdir()
    (torn / ".checkpoint.123.part").write_bytes(note[:9])
    assert sum("an orphan" in text for text in notes_of(stamped)) == 2
    assert [row["status"] for row in stamped.json("stamp")] == ["current", "current"]


def test_an_edited_time_is_found_in_table_and_entry(stamped):
    attacks.change_row(
        stamped.folder, sql="update stamp set time = '1999-05-01T00:00:00Z' where position > 0"
    )
    assert any(item == "projection stamp" for item, _ in found(problems_of(stamped)))
    with attacks.database(stamped.folder) as db:
        db.execute(
            'update entry set body = cast(replace(body, \'"time":"20\', \'"time":"19\') as blob) '
            "where kind = 'stamp.obtained/1'"
        )
    altered = {item for item, kind in found(problems_of(stamped)) if kind == "altered"}
    assert {f"entry {position} (stamp.obtained/1)" for position in (3, 4)} <= altered


def test_every_file_of_a_stamp_is_held_bit_by_bit(stamped):
    folder = folder_of(stamped, "south")
    for name, whole in {path.name: path.read_bytes() for path in folder.iterdir()}.items():
        for at in (0, len(whole) // 3, len(whole) - 1):
            (folder / name).write_bytes(attacks.flipped(whole, at=at))
            assert found(problems_of(stamped)) == {(f"{PLACE}{folder.name}/{name}", "altered")}
            (folder / name).write_bytes(whole)
    stamped.clean()


# With a member's key: what is recorded is made up


def key_of(desk: Desk) -> SigningKey:
    return desk.settings().key()


def note_in(desk: Desk) -> bytes:
    with desk.open() as case:
        return case.logbook.checkpoint().note.encode()


def record(
    desk: Desk, authority: Authority, files: dict[str, bytes], changes: dict | None = None
) -> str:
    with desk.open() as case:
        return record_by_hand(
            case, files=files, key=key_of(desk), authority=authority, changes=changes
        )


def test_a_stamp_recorded_by_another_program_is_good_for_us(stamped, authorities):
    with stamped.open() as case:
        stamp_by_hand(case, authority=authorities.south, key=key_of(stamped))
        stamp_by_hand(case, authority=authorities.ridge, key=key_of(stamped))
    done = stamped.verify()
    assert (done.code, done.line["checked"]["time stamps"]) == (0, 4)


def test_a_rogue_under_a_known_name_is_a_stranger_to_the_users_own_root(stamped, authorities):
    folder = record(
        stamped, authorities.north, stamp_files(note_in(stamped), authority=authorities.rogue)
    )
    assert found(problems_of(stamped)) == {(f"{PLACE}{folder}", "stranger")}


def test_a_rogue_recorded_with_its_own_root_is_found_with_a_pin_and_said_without(
    stamped, authorities, tmp_path
):
    note = stamp_files(note_in(stamped), authority=authorities.rogue)
    folder = record(stamped, authorities.rogue, note, {"authority": "a clock of ours"})
    notes = notes_of(stamped)
    assert any("the root of a clock of ours came with the case" in text for text in notes)
    mine = tmp_path / "mine.pem"
    mine.write_bytes(authorities.north.roots + authorities.south.roots)
    assert found(problems_of(stamped, "--roots", mine)) == {(f"{PLACE}{folder}", "stranger")}


def test_pinned_roots_that_lead_to_every_stamp_raise_no_alarm(stamped, authorities, tmp_path):
    mine = tmp_path / "mine.pem"
    mine.write_bytes(authorities.north.roots + authorities.south.roots)
    assert not any("came with the case" in text for text in notes_of(stamped, "--roots", mine))
    only = problems_of(stamped, "--roots", authorities.north.roots_path)
    south = folder_of(stamped, "south").name
    assert found(only) == {(f"{PLACE}{south}", "stranger")}


def test_a_root_inside_the_case_is_the_cases_own_word(stamped, authorities, tmp_path):
    moved = stamped.elsewhere(tmp_path / "another user")
    assert not any("own word" in text for text in notes_of(moved))
    inside = stamped.folder / "north.pem"
    inside.write_bytes(authorities.rogue.roots)
    (stamped.folder / "affiant.toml").write_text(
        '[[authority]]\nname = "north"\naddress = "http://127.0.0.1:9/"\nroots = "north.pem"\n'
    )
    assert any("the root of north, south came with the case" in text for text in notes_of(moved))
    (stamped.folder / "affiant.toml").write_text("broken = [")
    assert any("your own trusted roots were not used" in text for text in notes_of(moved))


def test_a_recorded_time_that_is_not_the_tokens_is_found(stamped, authorities):
    files = stamp_files(note_in(stamped), authority=authorities.north)
    folder = record(stamped, authorities.north, files, {"time": "2001-01-01T00:00:00Z"})
    assert found(problems_of(stamped)) == {(f"{PLACE}{folder}/reply.tsr", "stamp")}


def test_a_stamp_over_another_imprint_is_found(stamped, authorities):
    files = stamp_files(note_in(stamped), authority=authorities.north)
    other = stamp_files(b"something else", authority=authorities.north)
    folder = record(stamped, authorities.north, {**files, "reply.tsr": other["reply.tsr"]})
    assert found(problems_of(stamped)) == {(f"{PLACE}{folder}", "stamp")}


def test_a_stamp_over_another_cases_checkpoint_is_found(stamped, authorities, tmp_path):
    other = new_desk(tmp_path / "other")
    other.run("policy", "set", "isolation", "strict")
    files = stamp_files(note_in(other), authority=authorities.north)
    folder = record(stamped, authorities.north, files)
    item = f"{PLACE}{folder}/checkpoint"
    assert found(problems_of(stamped)) == {(item, "stranger"), (item, "forked")}


def test_a_stamp_over_a_history_that_this_log_never_had_is_found(stamped, authorities):
    with stamped.open() as case:
        head = TreeHead(3, bytes(32))
        note = sign_checkpoint(case.case_id, head=head, key=key_of(stamped)).note.encode()
        ahead = TreeHead(99, case.logbook.checkpoint().head.root)
        later = sign_checkpoint(case.case_id, head=ahead, key=key_of(stamped)).note.encode()
    for each in (note, later):
        folder = record(stamped, authorities.north, stamp_files(each, authority=authorities.north))
        assert (f"{PLACE}{folder}/checkpoint", "forked") in found(problems_of(stamped))


@pytest.mark.parametrize(
    "changes",
    [
        {"folder": "../../originals"},
        {"folder": "000000000003-0000000000000000"},
        {"size": 2},
        {"root": "00" * 32},
        {"files": {}},
        {"files": {"../../case.db": "sha256:00"}},
    ],
    ids=lambda changes: " ".join(f"{name}={value}" for name, value in changes.items()),
)
def test_an_entry_that_does_not_fit_its_stamp_is_found(changes, stamped, authorities):
    files = stamp_files(note_in(stamped), authority=authorities.north)
    record(stamped, authorities.north, files, changes)
    assert any(item.startswith(PLACE) for item, _ in found(problems_of(stamped)))


@pytest.mark.parametrize("changes", [{"size": "3"}, {"files": [1]}, {"verified_by": "me"}])
def test_an_entry_that_describes_no_stamp_is_found(changes, stamped, authorities):
    files = stamp_files(note_in(stamped), authority=authorities.north)
    record(stamped, authorities.north, files, changes)
    altered = {item for item, kind in found(problems_of(stamped)) if kind == "altered"}
    assert "entry 5" in altered


# An authority's certificate that has ended


def test_a_stamp_is_good_after_its_authoritys_certificate_has_ended(stamped, tmp_path, openssl):
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=6)
    brief = make_authority(tmp_path / "brief", name="brief", until=ends)
    with Answering(brief.reply) as server:
        words = ("--authority", f"brief={server.address}", "--roots", brief.roots_path)
        [row] = stamped.json("stamp", *words)
    assert row["status"] == "stamped"
    wait_until(ends + timedelta(seconds=1))
    notes = notes_of(stamped)
    [said] = [text for text in notes if "brief" in text and "ended" in text]
    assert "no newer stamp made before covers it" in said
    listed = [each for each in stamped.json("stamp", "--list") if each["authority"] == "brief"]
    assert [(each["expired"], each["problem"]) for each in listed] == [(True, None)]
    assert listed[0]["verified_by"] == ["rfc3161-client", "openssl"]


def test_an_expired_stamp_that_was_renewed_in_time_is_not_complained_of(
    stamped, authorities, tmp_path
):
    now = datetime.now(UTC).replace(microsecond=0)
    old = make_authority(
        tmp_path / "old", name="old", since=now - timedelta(days=9), until=now - timedelta(days=1)
    )
    for days, covered in ((3, False), (2, True)):
        note = note_in(stamped)
        at = now - timedelta(days=days)
        files = {
            "checkpoint": note,
            "reply.tsr": token_over(note, authority=old, at=at),
            "chain.pem": pem(sent_in(old)),
            "roots.pem": old.roots,
        }
        record(stamped, old, files)
        ended = [text for text in notes_of(stamped) if "ended" in text]
        assert len(ended) == 1  # the newest of them: nothing covers it yet
        assert any(f"{now - timedelta(days=3):%Y-%m-%dT%H:%M:%SZ}" in text for text in ended) != (
            covered
        )


def test_a_token_from_before_its_certificate_or_after_it_is_found(stamped, authorities):
    note = note_in(stamped)
    for at in (datetime(2020, 1, 1, tzinfo=UTC), datetime(2051, 1, 1, tzinfo=UTC)):
        files = {
            "checkpoint": note,
            "reply.tsr": token_over(note, authority=authorities.north, at=at),
            "chain.pem": pem(sent_in(authorities.north)),
            "roots.pem": authorities.north.roots,
        }
        folder = record(stamped, authorities.north, files)
        assert (f"{PLACE}{folder}", "stamp") in found(problems_of(stamped))


def test_checking_changes_nothing(stamped):
    before = bytes_of(stamped.folder, without=("log/lock",))
    stamped.run("verify")
    stamped.run("stamp", "--list")
    stamped.run("status")
    assert bytes_of(stamped.folder, without=("log/lock",)) == before
