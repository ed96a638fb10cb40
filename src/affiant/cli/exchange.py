"""``affiant exchange``: decisions and claims between people and programs."""

import sys
from typing import Any, get_args

import click

from affiant.claims.codings import CONTEXT, CodingFormat, read_codings, write_codings
from affiant.claims.review import list_claims
from affiant.claims.taking_in import take_in_codings
from affiant.cli.claim import listed_fields, read_lines
from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.output import print_line, print_lines, say
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, NotFoundError
from affiant.store import Case
from affiant.store.packet import export_packet, import_packet, is_packet


@click.group(cls=Group)
def exchange() -> None:
    """Hand decisions to another copy of the case, and take them in.

    Example: affiant exchange export > mina.packet
    """


@exchange.command("export", cls=Command)
@click.option("--claims", is_flag=True, help="Claims in the shape of 'claim list --json' instead.")
@click.option(
    "--as-codings",
    "form",
    type=click.Choice(get_args(CodingFormat)),
    help="Claims for other programs instead; 'exchange import' takes them in elsewhere.",
)
@click.pass_obj
def export(settings: Settings, claims: bool, form: CodingFormat | None) -> None:
    """Write the decisions that you signed, as a packet of signed entries, a line each."""
    with settings.open() as case:
        if form is not None:
            reviewer = settings.key_or_none()
            rows = [listed_fields(item) for item in list_claims(case, reviewer=reviewer)]
            sys.stdout.write(write_codings(rows, form=form))
            return
        if claims:
            reviewer = settings.key_or_none()
            print_lines(listed_fields(item) for item in list_claims(case, reviewer=reviewer))
            return
        for line in export_packet(case, actor=settings.key().public):
            click.echo(line)


@exchange.command("import", cls=WritingCommand)
@click.argument("source", metavar="FILE", type=click.File("r", encoding="utf-8"))
@click.option("--reported-by", help="Whose decisions an unsigned file says they are.")
@click.pass_obj
def import_command(settings: Settings, source: Any, reported_by: str | None) -> None:
    """Take in a file of decisions.

    A packet counts as its authors' own decisions. An unsigned file, lines of
    {"claim_id", "verdict", "why"}, is recorded only as reported by you: it decides nothing.
    Claims (JSON Lines, CSV, Web Annotation) become suggestions of whoever made them.
    """
    data = source.read()
    lines = [line for line in data.splitlines() if line.strip()]
    if not lines:
        raise BadInputError("the file is empty", remedy="Give a packet or a file of decisions.")
    with settings.open() as case:
        if is_packet(lines[0]):
            done = import_packet(case, lines=lines, key=settings.key())
            result = {"appended": done.appended, "known": done.known, "reported": 0}
        elif _holds_codings(lines[0]):
            _take_in(settings, case=case, data=data, name=reported_by)
            return
        else:
            number = _report(settings, case=case, data=data, name=reported_by)
            result = {"appended": 0, "known": 0, "reported": number}
    if settings.as_json:
        print_line(result)
    say(settings, message=", ".join(f"{number} {what}" for what, number in result.items()))


def _holds_codings(line: str) -> bool:
    """Tell whether a file's first line is a claim, an annotation or the heads of CSV."""
    if not line.lstrip().startswith(("{", "[")):
        return "quotes" in line
    return '"quotes"' in line or CONTEXT in line


def _take_in(settings: Settings, *, case: Case, data: str, name: str | None) -> None:
    """Take in codings and print what became of them, a refused one a line."""
    done = take_in_codings(case, codings=read_codings(data), coded_by=name, key=settings.key())
    refused = [{"coding": number, "why": why} for number, why in done.refused]
    if settings.as_json:
        print_line({"taken": done.taken, "known": done.known, "refused": refused})
    say(settings, message=f"{done.taken} taken in, {done.known} known, {len(refused)} refused")
    for item in refused:
        say(settings, message=f"coding {item['coding']}: {item['why']}")


def _report(settings: Settings, *, case: Case, data: str, name: str | None) -> int:
    """Record unsigned decisions as reported by whoever imports them."""
    known = {row.claim_id for row in case.claims.all()}
    decisions = read_lines(data)
    for item in decisions:
        if item.get("verdict") not in ("accepted", "rejected", "unsure"):
            raise BadInputError(
                f"{item.get('verdict')!r} is not a verdict", remedy="accepted, rejected or unsure."
            )
        if item.get("claim_id") not in known:
            raise NotFoundError(
                f"the case has no claim {item.get('claim_id')!r}", remedy="See 'claim list'."
            )
    with case.writing(settings.key()) as pen:
        for item in decisions:
            body = {
                "claim_id": item["claim_id"],
                "reviewer_name": name or str(item.get("reviewer") or "not named"),
                "verdict": item["verdict"],
                "why": item.get("why"),
            }
            pen.record("claim.reported/1", body=body)
    return len(decisions)
