"""Read: a recorded text for every document that can be read, and a reason for every other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import msgspec

from affiant.box import Box, is_strong
from affiant.errors import (
    IntegrityError,
    NotFoundError,
    NotSafeError,
    StorageError,
    UnreadableError,
)
from affiant.language.detect import detect
from affiant.log.keys import SigningKey
from affiant.read import IN_PROCESS, read_confined
from affiant.read.carried import Carried
from affiant.read.document import CONTAINERS, split_media_type
from affiant.read.marks import SAVED_PAGE
from affiant.read.recording import CODE, NOT_TRIED, is_recording, read_recording
from affiant.read.saved_page import Placed, dress_of, note_page_files, originals_placed
from affiant.read.text_entry import text_fields
from affiant.read.values import Extraction, Member, Reading
from affiant.store.case import Case, Pen
from affiant.store.derived import Hint
from affiant.store.documents import DocumentRow
from affiant.store.objects import digest_of

TOOL: Final = "affiant.read"
VERSION: Final = "1"
_BATCH: Final = 1_024
UNCONFINED: Final = frozenset({IN_PROCESS, NOT_TRIED})
_LANGUAGE_SAMPLE: Final = 1_000
_BATCH_SECONDS: Final = 0.5
_MOST_DOCUMENT: Final = 1 << 29  # what is larger is kept, and not taken into memory


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What became of one document.

    Attributes:
        document: Its id.
        name: Its name, escaped.
        text_digest: Of the recorded text, or None where there is none.
        length: Of the text, in code points.
        parts: How many parts it holds.
        code: Why it was not read, or None.
        problems: What of it was not read, ``code item``.
        isolation: Under which it was read.
    """

    document: str
    name: str
    text_digest: str | None
    length: int
    parts: int
    code: str | None
    problems: tuple[str, ...]
    isolation: str


@dataclass(slots=True)
class _Job:
    """A document to be read, its bytes and what reading gave."""

    row: DocumentRow
    depth: int
    reading: Reading | None = None
    code: str | None = None
    isolation: str = "none"
    text_digest: str | None = None
    members: list[tuple[str, Member]] = field(default_factory=list)


def read_waiting(
    case: Case, *, key: SigningKey, box: Box, again: bool = False
) -> Iterator[ReadResult]:
    """Read every document that was not tried yet, parts of containers too.

    One that cannot be read is recorded as unread with the reason; the others go on.

    Args:
        case: Open for writing.
        key: Of whoever reads.
        box: Where hostile formats are opened.
        again: Try those too that could not be read before.

    Raises:
        StorageError: The case's disk is full or fails.
    """
    strict = case.policies.policies()["isolation"] == "strict"
    batch: list[_Job] = []
    began = monotonic()
    rows = [*case.documents.waiting(), *(case.documents.failed() if again else [])]
    pending = [(row, row.document_id.count("!")) for row in reversed(rows)]
    carried = Carried()
    carried.dress |= dress_of(originals_placed(case)) if pending else set()
    tried = bool(pending)
    while pending:
        row, depth = pending.pop()
        job = _Job(row=row, depth=depth)
        try:
            _read(case, job=job, box=box, strict=strict, carried=carried)
        except NotSafeError:
            raise
        except StorageError:
            yield from _record(case, batch=batch, key=key)
            raise
        if not batch:
            began = monotonic()
        batch.append(job)
        saved = split_media_type(job.row.media_type)[0] == SAVED_PAGE
        carried.dress |= dress_of(_placed(job), in_saved_page=saved)
        for document_id, member in reversed(job.members):
            carried.data[document_id] = member.data
            pending.append((_part_row(job, document_id=document_id, member=member), depth + 1))
        if len(batch) >= _BATCH or monotonic() - began > _BATCH_SECONDS:
            yield from _record(case, batch=batch, key=key)
            batch = []
    yield from _record(case, batch=batch, key=key)
    if tried:
        note_page_files(case)


def _placed(job: _Job) -> Iterator[Placed]:
    """Yield the parts of a container at their places."""
    for document_id, member in job.members:
        yield Placed(
            document_id=document_id,
            container=job.row.document_id,
            path=member.path,
            media_type=member.media_type,
        )


def _read(case: Case, *, job: _Job, box: Box, strict: bool, carried: Carried) -> None:
    """Read one document; what goes wrong with it stays with it."""
    if job.row.document_id in carried.dress:
        carried.data.pop(job.row.document_id, None)
        job.code, job.isolation = "page_file", IN_PROCESS
        return
    if job.row.size > _MOST_DOCUMENT and not is_recording(job.row.media_type):
        job.code = "too_large"
        return
    try:
        if is_recording(job.row.media_type):
            whole = carried.recorded_in(case, row=job.row, box=box)
            job.reading, job.isolation = read_recording(whole, media_type=job.row.media_type)
        else:
            data = carried.bytes_of(case, row=job.row, box=box)
            job.reading, job.isolation = read_confined(
                box, data=data, media_type=job.row.media_type, depth=job.depth
            )
        if strict and job.isolation not in UNCONFINED and not is_strong(job.isolation):
            raise UnreadableError(
                "the case demands the strongest isolation",
                remedy="Install bubblewrap, or set the policy isolation to any.",
                code="isolation_refused",
            )
    except UnreadableError as problem:
        job.reading, job.code = None, problem.code
        return
    except (IntegrityError, NotFoundError):
        job.reading, job.code = None, "original_altered"
        return
    if carried.exceeds(job.row.document_id, members=job.reading.members):
        job.reading, job.code = None, "archive_limits"
        return
    for member in job.reading.members:
        job.members.append((f"{job.row.document_id}!{member.path}", member))
    if job.reading.extraction is None:
        job.code = _code_without_text(job)
        return
    job.text_digest = digest_of(job.reading.extraction.text.encode("utf-8"))


