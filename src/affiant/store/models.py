"""Which model servers a person allowed, and what models replied."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from affiant.log.canon import canonical
from affiant.store.database import Database
from affiant.store.objects import digest_of
from affiant.store.recorded import Recorded, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerRow:
    """A model server as the latest decision has it.

    Attributes:
        address: Its address.
        model: The model to ask there.
        allowed: Whether it may be asked.
        why: In words, or None.
    """

    address: str
    model: str
    allowed: bool
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReply:
    """What a model was asked, and what it replied, word for word.

    Attributes:
        document: Document id.
        text_digest: The text whose sentences were asked about.
        address: Of the server.
        model: As the server calls it.
        prompt: Version of the task that was put to it.
        prompt_digest: Digest of the request's bytes, sentences and all.
        parameters: Of the request.
        reply: As it came.
    """

    document: str
    text_digest: str
    address: str
    model: str
    prompt: str
    prompt_digest: str
    parameters: Mapping[str, int]
    reply: str

    @property
    def fields(self) -> dict[str, Any]:
        """As plain JSON values: the body of the entry that records it."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found

    @property
    def digest(self) -> str:
        """Digest of all of it."""
        return digest_of(canonical(self.fields))


class ModelStore(Table):
    """Reads allowed servers; keeps and reads replies."""

    _SERVERS = "select address, model, verdict, why from model_server order by position"

    def servers(self) -> list[ServerRow]:
        """Return every server that was decided on, in the order of the latest decisions."""
        return [
            ServerRow(address=row[0], model=row[1], allowed=row[2] == "allowed", why=row[3])
            for row in self._db.execute(self._SERVERS)
        ]

    _KEEP = """
        insert or replace into kept_reply (reply_digest, document_id, body)
        values (:reply_digest, :document_id, :body)
    """
    _LINK = """
        insert or replace into suggestion_reply (digest, reply_digest)
        values (:digest, :reply_digest)
    """

    def keep(self, reply: ModelReply, *, suggestions: list[str]) -> None:
        """Keep a reply with the digests of the suggestions that came from it."""
        row = {
            "reply_digest": reply.digest,
            "document_id": reply.document,
            "body": canonical(reply.fields).decode("utf-8"),
        }
        self._db.execute(self._KEEP, row)
        for digest in suggestions:
            self._db.execute(self._LINK, {"digest": digest, "reply_digest": reply.digest})

    _OF = """
        select k.body
        from suggestion_reply s
        join kept_reply k on k.reply_digest = s.reply_digest
        where s.digest = :digest
    """

    def reply_of(self, suggestion: str) -> ModelReply | None:
        """Return the reply that a suggestion came from; None for one of the rules."""
        for (body,) in self._db.execute(self._OF, {"digest": suggestion}):
            return msgspec.json.decode(body, type=ModelReply)
        return None

    _RECORDED = "select commitment from model_reply where reply_digest = :digest order by position"

    def recorded(self, reply: ModelReply) -> str | None:
        """Return the commitment of the entry that recorded a reply, or None."""
        for (commitment,) in self._db.execute(self._RECORDED, {"digest": reply.digest}):
            return str(commitment)
        return None

    _FORGET = (
        """
        delete from suggestion_reply
        where reply_digest in (
            select reply_digest from kept_reply where document_id = :document_id
        )
        """,
        "delete from kept_reply where document_id = :document_id",
    )

    def forget(self, document_id: str) -> None:
        """Delete the replies kept for a document; those that were recorded stay."""
        for sql in self._FORGET:
            self._db.execute(sql, {"document_id": document_id})

    _FORGET_OF = """
        delete from kept_reply
        where reply_digest in (
            select reply_digest from suggestion_reply where digest = :digest
        )
    """

    def forget_of(self, suggestion: str) -> None:
        """Delete the kept reply that a suggestion came from."""
        self._db.execute(self._FORGET_OF, {"digest": suggestion})


_SET_SERVER = """
    insert or replace into model_server (address, model, verdict, why, position)
    values (:address, :model, :verdict, :why, :position)
"""
_ADD_REPLY = """
    insert into model_reply (commitment, reply_digest, document_id, body, position)
    values (:commitment, :reply_digest, :document_id, :body, :position)
"""


def apply_server(db: Database, entry: Recorded) -> None:
    """Project ``model.allowed/1`` and ``model.forbidden/1``."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("address", "model", "why")}
    verdict = entry.kind.removeprefix("model.").partition("/")[0]
    db.execute(_SET_SERVER, {**row, "verdict": verdict, "position": entry.position})


def apply_reply(db: Database, entry: Recorded) -> None:
    """Project ``model.replied/1``."""
    reply = msgspec.convert(entry.fields, ModelReply)
    row = {
        "commitment": entry.commitment,
        "reply_digest": reply.digest,
        "document_id": reply.document,
        "body": canonical(reply.fields).decode("utf-8"),
        "position": entry.position,
    }
    db.execute(_ADD_REPLY, row)
