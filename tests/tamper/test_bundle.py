"""By construction: whatever is done to a bundle is found, and both verifiers say the same."""

import importlib.util
import json
import random
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from affiant.audit.bundle import verify_bundle
from affiant.corroborate import numbers_of_case
from affiant.publish.bundle import make_bundle
from tamper import attacks
from tamper.small_case import OPENER, SECOND, STRANGER, build_case, claim_in

VERIFIER = Path(__file__).resolve().parents[2] / "src/affiant/publish/standalone/verify.py"


def load_verifier():
    """Import the stand-alone verifier as it stands in the package."""
    spec = importlib.util.spec_from_file_location("standalone_verify", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


alone = load_verifier()


def alone_code(
    path: Path, *, pin: str | None = None
) -> tuple[int, set[tuple[str, str]], list[str]]:
    """Return exit code, (item, kind) of each problem, and what was not checked."""
    read = alone.read_pin(pin) if pin else None
    report = alone.verify(path, pin=read)
    found = {(problem["item"], problem["kind"]) for problem in report.problems}
    return alone.conclusion(report, pin=read)[0], found, report.not_checked


def ours(path: Path, *, pin: str | None = None) -> tuple[int, set[tuple[str, str]], list[str]]:
    """Return the same from the product's own verifier."""
    text = Path(pin).read_text(encoding="utf-8") if pin and len(pin) != 64 else pin
    report = verify_bundle(path, pin=text)
    found = {(problem.item, problem.kind) for problem in report.problems}
    return report.exit_code, found, report.not_checked


def both(path: Path, *, pin: str | None = None) -> tuple[int, set[tuple[str, str]]]:
    """Return what both verifiers say, after holding them to say the same."""
    code, found, left = alone_code(path, pin=pin)
    other_code, other_found, other_left = ours(path, pin=pin)
    assert found == other_found
    assert code == other_code
    assert len(left) == len(other_left)
    return code, found


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


ATTACKS: dict[str, Callable] = {
    "a bit of an original": attacks.flip_in("originals"),
    "a bit of a text": attacks.flip_in("texts"),
    "a bit of the entries": attacks.flip_in(attacks.ENTRIES),
    "a bit of the checkpoint": attacks.flip_in(attacks.CHECKPOINT),
    "a bit of the numbers": attacks.flip_in(attacks.NUMBERS),
    "a bit of the list": attacks.flip_in("bundle.json"),
    "a bit of the guide": attacks.flip_in("VERIFY.md"),
    "a bit of the verifier": attacks.flip_in("verify.py"),
    "an original replaced, digests too": attacks.replace_object("originals"),
    "a text replaced, digests too": attacks.replace_object("texts"),
    "an original replaced under its name": attacks.replace_object_in_place,
    "an original left out": attacks.leave_out_object,
    "an original planted": attacks.add_object,
    "a body": attacks.in_line("body", kind="claim.accepted/1"),
    "a header": attacks.in_line("header", kind="claim.accepted/1"),
    "a signature": attacks.in_line("signature", kind="claim.accepted/1"),
    "a salt": attacks.in_line("salt", kind="claim.accepted/1"),
    "a body of which a part was erased": attacks.in_line(
        "body", kind="key.admitted/1", form="opening"
    ),
    "the digests of what was erased": attacks.in_line(
        "opening", kind="original.handled/1", form="opening"
    ),
    "a policy": attacks.in_line("body", kind="policy.set/1"),
    "a body dropped as if erased": attacks.drop_body,
    "an entry left out": attacks.delete_line,
    "an entry twice": attacks.repeat_line,
    "two entries exchanged": attacks.swap_lines,
    "the tail cut off": attacks.cut_tail,
    "the root": attacks.change_root,
    "the checkpoint's signature": attacks.forge_seal,
    "the checkpoint signed by a stranger": attacks.seal_as_stranger(STRANGER),
    "a stranger's entry, sealed by the stranger": attacks.add_stranger(
        opener=OPENER, stranger=STRANGER, seal=STRANGER
    ),
    "a stranger's entry, sealed by a member": attacks.add_stranger(
        opener=OPENER, stranger=STRANGER, seal=SECOND
    ),
    "a number raised": attacks.change_number,
    "a number left out": attacks.drop_number,
    "a file that is not listed": attacks.add_file("notes.txt", listed=False),
    "a file that is listed": attacks.add_file("notes.txt", listed=True),
    "a file that climbs": attacks.add_file("../../etc/cron.d/x", listed=True),
    "another case in the list": attacks.restate(case="ab" * 16),
    "another size in the list": attacks.restate(size=3),
    "another format in the list": attacks.restate(format=3),
    "no numbers": attacks.drop_member(attacks.NUMBERS),
    "no checkpoint": attacks.drop_member(attacks.CHECKPOINT),
    "no entries": attacks.drop_member(attacks.ENTRIES),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_found_and_the_item_named(name, whole, tmp_path):
    members, item = ATTACKS[name](attacks.members_in(whole))
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    code, found = both(target, pin=OPENER.public)
    assert code == 5
    assert item in {named for named, _ in found}


def test_a_whole_case_signed_again_by_a_stranger_is_revealed_by_the_pin(whole, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(whole.parent / "case", folder)
    attacks.sign_again(folder, stranger=STRANGER)
    members = attacks.members_in(whole)
    lines = attacks.lines_in(folder)
    members = attacks.sealed(attacks.with_lines(members, lines), key=STRANGER)
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    code, found = both(target, pin=OPENER.public)
    assert code == 5
    assert ("signer", "stranger") in found
    assert both(target)[0] == 0  # without the pin nothing is wrong, and it says so
    assert "signer not known to you" in alone.conclusion(alone.verify(target), pin=None)[1]


def test_an_older_bundle_is_revealed_by_a_checkpoint_seen_since(whole, tmp_path):
    with build_case(tmp_path / "case") as case:
        numbers = [number.plain() for number in numbers_of_case(case)]
        make_bundle(case, target=tmp_path / "old.zip", numbers=numbers)
        with case.writing(OPENER) as pen:
            pen.record("policy.set/1", body={"name": "isolation", "value": "strict"})
        make_bundle(case, target=tmp_path / "new.zip", numbers=numbers)
        pin = str(case.checkpoint_path)
    assert both(tmp_path / "old.zip", pin=pin) == (5, {("signer", "stranger")})
    assert both(tmp_path / "new.zip", pin=pin) == (0, set())


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
    assert any(name in line for line in alone_code(target)[2])


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


def test_an_erased_body_that_comes_back_is_found(tmp_path, whole):
    with build_case(tmp_path / "case") as case:
        position, kept = next(
            (position, entry)
            for position, (kind, _, _), entry in case.logbook.entries()
            if kind == "person.opened/1"
        )
        commitment = kept.read_header().commitment
        with case.writing(OPENER) as pen:
            pen.record("entry.erased/1", body={"commitments": [commitment], "why": "asked for"})
        make_bundle(
            case,
            target=tmp_path / "b.zip",
            numbers=[number.plain() for number in numbers_of_case(case)],
        )
    assert both(tmp_path / "b.zip") == (5, {(f"entry {position}", "erased")})


def test_every_single_bit_flipped_is_found(whole, tmp_path):
    data = whole.with_name("small.zip").read_bytes()
    target, dice = tmp_path / "b.zip", random.Random(20310314)
    for _ in range(200):
        at, bit = dice.randrange(len(data)), 1 << dice.randrange(8)
        target.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        code, found = both(target, pin=OPENER.public)
        assert code == 5, f"byte {at}, bit {bit}"
        assert found


def zipped(whole: Path, *, target: Path, **options) -> Path:
    """Write the members of a bundle by Python's own zipfile."""
    members = attacks.members_in(whole)
    with zipfile.ZipFile(target, "w", **options) as file:
        for name in sorted(members):
            file.writestr(zipfile.ZipInfo(name), members[name], options.get("compression"))
    return target


def spoilt(name: str, *, whole: Path, target: Path) -> Path:
    """Write a bundle whose zip is spoilt in some way."""
    data = whole.read_bytes()
    end = len(data) - 22
    variants = {
        "empty": b"",
        "noise": random.Random(1).randbytes(4000),
        "an end alone": data[end:],
        "bytes before": b"#!/bin/sh\n" + data,
        "bytes after": data + b"x",
        "a comment": data[:-2] + b"\x01\x00x",
        "cut": data[: len(data) // 2],
        "twice": data + data,
        "a huge count": data[: end + 8] + struct.pack("<HH", 65535, 65535) + data[end + 12 :],
        "a huge directory": data[: end + 12] + struct.pack("<I", 2**32 - 2) + data[end + 16 :],
        "another date": data.replace(b"\x00\x00\x21\x00", b"\x00\x00\x22\x00", 1),
    }
    target.write_bytes(variants[name])
    return target


@pytest.mark.parametrize(
    "name",
    [
        *("empty", "noise", "an end alone", "bytes before", "bytes after", "a comment", "cut"),
        *("twice", "a huge count", "a huge directory", "another date"),
    ],
)
def test_a_file_that_is_not_the_canonical_zip_is_refused(name, whole, tmp_path):
    target = spoilt(name, whole=whole, target=tmp_path / "b.zip")
    assert both(target) == (5, {("bundle", "zip")})


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_written_by_another_program_is_refused(compression, whole, tmp_path):
    target = zipped(whole, target=tmp_path / "b.zip", compression=compression)
    assert both(target) == (5, {("bundle", "zip")})


def test_a_zip_bomb_is_refused_without_being_unpacked(tmp_path):
    target = tmp_path / "b.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bundle.json", b"0" * 50_000_000)
    assert both(target) == (5, {("bundle", "zip")})


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
    assert alone_code(target)[0] == 5
    assert ours(target)[0] == 5


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
    ],
)
def test_a_malformed_body_that_a_member_signed_crashes_nothing(kind, body, whole, tmp_path):
    members = attacks.members_in(whole)
    lines = attacks.lines_of(members)
    signer = attacks.Signer(
        key=OPENER,
        case=json.loads(members["bundle.json"])["case"],
        after=attacks.TreeHead(0, attacks.frontier_of([]).root()),
        at="2031-04-01T00:00:00Z",
    )
    entry = attacks.sign_entry(body, kind=kind, salt=bytes(32), signer=signer)
    line = {
        "header": entry.header.decode(),
        "signature": entry.signature.hex(),
        "body": entry.body.decode(),
        "salt": entry.salt.hex(),
    }
    members = attacks.sealed(attacks.with_lines(members, [*lines, line]), key=OPENER)
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    assert ours(target)[0] == 5
    assert alone_code(target)[0] in ((0, 3, 5) if kind == "claim.superseded/1" else (5,))


def test_a_kind_from_the_future_is_said_not_to_be_checked(whole, tmp_path):
    with build_case(tmp_path / "case") as case:
        numbers = [number.plain() for number in numbers_of_case(case)]
        make_bundle(case, target=tmp_path / "b.zip", numbers=numbers)
    members = attacks.members_in(tmp_path / "b.zip")
    lines = attacks.lines_of(members)
    head = attacks.TreeHead(len(lines), attacks.frontier_of(map(attacks.leaf_of, lines)).root())
    case_id = json.loads(members["bundle.json"])["case"]
    signer = attacks.Signer(key=OPENER, case=case_id, after=head, at="2031-04-01T00:00:00Z")
    entry = attacks.sign_entry({}, kind="moon.landed/3", salt=bytes(32), signer=signer)
    line = {
        "header": entry.header.decode(),
        "signature": entry.signature.hex(),
        "body": entry.body.decode(),
        "salt": entry.salt.hex(),
    }
    members = attacks.sealed(attacks.with_lines(members, [*lines, line]), key=OPENER)
    target = attacks.put_together(members, target=tmp_path / "c.zip")
    assert both(target, pin=OPENER.public) == (3, set())


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
