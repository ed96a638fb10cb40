"""``affiant stamp``: have the log stamped by time-stamp authorities of the user's choice."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from affiant.cli.command import REHEARSAL, Command, Group, WritingCommand, settings_of
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, WrongUseError
from affiant.preserve.stamping import (
    AUTHORITIES_WANTED,
    Held,
    Stamped,
    held_stamps,
    last_size,
    stamp_case,
)
from affiant.store import Case
from affiant.store.authorities import (
    Authority,
    add_authority,
    listed_authorities,
    named_authorities,
    new_authority,
    remove_authority,
)


class StampGroup(Group):
    """The group that is a command by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = [*self.params, REHEARSAL]


@click.group(cls=StampGroup, invoke_without_command=True)
@click.option(
    "--authority",
    "named",
    multiple=True,
    metavar="NAME=ADDRESS",
    help="Ask this one, instead of those of the case's preferences.",
)
@click.option(
    "--roots",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Its root certificate, PEM: one for each --authority, in the same order.",
)
@click.option("--again", is_flag=True, help="Ask although nothing but stamps was added since.")
@click.option("--renew", is_flag=True, help="The same: cover older stamps before they expire.")
@click.option("--list", "listing", is_flag=True, help="Ask nobody; show the stamps there are.")
@click.pass_context
def stamp(context: click.Context, /, **asked: Any) -> int | None:
    """Have the log stamped, so that nobody can say it was written later.

    Sends a fingerprint of the newest checkpoint, and nothing else, to each authority: one
    stamp covers everything before it. Exit code 3 where one of them gave none, 1 where all
    gave none; what is owed is asked for again the next time.

    Example: affiant stamp
    """
    settings = settings_of(context)
    if context.invoked_subcommand is not None:
        return None
    if asked["listing"]:
        return _list(settings)
    with settings.open() as case:
        authorities = _authorities(case, named=asked["named"], roots=asked["roots"])
        if settings.surroundings.rehearsal:
            _rehearse(settings, case=case, authorities=authorities)
            return 0
        found = []
        again = asked["again"] or asked["renew"]
        for each in stamp_case(case, authorities=authorities, key=settings.key(), again=again):
            _show(settings, stamped=each)
            found.append(each)
    return _conclude(settings, found=found)


def _authorities(case: Case, *, named: Sequence[str], roots: Sequence[Path]) -> list[Authority]:
    """Return whom to ask: those that are named here, or those of the preferences.

    Raises:
        WrongUseError: There is nobody to ask, or a root is missing.
    """
    if len(named) != len(roots):
        raise WrongUseError(
            f"{len(named)} authorities are named and {len(roots)} files of roots",
            remedy="Name the file with its root certificate for each: a token proves something "
            "only to those who trust a root that it leads to.",
        )
    found = [_named(words, roots=path) for words, path in zip(named, roots, strict=True)]
    found = found or listed_authorities(case.folder)
    if not found:
        raise WrongUseError(
            "no time-stamp authority is known here",
            remedy="affiant stamp authority add NAME ADDRESS --roots FILE; two that are "
            "independent of each other are wanted.",
        )
    if len({each.name for each in found}) != len(found):
        raise WrongUseError("an authority is named twice", remedy="Name each once.")
    return found


def _named(words: str, *, roots: Path) -> Authority:
    name, _, address = words.partition("=")
    if not name or not address:
        raise BadInputError(
            f"{words!r} does not name an authority",
            remedy="Write it so: --authority north=https://… --roots north.pem",
        )
    return new_authority(name, address=address, roots=roots)


def _rehearse(settings: Settings, *, case: Case, authorities: Sequence[Authority]) -> None:
    """Say whom would be asked, and for what; nothing is sent."""
    size = case.logbook.checkpoint().head.size
    for each in authorities:
        last = last_size(case, authority=each.name)
        new = case.stamps.news_since(last or 0)
        line = {"authority": each.name, "address": each.address, "size": size, "not_stamped": new}
        if settings.as_json:
            print_line({**line, "status": "would_ask"})
        say(settings, message=f"Would ask {each.name} ({each.address}): {new} entries are new.")


