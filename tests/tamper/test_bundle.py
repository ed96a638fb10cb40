"""By construction: whatever is done to a bundle is found, and both verifiers say the same."""

import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from affiant.audit.bundle import verify_bundle
from affiant.corroborate import numbers_of_case
from affiant.errors import IntegrityError
from affiant.publish.bundle import make_bundle
from affiant.store import create_case
from authorities import stamp_by_hand
from tamper import attacks
from tamper.small_case import (
    OPENER,
    SECOND,
    STRANGER,
    Builder,
    build_case,
    claim_in,
    counted,
    surroundings_in,
)
from tamper.verifiers import VERIFIER, alone, both, by_itself, by_us


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A bundle of the whole case; the closed case and its checkpoint lie beside it."""
    folder = tmp_path_factory.mktemp("whole")
    with build_case(folder / "case") as case:
        numbers = [number.plain() for number in numbers_of_case(case)]
        make_bundle(case, target=folder / "whole.zip", numbers=numbers)
        clinic = case.incidents.all()[0].incident_id
        make_bundle(case, target=folder / "chosen.zip", numbers=numbers, incidents=[clinic])
        bridge = case.incidents.all()[1].incident_id
        make_bundle(case, target=folder / "small.zip", numbers=numbers, incidents=[bridge])
    return folder / "whole.zip"


def test_an_untouched_bundle_is_consistent_and_its_signer_unknown_without_a_pin(whole):
    assert both(whole) == (0, set())
    assert alone.conclusion(alone.verify(whole), pin=None)[1] == (
        "consistent; signer not known to you"
    )


def test_an_untouched_bundle_is_vouched_for_by_the_opener_and_by_an_earlier_checkpoint(whole):
    for pin in (OPENER.public, str(whole.parent / "case" / "log" / "checkpoint")):
        assert both(whole, pin=pin) == (0, set())


def test_a_pin_of_a_stranger_is_a_problem(whole):
    assert both(whole, pin=STRANGER.public) == (5, {("signer", "stranger")})


def test_a_bundle_that_withholds_says_so_and_never_exits_with_nought(whole):
    code, found = both(whole.with_name("chosen.zip"), pin=OPENER.public)
    assert (code, found) == (3, set())


def test_a_withheld_entry_tells_nothing(whole):
    members = attacks.members_in(whole.with_name("small.zip"))
    everything = b"".join(members.values())
    for word in (b"Ilva", b"I counted 12", b"Tarn clinic, 2031", b"telephone"):
        assert word not in everything
    assert any("leaf" in line for line in attacks.lines_of(members))


def test_the_numbers_of_chosen_incidents_are_those_of_the_whole_case(whole):
    stated = {}
    for name in ("whole.zip", "chosen.zip", "small.zip"):
        members = attacks.members_in(whole.with_name(name))
        stated[name] = json.loads(members[attacks.NUMBERS])["numbers"]
    chosen = stated["chosen.zip"] + stated["small.zip"]
    assert sorted(chosen, key=json.dumps) == sorted(stated["whole.zip"], key=json.dumps)
    assert stated["chosen.zip"] and stated["small.zip"]


def test_the_same_state_gives_the_same_bytes(whole, tmp_path):
    with build_case(tmp_path / "case") as case:
        numbers = [number.plain() for number in numbers_of_case(case)]
        again = make_bundle(case, target=tmp_path / "again.zip", numbers=numbers)
        once_more = make_bundle(case, target=tmp_path / "more.zip", numbers=numbers)
    assert (tmp_path / "again.zip").read_bytes() == whole.read_bytes()
    assert again.digest == once_more.digest


@pytest.mark.parametrize("number", range(20))
def test_an_untouched_bundle_gives_no_alarm(number, tmp_path):
    with build_case(tmp_path / "case", seed=bytes([number]), more=number % 7) as case:
        numbers = [found.plain() for found in numbers_of_case(case)]
        chosen = [case.incidents.all()[0].incident_id] if number % 3 == 2 else None
        make_bundle(case, target=tmp_path / "b.zip", numbers=numbers, incidents=chosen)
    assert both(tmp_path / "b.zip", pin=OPENER.public) == (3 if chosen else 0, set())


def test_an_entry_turned_into_its_leaf_hash_is_known_to_be_withheld(whole, tmp_path):
    members = attacks.members_in(whole)
    lines = attacks.lines_of(members)
    at = attacks.first(lines, kind="judgement.made/1")
    lines[at] = {"leaf": attacks.leaf_of(lines[at]).hex()}
    target = attacks.put_together(attacks.with_lines(members, lines), target=tmp_path / "b.zip")
    assert both(target, pin=OPENER.public) == (3, set())


@pytest.mark.parametrize("name", ["verify.py", "VERIFY.md"])
def test_a_verifier_replaced_with_its_digest_is_said_not_to_be_checked(name, whole, tmp_path):
    members = attacks.members_in(whole)
    members[name] += b"\n"
    target = attacks.put_together(attacks.listed_again(members), target=tmp_path / "b.zip")
    assert both(target, pin=OPENER.public) == (3, set())
    assert any(name in line for line in by_itself(target)[2])


def test_a_member_who_records_a_quote_that_does_not_stand_there_is_found(tmp_path):
    with build_case(tmp_path / "case") as case:
        text = case.documents.texts()[0]
        source = (text.document_id, text.text_digest, case.text(text.text_digest))
        fields = claim_in(source, "on duty")
        fields["quotes"][0]["exact"] = "on Duty"
        with case.writing(OPENER) as pen:
            pen.record("claim.accepted/1", body={"claim_id": "cd" * 16, "why": None, **fields})
        make_bundle(case, target=tmp_path / "b.zip", numbers=[])
    code, found = both(tmp_path / "b.zip")
    assert code == 5
    assert ("claim " + "cd" * 16, "anchor") in found


def test_a_member_who_quotes_the_text_of_another_document_is_found(tmp_path):
    with build_case(tmp_path / "case") as case:
        text, other = case.documents.texts()[:2]
        source = (other.document_id, text.text_digest, case.text(text.text_digest))
        with case.writing(OPENER) as pen:
            fields = claim_in(source, "on duty")
            pen.record("claim.accepted/1", body={"claim_id": "cd" * 16, "why": None, **fields})
        make_bundle(case, target=tmp_path / "b.zip", numbers=[])
    code, found = both(tmp_path / "b.zip")
    assert code == 5
    assert ("claim " + "cd" * 16, "anchor") in found


@pytest.mark.parametrize(("basis", "shown"), [("saw", 2), ("told_by", 1)])
def test_only_a_knower_who_perceived_is_shown_independent_undecided(basis, shown, tmp_path):
    letter, aunt = sha256(b"letter").hexdigest()[:32], "ee" * 16
    with build_case(tmp_path / "case") as case:
        with case.writing(OPENER) as pen:
            declared = {"knower_id": aunt, "name": "An aunt", "basis": basis, "note": None}
            pen.record("knower.declared/1", body=declared)
            assigned = {"claim_ids": [letter], "knower_id": aunt, "why": ""}
            pen.record("knower.assigned/1", body=assigned)
        numbers = [number.plain() for number in numbers_of_case(case)]
        make_bundle(case, target=tmp_path / "b.zip", numbers=numbers)
    assert [each["shown_independent"] for each in numbers if letter in each["members"]] == [shown]
    assert both(tmp_path / "b.zip") == (0, set())


def test_a_member_who_records_another_paragraph_root_is_found(tmp_path):
    with build_case(tmp_path / "case") as case:
        body = next(
            entry.fields()
            for _, (kind, _, _), entry in case.logbook.entries()
            if kind == "text.read/1"
        )
        body["paragraphs"] = {"count": 2, "root": "00" * 32}
        with case.writing(OPENER) as pen:
            pen.record("text.read/1", body=body)
        numbers = [number.plain() for number in numbers_of_case(case)]
        make_bundle(case, target=tmp_path / "b.zip", numbers=numbers)
    hexed = body["text"].removeprefix("sha256:")
    assert both(tmp_path / "b.zip") == (5, {(f"data/texts/{hexed[:2]}/{hexed[2:]}", "paragraphs")})


DEEP = b'{"files":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(
    "name", ["bundle.json", attacks.NUMBERS, attacks.ENTRIES, attacks.CHECKPOINT]
)
@pytest.mark.parametrize(
    "data",
    [
        *(DEEP, b"", b"\n", b"null", b"[]", b"{}", b"{}\n", b"\xff\xfe", b'{"files":1}'),
        *(b'{"numbers":[1],"rule":1}', b'{"leaf":1}\n', b'{"leaf":"' + b"0" * 64 + b'"}\n'),
        *(b'{"header":"{}","signature":"zz"}\n', b'{"header":"{}","signature":""}\n'),
        *(b'{"a":' + b"9" * 5000 + b"}", b'{"a":1e5}', b'{"a":NaN}', b'{"a":"\\ud800"}'),
        b'{"a":1,"a":1}',
    ],
)
def test_a_hostile_member_crashes_nothing(name, data, whole, tmp_path):
    members = {**attacks.members_in(whole), name: data}
    if name != "bundle.json":
        members = attacks.listed_again(members)
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    assert by_itself(target)[0] == 5
    assert by_us(target)[0] == 5


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("claim.accepted/1", {"claim_id": ["x"], "quotes": 3}),
        ("claim.accepted/1", {"claim_id": "x", "quotes": []}),
        ("claim.accepted/1", {}),
        ("text.read/1", {"text": 7}),
        ("text.read/1", {"text": "sha256:" + "00" * 32, "secret": "zz", "paragraphs": 1}),
        ("original.added/1", {"digest": {"a": 1}}),
        ("original.added/1", {"digest": "../../etc/passwd", "size": "x"}),
        ("key.admitted/1", {"key": []}),
        ("key.admitted/1", {}),
        ("entry.erased/1", {"commitments": 5}),
        ("decision.undone/1", {"commitment": []}),
        ("policy.set/1", {"name": "reviewers_needed", "value": "many"}),
        ("incident.joined/1", {"incident_id": 1, "claim_ids": 1}),
        ("edge.declared/1", {"document": [], "of": {}, "kind": 1, "why": 2}),
        ("dependence.declared/1", {"left": 1, "right": "a", "verdict": "dependent", "why": ""}),
        ("source.declared/1", {"source_id": 1, "name": 1, "speaks_as": 1}),
        ("claim.superseded/1", {"claim_id": 9}),
        ("key.rotated/1", {}),
        ("key.rotated/1", {"old": [], "new": {}}),
        ("key.revoked/1", {"key": [], "in_doubt_since": "x", "why": 1}),
        ("key.revoked/1", {"key": "00", "in_doubt_since": 10**9, "why": ""}),
        ("key.revoked/1", {"key": "00", "in_doubt_since": -5, "why": ""}),
        ("stamp.obtained/1", {"folder": 5, "files": 5}),
        ("stamp.obtained/1", {"folder": "../..", "files": {"checkpoint": "sha256:00"}}),
        ("stamp.obtained/1", {"folder": "x", "files": {"../../verify.py": []}}),
        ("text.transcribed/1", {"text": "sha256:" + "00" * 32, "document": []}),
    ],
)
def test_a_malformed_body_that_a_member_signed_crashes_nothing(kind, body, whole, tmp_path):
    members = attacks.appended(attacks.members_in(whole), (kind, body, OPENER), seal=OPENER)
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    assert by_us(target)[0] == 5
    assert by_itself(target)[0] in ((0, 3, 5) if kind == "claim.superseded/1" else (5,))


def test_a_kind_from_the_future_is_said_not_to_be_checked(whole, tmp_path):
    members = attacks.appended(
        attacks.members_in(whole), ("moon.landed/3", {}, OPENER), seal=OPENER
    )
    target = attacks.put_together(members, target=tmp_path / "c.zip")
    assert both(target, pin=OPENER.public) == (3, set())


# Chosen incidents


@pytest.fixture
def chat(tmp_path, authorities) -> Path:
    """A bundle of one incident of a case with a chat, a transcription, ended keys, a stamp."""
    with build_case(tmp_path / "case") as case:
        builder = Builder(case)
        incident = "5a" * 16
        with builder.as_person(OPENER):
            export = builder.original(b"one\ntwo\nthree\n", name="chat.txt")
            said = [message(builder, export, number=number) for number in (1, 2)]
            scan = builder.original(b"\x89PNG scan", name="scan.png")
            words = "Nine were killed at the ford.\n"
            wrote = (scan, builder.transcription(words, document=scan), words)
            builder.record("incident.opened/1", incident_id=incident, label="Ford", why="")
            for number, source in enumerate((said[0], wrote)):
                fields = claim_in(source, "killed", counts=[counted("killed", 9, 9)])
                claim_id = f"{number:032x}"
                builder.decide("accepted", claim_id=claim_id, why="", **fields)
                joined = {"incident_id": incident, "claim_ids": [claim_id], "why": ""}
                builder.record("incident.joined/1", **joined)
        stamp_by_hand(case, authority=authorities.north, key=OPENER)
        numbers = [number.plain() for number in numbers_of_case(case)]
        make_bundle(case, target=tmp_path / "b.zip", numbers=numbers, incidents=[incident])
    return tmp_path / "b.zip"


def message(builder: Builder, export: str, *, number: int) -> tuple[str, str, str]:
    """List a message of a chat as a part and record its text."""
    text = f"Message {number}: they were killed.\n"
    part = f"{export}!{number}"
    about = {"sender": f"Sender {number}", "sent": "2031-03-14T10:00", "attached": []}
    builder.record(
        "part.listed/1",
        document=part,
        container=export,
        member=str(number),
        digest="sha256:" + sha256(text.encode()).hexdigest(),
        size=len(text),
        media_type="text/plain",
        about={**about, "forwarded_from": None, "address": None, "captured": None, "status": None},
    )
    return part, builder.text(text, document=part), text


def test_a_bundle_of_an_incident_shows_the_chat_and_the_transcription_that_it_rests_on(chat):
    members = attacks.members_in(chat)
    assert both(chat, pin=OPENER.public) == (3, set())
    shown = [json.loads(line["body"]) for line in attacks.lines_of(members) if "body" in line]
    kinds = Counter(attacks.kind_of(line) for line in attacks.lines_of(members) if "body" in line)
    senders = {(body.get("about") or {}).get("sender") for body in shown}
    assert "Sender 1" in senders
    assert "Sender 2" not in senders
    assert kinds["text.transcribed/1"] == 1
    assert kinds["stamp.obtained/1"] == 1
    assert (kinds["key.rotated/1"], kinds["key.revoked/1"]) == (1, 1)
    texts = {data for name, data in members.items() if name.startswith("data/texts/")}
    assert texts == {b"Nine were killed at the ford.\n", b"Message 1: they were killed.\n"}
    originals = {data for name, data in members.items() if name.startswith("data/originals/")}
    assert originals == {b"one\ntwo\nthree\n", b"\x89PNG scan"}
    assert len(attacks.stamp_files(members)) == 4
    [number] = json.loads(members[attacks.NUMBERS])["numbers"]
    assert len(number["members"]) == 2


def test_without_openssl_a_stamp_is_said_not_to_be_checked(chat, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    code, found, left = by_itself(chat, pin=OPENER.public)
    assert (code, found) == (3, set())
    assert sum("openssl is not installed" in line for line in left) == 1


@pytest.mark.parametrize(
    ("folder", "name"), [("../../configuration", "keys"), ("x", "../../case.db"), ("", "reply.tsr")]
)
def test_a_case_from_a_stranger_cannot_have_other_files_bundled(folder, name, tmp_path):
    with build_case(tmp_path / "case") as case:
        (tmp_path / "configuration" / "keys").write_bytes(b"secret")
        digest = "sha256:" + sha256(b"secret").hexdigest()
        with case.writing(OPENER) as pen:
            body = {"folder": folder, "files": {name: digest}, "size": 1, "root": "00" * 32}
            more = {"authority": "", "address": "", "time": "", "verified_by": []}
            pen.record("stamp.obtained/1", body={**body, **more})
        with pytest.raises(IntegrityError, match="time stamp"):
            make_bundle(case, target=tmp_path / "b.zip", numbers=[])
    assert not (tmp_path / "b.zip").exists()


# A bag


@pytest.mark.parametrize("name", ["whole.zip", "chosen.zip", "small.zip"])
def test_unpacked_it_is_a_valid_bag(name, whole, bagit, tmp_path):
    valid(whole.with_name(name), bagit=bagit, folder=tmp_path / "bag")


def test_a_bundle_of_a_case_without_documents_is_a_valid_bag_too(bagit, tmp_path):
    around = surroundings_in(tmp_path)
    with create_case(
        tmp_path / "case", name="Empty", key=OPENER, person="Mira Sandor", surroundings=around
    ) as case:
        make_bundle(case, target=tmp_path / "b.zip", numbers=[])
    assert both(tmp_path / "b.zip", pin=OPENER.public) == (0, set())
    valid(tmp_path / "b.zip", bagit=bagit, folder=tmp_path / "bag")


def valid(bundle: Path, *, bagit: str, folder: Path) -> None:
    """Unpack a bundle and have the library that others use check it; it must look, too."""
    with zipfile.ZipFile(bundle) as file:
        file.extractall(folder)
    beside = Path(bagit).with_name("python")  # its first line breaks where a path has a space
    words = [*([beside] if beside.exists() else []), bagit, "--validate", folder]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "is valid" in done.stderr
    attacks.overwrite(
        folder / "data" / "numbers.json",
        data=attacks.flipped((folder / "data" / "numbers.json").read_bytes()),
    )
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1, "the second reader looks at nothing"


def test_the_tag_files_name_nobody_and_no_day(whole):
    members = attacks.members_in(whole)
    info = members["bag-info.txt"].decode().splitlines()
    assert [line.split(": ")[0] for line in info] == [
        *("Bag-Software-Agent", "External-Identifier", "Payload-Oxum")
    ]
    assert info[0] == "Bag-Software-Agent: affiant"
    payload = [data for name, data in members.items() if name.startswith("data/")]
    assert info[2] == f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}"


# Keys that ended


def test_entries_that_a_revocation_puts_in_doubt_are_named(whole, tmp_path):
    members = attacks.members_in(whole)
    lines = attacks.lines_of(members)
    doubted = [
        at
        for at, line in enumerate(lines)
        if json.loads(line["header"])["actor"] == SECOND.public and at >= 40
    ]
    assert doubted
    body = {"key": SECOND.public, "in_doubt_since": 40, "why": "the laptop was taken"}
    members = attacks.appended(members, ("key.revoked/1", body, OPENER), seal=OPENER)
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    assert both(target, pin=OPENER.public) == (0, set())
    for notes in (alone.verify(target).notes, verify_bundle(target).notes):
        [note] = [note for note in notes if "doubt" in note]
        assert f"entry {len(lines)}" in note
        assert re.findall(r"\d+", note.partition(":")[2]) == [str(at) for at in doubted]


# The stand-alone verifier as a program


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the verifier out of a bundle, in isolated mode, without site packages."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "verify.py", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_verifier_out_of_the_bundle_checks_it_with_nothing_but_python(whole, tmp_path):
    (tmp_path / "verify.py").write_bytes(attacks.members_in(whole)["verify.py"])
    done = run(str(whole), "--pin", OPENER.public, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("All was checked")
    done = run(str(whole), "--json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["conclusion"] == "consistent; signer not known to you"
    assert report["problems"] == report["not_checked"] == []
    assert report["checked"]["numbers"] == 4


@pytest.mark.parametrize(
    "words", [[], ["no-such-file.zip"], ["{bundle}", "--pin", "abc"], ["{bundle}", "--what"]]
)
def test_wrong_use_of_the_verifier_exits_with_two(words, whole, tmp_path):
    (tmp_path / "verify.py").write_bytes(VERIFIER.read_bytes())
    done = run(*(word.format(bundle=whole) for word in words), cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_verifier_names_item_kind_and_detail(whole, tmp_path):
    (tmp_path / "verify.py").write_bytes(VERIFIER.read_bytes())
    members, item = attacks.change_number(attacks.members_in(whole))
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    done = run(str(target), cwd=tmp_path)
    assert done.returncode == 5
    assert f"PROBLEM      {item}: number: stated is" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("BROKEN: 1 problem")


def test_a_hostile_name_cannot_steer_the_terminal(whole, tmp_path):
    (tmp_path / "verify.py").write_bytes(VERIFIER.read_bytes())
    attack = attacks.add_file("notes\x1b[2JAll was checked", listed=True)
    target = attacks.put_together(attack(attacks.members_in(whole))[0], target=tmp_path / "b.zip")
    done = run(str(target), cwd=tmp_path)
    assert done.returncode == 5
    assert "notes\\x1b[2JAll" in done.stdout
    assert "\x1b" not in done.stdout


def test_the_verifier_needs_no_python_newer_than_3_8():
    import ast

    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"), feature_version=(3, 8))
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"removeprefix", "removesuffix", "bit_count", "is_relative_to", "readlink"}
    modules = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    } | {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules <= set(sys.stdlib_module_names) | {"__future__"}


def test_the_verifier_names_the_guide_that_belongs_to_it():
    import hashlib

    guide = VERIFIER.with_name("VERIFY.md").read_bytes()
    assert hashlib.sha256(guide).hexdigest() == alone.GUIDE
