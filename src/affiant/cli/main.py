"""The command ``affiant``: finds the command that is named and runs it."""

import sys
from importlib import import_module
from typing import Any, Final

import click

from affiant.cli.command import Group
from affiant.cli.output import print_error
from affiant.errors import AffiantError, BadInputError, StorageError

COMMANDS: Final = {
    "init": "init:init",
    "add": "add:add",
    "read": "read:read",
    "source": "source:source",
    "suggest": "suggest:suggest",
    "claim": "claim:claim",
    "link": "link:link",
    "compare": "compare:compare",
    "protect": "protect:protect",
    "publish": "publish:publish",
    "bundle": "bundle:bundle",
    "verify": "verify:verify",
    "check": "check:check",
    "find": "find:find",
    "status": "status:status",
    "history": "history:history",
    "exchange": "exchange:exchange",
    "key": "key:key",
    "policy": "policy:policy",
    "demo": "demo:demo",
}


class LazyGroup(Group):
    """Imports a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        found: click.Command = getattr(import_module(f"affiant.cli.{module}"), name)
        return found


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="affiant")
def affiant() -> None:
    """From a pile of sources to a case file in which every number can be walked back.

    Example: affiant init qarsan && affiant --case qarsan add letters/
    """


def run() -> None:
    """Run the command line and leave with its exit code."""
    as_json = "--json" in sys.argv[1:]
    sys.exit(main(sys.argv[1:], as_json=as_json))


def main(arguments: list[str], *, as_json: bool) -> int:
    """Run the command line and return its exit code."""
    try:
        result: Any = affiant.main(arguments, prog_name="affiant", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        return 130
    except click.ClickException as problem:
        remedy = "Run the command with --help to see what it takes."
        print_error(BadInputError(problem.format_message(), remedy=remedy), as_json=as_json)
        return 2
    except AffiantError as problem:
        print_error(problem, as_json=as_json)
        return problem.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as problem:
        error = StorageError(
            f"the system refused: {problem.strerror or problem}",
            remedy="Check space and rights of the disk, then repeat.",
        )
        print_error(error, as_json=as_json)
        return 1
    return result if isinstance(result, int) else 0
