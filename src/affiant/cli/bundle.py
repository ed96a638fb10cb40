"""``affiant bundle``."""

from dataclasses import asdict
from pathlib import Path

import click

from affiant.cli.command import reads
from affiant.cli.output import print_line, say
from affiant.cli.settings import Settings
from affiant.corroborate import numbers_of_case
from affiant.errors import NotFoundError
from affiant.publish import make_bundle
from affiant.publish.wacz import write_wacz


@reads
@click.option("--incident", "incidents", multiple=True, help="Only what this incident needs.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="The file to write.")
@click.option(
    "--wacz", type=click.Path(path_type=Path), help="Write the captured pages as WACZ instead."
)
@click.pass_obj
def bundle(
    settings: Settings, incidents: tuple[str, ...], output: Path | None, wacz: Path | None
) -> None:
    """Make one file that a court or an opponent can check without us.

    It holds the original documents and everything that was recorded: give it only to those
    who may see them. With --incident, all else stands there as fingerprints alone.

    Example: affiant bundle -o qarsan.zip
    """
    if wacz is not None:
        _write_wacz(settings, target=wacz)
        return
    with settings.open() as case:
        chosen = [
            _incident(case_id, known=[row.incident_id for row in case.incidents.all()])
            for case_id in incidents
        ]
        target = output or case.folder / "out" / "bundle.zip"
        numbers = [number.plain() for number in numbers_of_case(case)]
        report = make_bundle(case, target=target, numbers=numbers, incidents=chosen or None)
        opener = case.logbook.at(0).read_header().actor
    if settings.as_json:
        print_line({**asdict(report), "path": str(report.path), "pin": opener})
    say(settings, message=f"{report.path}: {report.size} bytes, SHA-256 {report.digest}")
    say(
        settings,
        message=f"{report.entries - report.withheld} entries shown, {report.withheld} withheld, "
        f"{report.originals} originals, {report.texts} texts, {report.numbers} numbers.",
    )
    say(settings, message=f"Whoever checks it needs your key by another way: --pin {opener}")


def _write_wacz(settings: Settings, *, target: Path) -> None:
    """Write the captured pages into one WACZ file, and say that it proves nothing by itself."""
    with settings.open() as case:
        report = write_wacz(case, target=target)
    if settings.as_json:
        print_line({**asdict(report), "path": str(report.path)})
    say(settings, message=f"{report.path}: {report.size} bytes, SHA-256 {report.digest}")
    say(
        settings,
        message=f"{report.captures} captures, {report.pages} pages, {report.records} records. "
        "A WACZ shows, it does not prove: whoever is to check it needs the bundle too.",
    )


def _incident(beginning: str, *, known: list[str]) -> str:
    """Return the incident whose id begins so."""
    found = [incident_id for incident_id in known if incident_id.startswith(beginning)]
    if len(found) != 1:
        raise NotFoundError(
            f"{beginning!r} means {len(found)} incidents", remedy="See 'affiant link list'."
        )
    return found[0]
