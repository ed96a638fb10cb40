"""The page of a published estimate in a real browser: checkable, reachable, fit for paper."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from flows.desk import Desk

pytest.importorskip("playwright", reason="playwright is not installed: no page is opened")

from playwright.sync_api import Browser, Page

from unit.publish.browser import Watched, browsing, change_data, computed, differing

SCREENS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
SHOWN = ("cell", "count", "interval", "line", "variant", "odds", "said")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with browsing(chromium) as running:
        yield running


@pytest.fixture
def site(decided_once: Desk, tmp_path: Path) -> Path:
    """A copy of the site, to be changed."""
    return shutil.copytree(decided_once.folder / "out" / "site", tmp_path / "site")


@pytest.fixture
def estimate(site: Path) -> Path:
    [page] = (site / "estimate").glob("*.html")
    return page


def opened(browser: Browser, file: Path, *, screen: str = "light") -> Watched:
    tab = Watched(browser.new_context(**SCREENS[screen]).new_page())
    tab.page.goto(file.as_uri())
    return tab


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_of_such_a_site_breaks_a_rule_of_access_or_leaves_the_folder(browser, site, screen):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not installed: rules of access are not checked",
    ).Axe()
    rules = {"preload": False, "rules": {"target-size": {"enabled": True}}}
    for file in sorted(site.rglob("*.html")):
        tab = opened(browser, file, screen=screen)
        found = axe.run(tab.page, options=rules).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], file.name
        assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), file.name
        tab.confirm_quiet()
        tab.page.context.close()


def test_it_is_the_same_in_every_step(browser, estimate):
    tab = opened(browser, estimate)
    assert computed(tab.page) == "same"
    steps = tab.page.locator("#steps li[data-step]").count()
    assert steps > 15
    assert tab.page.inner_text("#verdict") == f"✓ The same in all {steps} steps."
    tab.confirm_quiet()


def digit_changed(page: Page, *, of: str) -> None:
    """Change the first digit, or else the first letter, that a reader sees in such a place."""
    page.evaluate(
        """name => {
            const at = document.querySelector(`[data-shown="${name}"]`);
            const leaf = at.querySelector(".num") || at;
            const text = leaf.textContent;
            leaf.textContent = text.replace(/[0-9A-Za-z]/, one => one === "1" ? "2" : "1");
        }""",
        of,
    )


@pytest.mark.parametrize("place", SHOWN)
def test_one_changed_sign_on_the_page_is_named(browser, estimate, place):
    tab = opened(browser, estimate)
    digit_changed(tab.page, of=place)
    assert computed(tab.page) == "different"
    assert differing(tab.page) == {"estimate"}


def test_a_sentence_that_was_taken_away_is_named(browser, estimate):
    tab = opened(browser, estimate)
    tab.page.evaluate("document.querySelector('li[data-shown=said]').remove()")
    assert computed(tab.page) == "different"


def test_a_changed_count_in_the_data_does_not_lead_to_the_commitment(browser, estimate):
    def change(data: dict) -> None:
        opened = data["estimate"]["opened"]["strata"]
        assert '"1111":1' in opened["value"]
        opened["value"] = opened["value"].replace('"1111":1', '"1111":2')

    data = estimate.with_suffix(".data.js")
    data.write_bytes(change_data(data.read_bytes(), change=change))
    tab = opened(browser, estimate)
    assert computed(tab.page) == "different"
    assert {"field", "estimate"} <= differing(tab.page)


def test_ids_of_the_case_stay_closed(estimate):
    text = estimate.with_suffix(".data.js").read_text("ascii")
    assert '"estimate_id": {' not in text
    assert '"incidents": {' not in text


def test_on_paper_it_keeps_its_figures_and_has_no_button(browser, estimate):
    pypdf = pytest.importorskip("pypdf")
    tab = opened(browser, estimate)
    data = tab.page.pdf(format="A4")
    pages = pypdf.PdfReader(BytesIO(data)).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "People whom no list could reach are not counted" in text
    assert "Hill Parish, River Letter 2" in text  # the table, which is folded on a screen
    assert "Compute it now" not in text
    assert len(pages) <= 8


def test_no_interval_reads_backwards_on_a_page_that_runs_from_the_right(browser, estimate):
    page = opened(browser, estimate).page
    page.evaluate("document.documentElement.dir = 'rtl'")
    ends = page.evaluate(
        """() => [...document.querySelectorAll("[data-shown] bdi")].map((each) => {
            const words = each.firstChild, end = words.length, at = document.createRange();
            at.setStart(words, 0); at.setEnd(words, 1);
            const low = at.getBoundingClientRect().left;
            at.setStart(words, end - 1); at.setEnd(words, end);
            return [low, at.getBoundingClientRect().left];
        }).filter(([low, high]) => low || high)"""
    )
    assert len(ends) > 10
    assert all(low < high for low, high in ends)
