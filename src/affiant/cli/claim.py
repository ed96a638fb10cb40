"""``affiant claim``: list, show and decide."""

import json
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from affiant.claims.anchoring import place_quotes
from affiant.claims.review import (
    Decided,
    Listed,
    Target,
    add_claim,
    decide,
    edit_claim,
    find_target,
    list_claims,
    read_through,
    withdraw,
)
from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.documents import document_named
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.reviewing import COMMANDS
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, PersonNeededError
from affiant.model.claim import claim_fields, decode_claim
from affiant.model.decision import Decision, reason_by_digit
from affiant.model.vocabulary import DELICATE, REJECTION_REASONS, SEEDS, ClaimStatus
from affiant.read.attached import attached_to
from affiant.store import Case


@click.group(cls=Group)
def claim() -> None:
    """List claims and suggestions, look at one, decide on it, add one of your own.

    Example: affiant claim list --status suggested
    """


def listed_fields(item: Listed) -> dict[str, Any]:
    """Return a claim in the stable shape of ``claim list --json``."""
    return {
        "claim_id": item.claim_id,
        "status": item.status,
        "document": item.document,
        **msgspec.to_builtins(claim_fields(item.claim)),
        "why": item.why,
        "your_verdict": item.verdict,
    }


@claim.command("list", cls=Command)
@click.option("--status", type=click.Choice(get_args(ClaimStatus)), help="Only these.")
@click.option("--document", help="Only those of one document.")
@click.option("--everyone", is_flag=True, help="What all decisions amount to, not yours alone.")
@click.pass_obj
def list_command(
    settings: Settings, status: str | None, document: str | None, everyone: bool
) -> None:
    """List claims and suggestions, by document and place in it.

    What others decided stays hidden until you have decided yourself.
    """
    with settings.open() as case:
        reviewer = None if everyone else settings.key_or_none()
        found = list_claims(case, reviewer=reviewer)
        wanted = document_named(case, key=document) if document else None
    found = [
        item
        for item in found
        if (status is None or item.status == status) and wanted in (None, item.document)
    ]
    if settings.as_json:
        print_lines(listed_fields(item) for item in found)
        return
    rows = [
        [item.claim_id[:12], item.status, in_words(item), item.document[7:15]] for item in found
    ]
    print_table(["Claim", "Status", "Says", "Document"], rows=rows)
    click.echo(f"{len(found)} listed.")


def in_words(item: Listed) -> str:
    """Return a claim as one line of plain words."""
    claim = item.claim
    speaker = claim.speakers[-1].name or "the document"
    counts = ", ".join(f"{count.words or count.min} {count.of}" for count in claim.counts)
    when = f" on {claim.when.edtf}" if claim.when and claim.when.edtf else ""
    act = claim.act.replace("_", " ")
    return f"{speaker} {claim.speakers[-1].stance}: {act} {counts}{when}".strip()


@claim.command("show", cls=Command)
@click.argument("claim_id")
@click.pass_obj
def show(settings: Settings, claim_id: str) -> None:
    """Show one claim or suggestion: every field, each quote, and why it was suggested."""
    with settings.open() as case:
        target = find_target(case, claim_id=claim_id)
        reviewer = settings.key_or_none()
        found = [
            item for item in list_claims(case, reviewer=reviewer) if item.claim_id in _names(target)
        ]
        about = _about(case, document=target.document)
    if not found:
        raise PersonNeededError(
            "others decided on this claim and you have not yet",
            remedy="Decide on the suggestion first: 'affiant claim list --status suggested'.",
        )
    fields = {**listed_fields(found[0]), "about": about}
    if settings.as_json:
        print_line(fields)
        return
    print_table(["Field", ""], rows=[[name, _plain(value)] for name, value in fields.items()])


def _about(case: Case, *, document: str) -> dict[str, Any] | None:
    """Return what its container says of a document, with the documents that hang on it."""
    about = case.documents.about(document)
    if "attached" in about:
        files = attached_to(case, document_id=document)
        about["attached"] = [{"name": file.name, "document": file.document} for file in files]
    return about or None


