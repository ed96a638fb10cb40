"""``affiant suggest``."""

from dataclasses import asdict

import click

from affiant.claims.step import suggest_waiting
from affiant.cli.command import writes
from affiant.cli.output import print_line, say
from affiant.cli.progress import progress
from affiant.cli.settings import Settings


@writes
@click.option("--again", is_flag=True, help="Go through every text anew.")
@click.pass_obj
def suggest(settings: Settings, again: bool) -> None:
    """Propose claims by written rules. A proposal is not a finding: a person decides.

    Example: affiant suggest
    """
    texts = proposals = 0
    with settings.open() as case, progress(settings, title="Suggesting") as advance:
        for found in suggest_waiting(case, again=again):
            texts += 1
            proposals += found.suggestions
            advance(found.document)
            if settings.as_json:
                print_line(asdict(found))
    say(settings, message=f"{texts} texts gone through, {proposals} claims proposed.")
