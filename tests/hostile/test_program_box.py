"""A program of the system that was taken over by its document can do no harm.

The program is Python, its document a script of the escape suite: what ``escapes`` tries in
the box of our own parsers, it tries here.
"""

import json
import os
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from pathlib import Path

import pytest

from affiant.box import DOCUMENT, Limits, ProgramBox, is_strong
from affiant.errors import AffiantError, UnreadableError
from hostile.boxes import FOLDER, MEBIBYTE, needs_bubblewrap, needs_linux

pytestmark = needs_linux

FULL = ("bubblewrap", "seccomp")
FENCED = ("landlock", "seccomp")
FILTERED = ("seccomp",)
NAMES = {FULL: "bubblewrap", FENCED: "landlock", FILTERED: "filter"}
PYTHON = Path(os.path.realpath(sys.executable))
LIBRARY = [Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("platstdlib"))]
END = b"\n-- end of answer --\n"
SCRIPT = (
    (FOLDER / "escapes.py").read_bytes()
    + b"""
import json
for task, arguments in json.loads(sys.argv[1]):
    sys.stdout.buffer.write(globals()[task](b"", arguments=arguments))
    sys.stdout.buffer.write(%r)
"""
    % END
)
CALM = Limits(
    memory_bytes=256 * MEBIBYTE, cpu_seconds=1, wall_seconds=3.0, output_bytes=2 * MEBIBYTE
)
DENIED = [
    *("use_key_ring", "use_io_uring", "use_bpf", "use_userfaultfd", "use_old_convention"),
    *("new_namespace", "mount", "look_up_name", "fork", "start_program", "signal_parent"),
    *("signal_all", "raise_own_limits", "type_into_terminal", "make_files_in_memory"),
    *("write_shared_memory",),
]


def box_of(*layers, limits=CALM):
    return ProgramBox(PYTHON, folders=LIBRARY, limits=limits, layers=layers)


def ask(box, task, *, document=SCRIPT, **arguments):
    return ask_all(box, [(task, arguments)], document=document)[0]


def ask_all(box, tasks, *, document=SCRIPT):
    """Have one run try several tasks, and return what each answered."""
    words = ["-I", "-S", "-B", DOCUMENT, json.dumps(tasks)]
    data = box.run(words, document=document).data
    return data.split(END)[:-1]


