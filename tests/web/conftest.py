"""What the tests of the workbench share."""

from collections.abc import Callable, Iterator

import pytest

from flows.desk import Desk, new_desk, write
from flows.sample import sample_once
from flows.shared import mill, mill_once

pytest.importorskip("playwright", reason="playwright is not installed: the workbench is not tried")

from playwright.sync_api import Browser

from unit.publish.browser import browsing
from web.bench import Sitting, Tab, sitting
from web.pages import ARABIC, ENGLISH, PERSIAN

__all__ = ["mill", "mill_once", "sample_once"]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Run Chromium for the tests of one file: it holds a loop that others may not run in."""
    with browsing(chromium) as running:
        yield running


@pytest.fixture
def read_desk(tmp_path) -> Desk:
    """A case with three documents that were read, and suggestions where there are rules."""
    desk = new_desk(tmp_path / "case")
    documents = {"nurse.txt": ENGLISH, "baker.txt": PERSIAN, "port.txt": ARABIC}
    desk.run("add", write(tmp_path / "in", documents))
    desk.run("read")
    desk.run("suggest")
    return desk


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., tuple[Sitting, Tab]]]:
    """Return a function: run the workbench of a case and open it in a tab."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def open_bench(desk: Desk, /, *, person: str | None = None, **screen: object):
            at = stack.enter_context(sitting(desk, person=person))
            tab = Tab(browser, at=at, **screen)
            stack.callback(tab.context.close)
            return at, tab

        yield open_bench
