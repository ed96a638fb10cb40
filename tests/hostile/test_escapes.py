"""The escape suite: what a parser that was taken over would try is denied."""

import os
import socket
import sys
from pathlib import Path

import pytest

from affiant.box import is_strong
from affiant.errors import UnreadableError
from hostile.boxes import ask, box_of, needs_bubblewrap, needs_linux

pytestmark = needs_linux

FULL = ("bubblewrap", "seccomp")
FENCED = ("landlock", "seccomp")
FILTERED = ("seccomp",)

DENIED_BY_FILTER = [
    "use_key_ring",
    "use_io_uring",
    "use_bpf",
    "use_userfaultfd",
    "use_old_convention",
    "new_namespace",
    "mount",
    "look_up_name",
    "fork",
    "start_program",
    "replace_program",
    "start_thread",
    "signal_parent",
    "signal_all",
    "raise_own_limits",
    "type_into_terminal",
    "make_files_in_memory",
    "write_shared_memory",
]


@pytest.fixture(
    scope="module",
    params=[pytest.param(FULL, marks=needs_bubblewrap), FENCED, FILTERED],
    ids=["bubblewrap", "landlock", "filter"],
)
def filtered(request):
    with box_of(*request.param) as box:
        yield box


@pytest.fixture(
    scope="module",
    params=[pytest.param(FULL, marks=needs_bubblewrap), FENCED],
    ids=["bubblewrap", "landlock"],
)
def fenced(request):
    with box_of(*request.param) as box:
        if request.param == FENCED and "landlock" not in box.isolation:
            pytest.skip("this kernel has no Landlock")
        yield box


@needs_bubblewrap
def test_the_full_box_names_itself_the_strongest():
    with box_of(*FULL) as box:
        assert box.isolation == "bubblewrap+seccomp+rlimits"
        assert is_strong(box.isolation)


@pytest.mark.parametrize("layers", [FENCED, FILTERED, ()])
def test_a_weaker_box_does_not_name_itself_the_strongest(layers):
    with box_of(*layers) as box:
        assert "bubblewrap" not in box.isolation
        assert not is_strong(box.isolation)
        assert ask(box, "double", suffix="x") == b"x"


def test_without_bubblewrap_on_the_path_a_box_falls_back_and_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with box_of("bubblewrap", "landlock", "seccomp") as box:
        assert box.isolation.endswith("seccomp+rlimits")
        assert "bubblewrap" not in box.isolation


def test_a_bubblewrap_that_refuses_to_work_is_not_counted_on(monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with box_of("bubblewrap", "seccomp") as box:
        assert box.isolation == "seccomp+rlimits"


@pytest.mark.parametrize("task", DENIED_BY_FILTER)
def test_what_no_parser_needs_is_denied(filtered, task):
    assert ask(filtered, task).startswith(b"denied")


def test_no_connection_leaves_the_box(filtered):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert ask(filtered, "open_network_socket", port=port).startswith(b"denied")


def test_no_local_socket_is_reached(filtered, tmp_path):
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        assert ask(filtered, "open_local_socket", path=path).startswith(b"denied")


def test_our_own_process_is_neither_traced_nor_written(filtered):
    pid = str(os.getpid())
    assert ask(filtered, "trace", pid=pid).startswith(b"denied")
    assert ask(filtered, "write_others_memory", pid=pid).startswith(b"denied")


def test_our_environment_is_not_handed_on(filtered, monkeypatch):
    assert set(eval(ask(filtered, "read_environment"))) <= {"LC_ALL", "OMP_NUM_THREADS", "PWD"}


def test_only_input_output_and_errors_are_open(filtered):
    assert ask(filtered, "open_files") == b"[0, 1, 2]"


def test_nothing_is_written_anywhere(filtered, tmp_path):
    kept = tmp_path / "kept"
    kept.write_bytes(b"kept")
    for place in (str(kept), str(tmp_path / "new"), "/tmp/new-file", "/new-file"):
        assert ask(filtered, "write_file", path=place).startswith(b"denied"), place
        assert ask(filtered, "make_folder", path=place).startswith(b"denied"), place
        assert ask(filtered, "remove_file", path=place).startswith(b"denied"), place
    assert kept.read_bytes() == b"kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept"]


def test_files_of_the_user_and_the_system_are_not_read(fenced, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    for path in (str(secret), "/etc/passwd", "/etc/hostname", "/proc/self/status", "/dev/sda"):
        assert ask(fenced, "read_file", path=path).startswith(b"denied"), path
    folders = [str(tmp_path), str(Path.home()), str(Path.cwd()), "/proc", "/home", "/tmp", "/run"]
    for path in folders:
        assert ask(fenced, "list_folder", path=path).startswith(b"denied") or _holds_only_paths(
            fenced, path
        ), path


def _holds_only_paths(box, path):
    """Tell whether a folder in the box holds nothing but the way to Python's own folders."""
    names = eval(ask(box, "list_folder", path=path).removeprefix(b"GOT "))
    ways = [sys.base_prefix, *sys.path, str(Path(__file__).parent), os.path.realpath("src")]
    below = [
        Path(way).relative_to(path).parts[:1] for way in ways if Path(way).is_relative_to(path)
    ]
    return set(names) <= {parts[0] for parts in below if parts}


def test_our_environment_is_not_read_through_the_process_list(fenced):
    answer = ask(fenced, "read_others_environment", pid=str(os.getpid()))
    assert answer.startswith(b"denied")
    assert ask(fenced, "read_others_environment", pid="1").startswith(b"denied")


def test_code_is_read_but_never_changed(fenced):
    source = str(Path(__file__).parent / "escapes.py")
    assert ask(fenced, "read_file", path=source).startswith(b"GOT")
    assert ask(fenced, "write_file", path=source).startswith(b"denied")


@needs_bubblewrap
def test_without_the_filter_the_name_spaces_still_hold():
    with box_of("bubblewrap") as box:
        assert box.isolation == "bubblewrap+rlimits"
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = str(server.getsockname()[1])
            assert ask(box, "open_network_socket", port=port).startswith(b"denied")
        assert ask(box, "read_file", path="/etc/passwd").startswith(b"denied")
        assert ask(box, "write_file", path="/tmp/x").startswith(b"denied")
        assert len(eval(ask(box, "list_processes"))) < 8
        assert ask(box, "mount").startswith(b"denied")


def test_a_job_remembers_nothing_of_the_one_before(filtered):
    assert [ask(filtered, "remember") for _ in range(3)] == [b"0", b"0", b"0"]


def test_a_task_that_is_not_there_costs_its_job_only(filtered):
    with pytest.raises(UnreadableError) as problem:
        ask(filtered, "no_such_task")
    assert problem.value.code == "crashed"
    assert ask(filtered, "double", suffix="y") == b"y"
