"""What a machine can make again: hints, suggestions, the search index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from affiant.log.canon import canonical
from affiant.model.claim import Claim, claim_fields, decode_claim
from affiant.model.suggestion import Suggestion
from affiant.store.objects import digest_of
from affiant.store.recorded import Table
from affiant.store.senses import sense_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRow:
    """A stored suggestion.

    Attributes:
        digest: 64 hex digits over its content; same words, same tool, same digest.
        document_id: Where its quotes stand.
        claim: The proposal.
        why: The rules and cues that led to it.
        score: For the order of the queue only.
    """

    digest: str
    document_id: str
    claim: Claim
    why: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What a document's own metadata says; a hint, never evidence."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    site: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A document that belongs to another, as a style sheet to its saved page.

    Attributes:
        document_id: The one that belongs.
        of_document_id: The one that it belongs to.
        role: style, script, font, pixel, picture, frame or other.
        name: Where it lay.
    """

    document_id: str
    of_document_id: str
    role: str
    name: str


def suggestion_digest(claim: Claim, *, document_id: str) -> str:
    """Return the id of a suggestion: the hex digest of its content and document."""
    content = {"document": document_id, "claim": claim_fields(claim)}
    return digest_of(canonical(content)).removeprefix("sha256:")


class DerivedStore(Table):
    """Writes and reads what may be deleted and rebuilt."""

    _SET_HINT = """
        insert or replace into hint (document_id, title, author, published, site, language)
        values (:document_id, :title, :author, :published, :site, :language)
    """

    def set_hint(self, document_id: str, *, hint: Hint) -> None:
        """Store a document's hints."""
        self._db.execute(self._SET_HINT, {"document_id": document_id, **msgspec.to_builtins(hint)})

    _HINTS = "select document_id, title, author, published, site, language from hint"

    def hints(self) -> dict[str, Hint]:
        """Return document id to its hints."""
        return {
            row[0]: Hint(
                title=row[1], author=row[2], published=row[3], site=row[4], language=row[5]
            )
            for row in self._db.execute(self._HINTS)
        }

    _DROP_FACTS = "delete from fact where document_id = :document_id"
    _ADD_FACT = """
        insert or ignore into fact (document_id, name, value) values (:document_id, :name, :value)
    """
    _SET_LIKENESS = """
        insert or replace into likeness (document_id, hash) values (:document_id, :hash)
    """

    def set_facts(
        self, document_id: str, *, facts: Sequence[tuple[str, str]], likeness: str | None
    ) -> None:
        """Replace what a file says of itself, and how a picture looks."""
        self._db.execute(self._DROP_FACTS, {"document_id": document_id})
        for name, value in facts:
            row = {"document_id": document_id, "name": name, "value": value}
            self._db.execute(self._ADD_FACT, row)
        if likeness is not None:
            self._db.execute(self._SET_LIKENESS, {"document_id": document_id, "hash": likeness})

    _FACTS = "select name, value from fact where document_id = :document_id order by name"

    def facts(self, document_id: str) -> dict[str, str]:
        """Return what a file says of itself, name to value."""
        return dict(self._db.execute(self._FACTS, {"document_id": document_id}))

    _LIKENESSES = "select document_id, hash from likeness order by document_id"

    def likenesses(self) -> dict[str, str]:
        """Return each picture's perceptual hash, hex."""
        return dict(self._db.execute(self._LIKENESSES))

    _SIZES = """
        select w.document_id, w.value, h.value
        from fact w
        join fact h on h.document_id = w.document_id and h.name = 'picture.height'
        where w.name = 'picture.width'
    """

    def picture_sizes(self) -> dict[str, tuple[int, int]]:
        """Return each picture's width and height, in points."""
        return {row[0]: (int(row[1]), int(row[2])) for row in self._db.execute(self._SIZES)}

    _DROP_COMPANIONS = "delete from companion"
    _ADD_COMPANION = """
        insert or ignore into companion (document_id, of_document_id, role, name)
        values (:document_id, :of_document_id, :role, :name)
    """

    def set_companions(self, companions: Sequence[Companion]) -> None:
        """Replace what is known of which documents belong to which."""
        self._db.execute(self._DROP_COMPANIONS)
        rows: list[dict[str, object]] = [msgspec.to_builtins(item) for item in companions]
        self._db.many(self._ADD_COMPANION, rows)

    _COMPANIONS = """
        select document_id, of_document_id, role, name
        from companion
        order by of_document_id, name, role
    """

    def companions(self) -> list[Companion]:
        """Return which documents belong to which."""
        return [
            Companion(document_id=row[0], of_document_id=row[1], role=row[2], name=row[3])
            for row in self._db.execute(self._COMPANIONS)
        ]

    _DROP_SUGGESTIONS = """
        delete from suggestion
        where document_id = :document_id
          and (json_extract(body, '$.origin.tool') = 'model') = :by_model
    """
    _ADD_SUGGESTION = """
        insert or replace into suggestion
            (digest, document_id, text_digest, start, body, why, score, sense)
        values (:digest, :document_id, :text_digest, :start, :body, :why, :score, :sense)
    """
    _MARK = """
        insert or ignore into suggested (text_digest, tool, version)
        values (:text_digest, :tool, :version)
    """

    def set_suggestions(
        self, document_id: str, *, text_digest: str, suggestions: Sequence[Suggestion], tool: str
    ) -> None:
        """Replace what rules, or models, propose for a document; the other's stay.

        Args:
            document_id: The document.
            text_digest: The text that all quotes stand in.
            suggestions: The proposals.
            tool: Name and version, by a space; a language model's name is ``model``.
        """
        by_model = tool.startswith("model ")
        drop = {"document_id": document_id, "by_model": by_model}
        self._db.execute(self._DROP_SUGGESTIONS, drop)
        rows: list[dict[str, object]] = [
            {
                "digest": suggestion_digest(item.claim, document_id=document_id),
                "document_id": document_id,
                "text_digest": text_digest,
                "start": min(quote.start for quote in item.claim.quotes),
                "body": canonical(claim_fields(item.claim)).decode("utf-8"),
                "why": item.why,
                "score": f"{item.score:.4f}",
                "sense": sense_of(claim_fields(item.claim)),
            }
            for item in suggestions
        ]
        self._db.many(self._ADD_SUGGESTION, rows)
        name, _, version = tool.partition(" ")
        mark = {"text_digest": text_digest, "tool": name, "version": version}
        self._db.execute(self._MARK, mark)

    _SUGGESTIONS = """
        select digest, document_id, body, why, score, start
        from suggestion
        union all
        select digest, document_id, body, why, '0.5000', start
        from coding
        where digest not in (select digest from suggestion)
        order by document_id, start, digest
    """

    def suggestions(self) -> Iterator[SuggestionRow]:
        """Yield every suggestion and every coding from elsewhere, by document and place in it."""
        yield from map(_suggestion, self._db.execute(self._SUGGESTIONS))

    _OF_DOCUMENT = """
        select digest, document_id, body, why, score
        from suggestion
        where document_id = :document_id
        order by start, digest
    """

    def suggestions_of(self, document_id: str) -> list[SuggestionRow]:
        """Return a document's suggestions in reading order."""
        rows = self._db.execute(self._OF_DOCUMENT, {"document_id": document_id})
        return [_suggestion(row) for row in rows]

    _MATCHING = """
        select digest, document_id, body, why, score
        from suggestion
        where digest >= :first and digest < :last
        union all
        select digest, document_id, body, why, '0.5000'
        from coding
        where digest >= :first and digest < :last
          and digest not in (select digest from suggestion where digest >= :first)
        order by digest
    """

    def suggestions_matching(self, beginning: str) -> list[SuggestionRow]:
        """Return the suggestions, and codings from elsewhere, whose digest begins so."""
        span = {"first": beginning, "last": beginning + "g"}
        return [_suggestion(row) for row in self._db.execute(self._MATCHING, span)]

    _SUGGESTED = "select text_digest, tool, version from suggested"

    def suggested(self) -> set[tuple[str, str]]:
        """Return (text digest, tool with version) of every text that was gone through."""
        return {(row[0], f"{row[1]} {row[2]}") for row in self._db.execute(self._SUGGESTED)}

    _ADD_PASSAGE = """
        insert into passage (text_digest, start, stop)
        values (:text_digest, :start, :stop)
        returning passage_id
    """
    _INDEX = "insert into passage_index (rowid, folded) values (:passage_id, :folded)"

    def index(self, text_digest: str, *, passages: Sequence[tuple[int, int, str]]) -> None:
        """Index a text's passages, each (start, end, folded text), unless it is indexed."""
        if self._db.execute(self._HAS_PASSAGES, {"text_digest": text_digest}):
            return
        for start, stop, folded in passages:
            row = {"text_digest": text_digest, "start": start, "stop": stop}
            [(passage_id,)] = self._db.execute(self._ADD_PASSAGE, row)
            self._db.execute(self._INDEX, {"passage_id": passage_id, "folded": folded})

    _HAS_PASSAGES = "select 1 from passage where text_digest = :text_digest limit 1"

    _INDEXED = "select distinct text_digest from passage"

    def indexed(self) -> set[str]:
        """Return the texts that are indexed; one without words never is."""
        return {row[0] for row in self._db.execute(self._INDEXED)}

    _SEARCH = """
        select p.text_digest, p.start, p.stop
        from passage_index i
        join passage p on p.passage_id = i.rowid
        where passage_index match :query
        order by rank, p.passage_id
        limit :limit
    """

    def search(self, query: str, *, limit: int) -> list[tuple[str, int, int]]:
        """Return (text digest, start, end) of the best passages for an FTS5 query."""
        rows = self._db.execute(self._SEARCH, {"query": query, "limit": limit})
        return [(row[0], row[1], row[2]) for row in rows]

    _FORGET = (
        "delete from hint where document_id = :document_id",
        "delete from suggestion where document_id = :document_id",
        "delete from fact where document_id = :document_id",
        "delete from likeness where document_id = :document_id",
        "delete from companion where document_id = :document_id or of_document_id = :document_id",
    )
    _FORGET_HINT = "delete from hint where document_id = :document_id"
    _FORGET_TEXT = "delete from suggested where text_digest = :text_digest"
    _FORGET_INDEX = (
        "insert into passage_index (passage_index) values ('delete-all')",
        "delete from passage",
    )

    def forget(self, document_id: str) -> None:
        """Delete everything derived from a document."""
        for sql in self._FORGET:
            self._db.execute(sql, {"document_id": document_id})

    def forget_hint(self, document_id: str) -> None:
        """Delete what a document's metadata, or its container, says of it."""
        self._db.execute(self._FORGET_HINT, {"document_id": document_id})

    def forget_text(self, text_digest: str) -> None:
        """Delete everything derived from a text, and the whole index with it.

        Deleting its passages alone would leave their words in the index, marked as gone;
        the next search makes the index again.
        """
        self._db.execute(self._FORGET_TEXT, {"text_digest": text_digest})
        self.forget_index()

    def forget_index(self) -> None:
        """Empty the search index; the next search makes it again."""
        for sql in self._FORGET_INDEX:
            self._db.execute(sql)

    _FORGET_SUGGESTION = "delete from suggestion where digest = :digest"

    def forget_suggestion(self, digest: str) -> None:
        """Delete one suggestion."""
        self._db.execute(self._FORGET_SUGGESTION, {"digest": digest})


def _suggestion(row: tuple[str, ...]) -> SuggestionRow:
    digest, document_id, body, why, score = row[:5]
    return SuggestionRow(
        digest=digest,
        document_id=document_id,
        claim=decode_claim(msgspec.json.decode(body)),
        why=why,
        score=float(score),
    )
