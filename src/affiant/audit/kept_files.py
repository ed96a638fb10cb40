"""Kept files against what was recorded of them: pure work on values, for other processes."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from blake3 import blake3

from affiant.errors import AnchorError
from affiant.log.paragraphs import paragraph_root, split_paragraphs
from affiant.model.quote import Quote

_BLOCK: Final = 1 << 20
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with one kept file, or with a quote in it.

    Attributes:
        item: ``original sha256:…``, ``text sha256:…`` or ``claim …``.
        kind: ``altered``, ``missing`` or ``anchor``.
        detail: What was expected and what was found.
        position: The entry that recorded it.
    """

    item: str
    kind: str
    detail: str
    position: int


@dataclass(frozen=True, slots=True)
class WantedOriginal:
    """An original as it was recorded.

    Attributes:
        path: Where it should lie.
        digest: Its SHA-256 in hex.
        blake3: Hex.
        size: In bytes.
        position: The entry that recorded it.
        whole: False where it is only looked at from outside (``--quick``).
    """

    path: str
    digest: str
    blake3: str
    size: int
    position: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Recording:
    """What one entry says of a text."""

    length: int
    paragraphs: int
    root: str
    secret: str
    position: int


@dataclass(frozen=True, slots=True)
class WantedQuote:
    """A quote that must stand in a text."""

    claim_id: str
    position: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class WantedText:
    """A text as it was recorded, and every quote that was cut from it."""

    path: str
    digest: str
    recordings: tuple[Recording, ...]
    quotes: tuple[WantedQuote, ...]
    whole: bool


def check_originals(wanted: Sequence[WantedOriginal]) -> list[Damage]:
    """Check files against both digests and their size, each read once."""
    buffer = bytearray(_BLOCK)
    found = []
    for file in wanted:
        wrong = _wrong_original(file, buffer=memoryview(buffer))
        if wrong is not None:
            kind, detail = wrong
            found.append(Damage(f"original sha256:{file.digest}", kind, detail, file.position))
    return found


def _wrong_original(file: WantedOriginal, *, buffer: memoryview) -> tuple[str, str] | None:
    """Return (kind, detail) of what is wrong with a kept original, or None."""
    try:
        status = os.lstat(file.path)
        wrong = _wrong_shape(status)
        if wrong is not None:
            return wrong
        if status.st_size != file.size:
            return "altered", f"it has {status.st_size} bytes, not {file.size}"
        if not file.whole:
            return None
        first, second = _digests(file.path, buffer=buffer)
    except FileNotFoundError:
        return "missing", "the file is not there"
    except OSError as problem:
        return "missing", f"the file cannot be read: {problem.strerror}"
    if first != file.digest:
        return "altered", "its SHA-256 is not the recorded one"
    if second != file.blake3:
        return "altered", "its BLAKE3 is not the recorded one"
    return None


def _wrong_shape(status: os.stat_result) -> tuple[str, str] | None:
    """Return what is wrong where something else than an ordinary file stands."""
    if stat.S_ISLNK(status.st_mode):
        return "altered", "a link stands where the file should"
    if not stat.S_ISREG(status.st_mode):
        return "missing", "something else than an ordinary file stands where the file should"
    return None


def _digests(path: str, *, buffer: memoryview) -> tuple[str, str]:
    """Return SHA-256 and BLAKE3 of a file, from one reading."""
    first, second = sha256(), blake3()
    handle = os.open(path, _FLAGS)
    with os.fdopen(handle, "rb", buffering=0) as file:
        while count := file.readinto(buffer):
            block = buffer[:count]
            first.update(block)
            second.update(block)
    return first.hexdigest(), second.hexdigest()


def check_texts(wanted: Sequence[WantedText]) -> list[Damage]:
    """Check texts against digest, length and paragraph root, and the quotes in them.

    One text at a time is held in memory.
    """
    return [damage for text in wanted for damage in _check_text(text)]


def _check_text(wanted: WantedText) -> Iterator[Damage]:
    """Yield what is wrong with one text and its quotes."""
    item, position = f"text sha256:{wanted.digest}", wanted.recordings[0].position
    try:
        wrong = _wrong_shape(os.lstat(wanted.path))
        if wrong is None and not wanted.whole:
            return
        data = b"" if wrong else _bytes(wanted.path)
    except FileNotFoundError:
        wrong = "missing", "the file is not there"
    except OSError as problem:
        wrong = "missing", f"the file cannot be read: {problem.strerror}"
    if wrong is None and sha256(data).hexdigest() != wanted.digest:
        wrong = "altered", "its SHA-256 is not the recorded one"
    if wrong is not None:
        yield Damage(item, *wrong, position)
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        yield Damage(item, "altered", "it is not text in UTF-8", position)
        return
    for recording in wanted.recordings:
        yield from _check_recording(recording, item=item, text=text)
    for quoted in wanted.quotes:
        try:
            quoted.quote.check(text)
        except AnchorError as problem:
            yield Damage(f"claim {quoted.claim_id}", "anchor", problem.problem, quoted.position)


def _bytes(path: str) -> bytes:
    """Return what a file holds; a link is not followed."""
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        return file.read()


def _check_recording(recording: Recording, *, item: str, text: str) -> Iterator[Damage]:
    """Yield where a text is not what an entry says of it."""
    if len(text) != recording.length:
        yield Damage(item, "altered", f"it has {len(text)} characters", recording.position)
    try:
        root = paragraph_root(text, secret=bytes.fromhex(recording.secret)).hex()
    except (TypeError, ValueError):
        yield Damage(item, "altered", "its row holds no secret", recording.position)
        return
    if len(split_paragraphs(text)) != recording.paragraphs or root != recording.root:
        detail = "its paragraphs do not lead to the recorded root"
        yield Damage(item, "altered", detail, recording.position)
