"""An estimate stands on the site only when a person decides so, and can be walked back."""

import json
import os
import re
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from affiant.audit.bundle import verify_bundle
from affiant.cli import estimating
from flows.decided import ANSWERED, KEPT_WHY, QUICK, kept
from flows.desk import FIRST, Desk, bytes_of
from flows.test_estimate import KOSOVO, PEOPLE, SOURCES, typed
from tamper import attacks
from tamper.verifiers import both

FAST = (*QUICK, *(word for name in SOURCES[:3] for word in ("--list", name)))
"""Three lists: three models of pairs are fitted in no time."""


def pages(desk: Desk, *, of: str = "estimate") -> list[str]:
    """Return the pages in a folder of the site as text."""
    folder = desk.folder / "out" / "site" / of
    return [path.read_text("utf-8") for path in sorted(folder.glob("*.html"))]


def words_of(page: str) -> str:
    """Return a page without its marks, each run of white space one blank."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_an_estimate_that_was_kept_is_not_published_by_that(decided):
    desk, approved = decided, kept(decided)
    desk.run("estimate", *FAST, "--keep", "nobody decided on this one", *ANSWERED)
    desk.run("publish", "site")
    [page] = pages(desk)
    assert "nobody decided on this one" not in page
    desk.run("publish", "withhold", f"estimate:{approved}", "--why", "not yet")
    desk.run("publish", "site")
    assert pages(desk) == []
    index = (desk.folder / "out" / "site" / "index.html").read_text("utf-8")
    assert "How many nobody recorded" not in index
    desk.clean()


def test_its_page_holds_the_count_the_interval_and_every_sentence_that_was_kept(decided):
    [page] = pages(decided)
    with decided.open() as case:
        [row] = case.estimates.all()
    [stratum] = row.body["strata"]
    words = words_of(page)
    for sentence in (stratum["documented"], stratum["headline"], *stratum["sentences"]):
        assert sentence in words
    assert f"Documented {PEOPLE} Documented: {PEOPLE} people" in words
    assert "never added up" in words
    assert "People whom no list could reach are not counted" in words
    assert KEPT_WHY in words
    assert ANSWERED[1] in words
    for pattern, count in stratum["counts"].items():
        names = [name for name, digit in zip(SOURCES, pattern, strict=True) if digit == "1"]
        assert f"{', '.join(names)} {count}" in words
    assert "It also counts people of 1 incident that this release does not show" in words


def test_it_is_linked_from_the_index_and_its_incidents_and_no_number_stands_there(decided):
    with decided.open() as case:
        low, high = case.estimates.all()[0].body["strata"][0]["interval95"]
    site = decided.folder / "out" / "site"
    for page in (site / "index.html", *(site / "incident").glob("*.html")):
        text = page.read_text("utf-8")
        assert re.search(r'href="(\.\./)?estimate/[0-9a-f]+\.html"', text)
        part = words_of(text[text.index("How many nobody recorded") :])
        assert f"{float(low):,.0f} to {float(high):,.0f}" not in part
        assert not re.search(rf"\b({float(low):,.0f}|{float(high):,.0f})\b", part)


def test_a_decision_takes_it_back_and_so_does_taking_back_the_keeping(decided, tmp_path):
    other = decided.copied(tmp_path / "other")
    decided.run("publish", "withhold", f"estimate:{kept(decided)}", "--why", "a list was wrong")
    [entry] = [row for row in other.json("history", "list") if row["kind"] == "estimate.kept/1"]
    other.run("history", "undo", entry["commitment"], "--why", "the seed was another")
    for desk in (decided, other):
        desk.run("publish", "site")
        assert pages(desk) == []
        desk.clean()
    assert other.json("estimate", "--kept") == []


def test_a_stale_one_is_left_out_with_the_reason_and_the_release_goes_on(decided):
    [claim, *_] = decided.json("claim", "list")
    decided.run("claim", "withdraw", claim["claim_id"], "--why", "misread")
    [row] = decided.json("estimate", "--kept")
    assert "links were changed" in row["stale"]
    decided.run("publish", "site")
    assert pages(decided) == []
    index = words_of((decided.folder / "out" / "site" / "index.html").read_text("utf-8"))
    assert "Left out of this release: an estimate of victims of killing. The links were" in index
    [error] = decided.json(
        "publish", "approve", f"estimate:{row['estimate']}", "--why", "x", code=4
    )
    assert "--keep" in error["remedy"]
    decided.clean()


def test_one_whose_lists_are_called_otherwise_now_is_left_out(decided):
    [row, *_] = [row for row in decided.json("source", "list") if row["name"] == SOURCES[0]]
    with decided.open() as case, case.writing(decided.settings(person=FIRST).key()) as pen:
        [body] = [
            entry.fields
            for entry in case.logbook.of_kind("source.declared/1")
            if entry.fields["source_id"] == row["source_id"]
        ]
        pen.record("source.declared/1", body={**body, "name": "Another Court"})
    decided.run("publish", "site")
    assert pages(decided) == []
    decided.clean()


def test_counts_of_one_or_two_hidden_people_need_an_answer_before_they_are_shown(decided):
    said = decided.run("estimate", *QUICK, "--keep", "without an answer").out
    assert "5 cells hold one or two people" in said
    [error] = decided.json("publish", "approve", f"estimate:{kept(decided)}", "--why", "x", code=4)
    assert "one or two people" in error["problem"]
    assert "--small-cells" in error["remedy"]


def test_who_is_withheld_later_takes_an_answered_estimate_off_the_site(decided):
    alone = f"Person {PEOPLE - 1:02} Merin"  # the one who stands on every list
    decided.run("publish", "withhold", f"person:{alone}", "--why", "the family asks for it")
    decided.run("publish", "site")
    assert pages(decided) == []
    index = words_of((decided.folder / "out" / "site" / "index.html").read_text("utf-8"))
    assert "nobody decided that this endangers none of them" in index
    crowd = "Person 00 Merin"  # one of nine
    decided.run("publish", "approve", f"person:{alone}", "--why", "they agreed")
    decided.run("publish", "withhold", f"person:{crowd}", "--why", "the family asks for it")
    decided.run("publish", "site")
    assert len(pages(decided)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"linkage": "no slashes"},
        {"request": {"family": "killing", "by": 3}},
        {"strata": [{"lists": ["a"], "counts": {"1": "many"}}]},
        {"incidents": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_malformed_estimate_that_a_member_signed_stops_no_release(decided, change):
    with decided.open() as case, case.writing(decided.settings(person=FIRST).key()) as pen:
        [row] = case.estimates.all()
        named = pen.new_id()
        pen.record("estimate.kept/1", body={**row.body, "estimate_id": named, **change})
        item = {"item": f"estimate:{named}", "verdict": "publish", "why": "it may be shown"}
        pen.record("publication.decided/1", body=item)
    decided.run("publish", "site")
    assert len(pages(decided)) == 1, "the other one still stands there"
    index = words_of((decided.folder / "out" / "site" / "index.html").read_text("utf-8"))
    assert "not in the form that this version reads" in index
    decided.run("publish", "approve", f"estimate:{named}", "--why", "again", code=4)
    assert "not in the form" in " ".join(decided.run("estimate", "--kept").out.split())
    told = {row["estimate"]: row["stale"] for row in decided.json("estimate", "--kept")}
    assert "not in the form" in told[named]
    decided.run("estimate", "--again", named, code=5)
    assert "estimate" in decided.run("verify", code=5).out


def test_where_everybody_is_published_no_answer_is_needed(decided):
    decided.run("estimate", *QUICK, "--keep", "without an answer")
    with decided.open() as case, case.writing(decided.settings(person=FIRST).key()) as pen:
        for person in case.incidents.persons():
            item = f"person:{person.person_id}"
            pen.record(
                "publication.decided/1", body={"item": item, "verdict": "publish", "why": "read"}
            )
    decided.run("publish", "approve", f"estimate:{kept(decided)}", "--why", "ready")
    decided.run("publish", "site")
    assert len(pages(decided)) == 2
    assert f"Of the {PEOPLE} people counted, {PEOPLE} stand in" in words_of(pages(decided)[0])


def test_a_name_that_nobody_published_stops_the_release_also_as_a_reason(decided):
    decided.run("estimate", *FAST, "--keep", "asked by Person 03 Merin", *ANSWERED)
    decided.run("publish", "approve", f"estimate:{kept(decided)}", "--why", "ready")
    before = bytes_of(decided.folder / "out")
    [error] = decided.json("publish", "site", code=4)
    assert "names without a decision would be shown" in error["problem"]
    assert bytes_of(decided.folder / "out") == before


def test_a_table_from_a_file_is_never_kept(decided):
    done = typed("estimate", "--patterns", KOSOVO, "--keep", "x", "--case", decided.folder)
    assert done.returncode == 2
    assert "walked back" in done.stderr
    for words in (("--keep", ""), ("--small-cells", "nobody")):
        decided.run("estimate", *FAST, *words, code=2)


def test_a_refusal_can_be_published_too_and_says_that_nothing_is_said(decided):
    lists = [word for name in SOURCES[:2] for word in ("--list", name)]
    decided.run("estimate", *QUICK, *lists, "--keep", "two are too few", *ANSWERED, code=4)
    decided.run("publish", "approve", f"estimate:{kept(decided)}", "--why", "an honest answer")
    decided.run("publish", "site")
    [refused] = [page for page in pages(decided) if "three are needed" in page]
    assert "none given" in refused
    assert "The documented count stands alone" in words_of(refused)
    decided.clean()


def test_strata_that_were_asked_for_apart_stand_apart(decided):
    decided.run("estimate", *FAST, "--by", "place", "--keep", "apart", *ANSWERED, code=None)
    decided.run("publish", "approve", f"estimate:{kept(decided)}", "--why", "ready")
    decided.run("publish", "site")
    [apart] = [page for page in pages(decided) if "victims of killing, by place" in page]
    assert {"place Upper Oreth", "place Lower Oreth"} <= set(re.findall(r"place \w+ Oreth", apart))
    assert "affiant estimate --of killing --by place --list" in apart
    decided.clean()


def cell(body: dict[str, Any]) -> None:
    body["strata"][0]["counts"]["1111"] += 1


def interval(body: dict[str, Any]) -> None:
    body["strata"][0]["interval95"][1] = "99999.0"


def sentence(body: dict[str, Any]) -> None:
    body["strata"][0]["sentences"][-1] = "Everybody is counted."


def headline(body: dict[str, Any]) -> None:
    body["strata"][0]["headline"] = "Estimated in all: 12 people."


def left_out_sentence(body: dict[str, Any]) -> None:
    body["strata"][0]["sentences"].pop()


def middle(body: dict[str, Any]) -> None:
    [line] = [line for line in body["strata"][0]["lines"] if line["method"] == "graphs"]
    line["estimate"] = "12345.0"


def what_if(body: dict[str, Any]) -> None:
    body["strata"][0]["variants"][1]["interval95"] = ["50.0", "51.0"]


def odds(body: dict[str, Any]) -> None:
    body["strata"][0]["odds"]["graphs"][0][3] = "50.0"


def incident(body: dict[str, Any]) -> None:
    body["incidents"].pop()


def links(body: dict[str, Any]) -> None:
    size, root, _ = body["linkage"].split("/")
    body["linkage"] = f"{size}/{root}/{'0' * 64}"


def root(body: dict[str, Any]) -> None:
    size, _, digest = body["linkage"].split("/")
    body["linkage"] = f"{size}/{'0' * 64}/{digest}"


CHANGES = (cell, interval, sentence, headline, left_out_sentence, middle, odds, incident)


@pytest.mark.parametrize("change", [*CHANGES, links, root])
def test_what_does_not_follow_is_found_also_where_a_member_signed_it(change, decided, tmp_path):
    with decided.open() as case:
        [row] = case.estimates.all()
        body = deepcopy(dict(row.body))
        change(body)
        with case.writing(decided.settings(person=FIRST).key()) as pen:
            pen.record("estimate.kept/1", body={**body, "estimate_id": "ab" * 16})
    [problem] = [row for row in decided.verify().line["problems"] if row["kind"] == "estimate"][:1]
    assert problem["item"] == "estimate abababab"
    bundle = tmp_path / "bundle.zip"
    decided.run("bundle", "--output", bundle)
    assert {problem.item for problem in verify_bundle(bundle).problems} == {"estimate abababab"}


BYTES = [
    ('"1111":1', '"1111":2'),
    ('"interval95":["5', '"interval95":["6'),
    ("People whom", "people whom"),
]


@pytest.mark.parametrize(("old", "new"), BYTES, ids=["cell", "interval", "sentence"])
def test_one_changed_byte_is_found_by_the_case_and_by_both_verifiers(old, new, decided, tmp_path):
    bundle = tmp_path / "bundle.zip"
    decided.run("bundle", "--output", bundle)
    with decided.open() as case:
        [row] = case.estimates.all()
        body = case.logbook.at(row.position).body.decode("utf-8")
        assert old in body
        changed = {"body": body.replace(old, new, 1).encode(), "at": row.position}
        case.db.execute("update entry set body = :body where position = :at", changed)
    found = decided.verify().line["problems"]
    assert f"entry {row.position}" in {each["item"].partition(" (")[0] for each in found}
    members = attacks.members_in(bundle)
    lines = attacks.lines_of(members)
    lines[row.position]["body"] = body.replace(old, new, 1)
    attacks.put_together(attacks.with_lines(members, lines), target=bundle)
    assert both(bundle) == (5, {(f"entry {row.position}", "commitment")})


def test_a_whole_bundle_lets_anybody_count_the_table_again(decided, tmp_path):
    bundle = tmp_path / "bundle.zip"
    decided.run("bundle", "--output", bundle)
    assert both(bundle) == (0, set())
    report = verify_bundle(bundle)
    assert report.checked["estimates"] == 1
    assert report.problems == report.not_checked == []


def test_a_bundle_of_one_incident_holds_its_estimate_once_it_is_published(decided, tmp_path):
    decided.run("estimate", *FAST, "--keep", "not to be published", *ANSWERED)
    with decided.open() as case:
        shown, withheld = (row.position for row in case.estimates.all())
        [incident] = [
            row.incident_id for row in case.incidents.all() if row.label == "Oreth, May 2031"
        ]
    bundle = tmp_path / "bundle.zip"
    decided.run("bundle", "--output", bundle, "--incident", incident)
    lines = attacks.lines_of(attacks.members_in(bundle))
    assert "body" in lines[shown]
    assert "leaf" in lines[withheld]
    report = verify_bundle(bundle)
    assert report.exit_code == 3
    assert "estimates" not in report.checked
    assert both(bundle) == (3, set())


def test_a_kept_estimate_is_worked_out_again_to_the_last_digit(decided):
    assert decided.json("estimate", "--again", kept(decided)[:8])[0]["same"]
    decided.run("estimate", "--again", "none", code=None)
    with decided.open() as case:
        [row] = case.estimates.all()
        body = deepcopy(dict(row.body))
        what_if(body)
        with case.writing(decided.settings(person=FIRST).key()) as pen:
            pen.record("estimate.kept/1", body={**body, "estimate_id": "ab" * 16})
    [error] = decided.json("estimate", "--again", "abab", code=5)
    assert "variants" in error["problem"]


def test_an_erased_document_recalls_the_estimate_that_counted_it(decided):
    decided.run("protect", "erase", "list3.txt", "--why", "consent withdrawn")
    assert not (decided.folder / "out" / "site").exists()
    [row] = decided.json("estimate", "--kept")
    assert "links were changed" in row["stale"]
    found = decided.verify().line
    assert found["problems"] == []
    assert any("recalled by a later erasure" in note for note in found["notes"])
    decided.run("publish", "site")
    assert pages(decided) == []


def test_an_erased_person_recalls_the_estimate_that_counted_them(decided):
    [person, *_] = [row for row in decided.json("link", "list") if "person_id" in row]
    decided.run("protect", "erase", person["person_id"], "--why", "the family asks for it")
    [row] = decided.json("estimate", "--kept")
    assert "links were changed" in row["stale"]
    decided.run("publish", "site")
    assert pages(decided) == []
    assert decided.verify().line["problems"] == []


def test_an_estimate_can_be_erased_by_its_id(decided):
    erased = kept(decided)
    decided.run("protect", "erase", erased, "--why", "a cell of it endangers somebody")
    assert decided.json("estimate", "--kept") == []
    assert KEPT_WHY.encode() not in (decided.folder / "case.db").read_bytes()
    assert b"capture_table/1" not in (decided.folder / "case.db").read_bytes()
    decided.run("publish", "site")
    assert pages(decided) == []
    decided.clean()


def test_one_of_whose_entry_a_part_was_erased_is_left_out(decided):
    [entry] = [row for row in decided.json("history", "list") if row["kind"] == "estimate.kept/1"]
    decided.run(
        "protect", "erase", entry["commitment"], "--field", "why", "--why", "named somebody"
    )
    decided.run("publish", "site")
    assert pages(decided) == []
    index = words_of((decided.folder / "out" / "site" / "index.html").read_text("utf-8"))
    assert "cannot be proved any more" in index
    decided.clean()


def test_it_does_not_travel_in_a_packet(decided):
    lines = decided.run("exchange", "export").out.splitlines()
    assert lines
    assert not any("estimate.kept" in line for line in lines)


def test_the_table_is_refused_where_the_links_changed_while_it_was_estimated(decided, monkeypatch):
    inner = estimating.estimate

    def slow(table: Any, **how: Any) -> Any:
        [claim, *_] = decided.json("claim", "list")
        decided.run("claim", "withdraw", claim["claim_id"], "--why", "meanwhile")
        return inner(table, **how)

    monkeypatch.setattr(estimating, "estimate", slow)
    before = len(decided.json("estimate", "--kept"))
    [*_, error] = decided.run("estimate", *FAST, "--keep", "x", "--json", code=4).lines
    assert "changed while" in error["problem"]
    assert len(decided.json("estimate", "--kept")) == before


def without_scipy(folder: Path) -> dict[str, str]:
    """Return surroundings in which scipy is not installed."""
    folder.mkdir()
    (folder / "scipy.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'scipy'\", name='scipy')\n"
    )
    path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    return {"PYTHONPATH": path}


def test_without_scipy_verify_says_what_it_did_not_do_and_publish_names_the_extra(
    decided, tmp_path
):
    around = {**decided.environment, **without_scipy(tmp_path / "bare")}

    def at(*words: str) -> subprocess.CompletedProcess[str]:
        return typed(*words, "--case", decided.folder, "--json", **around)

    verified = at("verify")
    assert verified.returncode == 3, verified.stdout
    assert "kept estimates" in json.loads(verified.stdout)["not_checked"][0]
    published = at("publish", "site")
    assert published.returncode == 2
    assert "affiant[estimate]" in published.stdout
    decided.run("publish", "withhold", f"estimate:{kept(decided)}", "--why", "not here")
    assert at("publish", "site").returncode == 0


def test_a_rehearsed_keeping_keeps_nothing(decided, tmp_path):
    before = bytes_of(decided.folder, without=("log/lock",))
    page = tmp_path / "page.html"
    decided.run("estimate", *FAST, "--keep", "x", "--page", page, "--dry-run")
    assert bytes_of(decided.folder, without=("log/lock",)) == before
    assert not page.exists()


def test_the_same_state_draws_the_same_numbers_again(decided):
    [before] = pages(decided)
    decided.run("publish", "site", person=FIRST)
    [after] = pages(decided)
    table = re.compile(r"<section class=\"stratum\".*?</section>", re.S)
    assert table.findall(before) == table.findall(after)
