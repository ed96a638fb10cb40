"""Keys are locked, replaced and revoked; what they signed before stands."""

import pytest

from affiant.errors import PersonNeededError
from affiant.log.keys import is_locked, load_key, new_key
from affiant.store import Surroundings, open_case
from flows.desk import FIRST, SECOND, new_desk, write


@pytest.fixture
def desk(tmp_path):
    desk = new_desk(tmp_path)
    desk.run(
        "add", write(tmp_path / "in", {"a.txt": "Two men were killed at Varn on 3 May 2031.\n"})
    )
    desk.run("read")
    return desk


def keys(desk):
    return {row["key"]: row for row in desk.json("key", "list")}


def admit_second(desk):
    public = desk.json("key", "make", person=SECOND)[0]["key"]
    desk.run("key", "admit", public, "--name", SECOND)
    return public


def test_a_rotated_key_signs_nothing_more_and_the_case_goes_on(desk, tmp_path):
    [before] = keys(desk)
    [made] = desk.json("key", "rotate", "--why", "a new laptop")
    assert made["old"] == before
    rows = keys(desk)
    assert rows[before]["ended"] == "rotated"
    assert rows[before]["successor"] == made["new"]
    desk.run("add", write(tmp_path / "more", {"b.txt": "Nobody was killed at Varn.\n"}))
    last = desk.json("history", "list")[-1]
    assert last["by"] == FIRST
    desk.run("verify", code=0)
    older = desk.configuration / "keys" / f"{FIRST}.{before[:16]}.pem"
    around = Surroundings(configuration=desk.configuration)
    with (
        open_case(desk.folder, surroundings=around) as case,
        pytest.raises(PersonNeededError, match="rotated or revoked"),
        case.writing(load_key(older)),
    ):
        raise AssertionError("a key that has ended was let in")


def test_a_second_case_goes_on_with_the_old_key_until_it_is_rotated_there(desk, tmp_path):
    [old] = keys(desk)
    other = new_desk(tmp_path, name="other")
    [made] = desk.json("key", "rotate", "--why", "a new laptop")
    folder = write(tmp_path / "more", {"b.txt": "Nobody was killed at Varn.\n"})
    other.run("add", folder)
    assert list(keys(other)) == [old]
    [again] = other.json("key", "rotate", "--why", "a new laptop")
    assert again == {"person": FIRST, "old": old, "new": made["new"]}
    other.run("add", folder)
    other.run("verify", code=0)
    desk.run("verify", code=0)


def test_two_keys_of_one_person_are_not_two_reviewers(desk):
    admit_second(desk)
    desk.run("policy", "set", "reviewers_needed", "2")
    desk.run("suggest")
    [claim, *_] = desk.json("claim", "list")
    [accepted] = desk.json("claim", "accept", claim["claim_id"], "--why", "it says so")
    desk.run("key", "rotate", "--why", "a new laptop")
    desk.run("claim", "accept", accepted["claim_id"], "--why", "still")
    status = {row["claim_id"]: row["status"] for row in desk.json("claim", "list", "--everyone")}
    assert status[accepted["claim_id"]] == "suggested"
    own = {row["claim_id"] for row in desk.json("claim", "list")}
    assert accepted["claim_id"] in own  # the new key has decided, as the old one did
    desk.run("claim", "accept", claim["claim_id"], "--why", "it says so", person=SECOND)
    desk.run("verify", code=0)


def test_a_revoked_key_is_refused_and_its_doubtful_entries_are_named(desk, tmp_path):
    public = admit_second(desk)
    desk.run("add", write(tmp_path / "more", {"b.txt": "x y z\n"}), person=SECOND)
    first = desk.json("history", "list")[-1]["position"]
    desk.run("key", "revoke", public[:12], "--why", "stolen", "--in-doubt-since", first)
    [error] = desk.json("policy", "set", "reviewers_needed", "2", person=SECOND, code=4)
    assert "rotated or revoked" in error["problem"]
    [report] = desk.json("verify", code=0)
    assert any(f"from {first} to {first}" in note for note in report["notes"])
    [error] = desk.json("key", "admit", public, "--name", SECOND, code=2)
    assert "cannot come back" in error["problem"]


def test_nobody_revokes_the_key_that_they_sign_with(desk):
    [own] = keys(desk)
    [error] = desk.json("key", "revoke", own, "--why", "x", code=2)
    assert "affiant key rotate" in error["remedy"]


def test_a_locked_key_needs_its_passphrase(desk, tmp_path, monkeypatch):
    secret = tmp_path / "words.txt"
    secret.write_text("five grey herons\n", encoding="utf-8")
    monkeypatch.setenv("AFFIANT_PASSPHRASE_FILE", str(secret))
    desk.run("key", "lock")
    assert is_locked((desk.configuration / "keys" / f"{FIRST}.pem").read_bytes())
    desk.run("policy", "set", "reviewers_needed", "2")
    desk.run("status")
    [made] = desk.json("key", "rotate", "--why", "a new laptop")
    assert is_locked((desk.configuration / "keys" / f"{FIRST}.pem").read_bytes())
    desk.run("policy", "set", "reviewers_needed", "1")
    secret.write_text("four grey herons\n", encoding="utf-8")
    [error] = desk.json("policy", "set", "reviewers_needed", "2", code=4)
    assert "does not open" in error["problem"]
    monkeypatch.delenv("AFFIANT_PASSPHRASE_FILE")
    [error] = desk.json("policy", "set", "reviewers_needed", "2", code=4)
    assert "locked with a passphrase" in error["problem"]
    desk.run("status")
    desk.run("verify", code=0)
    assert made["new"] in keys(desk)


def test_a_packet_by_a_key_that_has_ended_is_refused(desk, tmp_path):
    public = admit_second(desk)
    desk.run("suggest")
    [claim, *_] = desk.json("claim", "list")
    there = desk.copied(tmp_path / "copy")
    there.run("claim", "accept", claim["claim_id"], "--why", "so", person=SECOND)
    packet = tmp_path / "packet.jsonl"
    packet.write_text(there.run("exchange", "export", person=SECOND).out, encoding="utf-8")
    desk.run("key", "revoke", public, "--why", "stolen")
    [error] = desk.json("exchange", "import", packet, code=4)
    assert "has ended here" in error["problem"]


def test_a_rehearsed_rotation_makes_no_key(desk):
    before = sorted((desk.configuration / "keys").iterdir())
    desk.run("key", "rotate", "--why", "x", "--dry-run")
    assert sorted((desk.configuration / "keys").iterdir()) == before
    assert new_key().public not in keys(desk)
