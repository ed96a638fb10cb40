"""``affiant history``: who decided what, when and why; take it back."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.proving import entry_named, fields_to_open, refuse_blind
from affiant.cli.settings import Settings
from affiant.errors import NotFoundError, WrongUseError
from affiant.store import Case
from affiant.store.claims import ClaimRow
from affiant.store.objects import write_durably
from affiant.store.projection import LASTING
from affiant.store.proofs import proof_of
from affiant.store.recorded import Recorded


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
        names = case.policies.keys()
        entries = list(case.logbook.recorded())
        blind = _blind(entries, claims=_hidden(case, reviewer=settings.key_or_none()))
    rows = [
        _row(entry, names=names, blind=entry.commitment in blind)
        for entry in entries
        if about is None or _names(entry, about=about, blind=entry.commitment in blind)
    ]
    if settings.as_json:
        print_lines(rows)
        return
    table = [
        [row["position"], row["at"], row["by"], row["kind"], row["commitment"][:12]] for row in rows
    ]
    print_table(["Entry", "When (their clock)", "Who", "What", "Commitment"], rows=table)


def _hidden(case: Case, *, reviewer: str | None) -> set[str]:
    """Return the claims that the asking reviewer must decide on blind."""
    rows: list[ClaimRow] = case.claims.all()
    return {row.claim_id for row in rows if reviewer and reviewer not in row.verdicts}


def _blind(entries: Sequence[Recorded], *, claims: set[str]) -> set[str]:
    """Return the commitments of the entries that say what others decided on these claims."""
    found = {
        entry.commitment
        for entry in entries
        if entry.kind.startswith("claim.") and (entry.fields or {}).get("claim_id") in claims
    }
    return found | {
        entry.commitment
        for entry in entries
        if entry.kind == "decision.undone/1" and (entry.fields or {}).get("commitment") in found
    }


def _names(entry: Recorded, *, about: str, blind: bool) -> bool:
    """Tell whether an entry names an id; a hidden one tells nothing but its claim."""
    fields = entry.fields or {}
    told = {"claim_id": fields.get("claim_id")} if blind else fields
    return about in json.dumps(told, ensure_ascii=False) + entry.commitment


def _row(entry: Recorded, *, names: dict[str, str], blind: bool) -> dict[str, Any]:
    """Describe one entry."""
    fields = entry.fields
    return {
        "position": entry.position,
        "at": entry.at,
        "by": names.get(entry.actor, entry.actor[:16]),
        "kind": "claim.decided (hidden until you decide)" if blind else entry.kind,
        "commitment": entry.commitment,
        "undone": None if blind else entry.undone,
        "erased": fields is None,
        "why": None if blind else (fields or {}).get("why"),
    }


@history.command("undo", cls=WritingCommand)
@click.argument("commitment")
@click.option("--why", required=True, help="In words; recorded.")
@click.pass_obj
def undo(settings: Settings, commitment: str, why: str) -> None:
    """Take a decision back; both stay in the log."""
    with settings.open() as case:
        entry = _find(case, commitment=commitment)
        if entry.kind in LASTING:
            raise WrongUseError(
                f"{entry.kind} is not a decision that can be taken back",
                remedy="What was obtained stays; erase it with 'affiant protect erase'.",
            )
        with case.writing(settings.key()) as pen:
            pen.record("decision.undone/1", body={"commitment": entry.commitment, "why": why})
            case.rebuild()
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


def _find(case: Case, *, commitment: str) -> Recorded:
    """Return the one entry whose commitment begins so."""
    found = [
        entry
        for entry in case.logbook.recorded()
        if len(commitment) >= 8 and entry.commitment.startswith(commitment)
    ]
    if len(found) != 1:
        raise NotFoundError(
            f"{commitment!r} means {len(found)} entries",
            remedy="Give at least eight digits of a commitment that 'affiant history' shows.",
        )
    return found[0]
