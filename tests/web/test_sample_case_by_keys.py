"""The sample case reviewed from nothing, by keys alone, up to the pages that are published.

What is typed here is what a person types: no mouse, and nothing is put into a field but by keys.
The address chooses the document; everything in it is done by keyboard.
"""

import json
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from affiant.web.keys import KEYS
from flows.desk import Desk, new_desk
from unit.publish.browser import Watched
from web.bench import Tab, claim_of, press_through

INCIDENT = "Qarsan, 14 March 2031"
NURSE, DRIVER = "01-nurse-statement.txt", "02-driver-statement.txt"
GUARD, WIRE = "09-border-guard-communique.txt", "10-halyard-wire.txt"
CHRONICLE = "18-chronicle-2029.pdf"
ACCEPT = ("s", "d", "a")
TAKEN = "چهارده نفر از کارگران و بیماران را سوار دو کامیون کردند و بردند"
VERDICTS = {
    DRIVER: {
        "Twelve people were killed": "accepted",
        "Fifteen or sixteen people were taken away": "accepted",
        "Parissa Tallavar, who kept the till, was among those taken away": "accepted",
        "three of those taken away had died": "unsure",
    },
    NURSE: {"تیراندازی کردند": "rejected", "یازده کشته": "accepted", TAKEN: "accepted"},
    GUARD: {
        "قُتل فيه أربعة أشخاص": "accepted",
        "يُحتجز أي شخص": "accepted",
        "مقتل أي عامل": "rejected",
    },
    WIRE: {
        "At least 10 people were killed": "accepted",
        "Four others were wounded": "accepted",
        "took away at least 14 people": "accepted",
        "no incident had taken place in Qarsan": "accepted",
    },
    CHRONICLE: {
        "Three people were killed": "rejected",
        "shot at a": "rejected",
        "Five people were taken away": "rejected",
    },
}
SHOWN = '#panel [data-slot="act"] q'
FOCUSED = "document.activeElement.name || ''"
NOTED = """
addEventListener("keydown", (event) => {
    if (event.isTrusted && !event.target.matches("select, input")) noteAct(event.key);
}, true);
addEventListener("pointerdown", () => noteAct("the mouse"), true);
"""
AFTER_CARET = """() => {
    const {focusNode, focusOffset} = getSelection();
    return focusNode.textContent.slice(focusOffset);
}"""


@pytest.fixture
def sample(tmp_path: Path) -> Desk:
    """The documents of the sample case, added, read and suggested; nobody has decided."""
    desk = new_desk(tmp_path, name="qarsan")
    with as_file(files("affiant.cli") / "sample" / "documents") as folder:
        desk.run("add", folder, "--from", "the committee", "--how", "handed over")
    desk.run("read")
    desk.run("suggest")
    desk.run("link", "incident", INCIDENT, "--why", "the evening that these documents tell of")
    return desk


@pytest.fixture
def read_page(browser: Browser) -> Iterator[Callable[[Path], str]]:
    """Return a function: open a published page from the disk and return its words."""
    context = browser.new_context()

    def words_of(file: Path) -> str:
        tab = Watched(context.new_page())
        tab.page.goto(file.as_uri())
        words: str = tab.page.evaluate("document.body.textContent")
        tab.confirm_quiet()
        tab.page.close()
        return words

    yield words_of
    context.close()


def claim_with(desk: Desk, words: str, /, *, file: str) -> dict:
    """Return the claim of a document whose act is said in these words."""
    document = desk.document(file)
    [found] = [
        row
        for row in desk.json("claim", "list")
        if row["document"] == document
        and words in [quote["exact"] for quote in row["quotes"] if quote["slot"] == "act"]
    ]
    return found


def stand_on(page: Page, words: str, /) -> None:
    """Go by J, and where that ends by K, to the claim whose act is said in these words."""
    order = page.eval_on_selector_all("#queue li", "all => all.map((each) => each.dataset.claim)")
    for key, end in (("j", order[-1]), ("k", order[0])):
        while words not in page.locator(SHOWN).all_text_contents() and claim_of(page) != end:
            press_through(page, key)
    assert words in page.locator(SHOWN).all_text_contents()


def waiting(page: Page) -> int:
    """Return how many claims on the screen wait for a decision."""
    return page.locator('#queue li[data-s="suggested"]').count()


def decide(page: Page, *keys: str) -> None:
    """Press keys that decide; wait until one claim less waits."""
    before = waiting(page)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function(
        "(n) => document.querySelectorAll('#queue li[data-s=suggested]').length === n",
        arg=before - 1,
    )


def leave_for(page: Page, *keys: str) -> None:
    """Press keys after which the whole screen comes anew."""
    with page.expect_navigation():
        for key in keys:
            page.keyboard.press(key)
    page.wait_for_selector("html[data-ready]")


def reach(page: Page, name: str, *, most: int = 120) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"Tab does not reach {name}")


