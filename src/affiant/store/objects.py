"""Originals and texts by digest: written once, durably, and then only read."""

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from blake3 import blake3

from affiant.errors import IntegrityError, NotFoundError, StorageError
from affiant.log.durable import make_folder, sync, sync_folder
from affiant.store.files import (
    BLOCK,
    next_block,
    source_failed,
    sync_file,
    synchronise,
    write_all,
    write_aside,
)
from affiant.store.folder_lock import FolderLock

PREFIX: Final = "sha256:"
_HEAD: Final = 1 << 16
_MANY, _AT_ONCE = 16, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An original that reached the disk.

    Attributes:
        digest: ``sha256:<64 hex>``.
        blake3: 64 hex digits, over the same bytes in the same pass.
        size: In bytes.
        head: Its first 64 KiB, and its last 64 KiB where it is longer, to recognise its type
            by: an archive has its list of names at its end.
    """

    digest: str
    blake3: str
    size: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """An original whose bytes were written aside and are neither durable nor named yet.

    Attributes:
        kept: What it will be.
        aside: Where it lies.
    """

    kept: Kept
    aside: Path


def digest_of(data: bytes) -> str:
    """Return ``sha256:<64 hex>``."""
    return PREFIX + sha256(data).hexdigest()


class ObjectStore:
    """Files of one folder, named by the SHA-256 of their bytes: ``ab/cd…``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_ready = False
        self._lock = FolderLock(folder)
        self._staged = 0

    def path(self, digest: str) -> Path:
        """Return where the bytes with this digest lie."""
        hexed = digest.removeprefix(PREFIX)
        if len(hexed) != 64 or not set(hexed) <= set("0123456789abcdef"):
            raise NotFoundError(f"{digest!r} is not a digest", remedy="Give sha256: and 64 digits.")
        return self._folder / f"{hexed[:2]}/{hexed[2:]}"

    def keep(self, data: bytes) -> str:
        """Store bytes durably and return their digest.

        Written aside, synchronised, renamed, and the folder synchronised, also where the
        name is there already: a crash just before may have left it in memory only.

        Raises:
            StorageError: The disk is full or refuses.
            IntegrityError: Other bytes lie under this name.
        """
        digest = digest_of(data)
        target = self.path(digest)
        try:
            self._open_for_keeping()
            make_folder(target.parent)
            self._place(target, data=data)
            sync_folder(target.parent)
        except OSError as problem:
            raise storage_error(problem, path=target) from problem
        return digest

    def keep_all(self, contents: Iterable[bytes]) -> None:
        """Store many bytes as durably as :meth:`keep`; many are synchronised side by side.

        A disk confirms many files waiting together in little more time than one alone.

        Raises:
            StorageError: The disk is full or refuses; some may be kept.
            IntegrityError: Other bytes lie under one of the names.
        """
        waiting = {self.path(digest_of(data)): data for data in contents}
        folders = sorted({target.parent for target in waiting})
        at_once = _AT_ONCE if len(waiting) >= _MANY else 1
        try:
            self._open_for_keeping()
            for folder in folders:
                make_folder(folder)
            with ThreadPoolExecutor(at_once) as pool:
                for _ in pool.map(lambda item: self._place(item[0], data=item[1]), waiting.items()):
                    pass
                for _ in pool.map(sync_folder, folders):
                    pass
        except OSError as problem:
            raise storage_error(problem, path=self._folder) from problem

    def _place(self, target: Path, *, data: bytes) -> None:
        """Have the bytes under their name; the folder is not synchronised yet."""
        if target.exists():
            self._settle(target, data=data)
        else:
            write_aside(target, data=data)

    def keep_file(self, source: Path) -> Kept:
        """Store a file of any size durably, reading it once.

        Raises:
            UnreadableError: The source cannot be opened or read.
            StorageError: The case's disk is full or refuses.
            IntegrityError: Other bytes lie under this name.
        """
        staged = self.stage_file(source)
        self.settle([staged])
        return staged.kept

    def stage_file(self, source: Path) -> Staged:
        """Copy a file of any size aside while hashing it, reading it once.

        Nothing of it is durable before :meth:`settle`.

        Raises:
            UnreadableError: The source cannot be opened or read.
            StorageError: The case's disk is full or refuses.
        """
        try:
            incoming = source.open("rb", buffering=0)
        except OSError as problem:
            raise source_failed(problem) from problem
        with incoming:
            try:
                self._open_for_keeping()
                return self._take(incoming.fileno())
            except OSError as problem:
                raise storage_error(problem, path=source) from problem

    def _take(self, incoming: int) -> Staged:
        """Copy an open file aside while hashing it."""
        self._staged += 1
        aside = self._folder / f".incoming.{os.getpid()}.{self._staged}.part"
        first, second, size, finished = sha256(), blake3(), 0, False
        head = tail = b""
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "wb", buffering=0):
                while block := next_block(incoming):
                    first.update(block)
                    second.update(block)
                    rest = block if head else block[_HEAD:]
                    head = head or block[:_HEAD]
                    tail = rest[-_HEAD:] if len(rest) >= _HEAD else (tail + rest)[-_HEAD:]
                    size += len(block)
                    write_all(handle, block=block)
                finished = True
        finally:
            if not finished:
                aside.unlink(missing_ok=True)
        digest = PREFIX + first.hexdigest()
        kept = Kept(digest=digest, blake3=second.hexdigest(), size=size, head=head + tail)
        return Staged(kept=kept, aside=aside)

    def settle(self, staged: Sequence[Staged]) -> None:
        """Make staged files durable and give them their names: all of them, or raise.

        The bytes are synchronised before a name leads to them, the folders after: when this
        returns, all of it survives a power cut. Many at once cost the disk far less than one
        after the other.

        Raises:
            StorageError: The disk is full or refuses.
            IntegrityError: Other bytes lie under a name.
        """
        try:
            synchronise([item.aside for item in staged])
            targets = [self.path(item.kept.digest) for item in staged]
            folders = {target.parent for target in targets}
            if not all(folder.is_dir() for folder in folders):
                for folder in folders:
                    folder.mkdir(exist_ok=True)
                sync_folder(self._folder)
            for item, target in zip(staged, targets, strict=True):
                self._name(item, target=target)
            synchronise(sorted(folders))
        except OSError as problem:
            raise storage_error(problem, path=self._folder) from problem
        finally:
            self.discard(staged)

    def discard(self, staged: Iterable[Staged]) -> None:
        """Remove staged files that were not given a name."""
        for item in staged:
            item.aside.unlink(missing_ok=True)

    def _name(self, staged: Staged, *, target: Path) -> None:
        """Move a finished file to its name, unless the same bytes are there already."""
        if os.path.lexists(target):
            if target.is_symlink() or digest_of_file(target) != staged.kept.digest:
                raise _altered(staged.kept.digest)
            sync_file(target)
        else:
            staged.aside.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
            staged.aside.replace(target)

    @contextmanager
    def brought(self, source: Path, *, digest: str) -> Iterator[Path]:
        """Copy a file aside, durably, to take the place of a damaged one; yield where it lies.

        Raises:
            IntegrityError: It has not this digest.
            StorageError: It cannot be read or written.
        """
        aside = self.path(digest).with_name(f".brought.{os.getpid()}.part")
        try:
            make_folder(aside.parent)
            shutil.copyfile(source, aside, follow_symlinks=False)
            aside.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
            sync_file(aside)
            sync_folder(self._folder)
            if digest_of_file(aside) != digest:
                raise _altered(digest)
            yield aside
        except OSError as problem:
            raise storage_error(problem, path=source) from problem
        finally:
            aside.unlink(missing_ok=True)

    def alone(self) -> AbstractContextManager[None]:
        """Hold the folder while nobody keeps files in it; see :class:`FolderLock`."""
        return self._lock.alone()

    def release(self) -> None:
        """Let others repair: nothing more is kept here."""
        self._lock.release()

    def _open_for_keeping(self) -> None:
        """Make the folder where it is missing, and keep a repair out of it.

        Before the first file, the names that are there already are made durable: whoever
        made them may have been killed before it came to that.
        """
        make_folder(self._folder)
        self._lock.share()
        if not self._is_ready:
            sync_folder(self._folder)
            self._is_ready = True

    def read(self, digest: str) -> bytes:
        """Return the bytes, checked against their digest.

        Raises:
            NotFoundError: They are not here.
            IntegrityError: The file holds other bytes.
        """
        path = self.path(digest)
        try:
            if path.is_symlink():
                raise _altered(digest)
            data = path.read_bytes()
        except FileNotFoundError as problem:
            raise NotFoundError(
                f"{digest} is not in {self._folder.name}/",
                remedy="Run 'affiant verify'; restore the file from a copy of the case.",
            ) from problem
        except OSError as problem:
            raise storage_error(problem, path=path) from problem
        if digest_of(data) != digest:
            raise _altered(digest)
        return data

    def listed(self) -> Iterator[tuple[str | None, Path]]:
        """Yield (digest, path) of every file in the folder; digest None for a stranger."""
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                continue
            hexed = path.parent.name + path.name
            ours = (
                len(hexed) == 64
                and set(hexed) <= set("0123456789abcdef")
                and path == self._folder / hexed[:2] / hexed[2:]
            )
            yield (PREFIX + hexed if ours else None), path

    def _settle(self, target: Path, *, data: bytes) -> None:
        """Confirm bytes already there, and make them durable."""
        if target.is_symlink() or target.read_bytes() != data:
            raise _altered(digest_of(data))
        sync_file(target)


