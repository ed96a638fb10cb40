"""``affiant compare``: what each voice says about an incident; who repeats whom."""

from dataclasses import asdict
from typing import Any

import click

from affiant.cli.command import reads
from affiant.cli.output import print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.corroborate import Comparison, State, compare_incident, load_state
from affiant.corroborate.fields import compared_fields, voice_name
from affiant.corroborate.forwarded import propose_forwarded
from affiant.corroborate.likeness import BITS, propose_likenesses
from affiant.corroborate.origins import propose_origins
from affiant.corroborate.values import span_in_words
from affiant.errors import NotFoundError
from affiant.store import Case


@reads
@click.argument("incident", required=False)
@click.option("--origins", is_flag=True, help="Propose who repeats whom, by shared words or looks.")
@click.pass_obj
def compare(settings: Settings, incident: str | None, origins: bool) -> None:
    """Compare all voices, incident by incident, question by question.

    Example: affiant compare --json
    """
    with settings.open() as case:
        if origins:
            _print_origins(settings, case=case)
            return
        state = load_state(case.db)
    chosen = [
        row
        for row in state.incidents
        if incident is None or row.incident_id.startswith(incident) or row.label == incident
    ]
    if incident is not None and not chosen:
        raise NotFoundError(f"no incident {incident!r}", remedy="See 'affiant link list'.")
    compared = [compare_incident(row.incident_id, state=state) for row in chosen]
    if settings.as_json:
        print_lines(compared_fields(item, state=state) for item in compared)
        return
    for item in compared:
        _print(settings, item=item, state=state)


def _print_origins(settings: Settings, *, case: Case) -> None:
    """Print which documents may repeat others: by their words, and by how they look."""
    proposals = _proposals(case)
    alike = [asdict(item) for item in propose_likenesses(case)]
    if settings.as_json:
        print_lines([*proposals, *alike])
        return
    rows = [
        [
            _short(item["document"]),
            _short(item["of"]) if item["of"] else f"{item['forwarded_from']} (not here)",
            f"{item['shared']:.0%}",
            item["example"],
        ]
        for item in proposals
    ]
    print_table(["Document", "May repeat", "Shared", "For example"], rows=rows)
    if not alike:
        return
    names = {row.document_id: row.name for row in case.documents.all()}
    rows = [
        [
            *(f"{_short(item[end])} {names[item[end]]}" for end in ("document", "of")),
            "the same bytes" if item["same_bytes"] else f"{item['differing_bits']} of {BITS}",
        ]
        for item in alike
    ]
    print_table(["Picture", "Looks like", "Differs in"], rows=rows)


def _proposals(case: Case) -> list[dict[str, Any]]:
    """Return every proposal in the stable shape of ``compare --origins --json``."""
    repeated = [asdict(item) for item in propose_origins(case)]
    forwarded = [asdict(item) for item in propose_forwarded(case)]
    return [
        *({**item, "found_by": "five-word-runs", "forwarded_from": None} for item in repeated),
        *({**item, "found_by": "forwarded"} for item in forwarded),
    ]


def _short(document: str) -> str:
    """Return the beginning of a document's id, and of a part its path."""
    digest, mark, path = document.partition("!")
    return digest[7:19] + mark + path


def _print(settings: Settings, *, item: Comparison, state: State) -> None:
    """Print one incident as a table a question."""
    say(settings, message=f"\n{item.label}  ({item.incident_id})")
    for row in item.rows:
        head = row.question.replace("_", " ")
        if row.number is not None:
            head += f": {span_in_words(row.number.min, high=row.number.max)}"
        say(
            settings,
            message=f"\n  {head}   shown independent: {row.support.shown}, at most "
            f"{row.support.at_most}; {row.grade.grade}{', contested' * row.grade.contested}",
        )
        cells = [
            [f"    {voice_name(cell.voice, state=state)}", cell.state.replace("_", " "), cell.value]
            for cell in row.cells
            if cell.state not in ("silent", "not_reviewed")
        ]
        print_table(["    Voice", "State", "Says"], rows=cells)
