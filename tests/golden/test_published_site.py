"""The published pages of an invented case file, byte for byte.

After a change that is meant, draw them anew, look at the difference, and commit both:

    AFFIANT_UPDATE_GOLDEN=1 python -m pytest tests/golden/test_published_site.py
"""

import os
import shutil
from pathlib import Path

from affiant.publish.pages import render as source
from affiant.publish.pages import render_site
from unit.publish.invented import SITE

GOLDEN = Path(__file__).parent / "site"
COPIED = {"assets/check.js", "assets/proof.js", "assets/site.css", "assets/site.js"}


def drawn() -> dict[str, bytes]:
    """Draw the site, without the files that are copied as they are."""
    return {path: page for path, page in render_site(SITE).items() if path not in COPIED}


def write(pages: dict[str, bytes]) -> None:
    """Replace the golden pages."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, page in pages.items():
        file = GOLDEN / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page)


def test_the_pages_are_those_that_were_looked_at():
    pages = drawn()
    if os.environ.get("AFFIANT_UPDATE_GOLDEN") == "1":
        write(pages)
    kept = {
        file.relative_to(GOLDEN).as_posix(): file.read_bytes()
        for file in GOLDEN.rglob("*")
        if file.is_file()
    }
    assert sorted(pages) == sorted(kept)
    changed = [path for path, page in pages.items() if page != kept[path]]
    assert changed == [], "draw them anew as this file's head says, and look at the difference"


def test_styles_and_scripts_are_copied_as_they_are():
    static = Path(source.__file__).parent / "static"
    pages = render_site(SITE)
    assert {path: pages[path] for path in COPIED} == {
        path: (static / Path(path).name).read_bytes() for path in COPIED
    }
