"""``affiant model``: which language model may be shown this case's texts."""

import sys
from typing import Any

import click

from affiant.claims.asking.server import host_of, stays_here
from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.errors import PersonNeededError


@click.group(cls=Group)
def model() -> None:
    """Decide which language model may be shown what this case's documents say.

    None is asked unless a person allowed it for this case. Protected documents are never
    sent. What a model proposes is kept only where every word of it stands in the document.

    Example: affiant model allow http://127.0.0.1:8080/v1 --name my-model
    """


@model.command("allow", cls=WritingCommand)
@click.argument("address")
@click.option("--name", required=True, help="The model, as the server calls it.")
@click.option("--why", help="In words; recorded.")
@click.option("--yes", is_flag=True, help="Do not ask: I know where the words go.")
@click.pass_obj
def allow(settings: Settings, address: str, name: str, why: str | None, yes: bool) -> None:
    """Allow the texts of this case to be sent to one server, for one model."""
    host = host_of(address)
    where = "They stay on this machine." if stays_here(address) else f"They LEAVE for {host}."
    say(settings, message=f"Words of this case's documents will be sent to {host}. {where}")
    if not yes and not _confirmed(settings, host=host):
        raise PersonNeededError(
            f"nobody confirmed that the words may go to {host}",
            remedy="Answer on a terminal, or add --yes.",
        )
    _decide(
        settings, kind="model.allowed/1", fields={"address": address, "model": name, "why": why}
    )


def _confirmed(settings: Settings, *, host: str) -> bool:
    """Ask on the terminal; without one, or among lines for programs, nobody answers."""
    if settings.as_json or not sys.stdin.isatty():
        return False
    return click.confirm(f"Send them to {host}?", default=False, err=True)


@model.command("forbid", cls=WritingCommand)
@click.argument("address")
@click.option("--name", required=True, help="The model, as the server calls it.")
@click.option("--why", help="In words; recorded.")
@click.pass_obj
def forbid(settings: Settings, address: str, name: str, why: str | None) -> None:
    """Take the permission back. What was sent cannot be called back."""
    fields = {"address": address, "model": name, "why": why}
    _decide(settings, kind="model.forbidden/1", fields=fields)


def _decide(settings: Settings, *, kind: str, fields: dict[str, Any]) -> None:
    with settings.open() as case, case.writing(settings.key()) as pen:
        pen.record(kind, body=fields)
    decision = kind.removeprefix("model.").partition("/")[0]
    if settings.as_json:
        print_line({**fields, "decision": decision})
    say(settings, message=f"{decision}: {fields['model']} at {host_of(fields['address'])}")


@model.command("list", cls=Command)
@click.pass_obj
def list_servers(settings: Settings) -> None:
    """List the servers that were decided on."""
    with settings.open() as case:
        found = case.models.servers()
    if settings.as_json:
        print_lines(
            {"address": row.address, "model": row.model, "allowed": row.allowed, "why": row.why}
            for row in found
        )
        return
    rows = [
        [row.model, row.address, "yes" if row.allowed else "no", row.why or ""] for row in found
    ]
    print_table(["Model", "Address", "Allowed", "Why"], rows=rows)
    click.echo(f"{len(found)} listed.")
