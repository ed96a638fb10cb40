"""``affiant key``: make a person's key, list and admit keys, replace and end them."""

import re
from pathlib import Path

import click

from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.key_files import lock_file, put_in_place, set_aside, unlock_file
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, NotFoundError, WrongUseError
from affiant.log.keys import SigningKey, new_key, public_key_of
from affiant.store import Case


@click.group(cls=Group)
def key() -> None:
    """Make a person's signing key, list those of the case, admit, replace or end one.

    Example: affiant key make --as "Second Reviewer"
    """


@key.command("make", cls=Command)
@click.option("--lock", is_flag=True, help="Lock the key file with a passphrase.")
@click.pass_obj
def make(settings: Settings, lock: bool) -> None:
    """Make a signing key for whoever --as names; one that exists stays."""
    name = settings.default_name()
    found, made = settings.make_key(name)
    if lock and made:
        lock_file(settings, path=settings.key_path(name), key=found)
    if settings.as_json:
        print_line({"person": name, "key": found.public, "key_made": made})
    say(settings, message=f"{name} signs with {found.public}.")


@key.command("lock", cls=Command)
@click.pass_obj
def lock_command(settings: Settings) -> None:
    """Lock your key files with a passphrase, or change it.

    Whoever has a plain file can sign as you. Nobody can open a locked one without the
    passphrase, you neither: keep it. Copies that you made before stay as they are.
    """
    paths = _paths(settings)
    opened = [(path, settings.open_key(path)) for path in paths]
    for path, found in opened:
        lock_file(settings, path=path, key=found)
    say(settings, message=f"Locked: {', '.join(path.name for path in paths)}.")


@key.command("unlock", cls=Command)
@click.pass_obj
def unlock_command(settings: Settings) -> None:
    """Write your key files without a passphrase again."""
    paths = _paths(settings)
    for path in paths:
        unlock_file(path, key=settings.open_key(path))
    say(settings, message=f"Not locked any more: {', '.join(path.name for path in paths)}.")


def _paths(settings: Settings) -> list[Path]:
    """Return the acting person's key files; at least one."""
    found = settings.key_paths(settings.default_name())
    if not found:
        settings.key()  # says which one is missing, and how to make it
    return found


@key.command("list", cls=Command)
@click.pass_obj
def list_command(settings: Settings) -> None:
    """List the keys of the case: those that may sign, and those that ended."""
    with settings.open() as case:
        keys, ends = case.policies.keys(), case.policies.key_ends()
    rows = [
        {
            "key": public,
            "name": name,
            "ended": ends[public].how if public in ends else None,
            "successor": ends[public].successor if public in ends else None,
            "in_doubt_since": ends[public].in_doubt_since if public in ends else None,
        }
        for public, name in keys.items()
    ]
    if settings.as_json:
        print_lines(rows)
        return
    heads = ["Key", "Name", "Ended"] if ends else ["Key", "Name"]
    print_table(heads, rows=[list(row.values())[: len(heads)] for row in rows])


@key.command("admit", cls=WritingCommand)
@click.argument("public")
@click.option("--name", required=True, help="The person's name; it can be erased later.")
@click.pass_obj
def admit(settings: Settings, public: str, name: str) -> None:
    """Admit another person's key to the case."""
    if not re.fullmatch(r"[0-9a-f]{64}", public):
        raise BadInputError("a public key is 64 hex digits", remedy="Ask for 'affiant key make'.")
    with settings.open() as case:
        _refuse_known(case, public=public)
        with case.writing(settings.key()) as pen:
            pen.record("key.admitted/1", body={"key": public, "name": name, "roles": ["member"]})
    if settings.as_json:
        print_line({"key": public, "name": name})
    say(settings, message=f"Admitted {name}: {public}")


def _refuse_known(case: Case, *, public: str) -> None:
    """Refuse a key that the case knows already; one that ended stays ended."""
    if public in case.policies.ended_keys():
        raise BadInputError(
            "this key has ended in this case and cannot come back",
            remedy="Make another: affiant key make.",
        )
    admitted = case.policies.keys()
    if public in admitted:
        raise BadInputError("this key is admitted already", remedy="Nothing to do.")


@key.command("rotate", cls=WritingCommand)
@click.option("--why", required=True, help="In words; recorded.")
@click.pass_obj
def rotate(settings: Settings, why: str) -> None:
    """Replace your key by a new one; the old one signs this and then nothing more.

    What it signed stands, and counts as yours. Other cases go on with the old key until you
    rotate it there too; they then take the same new one. Take in packets of decisions that
    you signed elsewhere before: afterwards they are refused.
    """
    name = settings.default_name()
    with settings.open() as case:
        old = settings.key()
        new, path = _successor(settings, case=case, old=old)
        with case.writing(old) as pen:
            body = {"old": old.public, "new": new.public, "name": name, "why": why}
            pen.record("key.rotated/1", body=body)
            pen.hand_over(new)
    if not settings.surroundings.rehearsal:
        put_in_place(settings, path=path, name=name)
    if settings.as_json:
        print_line({"person": name, "old": old.public, "new": new.public})
    say(settings, message=f"{name} now signs with {new.public}.")
    say(settings, message=f"The key lies in {settings.key_path(name)}. Keep a copy.")


def _successor(
    settings: Settings, *, case: Case, old: SigningKey
) -> tuple[SigningKey, Path | None]:
    """Return the key to go on with, and its file where it is new and not yet in its place."""
    name = settings.default_name()
    known = case.policies.keys()
    for path in settings.key_paths(name):
        if public_key_of(path) not in {*known, old.public}:
            return settings.open_key(path), path if path != settings.key_path(name) else None
    made = new_key()
    if settings.surroundings.rehearsal:
        return made, None
    return made, set_aside(settings, key=made, name=name)


@key.command("revoke", cls=WritingCommand)
@click.argument("public")
@click.option("--why", required=True, help="In words; recorded.")
@click.option(
    "--in-doubt-since",
    type=click.IntRange(min=0),
    help="Entries by this key from this number on are to be looked at again.",
)
@click.pass_obj
def revoke(settings: Settings, public: str, why: str, in_doubt_since: int | None) -> None:
    """End another person's key, as where it was lost or taken.

    What it signed stands; with --in-doubt-since every verification names what it signed from
    there on. Your own key you replace with 'affiant key rotate'.
    """
    with settings.open() as case:
        meant = _meant(case, beginning=public)
        own = settings.key()
        if meant == own.public:
            raise WrongUseError(
                "you cannot revoke the key that you sign with",
                remedy="Replace it: affiant key rotate. Or have another member revoke it.",
            )
        with case.writing(own) as pen:
            body = {"key": meant, "in_doubt_since": in_doubt_since, "why": why}
            pen.record("key.revoked/1", body=body)
    if settings.as_json:
        print_line({"key": meant, "ended": "revoked", "in_doubt_since": in_doubt_since})
    say(settings, message=f"Revoked: {meant}.")


def _meant(case: Case, *, beginning: str) -> str:
    """Return the one key in force that begins so.

    Raises:
        NotFoundError: None does, or several.
    """
    admitted, ended = case.policies.keys(), case.policies.ended_keys()
    found = [
        public
        for public in admitted
        if public not in ended and len(beginning) >= 8 and public.startswith(beginning)
    ]
    if len(found) != 1:
        raise NotFoundError(
            f"{beginning!r} means {len(found)} keys that are in force",
            remedy="Give at least eight digits, as 'affiant key list' shows them.",
        )
    return found[0]
