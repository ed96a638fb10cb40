"""``affiant key``: make a person's key, list and admit keys."""

import re

import click

from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.errors import BadInputError


@click.group(cls=Group)
def key() -> None:
    """Make a person's signing key, list those admitted to the case, admit another.

    Example: affiant key make --as "Second Reviewer"
    """


@key.command("make", cls=Command)
@click.pass_obj
def make(settings: Settings) -> None:
    """Make a signing key for whoever --as names; one that exists stays."""
    name = settings.default_name()
    found, made = settings.make_key(name)
    if settings.as_json:
        print_line({"person": name, "key": found.public, "key_made": made})
    say(settings, message=f"{name} signs with {found.public}.")


@key.command("list", cls=Command)
@click.pass_obj
def list_command(settings: Settings) -> None:
    """List the keys that are admitted to the case."""
    with settings.open() as case:
        keys = case.policies.keys()
    if settings.as_json:
        print_lines({"key": public, "name": name} for public, name in keys.items())
        return
    print_table(["Key", "Name"], rows=keys.items())


@key.command("admit", cls=WritingCommand)
@click.argument("public")
@click.option("--name", required=True, help="The person's name; it can be erased later.")
@click.pass_obj
def admit(settings: Settings, public: str, name: str) -> None:
    """Admit another person's key to the case."""
    if not re.fullmatch(r"[0-9a-f]{64}", public):
        raise BadInputError("a public key is 64 hex digits", remedy="Ask for 'affiant key make'.")
    with settings.open() as case:
        admitted = case.policies.keys()
        if public in admitted:
            raise BadInputError("this key is admitted already", remedy="Nothing to do.")
        with case.writing(settings.key()) as pen:
            pen.record("key.admitted/1", body={"key": public, "name": name, "roles": ["member"]})
    if settings.as_json:
        print_line({"key": public, "name": name})
    say(settings, message=f"Admitted {name}: {public}")
