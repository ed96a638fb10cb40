"""Settings: read once from the command line and the environment, then passed down."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from affiant.errors import PersonNeededError
from affiant.log.keys import SigningKey, load_key, new_key, save_key
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
    """

    folder: Path
    person: str | None
    as_json: bool
    surroundings: Surroundings

    @property
    def keys_folder(self) -> Path:
        """Where this user's keys lie, outside every case."""
        return self.surroundings.configuration / "keys"

    def key_path(self, name: str) -> Path:
        """Return the file of a named person's key."""
        return self.keys_folder / f"{escape_name(name)}.pem"

    def default_name(self) -> str:
        """Return the person that acts where ``--as`` does not say."""
        if self.person is not None:
            return self.person
        marker = self.keys_folder / "default"
        return marker.read_text(encoding="utf-8").strip() if marker.is_file() else login_name()

    def key(self) -> SigningKey:
        """Return the acting person's key.

        Raises:
            PersonNeededError: There is none of this name.
        """
        name = self.default_name()
        path = self.key_path(name)
        if not path.is_file():
            raise PersonNeededError(
                f"there is no signing key for {name!r} here",
                remedy=f"Make one: affiant key make --as '{name}'. Or name another person: --as.",
            )
        return load_key(path)

    def key_or_none(self) -> str | None:
        """Return the acting person's public key, or None where there is none."""
        path = self.key_path(self.default_name())
        return load_key(path).public if path.is_file() else None

    def make_key(self, name: str) -> tuple[SigningKey, bool]:
        """Return a person's key, made where there is none; True where it was made."""
        path = self.key_path(name)
        made = not path.is_file()
        key = new_key() if made else load_key(path)
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
            yield case


def login_name() -> str:
    """Return the login, or a plain word where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "custodian"


def read_settings(*, folder: str, person: str | None, as_json: bool, rehearsal: bool) -> Settings:
    """Return the settings of one run."""
    surroundings = replace(system_surroundings(), rehearsal=rehearsal)
    return Settings(folder=Path(folder), person=person, as_json=as_json, surroundings=surroundings)
