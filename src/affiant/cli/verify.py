"""``affiant verify``."""

import re
from dataclasses import replace
from pathlib import Path

import click

from affiant.audit import verify_bundle, verify_case
from affiant.audit.report import Problem, Report
from affiant.cli.command import reads
from affiant.cli.output import print_line, print_table, say
from affiant.cli.progress import progress
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, IncompleteCheckError, IntegrityError
from affiant.log.checkpoint import read_checkpoint
from affiant.store.authorities import trusted_roots


@reads
@click.argument("bundle", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--pin",
    help="Public key (64 hex digits) that must have signed, or a file that "
    "holds an earlier checkpoint.",
)
@click.option(
    "--roots",
    type=click.Path(path_type=Path),
    help="File with the root certificates that you trust for time stamps, PEM.",
)
@click.pass_obj
def verify(settings: Settings, bundle: Path | None, pin: str | None, roots: Path | None) -> int:
    """Check every original, text, entry, signature and number of a case, or of a bundle.

    Changes nothing. Exit code 5 where something is broken, 3 where a part could not be
    checked.

    Example: affiant --case qarsan verify --pin KEY
    """
    held = _pin(pin) if pin is not None else None
    trusted = trusted_roots(roots) if roots is not None else None
    if bundle is not None and bundle.is_file():
        report: Report = verify_bundle(bundle, pin=held, roots=trusted)
    else:
        chosen = settings if bundle is None else replace(settings, folder=bundle)
        report = _verify_folder(chosen, pin=held, roots=trusted)
    _print(settings, report=report)
    return report.exit_code


def _pin(text: str) -> str:
    """Return a key as it is, or the checkpoint that a file holds.

    Raises:
        BadInputError: It is neither.
    """
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return text
    try:
        note = Path(text).read_text(encoding="utf-8")
        return read_checkpoint(note).note
    except (OSError, ValueError, IntegrityError) as problem:
        raise BadInputError(
            "a pin is 64 hex digits, or a file with a checkpoint",
            remedy="'affiant key list' shows the keys; log/checkpoint is a checkpoint.",
        ) from problem


def _verify_folder(settings: Settings, *, pin: str | None, roots: bytes | None) -> Report:
    """Verify the case; remember its checkpoint where nothing is wrong.

    A case that is too damaged to be opened is a finding like any other.
    """
    try:
        with settings.open() as case, progress(settings, title="Verifying") as advance:
            report = verify_case(case, pin=pin, progress=advance, roots=roots)
            if not report.problems:
                case.seen.remember(case.logbook.checkpoint().head)
    except IntegrityError as problem:
        report = Report()
        state = "the log's state"
        item = state if problem.problem.startswith(state) else "case.db"
        report.add([Problem(item=item, kind="altered", detail=problem.problem)])
        report.not_checked.append("everything else: the case cannot be opened")
    return report


def _print(settings: Settings, *, report: Report) -> None:
    """Print the report: for programs whole, for people the problems first."""
    if settings.as_json:
        print_line(report.plain())
        return
    if report.problems:
        rows = [
            [item.item, item.kind, item.detail, item.since, item.who] for item in report.problems
        ]
        print_table(["Item", "Kind", "What is wrong", "Since", "By"], rows=rows)
    for what, number in report.checked.items():
        say(settings, message=f"  checked: {number} {what}")
    for text in report.not_checked:
        say(settings, message=f"  NOT checked: {text}")
    for text in report.notes:
        say(settings, message=f"  note: {text}")
    if report.problems:
        raise IntegrityError(
            f"{len(report.problems)} problems, first: {report.problems[0].item}: "
            f"{report.problems[0].detail}",
            remedy="Stop work, copy the folder as it is, compare it with your last bundle.",
        )
    if report.not_checked:
        raise IncompleteCheckError(
            "what was checked is as it was recorded; a part was not checked",
            remedy="See the lines that say NOT checked.",
        )
    say(settings, message="Everything that was checked is as it was recorded.")
