"""The reference pages say what the code does: commands, words, errors, codes, shapes, tests."""

import ast
import inspect
import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from affiant import errors
from affiant.cli.policy import ALLOWED
from affiant.model import vocabulary
from affiant.read.codes import PARTIAL, UNREADABLE
from affiant.store.erasure import ERASABLE_FIELDS
from affiant.store.policies import DEFAULTS
from unit.docs.console import DOCS, ROOT

REFERENCE = DOCS / "reference"
PAGES = SimpleNamespace(**runpy.run_path(str(ROOT / "benchmarks" / "make_command_pages.py")))
COMMANDS = list(PAGES.walk(PAGES.affiant, path=("affiant",)))
ERRORS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if kind.__module__ == "affiant.errors"
]


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["commands", "vocabulary"])
def test_a_page_made_from_the_code_is_what_the_code_says(name):
    made = getattr(PAGES, f"{name}_page")()
    remedy = "run python benchmarks/make_command_pages.py"
    assert page(f"{name}.md") == made, remedy


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_every_command_and_option_is_documented(path):
    command = dict(COMMANDS)[path]
    sections = re.split(r"^#{2,3} ", page("commands.md"), flags=re.MULTILINE)
    found = [section for section in sections if section.startswith(" ".join(path) + "\n")]
    assert len(found) == 1
    for option in PAGES.own_options(command):
        assert all(name in found[0] for name in option.opts)
    assert command.help, "a command says what it does"


def test_options_that_all_share_are_documented():
    head = page("commands.md").split("\n## ")[0]
    for option in (*PAGES.SHARED, PAGES.REHEARSAL):
        assert all(name in head for name in option.opts)


def test_every_closed_list_stands_on_the_page_of_words():
    lists = {
        name: set(words)
        for name, words in vars(vocabulary).items()
        if isinstance(words, dict) and name.isupper() and name not in ("FAMILY_OF",)
    }
    text = page("vocabulary.md")
    for words in lists.values():
        assert {
            word for word in words if f"`{word}`" not in text and f"### {word}" not in text
        } == set()


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_is_documented_with_its_exit_code(kind):
    assert f"| `{kind.__name__}` | {kind.exit_code} |" in page("errors-and-exit-codes.md")


def test_no_error_is_documented_that_is_not_there():
    named = set(re.findall(r"^\| `(\w+Error)`", page("errors-and-exit-codes.md"), re.MULTILINE))
    assert named == {kind.__name__ for kind in ERRORS}


def test_every_kind_of_problem_is_documented():
    kinds = set()
    for path in (ROOT / "src" / "affiant" / "audit").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "kind":
                kinds |= {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
    text = page("errors-and-exit-codes.md")
    assert len(kinds) > 5
    assert {kind for kind in kinds if f"`{kind}`" not in text} == set()


def test_every_reason_for_not_reading_is_documented_in_its_own_words():
    text = page("formats.md")
    for code, words in {**UNREADABLE, **PARTIAL}.items():
        assert f"| `{code}` | {words} |" in text


def test_every_policy_and_its_values_are_documented():
    text = page("policies.md")
    assert set(ALLOWED) == set(DEFAULTS)
    for name, values in ALLOWED.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}`"))
        shown = values if len(values) < 6 else (values[0], values[-1])  # a row of numbers: its ends
        assert all(f"`{value}`" in row for value in shown)


def test_every_field_that_can_be_erased_alone_is_named():
    text = (DOCS / "how-to" / "protect-a-person.md").read_text(encoding="utf-8")
    assert {field for field in ERASABLE_FIELDS if f"`{field}`" not in text} == set()


def test_the_rules_of_counting_are_explained_under_their_names():
    text = (DOCS / "explanation" / "counting.md").read_text(encoding="utf-8")
    for rule in (DEFAULTS["counting_rule"], DEFAULTS["grading_rule"], "seven_states/1"):
        assert f"`{rule}`" in text


def test_a_test_that_is_named_as_a_proof_is_there():
    text = (DOCS / "explanation" / "threats-and-what-is-covered.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    there = {
        name
        for path in Path(ROOT / "tests").rglob("test_*.py")
        for name in re.findall(
            r"^\s*def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert len(named) > 20
    assert named - there == set()


def test_every_threat_has_its_row():
    text = (DOCS / "explanation" / "threats-and-what-is-covered.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|.*\*\*(Covered|Partly|Not yet)", text, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 17))


def test_decisions_are_numbered_without_gaps_and_have_one_form():
    pages = sorted((DOCS / "decisions").glob("*.md"))
    for number, path in enumerate(pages, start=1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04} ".strip())
        assert text.startswith(f"# {number:04} ")
        for part in ("**Decided.**", "**Why.**", "**Left aside.**", "**What it costs.**"):
            assert part in text, f"{path.name} lacks {part}"
