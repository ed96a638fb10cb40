"""How many nobody recorded: from a case and from tables, on the command line, or refused."""

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from affiant.claims.anchoring import place_quotes
from affiant.claims.review import add_claim
from affiant.estimate.strata import linkage_of
from affiant.link import PersonForm, open_person
from affiant.model.claim import decode_claim
from affiant.model.speaker import Speaker
from flows.desk import COMMAND, FIRST, Desk, new_desk, write

KOSOVO = Path(__file__).parent.parent / "unit" / "estimate" / "data" / "kosovo4.csv"
SOURCES = ("Oreth Court", "Alba Clinic", "Hill Parish", "River Letter")
PATTERNS = {
    "1000": 9, "0100": 8, "0010": 7, "0001": 6, "1100": 4, "1010": 3, "0110": 3,
    "1001": 2, "0101": 2, "0011": 2, "1110": 2, "1111": 1,
}  # fmt: skip
PEOPLE = sum(PATTERNS.values())
FAST = ("--budget", "0")


def on_lists() -> list[tuple[str, str]]:
    """Return (invented name, pattern) of everybody."""
    patterns = [pattern for pattern, count in PATTERNS.items() for _ in range(count)]
    return [(f"Person {at:02} Merin", pattern) for at, pattern in enumerate(patterns)]


def build(folder: Path) -> Desk:
    """Build a case in which four sources list people whom somebody linked."""
    desk = new_desk(folder, name="oreth")
    texts = {
        f"list{at}.txt": f"{source} names those killed in Oreth:\n"
        + "".join(f"{name} was killed.\n" for name, on in on_lists() if on[at] == "1")
        for at, source in enumerate(SOURCES)
    }
    desk.run("add", write(folder / "in", texts))
    desk.run("read")
    for at, source in enumerate(SOURCES):
        desk.run("source", "declare", source, "--kind", "organisation")
        desk.run("source", "attribute", source, f"list{at}.txt")
    documents = [desk.document(name) for name in texts]
    key = desk.settings(person=FIRST).key()
    with desk.open() as case:
        for name, pattern in on_lists():
            mentions = []
            for at, document in enumerate(documents):
                if pattern[at] == "1":
                    text = case.documents.text_of(document)
                    claim = killed(name, case.text(text.text_digest), text.text_digest)
                    made = add_claim(case, claim=claim, document=document, why=None, key=key)
                    mentions.append((made, name))
            open_person(case, form=PersonForm(name=name), mentions=mentions, why="one", key=key)
    return desk


def killed(name: str, text: str, digest: str):
    quotes = place_quotes(
        [{"slot": "act", "exact": f"{name} was killed"}], text=text, text_digest=digest
    )
    half = "Upper Oreth" if int(name.split()[1]) % 2 else "Lower Oreth"
    return decode_claim(
        {
            "act": "killing",
            "speakers": [{"name": None}],
            "quotes": quotes,
            "where": {"words": half, "name": f"mill, {half}"},
            "when": {"edtf": "2031-05-03", "basis": "explicit", "words": ""},
            "involvements": [
                {"name": name, "role": "victim", "side": "victim", "strength": "named"}
            ],
        }
    )


@pytest.fixture(scope="module")
def counted_once(tmp_path_factory) -> Desk:
    return build(tmp_path_factory.mktemp("oreth"))


@pytest.fixture
def counted(counted_once, tmp_path) -> Desk:
    return counted_once.copied(tmp_path)


def typed(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **more},
    )


