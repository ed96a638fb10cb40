"""``affiant protect``: what must not be shown."""

import click

from affiant.cli.command import Group, WritingCommand
from affiant.cli.documents import document_named
from affiant.cli.output import print_line, say
from affiant.cli.settings import Settings
from affiant.errors import NotFoundError
from affiant.store import Case
from affiant.store.erasure import erase


@click.group(cls=Group)
def protect() -> None:
    """Protect people: erase what endangers them without breaking the proof of the rest.

    Example: affiant protect erase letter.txt --why "consent withdrawn"
    """


@protect.command("erase", cls=WritingCommand)
@click.argument("item")
@click.option("--why", required=True, help="Stays readable: must not say what is erased.")
@click.option("--field", "fields", multiple=True, help="Only this field of one entry.")
@click.pass_obj
def erase_command(settings: Settings, item: str, why: str, fields: tuple[str, ...]) -> None:
    """Erase a document, claim, person, source or entry for good.

    The body and its salt go, the original and its texts, suggestions, search passages, and
    everything in out/. Header, signature and leaf stay, so that all else still proves.
    Copies that were given away cannot be called back.
    """
    with settings.open() as case:
        meant = _meant(case, item=item)
        done = erase(case, item=meant, why=why, key=settings.key(), fields=fields)
    if settings.as_json:
        print_line(
            {
                "item": meant,
                "entries": list(done.commitments),
                "files": list(done.files),
                "published_copies_removed": done.out,
            }
        )
    say(settings, message=f"Erased: {len(done.commitments)} entries, {len(done.files)} files.")
    if done.out:
        say(settings, message="The copies in out/ were removed too: publish and bundle again.")
    say(settings, message="Copies that left this case, and backups, cannot be reached from here.")


def _meant(case: Case, *, item: str) -> str:
    """Return the id that an item means: a document's, a claim's, or the item as it is."""
    try:
        return document_named(case, key=item)
    except NotFoundError:
        rows = case.claims.matching(item)
        return rows[0].claim_id if len(rows) == 1 else item
