"""The state of a case: what was found, read and decided, what waits, what is not protected."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

from affiant.audit.strays import strays_of
from affiant.box import is_strong
from affiant.claims.review import list_claims
from affiant.preserve.stamping import AUTHORITIES_WANTED, state_of_stamps
from affiant.read.ocr import candidates
from affiant.read.recording import is_recording
from affiant.read.step import UNCONFINED
from affiant.store import Case
from affiant.store.documents import TextRow


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
    orphans = len(list(strays_of(case)))
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
