"""Every row of the table of hostile files, through ``add`` and ``read`` as the product does it."""

import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from affiant.box import Box, Limits
from affiant.log.keys import key_from_seed
from affiant.preserve import Obtained, Refused, take_in
from affiant.read import PRELOAD, read_confined, sniff, step
from affiant.read.codes import PARTIAL, UNREADABLE
from affiant.read.step import ReadResult, read_waiting
from affiant.store import Case, Surroundings, create_case
from affiant.store.objects import digest_of
from hostile import bombs
from hostile.boxes import needs_bubblewrap, needs_linux
from hostile.table import PICTURES, ROWS, Row

pytestmark = [needs_linux, needs_bubblewrap]

# Less time than the product gives, for the suite's sake: a file that takes all of it costs this.
LIMITS = Limits(cpu_seconds=6, wall_seconds=14.0)
LONGEST_S = 30.0
MOST_BYTES = 1 << 30
KEY = key_from_seed(bytes(32))
# A picture has no words; that it was looked at is told by "no_text".
WITHOUT_WORDS = frozenset({row.name for row in PICTURES} | {"script.gif"})


@dataclass
class Run:
    """What came of reading one kind of files of the table."""

    case: Case
    digests: dict[str, str]
    results: dict[str, ReadResult] = field(default_factory=dict)
    parts: dict[str, list[ReadResult]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    visitors: int = 0
    child_bytes: int = 0
    heaviest: str = ""

    def end(self, name: str) -> str:
        """Return what came of one file: ``read``, ``parts`` or a code."""
        result = self.results[name]
        if result.code is not None:
            return result.code
        return "read" if result.text_digest is not None else "parts"

    def codes(self, name: str) -> set[str]:
        """Return every code that stands at a file or at its parts, at any depth."""
        everyone = [self.results[name], *self.parts.get(name, [])]
        noted = {problem.split(" ", 1)[0] for one in everyone for problem in one.problems}
        return noted | {one.code for one in everyone if one.code is not None}

    def texts(self, name: str) -> Iterator[str]:
        """Yield the texts of a file and of its parts."""
        for one in [self.results[name], *self.parts.get(name, [])]:
            if one.text_digest is not None:
                yield self.case.text(one.text_digest)


@pytest.fixture(scope="module", params=["hostile", "twin"])
def run(request, tmp_path_factory) -> Iterator[Run]:
    """Take in and read every hostile file, or every twin, in one case and one box.

    Temporary files would lie in a folder of their own, and addresses in the files lead to a
    trap: both stay empty.
    """
    folder = tmp_path_factory.mktemp(request.param)
    for name in ("in", "tmp"):
        (folder / name).mkdir()
    around = Surroundings(configuration=folder / "configuration")
    with (
        pytest.MonkeyPatch.context() as patch,
        socket.create_server(("127.0.0.1", 0)) as trap,
        create_case(
            folder / "case", name="x", key=KEY, person="Ada Corvin", surroundings=around
        ) as case,
    ):
        patch.setattr(tempfile, "tempdir", str(folder / "tmp"))
        patch.setitem(bombs.TRAP, "port", trap.getsockname()[1])
        found = Run(case, {})
        for row in ROWS:
            data = getattr(row, request.param)()
            keep(case, row=row, data=data, incoming=folder / "in", run=found)
        watched = watch(folder)
        read_all(case, run=found)
        found.outside = watch(folder) - watched
        found.visitors = visitors(trap)
        yield found


def watch(folder: Path) -> set[str]:
    """Return what lies in the places where a reader might leave something."""
    near = [path for path in folder.rglob("*") if (folder / "case") not in path.parents]
    far = [path for place in (Path.cwd(), Path.home()) for path in place.iterdir()]
    return {str(path) for path in (*near, *far)}


def visitors(trap: socket.socket) -> int:
    """Count who came to an address that a file names."""
    trap.setblocking(False)
    try:
        trap.accept()[0].close()
    except BlockingIOError:
        return 0
    return 1


def keep(case: Case, *, row: Row, data: bytes, incoming: Path, run: Run) -> None:
    """Add one file, and take it away again: only the case holds it then."""
    path = incoming / row.name
    path.write_bytes(data)
    run.digests[row.name] = digest_of(data)
    obtained = Obtained(recognise=lambda head, name: sniff(head, name=name))
    [kept] = take_in(case, paths=[path], key=KEY, obtained=obtained)
    assert not isinstance(kept, Refused)
    path.unlink()


def read_all(case: Case, *, run: Run) -> None:
    """Read what waits; the time of a file is that of its own parts too."""
    names = {}
    for name, digest in run.digests.items():
        names.setdefault(digest, []).append(name)
    with (
        Box(PRELOAD, limits=LIMITS) as box,
        Watcher() as watcher,
        pytest.MonkeyPatch.context() as patch,
    ):
        assert box.isolation == "bubblewrap+seccomp+rlimits"
        patch.setattr(step, "read_confined", timed(run))
        for result in read_waiting(case, key=KEY, box=box):
            root = result.document.partition("!")[0]
            for name in names[root]:
                if "!" in result.document:
                    run.parts.setdefault(name, []).append(result)
                else:
                    run.results[name] = result
    run.child_bytes, run.heaviest = watcher.most, watcher.heaviest


def timed(run: Run) -> Callable[..., Any]:
    """Return the product's own reading of one document, with a clock beside it."""
    names = {digest: name for name, digest in run.digests.items()}

    def read(box: Box, *, data: bytes, **more: Any) -> Any:
        name = names.get(digest_of(data), "a part")
        began = time.monotonic()
        try:
            return read_confined(box, data=data, **more)
        finally:
            took = time.monotonic() - began
            run.seconds[name] = max(took, run.seconds.get(name, 0.0))

    return read


class Watcher(threading.Thread):
    """Looks, many times a second, at how much memory the processes below this one hold."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.heaviest = 0, ""
        self._done = threading.Event()

    def __enter__(self) -> "Watcher":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        while not self._done.wait(0.005):
            for process in below(os.getpid()):
                held = held_by(process)
                if held > self.most:
                    self.most, self.heaviest = held, told_of(process)


def below(process: int) -> Iterator[int]:
    """Yield every process that a process started, and those that they did."""
    try:
        lists = [thread / "children" for thread in Path(f"/proc/{process}/task").iterdir()]
        children = [int(word) for path in lists for word in path.read_text("ascii").split()]
    except OSError:  # it ended meanwhile
        return
    for child in children:
        yield child
        yield from below(child)


def told_of(process: int) -> str:
    """Return the line that a process was started with."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:300]
    except OSError:
        return "it is gone"


OURS = Path("/proc/self/cmdline").read_bytes()


def held_by(process: int) -> int:
    """Return the most memory that a process ever held, in bytes; 0 where it is gone.

    One that was forked from us and has not begun its own program yet still shows our memory.
    """
    try:
        if Path(f"/proc/{process}/cmdline").read_bytes() == OURS:
            return 0
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    most = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(most[0]) * 1024 if most else 0


def test_every_row_ends_as_was_written_down_before(run, request):
    hostile = "hostile" in request.node.callspec.id
    wrong = {}
    for row in ROWS:
        end, codes = run.end(row.name), run.codes(row.name)
        told = " / ".join([end, *sorted(codes)])
        if hostile and (end not in row.ends or (row.notes and not row.notes & codes)):
            wrong[row.name] = f"{told}, not {sorted(row.ends)} {sorted(row.notes)}"
        if hostile or row.name in WITHOUT_WORDS:
            continue
        if not any(row.gentle in text for text in run.texts(row.name)):
            wrong[row.name] = f"{told}: the twin is not read"
    assert wrong == {}


def test_pictures_that_are_kind_are_looked_at(run, request):
    if "twin" in request.node.callspec.id:
        ends = {name: run.end(name) for name in WITHOUT_WORDS}
        assert set(ends.values()) <= {"no_text"}, ends


def test_every_original_is_kept_byte_for_byte(run):
    for name, digest in run.digests.items():
        assert digest_of(run.case.originals.read(digest)) == digest, name


def test_no_file_takes_longer_than_it_may(run):
    assert {name: s for name, s in run.seconds.items() if s > LONGEST_S} == {}


def test_no_child_takes_more_memory_than_it_may(run, note):
    assert 0 < run.child_bytes < MOST_BYTES, run.heaviest
    slowest = max(run.seconds, key=run.seconds.__getitem__)
    note(f"{len(ROWS)} files, child at most {run.child_bytes >> 20} MiB, "
         f"slowest {slowest} {run.seconds[slowest]:.1f} s")  # fmt: skip


def test_nothing_is_written_outside_the_case(run):
    assert run.outside == set()


def test_no_address_in_a_file_is_followed(run):
    assert run.visitors == 0


def test_the_product_gives_no_file_more_time_or_memory_than_promised():
    limits = Limits()
    assert limits.wall_seconds < LONGEST_S
    assert limits.memory_bytes <= MOST_BYTES + (128 << 20), "libraries take 110 MiB unheld"


def test_only_our_own_codes_and_no_word_of_a_parser_stand_in_the_results(run):
    known = UNREADABLE.keys() | PARTIAL.keys()
    for name in run.results:
        assert run.codes(name) <= known, name


def test_no_secret_of_the_system_comes_into_a_text(run):
    secret = Path("/etc/passwd").read_text(encoding="utf-8", errors="replace").splitlines()[0]
    for name in run.results:
        assert not any(secret in text for text in run.texts(name)), name


def test_the_table_is_long_enough_and_no_name_stands_twice():
    assert len(ROWS) >= 40
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "link"])
def test_what_is_no_ordinary_file_is_refused_and_never_opened(kind, tmp_path):
    path = tmp_path / "in" / kind
    path.parent.mkdir()
    around = Surroundings(configuration=tmp_path / "configuration")
    with socket.socket(socket.AF_UNIX) as server:
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "socket":
            server.bind(os.path.relpath(path))
        else:
            path.symlink_to("/dev/zero" if kind == "device" else tmp_path / "nowhere")
        (path.parent / "kind.txt").write_text("kind words")
        with create_case(
            tmp_path / "case", name="x", key=KEY, person="Ada Corvin", surroundings=around
        ) as case:
            obtained = Obtained(recognise=lambda head, name: sniff(head, name=name))
            done = list(take_in(case, paths=[path.parent], key=KEY, obtained=obtained))
    refused = [one for one in done if isinstance(one, Refused)]
    assert [one.path for one in refused] == [f"in/{kind}"]
    assert len(done) == 2, "its neighbour is taken"
