"""Rules of access, asked of a page in a real browser."""

import pytest
from playwright.sync_api import Page

ALL = {"rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def violations(page: Page, *, colours_alone: bool = False) -> list[tuple[str, str]]:
    """Return each rule that is broken with the first element that breaks it.

    Args:
        page: The page as it stands.
        colours_alone: Ask only what colours decide: enough for a second theme of a page
            that was asked everything in its first.
    """
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not installed: rules of access are not checked",
    ).Axe()
    asked = COLOURS if colours_alone else ALL
    options = {"preload": False, "resultTypes": ["violations"], **asked}
    found = axe.run(page, options=options).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]
