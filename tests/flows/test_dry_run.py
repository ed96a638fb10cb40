"""``--dry-run`` keeps nothing; errors are one object; exit codes mean what they say."""

import json
from pathlib import Path

import click
import pytest

from affiant.cli.command import REHEARSAL
from affiant.cli.main import COMMANDS, LazyGroup, affiant, main
from flows.desk import SECOND, Desk, bytes_of, configured, write
from flows.mill import ids_of, killed

KEPT = ("log/lock",)


def commands() -> dict[str, click.Command]:
    """Return every command with its words."""
    found = {}
    assert isinstance(affiant, LazyGroup)
    with click.Context(affiant) as context:
        for name in COMMANDS:
            command = affiant.get_command(context, name)
            if isinstance(command, click.Group):
                found |= {f"{name} {sub}": each for sub, each in command.commands.items()}
            else:
                found[name] = command
    return found


NOTHING_TO_DECIDE = ("link accept", "claim settle", "claim read-blind")
"""Refused in the mill case: it has no proposal, no open disagreement, no passage to read blind."""

LEAVES_WITH = {"estimate": 4}
"""What a command leaves with that does its work: the answer is refused, and kept as that."""


def rehearsed() -> dict[str, tuple[object, ...]]:
    """Return a line for every command that takes ``--dry-run``; names are filled in later."""
    why = ("--why", "rehearsed")
    return {
        "init": ("init", "TARGET"),
        "add": ("add", "MORE"),
        "capture": ("capture", "http://127.0.0.1:9/", "--allow", "127.0.0.1", "--delay", "0"),
        "read": ("read",),
        "transcribe": ("transcribe", "hollow.txt", "TYPED", "--person", "Mira Sol", *why),
        "source declare": ("source", "declare", "A new voice", "--kind", "outlet"),
        "source attribute": ("source", "attribute", "Hollow Post", "letter.eml"),
        "source knower": ("source", "knower", "A driver", "--basis", "saw"),
        "source knows": ("source", "knows", "none", "@deln", *why),
        "source repeats": ("source", "repeats", "green.txt", "hollow.txt", *why),
        "source dependence": (
            *("source", "dependence", "@knower alba", "@knower borin", "not_known"), *why),
        "suggest": ("suggest", "--again"),
        "claim accept": ("claim", "accept", "@rejected", *why),
        "claim reject": ("claim", "reject", "@deln", *why),
        "claim unsure": ("claim", "unsure", "@deln", *why),
        "claim withdraw": ("claim", "withdraw", "@deln", *why),
        "claim add": ("claim", "add", "hollow.txt", "--from", "CLAIM"),
        "claim edit": ("claim", "edit", "@deln", "--set", 'method="otherwise"', *why),
        "claim settle": ("claim", "settle", "PROPOSAL", "--verdict", "rejected", *why),
        "claim read-blind": ("claim", "read-blind", "nobody.txt", "0"),
        "claim read-through": ("claim", "read-through", "hollow.txt", "--questions", "killed"),
        "link incident": ("link", "incident", "Another place", "@unsure", *why),
        "link join": ("link", "join", "@incident", "@ansel", *why),
        "link leave": ("link", "leave", "@incident", "@deln", *why),
        "link person": ("link", "person", "Ansel", "--claim", "CLAIMNAME", *why),
        "link judge": ("link", "judge", "@alba", "@deln", "different", *why),
        "link accept": ("link", "accept", "PROPOSAL", *why),
        "estimate": ("estimate", "--keep", "rehearsed"),
        "protect erase": ("protect", "erase", "deln.txt", *why),
        "publish approve": ("publish", "approve", "document:letter.eml", *why),
        "publish withhold": ("publish", "withhold", "person:Ansel Merin", *why),
        "publish site": ("publish", "site", "--title", "Another title"),
        "check": ("check", "--repair"),
        "history undo": ("history", "undo", "ENTRY", *why),
        "exchange import": ("exchange", "import", "REPORTED"),
        "key admit": ("key", "admit", "ab" * 32, "--name", "Ciro Vane"),
        "key rotate": ("key", "rotate", *why),
        "key revoke": ("key", "revoke", "KEY", *why),
        "custody note": ("custody", "note", "alba.txt", "moved", "--note", "to the bank"),
        "model allow": ("model", "allow", "http://127.0.0.1:9/v1", "--name", "x", "--yes", *why),
        "model forbid": ("model", "forbid", "http://127.0.0.1:9/v1", "--name", "x", *why),
        "policy set": ("policy", "set", "reviewers_needed", "2"),
        "demo": ("demo", "TARGET"),
    }  # fmt: skip


