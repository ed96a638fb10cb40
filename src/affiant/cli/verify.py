"""``affiant verify``."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from affiant.audit import is_proof, verify_bundle, verify_case, verify_proof
from affiant.audit.report import Problem, Report
from affiant.cli.command import reads
from affiant.cli.output import print_line, print_table, say
from affiant.cli.progress import steps
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, IncompleteCheckError, IntegrityError, WrongUseError
from affiant.log.checkpoint import Checkpoint, read_checkpoint
from affiant.store.authorities import trusted_roots
from affiant.store.objects import write_durably
from affiant.store.proofs import extension_of


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
@click.option("--quick", is_flag=True, help="Look into a sample of originals and texts only.")
@click.option("--since", metavar="FILE", help="An earlier checkpoint that the log must extend.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="With --since: write the proof of it."
)
@click.pass_obj
def verify(settings: Settings, /, *, bundle: Path | None, pin: str | None, **asked: Any) -> int:
    """Check every original, text, entry, signature and number of a case; or a bundle or proof.

    Changes nothing. Exit code 5 where something is broken, 3 where a part could not be
    checked. With --quick entries, signatures and tree are checked whole, files by a sample.

    Example: affiant --case qarsan verify --pin KEY
    """
    since = None if asked["since"] is None else _checkpoint(asked["since"])
    held = _pin(pin) if pin is not None else since.note if since is not None else None
    trusted = trusted_roots(asked["roots"]) if asked["roots"] is not None else None
    if bundle is not None and bundle.is_file():
        _refuse_for_files(quick=asked["quick"], since=since)
        if is_proof(bundle):
            report: Report = verify_proof(bundle, pin=held)
        else:
            report = verify_bundle(bundle, pin=held, roots=trusted)
    else:
        chosen = settings if bundle is None else replace(settings, folder=bundle)
        report = _verify_folder(chosen, pin=held, roots=trusted, quick=asked["quick"])
        if since is not None and not report.problems:
            _extend(chosen, since=since, target=asked["output"])
    _print(settings, report=report)
    return report.exit_code


def _refuse_for_files(*, quick: bool, since: Checkpoint | None) -> None:
    """Refuse what only a case can be asked."""
    if quick or since is not None:
        raise WrongUseError(
            "--quick and --since are for the folder of a case",
            remedy="Check a bundle or a proof without them; an earlier checkpoint goes to --pin.",
        )


def _pin(text: str) -> str:
    """Return a key as it is, or the checkpoint that a file holds.

    Raises:
        BadInputError: It is neither.
    """
    return text if re.fullmatch(r"[0-9a-f]{64}", text) else _checkpoint(text).note


def _checkpoint(name: str) -> Checkpoint:
    """Return the checkpoint that a file holds.

    Raises:
        BadInputError: It holds none.
    """
    try:
        return read_checkpoint(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError, IntegrityError) as problem:
        raise BadInputError(
            "a pin is 64 hex digits, or a file with a checkpoint",
            remedy="'affiant key list' shows the keys; log/checkpoint is a checkpoint.",
        ) from problem


def _extend(settings: Settings, *, since: Checkpoint, target: Path | None) -> None:
    """Prove that the log only grew since a checkpoint; write the proof where asked.

    Raises:
        IntegrityError: It did not.
    """
    with settings.open() as case:
        proof = extension_of(case, earlier=since)
    if target is not None:
        write_durably(target, data=proof.encode())
    say(
        settings,
        message=f"The log of {proof.later.head.size} entries extends the one of "
        f"{since.head.size}." + (f" The proof: {target}" if target else ""),
    )


def _verify_folder(
    settings: Settings, *, pin: str | None, roots: bytes | None, quick: bool
) -> Report:
    """Verify the case; remember its checkpoint where nothing is wrong.

    A case that is too damaged to be opened is a finding like any other.
    """
    try:
        with settings.open() as case, steps(settings, title="Verifying") as advance:
            report = verify_case(case, pin=pin, roots=roots, quick=quick, progress=advance)
            if not report.problems:
                case.seen.remember(case.logbook.checkpoint().head)
                case.whereabouts.remember(case.folder, case=case.case_id)
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
