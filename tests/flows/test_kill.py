"""``kill -9`` at any moment: the case opens, verifies, and holds what was acknowledged."""

import json
import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from time import sleep

import pytest

from affiant.store.objects import digest_of_file
from flows.desk import Desk, new_desk, write
from flows.killing import Running
from flows.mill import ids_of

FILES = 320
KILLS = 55
MEMORY = Path("/dev/shm")


@pytest.fixture
def quick_path(tmp_path) -> Iterator[Path]:
    """A folder in memory where there is one: being killed is not losing power."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    folder = Path(mkdtemp(prefix="affiant-test-", dir=MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def letters(tmp_path_factory) -> Path:
    """A few hundred small files."""
    documents = {
        f"{n:03}.txt": f"Letter {n}.\n{n} were killed.\n" * (n % 7 + 1) for n in range(FILES)
    }
    return write(tmp_path_factory.mktemp("letters"), documents)


def holds(desk: Desk, acknowledged: Iterable[str]) -> None:
    """Fail unless the case verifies and holds every acknowledged document."""
    desk.clean()
    with desk.open() as case:
        known = {row.document_id for row in case.documents.all()}
        for line in acknowledged:
            document = json.loads(line)["document"]
            assert document in known
            assert digest_of_file(case.originals.path(document)) == document


def test_what_add_acknowledged_survives_being_killed(letters, quick_path, note):
    random, counted, runs = Random(11), 0, 0
    while counted < KILLS:
        runs += 1
        assert runs < 3 * KILLS, "add is too quick to be killed midway: add files"
        desk = new_desk(quick_path / str(runs))
        wanted, delay = random.randint(1, FILES - 40), random.random() * 0.03
        running = Running(desk, "add", letters, "--json")
        running.wait_for(lambda r=running, w=wanted: len(r.lines()) >= w)
        sleep(delay)
        running.kill()
        acknowledged = running.lines()
        counted += 1 <= len(acknowledged) < FILES
        holds(desk, acknowledged)
        shutil.rmtree(quick_path / str(runs))
    note(f"killed {counted} times between the first and the last acknowledgement, {runs} runs")


def test_add_goes_on_where_it_was_killed_again_and_again(letters, quick_path):
    random, desk, acknowledged = Random(5), new_desk(quick_path), set()
    for _ in range(6):
        running = Running(desk, "add", letters, "--json", "--resume")
        before = len(acknowledged)
        running.wait_for(lambda r=running: len(r.lines()) >= 1)
        sleep(random.random() * 0.02)
        running.kill()
        acknowledged |= set(running.lines())
        holds(desk, acknowledged)
        assert len(acknowledged) >= before
    done = desk.json("add", letters, "--resume")
    acknowledged |= {json.dumps(line, ensure_ascii=False) for line in done}
    assert len({json.loads(line)["document"] for line in acknowledged}) == FILES
    assert all(line["status"] == "added" for line in done)
    with desk.open() as case:
        assert len(case.documents.all()) == FILES
        assert case.documents.waiting()
    desk.clean()
    assert desk.json("add", letters, "--resume") == []


def test_the_command_itself_killed_by_the_system_loses_nothing_acknowledged(letters, tmp_path):
    for number in range(2):
        desk = new_desk(tmp_path / str(number))
        process = desk.start("add", letters, "--json")
        first = process.stdout.readline()
        process.kill()
        lines = (first + process.stdout.read()).split("\n")[:-1]
        process.wait(30)
        assert lines
        holds(desk, lines)


def test_what_read_acknowledged_survives_being_killed(letters, quick_path):
    random, desk, read = Random(3), new_desk(quick_path), set()
    desk.run("add", letters)
    kept = quick_path / "kept"
    shutil.copytree(desk.folder, kept)
    for _ in range(8):
        running = Running(desk, "read", "--json")
        running.wait_for(lambda r=running: len(r.lines()) >= 1)
        sleep(random.random() * 0.05)
        running.kill()
        lines = {json.loads(line)["document"] for line in running.lines()}
        assert not lines & read, "nothing is read twice"
        read |= lines
        desk.clean()
        with desk.open() as case:
            assert read <= {text.document_id for text in case.documents.texts()}
    desk.run("read")
    with desk.open() as case:
        assert len(case.documents.texts()) == FILES
    desk.clean()


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_add_killed_inside_its_first_durable_write_leaves_an_orphan_at_most(
    call, letters, tmp_path
):
    desk = new_desk(tmp_path)
    running = Running(desk, "add", letters, "--json", dies_at=call)
    assert running.end() == -signal.SIGKILL
    assert running.lines() == []
    desk.clean()
    desk.run("add", letters)
    desk.clean()


def test_an_erasure_that_was_interrupted_is_finished_at_the_next_opening(mill):
    document = mill.document("alba.txt")
    with mill.open() as case:
        path = case.originals.path(document)
    running = Running(mill, "protect", "erase", document, "--why", "safety", dies_at="unlink")
    assert running.end() == -signal.SIGKILL
    assert path.exists(), "killed after the commit, before the file went"
    mill.run("status")
    assert not path.exists()
    mill.clean()


def test_an_erasure_killed_at_any_moment_happened_wholly_or_not_at_all(mill, tmp_path):
    random, outcomes = Random(2), set()
    shutil.copytree(mill.folder.parent, tmp_path / "kept")
    claim = ids_of(mill)["deln"]
    for number in range(14):
        target = tmp_path / str(number)
        shutil.copytree(tmp_path / "kept", target)
        desk = Desk(target / mill.folder.name, target / "configuration")
        running = Running(desk, "protect", "erase", "deln.txt", "--why", "safety")
        sleep(random.random() * 0.14)
        running.kill()
        desk.clean()
        with desk.open() as case:
            erased = claim not in {row.claim_id for row in case.claims.all()}
            texts = {text.document_id for text in case.documents.texts()}
        left = [path for path in desk.folder.rglob("*") if b"seven people" in _bytes(path)]
        assert bool(left) != erased, left
        assert len(texts) == (10 if erased else 11)
        outcomes.add(erased)
        shutil.rmtree(target)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
