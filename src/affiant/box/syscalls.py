"""The system calls that a job may make, with their numbers on each processor.

Source: Linux ``asm/unistd_64.h`` (x86_64) and ``asm-generic/unistd.h`` (aarch64).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Processor:
    """One processor family as the kernel's filter sees it.

    Attributes:
        audit: The number by which the kernel names it (``AUDIT_ARCH_*``).
        column: Its column in the tables of this file.
        foreign: System calls numbered from here on belong to another calling
            convention; None where there is none.
    """

    audit: int
    column: int
    foreign: int | None = None


PROCESSORS: Final = {
    "x86_64": Processor(audit=0xC000003E, column=0, foreign=0x4000_0000),
    "aarch64": Processor(audit=0xC00000B7, column=1),
}

# Reading, memory, time and ending: what Python and the parsers need once they are loaded.
# Everything else is refused: sockets, processes, threads, signals to others, writing to the
# file system, namespaces, tracing, io_uring, bpf, userfaultfd, key rings …
ALLOWED: Final[dict[str, tuple[int | None, int | None]]] = {
    "read": (0, 63),
    "write": (1, 64),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "brk": (12, 214),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "futex": (202, 98),
    "close": (3, 57),
    "stat": (4, None),
    "fstat": (5, 80),
    "lstat": (6, None),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "lseek": (8, 62),
    "pread64": (17, 67),
    "readv": (19, 65),
    "writev": (20, 66),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getcwd": (79, 17),
    "getdents64": (217, 61),
    "poll": (7, None),
    "ppoll": (271, 73),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "getrusage": (98, 165),
    "times": (100, 153),
    "time": (201, None),
    "gettimeofday": (96, 169),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "getrandom": (318, 278),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "exit": (60, 93),
    "exit_group": (231, 94),
}

# name: numbers, which argument holds the flags
OPENING: Final[dict[str, tuple[int | None, int | None, int]]] = {
    "open": (2, None, 1),
    "openat": (257, 56, 2),
}
IOCTL: Final = (16, 29)
FCNTL: Final = (72, 25)
CLONE3: Final = (435, 435)

# O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_TMPFILE: the same on both processors.
WRITING_FLAGS: Final = 0o1 | 0o2 | 0o100 | 0o1000 | 0o20000000
# "is this a terminal?", close-on-exec: what opening a file in Python asks for.
IOCTL_COMMANDS: Final = (0x5401, 0x5451)
# Duplicate, and read or set the flags of a descriptor; neither locks nor owners.
FCNTL_COMMANDS: Final = (0, 1, 2, 3, 4, 1030)

# What a program of the system asks for besides while it is loaded and works: being run, its
# thread's settings, copies of its open files, pipes to itself. Threads are let through by
# their flags (below); processes, sockets, files to write and signals are not.
PROGRAM_ALLOWED: Final[dict[str, tuple[int | None, int | None]]] = {
    "execve": (59, 221),
    "arch_prctl": (158, None),
    "set_tid_address": (218, 96),
    "wait4": (61, 260),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "pipe": (22, None),
    "pipe2": (293, 59),
    "select": (23, None),
    "pselect6": (270, 72),
    "eventfd2": (290, 19),
    "getrlimit": (97, 163),
    "getpgrp": (111, None),
    "getcpu": (309, 168),
    "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120),
    "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126),
    "membarrier": (324, 283),
    "fadvise64": (221, 223),
    "readahead": (187, 213),
    "mincore": (27, 232),
    "msync": (26, 227),
    "statfs": (137, 43),
    "fstatfs": (138, 44),
    "umask": (95, 166),
}
CLONE: Final = (56, 220)
PRCTL: Final = (157, 167)
PRLIMIT: Final = (302, 261)

# CLONE_THREAD: only with it, so that no new process comes of it.
THREAD_FLAG: Final = 0x1_0000
# CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME.
NAMESPACE_FLAGS: Final = 0x7E02_0080
# Set and read a thread's name.
PRCTL_COMMANDS: Final = (15, 16)
