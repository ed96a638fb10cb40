"""Record what a named person wrote down of a document, or corrected in a text of it."""

import re
from dataclasses import dataclass, replace
from typing import Final

from affiant.errors import BadInputError, NotFoundError
from affiant.language.detect import detect
from affiant.log.keys import SigningKey
from affiant.read.host import IN_PROCESS
from affiant.read.text_entry import text_fields
from affiant.read.transcript import Transcript
from affiant.read.values import Extraction
from affiant.store.case import Case
from affiant.store.derived import Hint
from affiant.store.documents import TRANSCRIBER
from affiant.store.objects import digest_of

VERSION: Final = "1"
UNKNOWN: Final = "und"

_LEAST: Final = 6
_LANGUAGE_SAMPLE: Final = 1_000
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who wrote a text down, and why.

    Attributes:
        person: Their name; it can be erased later.
        why: In words: what was heard or seen, how it was done, what is unsure.
        language: Of the text, such as ``fa``; ``und`` where not said.
        corrects: Digest of the text that it corrects, or the first digits of it; or None.
    """

    person: str
    why: str
    language: str = UNKNOWN
    corrects: str | None = None


def record_transcript(
    case: Case, *, document: str, transcript: Transcript, writer: Writer, key: SigningKey
) -> str:
    """Record a transcription as a text of its own; return the text's digest.

    It becomes the document's newest text: suggestions are made from it from now on. The
    earlier texts, and the claims that quote them, stay as they are.

    Raises:
        NotFoundError: The case has no such document, or it has no text to correct.
        BadInputError: The person or the reason is missing.
    """
    if case.documents.find(document) is None:
        raise NotFoundError(
            f"the case has no document {document}",
            remedy="'affiant status --documents' lists them.",
        )
    _refuse_unnamed(writer)
    corrects = _corrected(case, document=document, key=writer.corrects)
    extraction = Extraction(
        text=transcript.text,
        tool=TRANSCRIBER,
        version=VERSION,
        settings=f"form={transcript.form}",
        encoding="utf-8",
        pages=transcript.pages,
        regions=transcript.regions,
    )
    data = transcript.text.encode("utf-8")
    text_digest = digest_of(data) if case.surroundings.rehearsal else case.texts.keep(data)
    fields = text_fields(
        extraction,
        document=document,
        text_digest=text_digest,
        isolation=IN_PROCESS,
        secret=case.surroundings.randomness(32),
    )
    known = writer.language != UNKNOWN
    language = writer.language if known else detect(transcript.text[:_LANGUAGE_SAMPLE])
    said = {"person": writer.person, "language": writer.language, "why": writer.why}
    with case.writing(key) as pen:
        pen.record(
            "text.transcribed/1", body={**fields, **said, "corrects": corrects, "problems": []}
        )
        hint = case.derived.hints().get(document, Hint())
        case.derived.set_hint(document, hint=replace(hint, language=language))
    return text_digest


def _refuse_unnamed(writer: Writer) -> None:
    """Refuse a transcription without a person or a reason, or with a language that is none."""
    if not writer.person.strip() or not writer.why.strip():
        raise BadInputError(
            "a transcription names who wrote it down, and why",
            remedy="Give --person and --why.",
        )
    if not _LANGUAGE.fullmatch(writer.language):
        raise BadInputError(
            f"{writer.language!r} is not a language tag", remedy="Write it such as fa, ar or en."
        )


def _corrected(case: Case, *, document: str, key: str | None) -> str | None:
    """Return the one text of the document that is corrected.

    Raises:
        NotFoundError: It has no such text, or more than one.
    """
    if key is None:
        return None
    bare = key.removeprefix("sha256:")
    texts = {text.text_digest for text in case.documents.texts() if text.document_id == document}
    found = [text for text in texts if text.removeprefix("sha256:").startswith(bare)]
    if len(bare) < _LEAST or len(found) != 1:
        raise NotFoundError(
            f"{key!r} means {len(found) if len(bare) >= _LEAST else 0} texts of this document",
            remedy="'affiant status --documents --json' lists the texts of each document.",
        )
    return found[0]
