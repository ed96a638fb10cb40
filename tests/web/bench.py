"""The workbench as its user has it: the real command, a real browser, real keys."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Page

from flows.desk import COMMAND, Desk


class Sitting:
    """A running workbench."""

    def __init__(self, desk: Desk, *, person: str | None = None) -> None:
        words = ["review", "--no-browser", "--json", "--case", str(desk.folder)]
        words += ["--as", person] if person else []
        self.process = subprocess.Popen(
            [*COMMAND, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=desk.environment,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "affiant review did not start"
        self.opening = json.loads(line)["address"]
        self.host = urlsplit(self.opening).netloc
        self.origin = f"http://{self.host}"

    def address(self, path: str, /, **named: str) -> str:
        """Return an address in the workbench."""
        return f"{self.origin}{path}" + (f"?{urlencode(named)}" if named else "")

    def end(self) -> int:
        """Ask it to end; return its exit code."""
        self.process.terminate()
        return self.process.wait(20)

    def kill(self) -> None:
        """Kill it without warning."""
        self.process.kill()
        self.process.wait(20)


@contextmanager
def sitting(desk: Desk, *, person: str | None = None) -> Iterator[Sitting]:
    """Run the workbench of a case for a while."""
    running = Sitting(desk, person=person)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.end()


class Tab:
    """One tab of a browser at the workbench; what it asks for and complains of is noted."""

    def __init__(self, browser: Browser, *, at: Sitting, **screen: object) -> None:
        size = {"width": 1400, "height": 900}
        self.context = browser.new_context(**{"viewport": size, **screen})
        self.page: Page = self.context.new_page()
        self.at = at
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(at.opening)

    def document(self, document: str, /, **named: str) -> Page:
        """Open a document's screen and wait until keys work."""
        self.page.goto(self.at.address("/document", id=document, **named))
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def confirm_quiet(self) -> None:
        """Confirm that nothing was asked of anybody else, and nothing went wrong."""
        assert [url for url in self.asked if not url.startswith(self.at.origin)] == []
        assert self.complaints == []


def claim_of(page: Page) -> str:
    """Return the id of the claim that is shown."""
    return page.get_attribute("#panel", "data-claim") or ""


def press_through(page: Page, *keys: str) -> str:
    """Press keys that decide; wait for another claim and return its id."""
    before = claim_of(page)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function(
        "(was) => document.getElementById('panel').dataset.claim !== was", arg=before
    )
    return claim_of(page)


TIMED = """() => {
    window.times = [];
    let began = null;
    document.addEventListener("keydown", (event) => {
        if (event.key === "a") began = performance.now();
    }, true);
    new MutationObserver(() => {
        if (began === null) return;
        const from = began;
        began = null;
        requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - from)));
    }).observe(document.querySelector(".side"), {childList: true});
}"""


def timed_decisions(page: Page, count: int) -> list[float]:
    """Accept claims by key; return the milliseconds from each key to the next claim painted."""
    page.evaluate(TIMED)
    for number in range(1, count + 1):
        for key in "sda":
            page.keyboard.press(key)
        page.wait_for_function("(n) => window.times.length >= n", arg=number)
    times: list[float] = page.evaluate("window.times")
    return times
