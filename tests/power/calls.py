"""The system calls by which a process changes a disk or speaks to a network, on Linux x86-64.

A filter in the kernel's own small language stops the traced process at these calls and no
others, so that tracing costs little. Calls that would change files in a way that the journal
cannot follow are in the table too: a trace that meets one fails.
"""

import ctypes
import struct

NUMBERS = {
    "write": 1,
    "open": 2,
    "pwrite64": 18,
    "ftruncate": 77,
    "truncate": 76,
    "fsync": 74,
    "fdatasync": 75,
    "rename": 82,
    "mkdir": 83,
    "rmdir": 84,
    "creat": 85,
    "link": 86,
    "unlink": 87,
    "symlink": 88,
    "chmod": 90,
    "fchmod": 91,
    "mknod": 133,
    "openat": 257,
    "mkdirat": 258,
    "mknodat": 259,
    "unlinkat": 263,
    "renameat": 264,
    "linkat": 265,
    "symlinkat": 266,
    "fchmodat": 268,
    "renameat2": 316,
    "openat2": 437,
    "writev": 20,
    "sendfile": 40,
    "pwritev": 296,
    "pwritev2": 328,
    "copy_file_range": 326,
    "splice": 275,
    "fallocate": 285,
    "mmap": 9,
    "msync": 26,
    "io_uring_setup": 425,
    "connect": 42,
    "bind": 49,
    "sendto": 44,
}
NAMES = {number: name for name, number in NUMBERS.items()}
NETWORK = frozenset({"connect", "bind", "sendto"})
OPENING = frozenset({"open", "creat", "openat"})
SYNCS = frozenset({"fsync", "fdatasync"})
WRITES = frozenset({"write", "pwrite64"})
# Changes that the journal cannot follow: none of them may occur on the case's files.
NOT_FOLLOWED = frozenset(
    {
        *("openat2", "writev", "sendfile", "pwritev", "pwritev2", "copy_file_range", "splice"),
        *("fallocate", "io_uring_setup", "symlink", "symlinkat", "mknod", "mknodat"),
    }
)

O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND = 0o1, 0o2, 0o100, 0o1000, 0o2000
_CHANGING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC
_MAP_SHARED, _PROT_WRITE = 1, 2

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000
_X86_64 = 0xC000003E
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def stop_at_these_calls() -> None:
    """Have the calling process, and all that it starts, stop for its tracer at each call."""
    code = b"".join(struct.pack("=HBBI", *line) for line in _instructions())
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(length=len(code) // 8, instructions=ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    ones = [ctypes.c_ulong(value) for value in (1, 0, 0, 0)]
    refused = libc.prctl(_NO_NEW_PRIVILEGES, *ones) or libc.prctl(
        _SET_SECCOMP, _FILTER_MODE, ctypes.byref(program)
    )
    if refused:
        raise OSError(ctypes.get_errno(), "the tracing filter was refused")


def _instructions() -> list[tuple[int, int, int, int]]:
    lines = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, _X86_64),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, 0),
    ]
    for name, number in NUMBERS.items():
        then = [(_RETURN, 0, 0, _TRACE)]
        if name in ("open", "openat"):
            then = _any_bit(1 if name == "open" else 2, mask=_CHANGING)
        elif name == "mmap":
            then = [*_no_bit_ends(3, mask=_MAP_SHARED), *_any_bit(2, mask=_PROT_WRITE)]
        lines += [(_EQUAL, 0, len(then), number), *then]
    return [*lines, (_RETURN, 0, 0, _ALLOW)]


def _any_bit(argument: int, *, mask: int) -> list[tuple[int, int, int, int]]:
    """Stop where the argument has one of the bits."""
    return [
        (_LOAD, 0, 0, 16 + 8 * argument),
        (_ANY_BIT, 0, 1, mask),
        (_RETURN, 0, 0, _TRACE),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _no_bit_ends(argument: int, *, mask: int) -> list[tuple[int, int, int, int]]:
    """Go on only where the argument has one of the bits."""
    return [(_LOAD, 0, 0, 16 + 8 * argument), (_ANY_BIT, 1, 0, mask), (_RETURN, 0, 0, _ALLOW)]
