"""Work from another machine: packets count as their authors', unsigned files as hearsay."""

import json
from pathlib import Path

import pytest

from flows.desk import FIRST, SECOND, Desk, new_desk, write
from flows.mill import ids_of, killed
from flows.shared import copy_of


@pytest.fixture
def copies(mill_once, tmp_path) -> tuple[Desk, Desk]:
    """Two copies of one case: the second reviewer works on the second."""
    return copy_of(mill_once, tmp_path / "ours"), copy_of(mill_once, tmp_path / "theirs")


def packet_of(desk: Desk, *, person: str) -> Path:
    path = desk.folder.parent / f"{person}.packet"
    path.write_text(desk.run("exchange", "export", person=person).out, encoding="utf-8")
    return path


def statuses(desk: Desk) -> dict[str, str]:
    rows = desk.json("claim", "list", "--everyone")
    return {row["claim_id"]: row["status"] for row in rows}


def test_a_packet_brings_the_other_s_decisions_with_their_signatures(copies):
    ours, theirs = copies
    claim = ids_of(ours)["deln"]
    theirs.run("claim", "reject", claim, "--why", "another mill", person=SECOND)
    made = theirs.add_claim("hollow.txt", person=SECOND, **killed("closed", 2, 2))
    ours.run("policy", "set", "isolation", "strict")
    [done] = ours.json("exchange", "import", packet_of(theirs, person=SECOND))
    assert done["appended"] == 2
    assert statuses(ours)[claim] == "unsure"
    assert statuses(ours)[made] == "accepted"
    acts = [(row["by"], row["kind"]) for row in ours.json("history", "list", person=SECOND)]
    assert acts[-2:] == [(SECOND, "claim.rejected/1"), (SECOND, "claim.accepted/1")]
    ours.clean()
    assert any("another copy" in note for note in ours.verify().line["notes"])


def test_a_packet_taken_in_twice_changes_nothing_the_second_time(copies):
    ours, theirs = copies
    theirs.run("claim", "reject", ids_of(ours)["deln"], "--why", "x", person=SECOND)
    packet = packet_of(theirs, person=SECOND)
    ours.run("exchange", "import", packet)
    before = ours.json("status")[0]["entries"]
    [done] = ours.json("exchange", "import", packet)
    assert (done["appended"], done["known"] > 0) == (0, True)
    assert ours.json("status")[0]["entries"] == before
    ours.clean()


def test_two_copies_that_exchange_packets_come_to_one_state(copies):
    ours, theirs = copies
    ids = ids_of(ours)
    ours.run("claim", "unsure", ids["cadle"], "--why", "x")
    theirs.run("claim", "reject", ids["deln"], "--why", "y", person=SECOND)
    packets = packet_of(ours, person=FIRST), packet_of(theirs, person=SECOND)
    theirs.run("exchange", "import", packets[0], person=SECOND)
    ours.run("exchange", "import", packets[1])
    assert statuses(ours) == statuses(theirs)
    assert ours.json("compare") == theirs.json("compare")
    ours.clean()
    theirs.clean()


def test_a_taking_back_travels_too(copies):
    ours, theirs = copies
    claim = ids_of(ours)["deln"]
    theirs.run("claim", "reject", claim, "--why", "it was read in haste", person=SECOND)
    rows = theirs.json("history", "list", person=SECOND)
    [entry] = [row for row in rows if row["why"] == "it was read in haste"]
    theirs.run("history", "undo", entry["commitment"], "--why", "it stands", person=SECOND)
    ours.run("exchange", "import", packet_of(theirs, person=SECOND))
    assert statuses(ours)[claim] == "accepted"
    ours.clean()


def tampered(packet: Path, *, field: str, old: str, new: str) -> Path:
    lines = [json.loads(line) for line in packet.read_text(encoding="utf-8").splitlines()]
    assert old in lines[-1][field]
    value = lines[-1][field]
    first = new or ("1" if value[0] == "0" else "0")
    lines[-1][field] = value.replace(old, new) if old else first + value[1:]
    packet.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return packet


@pytest.mark.parametrize(
    ("field", "old", "new", "code"),
    [
        ("body", "another", "an other", 5),
        ("header", "rejected", "accepted", 5),
        ("header", '"v":1', '"v":2', 5),
        ("signature", "", "", 5),
        ("salt", "", "", 5),
        ("salt", "", "x", 2),
        ("body", "{", "", 5),
    ],
)
def test_a_packet_that_was_changed_is_refused_whole(field, old, new, code, copies):
    ours, theirs = copies
    theirs.run("claim", "reject", ids_of(ours)["cadle"], "--why", "x", person=SECOND)
    theirs.run("claim", "reject", ids_of(ours)["deln"], "--why", "another one", person=SECOND)
    packet = packet_of(theirs, person=SECOND)
    before = ours.json("status")[0]["entries"]
    error = ours.json("exchange", "import", tampered(packet, field=field, old=old, new=new),
                      code=code)[0]  # fmt: skip
    assert set(error) == {"problem", "remedy", "exit_code"}
    assert ours.json("status")[0]["entries"] == before
    ours.clean()


