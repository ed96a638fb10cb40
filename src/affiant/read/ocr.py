"""Character recognition: pictures, and pages of PDFs that have no text of their own.

What it gives is recorded as a text of the document beside those that it has: a text layer is
never replaced, and each text names what made it.
"""

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import msgspec

from affiant.box import Box, is_strong
from affiant.errors import IntegrityError, NotFoundError, UnreadableError
from affiant.log.keys import SigningKey
from affiant.read.carried import bytes_of
from affiant.read.codes import UNREADABLE, unreadable
from affiant.read.document import split_media_type
from affiant.read.raster import COUNT, DPI, MOST_PAGES, PDF, PICTURES, TASK, Raster
from affiant.read.recognition import PageText, whole_text
from affiant.read.step import Outcome, ReadResult, record_outcome
from affiant.read.tesseract import PSM, TOOL, Tesseract
from affiant.read.values import Extraction, Hints, Problem, Reading
from affiant.store.case import Case
from affiant.store.derived import Hint
from affiant.store.documents import DocumentRow, TextRow

_FAILED: Final = frozenset({"nothing_recognised", "not_recognised"})
_SCANNED: Final = frozenset({"no_text", *_FAILED})
_WITHOUT_TEXT: Final = "page_without_text"
_MOST_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What characters are recognised with.

    Attributes:
        box: Where pages and pictures are made pixels.
        tesseract: The program.
        languages: Which it looks for; the first counts most.
        key: Of whoever reads.
    """

    box: Box
    tesseract: Tesseract
    languages: tuple[str, ...]
    key: SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document to recognise characters on.

    Attributes:
        row: The document.
        layer: Its text layer, where some of its pages have one; their text is kept as it is.
        pages: The pages to recognise; empty for all.
    """

    row: DocumentRow
    layer: TextRow | None = None
    pages: tuple[int, ...] = ()


def candidates(case: Case, *, again: bool = False) -> list[Candidate]:
    """Return the pictures, and the PDFs with pages, that have no text yet.

    Args:
        case: The case.
        again: Those too on which nothing was recognised before.
    """
    texts: dict[str, list[TextRow]] = {}
    for text in case.documents.texts():
        texts.setdefault(text.document_id, []).append(text)
    codes = case.documents.codes()
    found = []
    for row in case.documents.all():
        kind, _ = split_media_type(row.media_type)
        own, code = texts.get(row.document_id, []), codes.get(row.document_id)
        if not (kind in PICTURES or kind == PDF) or (code in _FAILED and not again):
            continue
        if not own and (kind in PICTURES or code in _SCANNED):
            found.append(Candidate(row=row))
        elif own and not any(text.recognised or text.transcribed for text in own):
            pages = _pages_without_text(case, text=own[-1])
            found += [Candidate(row=row, layer=own[-1], pages=pages)] if pages else []
    return found


def named_candidate(case: Case, *, document: str) -> Candidate:
    """Return a document to recognise as a whole because somebody asked for this one.

    Raises:
        NotFoundError: It is neither a picture nor a PDF.
    """
    row = case.documents.find(document)
    kind = split_media_type(row.media_type)[0] if row else ""
    if row is None or not (kind in PICTURES or kind == PDF):
        raise NotFoundError(
            f"{document} is neither a picture nor a PDF",
            remedy="'affiant status --documents' lists what each document is.",
        )
    return Candidate(row=row)


def _pages_without_text(case: Case, *, text: TextRow) -> tuple[int, ...]:
    """Return the pages that a text's entry names as without text."""
    problems = (case.logbook.at(text.position).fields() or {}).get("problems") or []
    found: list[int] = []
    for problem in problems:
        code, _, run = str(problem).partition(" ")
        first, _, last = run.partition("-")
        if code == _WITHOUT_TEXT and first.isdecimal():
            end = int(last) if last.isdecimal() else int(first)
            found += range(int(first), min(end, int(first) + MOST_PAGES) + 1)
    return tuple(found)


def recognise(case: Case, *, chosen: Sequence[Candidate], means: Means) -> Iterator[ReadResult]:
    """Recognise the characters on each document and record what was seen.

    Raises:
        AffiantError: The program does not run here at all.
        StorageError: The case's disk is full or fails.
    """
    strict = case.policies.policies()["isolation"] == "strict"
    for candidate in chosen:
        outcome = _outcome(case, candidate=candidate, means=means, strict=strict)
        yield record_outcome(case, row=candidate.row, outcome=outcome, key=means.key)