def _names(target: Target) -> set[str]:
    """Return the ids under which a claim may be listed."""
    names = {target.suggestion or ""}
    if target.row is not None:
        names.add(target.row.claim_id)
    return names


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _decide(settings: Settings, *, claim_id: str, decision: Decision) -> None:
    """Record a verdict and print the claim's id."""
    with settings.open() as case:
        made = decide(case, claim_id=claim_id, decision=decision, key=settings.key())
    _tell(settings, made=made, asked=claim_id, what=decision.verdict)


def _tell(settings: Settings, *, made: Decided, asked: str, what: str) -> None:
    """Print a claim's id, or that it was a seeded error and whether it was caught."""
    if made.claim_id is not None:
        _acknowledge(settings, claim_id=made.claim_id, what=what)
        return
    seed = made.seed
    if seed is None:
        return
    if settings.as_json:
        print_line({"claim_id": None, "decision": what, "seeded": seed.how, "caught": seed.caught})
    outcome = "You caught it." if seed.caught else "You let it pass."
    say(settings, message=f"{asked[:12]} was a seeded error. {SEEDS[seed.how]} {outcome}")


def _acknowledge(settings: Settings, *, claim_id: str, what: str) -> None:
    if settings.as_json:
        print_line({"claim_id": claim_id, "decision": what})
    say(settings, message=f"{what}: {claim_id}")


@claim.command("accept", cls=WritingCommand)
@click.argument("claim_id")
@click.option("--why", help="In words; recorded with the decision.")
@click.option(
    "--confirm",
    multiple=True,
    type=click.Choice(tuple(DELICATE)),
    help="What you compared with the words by itself; give it once for each.",
)
@click.pass_obj
def accept(settings: Settings, claim_id: str, why: str | None, confirm: tuple[str, ...]) -> None:
    """Accept a claim: this is what the voice says, in these words."""
    decision = Decision(verdict="accepted", why=why, confirmed=confirm)
    _decide(settings, claim_id=claim_id, decision=decision)


@claim.command("reject", cls=WritingCommand)
@click.argument("claim_id")
@click.option("--why", help="In words; recorded with the decision.")
@click.option("--reason", help=f"A digit from 1 to 9, or one of: {', '.join(REJECTION_REASONS)}.")
@click.pass_obj
def reject(settings: Settings, claim_id: str, why: str | None, reason: str | None) -> None:
    """Reject a claim: the document does not say this. It stays rejected when suggested again."""
    if reason is not None and reason.isascii() and reason.isdecimal():
        reason = reason_by_digit(int(reason))
    decision = Decision(verdict="rejected", why=why, reason=reason)
    _decide(settings, claim_id=claim_id, decision=decision)


@claim.command("unsure", cls=WritingCommand)
@click.argument("claim_id")
@click.option("--why", help="In words; recorded with the decision.")
@click.pass_obj
def unsure(settings: Settings, claim_id: str, why: str | None) -> None:
    """Say that you cannot tell."""
    _decide(settings, claim_id=claim_id, decision=Decision(verdict="unsure", why=why))


@claim.command("withdraw", cls=WritingCommand)
@click.argument("claim_id")
@click.option("--why", required=True, help="In words; recorded.")
@click.pass_obj
def withdraw_command(settings: Settings, claim_id: str, why: str) -> None:
    """Take a claim out of the case file; it and its history stay readable."""
    with settings.open() as case:
        found = withdraw(case, claim_id=claim_id, why=why, key=settings.key())
    _acknowledge(settings, claim_id=found, what="withdrawn")


