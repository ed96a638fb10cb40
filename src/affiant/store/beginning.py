"""How a case begins: in an empty folder, or where an earlier beginning was interrupted."""

import re
from pathlib import Path

from affiant.errors import AffiantError, WrongUseError
from affiant.log.durable import make_folder
from affiant.log.keys import SigningKey
from affiant.store.case import DATABASE, OUT, Case
from affiant.store.database import open_database
from affiant.store.logbook import Logbook
from affiant.store.objects import storage_error, write_durably
from affiant.store.surroundings import Surroundings

PREFERENCES = """# Local preferences of this case: nothing here changes a number.
# isolation = "strict"   is a policy, not a preference: affiant policy set isolation strict
"""
_SETTINGS = "affiant.toml"
_FOLDERS = ("originals", "texts", "log/stamps", OUT)
_FIRST_ENTRIES = 2
_BEGINNINGS = re.compile(
    rf"originals|texts|log|log/stamps|log/lock|log/\.checkpoint\.\d+\.part|{OUT}"
    rf"|(\.)?{re.escape(_SETTINGS)}(\.\d+\.part)?|{re.escape(DATABASE)}(-wal|-shm|-journal)?"
)


def create_case(
    folder: Path, *, name: str, key: SigningKey, person: str, surroundings: Surroundings
) -> Case:
    """Start a case in an empty or new folder and admit its first person.

    What an interrupted beginning left in the folder is begun anew.

    Raises:
        WrongUseError: There is something else in the folder already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        _clear_beginning(folder)
    try:
        for part in _FOLDERS:
            make_folder(folder / part)
    except OSError as problem:
        raise storage_error(problem, path=folder) from problem
    write_durably(folder / _SETTINGS, data=PREFERENCES.encode("utf-8"))
    db = open_database(folder / DATABASE, create=True)
    try:
        Logbook(db).begin(surroundings.randomness(16).hex())
        case = Case(folder, db=db, surroundings=surroundings)
        if not surroundings.rehearsal:
            case.whereabouts.remember(folder, case=case.case_id)
        with case.writing(key) as pen:
            pen.record("case.opened/1", body={"name": name, "format": 1})
            admitted = {"key": key.public, "name": person, "roles": ["member"]}
            pen.record("key.admitted/1", body=admitted)
    except AffiantError:
        db.give_up()
        raise
    return case


def _clear_beginning(folder: Path) -> None:
    """Remove what an interrupted beginning left; nobody was told of a case there.

    Raises:
        WrongUseError: There is something else in the folder, or a case that began.
    """
    if not folder.is_dir() or not _holds_only_a_beginning(folder):
        raise WrongUseError(
            f"{folder} is not empty", remedy="Name a new folder; a case starts in an empty one."
        )
    for path in folder.glob(f"*{DATABASE}*"):
        path.unlink()


def _holds_only_a_beginning(folder: Path) -> bool:
    """Tell whether nothing is there but a beginning that never led to a checkpoint."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    if not all(map(_BEGINNINGS.fullmatch, found)):
        return False
    path = folder / DATABASE
    if not path.is_file() or not path.stat().st_size:
        return True
    try:
        db = open_database(path)
    except AffiantError:
        return True
    try:
        return Logbook(db).state()[1].size <= _FIRST_ENTRIES
    except AffiantError:
        return True
    finally:
        db.close()