def digest_of_file(path: Path) -> str:
    """Return the digest of a file of any size."""
    with path.open("rb") as file:
        found = sha256()
        while block := file.read(BLOCK):
            found.update(block)
    return PREFIX + found.hexdigest()


def write_durably(target: Path, *, data: bytes) -> None:
    """Replace a file durably: written aside, synchronised, renamed, folder synchronised."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        make_folder(target.parent)
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            sync(file.fileno())
        aside.replace(target)
        sync_folder(target.parent)
    except OSError as problem:
        aside.unlink(missing_ok=True)
        raise storage_error(problem, path=target) from problem


def storage_error(problem: OSError, *, path: Path) -> StorageError:
    """Say what the disk refused, and what to do."""
    if problem.errno == errno.ENOSPC:
        return StorageError(
            f"the disk is full: {path.name} was not kept",
            remedy="Make room and repeat; everything acknowledged before is safe.",
        )
    return StorageError(
        f"{path} cannot be read or written: {problem.strerror or problem}",
        remedy="Check the disk and your rights on the folder, then repeat.",
    )


def _altered(digest: str) -> IntegrityError:
    return IntegrityError(
        f"the file kept as {digest} holds other bytes",
        remedy="Stop work, copy the folder as it is, restore this file from another copy.",
    )