def fill_in(page: Page, fields: dict[str, str], /) -> None:
    """Go to fields by Tab, in their order, and type."""
    for name, typed in fields.items():
        reach(page, name)
        page.keyboard.type(typed)


def confirm_both(page: Page) -> None:
    """Tick both confirmations of a form."""
    for name in ("attribution", "polarity"):
        reach(page, name)
        page.keyboard.press("Space")
        assert page.locator(f'[name="{name}"]').is_checked()


def joined(desk: Desk) -> int:
    """Return how many claims tell the one incident that there is."""
    [incident] = desk.json("link", "list")
    return int(incident["claims"])


def join(page: Page, desk: Desk, /, *, file: str) -> None:
    """Say by L of every claim of a document which incident it tells, of a rejected one too.

    So what is rejected stays off the pages because of that, not for want of an incident.
    """
    for words in reversed(VERDICTS[file]):
        before = joined(desk)
        stand_on(page, words)
        page.keyboard.press("l")
        page.wait_for_selector('form[action="/link"]')
        assert page.evaluate(FOCUSED) == "incident"
        page.keyboard.type(INCIDENT[:3])
        fill_in(page, {"why": "the same evening"})
        leave_for(page, "Control+Enter")
        assert INCIDENT in page.inner_text("#panel")
        assert joined(desk) == before + 1


def read_through(page: Page, desk: Desk, /) -> None:
    """Say by R and digits that a document was read; nothing waits in it any more."""
    assert waiting(page) == 0
    assert "Every claim here is decided" in page.inner_text("#message")
    before = desk.json("status")[0]["read_through"]
    page.keyboard.press("r")
    for key in "1359":
        page.keyboard.press(key)
    leave_for(page, "Enter")
    assert desk.json("status")[0]["read_through"] == before + 1


def review_driver(tab: Tab, desk: Desk) -> None:
    """English: edit, not sure, undo, accept."""
    page = tab.document(desk.document(DRIVER))
    killed, taken, known, hearsay = VERDICTS[DRIVER]
    stand_on(page, killed)
    page.keyboard.press("e")
    page.wait_for_selector('form[action="/edit"]')
    fill_in(page, {"method": "shots"})
    confirm_both(page)
    decide(page, "Control+Enter")
    made = claim_with(desk, killed, file=DRIVER)
    assert (made["method"], made["origin"]["tool"]) == ("shots", "person")
    stand_on(page, taken)
    decide(page, "u")
    assert claim_with(desk, taken, file=DRIVER)["your_verdict"] == "unsure"
    leave_for(page, "z")
    assert claim_with(desk, taken, file=DRIVER)["your_verdict"] is None
    for words, keys in ((taken, ACCEPT), (known, ACCEPT), (hearsay, ("u",))):
        stand_on(page, words)
        decide(page, *keys)
    read_through(page, desk)
    join(page, desk, file=DRIVER)


def review_nurse(tab: Tab, desk: Desk) -> None:
    """Persian: reject, accept, and a claim that nobody suggested, from selected words."""
    page = tab.document(desk.document(NURSE))
    shooting, killed, _ = VERDICTS[NURSE]
    stand_on(page, shooting)
    decide(page, "x", "3")
    stand_on(page, killed)
    decide(page, *ACCEPT)
    leave_unsure(page)
    stand_on(page, killed)
    select_taken(page)
    page.keyboard.press("n")
    page.wait_for_selector('form[action="/new"]')
    page.keyboard.type("abd")
    counted = {"min": "14", "max": "14", "words": "چهارده نفر"}
    fill_in(page, {"counts-0-of": "tak", **{f"counts-0-{k}": v for k, v in counted.items()}})
    confirm_both(page)
    leave_for(page, "Control+Enter")
    made = claim_with(desk, TAKEN, file=NURSE)
    [count] = made["counts"]
    assert (made["act"], count["of"], count["min"], count["max"]) == ("abduction", "taken", 14, 14)
    read_through(page, desk)
    join(page, desk, file=NURSE)


def leave_unsure(page: Page) -> None:
    """Say of what else the rules propose that one is not sure."""
    while waiting(page):
        decide(page, "u")


def select_taken(page: Page) -> None:
    """Select words of a right-to-left text by W, the arrows, and Shift with the arrows."""
    page.keyboard.press("w")
    for _ in range(60):
        if page.evaluate(AFTER_CARET).lstrip().startswith(TAKEN):
            break
        page.keyboard.press("ArrowLeft")
    while not page.evaluate(AFTER_CARET).startswith(TAKEN):
        page.keyboard.press("Control+ArrowLeft")
    for _ in TAKEN.split():
        page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate("getSelection().toString()") == TAKEN


