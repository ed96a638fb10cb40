"""Files that a browser sends, written aside in the case's own folder as they come in.

They never touch another disk than the case's, and none is held in memory. A file that cannot be
taken is refused alone; the others go on.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from affiant.errors import BadInputError
from affiant.model.file_name import escape_name
from affiant.preserve import Refused
from affiant.store.objects import storage_error

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

LARGEST: Final = 2 << 30
MOST_FILES: Final = 1_000
_LONGEST_FIELD: Final = 4_096
_LONGEST_NAME: Final = 255
_ESCAPED: Final = ((b"%22", b'"'), (b"%0D", b"\r"), (b"%0A", b"\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a form brought.

    Attributes:
        fields: Name to text.
        paths: The files, each in a folder of its own, under the name it had.
        refused: Files that were not taken.
    """

    fields: dict[str, str] = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


async def receive(request: Request, *, folder: Path, largest: int = LARGEST) -> Sent:
    """Take in a form with files.

    Args:
        request: As it comes in.
        folder: An empty folder on the case's disk.
        largest: Bytes that one file may have.

    Raises:
        BadInputError: It is no such form, or breaks off.
        StorageError: The disk is full or fails.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise BadInputError("this is no form with files", remedy="Choose files, then send them.")
    parts = _Parts(folder, largest=largest)
    try:
        parser = MultipartParser(options[b"boundary"], parts.callbacks())
        async for chunk in request.stream():
            parser.write(chunk)
    except MultipartParseError as problem:
        raise BadInputError("the form cannot be read", remedy="Send the files again.") from problem
    finally:
        parts.close()
    if not parts.ended:
        raise BadInputError("the form breaks off", remedy="Send the files again.")
    return parts.sent


class _Parts:
    """Writes each part where it belongs."""

    def __init__(self, folder: Path, *, largest: int) -> None:
        self.sent = Sent()
        self.ended = False
        self._folder = folder
        self._largest = largest
        self._header = (b"", b"")
        self._disposition = b""
        self._field: str | None = None
        self._value = b""
        self._file: BinaryIO | None = None
        self._path = folder
        self._size = 0

    def callbacks(self) -> "MultipartCallbacks":
        """Return what the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._head(data[start:end], value=False),
            "on_header_value": lambda data, start, end: self._head(data[start:end], value=True),
            "on_header_end": self._end_header,
            "on_headers_finished": self._open,
            "on_part_data": lambda data, start, end: self._write(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def close(self) -> None:
        """Close a file that was being written."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self._disposition, self._header = b"", (b"", b"")
        self._field, self._value, self._size = None, b"", 0

    def _head(self, data: bytes, *, value: bool) -> None:
        name, said = self._header
        self._header = (name, said + data) if value else (name + data, said)

    def _end_header(self) -> None:
        name, said = self._header
        if name.lower() == b"content-disposition":
            self._disposition = said
        self._header = (b"", b"")

    def _open(self) -> None:
        """Begin a field, or a file."""
        _, options = parse_options_header(self._disposition)
        if b"filename" not in options:
            self._field = options.get(b"name", b"").decode("utf-8", "replace")
            return
        name = _name_of(options[b"filename"])
        if name:
            self._create(name)

    def _create(self, name: bytes) -> None:
        """Create a file under the name it had, or refuse it."""
        shown = escape_name(os.fsdecode(name))
        if name in (b".", b"..") or b"\0" in name or len(name) > _LONGEST_NAME:
            self._refuse(shown, problem="has a name that no file can have", remedy="Rename it.")
            return
        taken = len(self.sent.paths)
        if taken >= MOST_FILES:
            problem = f"is more than the {MOST_FILES} that are taken at a time"
            self._refuse(shown, problem=problem, remedy="Add it in a further step.")
            return
        self._path = self._folder / str(taken) / os.fsdecode(name)
        try:
            self._path.parent.mkdir()
            self._file = self._path.open("xb")
        except OSError as error:
            raise storage_error(error, path=self._path) from error

    def _refuse(self, shown: str, *, problem: str, remedy: str) -> None:
        words = f"{shown} {problem}"
        self.sent.refused.append(Refused(path=shown, problem=words, remedy=remedy))

    def _write(self, data: bytes) -> None:
        """Add to the field or file; give up a file that is too large."""
        if self._field is not None and len(self._value) <= _LONGEST_FIELD:
            self._value += data
        if self._file is None:
            return
        self._size += len(data)
        if self._size > self._largest:
            self.close()
            self._path.unlink()
            self._path.parent.rmdir()
            self._refuse(
                escape_name(self._path.name),
                problem=f"is larger than the {LARGEST >> 30} GB that a browser may send",
                remedy="Add it with the command: affiant add PATH.",
            )
            return
        try:
            self._file.write(data)
        except OSError as error:
            raise storage_error(error, path=self._path) from error

    def _end(self) -> None:
        if self._field is not None:
            if len(self._value) > _LONGEST_FIELD:
                raise BadInputError("a field is too long", remedy="Say it in fewer words.")
            self.sent.fields[self._field] = self._value.decode("utf-8", "replace").strip()
        elif self._file is not None:
            self.close()
            self.sent.paths.append(self._path)

    def _finish(self) -> None:
        self.ended = True


def _name_of(given: bytes) -> bytes:
    """Return a file's own name, as its disk had it, without the folders above it."""
    name = given.replace(b"\\", b"/").rpartition(b"/")[2]
    for written, meant in _ESCAPED:
        name = name.replace(written, meant)
    return name
