"""The command ``affiant``: finds the command that is named and runs it."""

import sys
from importlib import import_module
from typing import Any, Final

import click

from affiant.cli.command import Group
from affiant.cli.output import print_error
from affiant.errors import AffiantError, BadInputError, StorageError

COMMANDS: Final = {
    "init": "Start a case in a new folder.",
    "add": "Preserve documents: files, and everything in folders.",
    "capture": "Preserve web pages: every exchange, failures too.",
    "stamp": "Have the log stamped, so that nobody can say it was written later.",
    "read": "Take the text from every document that was not read yet.",
    "transcribe": "Record what a person wrote down of a scan or a recording.",
    "source": "Declare who speaks, who knew, who repeats whom.",
    "suggest": "Propose claims by written rules; a person decides.",
    "model": "Allow a language model of your own to propose claims; off by default.",
    "review": "Open the workbench in the browser, on this machine only.",
    "claim": "List claims, look at one, decide on it, add your own.",
    "link": "Decide which claims tell one incident, or speak of one person.",
    "custody": "Show and note what happened to a document's original.",
    "compare": "Compare all voices, incident by incident; who repeats whom.",
    "estimate": "Estimate how many nobody recorded, said honestly or not at all.",
    "protect": "Erase what endangers somebody; the rest still proves.",
    "publish": "Decide what may be shown; draw the site.",
    "bundle": "Make one file that an opponent can check without us.",
    "verify": "Check everything of a case or bundle, offline.",
    "check": "Report orphans; rebuild what can be rebuilt.",
    "find": "Search all texts, in any script and spelling of letters.",
    "status": "Show what was done, what waits, what is weak.",
    "history": "Show who decided what; take a decision back.",
    "exchange": "Hand decisions to another copy of the case, and take them in.",
    "key": "Make a person's signing key; list and admit keys.",
    "policy": "Show or set what the case is decided by.",
    "demo": "Build the sample case: every step, in a new folder.",
}


class LazyGroup(Group):
    """Imports a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command: module and command bear its name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"affiant.cli.{cmd_name}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


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
