"""Every console example of the manual can be typed; the tutorial's are run and compared."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from unit.docs.console import DOCS, ROOT, Walk, check_command, examples

PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
needs_sh = pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh to type into")

LETTER = """Statement of a baker, taken in Velmar on 4 May 2031.

Three men were killed at the market of Velmar on 2 May 2031. I saw it.
"""


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_that_a_page_shows_exists_as_it_is_written(page):
    for example in examples(page):
        check_command(example.command)
    inline = re.findall(r"`(affiant(?: [^`\n]+)?)`", page.read_text(encoding="utf-8"))
    for line in inline:
        check_command(line.removesuffix("…").strip(), whole=False)


@needs_sh
def test_the_tutorial_shows_what_a_reader_will_see(tmp_path):
    walk = Walk(tmp_path)
    for example in examples(DOCS / "tutorial" / "sample-case.md"):
        walk.take(example)


@needs_sh
def test_the_first_case_of_the_readme_can_be_typed_to_its_end(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text(LETTER, encoding="utf-8")
    case = tmp_path / "velmar"
    found: dict[str, Callable[[], str]] = {
        "CLAIM": lambda: _first(case, "claim", "list")["claim_id"],
        "PROPOSAL": lambda: _first(case, "link", "propose")["proposal_id"],
        "KEY": lambda: _first(case, "key", "list")["key"],
    }
    folder = tmp_path
    for example in examples(ROOT / "README.md"):
        if example.command.startswith(("./dev", ". ")):
            continue
        if example.command.startswith("cd "):
            folder = folder / example.command[3:]
            continue
        command = re.sub(
            r"\b(CLAIM|PROPOSAL|KEY)\b", lambda match: found[match[1]](), example.command
        )
        done = _type(command, folder=folder)
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
    assert (case / "out" / "site" / "index.html").is_file()


def _type(command: str, *, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line as it was typed, with the affiant of this Python."""
    return subprocess.run(
        ["sh", "-c", f'PATH="{Path(sys.executable).parent}:$PATH"; {command}'],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def _first(case: Path, *words: str) -> dict[str, str]:
    """Return the first object that a command prints as JSON."""
    done = _type(f"affiant {' '.join(words)} --json", folder=case)
    return json.loads(done.stdout.splitlines()[0])