def review_guard(tab: Tab, desk: Desk) -> None:
    """Arabic: accept two, reject one."""
    page = tab.document(desk.document(GUARD))
    *accepted, denied = VERDICTS[GUARD]
    for words in accepted:
        stand_on(page, words)
        decide(page, *ACCEPT)
    stand_on(page, denied)
    decide(page, "x", "1")
    leave_unsure(page)
    read_through(page, desk)
    join(page, desk, file=GUARD)


def review_wire(tab: Tab, desk: Desk) -> None:
    """English: all as suggested, one key after the other, each time with what comes up next."""
    page = tab.document(desk.document(WIRE))
    while waiting(page):
        decide(page, *ACCEPT)
    read_through(page, desk)
    join(page, desk, file=WIRE)


def review_chronicle(tab: Tab, desk: Desk) -> None:
    """A PDF about another year: mark all and reject them at once."""
    page = tab.document(desk.document(CHRONICLE))
    press_through(page, "m")
    press_through(page, "m")
    page.keyboard.press("m")
    page.wait_for_function("document.getElementById('left').textContent.includes('3 marked')")
    page.keyboard.press("Shift+X")
    leave_for(page, "7")
    read_through(page, desk)


def noted(tab: Tab) -> list[str]:
    """Return a list into which every key that is an act comes, and every press of a mouse."""
    acts: list[str] = []

    def note(act: str) -> None:
        acts.append(act)

    tab.page.expose_function("noteAct", note)
    tab.page.add_init_script(NOTED)
    return acts


def show_help(tab: Tab, desk: Desk) -> None:
    """See the table of keys, and put it away."""
    page = tab.document(desk.document(DRIVER))
    for shown in (True, False):
        page.keyboard.press("?")
        assert page.locator("#help").is_visible() == shown


def bodies(desk: Desk, kind: str) -> list[dict]:
    """Return what was recorded in all entries of a kind."""
    with desk.open() as case:
        return [dict(entry.fields or {}) for entry in case.logbook.of_kind(kind)]


def confirm_recorded(desk: Desk) -> None:
    """Confirm that the log holds what was pressed: verdicts, reasons, questions."""
    for file, verdicts in VERDICTS.items():
        document = desk.document(file)
        rows = [row for row in desk.json("claim", "list") if row["document"] == document]
        left = [row for row in rows if row["status"] not in ("accepted", "rejected")]
        unsure = sum(verdict not in ("accepted", "rejected") for verdict in verdicts.values())
        assert len(rows) - len(left) == len(verdicts) - unsure
        assert {row["your_verdict"] for row in left} <= {"unsure"}, "nothing is left over in it"
        for words, verdict in verdicts.items():
            assert claim_with(desk, words, file=file)["your_verdict"] == verdict
    reasons = [body["reason"] for body in bodies(desk, "claim.rejected/1")]
    assert reasons == ["wrong_act", "not_said", *["wrong_date_or_place"] * 3]
    read = [body["questions"] for body in bodies(desk, "document.read_through/1")]
    assert read == [["by_whom", "killed", "taken", "when"]] * len(VERDICTS)


def publish(desk: Desk) -> Path:
    """Decide what may be shown, and draw the site; return its folder."""
    known = claim_with(desk, list(VERDICTS[DRIVER])[2], file=DRIVER)["claim_id"]
    name = "Parissa Tallavar"
    desk.run("link", "person", name, "--claim", f"{known}={name}", "--why", "named by the driver")
    items = [f"incident:{INCIDENT}", f"person:{name}", *(f"document:{file}" for file in VERDICTS)]
    for item in items:
        desk.run("publish", "approve", item, "--why", "read through; the family agrees")
    [release] = desk.json("publish", "site", "--title", "Qarsan")
    return Path(release["index"]).parent


def words_with(verdict: str) -> set[str]:
    """Return the words of all claims that were decided so."""
    return {
        words
        for verdicts in VERDICTS.values()
        for words, decided in verdicts.items()
        if decided == verdict
    }


def test_the_sample_case_is_reviewed_by_keys_from_nothing_to_the_site(opened, sample, read_page):
    assert all(row["your_verdict"] is None for row in sample.json("claim", "list"))
    _, tab = opened(sample)
    acts = noted(tab)
    show_help(tab, sample)
    for review in (review_driver, review_nurse, review_guard, review_wire, review_chronicle):
        review(tab, sample)
    assert {key.key for key in KEYS} <= set(acts), "every key was of use"
    assert "the mouse" not in acts
    tab.confirm_quiet()
    confirm_recorded(sample)
    site = publish(sample)
    shown = "\n".join(read_page(file) for file in sorted(site.rglob("*.html")))
    assert [words for words in words_with("accepted") if words not in shown] == []
    scripts = [file.read_text(encoding="utf-8") for file in site.rglob("*.js")]
    everything = "\n".join([shown, *scripts])
    for words in words_with("rejected"):
        assert words not in everything
        assert json.dumps(words)[1:-1] not in everything
    sample.clean()
