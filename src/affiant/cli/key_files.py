"""A person's key files: locked, unlocked, put aside and put in place, never lost between."""

import os
import sys
from pathlib import Path

from affiant.cli.settings import Settings
from affiant.errors import BadInputError, PersonNeededError
from affiant.log.durable import sync_folder
from affiant.log.keys import SigningKey, public_key_of, save_key


def lock_file(settings: Settings, *, path: Path, key: SigningKey) -> None:
    """Write a key file anew under a passphrase that is asked for twice.

    Raises:
        PersonNeededError: There is nobody to ask.
        BadInputError: The two differ.
    """
    _replace(path, key=key, passphrase=_new_passphrase(settings))


def unlock_file(path: Path, *, key: SigningKey) -> None:
    """Write a key file anew without a passphrase."""
    _replace(path, key=key, passphrase=None)


def set_aside(settings: Settings, *, key: SigningKey, name: str) -> Path:
    """Write a new key beside the person's key, locked as that one is; return its file."""
    newest = settings.key_path(name)
    path = newest.with_name(f"{newest.stem}.{key.public[:16]}.pem")
    locked = newest.is_file() and newest.read_bytes().startswith(b"-----BEGIN AFFIANT LOCKED")
    save_key(key, path=path, passphrase=_new_passphrase(settings) if locked else None)
    return path


def put_in_place(settings: Settings, *, path: Path | None, name: str) -> None:
    """Make a new key the person's newest; the one before keeps a name of its own.

    Between the two renames both files are there under names that are looked for.
    """
    newest = settings.key_path(name)
    if path is None or path == newest:
        return
    if newest.is_file():
        before = newest.with_name(f"{newest.stem}.{public_key_of(newest)[:16]}.pem")
        newest.replace(before)
    path.replace(newest)
    sync_folder(newest.parent)


def _new_passphrase(settings: Settings) -> str:
    """Return a new passphrase: from the file that is named, else typed twice."""
    if settings.passphrase_file is None and not sys.stdin.isatty():
        raise PersonNeededError(
            "a passphrase is needed and there is no terminal to ask for it",
            remedy="Run it in a terminal, or name a file that holds it in AFFIANT_PASSPHRASE_FILE.",
        )
    first = settings.passphrase("New passphrase: ")
    if settings.passphrase_file is None and settings.passphrase("The same again: ") != first:
        raise BadInputError("the two passphrases differ", remedy="Repeat the command.")
    return first


def _replace(path: Path, *, key: SigningKey, passphrase: str | None) -> None:
    """Write a key file aside and rename it over the old one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    save_key(key, path=aside, passphrase=passphrase)
    aside.replace(path)
    sync_folder(path.parent)
