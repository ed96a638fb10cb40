"""A small case that two authorities stamped, built once and copied."""

from pathlib import Path

import pytest

from authorities import Authorities, Authority
from flows.desk import Desk, new_desk, write

LETTER = {"letter.txt": "Letter of a miller.\nThree were killed at the Oreth mill.\n"}


def trust(desk: Desk, *authorities: Authority) -> None:
    """Name authorities and their roots in a case's preferences."""
    for each in authorities:
        desk.run("stamp", "authority", "add", each.name, each.address, "--roots", each.roots_path)


@pytest.fixture(scope="session")
def stamped_once(tmp_path_factory: pytest.TempPathFactory, authorities: Authorities) -> Desk:
    """A case with one letter, stamped by north and south; to be read only."""
    folder = tmp_path_factory.mktemp("stamped")
    desk = new_desk(folder, name="letter")
    desk.run("add", write(folder / "in", LETTER))
    trust(desk, authorities.north, authorities.south)
    desk.run("stamp")
    return desk


@pytest.fixture
def stamped(stamped_once: Desk, tmp_path: Path) -> Desk:
    """A copy of it that a test may change."""
    return stamped_once.copied(tmp_path / "copy")


def folder_of(desk: Desk, authority: str) -> Path:
    """Return the folder of the authority's first stamp."""
    with desk.open() as case:
        name = next(row.folder for row in case.stamps.all() if row.authority == authority)
    return desk.folder / "log" / "stamps" / name


def notes_of(desk: Desk, *words: object) -> list[str]:
    """Verify a case that must be whole, and return the notes."""
    done = desk.verify(*words)
    assert (done.code, done.line["problems"]) == (0, []), done.out
    notes: list[str] = done.line["notes"]
    return notes
