"""``affiant check``: orphans and strangers; repair that sets aside and never deletes."""

from pathlib import Path

import click

from affiant.audit.repair import plain, repair
from affiant.audit.strays import strays_of
from affiant.cli.command import writes
from affiant.cli.output import print_line, say
from affiant.cli.settings import Settings
from affiant.errors import IntegrityError, WrongUseError
from affiant.store import Case


@writes
@click.option(
    "--repair",
    "mend",
    is_flag=True,
    help="Set aside what no entry names; make tables, tree and checkpoint file again.",
)
@click.option(
    "--from",
    "copy",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --repair: another copy of the case, or an unpacked bundle, to bring files from.",
)
@click.pass_obj
def check(settings: Settings, mend: bool, copy: Path | None) -> None:
    """Report files that no entry names; with --repair, put right what can be put right.

    Nothing recorded is changed and nothing is deleted: what does not belong is moved into
    quarantine/ with a report. Run 'affiant verify' afterwards.

    Example: affiant check --repair --from /media/stick/qarsan
    """
    if copy is not None and not mend:
        raise WrongUseError("--from is for --repair", remedy="Add --repair.")
    with settings.open() as case:
        if mend:
            _repair(settings, case=case, copy=copy)
            return
        strays = list(strays_of(case))
    if settings.as_json:
        print_line({"orphans": [stray.path for stray in strays], "rebuilt": False})
    for stray in strays:
        say(settings, message=f"{stray.path}: {stray.detail}: kept as it is")
    say(settings, message=f"{len(strays)} orphans.")


def _repair(settings: Settings, *, case: Case, copy: Path | None) -> None:
    """Repair, and print everything that was done as it is done."""
    counts: dict[str, int] = {}
    for done in repair(case, copy=copy):
        counts[done.what] = counts.get(done.what, 0) + 1
        if settings.as_json:
            print_line(plain(done))
        where = f" -> {done.to}" if done.to else ""
        say(settings, message=f"{done.what}: {done.item} ({done.why}){where}")
    total = ", ".join(f"{number} {what}" for what, number in counts.items()) or "nothing to do"
    rehearsed = " Nothing was changed: --dry-run." * settings.surroundings.rehearsal
    if settings.as_json:
        print_line({"orphans": [], "rebuilt": True, **counts})
    say(settings, message=f"Repair: {total}.{rehearsed}")
    if counts.get("damaged") or counts.get("left"):
        raise IntegrityError(
            "some of it could not be put right",
            remedy="Look at the lines above; bring damaged files back with --from COPY.",
        )
