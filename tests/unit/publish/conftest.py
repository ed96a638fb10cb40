"""One browser and one site for all tests of the published pages."""

from pathlib import Path

import pytest

from affiant.language.folding import browser_table
from affiant.publish.pages import render_site
from unit.publish.invented import SITE


@pytest.fixture(scope="module")
def browser(chromium: str):
    """Run Chromium for the tests of one file."""
    pytest.importorskip("playwright", reason="playwright is not installed: no page is opened")
    from unit.publish.browser import browsing

    with browsing(chromium) as running:
        yield running


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Draw the invented site with the real folding table."""
    from dataclasses import replace

    return render_site(replace(SITE, folding=browser_table()))


@pytest.fixture(scope="module")
def site(pages: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the invented site into a folder."""
    from unit.publish.browser import write_site

    return write_site(tmp_path_factory.mktemp("site"), pages=pages)
