"""The sample case as ``affiant demo`` builds it: once in a whole run, to be read only."""

from pathlib import Path

import pytest

from flows.desk import Desk
from flows.shared import shared_folder


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The sample case with its site and its bundle, to be read only."""
    return sample_desk(shared_folder(tmp_path_factory) / "shared-sample")


def sample_desk(folder: Path) -> Desk:
    """Build the sample case, or find it where another process of this run has built it."""
