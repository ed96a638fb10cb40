"""``affiant status``: what waits, what is unread, what is weaker than it could be."""

from typing import Any

import click

from affiant.audit.summary import summary
from affiant.cli.command import reads
from affiant.cli.one_document import show_document
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.store import Case

_STAMPS = ("stamps", "stamped_until", "stamped_at", "not_stamped")


@reads
@click.argument("document", required=False)
@click.option("--documents", is_flag=True, help="List every document with its id.")
@click.pass_obj
def status(settings: Settings, document: str | None, documents: bool) -> None:
    """Show what was found, read and decided, what waits, and what is not protected.

    With DOCUMENT: what kind of file it is, why it was not read, and what it says of itself,
    such as a camera's date and place.

    Example: affiant status
    """
    with settings.open() as case:
        if document is not None:
            show_document(settings, case=case, key=document)
            return
        if documents:
            _list_documents(settings, case=case)
            return
        found = summary(case, reviewer=settings.key_or_none())
    if settings.as_json:
        print_line(found)
        return
    for name, value in found.items():
        if not isinstance(value, list) and name not in _STAMPS:
            say(settings, message=f"{name.replace('_', ' ')}: {_in_words(value)}")
    for row in found["unread"]:
        say(settings, message=f"  unread: {row['name']} ({row['code']}); the original is kept")
    if found["stamps"]:
        say(
            settings,
            message=f"time stamps: {found['stamps']}; the first {found['stamped_until']} entries "
            f"existed not later than {found['stamped_at']}",
        )
    for warning in found["warnings"]:
        say(settings, message=f"  warning: {warning}")


def _in_words(value: object) -> str:
    """Return a number, or counted words, as text."""
    if isinstance(value, dict):
        return ", ".join(f"{number} {what}" for what, number in value.items()) or "none"
    return str(value)


def _list_documents(settings: Settings, *, case: Case) -> None:
    """List the documents."""
    unread = {row[0]: row[2] for row in case.documents.unread()}
    newest = {text.document_id: text.text_digest for text in case.documents.texts()}
    abouts = dict(case.documents.abouts())
    texts = _texts(case)
    rows = [
        {
            "document": row.document_id,
            "name": row.name,
            "media_type": row.media_type,
            "size": row.size,
            "text_digest": newest.get(row.document_id),
            "unread": unread.get(row.document_id),
            "about": abouts.get(row.document_id),
            "texts": texts.get(row.document_id, []),
        }
        for row in case.documents.all()
    ]
    if settings.as_json:
        print_lines(rows)
        return
    table = [
        [row["document"], row["name"], row["media_type"], _made_by(row["texts"]), row["unread"]]
        for row in rows
    ]
    print_table(["Document", "Name", "Type", "Texts by", "Unread because"], rows=table)


def _texts(case: Case) -> dict[str, list[dict[str, Any]]]:
    """Return each document's texts, oldest first, and what or who made them."""
    transcriptions = case.places.transcriptions()
    found: dict[str, list[dict[str, Any]]] = {}
    for text in case.documents.texts():
        made = transcriptions.get(text.position)
        fields = {
            "text_digest": text.text_digest,
            "tool": text.tool,
            "settings": text.settings,
            "person": made.person if made else None,
            "corrects": made.corrects if made else None,
        }
        found.setdefault(text.document_id, []).append(fields)
    return found


def _made_by(texts: Any) -> str:
    """Return what or who made a document's texts, oldest first."""
    return ", ".join(text["person"] or text["tool"] for text in texts)
