"""``affiant read``."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

import click

from affiant.box import Box, Limits
from affiant.cli.command import writes
from affiant.cli.documents import document_named
from affiant.cli.output import print_line, say, shown
from affiant.cli.progress import progress
from affiant.cli.settings import Settings
from affiant.errors import WrongUseError
from affiant.read import PRELOAD
from affiant.read.ocr import Candidate, Means, candidates, named_candidate, recognise
from affiant.read.raster import PRELOAD as PRELOAD_FOR_PICTURES
from affiant.read.recording import CODE as RECORDING
from affiant.read.step import ReadResult, read_waiting
from affiant.read.tesseract import USUAL, Tesseract, choose_languages, find_tesseract
from affiant.store import Case

_WARNING = (
    "Recognised texts have errors, most of all in digits of Persian and Arabic: compare every "
    "quote with its page."
)


@dataclass(slots=True)
class _Counts:
    """What a run did."""

    texts: int = 0
    parts: int = 0
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for.

    Attributes:
        again: Try those too that could not be read before.
        ocr: Recognise characters.
        languages: To recognise; empty for the usual ones.
        documents: Only these, even where they have a text; empty for those without.
    """

    again: bool
    ocr: bool
    languages: tuple[str, ...]
    documents: tuple[str, ...]


@writes
@click.option("--again", is_flag=True, help="Try those too that could not be read before.")
@click.option("--ocr", is_flag=True, help="Recognise characters on pictures and scanned pages.")
@click.option(
    "--languages",
    metavar="ENG,FAS",
    help="What --ocr looks for; of eng, fas and ara those installed, where not given.",
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    help="With --ocr: only this one, even where it has a text; may be given again.",
)
@click.pass_obj
def read(
    settings: Settings, again: bool, ocr: bool, languages: str | None, documents: tuple[str, ...]
) -> None:
    """Take the text from every document that was not read yet, parts of containers too.

    What cannot be read stays preserved and stands in 'status' with the reason. Character
    recognition makes errors, so it is done only with --ocr, and its texts name it.

    Example: affiant read --ocr --languages fas,eng
    """
    asked = tuple(filter(None, (word.strip() for word in (languages or "").split(","))))
    wanted = Wanted(again=again, ocr=ocr, languages=asked, documents=documents)
    if not ocr and (asked or documents):
        raise WrongUseError(
            "--languages and --document go with --ocr", remedy="Add --ocr, or leave them out."
        )
    tesseract = find_tesseract() if ocr else None
    with settings.open() as case:
        if settings.surroundings.rehearsal:
            _rehearse(settings, case=case, wanted=wanted)
            return
        preload = (*PRELOAD, *PRELOAD_FOR_PICTURES) if ocr else PRELOAD
        with Box(preload=preload, limits=Limits()) as box:
            counts = _Counts()
            _read_waiting(settings, case=case, box=box, again=again, counts=counts)
            if tesseract is not None:
                means = _means(settings, box=box, tesseract=tesseract, languages=asked)
                _recognise(settings, case=case, wanted=wanted, means=means, counts=counts)
        _report(settings, counts=counts, scans=0 if ocr else len(candidates(case)))


def _rehearse(settings: Settings, *, case: Case, wanted: Wanted) -> None:
    """Say what would be done."""
    waiting = [*case.documents.waiting(), *(case.documents.failed() if wanted.again else [])]
    for row in waiting:
        say(settings, message=f"Would read {row.name}.")
    for candidate in _chosen(case, wanted=wanted) if wanted.ocr else []:
        say(settings, message=f"Would recognise characters on {candidate.row.name}.")


def _read_waiting(
    settings: Settings, *, case: Case, box: Box, again: bool, counts: _Counts
) -> None:
    """Read what waits, each in its own format."""
    waiting = [*case.documents.waiting(), *(case.documents.failed() if again else [])]
    with progress(settings, title="Reading", total=len(waiting)) as advance:
        for result in read_waiting(case, key=settings.key(), box=box, again=again):
            advance(result.name)
            _count(settings, result=result, counts=counts)


def _means(
    settings: Settings, *, box: Box, tesseract: Tesseract, languages: Sequence[str]
) -> Means:
    """Return what to recognise with; say which usual language has no data."""
    chosen = choose_languages(languages, installed=tesseract.languages)
    missing = [name for name in USUAL if name not in tesseract.languages]
    if missing and not languages:
        packages = " ".join(f"tesseract-ocr-{name}" for name in missing)
        say(
            settings,
            message=f"No data for {', '.join(missing)}: not recognised (apt install {packages}).",
        )
    return Means(box=box, tesseract=tesseract, languages=chosen, key=settings.key())


def _chosen(case: Case, *, wanted: Wanted) -> list[Candidate]:
    """Return the documents to recognise: those named, or all that have no text."""
    if not wanted.documents:
        return candidates(case, again=wanted.again)
    ids = dict.fromkeys(document_named(case, key=name) for name in wanted.documents)
    return [named_candidate(case, document=document_id) for document_id in ids]


def _recognise(
    settings: Settings, *, case: Case, wanted: Wanted, means: Means, counts: _Counts
) -> None:
    """Recognise characters, document by document."""
    chosen = _chosen(case, wanted=wanted)
    with progress(settings, title="Recognising", total=len(chosen)) as advance:
        for result in recognise(case, chosen=chosen, means=means):
            advance(result.name)
            _count(settings, result=result, counts=counts)
    if chosen:
        say(settings, message=_WARNING)
    if wanted.documents:
        say(settings, message="Suggestions are made from the new text; the earlier ones stay.")


def _count(settings: Settings, *, result: ReadResult, counts: _Counts) -> None:
    """Count one result; a document that was recognised after all is not unread."""
    counts.texts += result.text_digest is not None
    counts.parts += result.parts
    counts.unread.pop(result.document, None)
    if result.code is not None:
        counts.unread[result.document] = (result.name, result.code)
    if settings.as_json:
        print_line(asdict(result))


def _report(settings: Settings, *, counts: _Counts, scans: int) -> None:
    """Say what was read, what was not, and what would help."""
    for line in _lines(counts, scans=scans):
        say(settings, message=shown(line))


def _lines(counts: _Counts, *, scans: int) -> Iterator[str]:
    for name, code in counts.unread.values():
        yield f"Not read: {name} ({code}). Its original is kept."
    if scans:
        yield f"{scans} documents have pages without text: 'affiant read --ocr' recognises them."
    if any(code == RECORDING for _, code in counts.unread.values()):
        yield "Sound and film need a person who writes them down: 'affiant transcribe'."
    yield (
        f"{counts.texts} texts recorded, {counts.parts} parts found, {len(counts.unread)} not read."
    )
