"""Where traced commands run."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

# Loaded before a command is traced, so that each starts at once.
import affiant.cli.add
import affiant.cli.claim
import affiant.cli.exchange
import affiant.cli.init
import affiant.cli.key
import affiant.cli.protect
import affiant.cli.read  # noqa: F401

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def quick_place() -> Iterator[Path]:
    """A folder in memory where there is one: what a disk holds is modelled, not tried."""
    place = Path(mkdtemp(prefix="affiant-test-", dir=MEMORY if MEMORY.is_dir() else None))
    yield place
    shutil.rmtree(place)
