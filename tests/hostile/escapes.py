"""What a parser that was taken over would try; each task runs inside the box.

A task answers ``denied`` or what it got.
"""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path


def _attempt(act):
    try:
        got = act()
    except (OSError, RuntimeError, MemoryError, ValueError) as problem:
        return f"denied {problem!r}".encode()
    return f"GOT {got!r}".encode()


def _call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), errno.errorcode.get(ctypes.get_errno()))
    return result


def echo(data, *, arguments):
    return data


def double(data, *, arguments):
    return (data.decode() + arguments["suffix"]).encode()


def open_network_socket(data, *, arguments):
    return _attempt(lambda: socket.create_connection(("127.0.0.1", int(arguments["port"])), 2))


def open_local_socket(data, *, arguments):
    return _attempt(lambda: socket.socket(socket.AF_UNIX).connect(arguments["path"]))


def look_up_name(data, *, arguments):
    return _attempt(lambda: socket.getaddrinfo("example.org", 80))


def read_file(data, *, arguments):
    return _attempt(lambda: Path(arguments["path"]).read_bytes()[:40])


def list_folder(data, *, arguments):
    return _attempt(lambda: [entry.name for entry in Path(arguments["path"]).iterdir()])


def read_environment(data, *, arguments):
    return repr(sorted(os.environ)).encode()


def read_others_environment(data, *, arguments):
    return _attempt(lambda: Path(f"/proc/{arguments['pid']}/environ").read_bytes())


def trace(data, *, arguments):
    return _attempt(lambda: _call(101, 16, int(arguments["pid"]), 0, 0))


def write_others_memory(data, *, arguments):
    return _attempt(lambda: _call(311, int(arguments["pid"]), 0, 0, 0, 0, 0))


def new_namespace(data, *, arguments):
    return _attempt(lambda: _call(272, 0x10000000))


def mount(data, *, arguments):
    return _attempt(lambda: _call(165, b"none", b"/", b"tmpfs", 0, 0))


def use_key_ring(data, *, arguments):
    return _attempt(lambda: _call(250, 0, -3, 1))


def use_io_uring(data, *, arguments):
    return _attempt(lambda: _call(425, 8, ctypes.create_string_buffer(120)))


def use_bpf(data, *, arguments):
    return _attempt(lambda: _call(321, 0, ctypes.create_string_buffer(128), 128))


def use_userfaultfd(data, *, arguments):
    return _attempt(lambda: _call(323, 0))


def use_old_convention(data, *, arguments):
    return _attempt(lambda: _call(0x40000000 | 41, 2, 1, 0))


def fork(data, *, arguments):
    return _attempt(os.fork)


def start_program(data, *, arguments):
    return _attempt(lambda: subprocess.run(["/usr/bin/id"], check=False).returncode)


def replace_program(data, *, arguments):
    return _attempt(lambda: os.execv(sys.executable, [sys.executable, "-c", "pass"]))


def start_thread(data, *, arguments):
    return _attempt(threading.Thread(target=time.sleep, args=(0,)).start)


def signal_parent(data, *, arguments):
    return _attempt(lambda: os.kill(os.getppid(), signal.SIGKILL))


def signal_all(data, *, arguments):
    return _attempt(lambda: os.kill(-1, signal.SIGKILL))


def raise_own_limits(data, *, arguments):
    import resource

    return _attempt(lambda: resource.setrlimit(resource.RLIMIT_CPU, (999, 999)))


def write_file(data, *, arguments):
    return _attempt(lambda: Path(arguments["path"]).write_bytes(b"x" * 1000))


def make_folder(data, *, arguments):
    return _attempt(lambda: Path(arguments["path"]).mkdir())


def remove_file(data, *, arguments):
    return _attempt(lambda: Path(arguments["path"]).unlink())


def type_into_terminal(data, *, arguments):
    return _attempt(lambda: _call(16, 2, 0x5412, ctypes.c_char_p(b"x")))


def open_files(data, *, arguments):
    return repr(sorted(fd for fd in range(200) if _is_open(fd))).encode()


def _is_open(descriptor):
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def list_processes(data, *, arguments):
    return repr([pid for pid in range(1, 100_000) if _exists(pid)]).encode()


def _exists(pid):
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def eat_memory(data, *, arguments):
    held = []
    while True:
        held.append(bytearray(64 << 20))


def eat_memory_beneath(data, *, arguments):
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while True:
        place = libc.malloc(16 << 20)
        ctypes.memset(place, 1, 16 << 20)


def eat_processor(data, *, arguments):
    while True:
        pass


def sleep_on(data, *, arguments):
    time.sleep(3600)
    return b""


def answer_too_much(data, *, arguments):
    return bytes(int(arguments["size"]))


def answer_without_end(data, *, arguments):
    while True:
        os.write(1, bytes(1 << 16))


def answer_nonsense(data, *, arguments):
    os.write(1, b"R" + bytes(8) + b"more than was said")
    os._exit(0)


def answer_other_code(data, *, arguments):
    os.write(1, b"E" + (5).to_bytes(8, "big") + b"\x1b[2J!")
    os._exit(0)


def close_output_and_stay(data, *, arguments):
    os.close(1)
    while True:
        time.sleep(1)


def break_segment(data, *, arguments):
    ctypes.string_at(0)
    return b""


def abort(data, *, arguments):
    os.abort()


def leave_early(data, *, arguments):
    os._exit(0)


def fail(data, *, arguments):
    raise RuntimeError("words of an attacker \x1b[31m")


def recurse(data, *, arguments):
    return recurse(data, arguments=arguments)


def remember(data, *, arguments):
    seen = getattr(remember, "seen", 0)
    remember.seen = seen + 1
    return str(seen).encode()


def make_files_in_memory(data, *, arguments):
    return _attempt(lambda: os.memfd_create("x"))


def write_shared_memory(data, *, arguments):
    return _attempt(lambda: Path("/dev/shm/x").write_bytes(b"x"))
