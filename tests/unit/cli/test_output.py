"""What is printed: safe for a terminal, one JSON object a line."""

import json

import pytest

from affiant.cli.output import print_error, print_line, print_table, shown
from affiant.errors import PersonNeededError


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain words", "plain words"),
        ("line\nbreak\tand tab", "line\nbreak\tand tab"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("\u200fright", "\\u200fright"),
        ("bell\x07 delete\x7f c1\x9b", "bell\\u0007 delete\\u007f c1\\u009b"),
        ("می‌گویند", "می‌گویند"),
    ],
)
def test_nothing_printed_can_steer_a_terminal_or_turn_the_reading(text, safe):
    assert shown(text) == safe


def test_a_cell_is_never_taken_for_markup(capsys):
    print_table(["Name"], rows=[["[red]not a colour[/red]"], [None]])
    assert "[red]not a colour[/red]" in capsys.readouterr().out


def test_an_object_is_one_line_whatever_it_holds(capsys):
    print_line({"words": "one\ntwo \u2028 نخل \u202e"})
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out) == {"words": "one\ntwo \u2028 نخل \u202e"}


def test_an_error_says_what_is_wrong_and_what_to_do(capsys):
    error = PersonNeededError("nobody decided", remedy="Decide first.")
    print_error(error, as_json=True)
    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "problem": "nobody decided", "remedy": "Decide first.", "exit_code": 4,
    }  # fmt: skip
    print_error(error, as_json=False)
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "nobody decided\n  Next: Decide first.\n")


def test_a_long_table_has_one_line_a_row_and_its_columns_below_each_other(capsys):
    rows = [["\u067e\u0644", f"{number}\n\x1b[31m"] for number in range(1_500)]
    print_table(["Place", "Number"], rows=[*rows, ["Mill street", None]])
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "Place       Number"
    assert len(lines) == 1_501
    assert lines[1_499] == "\u067e\u0644          1499 \\u001b[31m"
    assert lines[1_500] == "Mill street"
