"""The sample case, built as ``affiant demo`` does, says what the key says and no more."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from affiant.cli.sample_case import load_plan
from affiant.language.folding import fold
from flows.desk import Desk
from flows.shared import shared_folder

KEY: dict[str, Any] = json.loads(Path(__file__).with_name("qarsan_key.json").read_text("utf-8"))
PLAN = load_plan()


JUDGED = [
    (incident, question)
    for incident, body in KEY["incidents"].items()
    for question in body["questions"]
]


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Desk:
    """The sample case, built once in a run by the command itself; to be read only."""
    folder = shared_folder(tmp_path_factory) / "shared-demo"
    folder.mkdir(exist_ok=True)
    desk = Desk(folder / "qarsan", folder / "configuration")
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "said").exists():
            said = Desk(folder / "elsewhere", desk.configuration).run("demo", desk.folder)
            (folder / "said").write_text(said.out, encoding="utf-8")
    own = tmp_path_factory.mktemp("demo")
    shutil.copytree(folder, own / "copy")
    return Desk(own / "copy" / "qarsan", own / "copy" / "configuration")


@pytest.fixture(scope="session")
def names(demo) -> dict[str, str]:
    """The plan's keys for the ids that the case gave to claims and sources.

    The reviewers decide in the plan's order, and a first decision carries the whole claim.
    """
    with demo.open() as case:
        titles = {source.name: source.source_id for source in case.sources.all()}
        documents = {row.document_id: row.name for row in case.documents.all()}
        bodies = [entry.fields or {} for entry in case.logbook.recorded()]
    carrying = [body for body in bodies if "quotes" in body][: len(PLAN["claims"])]
    found = {titles[item["name"]]: item["key"] for item in PLAN["sources"]}
    for item, body in zip(PLAN["claims"], carrying, strict=True):
        planned = item["document"].rpartition("!")[2].rpartition("/")[2]
        assert documents[body["document"]] == planned
        assert body["act"] == item["fields"]["act"]
        found[body["claim_id"]] = item["key"]
    return found


@pytest.fixture(scope="session")
def compared(demo) -> dict[str, dict[str, Any]]:
    """Incident key to question to row, as ``compare --json`` prints them."""
    labels = {body["label"]: key for key, body in KEY["incidents"].items()}
    found = {}
    for incident in demo.json("compare"):
        rows = {row["question"]: row for row in incident["questions"]}
        found[labels[incident["label"]]] = rows
    return found


def test_the_demo_says_where_to_look_and_how_long_it_took(demo):
    said = (demo.folder.parent / "said").read_text(encoding="utf-8")
    assert "index.html" in said
    assert "Verify the bundle without us" in said
    seconds = int(said.split("Done in ")[1].split(" ")[0])
    assert seconds < 60


def test_both_incidents_are_compared(compared):
    assert compared.keys() == KEY["incidents"].keys()


@pytest.mark.parametrize(("incident", "question"), JUDGED)
def test_every_state_is_the_key_s(incident, question, compared, names):
    wanted = KEY["incidents"][incident]["questions"][question]
    row = compared[incident].get(question)
    if row is None:
        assert set(wanted["states"].values()) <= {"silent", "not_reviewed"}
        return
    found = {names[voice["source_id"]]: voice["state"] for voice in row["voices"]}
    assert found == wanted["states"]


@pytest.mark.parametrize(("incident", "question"), JUDGED)
def test_every_range_and_its_members_are_the_key_s(incident, question, compared, names):
    wanted = KEY["incidents"][incident]["questions"][question]
    row = compared[incident].get(question)
    if row is None:
        assert (wanted["range"], wanted["members"]) == (None, [])
        return
    found = {"min": row["range"]["min"], "max": row["range"]["max"]}
    assert found == (wanted["range"] or {"min": None, "max": None})
    members = sorted(names.get(member, member) for member in row["range"]["members"])
    assert members == sorted(wanted["members"])


@pytest.mark.parametrize(("incident", "question"), JUDGED)
def test_every_count_of_knowers_is_the_key_s(incident, question, compared):
    wanted = KEY["incidents"][incident]["questions"][question]
    row = compared[incident].get(question)
    if row is None:
        assert (wanted["shown_independent"], wanted["at_most"]) == (0, 0)
        return
    found = row["shown_independent"], row["at_most"]
    assert found == (wanted["shown_independent"], wanted["at_most"])


def test_totals_over_several_events_are_kept_out_and_named(demo, names):
    wanted = KEY["aggregates_kept_out"]
    labels = {body["label"]: key for key, body in KEY["incidents"].items()}
    for incident in demo.json("compare"):
        kept_out = sorted(names[claim] for claim in incident["aggregates_kept_out"])
        assert kept_out == sorted(wanted.get(labels[incident["label"]], []))


def test_what_the_reviewers_do_not_agree_on_does_not_stand(demo, names):
    rows = demo.json("claim", "list", "--everyone")
    standing = {names.get(row["claim_id"]) for row in rows if row["status"] == "accepted"}
    assert not standing & KEY["not_standing"].keys()
    assert KEY["not_standing"].keys() <= set(names.values())


def every_file(demo: Desk) -> dict[str, str]:
    site = demo.folder / "out" / "site"
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in site.rglob("*")
        if path.is_file()
    }


def test_the_site_shows_none_of_the_names_that_are_never_to_be_shown(demo):
    files = every_file(demo)
    assert KEY["never_named"]
    for person in KEY["never_named"]:
        for name in [person] if isinstance(person, str) else person["names"]:
            for page, text in files.items():
                assert name not in text, (page, name)
                assert fold(name) not in fold(text), (page, name)
                assert json.dumps(name).strip('"') not in text, (page, name)


def test_the_site_has_its_pages_and_asks_the_network_for_nothing(demo):
    files = every_file(demo)
    assert {"index.html", "register.html", "proves.html", "method.html"} <= files.keys()
    assert sum(name.startswith("incident/") for name in files) == len(KEY["incidents"])
    assert any(name.startswith("check/") for name in files)
    for page, text in files.items():
        for word in ('src="http', "url(http", "@import", 'src="//'):
            assert word not in text, page


def test_the_whole_ends_without_a_complaint(demo):
    pin = demo.json("key", "list")[0]["key"]
    assert demo.verify("--pin", pin).code == 0
    bundle = demo.folder / "out" / "bundle.zip"
    assert demo.run("verify", bundle, "--pin", pin, "--json").line["problems"] == []
    assert demo.run("verify", bundle, "--pin", "ab" * 32, "--json", code=5).code == 5


def test_every_sample_document_was_read(demo):
    [status] = demo.json("status")
    assert status["unread_documents"] == 0
    assert status["not_tried"] == 0
    assert status["documents"] >= 16


def test_the_invented_reviewers_are_nobody_s_default_key(demo):
    assert not (demo.configuration / "keys" / "default").exists()
    assert {row["name"] for row in demo.json("key", "list")} == set(PLAN["reviewers"])


def test_a_second_demo_needs_another_folder(demo):
    before = sorted(demo.folder.iterdir())
    demo.run("demo", demo.folder, code=2)
    assert sorted(demo.folder.iterdir()) == before
