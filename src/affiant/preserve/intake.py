"""Preserve: the bytes first, durably, then the entry that names them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from affiant.errors import NotSafeError, StorageError, UnreadableError
from affiant.log.keys import SigningKey
from affiant.model.file_name import escape_name
from affiant.model.when import span_of
from affiant.preserve.walk import Found, Refused, walk
from affiant.store.case import Case, Pen
from affiant.store.objects import Staged

TOOL: Final = "affiant.preserve"
VERSION: Final = "1"
_BATCH: Final = 64
_BATCH_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """How documents are obtained and taken in.

    Attributes:
        recognise: Tells the media type from the first bytes and the file name.
        source: From whom or where, in the words of whoever adds them, or None.
        how: How they came, or None.
        conditions: On which conditions they were given, or None.
        held_at: Where the originals are kept, or None.
        received: When they were received, EDTF, or None.
        resume: Pass over files that were added from the same path before.
    """

    recognise: Callable[[bytes, str], str]
    source: str | None = None
    how: str | None = None
    conditions: str | None = None
    held_at: str | None = None
    received: str | None = None
    resume: bool = False

    def __post_init__(self) -> None:
        """Refuse a date that is none."""
        if self.received is not None:
            span_of(self.received)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A document that is kept and recorded: after this, a crash does not lose it.

    Attributes:
        document: Its id, ``sha256:<64 hex>``.
        path: Where it was taken from.
        name: File name, escaped.
        size: Bytes.
        media_type: As recognised.
        status: ``added``, or ``again`` where the same bytes were kept before.
    """

    document: str
    path: str
    name: str
    size: int
    media_type: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """A file whose bytes lie aside: it is neither durable nor recorded yet."""

    found: Found
    staged: Staged


def take_in(
    case: Case, *, paths: Iterable[Path], key: SigningKey, obtained: Obtained
) -> Iterator[Acknowledged | Refused]:
    """Preserve every file below ``paths``; yield one acknowledgement a document.

    Each is yielded within about half a second after its commit began. A file that cannot be
    read is refused and stops nothing. The same bytes again are a new custody event; nothing
    is stored twice.

    Args:
        case: Open for writing.
        paths: Files and folders.
        key: Of whoever adds them.
        obtained: How they were obtained.

    Raises:
        NotSafeError: The disk did not confirm a write; nothing more is acknowledged.
        StorageError: The case's disk is full or fails; everything acknowledged is safe.
    """
    batch: list[_Waiting] = []
    began = monotonic()
    try:
        for found in walk(paths, without=case.folder):
            staged = _stage(case, found=found)
            if isinstance(staged, Refused):
                yield staged
                continue
            if obtained.resume and _was_added(case, waiting=staged):
                case.originals.discard([staged.staged])
                continue
            if not batch:
                began = monotonic()
            batch.append(staged)
            if len(batch) >= _BATCH or monotonic() - began > _BATCH_SECONDS:
                full, batch = batch, []
                yield from _record(case, batch=full, key=key, obtained=obtained)
        full, batch = batch, []
        yield from _record(case, batch=full, key=key, obtained=obtained)
    except NotSafeError:
        raise
    except StorageError:
        full, batch = batch, []
        yield from _record(case, batch=full, key=key, obtained=obtained)
        raise
    finally:
        case.originals.discard(waiting.staged for waiting in batch)


def _stage(case: Case, *, found: Found | Refused) -> _Waiting | Refused:
    """Copy one file aside, or say why it is not taken."""
    if isinstance(found, Refused):
        return found
    try:
        return _Waiting(found=found, staged=case.originals.stage_file(found.path))
    except UnreadableError as problem:
        return Refused(
            path=found.shown,
            problem=f"{found.shown} cannot be read: {problem.problem}",
            remedy=problem.remedy,
        )


def _record(
    case: Case, *, batch: list[_Waiting], key: SigningKey, obtained: Obtained
) -> list[Acknowledged]:
    """Make a batch durable, record it in one transaction and return its acknowledgements.

    The bytes are on the disk, under their names, before an entry names them.
    """
    done: list[Acknowledged] = []
    if not batch:
        return done
    case.originals.settle([waiting.staged for waiting in batch])
    with case.writing(key) as pen:
        for waiting in batch:
            done.append(_record_one(case, waiting=waiting, pen=pen, obtained=obtained))
    return done


def _record_one(case: Case, *, waiting: _Waiting, pen: Pen, obtained: Obtained) -> Acknowledged:
    """Record one original, or one more custody event of it."""
    kept = waiting.staged.kept
    again = case.documents.is_known(kept.digest)
    name = escape_name(waiting.found.path.name)
    media_type = obtained.recognise(kept.head, waiting.found.path.name)
    body: dict[str, object] = {
        "digest": kept.digest,
        "event": "added",
        "name": name,
        "path": waiting.found.shown,
        "obtained": {
            "from": obtained.source,
            "how": obtained.how,
            "conditions": obtained.conditions,
            "held_at": obtained.held_at,
            "received": obtained.received,
        },
        "tool": TOOL,
        "version": VERSION,
    }
    if again:
        pen.record("original.handled/1", body=body)
    else:
        more = {"blake3": kept.blake3, "size": kept.size, "media_type": media_type}
        pen.record("original.added/1", body={**body, **more})
    return Acknowledged(
        document=kept.digest,
        path=waiting.found.shown,
        name=name,
        size=kept.size,
        media_type=media_type,
        status="again" if again else "added",
    )


def _was_added(case: Case, *, waiting: _Waiting) -> bool:
    """Tell whether these bytes were added from this path before."""
    events = case.custody.events(waiting.staged.kept.digest)
    return any(event.path == waiting.found.shown for event in events)
