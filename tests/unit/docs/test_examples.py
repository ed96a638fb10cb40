"""Every console example of the manual can be typed; the tutorial's are run and compared."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from unit.docs.console import DOCS, ROOT, Walk, check_command, examples

PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
needs_sh = pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh to type into")

LETTER = """Statement of a baker, taken in Velmar on 4 May 2031.

Three men were killed in Velmar on 2 May 2031. Five people were wounded in Velmar on 2 May 2031.
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
    folder = tmp_path
    for example in examples(ROOT / "README.md"):
        if example.command.startswith("./dev"):
            continue
        if example.command.startswith("cd "):
            folder = folder / example.command[3:]
            continue
        for command in _filled_in(example.command, case=case):
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


def _filled_in(command: str, *, case: Path) -> list[str]:
    """Return a line with the ids of this run for the words that stand for them."""
    for word, asked, field in (
        ("CLAIM", "claim list", "claim_id"),
        ("PROPOSAL", "link propose", "proposal_id"),
        ("KEY", "key list", "key"),
    ):
        if re.search(rf"\b{word}\b", command):
            printed = _type(f"affiant {asked} --json", folder=case).stdout.splitlines()
            assert printed, f"{asked} shows nothing for {command}"
            return [command.replace(word, json.loads(line)[field]) for line in printed]
    return [command]
