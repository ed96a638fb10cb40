"""Read: a recorded text for every document that can be read, and a reason for every other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

import msgspec

from affiant.box import Box, is_strong
from affiant.errors import IntegrityError, NotFoundError, StorageError, UnreadableError
from affiant.language.detect import detect
from affiant.log.keys import SigningKey
from affiant.read import IN_PROCESS, read_confined
from affiant.read.recording import CODE, NOT_TRIED, is_recording, read_recording
from affiant.read.text_entry import text_fields
from affiant.read.values import Extraction, Member, Reading
from affiant.store.case import Case, Pen
from affiant.store.derived import Hint
from affiant.store.documents import DocumentRow
from affiant.store.objects import digest_of

TOOL: Final = "affiant.read"
VERSION: Final = "1"
UNCONFINED: Final = frozenset({IN_PROCESS, NOT_TRIED})
_BATCH: Final = 64
_LANGUAGE_SAMPLE: Final = 1_000
_BATCH_SECONDS: Final = 0.5
_MOST_PARTS: Final = 20_000
_MOST_BYTES: Final = 1 << 30


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
    carried = _Carried()
    while pending:
        row, depth = pending.pop()
        job = _Job(row=row, depth=depth)
        try:
            _read(case, job=job, box=box, strict=strict, carried=carried)
        except StorageError:
            yield from _record(case, batch=batch, key=key)
            raise
        if not batch:
            began = monotonic()
        batch.append(job)
        for document_id, member in reversed(job.members):
            carried.data[document_id] = member.data
            pending.append((_part_row(job, document_id=document_id, member=member), depth + 1))
        if len(batch) >= _BATCH or monotonic() - began > _BATCH_SECONDS:
            yield from _record(case, batch=batch, key=key)
            batch = []
    yield from _record(case, batch=batch, key=key)


class _Carried:
    """Bytes of parts on their way, and how much each original gave already."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}
        self._parts: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    def exceeds(self, job: _Job, *, members: Sequence[Member]) -> bool:
        """Count an original's parts at every depth; tell whether they are too many."""
        root = job.row.document_id.partition("!")[0]
        self._parts[root] += len(members)
        self._bytes[root] += sum(member.size for member in members)
        return self._parts[root] > _MOST_PARTS or self._bytes[root] > _MOST_BYTES


def _read(case: Case, *, job: _Job, box: Box, strict: bool, carried: _Carried) -> None:
    """Read one document; what goes wrong with it stays with it."""
    try:
        data = carried.data.pop(job.row.document_id, None)
        if is_recording(job.row.media_type):
            whole = data if data is not None else recorded_in(case, row=job.row, box=box)
            job.reading, job.isolation = read_recording(whole, media_type=job.row.media_type)
        else:
            if data is None:
                data = bytes_of(case, row=job.row, box=box)
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
    if carried.exceeds(job, members=job.reading.members):
        job.reading, job.code = None, "archive_limits"
        return
    for member in job.reading.members:
        job.members.append((f"{job.row.document_id}!{member.path}", member))
    if job.reading.extraction is None:
        bare = CODE if is_recording(job.row.media_type) else "no_text"
        job.code = None if job.reading.members else bare
        return
    job.text_digest = case.texts.keep(job.reading.extraction.text.encode("utf-8"))


def recorded_in(case: Case, *, row: DocumentRow, box: Box) -> bytes | Path:
    """Return where a recording lies: its file, as it may be larger than memory, or a part's bytes.

    Raises:
        NotFoundError: The file is not there, or is none.
        UnreadableError: The container does not give the part any more.
    """
    if row.container is not None:
        return bytes_of(case, row=row, box=box)
    path = case.originals.path(row.digest)
    if path.is_symlink() or not path.is_file():
        raise NotFoundError(f"{row.digest} is not kept here", remedy="Run 'affiant verify'.")
    return path.resolve()


def bytes_of(case: Case, *, row: DocumentRow, box: Box) -> bytes:
    """Return a document's bytes; a part's are read from its container again.

    Raises:
        UnreadableError: The container does not give the part any more.
    """
    if row.container is None:
        return case.originals.read(row.digest)
    container = case.documents.find(row.container)
    if container is not None:
        data = bytes_of(case, row=container, box=box)
        depth = container.document_id.count("!")
        reading, _ = read_confined(box, data=data, media_type=container.media_type, depth=depth)
        for member in reading.members:
            if member.path == row.member and digest_of(member.data) == row.digest:
                return member.data
    raise UnreadableError(
        f"{row.document_id} is not in its container any more",
        remedy="Run 'affiant verify'.",
        code="part_missing",
    )


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
    """Record a batch in one transaction."""
    if not batch:
        return []
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
                part["about"] = msgspec.to_builtins(member.about)
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
    hint = Hint(
        title=hints.title,
        author=hints.author,
        published=hints.published,
        site=hints.site,
        language=_language(extraction),
    )
    case.derived.set_hint(job.row.document_id, hint=hint)


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