@claim.command("add", cls=WritingCommand)
@click.argument("document")
@click.option(
    "--from",
    "source",
    required=True,
    type=click.File("r", encoding="utf-8"),
    help="JSON Lines in the shape of 'claim list --json'; - for standard input.",
)
@click.option("--why", help="In words; recorded with the decision.")
@click.pass_obj
def add(settings: Settings, document: str, source: Any, why: str | None) -> None:
    """Record claims that you read in a document yourself; each counts as accepted by you.

    A quote needs its slot and exact words; where the words stand more than once, add
    "nth" (0 for the first) or "start".

    Example: echo '{"act": "killing", "speakers": [{"name": null}], "quotes": [{"slot": "act",
    "exact": "three men were shot"}], "counts": [{"of": "killed", "min": 3, "max": 3,
    "words": "three men"}]}' | affiant claim add letter.txt --from -
    """
    with settings.open() as case:
        key = settings.key()
        document_id = document_named(case, key=document)
        for fields in read_lines(source.read()):
            made = claim_from(case, fields=fields, document=document_id)
            claim_id = add_claim(case, claim=made, document=document_id, why=why, key=key)
            _acknowledge(settings, claim_id=claim_id, what="accepted")


def claim_from(case: Case, *, fields: dict[str, Any], document: str) -> Any:
    """Build a claim from fields whose quotes may name only their words."""
    text = case.documents.text_of(document)
    if text is None:
        raise PersonNeededError(
            f"{document} has no recorded text", remedy="Run 'affiant read' first."
        )
    quotes = place_quotes(
        fields.get("quotes") or [],
        text=case.text(text.text_digest),
        text_digest=text.text_digest,
    )
    return decode_claim({**fields, "quotes": quotes})


def read_lines(data: str) -> list[dict[str, Any]]:
    """Return the objects of JSON Lines, or of one JSON object or list.

    Raises:
        BadInputError: Something else.
    """
    try:
        try:
            whole = json.loads(data)
            found = whole if isinstance(whole, list) else [whole]
        except json.JSONDecodeError:
            found = [json.loads(line) for line in data.splitlines() if line.strip()]
    except (json.JSONDecodeError, RecursionError) as problem:
        raise BadInputError(
            f"this is not JSON: {problem}", remedy="Give one JSON object a line."
        ) from problem
    if not found or not all(isinstance(item, dict) for item in found):
        raise BadInputError("this is not a list of objects", remedy="Give one object a line.")
    return found


@claim.command("edit", cls=WritingCommand)
@click.argument("claim_id")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="FIELD=JSON",
    help='For example: --set \'counts=[{"of": "killed", "min": 3, "words": "three"}]\'.',
)
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help="A file with the changed fields as one JSON object.",
)
@click.option("--why", help="In words; recorded with the decision.")
@click.pass_obj
def edit(
    settings: Settings,
    claim_id: str,
    changes: tuple[str, ...],
    source: Path | None,
    why: str | None,
) -> None:
    """Accept a claim in another form; what it was is recorded with it."""
    fields: dict[str, Any] = {}
    if source is not None:
        fields.update(read_lines(source.read_text(encoding="utf-8"))[0])
    for change in changes:
        name, _, value = change.partition("=")
        try:
            fields[name] = json.loads(value)
        except json.JSONDecodeError as problem:
            raise BadInputError(
                f"{change!r} does not set a field to JSON",
                remedy='Write FIELD=JSON: act="killing".',
            ) from problem
    with settings.open() as case:
        made = edit_claim(
            case,
            claim_id=claim_id,
            changes=fields,
            decision=Decision(verdict="accepted", why=why),
            key=settings.key(),
        )
    _tell(settings, made=made, asked=claim_id, what="accepted")


@claim.command("read-through", cls=WritingCommand)
@click.argument("document")
@click.option("--questions", required=True, help="Separated by commas: killed,taken,when.")
@click.pass_obj
def read_through_command(settings: Settings, document: str, questions: str) -> None:
    """Record that you read a document through for these questions.

    Only then does its silence mean something.
    """
    asked = [question.strip() for question in questions.split(",") if question.strip()]
    with settings.open() as case:
        document_id = document_named(case, key=document)
        read_through(case, document=document_id, questions=asked, key=settings.key())
    if settings.as_json:
        print_line({"document": document_id, "questions": asked})
    say(settings, message=f"Read through for {', '.join(asked)}: {document_id}")


for command in COMMANDS:
    claim.add_command(command)
