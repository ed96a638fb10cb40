"""The sample case's site in a real browser: quiet, reachable, checkable, fit for paper."""

import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from flows.desk import Desk

pytest.importorskip("playwright", reason="playwright is not installed: no page is opened")

from playwright.sync_api import Browser, Page

from unit.publish.access import violations
from unit.publish.browser import Watched, browsing, change_data, computed, differing

SCREENS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
MOST_VOICES = 15
MOST_PRINTED = 14
FOCUSED = """() => {
    const at = document.activeElement;
    return at.id || at.getAttribute("aria-label") || at.className || at.textContent.trim();
}"""

OpenPage = Callable[..., Watched]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Run Chromium for the tests of this file."""
    with browsing(chromium) as running:
        yield running


@pytest.fixture(scope="module")
def site(sample_once: Desk) -> Path:
    """The folder of the sample's site."""
    return sample_once.folder / "out" / "site"


@pytest.fixture
def opened(browser: Browser) -> Iterator[OpenPage]:
    """Return a function: open a file on a screen, watched."""
    contexts = []

    def open_page(file: Path, *, screen: str = "light") -> Watched:
        context = browser.new_context(**SCREENS[screen])
        contexts.append(context)
        tab = Watched(context.new_page())
        tab.page.goto(file.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def main_incident(site: Path) -> Path:
    """The page with the most voices."""
    voices = {
        file: len(re.findall(r"<table class=\"mx\">.*?</thead>", file.read_text("utf-8"), re.S)[0])
        for file in (site / "incident").glob("*.html")
    }
    return max(voices, key=lambda file: voices[file])


def checks(site: Path) -> list[Path]:
    """Return the pages that check a number."""
    return sorted((site / "check").glob("*.html"))


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_breaks_a_rule_of_access_or_asks_for_anything_elsewhere(opened, site, screen):
    files = sorted(site.rglob("*.html"))
    assert len(files) >= 15
    broken, too_wide = {}, []
    for file in files:
        tab = opened(file, screen=screen)
        if found := violations(tab.page, colours_alone=screen == "dark"):
            broken[file.name] = found
        if not tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            too_wide.append(file.name)
        tab.confirm_quiet()
        tab.page.context.close()
    assert broken == {}
    assert too_wide == []


def test_every_number_is_the_same_in_every_step(opened, site):
    assert len(checks(site)) >= 5
    for file in checks(site):
        tab = opened(file)
        assert computed(tab.page) == "same", file.name
        steps = tab.page.locator("#steps li[data-step]").count()
        assert steps > 10
        assert tab.page.inner_text("#verdict") == f"✓ The same in all {steps} steps."
        tab.confirm_quiet()


def test_one_changed_letter_of_a_paragraph_is_named_on_every_number(opened, site, tmp_path):
    copy = shutil.copytree(site, tmp_path / "site")

    def change(data: dict) -> None:
        paragraph = data["members"][0]["quotes"][0]["paragraph"]
        first = paragraph["text"][0]
        paragraph["text"] = ("x" if first != "x" else "y") + paragraph["text"][1:]

    for file in checks(copy):
        data = file.with_suffix(".data.js")
        data.write_bytes(change_data(data.read_bytes(), change=change))
        tab = opened(file)
        assert computed(tab.page) == "different", file.name
        assert {"paragraph", "shown"} <= differing(tab.page)
        tab.confirm_quiet()


def test_one_changed_letter_on_the_page_itself_is_named(opened, site):
    tab = opened(checks(site)[0])
    tab.page.evaluate("document.querySelector('[data-paragraph]').append('x')")
    assert computed(tab.page) == "different"
    assert differing(tab.page) == {"shown"}


def tabbed(page: Page, *, until: str, most: int = 80) -> list[str]:
    """Press Tab until something named so has the focus; return what had it on the way."""
    way = []
    while until not in way and len(way) < most:
        page.keyboard.press("Tab")
        way.append(page.evaluate(FOCUSED))
    return way


def soon(value: Callable[[], float], *, page: Page) -> float:
    """Return a value once it is not nought, at the latest after three seconds."""
    for _ in range(60):
        if found := value():
            return found
        page.wait_for_timeout(50)
    return 0


def test_keys_reach_the_skip_link_the_menu_and_the_matrix(opened, main_incident):
    page = opened(main_incident).page
    way = tabbed(page, until="Corroboration matrix")
    menu = ["Overview", "Register", "Method", "What this proves"]
    assert [way[0], *way[2:6]] == ["skip", *menu]
    assert way[-2:] == ["quotes", "Corroboration matrix"]
    region = page.locator(".sheet")
    for key, side in (("ArrowRight", "scrollLeft"), ("PageDown", "scrollTop")):
        page.keyboard.press(key)
        assert soon(lambda side=side: region.evaluate(f"each => each.{side}"), page=page) > 0
    assert region.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def test_the_skip_link_leads_past_the_menu(opened, main_incident):
    page = opened(main_incident).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "main"


def test_keys_reach_and_press_the_button_of_a_number(opened, site):
    page = opened(checks(site)[0]).page
    assert tabbed(page, until="compute")[-1] == "compute"
    page.keyboard.press("Enter")
    page.wait_for_selector("#verdict[data-result=same]")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("پريسا تلاور", "پریسا تلاور"),
        ("كاوه درياگرد", "کاوه دریاگرد"),
        ("امينة السدراوى", "أمينة السدراوي"),
        ("نخل آوا", "نسترن نخل‌آوا"),
        ("PARISSA", "پریسا تلاور"),
    ],
)
def test_the_register_finds_a_person_by_other_letter_forms(opened, site, typed, found):
    page = opened(site / "register.html").page
    page.fill("#find", typed)
    assert page.locator("#names li:visible .own").all_inner_texts() == [found]
    assert page.inner_text("#hits") == "1 entry found."


