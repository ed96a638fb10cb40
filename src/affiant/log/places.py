"""Which case lay in which folder when it was last used here, kept outside every case.

Whoever puts another case into a folder brings other entries, another key and another id: by
itself it is whole. That it is not the one that lay there is known only outside it. Folders
are kept as salted fingerprints: the list names no place.
"""

import hmac
import os
import re
import secrets
from pathlib import Path

from affiant.errors import IntegrityError, StorageError
from affiant.log.appended import append_lines, end_of_whole_lines

_LINE = re.compile(r"(salt|[0-9a-f]{64}) ([0-9a-f]{64}|[0-9a-f]{32})")


class Places:
    """Folders that this user worked in, to the case that lay there last."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "places.txt"

    def known(self, folder: Path) -> str | None:
        """Return the id of the case that lay in a folder, or None where none is known.

        Raises:
            IntegrityError: The list has a line that is not one of ours.
        """
        lines = self._lines()
        return lines.get(_mark(folder, salt=lines["salt"])) if "salt" in lines else None

    def remember(self, folder: Path, *, case: str) -> None:
        """Note that a case lies in a folder, unless that is known.

        Raises:
            StorageError: It cannot be written.
        """
        lines = self._lines()
        salt = lines.get("salt") or secrets.token_hex(32)
        mark = _mark(folder, salt=salt)
        if lines.get(mark) == case:
            return
        added = ("" if "salt" in lines else f"salt {salt}\n") + f"{mark} {case}\n"
        try:
            append_lines(self.path, text=added)
        except OSError as problem:
            raise StorageError(
                f"the case's place cannot be noted in {self.path}: {problem.strerror}",
                remedy="Make room or rights in your configuration folder, then repeat.",
            ) from problem

    def _lines(self) -> dict[str, str]:
        """Return what the list says; a last line that a crash cut says nothing."""
        if not self.path.exists():
            return {}
        data = self.path.read_bytes()
        text = data[: end_of_whole_lines(data)].decode("ascii", errors="replace")
        found: dict[str, str] = {}
        for line in text.split("\n")[:-1]:
            match = _LINE.fullmatch(line)
            if match is None:
                raise IntegrityError(
                    f"the list of cases seen, {self.path}, has a line that is not one",
                    remedy="Restore it from a backup, or remove it; nothing recorded is in it.",
                )
            found[match[1]] = match[2]
        return found


def _mark(folder: Path, *, salt: str) -> str:
    """Return the salted fingerprint of a folder's place."""
    place = os.fsencode(folder.resolve())
    return hmac.digest(bytes.fromhex(salt), place, "sha256").hex()
