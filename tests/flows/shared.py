"""Cases that are built once in a whole run, however many processes share it, and copied."""

import os
from pathlib import Path

import pytest

from flows.desk import Desk
from flows.mill import mill_desk


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that every test process of this run sees."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def mill_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The mill case in this process's own copy, to be read only."""
    shared = shared_folder(tmp_path_factory) / "shared-mill"
    return copy_of(mill_desk(shared), tmp_path_factory.mktemp("mill"))


@pytest.fixture
def mill(mill_once: Desk, tmp_path: Path) -> Desk:
    """A copy of the mill case that a test may change."""
    return copy_of(mill_once, tmp_path / "copy")


def copy_of(desk: Desk, target: Path) -> Desk:
    """Copy a case with everything that lies beside it, the list of its ids too."""
    copied = desk.copied(target)
    ids = desk.folder.parent / "ids.json"
    if ids.is_file():
        (target / "ids.json").write_bytes(ids.read_bytes())
    return copied
