"""How entries about originals, parts and texts become rows."""

from affiant.log.canon import canonical
from affiant.store.database import Database
from affiant.store.recorded import Recorded

_ADD_CUSTODY = """
    insert into custody
        (position, digest, event, name, path, obtained_from, how, at, actor, conditions, held_at,
         received, detail)
    values
        (:position, :digest, :event, :name, :path, :obtained_from, :how, :at, :actor, :conditions,
         :held_at, :received, :detail)
"""
_ADD_DOCUMENT = """
    insert or ignore into document
        (document_id, container, member, digest, blake3, size, media_type, name, position, about)
    values
        (:document_id, :container, :member, :digest, :blake3, :size, :media_type, :name, :position,
         :about)
"""
_ADD_TEXT = """
    insert into text
        (text_digest, document_id, length, encoding, replaced, surrogates, tool, version,
         settings, isolation, paragraphs, root, secret, position, pages, regions, person, corrects)
    values
        (:text, :document, :length, :encoding, :replaced, :surrogates, :tool, :version,
         :settings, :isolation, :paragraphs, :root, :secret, :position, :pages, :regions, :person,
         :corrects)
"""
_ADD_UNREAD = """
    insert into unread (document_id, code, isolation, position)
    values (:document, :code, :isolation, :position)
"""


def apply_original(db: Database, entry: Recorded) -> None:
    """Project ``original.added/1`` and ``original.handled/1``."""
    fields = entry.fields or {}
    obtained = fields["obtained"] or {}
    custody = {
        "position": entry.position,
        "digest": fields["digest"],
        "event": fields["event"],
        "name": fields["name"],
        "path": fields["path"],
        "obtained_from": obtained.get("from"),
        "how": obtained.get("how"),
        "at": entry.at,
        "actor": entry.actor,
        "conditions": obtained.get("conditions"),
        "held_at": obtained.get("held_at"),
        "received": obtained.get("received"),
        "detail": _json(fields.get("detail")),
    }
    db.execute(_ADD_CUSTODY, custody)
    if entry.kind != "original.added/1":
        return
    document = {
        "document_id": fields["digest"],
        "container": None,
        "member": None,
        "digest": fields["digest"],
        "blake3": fields["blake3"],
        "size": fields["size"],
        "media_type": fields["media_type"],
        "name": fields["name"],
        "position": entry.position,
        "about": None,
    }
    db.execute(_ADD_DOCUMENT, document)


def apply_part(db: Database, entry: Recorded) -> None:
    """Project ``part.listed/1``."""
    fields = entry.fields or {}
    part = {
        "document_id": fields["document"],
        "container": fields["container"],
        "member": fields["member"],
        "digest": fields["digest"],
        "blake3": None,
        "size": fields["size"],
        "media_type": fields["media_type"],
        "name": fields["member"].rpartition("/")[2],
        "position": entry.position,
        "about": _json(fields.get("about")),
    }
    db.execute(_ADD_DOCUMENT, part)


def apply_text(db: Database, entry: Recorded) -> None:
    """Project ``text.read/1`` and ``text.transcribed/1``."""
    fields = entry.fields or {}
    names = ("text", "document", "length", "encoding", "replaced", "surrogates", "tool")
    row = {name: fields[name] for name in (*names, "version", "settings", "isolation", "secret")}
    row["paragraphs"] = fields["paragraphs"]["count"]
    row["root"] = fields["paragraphs"]["root"]
    row["pages"] = _json(fields.get("pages") or [])
    row["regions"] = _json(fields.get("regions") or [])
    row["person"] = fields.get("person")
    row["corrects"] = fields.get("corrects")
    db.execute(_ADD_TEXT, {**row, "position": entry.position})


def _json(value: object) -> str | None:
    """Return a value of a body as canonical JSON text; None stays None."""
    return None if value is None else canonical(value).decode("utf-8")


def apply_unread(db: Database, entry: Recorded) -> None:
    """Project ``text.unread/1``."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("document", "code", "isolation")}
    db.execute(_ADD_UNREAD, {**row, "position": entry.position})
