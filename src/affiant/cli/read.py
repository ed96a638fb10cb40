"""``affiant read``."""

from dataclasses import asdict

import click

from affiant.box import Box, Limits
from affiant.cli.command import writes
from affiant.cli.output import print_line, say, shown
from affiant.cli.progress import progress
from affiant.cli.settings import Settings
from affiant.read import PRELOAD
from affiant.read.step import read_waiting


@writes
@click.option("--again", is_flag=True, help="Try those too that could not be read before.")
@click.pass_obj
def read(settings: Settings, again: bool) -> None:
    """Take the text from every document that was not read yet, parts of containers too.

    What cannot be read stays preserved and stands in 'status' with the reason.

    Example: affiant read
    """
    unread: list[tuple[str, str]] = []
    counts = {"texts": 0, "parts": 0}
    with settings.open() as case:
        waiting = [*case.documents.waiting(), *(case.documents.failed() if again else [])]
        if settings.surroundings.rehearsal:
            for row in waiting:
                say(settings, message=f"Would read {row.name}.")
            return
        key = settings.key()
        with (
            Box(preload=PRELOAD, limits=Limits()) as box,
            progress(settings, title="Reading", total=len(waiting)) as advance,
        ):
            for result in read_waiting(case, key=key, box=box, again=again):
                advance(result.name)
                counts["texts"] += result.text_digest is not None
                counts["parts"] += result.parts
                if result.code is not None:
                    unread.append((result.name, result.code))
                if settings.as_json:
                    print_line(asdict(result))
    for name, code in unread:
        say(settings, message=shown(f"Not read: {name} ({code}). Its original is kept."))
    say(
        settings,
        message=f"{counts['texts']} texts recorded, {counts['parts']} parts found, "
        f"{len(unread)} not read.",
    )
