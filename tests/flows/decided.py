"""A case whose estimate was kept, approved and published: built once in a whole run, and copied."""

from pathlib import Path

import pytest

from flows.desk import Desk
from flows.mill import once
from flows.shared import shared_folder
from flows.test_estimate import build

QUICK = ("--budget", "0")
ANSWERED = ("--small-cells", "all of them were named in the newspapers")
KEPT_WHY = "read by both of us"


def kept(desk: Desk) -> str:
    """Return the id of the newest kept estimate."""
    found: str = desk.json("estimate", "--kept")[-1]["estimate"]
    return found


@pytest.fixture(scope="session")
def decided_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The case with its site, to be read only."""
    folder = shared_folder(tmp_path_factory) / "shared-oreth"
    folder.mkdir(parents=True, exist_ok=True)
    with once(folder) as first:
        if first:
            _build(folder)
    return Desk(folder / "oreth", folder / "configuration")


@pytest.fixture
def decided(decided_once: Desk, tmp_path: Path) -> Desk:
    """A copy that a test may change."""
    return decided_once.copied(tmp_path)


def _build(folder: Path) -> None:
    """Keep an estimate, approve it, draw the site."""
    desk = build(folder)
    claims = [row["claim_id"] for row in desk.json("claim", "list")]
    desk.run("link", "incident", "Oreth, May 2031", *claims[:40], "--why", "same place")
    desk.run("link", "incident", "Oreth, later", *claims[40:50], "--why", "same place")
    desk.run("publish", "approve", "incident:Oreth, May 2031", "--why", "read")
    desk.run("estimate", *QUICK, "--keep", KEPT_WHY, *ANSWERED)
    desk.run("publish", "approve", f"estimate:{kept(desk)[:10]}", "--why", "it may be shown")
    desk.run("publish", "site")
