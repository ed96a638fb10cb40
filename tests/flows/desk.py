"""An investigator at a desk: runs commands as a person would, and reads what they print."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from affiant.cli.main import main
from affiant.cli.settings import Settings, read_settings
from affiant.store import Case, open_case

FIRST, SECOND = "Ada Corvin", "Bela Doru"


@dataclass(frozen=True)
class Done:
    """What a command left with and printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines; anything else there is a fault."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self) -> dict[str, Any]:
        """The one object on standard output."""
        [found] = self.lines
        return found


@contextmanager
def configured(folder: Path) -> Iterator[None]:
    """Point commands at a configuration folder for a while."""
    before = os.environ.get("AFFIANT_CONFIG")
    os.environ["AFFIANT_CONFIG"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["AFFIANT_CONFIG"]
        else:
            os.environ["AFFIANT_CONFIG"] = before


@dataclass(frozen=True)
class Desk:
    """A case's folder, and the configuration of whoever works on it."""

    folder: Path
    configuration: Path

    def run(self, *words: object, person: str | None = None, code: int | None = 0) -> Done:
        """Run a command in this process; fail where it leaves with another code."""
        line = [*map(str, words), "--case", str(self.folder)]
        if person is not None:
            line += ["--as", person]
        out, err = StringIO(), StringIO()
        with configured(self.configuration), redirect_stdout(out), redirect_stderr(err):
            left = main(line, as_json="--json" in line)
        done = Done(left, out.getvalue(), err.getvalue())
        assert code is None or left == code, f"{line} left with {left}\n{done.out}\n{done.err}"
        return done

    def json(self, *words: object, person: str | None = None, code: int | None = 0) -> list[Any]:
        """Run a command with ``--json`` and return the objects that it printed."""
        return self.run(*words, "--json", person=person, code=code).lines

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Start a command in a process of its own."""
        return subprocess.Popen(
            [*COMMAND, *map(str, words), "--case", str(self.folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of a process that works at this desk."""
        return {**os.environ, "AFFIANT_CONFIG": str(self.configuration)}

    @contextmanager
    def open(self) -> Iterator[Case]:
        """Open the case as the package can."""
        with open_case(self.folder, surroundings=self.settings().surroundings) as case:
            yield case

    def settings(self, *, person: str | None = None) -> Settings:
        """Return what a command here is run with."""
        with configured(self.configuration):
            return read_settings(
                folder=str(self.folder), person=person, as_json=True, rehearsal=False
            )

    def copied(self, target: Path) -> "Desk":
        """Copy the case and the configuration to a new folder."""
        shutil.copytree(self.folder, target / self.folder.name)
        shutil.copytree(self.configuration, target / "configuration")
        return Desk(target / self.folder.name, target / "configuration")

    def elsewhere(self, configuration: Path) -> "Desk":
        """Return the same folder in the hands of somebody with another configuration."""
        return Desk(self.folder, configuration)

    def verify(self, *words: object) -> Done:
        """Verify, as JSON, whatever comes of it."""
        return self.run("verify", "--json", *words, code=None)

    def clean(self) -> None:
        """Fail unless everything verifies."""
        done = self.verify()
        assert (done.code, done.line["problems"]) == (0, [])

    def add_claim(self, document: str, /, *, person: str | None = None, **fields: Any) -> str:
        """Enter a claim by hand; return its id."""
        source = self.configuration / "claim.json"
        source.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
        [made] = self.json("claim", "add", document, "--from", source, person=person)
        return made["claim_id"]

    def document(self, name: str) -> str:
        """Return the id of the document with this name."""
        rows = self.json("status", "--documents")
        [found] = [row["document"] for row in rows if row["name"] == name]
        return found


COMMAND = (sys.executable, "-c", "from affiant.cli.main import run; run()")


def new_desk(folder: Path, *, name: str = "mill") -> Desk:
    """Start a case in the name of the first investigator."""
    desk = Desk(folder / name, folder / "configuration")
    desk.run("init", desk.folder, person=FIRST)
    return desk


def write(folder: Path, documents: Mapping[str, str | bytes]) -> Path:
    """Write documents into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in documents.items():
        data = content.encode("utf-8") if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    return folder


def bytes_of(folder: Path, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the digest of every file below a folder, links as what they point to."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.partition("/")[0] not in without and name not in without:
            found[name] = sha256(path.read_bytes()).hexdigest()
    return found
