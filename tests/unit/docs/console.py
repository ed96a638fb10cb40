"""The console examples of the manual: found, run, and compared with what they show.

Ids, keys, digests, times and seconds differ from run to run. They are compared by their
length, and where a command of the page names one, the one of this run takes its place.
A fence may say more: ``numbers=vary`` where numbers change with the sample and the rules,
``words=vary`` where the words do too, as what the rules for English propose; then the lines
that hold an id are counted.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from affiant.cli.main import affiant
from programs import missing

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
COLUMNS = "100"

_FENCE = re.compile(r"^```console(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEX = re.compile(r"\b[0-9a-f]{7,64}\b")
_TIME = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One command of a page.

    Attributes:
        command: As typed.
        shown: The lines that the page shows.
        vary: ``numbers``, ``words`` or nothing: what is not compared.
    """

    command: str
    shown: tuple[str, ...]
    vary: str


def examples(page: Path) -> Iterator[Example]:
    """Yield the console examples of a page, in order."""
    for fence in _FENCE.finditer(page.read_text(encoding="utf-8")):
        commands = re.split(r"^\$ ", fence["body"], flags=re.MULTILINE)
        assert not commands[0], f"{page.name}: a console example begins with a command"
        for each in commands[1:]:
            command, *shown = each.rstrip("\n").split("\n")
            while command.endswith("\\"):
                command = command[:-1] + shown.pop(0).strip()
            vary = fence["info"].strip().removesuffix("=vary")
            assert vary in ("", "numbers", "words"), fence["info"]
            yield Example(command=command, shown=tuple(shown), vary=vary)


class Walk:
    """Runs the examples of one page one after another in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._status = 0
        self._ours: dict[str, str] = {}
        self._environment = {
            **os.environ,
            "COLUMNS": COLUMNS,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

    def take(self, example: Example) -> None:
        """Run one example and compare what it prints with what the page shows."""
        if example.command.startswith("cd "):
            self._folder = (self._folder / example.command[3:]).resolve()
            return
        command = _HEX.sub(self._our, example.command).replace("$?", str(self._status))
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self._status = done.returncode
        self._compare(example, printed=(done.stdout + done.stderr).splitlines())

    def _our(self, match: re.Match[str]) -> str:
        """Return what a hex word of the page is in this run."""
        word = match[0]
        for theirs, ours in self._ours.items():
            if theirs.startswith(word):
                return ours[: len(word)]
        return word

    def _compare(self, example: Example, *, printed: list[str]) -> None:
        """Go through the shown lines; a line of three dots stands for any lines."""
        left, shown = (
            [line for line in printed if not _is_of_this_system(line)],
            list(example.shown),
        )
        if example.vary == "words":
            left = [line for line in left if _HEX.search(line)]
            shown = [line for line in shown if _HEX.search(line) or line == "..."]
        gap = False
        for line in shown:
            if line == "...":
                gap = True
                continue
            wanted = _plain(line, vary=example.vary)
            plain = [_plain(each, vary=example.vary) for each in left]
            at = plain.index(wanted) if wanted in plain else -1
            assert at == 0 or (gap and at > 0), (
                f"$ {example.command}\nthe page shows: {line!r}\nand this is printed:\n"
                + "\n".join(printed)
            )
            self._ours.update(
                zip(_HEX.findall(line), _HEX.findall(left[at]), strict=False),
            )
            left, gap = left[at + 1 :], False
        assert gap or not [line for line in left if line.strip()], (
            f"$ {example.command}\nis not shown whole; left over:\n" + "\n".join(left)
        )


def _is_of_this_system(line: str) -> bool:
    """Tell whether a line warns of what this system lacks; the manual's has everything."""
    warns = line.lstrip().startswith("warning: ") and (
        "isolation" in line or "not installed" in line
    )
    return warns and bool(missing())


def _plain(line: str, *, vary: str) -> str:
    """Return a line without what differs from run to run."""
    if vary == "words":
        return " ".join(str(len(word)) for word in _HEX.findall(line))
    line = re.sub(r"\S*/qarsan/out/", "…/qarsan/out/", line)
    line = _TIME.sub("<time>", line)
    line = _HEX.sub(lambda match: f"<{len(match[0])} hex digits>", line)
    line = re.sub(r"\d+\.\d s\b", "<seconds>", line)
    if vary == "numbers":
        line = re.sub(r"\d+", "<number>", line)
    return " ".join(line.split())


def check_command(line: str, *, whole: bool = True) -> None:
    """Refuse a line whose command or options do not exist as they are written.

    Args:
        line: As typed.
        whole: Whether everything that the command needs must be there.
    """
    words = shlex.split(re.split(r"\s(?:[|>]|&&)", line)[0])
    while words and re.fullmatch(r"\w+=\S*", words[0]):
        words.pop(0)
    if not words or words.pop(0) != "affiant":
        return
    _parse(affiant, words=words, line=line, whole=whole)


def _parse(command: click.Command, *, words: list[str], line: str, whole: bool) -> None:
    """Parse words as a command does, down to the last one named."""
    context = click.Context(command, info_name=command.name, resilient_parsing=True)
    parser = command.make_parser(context)
    found, rest, _ = parser.parse_args(list(words))
    if isinstance(command, click.Group):
        if not rest:
            assert not whole or found.get("help") or command.invoke_without_command, line
            return
        inner = command.get_command(context, rest[0])
        assert inner is not None, f"{line}: there is no {rest[0]}"
        _parse(inner, words=rest[1:], line=line, whole=whole)
        return
    for parameter in command.params:
        given = found.get(parameter.name or "")
        if parameter.required and whole and not found.get("help"):
            assert given not in (None, (), []), f"{line}: {parameter.name} is missing"
    assert not rest, f"{line}: {rest} is more than {command.name} takes"
