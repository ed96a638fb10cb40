"""What the manual promises of commands, tried on a small case of invented people."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from affiant.cli.main import main
from unit.docs.console import DOCS

SHAPES = (DOCS / "reference" / "json-shapes.md").read_text(encoding="utf-8")
LETTER = """Two people were killed in Velmar on 2 May 2031. One was L\u00d3RA  Kestin, a teacher.
Five people were wounded in Velmar on 2 May 2031.
"""
Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def run(tmp_path: Path, capsys) -> Run:
    """Return a function that runs a command on a case and returns what it prints."""
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    case = tmp_path / "velmar"

    def command(*words: str, expected: int = 0) -> list[dict[str, Any]]:
        capsys.readouterr()
        code = main([*words, "--case", str(case), "--json"], as_json=True)
        printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert code == expected, f"{words} left with {code}: {printed}"
        return printed

    main(["init", str(case), "--as", "Sorin Valdek"], as_json=False)
    command("add", str(tmp_path / "letter.txt"))
    command("read")
    command("suggest")
    return command


@pytest.fixture
def published(run: Run) -> Run:
    """Return the same, on a case with an incident that may be published."""
    claims = [item["claim_id"] for item in run("claim", "list")]
    accepted = [run("claim", "accept", claim)[0]["claim_id"] for claim in claims]
    run("link", "incident", "Velmar, 2 May 2031", *accepted, "--why", "One place and day.")
    run("publish", "approve", "incident:Velmar, 2 May 2031", "--why", "Read through.")
    run("publish", "approve", "document:letter.txt", "--why", "The writer agrees.")
    return run


def _name(run: Run) -> None:
    """Make a person of the case, in another spelling than the letter's."""
    claim = run("claim", "list")[0]["claim_id"]
    name = {"name": "Lora Kestin", "script": "Latn", "kind": "given"}
    also = ("--also", json.dumps(name))
    run(
        "link", "person", "Lora Kestin", "--claim", f"{claim}=Lora Kestin", *also, "--why", "Named."
    )


def test_a_page_that_would_show_a_name_without_a_decision_is_refused(published):
    published("publish", "site")
    _name(published)
    refused = published("publish", "site", expected=4)
    assert "names without a decision" in refused[0]["problem"]
    published("publish", "withhold", "person:Lora Kestin", "--why", "Asked.")
    published("publish", "site", expected=4)
    published("publish", "approve", "person:Lora Kestin", "--why", "Agrees now.")
    published("publish", "site")


def test_a_claim_that_was_exported_can_be_written_in_again(run, tmp_path):
    exported = run("exchange", "export", "--claims")
    lines = tmp_path / "claims.jsonl"
    lines.write_text("\n".join(map(json.dumps, exported)), encoding="utf-8")
    made = run("claim", "add", "letter.txt", "--from", str(lines))
    assert len(made) == len(exported) > 0
    first = {item["claim_id"]: item for item in run("claim", "list")}[made[0]["claim_id"]]
    assert (first["status"], first["quotes"]) == ("accepted", exported[0]["quotes"])


def test_an_erased_document_leaves_the_rest_whole_and_out_empty(published, tmp_path):
    published("publish", "site")
    erased = published("protect", "erase", "letter.txt", "--why", "Consent withdrawn.")[0]
    assert erased["published_copies_removed"] is True
    assert list((tmp_path / "velmar" / "out").iterdir()) == []
    assert published("verify")[0]["problems"] == []
    assert published("claim", "list", "--everyone") == []


def test_what_a_rehearsal_shows_is_not_kept(published, tmp_path):
    published("publish", "site")
    before = published("status")[0]["entries"]
    published("protect", "erase", "letter.txt", "--why", "Consent withdrawn.", "--dry-run")
    assert published("status")[0]["entries"] == before
    assert (tmp_path / "velmar" / "out" / "site" / "index.html").is_file()


def _fields(value: Any) -> set[str]:
    """Return every field name within a value, but not names that are data."""
    if isinstance(value, dict):
        data = {"checked", "claims", "reviewers_needed"}
        return set(value) | {
            name for key, inner in value.items() if key not in data for name in _fields(inner)
        }
    if isinstance(value, list):
        return {name for inner in value for name in _fields(inner)}
    return set()


LISTED = (
    "status",
    "status --documents",
    "claim list",
    "compare",
    "compare --origins",
    "verify",
    "find killed",
    "source list",
    "link propose",
    "link list",
    "history list",
    "publish list",
    "publish site",
    "key list",
    "check",
    "bundle",
)


def test_every_field_that_a_command_prints_is_on_the_page_of_shapes(published):
    _name(published)
    published("publish", "approve", "person:Lora Kestin", "--why", "Agrees.")
    printed = {words: published(*words.split()) for words in LISTED}
    printed["claim accept"] = published("claim", "accept", "nothing", expected=2)
    missing = {
        (words, name)
        for words, objects in printed.items()
        for name in _fields(objects)
        if not re.search(rf"[`\"]{name}[`\"]", SHAPES)
    }
    assert missing == set()
