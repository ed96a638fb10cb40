"""``affiant add``."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from affiant.cli.command import writes
from affiant.cli.output import print_line, say
from affiant.cli.progress import progress
from affiant.cli.settings import Settings
from affiant.preserve import Acknowledged, Obtained, Refused, take_in
from affiant.preserve.walk import walk
from affiant.read import sniff


@writes
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--from", "source", help="From whom or where the documents came.")
@click.option("--how", help="How they came.")
@click.option("--conditions", help="On which conditions they were given.")
@click.option("--held-at", help="Where the originals are kept.")
@click.option("--received", metavar="DATE", help="When they were received: 2031, 2031-05-03.")
@click.option("--resume", is_flag=True, help="Pass over what was added from here before.")
@click.pass_obj
def add(settings: Settings, /, paths: tuple[Path, ...], **obtained_words: Any) -> int:
    """Preserve documents: files, and everything in folders.

    Each is acknowledged when it is safe on the disk and recorded. The same bytes again
    are noted as handed over again; nothing is stored twice.

    Example: affiant add letters/ photo.jpg --from "Sister of a worker" --how "by hand"
    """
    obtained = Obtained(recognise=lambda head, name: sniff(head, name=name), **obtained_words)
    if settings.surroundings.rehearsal:
        for found in walk(paths, without=settings.folder):
            what = found.problem if isinstance(found, Refused) else f"Would add {found.shown}."
            say(settings, message=what)
        return 0
    counts = {"added": 0, "again": 0, "refused": 0}
    with settings.open() as case, progress(settings, title="Preserving") as advance:
        for result in take_in(case, paths=paths, key=settings.key(), obtained=obtained):
            _show(settings, result=result, counts=counts)
            advance(result.path)
    say(
        settings,
        message=f"{counts['added']} preserved, {counts['again']} known already, "
        f"{counts['refused']} could not be read.",
    )
    return 1 if counts["refused"] else 0


def _show(settings: Settings, *, result: Acknowledged | Refused, counts: dict[str, int]) -> None:
    """Acknowledge one document, or say why it was not taken."""
    if isinstance(result, Refused):
        counts["refused"] += 1
        if settings.as_json:
            print_line({**asdict(result), "status": "refused", "exit_code": 1})
        else:
            say(settings, message=f"{result.problem}\n  Next: {result.remedy}")
        return
    counts[result.status] += 1
    if settings.as_json:
        print_line(asdict(result))
