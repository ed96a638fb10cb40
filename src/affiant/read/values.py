"""What reading a document gives: its text, its parts, hints about it, and what failed."""

from dataclasses import dataclass

from affiant.model.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a document says about itself; a hint decides nothing until a person uses it.

    Attributes:
        title: Its title.
        author: Its author, as written.
        published: EDTF, never more precise than what is written; for a PDF or a Word file
            the date that the file gives itself, for mail the sender's date.
        site: Name of the site or outlet.
        language: Language tag that the document declares.
    """

    title: str | None = None
    author: str | None = None
    published: str | None = None
    site: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpan:
    """Where one page stands in the text.

    Attributes:
        page: Page number, from 1.
        start: Offset of its first character, in code points.
        end: Offset after its last character; the page separator is outside.
    """

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The text of a document and how it was had.

    Attributes:
        text: Every code point kept; no lone surrogates.
        tool: What extracted it.
        version: The tool's version.
        settings: What else decides the result, ``name=value`` joined by ``; ``.
        encoding: Encoding of the bytes, or None where the format has its own way.
        replaced: How many U+FFFD stand for bytes or glyphs that have no character.
        surrogates: How many more stand for lone surrogates.
        hints: What the document says about itself.
        pages: Where the pages are; empty for formats without pages.
        regions: Where lines stand on page images or in recordings; empty where unknown.
    """

    text: str
    tool: str
    version: str
    settings: str = ""
    encoding: str | None = None
    replaced: int = 0
    surrogates: int = 0
    hints: Hints = Hints()
    pages: tuple[PageSpan, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a container says of a part: who sent a message, where a page was fetched from.

    Attributes:
        sender: Who sent it, as written there.
        sender_id: The id that the service gave the sender.
        sent: When, as precise as written: a year, a month, a day, local time without a zone
            (``2031-03-14T21:05``), or RFC 3339 where the zone is known.
        edited: When it was edited last, likewise; ``unknown`` where only that it was is known.
        forwarded_from: Whom it was forwarded from, as written there.
        attached: Paths of the files that hang on it, from the folder of the container on.
        refers_to: The message that it answers or the capture that it repeats: path of the
            part, else an id or address as written.
        address: Address that a record of a web archive was fetched from.
        captured: When it was fetched, RFC 3339.
        status: What the server answered, such as ``200``; else the kind of the record, or of
            a message that is not plainly somebody's words: ``service``, ``deleted``,
            ``media_omitted``, ``forwarded``, ``unplaced``.
    """

    sender: str | None = None
    sender_id: str | None = None
    sent: str | None = None
    edited: str | None = None
    forwarded_from: str | None = None
    attached: tuple[str, ...] = ()
    refers_to: str | None = None
    address: str | None = None
    captured: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A part of a container: an archive's file, a mail's attachment.

    Attributes:
        path: Its escaped name in the container; unique there.
        size: Bytes.
        media_type: From its content, else its name.
        data: The bytes.
        about: What the container says of it, or None.
    """

    path: str
    size: int
    media_type: str
    data: bytes
    about: About | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something of a document that was not read.

    Attributes:
        code: One of our own codes; nothing that a parser said.
        item: Which page or part: a number or an escaped name.
    """

    code: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading one document gave.

    Attributes:
        extraction: The text, or None for a container that has none of its own.
        members: The parts, in their order in the container.
        problems: What was not read.
        facts: What a file says of itself, name and value: camera, place, length. Hints, never
            evidence.
        likeness: A picture's perceptual hash, hex, or None.
    """

    extraction: Extraction | None
    members: tuple[Member, ...] = ()
    problems: tuple[Problem, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    likeness: str | None = None
