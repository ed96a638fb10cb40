"""Runs a function in a process of its own and stops it at every call that changes a disk.

The kernel tells of each call (``ptrace``), whoever makes it: Python, SQLite, a library. So
nothing of the product is patched, and no write can be missed. At each stop the process can
be killed, or the call can be made to fail as a full or dying disk would.
"""

import ctypes
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from platform import machine
from typing import Any

import pytest

from power.calls import (
    NAMES,
    NETWORK,
    O_APPEND,
    O_CREAT,
    O_RDWR,
    O_TRUNC,
    O_WRONLY,
    OPENING,
    WRITES,
    stop_at_these_calls,
)

needs_tracing = pytest.mark.skipif(
    not sys.platform.startswith("linux") or machine() != "x86_64",
    reason="the tracer knows the system calls of Linux on x86_64",
)

_TRACE_ME, _PEEK_USER, _POKE_USER, _CONTINUE, _REGISTERS, _TO_EXIT = 0, 3, 6, 7, 12, 24
_SET_OPTIONS = 0x4200
_FORKS, _EXIT_KILL, _SECCOMP, _GOOD = 0x2 | 0x4 | 0x8, 0x100000, 0x80, 0x1
_SECCOMP_EVENT = 7
_ALL_CHILDREN = 0x40000000
_RAX, _CALL = 10 * 8, 15 * 8
_AT_FOLDER = -100
_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_LIBC.ptrace.restype = ctypes.c_long

KILL = "kill"


@dataclass(slots=True)
class Call:
    """One call that changes a disk or speaks to a network, and what came of it.

    Attributes:
        name: Of the system call.
        path: What it is about; the file that a descriptor stands for.
        target: The second path of a renaming or linking.
        data: What is written.
        offset: Where it is written, or to which length a file is cut.
        created: True where an opening found no file and was to make one.
        emptied: True where an opening was to cut what it found.
        main: False for a process that the traced one started.
        result: What the kernel answered; None where the call was not finished.
    """

    name: str
    path: str = ""
    target: str = ""
    data: bytes = b""
    offset: int = 0
    created: bool = False
    emptied: bool = False
    main: bool = True
    result: int | None = None


@dataclass(slots=True)
class Trace:
    """What a traced process did.

    Attributes:
        calls: In order; where it was killed the last one did not happen.
        status: Its exit code, or minus the signal that ended it.
    """

    calls: list[Call] = field(default_factory=list)
    status: int = 0


Decide = Callable[[int, Call], "str | int | None"]
"""Given the number and the call: nothing, ``KILL``, or an error number to fail it with."""


