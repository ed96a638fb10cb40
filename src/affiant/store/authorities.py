"""Time-stamp authorities: which ones a user asks, and which root is trusted for each.

They stand in ``affiant.toml`` of the case, which is not evidence: nothing in it changes a
number. A root that lies outside the case's folder is the user's own; one inside came with the
case and is no more than its own word.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from affiant.errors import BadInputError, NotFoundError
from affiant.log.stamps import pem_of, read_roots
from affiant.model.file_name import escape_name
from affiant.store.objects import write_durably

PREFERENCES_FILE: Final = "affiant.toml"
_NAME = re.compile(r"\w[\w .-]{0,62}")
_ADDRESS = re.compile(r"[!-~]{1,2000}")
_HEAD: Final = "[[authority]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One authority that a user asks for stamps.

    Attributes:
        name: What the case calls it.
        address: ``http:`` or ``https:``, where it takes requests.
        roots: Trusted certificates, PEM and nothing else.
    """

    name: str
    address: str
    roots: bytes


def new_authority(name: str, *, address: str, roots: Path) -> Authority:
    """Check what a user says of an authority.

    Raises:
        BadInputError: The name, the address or the file of roots is not one.
    """
    if not _NAME.fullmatch(name):
        raise BadInputError(
            f"{name!r} is no name for an authority",
            remedy="Take a short word: letters, digits, spaces, '.', '-' and '_'.",
        )
    return Authority(name=name, address=check_address(address), roots=trusted_roots(roots))


def check_address(address: str) -> str:
    """Return an address that can be asked.

    Raises:
        BadInputError: It is none, or carries a password.
    """
    remedy = "Give it as the authority publishes it: http://… or https://…"
    try:
        parts = urlsplit(address if _ADDRESS.fullmatch(address) else "")
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as problem:
        raise BadInputError(f"{address!r} is no web address", remedy=remedy) from problem
    if not good or parts.fragment:
        raise BadInputError(f"{address!r} is no web address", remedy=remedy)
    if parts.username is not None or parts.password is not None:
        raise BadInputError(
            "an address with a name or password in it would be recorded with each stamp",
            remedy="Take an authority that asks for none.",
        )
    return address


def trusted_roots(path: Path) -> bytes:
    """Return the certificates of a file of roots as PEM, without anything else that is in it.

    Raises:
        BadInputError: It cannot be read, or holds no root.
    """
    try:
        return pem_of(read_roots(path.read_bytes()))
    except OSError as problem:
        raise BadInputError(
            f"trusted roots cannot be read from {path}: {problem.strerror}",
            remedy="Name the file with the authority's root certificate: --roots FILE.",
        ) from problem


def listed_authorities(folder: Path) -> list[Authority]:
    """Return the authorities of a case's preferences.

    Raises:
        BadInputError: One of them lacks something, or a file cannot be read.
    """
    return [
        new_authority(name, address=address, roots=folder / roots)
        for name, address, roots in named_authorities(folder)
    ]


def named_authorities(folder: Path) -> list[tuple[str, str, str]]:
    """Return (name, address, path of the roots) of each authority, as it is written.

    Raises:
        BadInputError: The preferences are not TOML, or an authority lacks something.
    """
    found = _parsed(_text(folder)).get("authority", [])
    rows = []
    for each in found if isinstance(found, list) else [found]:
        row = tuple(each.get(field) for field in ("name", "address", "roots"))
        if not all(isinstance(value, str) for value in row):
            raise BadInputError(
                f"an authority in {PREFERENCES_FILE} lacks its name, address or roots",
                remedy="Remove it there, then: affiant stamp authority add NAME ADDRESS "
                "--roots FILE",
            )
        rows.append((str(row[0]), str(row[1]), str(row[2])))
    return rows


def own_roots(folder: Path, *, authority: str) -> bytes | None:
    """Return the roots that the user trusts for an authority, from outside the case.

    None where there are none, or where the file lies in the case's own folder.
    """
    home = folder.resolve()
    for name, _, roots in named_authorities(folder):
        path = (folder / roots).resolve()
        if name == authority and not path.is_relative_to(home) and path.is_file():
            return trusted_roots(path)
    return None


def add_authority(folder: Path, *, authority: Authority, configuration: Path) -> Path:
    """Write an authority into the preferences; its roots are copied beside the user's keys.

    Returns:
        Where the copy of the roots lies.

    Raises:
        BadInputError: The name is taken, or the preferences are not TOML.
    """
    if authority.name in [name for name, _, _ in named_authorities(folder)]:
        raise BadInputError(
            f"there is an authority {authority.name!r} already",
            remedy=f"Remove it first: affiant stamp authority remove '{authority.name}'",
        )
    mark = sha256(authority.roots).hexdigest()[:16]
    kept = configuration.resolve() / "authorities" / f"{escape_name(authority.name)}-{mark}.pem"
    write_durably(kept, data=authority.roots)
    lines = [
        _HEAD,
        _line("name", value=authority.name),
        _line("address", value=authority.address),
        _line("roots", value=str(kept)),
    ]
    before = _text(folder)
    gap = "" if before.endswith("\n") or not before else "\n"
    _rewrite(folder, text=before + gap + "\n" + "\n".join(lines) + "\n")
    return kept


def _line(field: str, *, value: str) -> str:
    """Return a line of TOML; its text strings are written as JSON's are."""
    return f"{field} = {json.dumps(value, ensure_ascii=False)}"


def remove_authority(folder: Path, *, name: str) -> None:
    """Take an authority out of the preferences; what it stamped stays.

    Raises:
        NotFoundError: There is none of this name.
        BadInputError: The file is written in a way that is not changed by a program.
    """
    rows = named_authorities(folder)
    if name not in [row[0] for row in rows]:
        raise NotFoundError(
            f"there is no authority {name!r}", remedy="See 'affiant stamp authority list'."
        )
    kept = [block for block in _blocks(_text(folder)) if not _is_named(block, name=name)]
    text = "".join(line for block in kept for line in block)
    _rewrite(folder, text=text)
    if named_authorities(folder) != [row for row in rows if row[0] != name]:
        raise BadInputError(
            f"{PREFERENCES_FILE} could not be changed as asked",
            remedy=f"Take the authority {name!r} out of it with an editor.",
        )


def _blocks(text: str) -> Iterator[Sequence[str]]:
    """Yield the lines before the first table, then each table's."""
    block: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("[") and block:
            yield block
            block = []
        block.append(line)
    yield block


def _is_named(block: Sequence[str], *, name: str) -> bool:
    """Tell whether lines are the table of an authority of this name."""
    if not block or block[0].strip() != _HEAD:
        return False
    found = _parsed("".join(block)).get("authority", [{}])
    return bool(found[0].get("name") == name)


def _rewrite(folder: Path, *, text: str) -> None:
    """Write the preferences, if they can be read again."""
    _parsed(text)
    write_durably(folder / PREFERENCES_FILE, data=text.encode("utf-8"))


def _text(folder: Path) -> str:
    """Return the preferences as they are written."""
    path = folder / PREFERENCES_FILE
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as problem:
        raise _not_toml() from problem


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise _not_toml() from problem


def _not_toml() -> BadInputError:
    return BadInputError(
        f"{PREFERENCES_FILE} cannot be read as TOML",
        remedy="Mend it with an editor; nothing in it is evidence.",
    )
