"""``affiant source``: who speaks, whose documents, who knew, who repeats whom."""

from dataclasses import asdict

import click

from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.documents import document_named
from affiant.cli.naming import claim_named, knower_named
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.corroborate.declare import (
    AttributionForm,
    SourceForm,
    assign_knower,
    attribute,
    declare_dependence,
    declare_edge,
    declare_knower,
    declare_source,
)
from affiant.errors import NotFoundError
from affiant.model.judgement import Pairing
from affiant.store import Case


@click.group(cls=Group)
def source() -> None:
    """Declare sources, whose documents are whose, who knew, and who repeats whom.

    Example: affiant source declare "Ministry of Order" --kind state_body
    """


@source.command("declare", cls=WritingCommand)
@click.argument("name")
@click.option("--kind", required=True, help="person, outlet, agency, state_body, court, ...")
@click.option("--interests", default="", help="Its part in the events, on which side.")
@click.option("--reliability", help="A to F.")
@click.option("--speaks-as", multiple=True, help="A name under which others quote it.")
@click.pass_obj
def declare(settings: Settings, /, name: str, **form: str | tuple[str, ...] | None) -> None:
    """Declare a source: a voice's home."""
    filled = SourceForm(name=name, **form)  # type: ignore[arg-type]
    with settings.open() as case:
        source_id = declare_source(case, form=filled, key=settings.key())
    _done(settings, fields={"source_id": source_id, "name": name})


@source.command("attribute", cls=WritingCommand)
@click.argument("source_key", metavar="SOURCE")
@click.argument("documents", nargs=-1, required=True)
@click.option("--author")
@click.option("--publisher")
@click.option("--published", help="EDTF: 2031-03-14, 2031-03, 2031.")
@click.option("--language")
@click.option("--generation", default="original", help="original, copy, translation, transcript.")
@click.pass_obj
def attribute_command(
    settings: Settings, /, source_key: str, documents: tuple[str, ...], **form: str
) -> None:
    """Decide whose documents these are, and when published."""
    with settings.open() as case:
        filled = AttributionForm(source_id=source_named(case, key=source_key), **form)
        ids = [document_named(case, key=name) for name in documents]
        attribute(case, documents=ids, form=filled, key=settings.key())
    _done(settings, fields={"source_id": filled.source_id, "documents": ids})


@source.command("knower", cls=WritingCommand)
@click.argument("name")
@click.option("--basis", required=True, help="saw, took_part, told_by, document, instrument.")
@click.option("--note")
@click.pass_obj
def knower(settings: Settings, name: str, basis: str, note: str | None) -> None:
    """Declare a knower: a person or body with a stated basis of knowledge."""
    with settings.open() as case:
        knower_id = declare_knower(case, name=name, basis=basis, note=note, key=settings.key())
    _done(settings, fields={"knower_id": knower_id, "name": name})


@source.command("knows", cls=WritingCommand)
@click.argument("knower_id")
@click.argument("claims", nargs=-1, required=True)
@click.option("--why", required=True)
@click.pass_obj
def knows(settings: Settings, knower_id: str, claims: tuple[str, ...], why: str) -> None:
    """Decide who knew what these claims say; KNOWER_ID 'none' takes it back."""
    with settings.open() as case:
        chosen = None if knower_id == "none" else knower_named(case, key=knower_id)
        ids = [claim_named(case, key=name) for name in claims]
        assign_knower(case, claim_ids=ids, knower_id=chosen, why=why, key=settings.key())
    _done(settings, fields={"knower_id": chosen, "claims": ids})


@source.command("repeats", cls=WritingCommand)
@click.argument("document")
@click.argument("of")
@click.option(
    "--kind",
    default="repeats",
    show_default=True,
    help="repeats, translates, strengthens, weakens, corrects, retracts.",
)
@click.option("--why", required=True)
@click.pass_obj
def repeats(settings: Settings, document: str, of: str, kind: str, why: str) -> None:
    """Decide that DOCUMENT says what OF said before it."""
    with settings.open() as case:
        pairing = Pairing(
            left=document_named(case, key=document),
            right=document_named(case, key=of),
            verdict=kind,
            why=why,
        )
        declare_edge(case, pairing=pairing, key=settings.key())
    _done(settings, fields=asdict(pairing))


@source.command("dependence", cls=WritingCommand)
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(("dependent", "shown_independent", "not_known")))
@click.option("--why", required=True)
@click.pass_obj
def dependence(settings: Settings, left: str, right: str, verdict: str, why: str) -> None:
    """Decide whether two knowers depend on each other."""
    with settings.open() as case:
        pairing = Pairing(
            left=knower_named(case, key=left),
            right=knower_named(case, key=right),
            verdict=verdict,
            why=why,
        )
        declare_dependence(case, pairing=pairing, key=settings.key())
    _done(settings, fields=asdict(pairing))


@source.command("list", cls=Command)
@click.pass_obj
def list_command(settings: Settings) -> None:
    """List sources and knowers."""
    with settings.open() as case:
        sources = [asdict(row) for row in case.sources.all()]
        knowers = [asdict(row) for row in case.sources.knowers().values()]
    if settings.as_json:
        print_lines([*sources, *knowers])
        return
    print_table(
        ["Source", "Name", "Kind"], rows=[[s["source_id"], s["name"], s["kind"]] for s in sources]
    )
    print_table(
        ["Knower", "Name", "Basis"], rows=[[k["knower_id"], k["name"], k["basis"]] for k in knowers]
    )


def source_named(case: Case, *, key: str) -> str:
    """Return the id of the source that an id or a name means."""
    found = [row.source_id for row in case.sources.all() if key in (row.source_id, row.name)]
    if len(found) != 1:
        raise NotFoundError(
            f"{key!r} means {len(found)} sources", remedy="See 'affiant source list'."
        )
    return found[0]


def _done(settings: Settings, *, fields: dict[str, object]) -> None:
    """Acknowledge a decision."""
    if settings.as_json:
        print_line(fields)
    say(
        settings,
        message="Recorded: " + ", ".join(f"{name} {value}" for name, value in fields.items()),
    )