def filled(desk: Desk, words: tuple[object, ...], *, folder: Path) -> list[str]:
    """Fill the names of the mill case and of made files in."""
    ids = ids_of(desk)
    (folder / "claim.json").write_text(json.dumps(killed("road", 1, 1)))
    (folder / "reported.jsonl").write_text(
        json.dumps({"claim_id": ids["deln"], "verdict": "accepted"})
    )
    write(folder / "more", {"more.txt": "more"})
    names = {
        "TARGET": str(folder / "new"),
        "MORE": str(folder / "more"),
        "TYPED": str(folder / "more" / "more.txt"),
        "CLAIM": str(folder / "claim.json"),
        "REPORTED": str(folder / "reported.jsonl"),
        "CLAIMNAME": f"{ids['ansel']}=Ansel",
        "ENTRY": [
            row["commitment"]
            for row in desk.json("history", "list")
            if row["kind"] == "publication.decided/1"
        ][-1],
        "KEY": next(
            row["key"]
            for row in desk.json("key", "list")
            if row["name"] == SECOND and not row["ended"]
        ),
        "PROPOSAL": "no-such-proposal",
        **{f"@{name}": made for name, made in ids.items()},
    }
    return [names.get(str(word), str(word)) for word in words]


def test_every_writing_command_is_rehearsed_here():
    writing = {name for name, command in commands().items() if REHEARSAL in command.params}
    assert writing == rehearsed().keys()


@pytest.mark.parametrize("name", rehearsed())
def test_a_rehearsal_changes_no_byte(name, mill, tmp_path):
    words = filled(mill, rehearsed()[name], folder=tmp_path)
    if name == "read":
        mill.run("add", tmp_path / "more")
    before = bytes_of(mill.folder, without=KEPT), bytes_of(mill.configuration)
    code = 2 if name in NOTHING_TO_DECIDE else LEAVES_WITH.get(name, 0)
    done = mill.run(*words, "--dry-run", "--json", code=code)
    assert done.lines is not None
    mill.run(*words, "--dry-run", code=code)
    assert (bytes_of(mill.folder, without=KEPT), bytes_of(mill.configuration)) == before
    assert not (tmp_path / "new").exists()
    mill.clean()


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in rehearsed()
        if name not in ("check", "init", "demo", "capture", *NOTHING_TO_DECIDE)
    ],
)
def test_the_same_line_without_the_rehearsal_does_change_something(name, mill, tmp_path):
    words = filled(mill, rehearsed()[name], folder=tmp_path)
    if name == "read":
        mill.run("add", tmp_path / "more")
    before = bytes_of(mill.folder, without=KEPT)
    if name == "suggest":
        assert mill.json("claim", "list", "--status", "suggested") == []
    mill.run(*words, code=LEAVES_WITH.get(name, 0))
    assert bytes_of(mill.folder, without=KEPT) != before
    mill.clean()


