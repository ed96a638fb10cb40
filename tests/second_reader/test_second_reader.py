"""The second reader, written from the format page alone, says what the product says."""

import ast
import json
import re
import shutil
from copy import deepcopy
from pathlib import Path

import pytest

from affiant.corroborate import numbers_of_case
from affiant.store.projection import APPLY, SILENT
from authorities import make_authority, stamp_by_hand
from programs import path_of
from second_reader import reader
from tamper import attacks
from tamper.small_case import OPENER, build_case

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "file-format.md"
VECTORS = json.loads((ROOT / "docs" / "reference" / "vectors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """A closed case with every kind of entry, and what the product said of it."""
    folder = tmp_path_factory.mktemp("case") / "case"
    with build_case(folder, more=3) as case:
        if path_of("openssl"):
            north = make_authority(folder.parent / "authority", name="north")
            stamp_by_hand(case, authority=north, key=OPENER)
        said = {
            "leaves": case.logbook.leaves(),
            "checkpoint": case.logbook.checkpoint(),
            "claims": {row.claim_id: row.status for row in case.claims.all()},
            "quotes": sum(len(row.claim.quotes) for row in case.claims.all()),
            "numbers": [number.plain() for number in numbers_of_case(case)],
            "kinds": [entry.kind for entry in case.logbook.recorded()],
            "undone": case.logbook.undone(),
        }
    return folder, said


@pytest.fixture(scope="module")
def reading(closed):
    return reader.read_case(closed[0])


def test_the_case_has_every_kind_of_entry_that_the_product_knows(closed):
    unstamped = set() if path_of("openssl") else {"stamp.obtained/1"}
    assert set(closed[1]["kinds"]) == (APPLY.keys() | SILENT) - unstamped


def test_the_page_names_every_kind_and_no_other():
    section = PAGE.read_text(encoding="utf-8").partition("## 8.")[2].partition("## 9.")[0]
    assert set(re.findall(r"`([a-z_]+\.[a-z_]+/\d)`", section)) == APPLY.keys() | SILENT


def test_both_read_the_same_entries_leaves_and_root(closed, reading):
    said = closed[1]
    assert [entry.kind for entry in reading.entries] == said["kinds"]
    assert [entry.leaf for entry in reading.entries] == said["leaves"]
    assert reading.root == said["checkpoint"].head.root
    assert reading.signers == set(said["checkpoint"].signers)
    assert {entry.state for entry in reading.entries} == {"whole", "erased", "partly erased"}


def test_both_take_the_same_decisions_back(closed, reading):
    assert reader.taken_back(reading.entries) == closed[1]["undone"]
    assert closed[1]["undone"]


def test_both_give_every_claim_the_same_standing(closed, reading):
    found = {claim_id: reading.standing.status(claim_id) for claim_id in reading.standing.claims}
    assert found == closed[1]["claims"]
    assert set(found.values()) == {"accepted", "rejected", "unsure", "withdrawn", "superseded"}


def test_both_find_every_quote(closed, reading):
    assert reading.quotes == closed[1]["quotes"] > 0


def test_both_count_the_table_of_an_estimate(reading, tmp_path):
    assert reading.estimates == 1
    with build_case(tmp_path / "case") as case:
        [row] = case.estimates.all()
        body = deepcopy(row.body)
        body["strata"][0]["counts"] = {"1": 2}
        with case.writing(OPENER) as pen:
            pen.record("estimate.kept/1", body={**body, "estimate_id": "ab" * 16})
    with pytest.raises(reader.Forbidden, match="the table"):
        reader.read_case(tmp_path / "case")


def strip(place):
    shutil.rmtree(place)


def swap(place):
    (place / "reply.tsr").write_bytes(b"another")


def add_to(place):
    (place / "more").write_bytes(b"")


def add_beside(place):
    (place.parent / "more").write_bytes(b"")


def link(place):
    data = (place / "roots.pem").rename(place.parents[2] / "roots.pem")
    (place / "roots.pem").symlink_to(data)


@pytest.mark.parametrize("attack", [strip, swap, add_to, add_beside, link])
def test_both_hold_a_stamp_to_its_entry(attack, closed, reading, openssl, tmp_path):
    assert reading.stamps == 1
    folder = shutil.copytree(closed[0], tmp_path / "case")
    [place] = (folder / "log" / "stamps").iterdir()
    attack(place)
    with pytest.raises(reader.Forbidden, match=r"stamp|bytes"):
        reader.read_case(folder)


def test_both_compute_the_same_numbers(closed, reading):
    assert reading.numbers == closed[1]["numbers"]
    assert len(reading.numbers) >= 4


def test_the_second_reader_shares_no_code_with_the_product():
    tree = ast.parse(Path(reader.__file__).read_text(encoding="utf-8"))
    modules = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(module.split(".")[0] == "affiant" for module in modules)


@pytest.mark.parametrize(
    "attack",
    [
        lambda folder: attacks.flip_file(folder, kind="originals"),
        lambda folder: attacks.flip_file(folder, kind="texts"),
        lambda folder: attacks.delete_file(folder, kind="texts"),
        attacks.link_file,
        attacks.flip_checkpoint_file,
        attacks.change_note,
        lambda folder: attacks.flip_column(folder, column="header"),
        lambda folder: attacks.flip_column(folder, column="signature"),
        lambda folder: attacks.flip_column(folder, column="body"),
        lambda folder: attacks.flip_column(folder, column="salt"),
        lambda folder: attacks.flip_column(folder, column="opening"),
        lambda folder: attacks.delete_entry(folder, position=20),
        lambda folder: attacks.swap_entries(folder, position=20),
        lambda folder: attacks.cut_entries(folder, keep=60),
    ],
)
def test_the_second_reader_refuses_what_the_page_forbids(attack, tmp_path):
    folder = tmp_path / "case"
    build_case(folder).close()
    reader.read_case(folder)
    attack(folder)
    with pytest.raises(reader.Forbidden):
        reader.read_case(folder)


# The vectors, read by the second reader alone


def test_canonical_json_is_that_of_the_vectors():
    for case in VECTORS["canonical_json"]:
        assert reader.canonical(case["value"]).hex() == case["canonical"]
        assert reader.parsed(bytes.fromhex(case["canonical"])) == case["value"]
    for spelling in VECTORS["not_canonical"]:
        with pytest.raises(reader.Forbidden):
            reader.parsed(bytes.fromhex(spelling))


def test_the_entry_is_that_of_the_vectors():
    entry = VECTORS["entry"]
    body, salt = reader.parsed(bytes.fromhex(entry["body"])), bytes.fromhex(entry["salt"])
    salts = reader.salts_under(salt, body)
    assert {name: value.hex() for name, value in salts.items()} == entry["field_salts"]
    assert reader.digests_under(body, salts) == entry["field_digests"]
    assert reader.commitment_over(entry["field_digests"]) == entry["commitment"]
    header = bytes.fromhex(entry["header"])
    row = {
        "position": 7,
        **{name: reader.parsed(header)[name] for name in ("kind", "actor", "commitment")},
        "header": header,
        "signature": bytes.fromhex(entry["signature"]),
        "body": bytes.fromhex(entry["body"]),
        "salt": salt,
        "opening": None,
    }
    case = VECTORS["checkpoint"]["case"]
    whole = reader.act_from(row, case=case)
    assert (whole.state, whole.leaf.hex()) == ("whole", entry["leaf"])
    part = {name: bytes.fromhex(text) for name, text in entry["partly_erased"].items()}
    left = reader.act_from({**row, **part, "salt": None}, case=case)
    assert left.state == "partly erased"
    assert left.body.keys() == {"claim_ids", "by"}


def test_the_tree_is_that_of_the_vectors():
    tree = VECTORS["tree"]
    leaves = [reader.sha(b"\0" + bytes.fromhex(text)) for text in tree["leaf_inputs"]]
    assert [leaf.hex() for leaf in leaves] == tree["leaves"]
    assert [reader.root_over(leaves[:size]).hex() for size in range(9)] == tree["roots"]
    for case in tree["inclusion"]:
        path = reader.path_to(leaves[: case["size"]], case["index"])
        assert [node.hex() for node in path] == case["path"]
    for case in tree["consistency"]:
        path = reader.proof_of(leaves[: case["second"]], case["first"])
        assert [node.hex() for node in path] == case["path"]


def test_the_checkpoint_is_that_of_the_vectors():
    stated = VECTORS["checkpoint"]
    signers = reader.check_note(
        stated["note"],
        case=stated["case"],
        size=stated["size"],
        root=bytes.fromhex(stated["root"]),
    )
    assert signers == {VECTORS["public_key"]}


def test_the_paragraphs_are_those_of_the_vectors():
    stated = VECTORS["paragraphs"]
    count, root = reader.paragraphs_root(stated["text"], bytes.fromhex(stated["secret"]))
    assert (count, root.hex()) == (len(stated["paragraphs"]), stated["root"])
    leaves = [bytes.fromhex(leaf) for leaf in stated["leaves"]]
    assert [node.hex() for node in reader.path_to(leaves, 2)] == stated["path_of_2"]


def test_the_signatures_are_those_of_the_vectors():
    assert OPENER.public != VECTORS["public_key"]
    for case in VECTORS["ed25519"]:
        held = reader.holds(
            bytes.fromhex(case["message"]),
            signature=bytes.fromhex(case["signature"]),
            key=case["key"],
        )
        assert held == case["holds"]
