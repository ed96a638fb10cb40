"""Write the pages of the manual that follow from the code: commands and word lists.

python benchmarks/make_command_pages.py           write docs/reference/commands.md, vocabulary.md
python benchmarks/make_command_pages.py --check   only tell whether they are as they would be
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, get_args

import click

from affiant.cli.command import REHEARSAL, SHARED
from affiant.cli.main import affiant
from affiant.errors import WrongUseError
from affiant.model import vocabulary

REFERENCE: Final = Path(__file__).resolve().parent.parent / "docs" / "reference"
WIDTH: Final = 88

COMMANDS_HEAD: Final = """# Commands

This page is made from what each command prints with `--help`
(`python benchmarks/make_command_pages.py`). Do not edit it by hand.

Every command takes these options, before or behind its name:

```text
{shared}
```

Every command that records something also takes:

```text
{rehearsal}
```

Exit codes and errors: [errors and exit codes](errors-and-exit-codes.md). What `--json` prints:
[JSON shapes](json-shapes.md).
"""

VOCABULARY_HEAD: Final = """# Word lists

This page is made from `affiant.model.vocabulary` (`python benchmarks/make_command_pages.py`).
Do not edit it by hand.

The lists are closed, and the spellings are part of the file format. No code of another
thesaurus stands here yet: none could be checked
([decision 0009](../decisions/0009-no-microthesaurus-codes-yet.md)).
"""

# Lists that the code gives without definitions, with what each word says.
PLAIN_LISTS: Final[dict[str, tuple[str, object, dict[str, str]]]] = {
    "Scopes of a count": (
        "scope",
        vocabulary.Scope,
        {
            "event": "Counted in this one event.",
            "aggregate": "Counted over several events or a period; never enters a range.",
        },
    ),
    "Relations of a breakdown to its count": (
        "relation",
        vocabulary.Relation,
        {
            "includes": "The parts are among the whole.",
            "overlaps": "The parts and the whole share some people.",
            "unstated": "The speaker does not say.",
        },
    ),
    "Bases of a date": (
        "when.basis",
        vocabulary.DateBasis,
        {
            "explicit": "The sentence gives it.",
            "context": "It was given earlier in the same paragraph.",
            "ambiguous": "It can be read in more than one way.",
        },
    ),
    "Calendars": (
        "when.calendar",
        vocabulary.Calendar,
        {
            "gregorian": "The words give a Gregorian date.",
            "solar_hijri": "The words give a Solar Hijri date.",
            "hijri": "The words give a lunar Hijri date.",
        },
    ),
    "Dependence of two knowers": (
        "dependence",
        vocabulary.Dependence,
        {
            "dependent": "One knows through the other, or both through one: they count once.",
            "shown_independent": "It was shown how each knows without the other.",
            "not_known": "It was asked and could not be told: the pair counts once.",
        },
    ),
    "Judgements of a pair": (
        "verdict",
        vocabulary.JudgementVerdict,
        {
            "same": "They are one.",
            "different": "They are two; they are not proposed together again.",
            "unsure": "It cannot be told.",
        },
    ),
    "Verdicts on a claim": (
        "verdict",
        vocabulary.ClaimVerdict,
        {
            "accepted": "This is what the voice says, in these words.",
            "rejected": "The document does not say this.",
            "unsure": "The reviewer cannot tell.",
        },
    ),
    "Standing of a claim": (
        "status",
        vocabulary.ClaimStatus,
        {
            "suggested": "Nobody decided, or too few did.",
            "accepted": "As many accepted as the policy asks for, and nobody said otherwise.",
            "rejected": "As many rejected as the policy asks for, and nobody said otherwise.",
            "unsure": "Reviewers differ, or one is unsure.",
            "withdrawn": "It was taken out of the case file.",
            "superseded": "An edited claim stands in its place.",
        },
    ),
    "States of a voice on a question": (
        "state",
        vocabulary.CellState,
        {
            "agrees": "It is among the largest set of voices that can all be right, and as exact.",
            "fits": "It can be right beside the others but says it less exactly, or is alone.",
            "differs": "It cannot be right beside that set, or no set stands out.",
            "denies": "It says that it is not so.",
            "repeats": "Its document repeats another that answers.",
            "silent": "Its documents were read through for this question and say nothing.",
            "not_reviewed": "It says nothing that was recorded, and was not read through for it.",
        },
    ),
    "Kinds of source": (
        "kind",
        vocabulary.SourceKind,
        {
            "person": "A human being.",
            "outlet": "A newspaper, station or site.",
            "agency": "A news agency.",
            "state_body": "A ministry, service or office of a state, or a public hospital.",
            "court": "A court or commission with a court's powers.",
            "organisation": "Any other body.",
            "device": "A camera, an instrument.",
        },
    ),
    "Generations of a document": (
        "generation",
        vocabulary.Generation,
        {
            "original": "As its author made it.",
            "copy": "A copy of it.",
            "translation": "The same in another language.",
            "transcript": "Speech written down.",
        },
    ),
}

DEFINED_LISTS: Final = (
    ("Reasons for a rejection, by the digits 1 to 9", "reason", vocabulary.REJECTION_REASONS),
    ("Fields confirmed by themselves", "field", vocabulary.DELICATE),
    ("Seeded errors", "how", vocabulary.SEEDS),
    ("Roles", "role", vocabulary.ROLES),
    ("Sides", "side", vocabulary.SIDES),
    ("Strength of an attribution", "strength", vocabulary.STRENGTHS),
    ("Stances of a speaker", "stance", vocabulary.STANCES),
    ("Modality of an act", "modality", vocabulary.MODALITIES),
    ("Bases of knowledge", "basis", vocabulary.BASES),
    ("Slots of a quote", "slot", vocabulary.SLOTS),
    ("What is counted", "counts.of", vocabulary.COUNTS),
    ("Relations between documents", "kind", vocabulary.EDGES),
    ("Questions", "question", vocabulary.QUESTIONS),
)


def commands_page() -> str:
    """Return the page of all commands."""
    shared = [record for option in SHARED for record in _records(option)]
    head = COMMANDS_HEAD.format(shared=_listed(shared), rehearsal=_listed(_records(REHEARSAL)))
    sections = [_section(path, command) for path, command in walk(affiant, path=("affiant",))]
    return head + "".join(sections)


def walk(
    command: click.Command, *, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with its words, groups before what is in them."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path[-1])
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is None:
                raise WrongUseError(f"{name} is listed and not there", remedy="See cli/main.py.")
            yield from walk(inner, path=(*path, name))


def own_options(command: click.Command) -> list[click.Option]:
    """Return the options of a command that the others do not share."""
    shared = (*SHARED, REHEARSAL)
    return [
        option
        for option in command.params
        if isinstance(option, click.Option) and option not in shared
    ]


def _section(path: tuple[str, ...], command: click.Command) -> str:
    """Return one command's section: usage, help and its own options."""
    context = click.Context(command, info_name=" ".join(path))
    formatter = click.HelpFormatter(width=WIDTH)
    command.format_usage(context, formatter)
    command.format_help_text(context, formatter)
    records = [record for option in own_options(command) for record in _records(option)]
    if records:
        with formatter.section("Options"):
            formatter.write_dl(records)
    if isinstance(command, click.Group):
        command.format_commands(context, formatter)
    level = "##" if len(path) <= 2 else "###"
    records_something = "\nRecords something: takes `--dry-run`.\n" * (REHEARSAL in command.params)
    text = f"```text\n{formatter.getvalue().rstrip()}\n```\n"
    return f"\n{level} {' '.join(path)}\n{records_something}\n{text}"


