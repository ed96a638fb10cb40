"""What a stranger needs to run Affiant: the script, the locks, the pages' links."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from programs import PROGRAMS

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT / "dev"
LOCKS = ["runtime.txt", "build.txt", "dev.txt", "uv.txt"]

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(name: str) -> dict[str, list[str]]:
    """Return what a lock pins: name to versions, one for each kind of system."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "lock" / name).read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            found.setdefault(match["name"], []).append(match["version"])
    return found


def pyproject() -> dict:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_and_hashes_and_no_place_on_any_machine_or_network(name):
    lines = (ROOT / "lock" / name).read_text(encoding="utf-8").splitlines()
    other = [
        line
        for line in lines
        if not PIN.match(line) and not HASH.match(line) and not line.lstrip().startswith("# ")
    ]
    assert not other
    assert not [line for line in lines if "://" in line or "file:" in line]
    followed_by_hash = [HASH.match(after) for line, after in pairwise(lines) if PIN.match(line)]
    assert followed_by_hash
    assert all(followed_by_hash)


def test_the_lock_for_development_holds_the_smaller_ones():
    dev = pins("dev.txt")
    for name in ("runtime.txt", "build.txt"):
        smaller = pins(name)
        assert {package: dev.get(package) for package in smaller} == smaller


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("runtime.txt", pyproject()["project"]["dependencies"]),
        ("dev.txt", pyproject()["project"]["optional-dependencies"]["dev"]),
        ("build.txt", pyproject()["build-system"]["requires"]),
    ],
)
def test_a_lock_has_everything_that_pyproject_asks_for(lock, wanted):
    pinned = pins(lock)
    unmet = [
        text
        for text in wanted
        for asked in [Requirement(text)]
        if not any(
            asked.specifier.contains(Version(version), prereleases=True)
            for version in pinned.get(canonicalize_name(asked.name), [])
        )
    ]
    assert not unmet, "run ./dev lock"


def test_the_environment_holds_what_the_lock_says():
    if not (ROOT / ".venv" / "affiant.json").exists() or Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("these tests do not run in the environment that ./dev makes")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_dev_can_be_read_by_an_old_python():
    ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_dev_needs_the_standard_library_alone():
    tree = ast.parse(DEV.read_text(encoding="utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= sys.stdlib_module_names


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_dev_and_ci_can_be_run():
    assert os.access(DEV, os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_dev_without_a_verb_says_what_it_can_do_and_makes_nothing():
    done = subprocess.run(
        [sys.executable, DEV, "dance"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    for verb in ("demo", "test", "check", "lock"):
        assert f"./dev {verb}" in done.stderr


def test_ci_installs_every_program_that_a_test_may_miss():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [package for _, package, _ in PROGRAMS.values() if package not in script] == []


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_links_to_nothing_that_is_not_there(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    near = [target for target in targets if target and "://" not in target and ":" not in target]
    assert [target for target in near if not (page.parent / target).exists()] == []


def test_every_page_of_the_manual_can_be_reached_from_its_first():
    first = ROOT / "docs" / "README.md"
    seen: set[Path] = set()
    to_read = [first]
    while to_read:
        page = to_read.pop()
        if page in seen or not page.exists():
            continue
        seen.add(page)
        links = re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8"))
        near = [(page.parent / link).resolve() for link in links if "://" not in link]
        for target in near:
            to_read += sorted(target.glob("*.md")) if target.is_dir() else [target]
        to_read = [path for path in to_read if path.suffix == ".md"]
    assert {path for path in PAGES if path.parts[len(ROOT.parts)] == "docs"} <= seen


def test_the_wheel_holds_every_file_of_the_package(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    source = ROOT / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in (source / "affiant").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        assert sorted(files - set(archive.namelist())) == []


SKIPPED = """
import pytest

@pytest.mark.skip(reason="chromium is not installed")
def test_that_is_skipped():
    pass
"""
BOTH = SKIPPED + "def test_that_runs():\n    pass\n"
SKIPPED_FILE = 'import pytest\npytest.importorskip("a_library_nobody_has")\n' + BOTH


def run_apart(
    folder: Path, *, content: str, full: bool, workers: str = "0"
) -> subprocess.CompletedProcess[str]:
    """Run one test file under a copy of our conftest, in a process of its own."""
    for name in ("conftest.py", "programs.py"):
        shutil.copy(ROOT / "tests" / name, folder)
    (folder / "test_one.py").write_text(content, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n", encoding="utf-8")
    outside = {
        name: value
        for name, value in os.environ.items()
        if name != "CI" and not name.startswith("PYTEST")
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", workers],
        cwd=folder,
        env={**outside, "AFFIANT_FULL": "1" if full else "0"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("content", "workers"), [(BOTH, "1"), (SKIPPED_FILE, "0")], ids=["a test", "a file"]
)
def test_what_is_skipped_fails_the_full_run_and_says_why(tmp_path, content, workers):
    done = run_apart(tmp_path, content=content, full=True, workers=workers)
    assert done.returncode in (1, 2)  # 2: without workers a broken file ends the run
    assert "skipped where nothing may be skipped" in done.stdout
    assert "chromium is not installed" in done.stdout or "a_library_nobody_has" in done.stdout


def test_what_is_skipped_elsewhere_fails_nothing(tmp_path):
    done = run_apart(tmp_path, content=BOTH, full=False)
    assert done.returncode == 0
    assert "1 passed, 1 skipped" in done.stdout


@pytest.mark.parametrize("content", ["", SKIPPED], ids=["no tests", "only skipped ones"])
def test_a_run_in_which_nothing_ran_fails(tmp_path, content):
    assert run_apart(tmp_path, content=content, full=False).returncode == 5


NETWORK = """
import socket

def test_that_reaches_out():
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    except OSError:
        pass
"""


def test_a_test_that_reaches_for_the_network_fails(tmp_path):
    done = run_apart(tmp_path, content=NETWORK, full=False)
    assert done.returncode == 1
    assert "reached for the network: 192.0.2.1" in done.stdout