def lines_of(done: subprocess.CompletedProcess[str]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_sources_are_lists_and_linked_persons_stand_on_them(counted):
    lines = counted.json("estimate", *FAST)
    assert lines[0]["documented"] == PEOPLE
    assert lines[0]["lists"] == list(SOURCES)
    with counted.open() as case:
        assert lines[0]["linkage"] == linkage_of(case)
    said = counted.run("estimate", *FAST).out
    assert f"Documented: {PEOPLE} people" in said
    assert "Links as in the log of" in said
    counted.clean()


def test_looking_changes_nothing_and_the_same_seed_gives_the_same_bytes(counted, tmp_path):
    before = (counted.folder / "case.db").read_bytes()
    words = ("estimate", "--budget", "5", "--seed", "7")
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    first, second = (counted.run(*words, "--json", "--page", page) for page in pages)
    assert first.out == second.out
    assert pages[0].read_bytes() == pages[1].read_bytes()
    assert (counted.folder / "case.db").read_bytes() == before


def test_strata_are_estimated_apart_and_each_holds_its_own_people(counted):
    code = counted.run("estimate", *FAST, "--by", "place", "--json", code=None)
    lines = [line for line in code.lines if "method" in line]
    documented = {line["stratum"]["place"]: line["documented"] for line in lines}
    assert documented.keys() == {"Upper Oreth", "Lower Oreth"}
    assert sum(documented.values()) == PEOPLE
    [error] = counted.json("estimate", "--by", "sex", code=2)
    assert "--persons" in error["remedy"]


def test_a_withdrawn_claim_lists_nobody(counted):
    [claim, *_] = counted.json("claim", "list")
    counted.run("claim", "withdraw", claim["claim_id"], "--why", "misread")
    lines = counted.json("estimate", *FAST)
    assert lines[0]["documented"] in (PEOPLE, PEOPLE - 1)
    assert lines[0]["left_out"] == ["1 mentions that do not tell of them as victims of this"]


def test_whoever_a_source_denies_was_killed_is_not_on_its_list(counted):
    key = counted.settings(person=FIRST).key()
    document = counted.document("list3.txt")
    [(name, _), *_] = [pair for pair in on_lists() if pair[1] == "0001"]
    with counted.open() as case:
        text = case.documents.text_of(document)
        told = killed(name, case.text(text.text_digest), text.text_digest)
        denial = replace(told, speakers=(Speaker(name=None, stance="denies"),))
        made = add_claim(case, claim=denial, document=document, why=None, key=key)
        form = PersonForm(name="Somebody else")
        open_person(case, form=form, mentions=[(made, name)], why="denied", key=key)
    lines = counted.json("estimate", *FAST)
    assert lines[0]["documented"] == PEOPLE
    assert lines[0]["left_out"] == ["1 mentions that do not tell of them as victims of this"]


def test_a_list_that_repeats_another_is_refused_or_merged_and_never_independent(counted):
    counted.run("source", "repeats", "list3.txt", "list0.txt", "--why", "copied out")
    refused = counted.run("estimate", "--json", code=4).lines
    assert {line["refused"] for line in refused[:-1]} == {True}
    assert refused[0]["reasons"][0]["code"] == "derived-lists"
    assert refused[-1]["exit_code"] == 4
    assert "River Letter and Oreth Court" in refused[-1]["problem"]
    merged = counted.json("estimate", *FAST, "--merge-derived")
    assert merged[0]["lists"] == ["Oreth Court+River Letter", "Alba Clinic", "Hill Parish"]
    assert merged[0]["documented"] == PEOPLE


def test_lists_whose_knowers_are_dependent_are_derived_too(counted):
    claims = {}
    for row in counted.json("claim", "list"):
        claims.setdefault(row["document"], row["claim_id"])
    one, other = list(claims.values())[:2]
    [knower] = counted.json("source", "knower", "a nurse", "--basis", "saw")
    for claim in (one, other):
        counted.run("source", "knows", knower["knower_id"], claim, "--why", "she told both")
    refused = counted.run("estimate", "--json", code=4).lines
    assert refused[0]["reasons"][0]["code"] == "derived-lists"


def test_a_table_that_was_kept_is_refused_once_the_links_have_changed(counted, tmp_path):
    table = tmp_path / "table.json"
    counted.run("estimate", *FAST, "--keep-table", table)
    lines = counted.json("estimate", *FAST, "--patterns", table)
    assert lines[0]["documented"] == PEOPLE
    counted.run("policy", "set", "reviewers_needed", "1")  # another entry, the same links
    counted.json("estimate", *FAST, "--patterns", table)
    [claim, *_] = counted.json("claim", "list")
    counted.run("claim", "withdraw", claim["claim_id"], "--why", "misread")
    refused = counted.run("estimate", "--patterns", table, "--json", code=4).lines
    assert refused[0]["reasons"][0]["code"] == "stale-table"
    elsewhere = typed("estimate", "--patterns", table, "--case", tmp_path / "nowhere", "--json")
    assert elsewhere.returncode == 4
    assert "not here" in lines_of(elsewhere)[-1]["problem"]


def test_a_case_in_which_nobody_is_linked_says_what_to_do(tmp_path):
    [error] = new_desk(tmp_path).json("estimate", code=4)
    assert "affiant link person" in error["remedy"]


def test_kosovo_comes_out_as_published_in_a_process_of_its_own():
    done = typed("estimate", "--patterns", KOSOVO, *FAST, "--json")
    assert done.returncode == 0, done.stderr
    lines = lines_of(done)
    [profile] = [
        line
        for line in lines
        if line["method"] == "loglinear" and line["interval_kind"].startswith("profile")
    ]
    assert profile["estimate"] == pytest.approx(10356.52, abs=0.01)
    assert profile["interval95"] == pytest.approx([8994.14, 12110.62], abs=1)
    assert {line["documented"] for line in lines} == {4400}
    again = typed("estimate", "--patterns", KOSOVO, *FAST, "--json")
    assert again.stdout == done.stdout


def test_csv_and_table_show_no_number_that_was_refused(tmp_path):
    korea = KOSOVO.with_name("korea3.csv")
    page = tmp_path / "page.html"
    done = typed("estimate", "--patterns", korea, *FAST, "--csv", "--page", page)
    assert done.returncode == 0
    graphs = [line for line in done.stdout.splitlines() if ",graphs," in line]
    assert len(graphs) == 1
    assert ",graphs,,,,posterior quantiles,yes," in graphs[0]
    plain = typed("estimate", "--patterns", korea, *FAST).stdout
    assert "refused" in plain
    for number in ("159", "388"):
        assert f" {number} " not in plain
        assert f">{number}<" not in page.read_text("utf-8")


def test_a_refusal_leaves_with_four_and_its_reasons_in_every_form(tmp_path):
    table = tmp_path / "two.csv"
    table.write_text("court,clinic,count\n1,0,9\n0,1,8\n1,1,3\n")
    plain = typed("estimate", "--patterns", table)
    assert plain.returncode == 4
    assert "No estimate is given" in plain.stdout
    assert "three are needed" in plain.stdout
    assert "Find a third list" in plain.stderr
    lines = lines_of(typed("estimate", "--patterns", table, "--json"))
    assert lines[-1].keys() == {"problem", "remedy", "exit_code"}
    assert all(line["estimate"] is None for line in lines[:-1])


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("a,b,c,count\n1,0,0,0\n0,1,0,0\n", 4, "counts nobody"),
        ("a,b,c,count\n1,x,0,5\n", 2, "line 2"),
        ("a,b,c\n1,0,0\n", 2, "first line"),
        ("\x00", 2, "null"),
    ],
)
def test_a_table_of_nobody_or_of_nonsense_says_where_and_leaves_no_trace(
    tmp_path, content, code, words
):
    table = tmp_path / "table.csv"
    table.write_text(content)
    done = typed("estimate", "--patterns", table)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_without_scipy_the_extra_is_named(tmp_path):
    (tmp_path / "scipy.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'scipy'\", name='scipy')\n"
    )
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = typed("estimate", "--patterns", KOSOVO, PYTHONPATH=path)
    assert done.returncode == 2
    assert "affiant[estimate]" in done.stderr
