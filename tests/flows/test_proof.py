"""One entry is proved without another, and that a log only grew, by files that stand alone."""

import json
import shutil
from pathlib import Path

import pytest

from affiant.audit import verify_proof
from affiant.errors import IntegrityError, NotFoundError
from affiant.log.checkpoint import read_checkpoint
from affiant.log.item_proof import read_proof
from affiant.log.keys import key_from_seed
from affiant.log.nodes import inner_count
from affiant.log.tree import leaf_hash
from affiant.store import extension_of, proof_of
from flows.desk import SECOND, Desk
from flows.mill import DOCUMENTS, ids_of
from flows.shared import copy_of
from tamper import attacks
from unit.log import rfc6962

STRANGER = key_from_seed(bytes([9]) * 32)


def proved(desk: Desk, item: object, *words: object) -> dict:
    """Prove an item; return what the file says."""
    target = desk.folder.parent / "proof.json"
    desk.run("history", "proof", item, "-o", target, *words)
    return json.loads(target.read_bytes())


def checked(desk: Desk, *words: object, code: int = 0) -> dict:
    return desk.run("verify", desk.folder.parent / "proof.json", *words, "--json", code=code).line


def test_every_entry_is_proved_and_an_independent_verifier_agrees(mill):
    with mill.open() as case:
        checkpoint = case.logbook.checkpoint()
        size, root = checkpoint.head.size, checkpoint.head.root
        for position, (_, _, commitment), entry in case.logbook.entries():
            proof = proof_of(case, commitment=commitment)
            assert (proof.position, proof.entry.body) == (position, None)
            again = read_proof(proof.encode())
            assert again == proof
            leaf = leaf_hash(entry.header + entry.signature)
            assert rfc6962.verifies_inclusion(leaf, position, size, list(again.path), root)
            assert 32 * len(again.path) < 2000


@pytest.mark.parametrize("item", ["alba.txt", "letter.eml!note.txt", "@deln", "0", "12"])
def test_a_person_names_a_document_a_claim_or_a_position(item, mill):
    item = ids_of(mill)["deln"] if item == "@deln" else item
    said = proved(mill, item)
    assert not {"body", "salt", "opening"} & said.keys()
    report = checked(mill, "--pin", mill.json("key", "list")[0]["key"])
    assert (report["problems"], report["not_checked"]) == ([], [])
    assert report["checked"] == {"entries": 1, "checkpoints": 1}


def test_one_field_is_opened_and_no_other_is_in_the_file(mill):
    said = proved(mill, "alba.txt", "--open", "digest", "--open", "size")
    size = len(DOCUMENTS["alba.txt"])
    assert json.loads(said["body"]) == {"digest": mill.document("alba.txt"), "size": size}
    text = (mill.folder.parent / "proof.json").read_text()
    assert "a sister" not in text
    assert "by hand" not in text
    notes = " ".join(checked(mill)["notes"])
    assert mill.document("alba.txt") in notes
    assert "stay closed" in notes
    assert set(json.loads(proved(mill, "alba.txt", "--open", "all")["body"])) > {"name", "obtained"}


def test_a_field_that_is_not_there_and_an_erased_entry_cannot_be_opened(mill):
    [error] = mill.json("history", "proof", "alba.txt", "--open", "weather", code=2)
    assert "has no field weather" in error["problem"]
    position = next(row for row in mill.json("history", "list") if row["kind"] == "text.read/1")
    mill.run("protect", "erase", "alba.txt", "--why", "safety")
    [error] = mill.json("history", "proof", position["position"], "--open", "all", code=2)
    assert "erased" in error["problem"]
    proved(mill, position["position"])
    assert checked(mill)["problems"] == []


def test_others_decisions_stay_closed_until_one_has_decided(mill):
    claim = ids_of(mill)["deln"]
    [error] = mill.json("history", "proof", claim, "--open", "all", code=4, person=SECOND)
    assert "you have not decided" in error["problem"]
    mill.run("history", "proof", claim, person=SECOND)


@pytest.mark.parametrize("item", ["99999", "nobody.txt", "0" * 64])
def test_what_means_no_entry_is_wrong_use(item, mill_once):
    [error] = mill_once.json("history", "proof", item, code=2)
    assert "0 " in error["problem"]


def test_every_bit_of_a_proof_counts(mill):
    proved(mill, "alba.txt", "--open", "digest")
    path = mill.folder.parent / "proof.json"
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(attacks.flipped(whole, at=at))
        assert verify_proof(path).problems, f"byte {at} was missed"


