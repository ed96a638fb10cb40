"""A real browser over a site in a folder: what it asks for, says and shows is watched."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PREFIX = "window.AFFIANT_CHECK = "


@contextmanager
def browsing(program: str) -> Iterator[Browser]:
    """Run Chromium; only root needs to give up its sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*FLAGS, "--no-sandbox"] if root else FLAGS
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


class Watched:
    """One tab, and everything that it asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def confirm_quiet(self) -> None:
        """Confirm that nothing left the folder and nothing went wrong."""
        assert self.asked
        assert [url for url in self.asked if not url.startswith("file://")] == []
        assert self.complaints == []


def write_site(folder: Path, *, pages: dict[str, bytes]) -> Path:
    """Write a site as a reader would find it on a stick."""
    for path, content in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def change_data(script: bytes, *, change: Callable[[dict], None]) -> bytes:
    """Return a number's data with a change made to it."""
    data = json.loads(script.decode("ascii").removeprefix(PREFIX).removesuffix(";\n"))
    change(data)
    return f"{PREFIX}{json.dumps(data)};\n".encode("ascii")


def computed(page: Page) -> str:
    """Press the button; return the verdict."""
    page.click("#compute")
    page.wait_for_selector("#verdict[data-result]")
    return page.get_attribute("#verdict", "data-result")


def differing(page: Page) -> set[str]:
    """Return the names of the steps that differ."""
    steps = page.query_selector_all('#steps [data-result="different"]')
    return {step.get_attribute("data-step") for step in steps}
