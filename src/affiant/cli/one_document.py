"""What is known of one document: what it is, what it says of itself, what belongs to it."""

from dataclasses import asdict
from typing import Any

from affiant.cli.documents import document_named
from affiant.cli.output import print_line, print_table, say
from affiant.cli.settings import Settings
from affiant.store import Case


def show_document(settings: Settings, *, case: Case, key: str) -> None:
    """Print one document, with the hints and facts that it gives of itself.

    Raises:
        NotFoundError: ``key`` means no document, or several.
    """
    found = document_fields(case, document_id=document_named(case, key=key))
    if settings.as_json:
        print_line(found)
        return
    for name in ("document", "name", "media_type", "size", "container", "text_digest", "unread"):
        if found[name] is not None:
            say(settings, message=f"{name.replace('_', ' ')}: {found[name]}")
    for item in found["belongs_to"]:
        say(settings, message=f"belongs to: {item['document']} ({item['role']})")
    said = [["hint", *row] for row in found["hints"].items() if row[1] is not None]
    said += [["fact", *row] for row in found["facts"].items()]
    if said:
        say(settings, message="What it says of itself, which anybody can write:")
        print_table(["", "Name", "Value"], rows=said)
    if found["likeness"] is not None:
        say(settings, message=f"looks like: {found['likeness']} (see 'compare --origins')")


def document_fields(case: Case, *, document_id: str) -> dict[str, Any]:
    """Return what is known of a document in the stable shape of ``status DOCUMENT``.

    Raises:
        KeyError: There is no such document.
    """
    row = case.documents.find(document_id)
    if row is None:
        raise KeyError(document_id)
    text = case.documents.text_of(document_id)
    hint = case.derived.hints().get(document_id)
    belongs = [item for item in case.derived.companions() if item.document_id == document_id]
    return {
        "document": row.document_id,
        "name": row.name,
        "media_type": row.media_type,
        "size": row.size,
        "container": row.container,
        "text_digest": text.text_digest if text else None,
        "unread": case.documents.codes().get(document_id) if text is None else None,
        "hints": asdict(hint) if hint else {},
        "facts": case.derived.facts(document_id),
        "likeness": case.derived.likenesses().get(document_id),
        "belongs_to": [{"document": item.of_document_id, "role": item.role} for item in belongs],
    }
