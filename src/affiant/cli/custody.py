"""``affiant custody``: what happened to a document's original."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.documents import document_named
from affiant.cli.output import print_line, print_table, say
from affiant.cli.settings import Settings
from affiant.model.custody import CUSTODY_EVENTS, Handling
from affiant.preserve import note_handling
from affiant.publish.custody_page import custody_story, render_custody
from affiant.store.objects import write_durably


@click.group(cls=Group)
def custody() -> None:
    """Show and note what happened to a document: who had it, on which conditions, where it is.

    Example: affiant custody page letter.txt -o custody.html
    """


@custody.command("show", cls=Command)
@click.argument("document")
@click.pass_obj
def show(settings: Settings, document: str) -> None:
    """Show a document's custody story."""
    with settings.open() as case:
        story = custody_story(case, document=document_named(case, key=document))
    if settings.as_json:
        print_line(asdict(story))
        return
    print_table(["", ""], rows=[("Document", story.document), *story.facts])
    rows = [
        (step.number, step.noted_at, step.noted_by, step.title, _in_lines(step.facts))
        for step in (*story.steps, *story.texts)
    ]
    print_table(["Entry", "Noted", "By", "What", ""], rows=rows)


def _in_lines(facts: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in facts)


@custody.command("note", cls=WritingCommand)
@click.argument("document")
@click.argument("event", type=click.Choice(list(CUSTODY_EVENTS)))
@click.option("--when", metavar="DATE", help="When it happened: 2031, 2031-05, 2031-05-03.")
@click.option("--by", help="Who did it.")
@click.option("--from", "source", help="From whom.")
@click.option("--how", help="On which way.")
@click.option("--conditions", help="On which conditions.")
@click.option("--held-at", help="Where the original is now.")
@click.option("--note", help="What else there is to say.")
@click.pass_obj
def note(settings: Settings, /, document: str, event: str, **told: Any) -> None:
    """Note what happened to an original outside the case.

    All of it can be erased later, field by field: write down what a court needs, and no more
    of anybody than that.
    """
    handling = Handling(event=event, **told)
    with settings.open() as case:
        meant = document_named(case, key=document)
        digest = note_handling(case, document=meant, handling=handling, key=settings.key())
    if settings.as_json:
        print_line({"document": digest, "event": event})
    say(settings, message=f"Noted: {CUSTODY_EVENTS[event]}.")


@custody.command("page", cls=Command)
@click.argument("document")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file.")
@click.pass_obj
def page(settings: Settings, document: str, output: Path) -> None:
    """Write a document's custody story as one page, to be printed.

    It holds names that were noted: give it only to those who may see them.
    """
    with settings.open() as case:
        story = custody_story(case, document=document_named(case, key=document))
    data = render_custody(story)
    write_durably(output, data=data)
    if settings.as_json:
        print_line({"document": story.document, "path": str(output), "size": len(data)})
    say(settings, message=f"Written: {output}")
