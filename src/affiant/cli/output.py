"""Printing: tables for people, JSON Lines for programs; errors in both."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from affiant.cli.settings import Settings
from affiant.errors import AffiantError


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
    """Print rows as a plain table; nothing in a cell is taken for markup."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown("" if cell is None else str(cell))) for cell in row))
    Console(soft_wrap=False).print(table)


def print_error(error: AffiantError, *, as_json: bool) -> None:
    """Print what is wrong and the way out; as JSON on standard output."""
    if as_json:
        print_line({"problem": error.problem, "remedy": error.remedy, "exit_code": error.exit_code})
        return
    click.echo(shown(f"{error.problem}\n  Next: {error.remedy}"), err=True)
