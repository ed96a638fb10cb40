"""``affiant check``: orphans, and projections made anew."""

import click

from affiant.cli.command import writes
from affiant.cli.output import print_line, say
from affiant.cli.settings import Settings
from affiant.store import Case


@writes
@click.option("--repair", is_flag=True, help="Make every projected table again from the entries.")
@click.pass_obj
def check(settings: Settings, repair: bool) -> None:
    """Report files that no entry names; with --repair, rebuild what can be rebuilt.

    Nothing recorded is changed or deleted. Run 'affiant verify' afterwards.

    Example: affiant check --repair
    """
    with settings.open() as case:
        orphans = list(orphans_of(case))
        if repair:
            with case.transaction(keep=not settings.surroundings.rehearsal):
                case.rebuild()
    if settings.as_json:
        print_line({"orphans": orphans, "rebuilt": repair})
    for name in orphans:
        say(settings, message=f"{name} is named by no entry: kept as it is")
    say(settings, message=f"{len(orphans)} orphans." + (" Projections rebuilt." * repair))


def orphans_of(case: Case) -> list[str]:
    """Return kept files that no entry names, relative to the case."""
    originals = {row.digest for row in case.documents.all() if row.container is None}
    texts = {text.text_digest for text in case.documents.texts()}
    found = [path for digest, path in case.originals.listed() if digest not in originals]
    found += [path for digest, path in case.texts.listed() if digest not in texts]
    return [path.relative_to(case.folder).as_posix() for path in found]
