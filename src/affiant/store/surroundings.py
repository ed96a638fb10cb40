"""What a case takes from outside: the clock, randomness, the configuration folder."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click


def system_clock() -> str:
    """Return the host's time in UTC, RFC 3339, to the second: a claim, not a proof."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def configuration_folder() -> Path:
    """Return the user's configuration folder: ``AFFIANT_CONFIG`` or the system's place."""
    named = os.environ.get("AFFIANT_CONFIG")
    return Path(named) if named else Path(click.get_app_dir("affiant"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The outside world as arguments, so that a run can be repeated.

    Attributes:
        clock: Returns the time, UTC, RFC 3339 with ``Z``.
        randomness: Returns so many random bytes.
        configuration: Folder of keys and of the checkpoints ever seen.
        patience_s: Seconds to wait for another command before giving up.
        rehearsal: True where nothing is to be kept of what is recorded (``--dry-run``).
    """

    clock: Callable[[], str] = system_clock
    randomness: Callable[[int], bytes] = secrets.token_bytes
    configuration: Path
    patience_s: float = 60.0
    rehearsal: bool = False


def system_surroundings() -> Surroundings:
    """Return the surroundings of an ordinary run."""
    return Surroundings(configuration=configuration_folder())