def _records(option: click.Option) -> list[tuple[str, str]]:
    """Return an option and its help as click prints them."""
    context = click.Context(click.Command("any"))
    found = option.get_help_record(context)
    return [found] if found else []


def _listed(records: list[tuple[str, str]]) -> str:
    """Return options in two columns."""
    formatter = click.HelpFormatter(width=WIDTH)
    formatter.write_dl(records)
    return formatter.getvalue().rstrip()


def vocabulary_page() -> str:
    """Return the page of all closed word lists."""
    parts = [VOCABULARY_HEAD, "\n## Families and acts\n"]
    for family, meaning in vocabulary.FAMILIES.items():
        acts = [act for act, home in vocabulary.FAMILY_OF.items() if home == family]
        parts.append(f"\n### {family}\n\n{meaning}\n\n")
        parts.append(_table({act: vocabulary.ACTS[act] for act in acts}, head="act"))
    for title, field, words in DEFINED_LISTS:
        parts.append(f"\n## {title}\n\n{_table(words, head=field)}")
    for title, (field, listed, words) in PLAIN_LISTS.items():
        if tuple(words) != get_args(listed):
            raise WrongUseError(f"{title} are not those of the code", remedy="Mend PLAIN_LISTS.")
        parts.append(f"\n## {title}\n\n{_table(words, head=field)}")
    return "".join(parts)


def _table(words: Mapping[str, str], *, head: str) -> str:
    """Return words and their meaning as a table."""
    rows = "".join(f"| `{word}` | {meaning} |\n" for word, meaning in words.items())
    return f"| {head} | meaning |\n| --- | --- |\n{rows}"


def main() -> int:
    """Write both pages, or tell whether they are right."""
    pages = {"commands.md": commands_page(), "vocabulary.md": vocabulary_page()}
    stale = 0
    for name, text in pages.items():
        path = REFERENCE / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" in sys.argv[1:]:
            print(f"{name} is not what the code says")
            continue
        path.write_text(text, encoding="utf-8")
        print(f"{name} written")
    return int(bool(stale) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
