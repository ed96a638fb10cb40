"""Landlock: the kernel's own fence around files, for where bubblewrap is missing.

Source: Linux ``Documentation/userspace-api/landlock.rst``; the three calls have the same
numbers on every processor.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from affiant.box.seccomp import forbid_new_privileges

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
# How many rights over files each version of Landlock knows.
_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15}
_RIGHTS_SINCE_5: Final = 16
_CONNECT_AND_BIND, _SIGNALS_AND_SOCKETS = 3, 3


def fence_files(folders: Sequence[str], *, programs: Sequence[str] = ()) -> bool:
    """Leave this process and its children nothing but reading under ``folders``.

    Where the kernel can, connecting over TCP and signals to processes outside are refused
    too. Folders that do not exist are left out.

    Args:
        folders: What may be read.
        programs: Files and folders from which, besides, programs may be run.

    Returns:
        True where the fence stands; False where this system has none.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = int(libc.syscall(_CREATE, None, ctypes.c_size_t(0), 1))
    if version < 1:
        return False
    attributes = _attributes(version)
    rules = int(libc.syscall(_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0))
    if rules < 0:
        return False
    try:
        forbid_new_privileges(libc)
        for folder in filter(os.path.exists, folders):
            _allow(folder, rights=_READ_FILE, rules=rules, libc=libc)
        for program in filter(os.path.exists, programs):
            _allow(program, rights=_READ_FILE | _EXECUTE, rules=rules, libc=libc)
        return bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _attributes(version: int) -> bytes:
    """Return everything that this version can refuse, as ``struct landlock_ruleset_attr``."""
    files = (1 << _RIGHTS.get(version, _RIGHTS_SINCE_5)) - 1
    if version < 4:
        return struct.pack("=Q", files)
    if version < 6:
        return struct.pack("=QQ", files, _CONNECT_AND_BIND)
    return struct.pack("=QQQ", files, _CONNECT_AND_BIND, _SIGNALS_AND_SOCKETS)


def _allow(path: str, *, rights: int, rules: int, libc: ctypes.CDLL) -> None:
    """Allow this below one folder, listing it too, or of one file.

    Raises:
        OSError: The folder cannot be opened, or the kernel refused the rule.
    """
    rights |= _READ_FOLDER if Path(path).is_dir() else 0
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, place)
        if libc.syscall(_ADD, rules, 1, rule, 0) != 0:
            raise OSError(ctypes.get_errno(), f"landlock refused {path}")
    finally:
        os.close(place)