def test_many_voices_stay_under_their_heads_while_the_matrix_moves(opened, main_incident):
    page = opened(main_incident).page
    page.locator(".sheet").scroll_into_view_if_needed()
    places = """() => [".mx thead th:last-child", ".mx tbody tr:last-child th"].map(
        (each) => document.querySelector(each).getBoundingClientRect()
    ).map((box) => [box.x, box.y])"""
    before = page.evaluate(places)
    page.evaluate("document.querySelector('.sheet').scrollTo(400, 300)")
    after = page.evaluate(places)
    assert after[0] == [before[0][0] - 400, before[0][1]]
    assert after[1] == [before[1][0], before[1][1] - 300]
    columns = page.eval_on_selector_all(
        ".mx thead th + th", "heads => heads.map((each) => each.offsetWidth)"
    )
    assert len(columns) == MOST_VOICES + 1
    assert min(columns) >= 160


@pytest.mark.parametrize("way", ["wide", "narrow", "print"])
def test_the_answers_of_many_voices_are_told_once_in_each_medium(opened, main_incident, way):
    page = opened(main_incident, screen="narrow" if way == "narrow" else "light").page
    if way == "print":
        page.emulate_media(media="print")
    shown = (page.locator(".sheet").is_visible(), page.locator(".asked").is_visible())
    assert shown == ((True, False) if way == "wide" else (False, True))
    assert page.locator(".voices tbody tr").count() == MOST_VOICES


def test_the_exact_words_of_the_list_can_be_put_away_but_always_print(opened, main_incident):
    page = opened(main_incident, screen="narrow").page
    words = page.locator(".answers q").first
    assert words.is_visible()
    page.uncheck("#quotes")
    assert words.is_hidden()
    page.emulate_media(media="print")
    assert words.is_visible()


def test_the_main_incident_prints_on_few_pages_and_the_first_holds_a_number(opened, main_incident):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: no print is counted")
    page = opened(main_incident).page
    printed = pypdf.PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(printed) <= MOST_PRINTED
    first = printed[0].extract_text()
    assert "People killed" in first
    assert "People missing" in first
    box = printed[0].mediabox
    assert all(each.mediabox == box for each in printed), "every sheet lies the same way"