def traced(work: Callable[[], int], *, decide: Decide | None = None, within: Path) -> Trace:
    """Run ``work`` in a process of its own, traced; return what it did.

    Args:
        work: What is run; its return value is the exit code.
        decide: Asked at each change below ``within`` by the process itself.
        within: Changes elsewhere are recorded, but not decided on.
    """
    reading, writing = os.pipe()
    tracer = os.fork()
    if tracer == 0:
        os.close(reading)
        _be_tracer(work, decide=decide, within=f"{within}/", answer=writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        found = answer.read()
    os.waitpid(tracer, 0)
    assert found, "the tracer broke down"
    trace: Trace = pickle.loads(found)
    return trace


def _be_tracer(work: Callable[[], int], *, decide: Decide | None, within: str, answer: int) -> None:
    """Be the process between: start the traced one, follow it, answer, end."""
    status = 1
    try:
        child = os.fork()
        if child == 0:
            os.close(answer)
            _be_traced(work)
        found = _Tracer(child, decide=decide, within=within).follow()
        with os.fdopen(answer, "wb") as target:
            target.write(pickle.dumps(found))
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        os._exit(status)


def _be_traced(work: Callable[[], int]) -> None:
    """Be the traced process."""
    code = 70
    try:
        _LIBC.ptrace(_TRACE_ME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        stop_at_these_calls()
        code = work()
    finally:
        if code == 70:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        sys.stdout.flush()
        os._exit(code)


class _Tracer:
    """Follows one process and whatever it starts."""

    def __init__(self, child: int, *, decide: Decide | None, within: str) -> None:
        self._child = child
        self._decide = decide
        self._within = within
        self._number = 0
        self._known = {child}
        self._unfinished: dict[int, Call] = {}
        self._trace = Trace()
        self._group = {child: True}

    def follow(self) -> Trace:
        """Let it run to its end."""
        os.waitpid(self._child, 0)
        options = _FORKS | _EXIT_KILL | _SECCOMP | _GOOD
        _ask(_SET_OPTIONS, self._child, data=options)
        _ask(_CONTINUE, self._child)
        while True:
            try:
                process, status = os.waitpid(-1, _ALL_CHILDREN)
            except ChildProcessError:
                return self._trace
            self._step(process, status)

    def _step(self, process: int, status: int) -> None:
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            if process == self._child:
                self._trace.status = os.waitstatus_to_exitcode(status)
            return
        stopped = os.WSTOPSIG(status)
        event = status >> 16
        with suppress(ProcessLookupError):
            if event == _SECCOMP_EVENT:
                self._at_call(process)
            elif stopped == signal.SIGTRAP | 0x80:
                self._after_call(process)
            elif event:
                _ask(_CONTINUE, process)
            elif process not in self._known and stopped == signal.SIGSTOP:
                self._known.add(process)
                _ask(_CONTINUE, process)
            else:
                self._known.add(process)
                _ask(_CONTINUE, process, data=stopped)

    def _is_main(self, process: int) -> bool:
        """Tell whether a thread is one of the traced process itself."""
        if process not in self._group:
            group = Path(f"/proc/{self._child}/task/{process}")
            self._group[process] = group.exists()
        return self._group[process]

    def _at_call(self, process: int) -> None:
        """Note a call that is about to happen; let it, or do what was decided."""
        main = self._is_main(process)
        registers = _registers(process)
        name = NAMES[registers[_CALL // 8]]
        if not main and name not in NETWORK:
            _ask(_CONTINUE, process)
            return
        call = _decode(process, name=name, registers=registers)
        call.main = main
        self._trace.calls.append(call)
        decided = None
        if main and self._decide is not None and call.path.startswith(self._within):
            decided = self._decide(self._number, call)
            self._number += 1
        if decided == KILL:
            os.kill(self._child, signal.SIGKILL)
            return
        if decided is not None:
            call.result = -int(decided)
            _ask(_POKE_USER, process, address=_CALL, data=ctypes.c_ulong(-1).value)
            _ask(_POKE_USER, process, address=_RAX, data=ctypes.c_ulong(-int(decided)).value)
            _ask(_CONTINUE, process)
            return
        self._unfinished[process] = call
        _ask(_TO_EXIT, process)

    def _after_call(self, process: int) -> None:
        call = self._unfinished.pop(process, None)
        if call is not None:
            call.result = ctypes.c_long(_registers(process)[_RAX // 8]).value
        _ask(_CONTINUE, process)


def is_change(call: Call) -> bool:
    """Tell whether a call could change files at all."""
    return call.name not in NETWORK


def _ask(request: int, process: int, *, address: int = 0, data: int = 0) -> None:
    if _LIBC.ptrace(request, process, address, data) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"ptrace {request}: {os.strerror(number)}")


def _registers(process: int) -> tuple[int, ...]:
    buffer = (ctypes.c_ulong * 27)()
    _ask(_REGISTERS, process, data=ctypes.addressof(buffer))
    return tuple(buffer)


def _decode(process: int, *, name: str, registers: tuple[int, ...]) -> Call:
    """Read a call's arguments out of the process that makes it."""
    given = [registers[index] for index in (14, 13, 12, 7, 9, 8)]
    reader = _Reader(process)
    call = Call(name)
    if name in NETWORK:
        call.data = reader.bytes(given[1] if name != "sendto" else given[4], size=2)
    elif name in WRITES:
        call.path, flags, position = reader.descriptor(given[0])
        call.data = reader.bytes(given[1], size=given[2])
        call.offset = given[3] if name == "pwrite64" else position
        if flags & O_APPEND:
            call.offset = -1
    elif name in ("fsync", "fdatasync", "ftruncate", "fchmod", "fallocate", "writev"):
        call.path = reader.descriptor(given[0])[0]
        call.offset = given[1]
    elif name == "mmap":
        call.path = reader.descriptor(given[4])[0]
    else:
        _decode_paths(call, reader=reader, given=given)
    return call


def _decode_paths(call: Call, *, reader: "_Reader", given: list[int]) -> None:
    """Read the paths of a call that names files."""
    name = call.name
    if name in ("rename", "link"):
        call.path, call.target = reader.path(given[0]), reader.path(given[1])
    elif name in ("renameat", "renameat2", "linkat"):
        call.path = reader.path(given[1], folder=given[0])
        call.target = reader.path(given[3], folder=given[2])
    elif name.endswith("at") and name != "symlinkat":
        call.path = reader.path(given[1], folder=given[0])
        call.offset = given[2]
    elif name in ("open", "creat", "unlink", "mkdir", "rmdir", "chmod", "truncate", "mknod"):
        call.path = reader.path(given[0])
        call.offset = given[1]
    if name in OPENING:
        flags = O_WRONLY | O_CREAT | O_TRUNC if name == "creat" else call.offset
        there = os.path.lexists(call.path)
        call.created = bool(flags & O_CREAT) and not there
        call.emptied = bool(flags & O_TRUNC) and there and bool(flags & (O_WRONLY | O_RDWR))


class _Reader:
    """Reads the memory and the descriptors of a stopped process."""

    def __init__(self, process: int) -> None:
        self._process = process

    def _own(self, name: str) -> Path:
        return Path(f"/proc/{self._process}/{name}")

    def bytes(self, address: int, *, size: int) -> bytes:
        """Return ``size`` bytes of its memory."""
        with self._own("mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            return memory.read(size)

    def path(self, address: int, *, folder: int = _AT_FOLDER) -> str:
        """Return an absolute path, from the text at an address and a folder's descriptor."""
        data = bytearray()
        with self._own("mem").open("rb", buffering=0) as memory:
            while b"\0" not in data:
                memory.seek(address + len(data))
                data += memory.read(256 - (address + len(data)) % 256)
        text = os.fsdecode(bytes(data[: data.index(0)]))
        if ctypes.c_int(folder & 0xFFFFFFFF).value == _AT_FOLDER:
            start = self._own("cwd").readlink()
        else:
            start = self._own(f"fd/{folder}").readlink()
        return os.path.normpath(start / text)

    def descriptor(self, number: int) -> tuple[str, int, int]:
        """Return path, flags and position of an open file."""
        number = ctypes.c_int(number & 0xFFFFFFFF).value
        if number < 0:
            return "", 0, 0
        path = str(self._own(f"fd/{number}").readlink())
        info = self._own(f"fdinfo/{number}").read_text(encoding="ascii")
        fields: dict[str, Any] = dict(
            line.split(":", 1) for line in info.splitlines() if ":" in line
        )
        return path, int(fields["flags"], 8), int(fields["pos"])