def test_a_packet_of_somebody_who_is_not_admitted_is_refused(copies):
    ours, theirs = copies
    [made] = theirs.json("key", "make", person="Ciro Vane")
    theirs.run("key", "admit", made["key"], "--name", "Ciro Vane")
    theirs.run("claim", "reject", ids_of(ours)["deln"], "--why", "x", person="Ciro Vane")
    packet = packet_of(theirs, person="Ciro Vane")
    [error] = ours.json("exchange", "import", packet, code=4)
    assert "affiant key admit" in error["remedy"]
    ours.run("key", "admit", made["key"], "--name", "Ciro Vane")
    assert ours.json("exchange", "import", packet)[0]["appended"] == 1
    ours.clean()


def test_a_packet_of_another_case_is_refused(copies, tmp_path):
    ours, _ = copies
    other = new_desk(tmp_path / "other", name="ford")
    other.run("policy", "set", "reviewers_needed", "2")
    packet = packet_of(other, person=FIRST)
    ours.run("exchange", "import", packet, code=2)
    ours.clean()


def test_what_was_obtained_does_not_travel_in_a_packet(copies, tmp_path):
    ours, theirs = copies
    theirs.run("add", write(tmp_path / "more", {"new.txt": "A new letter: nine were killed.\n"}))
    theirs.run("read")
    kinds = {
        json.loads(json.loads(line)["header"])["kind"]
        for line in packet_of(theirs, person=FIRST).read_text().splitlines()
    }
    assert "original.added/1" not in kinds
    assert "text.read/1" not in kinds
    made = theirs.add_claim("new.txt", **killed("nine were killed", 9, 9))
    [error] = ours.json("exchange", "import", packet_of(theirs, person=FIRST), code=4)
    assert "not read in this copy" in error["problem"]
    ours.run("add", tmp_path / "more")
    ours.run("read")
    ours.run("exchange", "import", packet_of(theirs, person=FIRST))
    assert statuses(ours)[made] == "accepted"
    ours.clean()


def test_a_member_cannot_bring_in_a_quote_that_does_not_stand(copies):
    """Even a member's own signature does not make loose words a quote."""
    ours, theirs = copies
    with theirs.open() as case:
        row = next(row for row in case.claims.all() if row.claim_id == ids_of(ours)["deln"])
        _, entry = case.logbook.find(row.commitment)
        body = {**(entry.fields() or {}), "claim_id": "ab" * 16}
        body["quotes"] = [{**body["quotes"][0], "exact": "eight people were killed"}]
        body["exact_words"] = [{"slot": "act", "exact": "eight people were killed"}]
        with case.writing(theirs.settings().key()) as pen:
            pen.record("claim.accepted/1", body=body)
    assert theirs.verify().code == 5
    ours.run("exchange", "import", packet_of(theirs, person=FIRST), code=5)
    ours.clean()


def test_an_unsigned_file_counts_as_reported_and_decides_nothing(mill):
    ids = ids_of(mill)
    before = statuses(mill)
    source = mill.folder.parent / "said.jsonl"
    lines = [{"claim_id": ids["alba"], "verdict": "rejected", "why": "says a colleague"}]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    [done] = mill.json("exchange", "import", source, "--reported-by", "A colleague")
    assert done == {"appended": 0, "known": 0, "reported": 1}
    assert statuses(mill) == before
    assert mill.json("status")[0]["reported_decisions"] == 2
    mill.clean()


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", "no json", "[1, 2]", '{"verdict": "accepted"}', '{"claim_id": 5}',
        '{"claim_id": "nobody", "verdict": "accepted"}', '{"header": 1, "signature": 2}',
        '{"header": "{}", "signature": "", "body": "{}", "salt": ""}', "[" * 5000,
    ],
)  # fmt: skip
def test_a_file_that_is_neither_is_refused_in_words(text, mill):
    source = mill.folder.parent / "strange"
    source.write_text(text)
    [error] = mill.json("exchange", "import", source, code=None)
    assert error["exit_code"] in (2, 5)
    mill.clean()


def test_claims_go_out_in_the_shape_of_the_list(mill_once):
    assert mill_once.json("exchange", "export", "--claims") == mill_once.json("claim", "list")
