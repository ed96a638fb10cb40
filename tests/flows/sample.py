"""The sample case as ``affiant demo`` builds it: once in a whole run, to be read only."""

import os
import subprocess
from pathlib import Path

import pytest

from flows.desk import COMMAND, Desk
from flows.mill import once
from flows.shared import shared_folder


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The sample case with its site and its bundle, to be read only."""
    return sample_desk(shared_folder(tmp_path_factory) / "shared-sample")


def sample_desk(folder: Path) -> Desk:
    """Build the sample case, or return the one that another process of this run built."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(folder / "qarsan", folder / "configuration")
    with once(folder) as first:
        if first:
            _build(desk)
    return desk


def _build(desk: Desk) -> None:
    """Run the command as a newcomer would."""
    done = subprocess.run(
        [*COMMAND, "demo", str(desk.folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "AFFIANT_CONFIG": str(desk.configuration)},
    )
    assert done.returncode == 0, f"affiant demo left with {done.returncode}\n{done.stderr}"
