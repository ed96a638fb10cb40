"""Crashes, hangs, bombs and endless answers cost one job each, never the parent."""

import os
import threading
import time
from pathlib import Path

import pytest

from affiant.box import Limits
from affiant.box.launch import find_places
from affiant.box.outcome import Job
from affiant.box.single import SingleProcesses
from affiant.errors import UnreadableError
from hostile.boxes import FOLDER, MEBIBYTE, SMALL, ask, box_of, needs_bubblewrap, needs_linux

pytestmark = needs_linux

CALM = Limits(
    memory_bytes=192 * MEBIBYTE, cpu_seconds=1, wall_seconds=2.0, output_bytes=2 * MEBIBYTE
)

ENDS = [
    ("eat_memory", "memory"),
    ("eat_memory_beneath", "crashed"),
    ("eat_processor", "timeout"),
    ("sleep_on", "timeout"),
    ("answer_without_end", "output_too_large"),
    ("answer_nonsense", "crashed"),
    ("answer_other_code", "crashed"),
    ("close_output_and_stay", "crashed"),
    ("break_segment", "crashed"),
    ("abort", "crashed"),
    ("leave_early", "crashed"),
    ("fail", "crashed"),
    ("recurse", "crashed"),
]


@pytest.fixture(
    scope="module",
    params=[pytest.param(("bubblewrap", "seccomp"), marks=needs_bubblewrap), ()],
    ids=["bubblewrap", "rlimits"],
)
def calm(request):
    with box_of(*request.param, limits=CALM) as box:
        yield box


@pytest.mark.parametrize(("task", "code"), ENDS)
def test_a_job_that_misbehaves_is_ended_and_the_next_one_runs(calm, task, code):
    began = time.monotonic()
    with pytest.raises(UnreadableError) as problem:
        ask(calm, task)
    assert problem.value.code == code
    assert time.monotonic() - began < 8
    assert "attacker" not in str(problem.value)
    assert ask(calm, "double", suffix="next") == b"next"


def test_an_answer_as_long_as_allowed_comes_through_and_no_longer(calm):
    allowed = CALM.output_bytes
    assert len(ask(calm, "answer_too_much", size=str(allowed))) == allowed
    with pytest.raises(UnreadableError) as problem:
        ask(calm, "answer_too_much", size=str(allowed + 1))
    assert problem.value.code == "output_too_large"


def test_a_document_is_sent_whole_in_both_directions():
    data = os.urandom(3 * MEBIBYTE + 17)
    with box_of("seccomp", limits=SMALL) as box:
        assert box.run("escapes:echo", data=data, arguments={}).data == data
        assert box.run("escapes:echo", data=b"", arguments={}).data == b""


def test_a_box_whose_process_was_killed_starts_a_new_one():
    with box_of("seccomp", limits=CALM) as box:
        assert ask(box, "double", suffix="1") == b"1"
        box._running._process.kill()
        with pytest.raises(UnreadableError) as problem:
            for _ in range(3):  # the job that already waits may still be served
                ask(box, "double", suffix="2")
        assert problem.value.code == "crashed"
        assert ask(box, "double", suffix="3") == b"3"


def test_nothing_is_left_running_after_a_box_is_closed():
    with box_of("seccomp", limits=CALM) as box:
        with pytest.raises(UnreadableError):
            ask(box, "sleep_on")
        group = box._running._process.pid
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_threads_take_turns_in_one_box(calm):
    answers = {}

    def work(number):
        answers[number] = ask(calm, "double", suffix=str(number))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: str(number).encode() for number in range(8)}


def _open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_no_descriptor_is_lost_over_many_jobs(calm):
    ask(calm, "double", suffix="x")
    before = _open_files()
    for number in range(40):
        if number % 4:
            ask(calm, "double", suffix="x")
        else:
            with pytest.raises(UnreadableError):
                ask(calm, "leave_early")
    assert _open_files() <= before + 2


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("sleep_on", "timeout"),
        ("answer_without_end", "output_too_large"),
        ("abort", "crashed"),
        ("fail", "crashed"),
    ],
)
def test_plain_child_processes_hold_deadline_and_output_too(task, code):
    singles = SingleProcesses(find_places([FOLDER]))
    job = Job(task=f"escapes:{task}", data=b"", arguments={})
    assert singles.run(job, limits=CALM).code == code


def test_a_plain_child_process_answers():
    singles = SingleProcesses(find_places([FOLDER]))
    job = Job(task="escapes:double", data=b"a" * 1000, arguments={"suffix": "b"})
    assert singles.run(job, limits=SMALL).reply == b"a" * 1000 + b"b"
