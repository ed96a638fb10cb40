"""What test_house.py counts: every function and class of the package, and where it stands.

A function's length is counted from ``def`` to its last line, without its docstring; its
parameters without ``self`` and ``cls``. Where a library dictates a signature, its name
stands in ``LIBRARY_SIGNATURES`` with the library that does; functions that stand in a table,
special methods and commands of click are called by others as well.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "affiant"

LIBRARY_SIGNATURES = {
    "execute": "the database's own way, and STYLE's example",
    "executemany": "the database's own way",
    "stream": "as execute, row by row",
    "many": "as executemany",
    "get_command": "click.Group",
    "list_commands": "click.Group",
    "convert": "click.ParamType",
    "handle_starttag": "html.parser",
    "handle_startendtag": "html.parser",
    "start": "a target of xml.etree's parser",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Place(NamedTuple):
    """A function or class and where it stands."""

    path: Path
    name: str
    node: Function | ast.ClassDef
    inside: ast.AST

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.node.lineno} {self.name}"

    @property
    def is_method(self) -> bool:
        return isinstance(self.inside, ast.ClassDef) and "staticmethod" not in self.decorators

    @property
    def decorators(self) -> str:
        return " ".join(ast.unparse(decorator) for decorator in self.node.decorator_list)

    @property
    def positional(self) -> list[ast.arg]:
        """The positional parameters, ``self`` and ``cls`` aside."""
        arguments = self.node.args
        return [*arguments.posonlyargs, *arguments.args][1 if self.is_method else 0 :]


@cache
def trees() -> dict[Path, ast.Module]:
    """Return every module of the package, parsed."""
    paths = sorted(SOURCE.rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in paths}


@cache
def places() -> tuple[Place, ...]:
    """Return every function and class of the package, in order."""
    return tuple(
        place for path, tree in trees().items() for place in _inside(tree, path=path, prefix="")
    )


def _inside(parent: ast.AST, *, path: Path, prefix: str) -> Iterator[Place]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, Function | ast.ClassDef):
            name = f"{prefix}{node.name}"
            yield Place(path, name, node, parent)
            yield from _inside(node, path=path, prefix=f"{name}.")
        else:
            yield from _inside(node, path=path, prefix=prefix)


def functions() -> Iterator[Place]:
    """Yield every function and method."""
    return (place for place in places() if isinstance(place.node, Function))


def lines_of(node: Function) -> int:
    """Count a function's lines from ``def``, its docstring left out."""
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node) is not None:
        lines -= node.body[0].end_lineno - node.body[0].lineno + 1
    return lines


@cache
def in_tables() -> frozenset[str]:
    """Return the functions that stand in a table of a module, to be called from there.

    A table's type is ``Callable[[A, B], C]``, which can name no argument.
    """
    return frozenset(
        value.id
        for tree in trees().values()
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for table in ast.walk(statement)
        if isinstance(table, ast.Dict | ast.List | ast.Tuple)
        for value in (table.values if isinstance(table, ast.Dict) else table.elts)
        if isinstance(value, ast.Name)
    )


def is_free(place: Place) -> bool:
    """Tell whether somebody else dictates how the function is called."""
    if place.node.name in LIBRARY_SIGNATURES or place.node.name in in_tables():
        return True
    dunder = place.node.name.startswith("__") and place.node.name.endswith("__")
    command = "cli" in place.path.parts and re.search(
        r"\b(command|group|option|argument|pass_\w+)\b", place.decorators
    )
    first = place.positional[0].annotation if place.positional else None
    click_calls = first is not None and ast.unparse(first) == "click.Context"
    return bool(dunder or command or click_calls)


def none_of(offenders: Iterator[str] | list[str], *, rule: str) -> None:
    """Fail with every offending place named."""
    found = list(offenders)
    if found:
        pytest.fail(f"{rule}:\n  " + "\n  ".join(found), pytrace=False)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call in a module."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def where(path: Path, node: ast.AST) -> str:
    """Name a place in a file."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def tool(*words: str) -> subprocess.CompletedProcess[str]:
    """Run one of the dev tools of this environment at the root of the project."""
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
