"""Settings: read once from the command line and the environment, then passed down."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from affiant.errors import BadInputError, PersonNeededError
from affiant.log.keys import (
    SigningKey,
    is_locked,
    load_key,
    new_key,
    public_key_of,
    save_key,
    unlock_key,
)
from affiant.model.file_name import escape_name
from affiant.store import Case, Surroundings, open_case, system_surroundings
from affiant.store.objects import write_durably


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run was asked for.

    Attributes:
        folder: The case's folder.
        person: Name of whoever acts, or None for the default key.
        as_json: JSON Lines on standard output, nothing else there.
        surroundings: Clock, randomness, configuration.
        passphrase_file: Holds the passphrase of a locked key in its first line, or None.
        in_hand: The case that is open for this command, so that a person who has several keys
            signs with the one that counts there.
    """

    folder: Path
    person: str | None
    as_json: bool
    surroundings: Surroundings
    passphrase_file: Path | None = None
    in_hand: list[Case] = field(default_factory=list)

    @property
    def keys_folder(self) -> Path:
        """Where this user's keys lie, outside every case."""
        return self.surroundings.configuration / "keys"

    def key_path(self, name: str) -> Path:
        """Return the file of a named person's newest key."""
        return self.keys_folder / f"{escape_name(name)}.pem"

    def key_paths(self, name: str) -> list[Path]:
        """Return the files of a named person's keys: the newest, then those it replaced."""
        newest = self.key_path(name)
        beginning = f"{newest.stem}."
        others = [
            path
            for path in (self.keys_folder.iterdir() if self.keys_folder.is_dir() else ())
            if path.name.startswith(beginning) and _is_older(path.name[len(beginning) :])
        ]
        return [path for path in (newest, *sorted(others)) if path.is_file()]

    def default_name(self) -> str:
        """Return the person that acts where ``--as`` does not say."""
        if self.person is not None:
            return self.person
        marker = self.keys_folder / "default"
        return marker.read_text(encoding="utf-8").strip() if marker.is_file() else login_name()

    def key(self) -> SigningKey:
        """Return the acting person's key; of several, the one that counts in the open case.

        Raises:
            PersonNeededError: There is none of this name, or its passphrase is wrong.
        """
        path = self._counting_path()
        if path is None:
            name = self.default_name()
            raise PersonNeededError(
                f"there is no signing key for {name!r} here",
                remedy=f"Make one: affiant key make --as '{name}'. Or name another person: --as.",
            )
        return self.open_key(path)

    def _counting_path(self) -> Path | None:
        """Return the acting person's key file that counts in the open case, or the newest."""
        paths = self.key_paths(self.default_name())
        for case in self.in_hand:
            counting = case.policies.keys().keys() - case.policies.ended_keys().keys()
            for path in paths if len(paths) > 1 else ():
                if public_key_of(path) in counting:
                    return path
        return paths[0] if paths else None

    def open_key(self, path: Path) -> SigningKey:
        """Open a key file, asking for its passphrase where it is locked.

        Raises:
            PersonNeededError: It is locked and there is nobody to ask, or the answer is wrong.
        """
        locked = path.is_file() and is_locked(path.read_bytes())
        if not locked or not (self.passphrase_file or sys.stdin.isatty()):
            return load_key(path)
        return unlock_key(path, passphrase=self.passphrase(f"Passphrase of {path.stem}: "))

    def passphrase(self, prompt: str) -> str:
        """Return the passphrase: the first line of the file that is named, else as typed."""
        if self.passphrase_file is None:
            return getpass.getpass(prompt)
        try:
            return self.passphrase_file.read_text(encoding="utf-8").split("\n", 1)[0]
        except (OSError, UnicodeDecodeError) as problem:
            raise BadInputError(
                "the file that AFFIANT_PASSPHRASE_FILE names cannot be read",
                remedy="Name a text file whose first line is the passphrase.",
            ) from problem

    def key_or_none(self) -> str | None:
        """Return the acting person as the open case knows them, or None without a key.

        That is the public key; of keys that were rotated one into the other, the first.
        """
        path = self._counting_path()
        if path is None:
            return None
        public = public_key_of(path)
        for case in self.in_hand:
            return case.policies.person_of(public)
        return public

    def make_key(self, name: str) -> tuple[SigningKey, bool]:
        """Return a person's key, made where there is none; True where it was made."""
        path = self.key_path(name)
        made = not path.is_file()
        key = new_key() if made else self.open_key(path)
        if made:
            save_key(key, path=path)
        marker = self.keys_folder / "default"
        if not marker.exists():
            write_durably(marker, data=f"{name}\n".encode())
        return key, made

    @contextmanager
    def open(self) -> Iterator[Case]:
        """Open the case for the length of one command."""
        with open_case(self.folder, surroundings=self.surroundings) as case:
            self.in_hand.append(case)
            try:
                yield case
            finally:
                self.in_hand.remove(case)


def _is_older(ending: str) -> bool:
    """Tell whether a file name ends as that of a key that was replaced: ``0123abcd.pem``."""
    digits, _, suffix = ending.partition(".")
    return suffix == "pem" and len(digits) == 16 and set(digits) <= set("0123456789abcdef")


def login_name() -> str:
    """Return the login, or a plain word where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "custodian"


def read_settings(*, folder: str, person: str | None, as_json: bool, rehearsal: bool) -> Settings:
    """Return the settings of one run."""
    surroundings = replace(system_surroundings(), rehearsal=rehearsal)
    named = os.environ.get("AFFIANT_PASSPHRASE_FILE")
    return Settings(
        folder=Path(folder),
        person=person,
        as_json=as_json,
        surroundings=surroundings,
        passphrase_file=Path(named) if named else None,
    )
