"""Presentations (pptx): slides in their order, with tables and speaker's notes."""

from collections.abc import Mapping
from typing import Final

from affiant.read.block_text import BlockName, BlockText
from affiant.read.codes import unreadable
from affiant.read.decoding import repair
from affiant.read.office_properties import office_says
from affiant.read.package import DAMAGE, Package, bare
from affiant.read.page_spans import PAGE_END, page_spans
from affiant.read.values import Extraction, Problem, Reading

TOOL: Final = "affiant.read.slides"
VERSION: Final = "1"
SETTINGS: Final = (
    "slides joined by U+000C U+000A; each slide: shapes in their order in the file, diagrams, "
    "then notes and comments; hidden ones too; cells between tabs"
)

_PRESENTATION: Final = "ppt/presentation.xml"
_DRAWING: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/main}",
)
_SLIDES: Final = (
    "{http://schemas.openxmlformats.org/presentationml/2006/main}",
    "{http://purl.oclc.org/ooxml/presentationml/main}",
)
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLOCKS: Final[dict[str, BlockName]] = {
    "tbl": "table",
    "tr": "row",
    "tc": "cell",
    "p": "paragraph",
    "comment": "paragraph",
}
_TEXTS: Final = frozenset({"t", "comment"})
# What a slide's further parts add to it, in this order.
_FURTHER: Final = ("diagramData", "notesSlide", "comments")
_MOST_SLIDES: Final = 10_000


def read_slides(data: bytes) -> Reading:
    """Return the text of a presentation; each slide is a page.

    Which slides are hidden is among the facts. Not read are pictures, charts, embedded files
    and what stands only on masters and layouts.

    Raises:
        UnreadableError: ``pptx_broken``, ``archive_limits``, ``too_large``, or ``empty``.
    """
    listed = _SlideList()
    try:
        package = Package(data)
        package.walk(_PRESENTATION, target=listed)
        relations = package.relations(_PRESENTATION)
    except DAMAGE as problem:
        raise unreadable("pptx_broken") from problem
    if len(listed.found) > _MOST_SLIDES:
        raise unreadable("too_large")
    slides, problems, hidden = [], [], []
    for number, relation in enumerate(listed.found, start=1):
        text = SlideText()
        try:
            _read_slide(relations[relation].part, package=package, text=text)
        except DAMAGE:
            problems.append(Problem(code="part_broken", item=str(number)))
        slides.append(repair(text.text))
        hidden += [str(number)] if text.hidden else []
    if not any(slide.strip() for slide, _ in slides):
        raise unreadable("pptx_broken" if problems else "empty")
    hints, facts = office_says(package)
    extraction = Extraction(
        text=PAGE_END.join(slide for slide, _ in slides),
        tool=TOOL,
        version=VERSION,
        settings=SETTINGS,
        surrogates=sum(surrogates for _, surrogates in slides),
        hints=hints,
        pages=page_spans([slide for slide, _ in slides]),
    )
    if hidden:
        facts += (("office.hidden_slides", " ".join(hidden)),)
    return Reading(extraction=extraction, problems=tuple(problems), facts=facts)


def _read_slide(part: str, *, package: Package, text: "SlideText") -> None:
    """Read a slide and what hangs on it.

    Raises:
        KeyError: Or another of ``DAMAGE``: a part is not there, or is damaged.
    """
    package.walk(part, target=text)
    further = sorted(
        (_FURTHER.index(relation.kind), relation.part)
        for relation in package.relations(part).values()
        if relation.kind in _FURTHER
    )
    for _, name in further:
        package.walk(name, target=text)


class _SlideList:
    """Collects the ids of the slides in the order in which they are shown."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if bare(tag) == "sldId":
            relations = [key for key in attributes if "}" in key]
            self.found += [attributes[key] for key in relations if bare(key) == "id"]

    def data(self, text: str) -> None:
        """Pass over text; there is none that matters."""

    def end(self, tag: str) -> None:
        """Pass over ends."""


class SlideText:
    """Collects the text of one slide from its elements as they pass by."""

    def __init__(self) -> None:
        self._blocks = BlockText()
        self._left_out = 0
        self._texts = 0
        self.hidden = False

    @property
    def text(self) -> str:
        """The lines so far."""
        return self._blocks.text

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        if self._left_out or _is_left_out(tag, attributes=attributes):
            self._left_out += 1
            return
        if bare(tag) == "sld" and attributes.get("show") in ("0", "false"):
            self.hidden = True
        name = _name(tag)
        self._texts += name in _TEXTS
        if name in _BLOCKS:
            self._blocks.begin(_BLOCKS[name])

    def data(self, text: str) -> None:
        """Take a piece of text where it belongs to the slide."""
        if self._texts and not self._left_out:
            self._blocks.add(text)

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        if self._left_out:
            self._left_out -= 1
            return
        name = _name(tag)
        self._texts -= name in _TEXTS
        if name == "br":
            self._blocks.add("\n")
        elif name in _BLOCKS:
            self._blocks.end()


def _is_left_out(tag: str, *, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element repeats what stands before it, or numbers the slide."""
    numbers = bare(tag) == "fld" and attributes.get("type") == "slidenum"
    return numbers or tag == _FALLBACK


def _name(tag: str) -> str:
    """Return an element's bare name where it belongs to the text, else nothing."""
    space, _, name = tag.rpartition("}")
    if name == "text" and f"{space}}}" in _SLIDES:
        return "comment"
    return name if f"{space}}}" in _DRAWING else ""
