"""The ways in which a program of the system is confined, strongest first."""

import json
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from affiant.box.launch import SYSTEM, find_places, view
from affiant.box.limits import Limits, limit_fields
from affiant.box.seccomp import program_instructions

DOCUMENT: Final = "{document}"

_PLACE: Final = "/document"
_FIRST_INPUT: Final = "/proc/self/fd/0"
# What libraries are found through on some systems, besides the usual folders.
_FURTHER: Final = ("/etc/alternatives", "/nix/store", "/gnu/store")
# Limits are put on by the shell: it starts in a millisecond, and they outlast what it runs.
_SHELL: Final = "/bin/sh"
_LIMIT: Final = (
    'ulimit -c 0 && ulimit -f "$1" && ulimit -n "$2" && ulimit -v "$3" && '
    'ulimit -S -t "$4" && ulimit -H -t "$5" && shift 5 && exec "$@"'
)
_FILE_BLOCK: Final = 512
_MEMORY_BLOCK: Final = 1024
_LAUNCH: Final = (
    "import json, sys; settings = json.loads(sys.argv[1]); "
    "sys.path[:] = settings['import_path']; "
    "from affiant.box.launcher import main; main(settings)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program of the system.

    Attributes:
        path: Its file.
        folders: What else it reads; folders of libraries need not be named.
        layers: Which layers to put on where the system has them.
    """

    path: Path
    folders: tuple[Path, ...]
    layers: tuple[str, ...]

    @property
    def readable(self) -> list[str]:
        """Everything that it may read, links such as ``/lib`` as links."""
        named = [self.path, self.path.resolve(), *self.folders, *map(Path.resolve, self.folders)]
        places = [*SYSTEM, *_FURTHER, *map(str, named)]
        return [place for place in dict.fromkeys(places) if Path(place).exists()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a program.

    Attributes:
        arguments: ``DOCUMENT`` among them stands for the document's path.
        document: Its bytes, or the file that holds them, or None for none.
        limits: What it may use.
        report: Whether it is the probe, in which a launcher says what holds.
    """

    arguments: tuple[str, ...]
    document: bytes | Path | None
    limits: Limits
    report: bool = False

    def arguments_with(self, place: str) -> list[str]:
        """Return the arguments with the document's path among them."""
        return [place if word == DOCUMENT else word for word in self.arguments]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program ready to be started.

    Attributes:
        words: What to run.
        given: Its standard input, an open file, or None for nothing.
        descriptors: Further open files that it needs under the same numbers.
    """

    words: tuple[str, ...]
    given: int | None = None
    descriptors: tuple[int, ...] = ()


class Way(Protocol):
    """One way to confine a program."""

    def possible(self) -> bool:
        """Tell whether this system has what the way needs."""
        ...

    def prepare(self, run: Run, *, held: ExitStack) -> Command:
        """Return the command; what it needs is open until ``held`` is closed."""
        ...

    def note(self, printed: bytes) -> tuple[str, bytes]:
        """Return the isolation that a probe showed, and what the program itself printed."""
        ...


class BubblewrapWay:
    """Under bubblewrap: a root folder of its own with nothing of the user's in it.

    As ``launch.confined_command``, and besides: the document is one read-only file, the
    system-call filter is put on last, and the limits stand around all of it. Nothing can be
    written anywhere, not even in memory. Whatever bubblewrap cannot put on ends the run.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        layers = program.layers
        self._bubblewrap = shutil.which("bwrap") if "bubblewrap" in layers else None
        self._filter = program_instructions() if "seccomp" in layers else None

    def possible(self) -> bool:
        """Tell whether there is a bubblewrap, and a shell to put on the limits."""
        return self._bubblewrap is not None and Path(_SHELL).exists()

    def prepare(self, run: Run, *, held: ExitStack) -> Command:
        """Return the command; what it needs is open until ``held`` is closed."""
        words = [str(self._bubblewrap), "--unshare-all", "--die-with-parent", "--new-session"]
        words += ["--cap-drop", "ALL", "--hostname", "box"]
        for place in self._program.readable:
            words += view(place)
        descriptors = []
        if isinstance(run.document, Path):
            words += ["--ro-bind", str(run.document), _PLACE]
        elif run.document is not None:
            descriptors.append(_in_memory(run.document, held=held))
            words += ["--ro-bind-data", str(descriptors[-1]), _PLACE]
        if self._filter is not None:
            descriptors.append(_in_memory(self._filter, held=held))
            words += ["--seccomp", str(descriptors[-1])]
        words += ["--remount-ro", "/", "--chdir", "/", "--", str(self._program.path)]
        words += run.arguments_with(_PLACE)
        limited = [_SHELL, "-c", _LIMIT, "sh", *_shell_limits(run), *words]
        return Command(words=tuple(limited), descriptors=tuple(descriptors))

    def note(self, printed: bytes) -> tuple[str, bytes]:
        """Return what is in force: bubblewrap ends where it cannot put something on."""
        filtered = ["seccomp"] if self._filter is not None else []
        return "+".join(["bubblewrap", *filtered, "rlimits"]), printed


class BareWay:
    """Without bubblewrap: a launcher confines itself, says what holds, and becomes the program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def possible(self) -> bool:
        """Return True: there is always a way to run a program."""
        return True

    def prepare(self, run: Run, *, held: ExitStack) -> Command:
        """Return the command; what it needs is open until ``held`` is closed."""
        given, place = None, ""
        if isinstance(run.document, Path):
            place = str(run.document)
        elif run.document is not None and sys.platform.startswith("linux"):
            given, place = _in_memory(run.document, held=held), _FIRST_INPUT
        elif run.document is not None:
            place = _in_file(run.document, held=held)
        command = [str(self._program.path), *run.arguments_with(place)]
        if not hasattr(os, "fork"):
            return Command(words=tuple(command), given=given)
        settings = {
            "import_path": find_places([]).import_path,
            "readable": [*self._program.readable, *([place] if given is None and place else [])],
            "programs": [*SYSTEM, str(self._program.path.resolve())],
            "layers": self._program.layers,
            "limits": limit_fields(run.limits),
            "parent": os.getpid(),
            "report": run.report,
            "command": command,
        }
        python = os.path.realpath(sys.executable)
        words = [python, "-I", "-S", "-B", "-X", "utf8", "-c", _LAUNCH, json.dumps(settings)]
        return Command(words=tuple(words), given=given)

    def note(self, printed: bytes) -> tuple[str, bytes]:
        """Return what the launcher found in force by trying, and the rest."""
        if not hasattr(os, "fork"):
            return "process", printed
        line, _, rest = printed.partition(b"\n")
        return "+".join(json.loads(line)) or "process", rest


def _in_memory(data: bytes, *, held: ExitStack) -> int:
    """Return an open file without a name that holds these bytes."""
    file = held.enter_context(os.fdopen(os.memfd_create("document"), "w+b"))
    file.write(data)
    file.seek(0)
    return file.fileno()


def _in_file(data: bytes, *, held: ExitStack) -> str:
    """Return the path of a file that holds these bytes until ``held`` is closed."""
    folder = held.enter_context(tempfile.TemporaryDirectory())
    path = Path(folder) / "document"
    path.write_bytes(data)
    return str(path)


def _shell_limits(run: Run) -> list[str]:
    """Return the limits in the shell's units: blocks written, files, KiB, seconds twice.

    Bubblewrap itself copies the document into memory; the program can write nothing.
    """
    limits = run.limits
    size = len(run.document) if isinstance(run.document, bytes) else 0
    size += 64 * _FILE_BLOCK  # the filter, and what bubblewrap writes to itself
    numbers = (
        -(-size // _FILE_BLOCK),
        limits.open_files,
        limits.memory_bytes // _MEMORY_BLOCK,
        limits.cpu_seconds,
        limits.cpu_seconds + 1,
    )
    return [str(number) for number in numbers]
