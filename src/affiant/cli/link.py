"""``affiant link``: same incident, same person."""

import json
from dataclasses import asdict

import click

from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.naming import claim_named, incident_named
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, NotFoundError
from affiant.link import (
    PersonForm,
    join_incident,
    judge,
    leave_incident,
    open_incident,
    open_person,
    propose_incidents,
    propose_persons,
)
from affiant.model.judgement import Pairing


@click.group(cls=Group)
def link() -> None:
    """Propose and decide which claims tell one incident, and which speak of one person.

    Example: affiant link propose
    """


@link.command("propose", cls=Command)
@click.pass_obj
def propose(settings: Settings) -> None:
    """Show what may belong together; nothing is joined until a person decides."""
    with settings.open() as case:
        incidents = propose_incidents(case)
        persons = propose_persons(case)
    if settings.as_json:
        print_lines({"proposal": "incident", **asdict(item)} for item in incidents)
        print_lines({"proposal": "person", **asdict(item)} for item in persons)
        return
    print_table(
        ["Proposal", "Label", "Claims", "Why"],
        rows=[[item.proposal_id, item.label, len(item.claim_ids), item.why] for item in incidents],
    )
    print_table(
        ["Person", "Written", "Claims"],
        rows=[[item.name, ", ".join(item.written), len(item.claim_ids)] for item in persons],
    )


@link.command("accept", cls=WritingCommand)
@click.argument("proposal_id")
@click.option("--label", help="A neutral label: place and date.")
@click.option("--why", required=True)
@click.pass_obj
def accept(settings: Settings, proposal_id: str, label: str | None, why: str) -> None:
    """Decide that a proposed group tells one incident."""
    with settings.open() as case:
        found = [item for item in propose_incidents(case) if item.proposal_id == proposal_id]
        if not found:
            raise NotFoundError(
                f"there is no proposal {proposal_id!r} now", remedy="See 'affiant link propose'."
            )
        item = found[0]
        key = settings.key()
        if item.incident_id is not None:
            join_incident(
                case, incident_id=item.incident_id, claim_ids=item.claim_ids, why=why, key=key
            )
            incident_id = item.incident_id
        else:
            incident_id = open_incident(
                case, label=label or item.label, claim_ids=item.claim_ids, why=why, key=key
            )
    _done(settings, fields={"incident_id": incident_id, "claims": list(item.claim_ids)})


@link.command("incident", cls=WritingCommand)
@click.argument("label")
@click.argument("claims", nargs=-1)
@click.option("--why", required=True)
@click.pass_obj
def incident(settings: Settings, label: str, claims: tuple[str, ...], why: str) -> None:
    """Open an incident under a neutral label and join claims to it."""
    with settings.open() as case:
        ids = [claim_named(case, key=name) for name in claims]
        incident_id = open_incident(case, label=label, claim_ids=ids, why=why, key=settings.key())
    _done(settings, fields={"incident_id": incident_id, "label": label, "claims": ids})


@link.command("join", cls=WritingCommand)
@click.argument("incident_id")
@click.argument("claims", nargs=-1, required=True)
@click.option("--why", required=True)
@click.pass_obj
def join(settings: Settings, incident_id: str, claims: tuple[str, ...], why: str) -> None:
    """Join claims to an incident."""
    with settings.open() as case:
        meant = incident_named(case, key=incident_id)
        ids = [claim_named(case, key=name) for name in claims]
        join_incident(case, incident_id=meant, claim_ids=ids, why=why, key=settings.key())
    _done(settings, fields={"incident_id": meant, "claims": ids})


@link.command("leave", cls=WritingCommand)
@click.argument("incident_id")
@click.argument("claims", nargs=-1, required=True)
@click.option("--why", required=True)
@click.pass_obj
def leave(settings: Settings, incident_id: str, claims: tuple[str, ...], why: str) -> None:
    """Take claims out of an incident."""
    with settings.open() as case:
        meant = incident_named(case, key=incident_id)
        ids = [claim_named(case, key=name) for name in claims]
        leave_incident(case, incident_id=meant, claim_ids=ids, why=why, key=settings.key())
    _done(settings, fields={"incident_id": meant, "claims": ids})


@link.command("person", cls=WritingCommand)
@click.argument("name")
@click.option(
    "--also", multiple=True, metavar="JSON", help='{"name": .., "script": .., "kind": ..}'
)
@click.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="CLAIM=NAME",
    required=True,
    help="A claim that speaks of the person, and the name as it writes it.",
)
@click.option("--fate", help="In words, resting on the claims.")
@click.option("--why", required=True)
@click.pass_obj
def person(
    settings: Settings,
    /,
    name: str,
    also: tuple[str, ...],
    claims: tuple[str, ...],
    **words: str,
) -> None:
    """Decide that claims speak of one person."""
    try:
        names = tuple(json.loads(item) for item in also)
    except json.JSONDecodeError as problem:
        raise BadInputError(
            f"--also is not JSON: {problem}", remedy='{"name": .., "script": .., "kind": ..}'
        ) from problem
    mentions = [(item.partition("=")[0], item.partition("=")[2]) for item in claims]
    with settings.open() as case:
        mentions = [(claim_named(case, key=claim), written) for claim, written in mentions]
        form = PersonForm(name=name, names=names, fate=words["fate"])
        person_id = open_person(
            case, form=form, mentions=mentions, why=words["why"], key=settings.key()
        )
    _done(settings, fields={"person_id": person_id, "name": name})


@link.command("judge", cls=WritingCommand)
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(("same", "different", "unsure")))
@click.option("--why", required=True)
@click.pass_obj
def judge_command(settings: Settings, left: str, right: str, verdict: str, why: str) -> None:
    """Judge a pair of claims: different ones are never proposed together again."""
    pairing = Pairing(left=left, right=right, verdict=verdict, why=why)
    with settings.open() as case:
        judge(case, pairing=pairing, key=settings.key())
    _done(settings, fields=asdict(pairing))


@link.command("list", cls=Command)
@click.pass_obj
def list_command(settings: Settings) -> None:
    """List incidents and persons."""
    with settings.open() as case:
        members = case.incidents.incident_of()
        incidents = [
            {**asdict(row), "claims": sum(home == row.incident_id for home in members.values())}
            for row in case.incidents.all()
        ]
        persons = [asdict(row) for row in case.incidents.persons()]
    if settings.as_json:
        print_lines([*incidents, *persons])
        return
    print_table(
        ["Incident", "Label", "Claims"],
        rows=[[row["incident_id"], row["label"], row["claims"]] for row in incidents],
    )
    print_table(["Person", "Name"], rows=[[row["person_id"], row["name"]] for row in persons])


def _done(settings: Settings, *, fields: dict[str, object]) -> None:
    """Acknowledge a decision."""
    if settings.as_json:
        print_line(fields)
    say(
        settings,
        message="Recorded: " + ", ".join(f"{name} {value}" for name, value in fields.items()),
    )