def test_a_proof_by_a_stranger_is_found_by_the_pin_and_by_a_checkpoint(mill):
    pin = mill.json("key", "list")[0]["key"]
    kept = mill.folder.parent / "kept"
    shutil.copy(mill.folder / "log" / "checkpoint", kept)
    attacks.sign_again(mill.folder, stranger=STRANGER)
    proved(mill, "alba.txt")
    assert checked(mill)["problems"] == []
    [problem] = checked(mill, "--pin", pin, code=5)["problems"]
    assert problem["kind"] == "stranger"
    [problem] = checked(mill, "--pin", kept, code=5)["problems"]
    assert problem["kind"] == "forked"


def test_a_pinned_checkpoint_of_another_size_cannot_tell_and_says_so(mill):
    kept = mill.folder.parent / "kept"
    shutil.copy(mill.folder / "log" / "checkpoint", kept)
    mill.run("policy", "set", "reviewers_needed", "2")
    proved(mill, "alba.txt")
    [text] = checked(mill, "--pin", kept, code=3)["not_checked"]
    assert "--since" in text
    target = mill.folder.parent / "proof.json"
    mill.run("verify", "--since", kept, "-o", target)
    report = checked(mill, "--pin", kept)
    assert (report["problems"], report["not_checked"]) == ([], [])
    assert "begin with" in " ".join(report["notes"])


def test_a_log_that_does_not_extend_a_checkpoint_gets_no_proof_of_it(mill):
    kept, target = mill.folder.parent / "kept", mill.folder.parent / "extension.json"
    shutil.copy(mill.folder / "log" / "checkpoint", kept)
    older = copy_of(mill, mill.folder.parent / "older")
    mill.run("policy", "set", "reviewers_needed", "2")
    newer = mill.folder.parent / "newer"
    shutil.copy(mill.folder / "log" / "checkpoint", newer)
    done = older.verify("--since", newer, "-o", target)
    assert (done.code, done.line["problems"][0]["kind"]) == (5, "rolled_back")
    with older.open() as case, pytest.raises(IntegrityError, match="rolled back"):
        extension_of(case, earlier=read_checkpoint(newer.read_text()))
    older.run("policy", "set", "isolation", "strict")
    done = older.verify("--since", newer, "-o", target)
    assert (done.code, done.line["problems"][0]["kind"]) == (5, "forked")
    assert not target.exists()


def nodes(desk: Desk) -> list[tuple]:
    with attacks.database(desk.folder) as db:
        return db.execute("select level, at, hash from tree_node order by 1, 2").fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "delete from tree_node",
        "delete from tree_node where level = 3",
        "update tree_node set hash = zeroblob(32) where level = 1",
        "update tree_node set hash = zeroblob(3)",
    ],
)
def test_nodes_that_are_missing_or_wrong_are_made_again_by_the_next_proof(sql, mill):
    before = nodes(mill)
    size = mill.json("status")[0]["entries"]
    assert len(before) == inner_count(size)
    with attacks.database(mill.folder) as db:
        db.execute(sql)
    proved(mill, "alba.txt")
    assert checked(mill)["problems"] == []
    assert nodes(mill) == before


def test_a_proof_survives_damage_elsewhere_and_is_refused_where_it_leads_to_no_root(mill):
    with attacks.database(mill.folder) as db:
        db.execute("update entry set signature = zeroblob(64) where position = 30")
    with mill.open() as case:
        commitment = case.logbook.at(3).read_header().commitment
        assert proof_of(case, commitment=commitment).position == 3
        with pytest.raises(IntegrityError, match="signature is not"):
            proof_of(case, commitment=case.logbook.at(30).read_header().commitment)
        with pytest.raises(NotFoundError):
            proof_of(case, commitment="0" * 64)
    with attacks.database(mill.folder) as db:
        db.execute("delete from tree_node")
    with mill.open() as case, pytest.raises(IntegrityError, match="does not lead to the root"):
        proof_of(case, commitment=commitment)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"PK", b'{"format":"affiant/item-proof/1"}', b"{" * 9]
)
def test_what_is_no_proof_is_a_finding_and_no_crash(data, mill):
    (mill.folder.parent / "proof.json").write_bytes(data)
    assert checked(mill, code=5)["problems"]


def test_the_page_checks_a_proof_with_nothing_but_python_and_openssl(mill, openssl):
    page = Path(__file__).parents[2] / "docs" / "how-to" / "prove-one-item.md"
    script = page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    assert len(script.splitlines()) <= 25
    proved(mill, "alba.txt", "--open", "digest")
    namespace: dict[str, object] = {}
    text = (mill.folder.parent / "proof.json").read_text()
    for changed, holds in ((text, True), (text.replace('"path":["', '"path":["00', 1), False)):
        (mill.folder.parent / "proof.json").write_text(changed)
        failed = False
        try:
            exec(script.replace("proof.json", str(mill.folder.parent / "proof.json")), namespace)
        except (AssertionError, ValueError, SystemExit):
            failed = True
        assert failed != holds