def _outcome(case: Case, *, candidate: Candidate, means: Means, strict: bool) -> Outcome:
    """Read one document; what goes wrong with it stays with it."""
    isolation = shared_isolation(means.box.isolation, other=means.tesseract.isolation)
    row = candidate.row
    known = tuple(case.derived.facts(row.document_id).items())
    reading, code = Reading(extraction=None, facts=known), None
    if strict and not is_strong(isolation):
        return Outcome(reading=reading, isolation=isolation, code="isolation_refused")
    try:
        data = bytes_of(case, row=row, box=means.box)
        seen = _recognised(data, candidate=candidate, means=means)
    except UnreadableError as problem:
        seen = _Seen()
        code = problem.code if problem.code in UNREADABLE else "not_recognised"
    except (IntegrityError, NotFoundError):
        seen, code = _Seen(), "original_altered"
    if any(page.text for page in seen.pages.values()):
        extraction = _extraction(case, candidate=candidate, seen=seen, means=means)
        reading = replace(reading, extraction=extraction)
    elif code is None:
        code = "not_recognised" if seen.problems else "nothing_recognised"
    reading = replace(reading, problems=seen.problems)
    return Outcome(reading=reading, isolation=isolation, code=code)


def shared_isolation(isolation: str, *, other: str) -> str:
    """Return the layers that were in force in both of two boxes.

    >>> shared_isolation("bubblewrap+seccomp+rlimits", other="landlock+seccomp+rlimits")
    'seccomp+rlimits'
    """
    theirs = set(other.split("+"))
    return "+".join(layer for layer in isolation.split("+") if layer in theirs) or "process"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What recognition gave.

    Attributes:
        count: Pages of the document.
        pages: Page number to what was recognised on it.
        problems: Pages that were not.
    """

    count: int = 0
    pages: dict[int, PageText] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def _recognised(data: bytes, *, candidate: Candidate, means: Means) -> _Seen:
    """Recognise a document's pages, several at one time.

    Raises:
        UnreadableError: It cannot be opened at all.
    """
    kind, _ = split_media_type(candidate.row.media_type)
    arguments = {"media_type": kind}
    answer = means.box.run(COUNT, data=data, arguments=arguments).data
    if not re.fullmatch(rb"[0-9]{1,6}", answer):
        raise unreadable("bad_reply")
    count = int(answer)
    wanted = candidate.pages or range(1, count + 1)
    numbers = [number for number in wanted if number <= min(count, MOST_PAGES)]
    read = partial(_page, data=data, kind=kind, means=means)
    with ThreadPoolExecutor(min(_MOST_AT_ONCE, os.cpu_count() or 1)) as workers:
        results = dict(zip(numbers, workers.map(read, numbers), strict=True))
    problems = [result for result in results.values() if isinstance(result, Problem)]
    if not candidate.pages and count > MOST_PAGES:
        problems.append(Problem(code="page_not_recognised", item=f"{MOST_PAGES + 1}-{count}"))
    pages = {number: result for number, result in results.items() if isinstance(result, PageText)}
    return _Seen(count=count, pages=pages, problems=tuple(problems))


def _page(number: int, *, data: bytes, kind: str, means: Means) -> PageText | Problem:
    """Recognise one page, or say why that was not possible."""
    arguments = {"media_type": kind, "page": str(number)}
    code = "page_broken"
    try:
        reply = means.box.run(TASK, data=data, arguments=arguments)
        raster = msgspec.msgpack.decode(reply.data, type=Raster)
        if not raster.fits:
            return Problem(code=code, item=str(number))
        code = "page_not_recognised"
        return means.tesseract.recognise(raster, languages=means.languages)
    except (UnreadableError, msgspec.DecodeError):
        return Problem(code=code, item=str(number))


def _extraction(case: Case, *, candidate: Candidate, seen: _Seen, means: Means) -> Extraction:
    """Put a document's text together: what was recognised, and the layer where there is one."""
    texts = [seen.pages.get(number, PageText(text="")) for number in range(1, seen.count + 1)]
    pdf = split_media_type(candidate.row.media_type)[0] == PDF
    settings = [
        f"languages={'+'.join(means.languages)}",
        f"dpi={DPI if pdf else 'as the picture says, else estimated'}",
        f"psm={PSM}",
    ]
    layer = candidate.layer
    if layer is not None:
        content = case.text(layer.text_digest)
        spans = case.places.of(layer.text_digest, document_id=layer.document_id)[0].pages
        for number, start, end in spans:
            if number not in candidate.pages:
                texts[number - 1] = PageText(text=content[start:end])
        pages = ",".join(map(str, candidate.pages))
        settings.append(f"pages={pages}; the others as their text layer, by {layer.tool}")
    whole = whole_text(texts)
    settings += [f"{name}={value}" for name, value in whole.figures]
    hint = case.derived.hints().get(candidate.row.document_id, Hint())
    return Extraction(
        text=whole.text,
        tool=TOOL,
        version=means.tesseract.version,
        settings="; ".join(settings),
        hints=Hints(**{**msgspec.to_builtins(hint), "language": None}),
        pages=whole.pages,
        regions=whole.regions,
    )
