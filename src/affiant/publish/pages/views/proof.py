"""What a browser needs to recompute a number: recorded bytes, salts and paths.

Every digest, salt, key and signature is lower-case hex. A field's salt is the one of that
field alone, so that opening it opens nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from affiant.model.vocabulary import CountOf, SlotName


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFieldView:
    """A field of an entry's body that the release shows.

    Attributes:
        salt: The field's own salt, 32 bytes.
        value: The RFC 8785 JSON text of the value.
    """

    salt: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryProofView:
    """One entry of the log, some of its fields opened.

    Attributes:
        header: The stored header, RFC 8785 JSON.
        signature: Ed25519 by the actor over the header.
        position: The leaf's number in the tree, from 0.
        fields: Field name to digest, all fields of the body.
        opened: Field name to value, those that are shown.
        path: RFC 6962 inclusion path from the leaf to the root of the log's tree.
    """

    header: str
    signature: str
    position: int
    fields: Mapping[str, str]
    opened: Mapping[str, OpenedFieldView]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphProofView:
    """A paragraph and its place in the tree over its text's paragraphs.

    Attributes:
        index: Number of the paragraph, from 0.
        count: Paragraphs in the text.
        text: The paragraph, verbatim.
        start: Offset of the quote in the paragraph, in code points.
        salt: The paragraph's salt, 32 bytes.
        path: RFC 6962 inclusion path to the root of the paragraphs.
        text_entry: The entry that recorded the text, its field ``paragraphs`` opened.
    """

    index: int
    count: int
    text: str
    start: int
    salt: str
    path: tuple[str, ...]
    text_entry: EntryProofView


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteProofView:
    """Exact words, or the part of them that stands in one paragraph."""

    slot: SlotName
    exact: str
    paragraph: ParagraphProofView


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberProofView:
    """A claim that a number rests on.

    Attributes:
        claim: Public id of the claim.
        entry: The entry that accepted it, its field ``counts`` opened.
        quotes: Its exact words, one item for each paragraph they touch.
    """

    claim: str
    entry: EntryProofView
    quotes: tuple[QuoteProofView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProofView:
    """The tree that every entry is proved against.

    Attributes:
        size: Entries in the log.
        root: RFC 6962 root.
        checkpoint: The signed note, verbatim, its signature lines included.
        origin: The log's name, first line of the note.
    """

    size: int
    root: str
    checkpoint: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofView:
    """Everything that ``check/<number>.data.js`` holds.

    Attributes:
        counted: What the number counts; only counts of it are taken.
        min: The published lower bound, or None.
        max: The published upper bound, or None.
        rule: Name and version of the counting rule.
        log: The tree and its checkpoint.
        members: The claims.
    """

    counted: CountOf
    min: int | None
    max: int | None
    rule: str
    log: LogProofView
    members: tuple[MemberProofView, ...]
