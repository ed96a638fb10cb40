"""The manual's table of keys is the workbench's."""

from affiant.web.keys import KEYS
from census import ROOT

PAGE = ROOT / "docs" / "how-to" / "review-claims-in-the-browser.md"


def test_the_manual_has_every_key_and_what_it_does():
    page = PAGE.read_text(encoding="utf-8")
    for key in KEYS:
        name = "Shift+X" if key.key == "X" else key.key
        assert f"| `{name}` | {key.does} |" in page