def _show(settings: Settings, *, stamped: Stamped) -> None:
    """Tell what became of one authority."""
    if settings.as_json:
        print_line({**asdict(stamped), "verified_by": list(stamped.verified_by)})
    if stamped.status == "stamped":
        say(
            settings,
            message=f"{stamped.authority}: {stamped.size} entries existed not later than "
            f"{stamped.time} (checked by {' and '.join(stamped.verified_by)}; its certificates "
            f"end {stamped.expires}).",
        )
    elif stamped.status == "owed":
        say(settings, message=f"{stamped.authority}: no stamp yet: {stamped.problem}.")
    else:
        say(
            settings,
            message=f"{stamped.authority}: nothing but stamps was added since its last one.",
        )


def _conclude(settings: Settings, *, found: Sequence[Stamped]) -> int:
    """Say what is still wanted; return the exit code."""
    owed = [each for each in found if each.status == "owed"]
    if len(found) < AUTHORITIES_WANTED:
        say(
            settings,
            message="Only one authority was asked. Two that are independent of each other are "
            "wanted: one alone can be wrong, bought or forced.",
        )
    if not owed:
        return 0
    say(settings, message="What is owed is noted; 'affiant stamp' asks again.")
    return 1 if len(owed) == len(found) else 3


def _list(settings: Settings) -> int:
    """Show every stamp as it stands today."""
    with settings.open() as case:
        held = held_stamps(case)
    if settings.as_json:
        print_lines({**asdict(each), "verified_by": list(each.verified_by)} for each in held)
        return 0
    rows = [
        [each.time, each.authority, each.covers, _expiry(each), _checked(each)] for each in held
    ]
    print_table(["Not later than", "Authority", "Entries", "Expires", "Checked by"], rows=rows)
    return 0


def _expiry(held: Held) -> str:
    """Say when a stamp's certificates end, and whether a newer one covers it."""
    ends = held.expires or "not known"
    if held.renewed_by is not None:
        return f"{ends} (covered by entry {held.renewed_by})"
    return f"{ends} (expired, not renewed)" if held.expired else ends


def _checked(held: Held) -> str:
    """Say who confirms a stamp, or why nobody does."""
    by = " and ".join(held.verified_by)
    return f"{by or 'NOBODY'}{f': {held.problem}' if held.problem and not by else ''}"


@stamp.group("authority", cls=Group)
def authority() -> None:
    """Say which time-stamp authorities are asked, and which root is trusted for each.

    Example: affiant stamp authority add north https://stamps.example --roots north.pem
    """


@authority.command("add", cls=WritingCommand)
@click.argument("name")
@click.argument("address")
@click.option(
    "--roots",
    required=True,
    type=click.Path(path_type=Path),
    help="File with its root certificate, PEM, from a place that you trust.",
)
@click.pass_obj
def add(settings: Settings, name: str, address: str, roots: Path) -> None:
    """Ask this authority from now on, and trust these roots for it.

    They are written into affiant.toml; the roots are copied beside your keys.
    """
    with settings.open() as case:
        made = new_authority(name, address=address, roots=roots)
        if not settings.surroundings.rehearsal:
            configuration = settings.surroundings.configuration
            add_authority(case.folder, authority=made, configuration=configuration)
        count = len(named_authorities(case.folder))
    if settings.as_json:
        print_line({"authority": name, "address": address})
    say(settings, message=f"{name} at {address} is asked from now on.")
    if count < AUTHORITIES_WANTED:
        say(settings, message="Two authorities that are independent of each other are wanted.")


@authority.command("list", cls=Command)
@click.pass_obj
def list_command(settings: Settings) -> None:
    """List the authorities of this case's preferences."""
    with settings.open() as case:
        rows = named_authorities(case.folder)
    if settings.as_json:
        print_lines({"authority": row[0], "address": row[1], "roots": row[2]} for row in rows)
        return
    print_table(["Authority", "Address", "Trusted roots"], rows=rows)


@authority.command("remove", cls=WritingCommand)
@click.argument("name")
@click.pass_obj
def remove(settings: Settings, name: str) -> None:
    """Ask this authority no more; what it stamped stays and is still checked."""
    with settings.open() as case:
        owes = name in [owed.authority for owed in case.stamps.owed()]
        listed = name in [row[0] for row in named_authorities(case.folder)]
        if not settings.surroundings.rehearsal:
            if listed or not owes:
                remove_authority(case.folder, name=name)
            with case.deriving():
                case.stamps.forget(name)
    if settings.as_json:
        print_line({"authority": name})
    say(settings, message=f"{name} is asked no more.")
