"""``affiant init``."""

from pathlib import Path

import click

from affiant.cli.command import writes
from affiant.cli.output import print_line, say
from affiant.cli.settings import Settings
from affiant.store import create_case


@writes
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the case; the folder's name where not given.")
@click.pass_obj
def init(settings: Settings, target: Path, name: str | None) -> None:
    """Start a case in a new folder; make a signing key where there is none.

    Asks nothing. The key and the name that it signs under are printed.

    Example: affiant init qarsan --as "Mina Sohrab"
    """
    person = settings.default_name()
    title = name or target.resolve().name
    if settings.surroundings.rehearsal:
        say(settings, message=f"Would start the case {title!r} in {target}.")
        return
    key, made = settings.make_key(person)
    with create_case(
        target, name=title, key=key, person=person, surroundings=settings.surroundings
    ) as case:
        case_id = case.case_id
    if settings.as_json:
        line = {"case": case_id, "folder": str(target), "person": person, "key": key.public}
        print_line({**line, "key_made": made})
    say(settings, message=f"Case {title} ({case_id}) started in {target}.")
    say(settings, message=f"You sign as {person} with the key {key.public}.")
    say(
        settings,
        message=f"The key lies in {settings.key_path(person)}. Keep a copy: it cannot be replaced.",
    )
