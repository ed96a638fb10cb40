"""The custody story of one document, as one page to be printed."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from affiant.errors import NotFoundError
from affiant.model.when import date_in_words
from affiant.publish.pages.marks import visible
from affiant.store.case import Case
from affiant.store.custody import CustodyRow
from affiant.store.documents import DocumentRow

_HERE: Final = Path(__file__).parent / "pages"
EVENTS: Final = {
    "added": "Added to the case",
    "captured": "Captured from the network",
    "received": "Received",
    "handed_over": "Handed over",
    "moved": "Moved",
    "copied": "Copied",
    "examined": "Examined",
    "returned": "Returned",
    "lost": "Lost",
    "destroyed": "Destroyed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the story.

    Attributes:
        number: The entry's place in the log.
        title: What happened, in words.
        noted_at: Host time of whoever noted it.
        noted_by: Who noted it, and the beginning of the key that signed.
        facts: What was noted, name and value.
        proven: Until when it had been recorded at the latest, by a stamp; or None.
    """

    number: int
    title: str
    noted_at: str
    noted_by: str
    facts: tuple[tuple[str, str], ...]
    proven: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyStory:
    """Everything that is known of a document's way.

    Attributes:
        document: Its id.
        name: File name, escaped.
        container: Names of the containers that it lies in, outermost first.
        facts: Digests, size, format.
        steps: What happened to the original, oldest note first.
        texts: What was read out of it, or why nothing was.
        case: The case's name and id.
        size: Entries in the log when this page was made.
        root: Root of the log then, hex.
    """

    document: str
    name: str
    container: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    texts: tuple[Step, ...]
    case: str
    size: int
    root: str


def custody_story(case: Case, *, document: str) -> CustodyStory:
    """Gather the custody story of a document; of a part, that of its outermost container.

    Raises:
        NotFoundError: The case has no such document.
    """
    row = case.documents.find(document)
    if row is None:
        raise NotFoundError(
            f"the case has no document {document}",
            remedy="See 'affiant status --documents' for what there is.",
        )
    teller = _Teller(case)
    original = row.document_id.partition("!")[0]
    _, frontier, _ = case.logbook.state()
    return CustodyStory(
        document=row.document_id,
        name=row.name,
        container=tuple(_containers(case, row=row)),
        facts=tuple(_facts(case, row=row)),
        steps=tuple(teller.step(event) for event in case.custody.events(original)),
        texts=tuple(teller.texts(row.document_id)),
        case=f"{teller.name} ({case.case_id})",
        size=frontier.size,
        root=frontier.root().hex(),
    )


def _containers(case: Case, *, row: DocumentRow) -> Iterator[str]:
    """Yield the names of the containers around a part, outermost first."""
    if row.container is not None:
        outer = case.documents.find(row.container)
        if outer is not None:
            yield from _containers(case, row=outer)
            yield outer.name


def _facts(case: Case, *, row: DocumentRow) -> Iterator[tuple[str, str]]:
    yield "SHA-256", row.digest.removeprefix("sha256:")
    second = case.documents.blake3_of(row.document_id)
    if second:
        yield "BLAKE3", second
    yield "Size", f"{row.size} bytes"
    yield "Format", row.media_type
    for name, value in sorted(case.derived.facts(row.document_id).items()):
        yield f"The file says: {name}", value


class _Teller:
    """Puts entries into words, with the names of those who signed them."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._names = case.policies.keys()
        self._stamps = [row for _, row in case.stamps.recorded() if row is not None]
        opened = case.logbook.at(0).fields() or {}
        self.name = str(opened.get("name", "a case without a name"))

    def step(self, event: CustodyRow) -> Step:
        """Return one custody event in words."""
        return Step(
            number=event.position,
            title=EVENTS.get(event.event, event.event.replace("_", " ")),
            noted_at=event.at,
            noted_by=self._signer(event.actor),
            facts=tuple(_told(event)),
            proven=self._proven(event.position),
        )

    def texts(self, document: str) -> Iterator[Step]:
        """Yield what was read out of a document, and what could not be."""
        for text in self._case.documents.texts():
            if text.document_id == document:
                facts = [("Text", text.text_digest), ("Characters", str(text.length))]
                facts += [("By", f"{text.tool} {text.version}".strip())]
                facts += [("Written down by", text.person)] if text.person else []
                facts += [("Isolation", text.isolation)]
                title = "Written down by a person" if text.person else "Text read"
                yield self._entry(text.position, title=title, facts=tuple(facts))
        for unread, _, code in self._case.documents.unread():
            if unread == document:
                yield Step(
                    number=0, title=f"Not read: {code}", noted_at="", noted_by="", facts=(),
                    proven=None,
                )  # fmt: skip

    def _entry(self, position: int, *, title: str, facts: tuple[tuple[str, str], ...]) -> Step:
        header = self._case.logbook.at(position).read_header()
        return Step(
            number=position,
            title=title,
            noted_at=header.at,
            noted_by=self._signer(header.actor),
            facts=facts,
            proven=self._proven(position),
        )

    def _signer(self, actor: str) -> str:
        return f"{self._names.get(actor) or 'name erased'}, key {actor[:16]}"

    def _proven(self, position: int) -> str | None:
        """Return the earliest stamp that covers an entry, in words."""
        covering = [stamp for stamp in self._stamps if stamp.size > position]
        if not covering:
            return None
        first = min(covering, key=lambda stamp: stamp.time)
        return f"not later than {first.time} ({first.authority})"


def _told(event: CustodyRow) -> Iterator[tuple[str, str]]:
    """Yield what was noted of an event, name and value; nothing where nothing was said."""
    told: Mapping[str, object] = {
        "When": date_in_words(event.received) if event.received else None,
        "From": event.source,
        "How": event.how,
        "By": event.detail.get("by"),
        "On these conditions": event.conditions,
        "Where the original is": event.held_at,
        "Path": event.path,
        "Note": event.detail.get("note"),
    }
    for name, value in told.items():
        if value:
            yield name, str(value)
    further = {name: value for name, value in event.detail.items() if name not in ("by", "note")}
    for name, value in further.items():
        if value not in (None, "", [], {}):
            yield name.replace("_", " ").capitalize(), _plain(value)


def _plain(value: object) -> str:
    """Return a value of a capture's account as one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_plain, value))
    return str(value)


def render_custody(story: CustodyStory) -> bytes:
    """Draw the page: one file, nothing loaded from elsewhere, no script."""
    style = (_HERE / "static" / "custody.css").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    template = environment.get_template("custody.html")
    return template.render(story=story, style=style, policy=policy).encode("utf-8")