def running_with(word, *, program=b""):
    """Return the processes of this machine on whose command line a word stands."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes() if folder.name.isdecimal() else b""
        except OSError:
            continue
        if word.encode() in words and words.startswith(program) and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def gone_within(seconds, *, word):
    until = time.monotonic() + seconds
    while running_with(word):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(
    scope="module",
    params=[pytest.param(FULL, marks=needs_bubblewrap), FENCED, FILTERED],
    ids=NAMES.get,
)
def filtered(request):
    return box_of(*request.param)


@pytest.fixture(
    scope="module", params=[pytest.param(FULL, marks=needs_bubblewrap), FENCED], ids=NAMES.get
)
def fenced(request):
    box = box_of(*request.param)
    if request.param == FENCED and "landlock" not in box.isolation:
        pytest.skip("this kernel has no Landlock")
    return box


@needs_bubblewrap
def test_the_full_box_names_itself_the_strongest():
    box = box_of("bubblewrap", "landlock", "seccomp")
    assert box.isolation == "bubblewrap+seccomp+rlimits"
    assert is_strong(box.isolation)
    assert box.greeting.startswith(b"Python 3.")


@pytest.mark.parametrize("layers", [FENCED, FILTERED, ()])
def test_a_weaker_box_names_only_what_holds(layers):
    box = box_of(*layers)
    assert set(box.isolation.split("+")) <= {*layers, "rlimits"}
    assert not is_strong(box.isolation)
    assert box.greeting.startswith(b"Python 3.")
    assert ask(box, "double", suffix="x") == b"x"


def test_a_bubblewrap_that_refuses_to_work_is_not_counted_on(monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert box_of("bubblewrap", "seccomp").isolation == "seccomp+rlimits"


def test_a_program_that_is_not_there_is_told():
    with pytest.raises(AffiantError, match="does not run here"):
        _ = ProgramBox(Path("/usr/bin/no-such-program")).isolation


def test_what_no_program_needs_is_denied(filtered):
    answers = ask_all(filtered, [(task, {}) for task in DENIED])
    assert len(answers) == len(DENIED)
    denied = [task for task, got in zip(DENIED, answers, strict=True) if got.startswith(b"denied")]
    assert denied == DENIED


def test_a_thread_is_no_escape_and_is_let_through(filtered):
    assert ask(filtered, "start_thread") == b"GOT None"


def test_no_connection_leaves_the_box(filtered, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert ask(filtered, "open_network_socket", port=port).startswith(b"denied")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        path = str(tmp_path / "s")
        assert ask(filtered, "open_local_socket", path=path).startswith(b"denied")


def test_our_own_process_is_neither_traced_nor_written(filtered):
    pid = str(os.getpid())
    assert ask(filtered, "trace", pid=pid).startswith(b"denied")
    assert ask(filtered, "write_others_memory", pid=pid).startswith(b"denied")


def test_our_environment_and_open_files_are_not_handed_on(filtered):
    allowed = {"LC_ALL", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "PWD"}
    assert set(eval(ask(filtered, "read_environment"))) <= allowed
    # 3 is the script itself, which Python holds open while it runs
    assert set(eval(ask(filtered, "open_files"))) <= {0, 1, 2, 3}


def test_nothing_is_written_anywhere(filtered, tmp_path):
    kept = tmp_path / "kept"
    kept.write_bytes(b"kept")
    places = [str(kept), str(tmp_path / "new"), "/tmp/new-file", "/new-file", "/document"]
    tasks = [
        (task, {"path": place})
        for place in places
        for task in ("write_file", "make_folder", "remove_file")
    ]
    assert [got[:6] for got in ask_all(filtered, tasks)] == [b"denied"] * len(tasks)
    assert kept.read_bytes() == b"kept"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_files_of_the_user_and_the_system_are_not_read(fenced, tmp_path):
    (tmp_path / "secret").write_text("secret")
    files = [str(tmp_path / "secret"), "/etc/passwd", "/etc/hostname", "/dev/sda"]
    files += [str(FOLDER / "escapes.py"), f"/proc/{os.getpid()}/environ"]
    answers = ask_all(fenced, [("read_file", {"path": path}) for path in files])
    assert [got[:6] for got in answers] == [b"denied"] * len(files)
    folders = [str(tmp_path), str(Path.home()), str(Path.cwd()), "/home", "/tmp", "/run"]
    answers = ask_all(fenced, [("list_folder", {"path": path}) for path in folders])
    for path, got in zip(folders, answers, strict=True):
        assert got.startswith(b"denied") or _holds_only_the_way(path, got=got), path


def _holds_only_the_way(path, *, got):
    """Tell whether a folder in the box holds nothing but the way to Python itself."""
    ways = [way.relative_to(path) for way in [PYTHON, *LIBRARY] if way.is_relative_to(path)]
    return set(eval(got.removeprefix(b"GOT "))) <= {way.parts[0] for way in ways}


def test_a_document_in_a_file_is_shown_and_its_neighbours_are_not(fenced, tmp_path):
    script = tmp_path / "script"
    script.write_bytes(SCRIPT)
    (tmp_path / "neighbour").write_text("private")
    assert ask(fenced, "double", document=script, suffix="seen") == b"seen"
    place = str(tmp_path / "neighbour")
    assert ask(fenced, "read_file", document=script, path=place).startswith(b"denied")
    assert ask(fenced, "write_file", document=script, path=str(script)).startswith(b"denied")
    assert script.read_bytes() == SCRIPT


@needs_bubblewrap
def test_without_the_filter_the_name_spaces_still_hold():
    box = box_of("bubblewrap")
    assert box.isolation == "bubblewrap+rlimits"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert ask(box, "open_network_socket", port=port).startswith(b"denied")
    assert ask(box, "read_file", path="/etc/passwd").startswith(b"denied")
    assert ask(box, "write_file", path="/tmp/x").startswith(b"denied")
    assert len(eval(ask(box, "list_processes"))) < 8
    assert ask(box, "mount").startswith(b"denied")


ENDS = [
    ("eat_memory_beneath", "crashed"),
    ("eat_processor", "timeout"),
    ("sleep_on", "timeout"),
    ("answer_without_end", "output_too_large"),
    ("close_output_and_stay", "timeout"),
    ("break_segment", "crashed"),
    ("abort", "crashed"),
    ("fail", "crashed"),
]


@pytest.mark.parametrize(("task", "code"), ENDS)
@pytest.mark.parametrize("layers", [pytest.param(FULL, marks=needs_bubblewrap), ()], ids=len)
def test_a_run_that_misbehaves_is_ended_with_all_it_started(layers, task, code):
    box = box_of(*layers)
    assert box.isolation
    word = f"word-{os.urandom(8).hex()}"
    began = time.monotonic()
    with pytest.raises(UnreadableError) as problem:
        ask(box, task, word=word)
    assert problem.value.code == code
    assert "attacker" not in str(problem.value)
    assert time.monotonic() - began < 8
    assert gone_within(2, word=word)


@needs_bubblewrap
def test_processes_of_an_unfiltered_program_die_with_the_deadline():
    script = b"import os, sys, time\nos.fork(), os.setsid() if os.fork() else 0\ntime.sleep(600)\n"
    word = f"word-{os.urandom(8).hex()}"
    with pytest.raises(UnreadableError) as problem:
        box_of("bubblewrap").run(["-I", "-S", DOCUMENT, word], document=script)
    assert problem.value.code == "timeout"
    assert gone_within(2, word=word)


@pytest.mark.parametrize("layers", [pytest.param(FULL, marks=needs_bubblewrap), FENCED])
def test_a_program_dies_with_us(layers):
    word = f"word-{os.urandom(8).hex()}"
    ours = subprocess.Popen(
        [sys.executable, "-c", "from hostile.test_program_box import start_long; start_long()"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "WORD": word}
        | {"LAYERS": ",".join(layers)},
    )
    try:
        until = time.monotonic() + 20
        while not running_with(word, program=bytes(PYTHON)):
            assert time.monotonic() < until, "it never started"
            time.sleep(0.05)
    finally:
        ours.kill()
        ours.wait()
    assert gone_within(5, word=word)


def start_long():
    """Run a program that never ends, in a process that is going to be killed."""
    layers = os.environ["LAYERS"].split(",")
    limits = Limits(memory_bytes=256 * MEBIBYTE, cpu_seconds=5, wall_seconds=60.0)
    ask(box_of(*layers, limits=limits), "sleep_on", word=os.environ["WORD"])


def test_an_answer_as_long_as_allowed_comes_through_and_no_longer(filtered):
    most = CALM.output_bytes - len(END)
    assert len(ask(filtered, "answer_too_much", size=str(most))) == most
    with pytest.raises(UnreadableError) as problem:
        ask(filtered, "answer_too_much", size=str(most + 1))
    assert problem.value.code == "output_too_large"


def test_several_threads_use_one_box_at_once(filtered):
    answers = {}

    def work(number):
        answers[number] = ask(filtered, "double", suffix=str(number))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: str(number).encode() for number in range(4)}


def test_no_descriptor_is_lost_over_many_runs(filtered):
    ask(filtered, "double", suffix="x")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with pytest.raises(UnreadableError):
            ask(filtered, "leave_badly")
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
