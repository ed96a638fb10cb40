"""The filter is run here instruction by instruction, as the kernel would."""

import errno
import re
import struct
from pathlib import Path

import pytest

from affiant.box.seccomp import assemble, assemble_for_program
from affiant.box.syscalls import (
    ALLOWED,
    CLONE,
    CLONE3,
    FCNTL,
    IOCTL,
    OPENING,
    PRCTL,
    PRLIMIT,
    PROCESSORS,
    PROGRAM_ALLOWED,
)

ALLOW, KILL = 0x7FFF0000, 0x80000000
HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}
TABLE = {**ALLOWED, **OPENING, "ioctl": IOCTL, "fcntl": FCNTL, "clone3": CLONE3}
PROGRAM_TABLE = {**TABLE, **PROGRAM_ALLOWED, "clone": CLONE, "prctl": PRCTL, "prlimit64": PRLIMIT}


def verdict(name, number, *arguments, audit=None, assembled=assemble):
    """Return what the filter says of one system call."""
    processor = PROCESSORS[name]
    audit = processor.audit if audit is None else audit
    padded = [*arguments, *[0] * (6 - len(arguments))]
    call = struct.pack("=IIQ6Q", number, audit, 0, *padded)
    program, at, held = assembled(processor), 0, 0
    while True:
        code, yes, no, value = struct.unpack_from("=HBBI", program, 8 * at)
        at += 1
        if code == 0x06:
            return value
        if code == 0x20:
            held = struct.unpack_from("=I", call, value)[0]
        else:
            holds = {0x15: held == value, 0x35: held >= value, 0x45: bool(held & value)}[code]
            at += yes if holds else no


def refused(number):
    return 0x00050000 | number


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_what_is_on_the_list_is_allowed(name):
    column = PROCESSORS[name].column
    for numbers in ALLOWED.values():
        if numbers[column] is not None:
            assert verdict(name, numbers[column]) == ALLOW


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_everything_else_is_refused(name):
    column = PROCESSORS[name].column
    known = {numbers[column] for numbers in TABLE.values()}
    for number in set(range(600)) - known:
        assert verdict(name, number) == refused(errno.EPERM), number


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_files_are_opened_for_reading_only(name):
    number = OPENING["openat"][PROCESSORS[name].column]
    assert verdict(name, number, 0, 0, 0o2000000) == ALLOW
    for flags in (0o1, 0o2, 0o101, 0o1000, 0o20200000):
        assert verdict(name, number, 0, 0, flags) == refused(errno.EACCES)
        assert verdict(name, number, 0, 0, 0xF00000000 | flags) == refused(errno.EACCES)


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_commands_to_devices_and_descriptors_are_few(name):
    column = PROCESSORS[name].column
    assert verdict(name, IOCTL[column], 0, 0x5401) == ALLOW
    assert verdict(name, IOCTL[column], 0, 0x5412) == refused(errno.EPERM)  # type into a terminal
    assert verdict(name, IOCTL[column], 0, 0x1_0000_5412) == refused(errno.EPERM)
    assert verdict(name, FCNTL[column], 0, 3) == ALLOW
    assert verdict(name, FCNTL[column], 0, 8) == refused(errno.EPERM)  # send signals to an owner


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_new_processes_and_other_conventions_are_refused(name):
    assert verdict(name, CLONE3[0]) == refused(errno.ENOSYS)
    assert verdict(name, 0, audit=0x40000003) == KILL
    if PROCESSORS[name].foreign is not None:
        assert verdict(name, 0x40000000) == refused(errno.EPERM)


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_the_numbers_are_those_of_the_kernel(name):
    column = PROCESSORS[name].column
    ours = {
        call: numbers[column]
        for call, numbers in PROGRAM_TABLE.items()
        if numbers[column] is not None
    }
    assert len(set(ours.values())) == len(ours)
    header = Path(HEADERS[name])
    if header.exists():  # Debian: linux-libc-dev
        said = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text()))
        said.setdefault("newfstatat", said.get("fstatat", ""))
        assert {call: str(number) for call, number in ours.items()} == {
            call: said.get(call) for call in ours
        }


def of_program(name, number, *arguments, audit=None):
    """Return what the filter for programs of the system says of one system call."""
    return verdict(name, number, *arguments, audit=audit, assembled=assemble_for_program)


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_a_program_may_do_what_is_on_its_list_and_nothing_else(name):
    column = PROCESSORS[name].column
    for numbers in (*ALLOWED.values(), *PROGRAM_ALLOWED.values()):
        if numbers[column] is not None:
            assert of_program(name, numbers[column]) == ALLOW
    known = {numbers[column] for numbers in PROGRAM_TABLE.values()}
    for number in set(range(600)) - known:
        assert of_program(name, number) == refused(errno.ENOSYS)
    assert of_program(name, 1, audit=0x40000003) == KILL


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_a_program_starts_threads_but_no_process_and_no_name_space(name):
    clone = CLONE[PROCESSORS[name].column]
    thread = 0x3D0F00  # as the C library asks for one
    assert of_program(name, clone, thread) == ALLOW
    assert of_program(name, clone, 17) == refused(errno.EPERM)  # fork
    assert of_program(name, clone, 0x4111) == refused(errno.EPERM)  # vfork
    for flag in (0x80, 0x20000, *(1 << bit for bit in range(25, 31))):
        assert of_program(name, clone, thread | flag) == refused(errno.EPERM)


@pytest.mark.parametrize("name", sorted(PROCESSORS))
def test_a_program_reads_limits_and_sets_none(name):
    prlimit = PRLIMIT[PROCESSORS[name].column]
    assert of_program(name, prlimit, 0, 7, 0, 1 << 40) == ALLOW
    for pointer in (1, 1 << 32, 0x7FFF_0000_0000):
        assert of_program(name, prlimit, 0, 7, pointer) == refused(errno.EPERM)
    prctl = PRCTL[PROCESSORS[name].column]
    assert of_program(name, prctl, 15) == ALLOW
    for command in (1, 4, 22, 38, 0x59616D61):
        assert of_program(name, prctl, command) == refused(errno.EPERM)
