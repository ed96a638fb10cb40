"""OpenDocument files (odt, ods, odp, odg): text, tables, notes and comments."""

import re
from typing import Final

from affiant.read.codes import unreadable
from affiant.read.dates import written_date
from affiant.read.decoding import repair
from affiant.read.open_document_text import HeadersText, OpenDocumentText
from affiant.read.package import DAMAGE, Package
from affiant.read.page_spans import PAGE_END, page_spans
from affiant.read.values import Extraction, Hints, Problem, Reading

TOOL: Final = "affiant.read.open_document"
VERSION: Final = "1"
SETTINGS: Final = (
    "body, then headers and footers; notes, comments and text boxes after their paragraph, a "
    "sheet's comments after it; cells between tabs; sheets: name first, empty cells at a row's "
    "end left out, empty rows one after another as one, dates as ISO 8601; slides joined by "
    "U+000C U+000A, each with its notes; hidden sheets and slides too; deleted text left out"
)

_CONTENT, _STYLES, _META = "content.xml", "styles.xml", "meta.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_FACTS: Final = (
    "initial-creator",
    "creator",
    "creation-date",
    "date",
    "printed-by",
    "print-date",
    "generator",
    "editing-cycles",
    "editing-duration",
)
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def read_open_document(data: bytes) -> Reading:
    """Return the text of an OpenDocument file; of a presentation, each slide is a page.

    Which sheets or slides are hidden is among the facts. Not read are pictures, charts,
    embedded files, formulas, headers of sheets, and what deleted text the file still holds.

    Raises:
        UnreadableError: ``odf_broken``, ``office_encrypted``, ``archive_limits``,
            ``too_large``, or ``empty``.
    """
    content = OpenDocumentText()
    try:
        package = Package(data)
        if _is_locked(package):
            raise unreadable("office_encrypted")
        package.walk(_CONTENT, target=content)
    except DAMAGE as problem:
        raise unreadable("odf_broken") from problem
    headers, problems = HeadersText(), []
    if _STYLES in package.names and not content.is_sheet:
        try:
            package.walk(_STYLES, target=headers)
        except DAMAGE:
            problems.append(Problem(code="part_broken", item=_STYLES))
    pages = [repair(page) for page in content.pages]
    body, surrogates = repair("\n".join(part for part in (content.text, headers.text) if part))
    parts = [*pages, (body, surrogates)] if body or not pages else pages
    text = PAGE_END.join(part for part, _ in parts)
    if not text.strip():
        raise unreadable("empty")
    hints, facts = _says(package)
    extraction = Extraction(
        text=text,
        tool=TOOL,
        version=VERSION,
        settings=SETTINGS,
        surrogates=sum(count for _, count in parts),
        hints=hints,
        pages=page_spans([page for page, _ in pages]),
    )
    return Reading(extraction=extraction, problems=tuple(problems), facts=facts + content.facts)


def _is_locked(package: Package) -> bool:
    """Tell whether the file needs a password: its list of parts names a way of encryption."""
    locks = _Locks()
    if _MANIFEST in package.names:
        package.walk(_MANIFEST, target=locks)
    return locks.found


class _Locks:
    """Looks for a part that is encrypted."""

    def __init__(self) -> None:
        self.found = False

    def start(self, tag: str, attributes: object) -> None:
        self.found = self.found or tag.endswith("}encryption-data")

    def data(self, text: str) -> None:
        """Pass over text; there is none that matters."""

    def end(self, tag: str) -> None:
        """Pass over ends."""


def _says(package: Package) -> tuple[Hints, tuple[tuple[str, str], ...]]:
    """Return what the file says of itself; nothing where that part is missing or damaged."""
    fields = package.fields(_META)
    language = fields.get("language", "")
    hints = Hints(
        title=fields.get("title"),
        author=fields.get("initial-creator") or fields.get("creator"),
        published=written_date(fields.get("creation-date", "")),
        language=language if _TAG.fullmatch(language) else None,
    )
    return hints, tuple((f"office.{name}", fields[name]) for name in _FACTS if name in fields)
