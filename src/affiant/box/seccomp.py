"""The system-call filter: an allow-list in the kernel's own small language.

Source: Linux ``seccomp(2)``, ``Documentation/userspace-api/seccomp_filter.rst``; classic
BPF instructions as in ``linux/filter.h``.
"""

import ctypes
import errno
import struct
import sys
from platform import machine
from typing import Final

from affiant.box.syscalls import (
    ALLOWED,
    CLONE,
    CLONE3,
    FCNTL,
    FCNTL_COMMANDS,
    IOCTL,
    IOCTL_COMMANDS,
    NAMESPACE_FLAGS,
    OPENING,
    PRCTL,
    PRCTL_COMMANDS,
    PRLIMIT,
    PROCESSORS,
    PROGRAM_ALLOWED,
    THREAD_FLAG,
    WRITING_FLAGS,
    Processor,
)

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _PROCESSOR_AT, _ARGUMENTS_AT = 0, 4, 16
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 22, 38, 2

_Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    """``struct sock_fprog``: how many instructions, and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


class Filter:
    """A system-call filter, ready to be put on the calling process."""

    def __init__(self, instructions: bytes) -> None:
        self._buffer = ctypes.create_string_buffer(instructions, len(instructions))
        self._program = _Program(
            length=len(instructions) // 8, instructions=ctypes.addressof(self._buffer)
        )
        self._libc = ctypes.CDLL(None, use_errno=True)

    def install(self) -> None:
        """Put the filter on this process, for good; whatever it starts inherits it.

        Raises:
            OSError: The kernel refused it.
        """
        forbid_new_privileges(self._libc)
        program = ctypes.byref(self._program)
        if self._libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, program) != 0:
            number = ctypes.get_errno()
            raise OSError(number, errno.errorcode.get(number, "seccomp"))


def forbid_new_privileges(libc: ctypes.CDLL) -> None:
    """Give up gaining rights by running another program, as filters require.

    Raises:
        OSError: The kernel refused it.
    """
    words = [ctypes.c_ulong(value) for value in (1, 0, 0, 0)]
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, *words) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs")


def make_filter() -> Filter | None:
    """Return the filter for this machine, or None where we have none for it."""
    processor = PROCESSORS.get(machine())
    if not sys.platform.startswith("linux") or processor is None:
        return None
    return Filter(assemble(processor))


def program_instructions() -> bytes | None:
    """Return the filter for a program of the system, or None where we have none for it."""
    processor = PROCESSORS.get(machine())
    if not sys.platform.startswith("linux") or processor is None:
        return None
    return assemble_for_program(processor)


def assemble(processor: Processor) -> bytes:
    """Return the filter's instructions for one processor.

    A call that is not on the list fails with ``EPERM``; ``clone3`` fails with ``ENOSYS``,
    so that the C library falls back to ``clone``, which is refused; a call by another
    processor's convention ends the process.
    """
    return _packed([*_shared_lines(processor), _fail(errno.EPERM)])


def assemble_for_program(processor: Processor) -> bytes:
    """Return the instructions for a program of the system: as ``assemble``, and a little more.

    It may be run, start threads and read; new processes and name spaces, other processes'
    limits, sockets and writing to files stay refused. What is not on the list fails with
    ``ENOSYS``, as on an older kernel: C libraries have another way then.
    """
    lines = _shared_lines(processor)
    for numbers in PROGRAM_ALLOWED.values():
        lines += _when(numbers[processor.column], then=[(_RETURN, 0, 0, _ALLOW)])
    lines += _when(CLONE[processor.column], then=_thread_only(argument=0))
    lines += _when(PRCTL[processor.column], then=_one_of(PRCTL_COMMANDS, argument=0))
    lines += _when(PRLIMIT[processor.column], then=_nothing_in(argument=2))
    return _packed([*lines, _fail(errno.ENOSYS)])


def _shared_lines(processor: Processor) -> list[_Instruction]:
    """Return what every filter begins with: the right processor, and the shared list."""
    lines = [
        *_fetch(_PROCESSOR_AT),
        (_EQUAL, 1, 0, processor.audit),
        (_RETURN, 0, 0, _KILL),
        *_fetch(_NUMBER_AT),
    ]
    if processor.foreign is not None:
        lines += [(_AT_LEAST, 0, 1, processor.foreign), _fail(errno.EPERM)]
    for numbers in ALLOWED.values():
        lines += _when(numbers[processor.column], then=[(_RETURN, 0, 0, _ALLOW)])
    for *pair, argument in OPENING.values():
        lines += _when(pair[processor.column], then=_no_bits(WRITING_FLAGS, argument=argument))
    lines += _when(IOCTL[processor.column], then=_one_of(IOCTL_COMMANDS, argument=1))
    lines += _when(FCNTL[processor.column], then=_one_of(FCNTL_COMMANDS, argument=1))
    return lines + _when(CLONE3[processor.column], then=[_fail(errno.ENOSYS)])


def _packed(lines: list[_Instruction]) -> bytes:
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _fetch(offset: int) -> list[_Instruction]:
    return [(_LOAD, 0, 0, offset)]


def _fail(number: int) -> _Instruction:
    return (_RETURN, 0, 0, _FAIL | number)


def _when(number: int | None, *, then: list[_Instruction]) -> list[_Instruction]:
    """Run ``then`` for one system call; it ends in a return on every way."""
    return [] if number is None else [(_EQUAL, 0, len(then), number), *then]


def _no_bits(mask: int, *, argument: int) -> list[_Instruction]:
    """Allow where the argument has none of the bits; flags are 32 bits wide."""
    return [
        *_fetch(_ARGUMENTS_AT + 8 * argument),
        (_ANY_BIT, 0, 1, mask),
        _fail(errno.EACCES),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _one_of(values: tuple[int, ...], *, argument: int) -> list[_Instruction]:
    """Allow where the argument is one of the values; commands are 32 bits wide."""
    lines = _fetch(_ARGUMENTS_AT + 8 * argument)
    for value in values:
        lines += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [*lines, _fail(errno.EPERM)]


def _thread_only(*, argument: int) -> list[_Instruction]:
    """Allow where the flags ask for a thread and for no name space; they are 32 bits wide."""
    return [
        *_fetch(_ARGUMENTS_AT + 8 * argument),
        (_ANY_BIT, 0, 1, NAMESPACE_FLAGS),
        _fail(errno.EPERM),
        (_ANY_BIT, 1, 0, THREAD_FLAG),
        _fail(errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _nothing_in(*, argument: int) -> list[_Instruction]:
    """Allow where the argument, a pointer of 64 bits, is null."""
    lines = []
    for half in (0, 4):
        lines += [
            *_fetch(_ARGUMENTS_AT + 8 * argument + half),
            (_EQUAL, 1, 0, 0),
            _fail(errno.EPERM),
        ]
    return [*lines, (_RETURN, 0, 0, _ALLOW)]


SUPPORTED: Final = tuple(sorted(PROCESSORS))