WRONG = {
    "no such command": ("nothing",),
    "no such option": ("status", "--nothing"),
    "a missing argument": ("add",),
    "a missing option": ("claim", "withdraw", "x"),
    "a file that is not there": ("exchange", "import", "/no/such/file"),
    "a document that is not there": ("protect", "erase", "nobody.txt", "--why", "x"),
    "a claim that is not there": ("claim", "show", "0" * 32),
    "a source that is not there": ("source", "attribute", "Nobody", "alba.txt"),
    "a kind that is not in the list": ("source", "declare", "X", "--kind", "friend"),
    "a reliability that is not in the list": (
        "source", "declare", "X", "--kind", "outlet", "--reliability", "Z"),
    "a date that is none": ("source", "attribute", "Hollow Post", "a", "--published", "soon"),
    "a generation that is none": (
        "source", "attribute", "Hollow Post", "alba.txt", "--generation", "third"),
    "a knower without a basis": ("source", "knower", "X", "--basis", "none_given"),
    "a document that repeats itself": (
        "source", "repeats", "alba.txt", "alba.txt", "--why", "x"),
    "a policy value that is none": ("policy", "set", "reviewers_needed", "3"),
    "a key that is none": ("key", "admit", "xyz", "--name", "X"),
    "an incident without such a claim": ("link", "incident", "X", "0" * 32, "--why", "x"),
    "something that cannot be published": ("publish", "approve", "claim:x", "--why", "x"),
    "a person that is not there": ("publish", "approve", "person:X", "--why", "x"),
    "a person without a name": (
        "link", "person", " ", "--claim", "x=y", "--why", "x"),
    "a name that is not JSON": (
        "link", "person", "A", "--claim", "x=y", "--also", "{", "--why", "x"),
    "a bundle that is not there": ("verify", "/no/such/bundle.zip"),
    "an incident to bundle that is not there": ("bundle", "--incident", "zz"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use_is_one_object_on_standard_output_and_words_on_standard_error(name, mill_once):
    done = mill_once.run(*WRONG[name], "--json", code=2)
    assert set(done.line) == {"problem", "remedy", "exit_code"}
    assert done.line["exit_code"] == 2
    assert all(done.line.values())
    plain = mill_once.run(*WRONG[name], code=2)
    assert plain.out == ""
    assert "Next: " in plain.err


def test_a_folder_that_is_no_case_is_said_to_be_none_by_every_command(tmp_path):
    desk = Desk(tmp_path, tmp_path / "configuration")
    for words in (
        ("status",),
        ("verify",),
        ("claim", "list"),
        ("compare",),
        ("read",),
        ("history",),
    ):
        [error] = desk.json(*words, code=1)
        assert "is not a case" in error["problem"]
        assert "--case" in error["remedy"]


def test_who_has_no_key_may_look_and_not_write(mill):
    stranger = mill.elsewhere(mill.folder.parent / "somebody")
    for words in (
        ("status",),
        ("claim", "list"),
        ("compare",),
        ("source", "list"),
        ("link", "list"),
    ):
        stranger.run(*words)
    [error] = stranger.json("policy", "set", "reviewers_needed", "2", code=4)
    assert "affiant key make" in error["remedy"]


@pytest.mark.parametrize("name", commands())
def test_every_command_says_what_it_does_and_takes_the_shared_options(name):
    command = commands()[name]
    assert command.help
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"--case", "--as", "--json"} <= options


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("--version",), ("claim", "--help")])
def test_help_leaves_with_nought(words, tmp_path):
    assert main([*words], as_json=False) == 0


LOOKING = (
    ("status",), ("status", "--documents"), ("verify",), ("compare",), ("compare", "--origins"),
    ("claim", "list"), ("claim", "list", "--everyone"), ("history",), ("history", "list"),
    ("link", "list"), ("link", "propose"), ("source", "list"), ("publish", "list"),
    ("policy", "show"), ("key", "list"), ("exchange", "export"), ("exchange", "export", "--claims"),
)  # fmt: skip


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_a_command_that_looks_changes_nothing_and_prints_json_lines_alone(words, mill):
    before = bytes_of(mill.folder, without=KEPT)
    done = mill.run(*words, "--json")
    assert done.lines or words == ("compare", "--origins")
    assert done.err == ""
    assert mill.run(*words).out
    assert bytes_of(mill.folder, without=KEPT) == before


def test_the_shape_of_verify_is_the_one_that_others_read(mill):
    report = mill.verify().line
    assert list(report)[:3] == ["checked", "problems", "not_checked"]
    assert report["checked"]["entries"] == mill.json("status")[0]["entries"]
    (mill.folder / "log" / "checkpoint").write_text("x")
    [problem] = mill.verify().line["problems"]
    assert list(problem) == ["item", "kind", "since", "who", "detail"]


def test_problems_are_printed_for_people_too(mill):
    (mill.folder / "log" / "checkpoint").write_text("x")
    done = mill.run("verify", code=5)
    assert "log/checkpoint" in done.out
    assert "Stop work" in done.err


def test_options_stand_before_or_behind_the_command(mill_once):
    with configured(mill_once.configuration):
        for line in (
            ["--case", str(mill_once.folder), "--json", "policy", "show"],
            ["policy", "--case", str(mill_once.folder), "show", "--json"],
            ["policy", "show", "--json", "--case", str(mill_once.folder)],
        ):
            assert main(line, as_json=True) == 0


def test_a_second_person_acts_by_their_own_key(mill):
    mill.run("claim", "unsure", ids_of(mill)["deln"], "--why", "by me", person=SECOND)
    [row] = [r for r in mill.json("history", "list", person=SECOND) if r["why"] == "by me"]
    assert row["by"] == SECOND