def _code_without_text(job: _Job) -> str | None:
    """Return why there is no text; None where there are parts to go on with."""
    if job.members:
        return None
    if is_recording(job.row.media_type):
        return CODE
    if split_media_type(job.row.media_type)[0] not in CONTAINERS:
        return "no_text"
    return "parts_refused" if any(_problems(job)) else "empty"


def _part_row(job: _Job, *, document_id: str, member: Member) -> DocumentRow:
    """Describe a part that is not recorded yet."""
    return DocumentRow(
        document_id=document_id,
        container=job.row.document_id,
        member=member.path,
        digest=digest_of(member.data),
        size=member.size,
        media_type=member.media_type,
        name=member.path.rpartition("/")[2],
        position=-1,
    )


def _record(case: Case, *, batch: list[_Job], key: SigningKey) -> list[ReadResult]:
    """Record a batch in one transaction, after its texts reached the disk."""
    if not batch:
        return []
    read = [job.reading.extraction for job in batch if job.reading and job.reading.extraction]
    case.texts.keep_all(extraction.text.encode("utf-8") for extraction in read)
    with case.writing(key) as pen:
        for job in batch:
            _record_one(case, job=job, pen=pen)
    return [_result(job) for job in batch]


def _record_one(case: Case, *, job: _Job, pen: Pen) -> None:
    """Record the parts, then the text or why there is none."""
    for document_id, member in job.members:
        if case.documents.find(document_id) is None:
            part: dict[str, object] = {
                "document": document_id,
                "container": job.row.document_id,
                "member": member.path,
                "digest": digest_of(member.data),
                "size": member.size,
                "media_type": member.media_type,
            }
            if member.about is not None:
                about = msgspec.to_builtins(member.about)
                part["about"] = {name: value for name, value in about.items() if value}
            pen.record("part.listed/1", body=part)
    if job.reading is not None:
        facts, likeness = job.reading.facts, job.reading.likeness
        case.derived.set_facts(job.row.document_id, facts=facts, likeness=likeness)
    extraction = job.reading.extraction if job.reading else None
    if extraction is not None and job.text_digest is not None:
        _record_text(case, job=job, extraction=extraction, pen=pen)
        return
    body = {
        "document": job.row.document_id,
        "code": job.code or "container",
        "problems": list(_problems(job)),
        "tool": TOOL,
        "version": VERSION,
        "isolation": job.isolation,
    }
    pen.record("text.unread/1", body=body)


def _record_text(case: Case, *, job: _Job, extraction: Extraction, pen: Pen) -> None:
    """Record a text with its paragraphs' root, and keep its hints."""
    fields = text_fields(
        extraction,
        document=job.row.document_id,
        text_digest=job.text_digest or "",
        isolation=job.isolation,
        secret=case.surroundings.randomness(32),
    )
    body = {**fields, "problems": list(_problems(job))}
    pen.record("text.read/1", body=body)
    hints = extraction.hints
    about = case.documents.about(job.row.document_id) if job.row.container else {}
    hint = Hint(
        title=hints.title,
        author=hints.author or about.get("sender"),
        published=hints.published or _day(about.get("sent")),
        site=hints.site,
        language=_language(extraction),
    )
    case.derived.set_hint(job.row.document_id, hint=hint)


def _day(sent: str | None) -> str | None:
    """Return the day of a message, which places "yesterday" in it, as EDTF."""
    return sent[: len("2031-03-14")] if sent else None


def _language(extraction: Extraction) -> str:
    """Return the language by the text itself; what a page declares is often wrong."""
    found = detect(extraction.text[:_LANGUAGE_SAMPLE])
    declared = (extraction.hints.language or "und").split("-")[0].lower()
    return found if found != "und" else declared


def _problems(job: _Job) -> Iterator[str]:
    if job.reading is not None:
        for problem in job.reading.problems:
            yield f"{problem.code} {problem.item}"


def _result(job: _Job) -> ReadResult:
    """Describe what became of a document."""
    extraction = job.reading.extraction if job.reading else None
    return ReadResult(
        document=job.row.document_id,
        name=job.row.name,
        text_digest=job.text_digest,
        length=len(extraction.text) if extraction else 0,
        parts=len(job.members),
        code=job.code,
        problems=tuple(_problems(job)),
        isolation=job.isolation,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a document that was read in another way, as by character recognition.

    Attributes:
        reading: Its text, or none; problems and facts.
        isolation: Under which it was read.
        code: Why there is no text, or None.
    """

    reading: Reading
    isolation: str
    code: str | None = None


def record_outcome(
    case: Case, *, row: DocumentRow, outcome: Outcome, key: SigningKey
) -> ReadResult:
    """Record what came of one document: its text, or why there is none."""
    job = _Job(row=row, depth=0, reading=outcome.reading, code=outcome.code)
    job.isolation = outcome.isolation
    if outcome.reading.extraction is not None:
        job.text_digest = case.texts.keep(outcome.reading.extraction.text.encode("utf-8"))
    [result] = _record(case, batch=[job], key=key)
    return result
