"""``affiant find``."""

from dataclasses import asdict

import click

from affiant.cli.command import reads
from affiant.cli.output import print_lines, print_table
from affiant.cli.settings import Settings
from affiant.store.search import find as search
from affiant.store.search import index_texts


@reads
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@click.pass_obj
def find(settings: Settings, words: tuple[str, ...], limit: int) -> None:
    """Search all texts, any script: letter forms, marks, joiners and digits do not matter.

    Example: affiant find نخل‌آوا --json
    """
    with settings.open() as case:
        index_texts(case)
        hits = search(case, words=" ".join(words), limit=limit)
    if settings.as_json:
        print_lines(asdict(hit) for hit in hits)
        return
    print_table(
        ["Document", "At", "Passage"], rows=[[hit.name, hit.start, hit.passage] for hit in hits]
    )
    click.echo(f"{len(hits)} passages shown" + (f", the best {limit}" * (len(hits) >= limit)))
