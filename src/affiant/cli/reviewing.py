"""Commands of ``affiant claim`` for people who review together."""

from typing import Any, Final, get_args

import click

from affiant.claims.coded_fields import FieldAgreement, agreement_fields, agreement_of
from affiant.claims.passages import read_blind
from affiant.claims.queue import QueueKind, Scope, queue
from affiant.claims.recall import ENOUGH, review_report
from affiant.claims.review import settle_claim
from affiant.cli.command import Command, WritingCommand
from affiant.cli.documents import document_named
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.errors import PersonNeededError
from affiant.model.decision import Decision
from affiant.model.vocabulary import ClaimVerdict

_MOST: Final = 50


@click.command("queue", cls=Command)
@click.option("--kind", type=click.Choice(get_args(QueueKind)), default="likely", show_default=True)
@click.option("--document", help="Only this document.")
@click.option("--incident", help="Only documents of this incident's claims.")
@click.option("--source", help="Only documents attributed to this source.")
@click.option("--words", help="Only passages that a search for these words finds.")
@click.option("--limit", default=_MOST, show_default=True, type=click.IntRange(1, 100_000))
@click.pass_obj
def queue_command(settings: Settings, /, kind: QueueKind, limit: int, **scope: str | None) -> None:
    """List what you have before you, in the order to review it in.

    Originals come before their reprints, likely suggestions before unlikely ones, and passages
    that you are to read without suggestions before those that are suggested for them.

    Example: affiant claim queue --kind missed --document letter.txt
    """
    with settings.open() as case:
        reviewer = settings.key_or_none()
        if reviewer is None:
            raise PersonNeededError(
                "a queue is one person's", remedy="Make a key: affiant key make; or name one: --as."
            )
        if scope["document"] is not None:
            scope["document"] = document_named(case, key=scope["document"])
        found = queue(case, reviewer=reviewer, kind=kind, scope=Scope(**scope))
        rows = [ref for ref, _ in zip(found, range(limit), strict=False)]
    if settings.as_json:
        print_lines(
            {
                "item_id": ref.item_id,
                "what": ref.what,
                "document": ref.document,
                "start": ref.start,
                "end": ref.end,
            }
            for ref in rows
        )
        return
    print_table(
        ["What", "Item", "Document", "At"],
        rows=[[ref.what, ref.item_id[:12], ref.document[7:15], ref.start] for ref in rows],
    )
    click.echo(f"{len(rows)} listed" + f", the first {limit}" * (len(rows) >= limit) + ".")


@click.command("read-blind", cls=WritingCommand)
@click.argument("document")
@click.argument("start", type=click.IntRange(0))
@click.option("--claim", "claim_ids", multiple=True, help="A claim that you made from it.")
@click.pass_obj
def read_blind_command(
    settings: Settings, document: str, start: int, claim_ids: tuple[str, ...]
) -> None:
    """Record that you read a passage without suggestions; then they are shown.

    'claim queue' lists the passages that wait, where the policy blind_share asks for it. Add
    the claims that you find with 'claim add' first.
    """
    with settings.open() as case:
        document_id = document_named(case, key=document)
        read_blind(case, document=document_id, start=start, claim_ids=claim_ids, key=settings.key())
    if settings.as_json:
        print_line({"document": document_id, "start": start, "claim_ids": sorted(claim_ids)})
    say(settings, message=f"Read at {start}, with {len(claim_ids)} claims: {document_id}")


@click.command("settle", cls=WritingCommand)
@click.argument("claim_id")
@click.option("--verdict", required=True, type=click.Choice(get_args(ClaimVerdict)))
@click.option("--why", required=True, help="In words; recorded.")
@click.pass_obj
def settle_command(settings: Settings, claim_id: str, verdict: ClaimVerdict, why: str) -> None:
    """Settle a claim that reviewers differ on; their verdicts stay in the log.

    It takes somebody who did not decide on the claim, unless the policy settled_by says anyone.
    """
    with settings.open() as case:
        decision = Decision(verdict=verdict, why=why)
        found = settle_claim(case, claim_id=claim_id, decision=decision, key=settings.key())
    if settings.as_json:
        print_line({"claim_id": found, "decision": f"settled: {verdict}"})
    say(settings, message=f"settled, {verdict}: {found}")


@click.command("agreement", cls=Command)
@click.pass_obj
def agreement_command(settings: Settings) -> None:
    """Show how far reviewers agree on each field: Krippendorff's alpha with its interval.

    Only first decisions count, which each took before seeing the others'.
    """
    with settings.open() as case:
        found = agreement_of(case)
    if settings.as_json:
        print_lines(agreement_fields(item) for item in found)
        return
    print_table(["Field", "Alpha", "95 % interval", "Units", ""], rows=map(_agreement_row, found))


def _agreement_row(item: FieldAgreement) -> list[object]:
    found = item.found
    if found.alpha is None or found.low is None or found.high is None:
        return [item.field, "–", "–", found.units, "nothing varies" if found.units else "no pairs"]
    note = f"too few to say: fewer than {ENOUGH}" if found.units < ENOUGH else item.level
    span = f"{found.low:.2f} to {found.high:.2f}"
    return [item.field, f"{found.alpha:.2f}", span, found.units, note]


@click.command("report", cls=Command)
@click.pass_obj
def report_command(settings: Settings) -> None:
    """Show what the team finds and what it lets pass: recall, anchoring, errors caught.

    It rests on passages read without suggestions and on seeded errors: see the policies
    blind_share and seeded_errors.
    """
    with settings.open() as case:
        found = review_report(case)
    if settings.as_json:
        print_line(found)
        return
    rows = list(_report_rows("team", found=found["team"]))
    for person in found["reviewers"]:
        rows += _report_rows(person["reviewer"], found=person)
    print_table(["Who", "What", "Share", "95 % interval", "n", ""], rows=rows)


_TOLD: Final = {
    "recall": "found blind and suggested too",
    "reader": "found before suggestions were seen",
    "caught": "seeded errors caught",
}


def _report_rows(who: str, *, found: dict[str, Any]) -> list[list[object]]:
    """Return the rows of one person or the team."""
    rows = [[who, told, *_cells(found[name], share="share")] for name, told in _TOLD.items()]
    anchoring = found["anchoring"]
    numbers = {**anchoring, "n": f"{anchoring['n_open']} and {anchoring['n_blind']}"}
    rows.append([who, "accepted more where seen at once", *_cells(numbers, share="difference")])
    return rows


def _cells(numbers: dict[str, Any], *, share: str) -> list[object]:
    """Return share, interval, number and what is to be said of it."""
    if numbers[share] is None:
        return ["–", "–", numbers["n"], "nothing to say yet"]
    span = f"{numbers['low']:.2f} to {numbers['high']:.2f}"
    note = "" if numbers["enough"] else f"too few to say: fewer than {ENOUGH}"
    return [f"{numbers[share]:.2f}", span, numbers["n"], note]


COMMANDS: Final = (
    queue_command,
    read_blind_command,
    settle_command,
    agreement_command,
    report_command,
)
"""In the order of ``affiant claim --help``."""
