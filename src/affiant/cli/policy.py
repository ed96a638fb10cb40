"""``affiant policy``: how many reviewers, which rules, which isolation."""

import re
from typing import Final

import click

from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.output import print_line, print_table, say
from affiant.cli.settings import Settings
from affiant.corroborate.grades import GRADING_RULE
from affiant.corroborate.ranges import COUNTING_RULE
from affiant.errors import BadInputError

ALLOWED: Final = {
    "reviewers_needed": ("1", "2"),
    "counting_rule": (COUNTING_RULE,),
    "grading_rule": (GRADING_RULE,),
    "isolation": ("any", "strict"),
    "countries": (),
    "blind_share": tuple(str(share) for share in range(51)),
    "seeded_errors": tuple(str(share) for share in range(11)),
    "settled_by": ("third", "anyone"),
}
_COUNTRIES: Final = re.compile(r"([A-Z]{2}( [A-Z]{2}){0,20})?")


@click.group(cls=Group)
def policy() -> None:
    """Show or set what the case is decided by; each setting is an entry of the log.

    Example: affiant policy set reviewers_needed 2
    """


@policy.command("show", cls=Command)
@click.pass_obj
def show(settings: Settings) -> None:
    """Show the policies in force."""
    with settings.open() as case:
        found = case.policies.policies()
    if settings.as_json:
        print_line(found)
        return
    print_table(["Policy", "Value"], rows=found.items())


def _told(values: tuple[str, ...]) -> str:
    """Return what may be chosen, in words; a long row of numbers by its ends."""
    if len(values) > 5:
        return f"a whole number from {values[0]} to {values[-1]}, in per cent"
    return f"among: {', '.join(values)}"


@policy.command("set", cls=WritingCommand)
@click.argument("name", type=click.Choice(tuple(ALLOWED)))
@click.argument("value")
@click.pass_obj
def set_command(settings: Settings, name: str, value: str) -> None:
    """Set a policy for everything from now on and, for claims, for what was decided before.

    "countries" are those whose places suggestions may be resolved to, by their codes: "XA XB".
    """
    if name == "countries":
        _check_countries(value)
    elif value not in ALLOWED[name]:
        raise BadInputError(
            f"{value!r} is not a value of {name}",
            remedy=f"Choose {_told(ALLOWED[name])}.",
        )
    with settings.open() as case, case.writing(settings.key()) as pen:
        pen.record("policy.set/1", body={"name": name, "value": value})
    if settings.as_json:
        print_line({"name": name, "value": value})
    say(settings, message=f"{name} = {value}")


def _check_countries(value: str) -> None:
    """Refuse what are no country codes.

    Raises:
        BadInputError: Not two capital letters each, with spaces between.
    """
    if _COUNTRIES.fullmatch(value) is None:
        raise BadInputError(
            f"{value!r} are no country codes",
            remedy='Write the ISO 3166 codes with spaces between, or "" for none.',
        )
