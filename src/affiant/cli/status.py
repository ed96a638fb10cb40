"""``affiant status``: what waits, what is unread, what is weaker than it could be."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from affiant.box import is_strong
from affiant.claims.review import list_claims
from affiant.cli.check import orphans_of
from affiant.cli.command import reads
from affiant.cli.one_document import show_document
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.preserve.stamping import AUTHORITIES_WANTED, state_of_stamps
from affiant.read.ocr import candidates
from affiant.read.recording import is_recording
from affiant.read.step import UNCONFINED
from affiant.store import Case
from affiant.store.documents import TextRow

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


def _only_recognised(texts: list[TextRow]) -> set[str]:
    """Return the documents whose every text was made by character recognition."""
    documents = {text.document_id for text in texts}
    return documents - {text.document_id for text in texts if not text.recognised}


def summary(case: Case, *, reviewer: str | None) -> dict[str, Any]:
    """Return the state of a case in numbers, with what a person should know."""
    listed = list_claims(case, reviewer=reviewer)
    texts = case.documents.texts()
    unread = case.documents.unread()
    needed = int(case.policies.policies()["reviewers_needed"])
    through = case.claims.read_through()
    done = {document for (document, _), by in through.items() if len(by) >= needed}
    rows = case.claims.all()
    return {
        "case": case.case_id,
        "entries": case.logbook.state()[1].size,
        "documents": len(case.documents.all()),
        "read": len({text.document_id for text in texts}),
        "read_by_ocr_only": len(_only_recognised(texts)),
        "transcribed": len({text.document_id for text in texts if text.transcribed}),
        "not_tried": len(case.documents.waiting()),
        "unread_documents": len(unread),
        "page_files": len({item.document_id for item in case.derived.companions()}),
        "read_through": len(done),
        "claims": dict(Counter(item.status for item in listed)),
        "contested": sum(row.status == "unsure" for row in rows),
        "waiting_for_another_reviewer": sum(
            row.status == "suggested" and bool(row.verdicts) for row in rows
        ),
        "reported_decisions": len(case.claims.reported()),
        "incidents": len(case.incidents.all()),
        "persons": len(case.incidents.persons()),
        **state_of_stamps(case),
        "unread": [{"document": row[0], "name": row[1], "code": row[2]} for row in unread],
        "warnings": list(warnings(case)),
    }


def _stamp_warnings(case: Case) -> Iterator[str]:
    """Yield what is not stamped, by too few, or owed."""
    stamps = case.stamps.all()
    if not stamps:
        yield "no time stamp yet: when things existed rests on this computer's clock alone"
    elif len({row.authority for row in stamps}) < AUTHORITIES_WANTED:
        yield f"only {stamps[0].authority} has stamped the log: two authorities are wanted"
    news = case.stamps.news_since(max((row.size for row in stamps), default=0))
    if stamps and news:
        yield f"{news} entries were added since the newest time stamp: affiant stamp"
    for owed in case.stamps.owed():
        yield f"{owed.authority} owes a time stamp since {owed.since}: {owed.problem}"


def warnings(case: Case) -> list[str]:
    """Return what is weaker than it could be, in plain words."""
    found = [
        "this case is not encrypted: whoever has the disk can read it",
        *_stamp_warnings(case),
    ]
    weak = [
        text
        for text in case.documents.texts()
        if text.isolation not in UNCONFINED and not is_strong(text.isolation)
    ]
    if weak:
        kinds = ", ".join(sorted({text.isolation for text in weak}))
        found.append(f"{len(weak)} texts were read under a weaker isolation: {kinds}")
    if os.name == "posix" and shutil.which("bwrap") is None:
        found.append("bubblewrap is not installed: hostile files are read under less isolation")
    replaced = [text for text in case.documents.texts() if text.replaced or text.surrogates]
    if replaced:
        found.append(f"{len(replaced)} texts hold characters that could not be decoded")
    found += _missing_programs(case)
    orphans = len(orphans_of(case))
    if orphans:
        found.append(f"{orphans} kept files are named by no entry: orphans, as after a crash")
    return found


def _missing_programs(case: Case) -> list[str]:
    """Return what is not done for want of a program, where the case has use for it."""
    found = []
    scans = len(candidates(case))
    if scans and shutil.which("tesseract") is None:
        found.append(f"tesseract is not installed: {scans} documents wait for its recognition")
    recordings = sum(is_recording(row.media_type) for row in case.documents.all())
    if recordings and shutil.which("ffprobe") is None:
        found.append(
            f"ffprobe is not installed: what {recordings} recordings say of themselves is not read"
        )
    return found
