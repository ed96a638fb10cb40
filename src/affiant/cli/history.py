"""``affiant history``: who decided what, when and why; take it back."""

from pathlib import Path

import click

from affiant.audit.acts import list_acts, take_back_act
from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.proving import entry_named, fields_to_open, refuse_blind
from affiant.cli.settings import Settings
from affiant.store.objects import write_durably
from affiant.store.proofs import proof_of


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def history(context: click.Context) -> None:
    """Show every recorded act, newest last; 'history undo' takes one back.

    Example: affiant history list --about CLAIM
    """
    if context.invoked_subcommand is None:
        with list_command.make_context("list", [], parent=context) as inner:
            list_command.invoke(inner)


@history.command("list", cls=Command)
@click.option("--about", help="Only acts that name this id.")
@click.pass_obj
def list_command(settings: Settings, about: str | None) -> None:
    """List recorded acts: who, when, what. Others' verdicts on what you have not decided
    stay hidden.
    """
    with settings.open() as case:
        rows = list_acts(case, reviewer=settings.key_or_none(), about=about)
    if settings.as_json:
        print_lines(rows)
        return
    table = [
        [row["position"], row["at"], row["by"], row["kind"], row["commitment"][:12]] for row in rows
    ]
    print_table(["Entry", "When (their clock)", "Who", "What", "Commitment"], rows=table)


@history.command("undo", cls=WritingCommand)
@click.argument("commitment")
@click.option("--why", required=True, help="In words; recorded.")
@click.pass_obj
def undo(settings: Settings, commitment: str, why: str) -> None:
    """Take a decision back; both stay in the log."""
    with settings.open() as case:
        entry = take_back_act(case, commitment=commitment, why=why, key=settings.key())
    if settings.as_json:
        print_line({"undone": entry.commitment, "kind": entry.kind})
    say(settings, message=f"Taken back: entry {entry.position}, {entry.kind}.")


@history.command("proof", cls=Command)
@click.argument("item")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="The file to write.")
@click.option(
    "--open", "names", multiple=True, metavar="FIELD", help="A field to show, or: all. Several."
)
@click.pass_obj
def proof(settings: Settings, item: str, output: Path | None, names: tuple[str, ...]) -> None:
    """Prove that one entry stands in the log, without showing any other.

    ITEM is a document, a claim, a position or a commitment. The file holds the entry's
    header and signature, its path to the root and the signed checkpoint; what the entry
    says only as far as --open opens it. 'affiant verify FILE' checks it.

    Example: affiant history proof letter.pdf --open digest --open name -o letter.json
    """
    with settings.open() as case:
        commitment = entry_named(case, item=item)
        if names:
            refuse_blind(settings, case=case, commitment=commitment)
        made = proof_of(case, commitment=commitment, fields=fields_to_open(names))
        target = output or case.folder / "out" / f"proof-{made.position}.json"
        write_durably(target, data=made.encode())
    header, opened = made.entry.read_header(), sorted(made.entry.fields() or {})
    size = made.checkpoint.head.size
    line = {"path": str(target), "position": made.position, "size": size, "opened": opened}
    if settings.as_json:
        print_line({**line, "kind": header.kind, "commitment": header.commitment})
    say(
        settings,
        message=f"{target}: entry {made.position} of {size}, {header.kind}; "
        + (f"opened: {', '.join(opened)}." if opened else "nothing of it is opened."),
    )
    say(
        settings,
        message=f"Whoever checks it: affiant verify FILE --pin {made.checkpoint.signers[0]}",
    )
