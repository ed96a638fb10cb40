"""The pages in a real browser: quiet, reachable by key, readable on any screen and on paper."""

import os
from pathlib import Path

import pytest

from unit.publish.access import violations
from unit.publish.browser import Watched

PAGES = [
    "index",
    "incident/q-0042",
    "incident/q-0043",
    "register",
    "person/p-01",
    "person/p-06",
    "check/n-taken",
    "method",
    "proves",
]
SCREENS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
}


@pytest.fixture
def opened(browser, site: Path):
    """Return a function: open a page on a screen, watched."""
    contexts = []

    def open_page(name: str, **screen) -> Watched:
        context = browser.new_context(**(screen or SCREENS["light"]))
        contexts.append(context)
        tab = Watched(context.new_page())
        tab.page.goto((site / f"{name}.html").as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the folder for pictures to look at: AFFIANT_PICTURES, or one that goes away."""
    folder = os.environ.get("AFFIANT_PICTURES")
    path = Path(folder) if folder else tmp_path_factory.mktemp("pictures")
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_elsewhere_and_breaks_no_rule_of_access(
    opened, pictures, name, screen
):
    tab = opened(name, **SCREENS[screen])
    assert violations(tab.page, colours_alone=screen == "dark") == []
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.page.screenshot(path=pictures / f"{name.replace('/', '-')}-{screen}.png", full_page=True)
    tab.confirm_quiet()


def test_the_computed_steps_break_no_rule_of_access(opened):
    for screen in SCREENS.values():
        page = opened("check/n-taken", **screen).page
        page.click("#compute")
        page.wait_for_selector("#verdict[data-result]")
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_mirrors_where_its_script_runs_from_the_right(opened, pictures, name):
    page = opened(name).page
    brand = "document.querySelector('.brand').getBoundingClientRect().x"
    assert page.evaluate(brand) < 640
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate(brand) > 640
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=pictures / f"{name.replace('/', '-')}-rtl.png", full_page=True)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints(opened, pictures, name):
    page = opened(name).page
    file = pictures / f"{name.replace('/', '-')}.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    assert file.read_bytes().startswith(b"%PDF-")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.is_hidden("nav")


def test_the_exact_words_come_and_go_by_key_but_always_print(opened):
    page = opened("incident/q-0042").page
    words = page.locator(".mx q").first
    assert words.is_visible()
    page.focus("#quotes")
    page.keyboard.press("Space")
    assert words.is_hidden()
    page.emulate_media(media="print")
    assert words.is_visible()


def test_the_first_key_leads_past_the_menu(opened):
    page = opened("incident/q-0042").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_always_visible(opened):
    for name in PAGES:
        page = opened(name).page
        for _ in range(30):
            page.keyboard.press("Tab")
            style = page.evaluate("""() => {
                const at = document.activeElement;
                if (at === document.body) return "solid";
                return getComputedStyle(at).outlineStyle;
            }""")
            assert style == "solid", (name, page.evaluate("document.activeElement.outerHTML"))


def test_light_and_dark_are_chosen_by_hand_and_kept_from_page_to_page(opened, site: Path):
    page = opened("index", **SCREENS["light"]).page
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(247, 245, 240)"
    page.click("#theme")
    assert page.evaluate(ground) == "rgb(19, 20, 23)"
    page.goto((site / "method.html").as_uri())
    assert page.evaluate(ground) == "rgb(19, 20, 23)"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("بريسا", ["پریسا تلاور"]),
        ("كاوه", ["کاوه دریاگرد"]),
        ("نخل آوا", ["نسترن نخل‌آوا"]),
        ("TALLAVAR", ["پریسا تلاور"]),
        ("youssef", ["يوسف البيدراني"]),
        ("امينه", ["أمينة السدراوي"]),
        ("al sidrawi", ["أمينة السدراوي"]),
        ("blue apron", ["A man, name not known"]),
        ("nobody of that name", []),
    ],
)
def test_a_name_is_found_in_any_script_and_spelling(opened, typed, found):
    page = opened("register").page
    page.fill("#find", typed)
    shown = page.locator("#names li:visible .own").all_inner_texts()
    assert shown == found
    assert str(len(found)) in page.inner_text("#hits")


def test_without_scripts_everything_is_there_but_the_buttons(browser, site: Path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "check/n-taken.html").as_uri())
    assert page.is_hidden("#compute")
    assert page.is_hidden("#theme")
    assert "Scripts are off" in page.inner_text("main")
    assert page.locator("[data-paragraph]").count() == 3
    page.goto((site / "register.html").as_uri())
    assert page.is_hidden("#find")
    assert page.locator("#names li:visible").count() == 7
    context.close()


def test_a_hostile_page_is_held_by_the_policy(browser, site: Path, tmp_path):
    """The same policy that the pages carry stops what a page must never do."""
    head = (site / "index.html").read_text(encoding="utf-8").partition("<title>")[0]
    attack = tmp_path / "attack.html"
    attack.write_text(
        head + "<title>quiet</title><script>document.title = 'inline ran'</script></head><body>"
        "<img src='http://127.0.0.1:9/beacon'><div style='color: rgb(1, 2, 3)' id='styled'>"
        "<iframe src='http://127.0.0.1:9/frame'></iframe></div></body></html>",
        encoding="utf-8",
    )
    context = browser.new_context()
    page = context.new_page()
    answered, failed = [], []
    page.on("response", lambda response: answered.append(response.url))
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    page.goto(attack.as_uri())
    assert page.title() == "quiet"
    assert (
        page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(1, 2, 3)"
    )
    assert [url for url in answered if url.startswith("http")] == []
    assert {reason for url, reason in failed if url.startswith("http")} <= {"csp"}
    context.close()
