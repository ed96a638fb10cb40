"""``affiant suggest``."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click
import msgspec

from affiant.claims.asking.server import ModelServer, host_of
from affiant.claims.asking.step import Asked, suggest_by_model
from affiant.claims.step import suggest_waiting
from affiant.cli.command import writes
from affiant.cli.output import print_line, say
from affiant.cli.progress import progress
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, PersonNeededError
from affiant.store.case import Case


@writes
@click.option("--again", is_flag=True, help="Go through every text anew.")
@click.option(
    "--model",
    "model_name",
    metavar="NAME",
    help="Ask this language model too; a person must have allowed it: 'affiant model allow'.",
)
@click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the key that the model's server wants to see; it is not recorded.",
)
@click.pass_obj
def suggest(settings: Settings, again: bool, model_name: str | None, key_file: Path | None) -> None:
    """Propose claims by written rules. A proposal is not a finding: a person decides.

    Example: affiant suggest
    """
    texts = proposals = 0
    with settings.open() as case:
        with progress(settings, title="Suggesting") as advance:
            for found in suggest_waiting(case, again=again):
                texts += 1
                proposals += found.suggestions
                advance(found.document)
                if settings.as_json:
                    print_line(asdict(found))
        say(settings, message=f"{texts} texts gone through, {proposals} claims proposed.")
        if model_name is not None:
            server = _server(case, name=model_name, key_file=key_file)
            _ask(settings, case=case, server=server, again=again)


def _server(case: Case, *, name: str, key_file: Path | None) -> ModelServer:
    """Return the allowed server for a model.

    Raises:
        PersonNeededError: Nobody allowed one, or more than one is allowed.
    """
    allowed = [row for row in case.models.servers() if row.allowed and row.model == name]
    if len(allowed) != 1:
        raise PersonNeededError(
            f"{len(allowed)} servers are allowed for the model {name!r}",
            remedy="Allow one, and forbid the others: affiant model list.",
        )
    secret = None
    if key_file is not None:
        secret = key_file.read_text(encoding="utf-8").strip()
        if not secret.isascii() or not secret.isprintable() or not secret:
            raise BadInputError(
                f"{key_file} does not hold a key", remedy="Put the key into it, and nothing else."
            )
    return ModelServer(address=allowed[0].address, model=name, secret=secret)


def _ask(settings: Settings, *, case: Case, server: ModelServer, again: bool) -> None:
    """Ask the model about every text that may be shown to it, and say what came of it."""
    say(settings, message=f"Asking {server.model} at {host_of(server.address)}.")
    total: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    with progress(settings, title="Asking") as advance:
        for asked in suggest_by_model(case, server=server, again=again):
            advance(asked.document)
            total.update(_numbers(asked))
            dropped.update(asked.dropped)
            if settings.as_json:
                print_line(msgspec.to_builtins(asked))
    say(
        settings,
        message=f"{total['questions']} questions, {total['suggestions']} claims proposed, "
        f"{total['known']} known already, {dropped.total()} dropped at the gate, "
        f"{total['shielded']} protected documents not sent.",
    )
    for flaw, number in sorted(dropped.items()):
        say(settings, message=f"  dropped, {flaw.replace('_', ' ')}: {number}")


def _numbers(asked: Asked) -> dict[str, int]:
    return {
        "questions": asked.questions,
        "suggestions": asked.suggestions,
        "known": asked.known,
        "shielded": bool(asked.shielded),
    }
