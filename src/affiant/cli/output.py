"""Printing: tables for people, JSON Lines for programs; errors in both."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from affiant.cli.settings import Settings
from affiant.errors import AffiantError

_MOST_FOLDED: Final = 1_000


def print_line(value: Mapping[str, Any]) -> None:
    """Write one JSON object as a line to standard output, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_lines(values: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line."""
    for value in values:
        print_line(value)


def say(settings: Settings, *, message: str) -> None:
    """Tell a person something; programs are not told."""
    if not settings.as_json:
        click.echo(shown(message))


def shown(text: str) -> str:
    """Return text safe for a terminal: control and bidi-control characters as codes."""
    return "".join(
        f"\\u{ord(character):04x}"
        if (character < " " and character not in "\n\t")
        or "\x7f" <= character <= "\x9f"
        or character in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        else character
        for character in text
    )


def print_table(heads: Sequence[str], *, rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a plain table; nothing in a cell is taken for markup.

    A long one is not folded to the width of the terminal: that takes a minute for the entries
    of a large chat.
    """
    cells = [[shown("" if cell is None else str(cell)) for cell in row] for row in rows]
    if len(cells) > _MOST_FOLDED:
        _print_long([list(heads), *cells])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    Console(soft_wrap=False).print(table)


def _print_long(rows: Sequence[Sequence[str]]) -> None:
    """Print rows one a line, the columns below each other."""
    rows = [[" ".join(cell.splitlines()) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        )
        click.echo(" ".join(padded).rstrip())


def print_error(error: AffiantError, *, as_json: bool) -> None:
    """Print what is wrong and the way out; as JSON on standard output."""
    if as_json:
        print_line({"problem": error.problem, "remedy": error.remedy, "exit_code": error.exit_code})
        return
    click.echo(shown(f"{error.problem}\n  Next: {error.remedy}"), err=True)
