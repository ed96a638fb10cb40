"""Originals, their custody, the documents in them and their texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from affiant.store.recorded import Table

RECOGNISERS: Final = frozenset({"tesseract"})
TRANSCRIBER: Final = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One original, or one part of a container.

    Attributes:
        document_id: ``sha256:<64 hex>``; a part adds ``!`` and its member path.
        container: The document it is a part of, or None.
        member: Its path in the container, escaped, or None.
        digest: Of the document's own bytes.
        size: In bytes.
        media_type: As recognised from the bytes.
        name: File name, escaped.
        position: The entry that recorded it.
    """

    document_id: str
    container: str | None
    member: str | None
    digest: str
    size: int
    media_type: str
    name: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalRow:
    """A kept original: what its bytes must be.

    Attributes:
        digest: ``sha256:<64 hex>``.
        blake3: 64 hex digits.
        size: In bytes.
        position: The entry that recorded it.
    """

    digest: str
    blake3: str
    size: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A recorded text of a document.

    Attributes:
        text_digest: Of its UTF-8 bytes.
        document_id: Whose text it is.
        length: In code points.
        encoding: As which the bytes were read, or None where the format fixes it.
        replaced: How many U+FFFD stand for bytes that could not be decoded.
        surrogates: How many lone surrogates were replaced.
        tool: What read it.
        version: Of the tool.
        settings: Of the tool.
        isolation: Under which it ran.
        paragraphs: How many.
        root: Of the paragraphs' tree, hex.
        secret: Under which the paragraphs are salted, hex.
        position: The entry that recorded it.
        person: Who wrote it down, or None where a program read it.
    """

    text_digest: str
    document_id: str
    length: int
    encoding: str | None
    replaced: int
    surrogates: int
    tool: str
    version: str
    settings: str
    isolation: str
    paragraphs: int
    root: str
    secret: str
    position: int
    person: str | None = None

    @property
    def recognised(self) -> bool:
        """Whether a machine recognised its characters on pictures: full of errors."""
        return self.tool in RECOGNISERS

    @property
    def transcribed(self) -> bool:
        """Whether a named person wrote it down."""
        return self.tool == TRANSCRIBER


class DocumentStore(Table):
    """Reads documents, custody events and texts."""

    _DOCUMENTS = """
        select document_id, container, member, digest, size, media_type, name, position
        from document
        order by position
    """

    def all(self) -> list[DocumentRow]:
        """Return every document, parts too, in the order they were recorded."""
        return [_document(row) for row in self._db.execute(self._DOCUMENTS)]

    _ORIGINALS = """
        select digest, blake3, size, position
        from document
        where container is null
        order by position
    """

    def originals(self) -> list[OriginalRow]:
        """Return every original, in the order they were recorded."""
        return [
            OriginalRow(digest=digest, blake3=blake3, size=size, position=position)
            for digest, blake3, size, position in self._db.execute(self._ORIGINALS)
        ]

    _ORIGINAL_BYTES = "select count(*), sum(size) from document where container is null"

    def original_bytes(self) -> tuple[int, int]:
        """Return how many originals there are, and how many bytes in all."""
        [(count, size)] = self._db.execute(self._ORIGINAL_BYTES)
        return count, size or 0

    _DOCUMENT = """
        select document_id, container, member, digest, size, media_type, name, position
        from document
        where document_id = :document_id
    """

    def find(self, document_id: str) -> DocumentRow | None:
        """Return one document, or None."""
        for row in self._db.execute(self._DOCUMENT, {"document_id": document_id}):
            return _document(row)
        return None

    _ABOUT = "select about from document where document_id = :document_id"

    def about(self, document_id: str) -> dict[str, Any]:
        """Return what its container says of a part; nothing where it says nothing."""
        rows = self._db.execute(self._ABOUT, {"document_id": document_id})
        return _about(rows[0][0]) if rows else {}

    _ABOUTS = """
        select document_id, about from document where about is not null order by position
    """

    def abouts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (document id, what its container says of it) for every such part."""
        for document_id, about in self._db.stream(self._ABOUTS):
            yield document_id, _about(about)

    _MATCHING = """
        select document_id, container, member, digest, size, media_type, name, position
        from document
        where document_id = :key
           or name = :key
           or (:prefix <> '' and substr(document_id, 1, length(:prefix)) = :prefix)
        order by position
    """

    def matching(self, key: str) -> list[DocumentRow]:
        """Return the documents that an id, the beginning of one, or a file name means."""
        bare = key.removeprefix("sha256:")
        prefix = f"sha256:{bare}" if len(bare) >= 6 else ""
        rows = self._db.execute(self._MATCHING, {"key": key, "prefix": prefix})
        found = [_document(row) for row in rows]
        exact = [row for row in found if key in (row.document_id, row.name)]
        return exact or found

    _KNOWN = "select 1 from document where document_id = :digest"

    def is_known(self, digest: str) -> bool:
        """Tell whether an original with this digest is in the case."""
        return bool(self._db.execute(self._KNOWN, {"digest": digest}))

    _TEXTS = """
        select text_digest, document_id, length, encoding, replaced, surrogates, tool, version,
               settings, isolation, paragraphs, root, secret, position, person
        from text
        order by position
    """

    def texts(self) -> list[TextRow]:
        """Return every recorded text, in the order they were recorded."""
        return [_text(row) for row in self._db.execute(self._TEXTS)]

    _TEXT_BY_DIGEST = """
        select text_digest, document_id, length, encoding, replaced, surrogates, tool, version,
               settings, isolation, paragraphs, root, secret, position, person
        from text
        where text_digest = :text_digest
        order by position desc
    """

    def texts_with(self, text_digest: str) -> list[TextRow]:
        """Return the recordings of one text, newest first; two documents may share it."""
        rows = self._db.execute(self._TEXT_BY_DIGEST, {"text_digest": text_digest})
        return [_text(row) for row in rows]

    _TEXT_OF = """
        select text_digest, document_id, length, encoding, replaced, surrogates, tool, version,
               settings, isolation, paragraphs, root, secret, position, person
        from text
        where document_id = :document_id
        order by position desc
        limit 1
    """

    def text_of(self, document_id: str) -> TextRow | None:
        """Return the newest recorded text of a document, or None."""
        for row in self._db.execute(self._TEXT_OF, {"document_id": document_id}):
            return _text(row)
        return None

    _SECOND = "select blake3 from document where document_id = :document_id"

    def blake3_of(self, document_id: str) -> str | None:
        """Return a document's BLAKE3, hex; None for a part."""
        for (found,) in self._db.execute(self._SECOND, {"document_id": document_id}):
            return str(found) if found else None
        return None

    _UNREAD = """
        select d.document_id, d.name, u.code
        from document d
        join unread u on u.document_id = d.document_id
        where not exists (select 1 from text t where t.document_id = d.document_id)
          and u.code not in ('container', 'page_file', 'no_words')
          and u.position = (
              select max(position) from unread where document_id = d.document_id
          )
          and not exists (
              select 1 from companion c where c.document_id = d.document_id and c.role = 'pixel'
          )
        order by d.position
    """

    def unread(self) -> list[tuple[str, str, str]]:
        """Return (document id, name, code) of what was tried and could not be read.

        What a saved page is dressed in, and the points that count its visitors, is left out.
        """
        return [(row[0], row[1], row[2]) for row in self._db.execute(self._UNREAD)]

    _CODES = "select document_id, code from unread order by position"

    def codes(self) -> dict[str, str]:
        """Return each document that was tried without getting a text to why, the latest."""
        return dict(self._db.execute(self._CODES))

    _WAITING = """
        select document_id, container, member, digest, size, media_type, name, position
        from document d
        where not exists (select 1 from text t where t.document_id = d.document_id)
          and not exists (select 1 from unread u where u.document_id = d.document_id)
        order by position
    """

    def waiting(self) -> list[DocumentRow]:
        """Return the documents that were not tried yet."""
        return [_document(row) for row in self._db.execute(self._WAITING)]

    _FAILED = """
        select document_id, container, member, digest, size, media_type, name, position
        from document d
        where not exists (select 1 from text t where t.document_id = d.document_id)
          and exists (
              select 1
              from unread u
              where u.document_id = d.document_id
                and u.code not in ('container', 'page_file', 'no_words')
          )
        order by position
    """

    def failed(self) -> list[DocumentRow]:
        """Return the documents that were tried and have no text."""
        return [_document(row) for row in self._db.execute(self._FAILED)]

    _PATHS = "select distinct digest, path from custody order by position"

    def paths(self) -> list[tuple[str, str]]:
        """Return (digest, path) of every place that an original was added from."""
        return [(row[0], row[1]) for row in self._db.execute(self._PATHS)]

    _ADDED_FROM = "select digest from custody where path = :path order by position desc"

    def added_from(self, path: str) -> list[str]:
        """Return the originals that were added from a path, newest first."""
        return [row[0] for row in self._db.execute(self._ADDED_FROM, {"path": path})]


def _document(row: tuple[object, ...]) -> DocumentRow:
    names = ("document_id", "container", "member", "digest", "size", "media_type", "name")
    return DocumentRow(**dict(zip((*names, "position"), row, strict=True)))  # type: ignore[arg-type]


def _about(written: str | None) -> dict[str, Any]:
    """Return the object; an erased one reads as the empty text, and so as nothing."""
    found = msgspec.json.decode(written) if written else None
    return found if isinstance(found, dict) else {}


def _text(row: tuple[object, ...]) -> TextRow:
    return TextRow(**dict(zip(TextRow.__slots__, row, strict=True)))  # type: ignore[arg-type]
