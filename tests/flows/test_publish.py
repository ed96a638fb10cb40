"""Only what a recorded decision publishes is shown; a bundle proves it without us."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from flows.desk import Desk, bytes_of
from flows.mill import VOICES, ids_of, killed
from tamper import attacks

PERSONS = ("Ansel Merin", "Ансель Мерин")


def shown(desk: Desk) -> str:
    """Return everything on the site as one text."""
    files = [path for path in (desk.folder / "out" / "site").rglob("*") if path.is_file()]
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(files))


def test_without_a_decision_nothing_is_published(mill):
    with mill.open() as case:
        items = list(case.policies.publications())
    for item in items:
        if item.startswith("incident:"):
            mill.run("publish", "withhold", item, "--why", "not yet")
    before = bytes_of(mill.folder, without=("log/lock",))
    [error] = mill.json("publish", "site", code=4)
    assert "no incident" in error["problem"]
    assert "affiant publish approve" in error["remedy"]
    assert bytes_of(mill.folder, without=("log/lock",)) == before


def test_a_document_without_a_decision_is_not_quoted(mill):
    mill.run("publish", "site")
    assert "seven people were killed" in shown(mill)
    mill.run("publish", "withhold", "document:deln.txt", "--why", "the union asks for it")
    mill.run("publish", "site")
    assert "seven people were killed" not in shown(mill)
    mill.clean()


def test_a_text_is_shown_in_its_quoted_paragraphs_only(mill):
    mill.run("publish", "site")
    assert "four men shot dead" in shown(mill)
    assert "Statement of Alba Merin" not in shown(mill)


def test_a_name_without_a_decision_stops_the_release(mill):
    """A published paragraph names a person whom nobody decided to publish."""
    mill.run("publish", "withhold", "person:Ansel Merin", "--why", "his sister asks for it")
    mill.run("publish", "approve", "document:letter.eml", "--why", "read")
    made = mill.add_claim(
        "letter.eml", **killed("My brother Ansel Merin was there", 1, 1, counts=[])
    )
    mill.run("link", "join", ids_of(mill)["incident"], made, "--why", "same place")
    before = bytes_of(mill.folder / "out")
    [error] = mill.json("publish", "site", code=4)
    assert "without a decision" in error["problem"]
    assert bytes_of(mill.folder / "out") == before, "not a byte of it was written"
    assert not any(name in error["problem"] + error["remedy"] for name in PERSONS)
    mill.run("publish", "approve", "person:Ansel Merin", "--why", "his sister agrees now")
    mill.run("publish", "site")
    mill.clean()


def test_a_person_is_shown_by_their_own_decision_only(mill):
    assert "Ansel Merin" in shown(mill)
    mill.run("publish", "withhold", "person:Ansel Merin", "--why", "his sister asks for it")
    mill.run("publish", "site")
    for name in PERSONS:
        assert name not in shown(mill)
    mill.clean()


def test_a_site_names_what_was_found_read_and_left_out(mill):
    [release] = mill.json("publish", "site")
    assert release["unread_documents"] == 1
    assert release["numbers"] == 1
    assert release["pages"] >= 4
    assert Path(release["index"]).is_file()


def test_no_page_asks_the_network_for_anything(mill):
    mill.run("publish", "site")
    text = shown(mill)
    for word in ('src="http', 'href="//', "url(http", "@import", "fetch(", "XMLHttpRequest"):
        assert word not in text


def test_ids_on_pages_are_made_for_that_release(mill):
    mill.run("publish", "site")
    text, ids = shown(mill), ids_of(mill)
    for name in ("incident", "alba", "deln", "source deln", "knower alba"):
        assert ids[name] not in text, name
    for name in VOICES:
        assert mill.document(f"{name}.txt").removeprefix("sha256:") not in text


def test_a_whole_bundle_verifies_here_and_by_its_own_verifier(mill, tmp_path):
    [made] = mill.json("bundle", "-o", tmp_path / "mill.zip")
    assert made["pin"] == mill.json("key", "list")[0]["key"]
    assert mill.run("verify", tmp_path / "mill.zip", "--pin", made["pin"], "--json").code == 0
    assert mill.run("verify", tmp_path / "mill.zip", "--pin", "ab" * 32, "--json", code=5).lines
    with zipfile.ZipFile(tmp_path / "mill.zip") as archive:
        (tmp_path / "verify.py").write_bytes(archive.read("verify.py"))
    done = subprocess.run(
        [sys.executable, "-I", tmp_path / "verify.py", tmp_path / "mill.zip", "--pin", made["pin"]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_bundle_of_one_incident_says_what_it_withholds(mill, tmp_path):
    incident = ids_of(mill)["incident"]
    mill.run("bundle", "--incident", incident[:8], "-o", tmp_path / "part.zip")
    done = mill.run("verify", tmp_path / "part.zip", "--json", code=3)
    assert done.line["problems"] == []
    assert "withheld" in done.line["not_checked"][0]


def test_a_changed_bundle_is_found(mill, tmp_path):
    mill.run("bundle", "-o", tmp_path / "mill.zip")
    members = attacks.members_in(tmp_path / "mill.zip")
    numbers = members[attacks.NUMBERS]
    members[attacks.NUMBERS] = numbers.replace(b'"max":7', b'"max":9')
    assert members[attacks.NUMBERS] != numbers
    attacks.put_together(members, target=tmp_path / "other.zip")
    mill.run("verify", tmp_path / "other.zip", "--json", code=5)


def test_two_bundles_of_one_state_are_the_same_bytes(mill, tmp_path):
    for name in ("a.zip", "b.zip"):
        mill.run("bundle", "-o", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_published_number_that_no_longer_follows_is_found(mill):
    """Somebody with the database but without a key changes what was published."""
    with attacks.database(mill.folder) as db:
        [(numbers,)] = db.execute("select numbers from release")
        changed = json.loads(numbers)
        changed[0]["max"] = 40
        db.execute("update release set numbers = ?", (json.dumps(changed),))
    done = mill.verify()
    assert done.code == 5
    assert any("release" in item["item"] for item in done.line["problems"])


def test_a_release_whose_number_does_not_follow_is_found_though_a_member_signed_it(mill):
    with mill.open() as case:
        release = case.policies.releases()[-1]
        numbers = [{**number, "max": 40} for number in release.numbers]
        body = {"release_id": "ab" * 6, "folder": "out/site", "numbers": numbers, "files": {}}
        with case.writing(mill.settings().key()) as pen:
            pen.record("release.made/1", body=body)
    problems = mill.verify().line["problems"]
    assert any(item["kind"] == "number" and "killed" in item["item"] for item in problems)


@pytest.mark.parametrize("words", [("publish", "approve", "incident:"), ("publish", "list")])
def test_an_item_must_be_named(words, mill):
    if words[1] == "list":
        assert {row["verdict"] for row in mill.json(*words)} == {"publish"}
    else:
        mill.run(*words, "--why", "x", code=2)
