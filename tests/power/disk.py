"""A disk that forgets: what may be left of it after the power went, by the rules of POSIX.

Bytes are safe once their file was synchronised; a name is safe once its folder was. Anything
else may be lost, each piece by itself and in any order: a write may reach the disk in some of
its 512-byte sectors only, a file may have its length and not its bytes, a renaming may have
happened while the bytes under the new name are still missing. Real file systems keep more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path, PurePosixPath
from random import Random

from power.calls import NOT_FOLLOWED, OPENING, SYNCS, WRITES
from power.tracer import Call

SECTOR = 512
ROOT = 0
_WITHOUT_EFFECT = frozenset({"chmod", "fchmod", "fchmodat", "mmap", "msync"})


@dataclass(slots=True)
class _Piece:
    """A write, or a cut to a length (``data`` None), that is not synchronised."""

    offset: int
    data: bytes | None


@dataclass(slots=True)
class _File:
    """What is safe of a file, and what came after."""

    safe: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    pieces: list[_Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Names:
    """Changes of names that happen together: at most one per name, all in one folder."""

    folder: int
    changes: dict[str, int | None]


class Disk:
    """The files below one folder: as the processes see them, and as they may be found."""

    def __init__(self, folder: Path) -> None:
        """Begin with what lies in ``folder``, all of it safe."""
        self._root = PurePosixPath(folder)
        self._numbers = count(1)
        self._files: dict[int, _File] = {}
        self._folders: set[int] = {ROOT}
        self._now: dict[tuple[int, str], int] = {}
        self._safe: dict[tuple[int, str], int] = {}
        self._waiting: list[_Names] = []
        self.begin_below(folder)

    def begin_below(self, folder: Path) -> None:
        """Take in what lies below a folder, and is not known, as safe."""
        for path in sorted(folder.rglob("*")):
            if self._place(str(path)) not in self._now:
                self._begin_with(path)

    def _begin_with(self, path: Path) -> None:
        number = next(self._numbers)
        place = self._place(str(path))
        self._now[place] = self._safe[place] = number
        if path.is_dir():
            self._folders.add(number)
        else:
            data = path.read_bytes()
            self._files[number] = _File(data, bytearray(data))

    # What the processes do

    def apply(self, call: Call) -> bool:
        """Take in one finished call; tell whether anything changed.

        Raises:
            AssertionError: It changes files in a way that is not followed here.
        """
        inside = [path for path in (call.path, call.target) if self._is_inside(path)]
        if not inside or call.result is None or call.result < 0 or call.name in _WITHOUT_EFFECT:
            return False
        assert call.name not in NOT_FOLLOWED, f"{call.name} on {call.path} is not followed"
        if call.name in OPENING:
            return self._open(call)
        if call.name in WRITES:
            return self._write(call)
        if call.name in SYNCS:
            return self._synchronise(call.path)
        return self._rename_or_remove(call)

    def _open(self, call: Call) -> bool:
        if call.created:
            number = next(self._numbers)
            self._files[number] = _File()
            self._change({self._place(call.path): number})
        elif call.emptied:
            self._cut(self._file(call.path), length=0)
        return call.created or call.emptied

    def _write(self, call: Call) -> bool:
        file = self._file(call.path)
        data = call.data[: call.result]
        offset = len(file.now) if call.offset < 0 else call.offset
        _put(file.now, offset=offset, data=data)
        file.pieces.append(_Piece(offset, data))
        return True

    def _cut(self, file: _File, *, length: int) -> None:
        _shape(file.now, length=length)
        file.pieces.append(_Piece(length, None))

    def _synchronise(self, path: str) -> bool:
        number = self._number(path)
        if number in self._files:
            file = self._files[number]
            changed, file.safe, file.pieces = bool(file.pieces), bytes(file.now), []
            return changed
        mine = [names for names in self._waiting if names.folder == number]
        for names in mine:
            _settle(self._safe, names=names)
        self._waiting = [names for names in self._waiting if names.folder != number]
        return bool(mine)

    def _rename_or_remove(self, call: Call) -> bool:
        place = self._place(call.path)
        match call.name:
            case "ftruncate" | "truncate":
                self._cut(self._file(call.path), length=call.offset)
            case "mkdir" | "mkdirat":
                number = next(self._numbers)
                self._folders.add(number)
                self._change({place: number})
            case "unlink" | "rmdir" | "unlinkat":
                self._change({place: None})
            case "rename" | "renameat" | "renameat2":
                self._change({self._place(call.target): self._now[place], place: None})
            case "link" | "linkat":
                self._change({self._place(call.target): self._now[place]})
            case _:
                raise AssertionError(f"{call.name} on {call.path} is not followed")
        return True

    def _change(self, changes: dict[tuple[int, str], int | None]) -> None:
        """Change names; within one folder at once, across folders each by itself."""
        for folder in dict.fromkeys(folder for folder, _ in changes):
            mine = {name: number for (place, name), number in changes.items() if place == folder}
            names = _Names(folder, mine)
            _settle(self._now, names=names)
            self._waiting.append(names)

    # What may be found afterwards

    def crash(self, random: Random | None, *, names: float, pieces: float) -> dict[str, bytes]:
        """Return one way in which the disk may be found: path to bytes; folders end in ``/``.

        Args:
            random: Decides what is lost; not needed where a share is 0 or 1.
            names: Share of the waiting changes of names that survive.
            pieces: Share of the waiting writes that survive, each sector by itself.
        """
        entries = dict(self._safe)
        for waiting in self._waiting:
            if _survives(random, share=names):
                _settle(entries, names=waiting)
        found: dict[str, int] = {}
        inside: dict[int, list[tuple[str, int]]] = {}
        for (folder, name), number in entries.items():
            inside.setdefault(folder, []).append((name, number))
        self._collect(ROOT, prefix="", inside=inside, found=found, seen=frozenset())
        bytes_of = {
            number: _torn(file, random=random, share=pieces)
            for number, file in self._files.items()
            if file.pieces
        }
        return {
            path: b"" if path.endswith("/") else bytes_of.get(number, self._safe_bytes(number))
            for path, number in found.items()
        }

    def _safe_bytes(self, number: int) -> bytes:
        return self._files[number].safe if number in self._files else b""

    def _collect(
        self,
        folder: int,
        *,
        prefix: str,
        inside: dict[int, list[tuple[str, int]]],
        found: dict[str, int],
        seen: frozenset[int],
    ) -> None:
        for name, number in inside.get(folder, ()):
            if number in self._folders:
                found[f"{prefix}{name}/"] = number
                if number not in seen:
                    self._collect(
                        number,
                        prefix=f"{prefix}{name}/",
                        inside=inside,
                        found=found,
                        seen=seen | {number},
                    )
            else:
                found[f"{prefix}{name}"] = number

    @property
    def unsafe(self) -> bool:
        """Whether anything at all waits to be made safe."""
        return bool(self._waiting) or any(file.pieces for file in self._files.values())

    # Where things are

    def _is_inside(self, path: str) -> bool:
        return path == str(self._root) or path.startswith(f"{self._root}/")

    def _number(self, path: str) -> int:
        if path == str(self._root):
            return ROOT
        return self._now[self._place(path)]

    def _file(self, path: str) -> _File:
        return self._files[self._number(path)]

    def _place(self, path: str) -> tuple[int, str]:
        parts = PurePosixPath(path).relative_to(self._root).parts
        folder = ROOT
        for part in parts[:-1]:
            folder = self._now[folder, part]
        return folder, parts[-1]


def _settle(entries: dict[tuple[int, str], int], *, names: _Names) -> None:
    """Make a change of names true in a table of names."""
    for name, number in names.changes.items():
        if number is None:
            entries.pop((names.folder, name), None)
        else:
            entries[names.folder, name] = number


def _survives(random: Random | None, *, share: float) -> bool:
    if random is None or share in (0.0, 1.0):
        return share > 0.5
    return random.random() < share


def _torn(file: _File, *, random: Random | None, share: float) -> bytes:
    """Return a file as it may be found: each sector of each piece is there or is not."""
    found = bytearray(file.safe)
    for piece in file.pieces:
        if piece.data is None:
            if _survives(random, share=share):
                _shape(found, length=piece.offset)
            continue
        for start, sector in _sectors(piece):
            if _survives(random, share=share):
                _put(found, offset=start, data=sector)
    return bytes(found)


def _sectors(piece: _Piece) -> Iterator[tuple[int, bytes]]:
    """Yield a write cut at the sectors of its file."""
    data = piece.data or b""
    at = 0
    while at < len(data):
        length = SECTOR - (piece.offset + at) % SECTOR
        yield piece.offset + at, data[at : at + length]
        at += length


def _put(target: bytearray, *, offset: int, data: bytes) -> None:
    if offset > len(target):
        target.extend(bytes(offset - len(target)))
    target[offset : offset + len(data)] = data


def _shape(target: bytearray, *, length: int) -> None:
    if length < len(target):
        del target[length:]
    else:
        target.extend(bytes(length - len(target)))


def lay_out(found: dict[str, bytes], *, folder: Path) -> None:
    """Write a found disk into a real folder."""
    for path, data in sorted(found.items()):
        target = folder / path
        if path.endswith("/"):
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def fingerprint(found: dict[str, bytes]) -> bytes:
    """Return a digest by which two found disks are told apart."""
    total = sha256()
    for path, data in sorted(found.items()):
        total.update(path.encode() + b"\0" + sha256(data).digest())
    return total.digest()


def changes(calls: Iterable[Call], *, disk: Disk) -> Iterator[Call]:
    """Apply calls one after the other; yield each that changed the disk, after it did."""
    for call in calls:
        if disk.apply(call):
            yield call
