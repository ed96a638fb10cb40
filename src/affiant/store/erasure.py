"""Erasure: a body and its salt go, and everything derived; all other proofs still hold."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from affiant.errors import NotFoundError, WrongUseError
from affiant.log.entry import Entry
from affiant.log.keys import SigningKey
from affiant.store.case import OUT, Case, finish_erasures
from affiant.store.recorded import Recorded

NEVER: Final = frozenset(
    {
        *("case.opened/1", "key.admitted/1", "key.rotated/1", "key.revoked/1", "stamp.obtained/1"),
        *("entry.erased/1", "decision.undone/1", "release.made/1"),
    }
)
ERASABLE_FIELDS: Final = frozenset(
    {
        *("name", "path", "obtained", "detail", "about", "person", "why", "note", "notes", "fate"),
        *("author", "publisher", "interests"),
    }
)
ABOUT: Final = "about"
_IDS: Final = (*("claim_id", "person_id", "source_id", "knower_id", "incident_id", "estimate_id"),)
_OPENERS: Final = frozenset(
    {"source.declared/1", "knower.declared/1", "person.opened/1", "person.joined/1"}
)
_CONDEMN = "insert or ignore into condemned (path) values (:path)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What an erasure took away.

    Attributes:
        commitments: Of the entries whose bodies, or fields, are gone.
        files: Originals and texts that were removed, relative to the case.
        out: True where published copies in ``out/`` were removed with it.
    """

    commitments: tuple[str, ...]
    files: tuple[str, ...]
    out: bool


def erase(
    case: Case, *, item: str, why: str, key: SigningKey, fields: Collection[str] = ()
) -> Erasure:
    """Erase what the case holds under an id, or some fields of one entry.

    Args:
        case: Open for writing.
        item: Id of a document, claim, person, source, knower or incident, or the
            commitment of an entry.
        why: Stays readable in the log: it must not say what is erased.
        key: Of whoever erases.
        fields: Only these fields of one entry; empty for everything.

    Raises:
        NotFoundError: The case holds nothing under this id.
        WrongUseError: What the id means must stay for the log to be checked.
    """
    with case.writing(key) as pen:
        entries = _entries_of(case, item=item, fields=fields)
        documents = {
            row.document_id for row in case.documents.all() if _is_part(row.document_id, item=item)
        }
        files = list(_files_of(case, documents=documents)) if not fields else []
        commitments = sorted(entry.commitment for entry in entries)
        body = {"commitments": commitments, "fields": sorted(fields) or None, "why": why}
        pen.record("entry.erased/1", body=body)
        for entry in entries:
            _take_away(case, recorded=entry, fields=fields)
        for path in (*files, OUT):
            case.db.execute(_CONDEMN, {"path": path})
        _forget_derived(case, documents=documents, entries=entries)
        case.rebuild()
    published = any((case.folder / OUT).glob("*"))
    finish_erasures(case)
    case.db.execute("pragma wal_checkpoint(truncate)")
    return Erasure(commitments=tuple(commitments), files=tuple(files), out=published)


def _entries_of(case: Case, *, item: str, fields: Collection[str]) -> list[Recorded]:
    """Return the entries that an id stands for."""
    recorded = list(case.logbook.recorded())
    names = {item, *case.claims.names_of(item)}
    found = [entry for entry in recorded if any(_is_about(entry, item=name) for name in names)]
    found += _from_same_suggestion(recorded, found=found)
    found += _on_claims_of(recorded, found=found, item=item)
    found += [] if fields else _replies_seen(recorded, found=found)
    if not found:
        raise NotFoundError(
            f"the case holds nothing to erase under {item!r}",
            remedy="Give a whole id, as 'affiant history' or 'claim list' shows it.",
        )
    if set(fields) == {ABOUT}:  # whose messages these are, for all parts of a container at once
        found = [entry for entry in found if ABOUT in (entry.fields or {})] or found[:1]
    elif fields and (len(found) != 1 or not set(fields) <= ERASABLE_FIELDS):
        raise WrongUseError(
            "single fields are erased from one entry, and only: "
            + ", ".join(sorted(ERASABLE_FIELDS)),
            remedy="Give the entry's commitment, as 'affiant history' shows it.",
        )
    absent = set(fields) - (found[0].fields or {}).keys()
    if absent:
        raise NotFoundError(
            f"{found[0].kind} has no field to erase: {', '.join(sorted(absent))}",
            remedy="Name fields that the entry has and that were not erased yet.",
        )
    lasting = [entry.kind for entry in found if entry.kind in NEVER]
    if lasting and not fields:
        raise WrongUseError(
            f"{lasting[0]} must stay for the log to be checked",
            remedy="Erase its name alone: --field name.",
        )
    return found


def _replies_seen(recorded: Collection[Recorded], *, found: Collection[Recorded]) -> list[Recorded]:
    """Return the entries with the models' replies that erased decisions saw."""
    seen = {(entry.fields or {}).get("reply") for entry in found} - {None}
    known = {entry.position for entry in found}
    return [entry for entry in recorded if entry.commitment in seen and entry.position not in known]


def _on_claims_of(
    recorded: Collection[Recorded], *, found: Collection[Recorded], item: str
) -> list[Recorded]:
    """Return what else was decided on the claims that fall with a document."""
    claims = {
        (entry.fields or {}).get("claim_id")
        for entry in found
        if entry.kind.startswith("claim.") and item.startswith("sha256:")
    } - {None}
    known = {entry.position for entry in found}
    return [
        entry
        for entry in recorded
        if entry.position not in known and (entry.fields or {}).get("claim_id") in claims
    ]


def _from_same_suggestion(
    recorded: Collection[Recorded], *, found: Collection[Recorded]
) -> list[Recorded]:
    """Return the codings and seeded errors that say what erased claims said, or nearly so."""
    known = {entry.position for entry in found}
    suggestions = {
        (entry.fields or {}).get("suggestion") for entry in found if entry.kind.startswith("claim.")
    } - {None, ""}
    return [
        entry
        for entry in recorded
        if entry.position not in known
        and entry.kind in ("coding.taken_in/1", "seed.decided/1")
        and not suggestions.isdisjoint(
            {(entry.fields or {}).get("coding"), (entry.fields or {}).get("suggestion")}
        )
    ]


def _is_about(entry: Recorded, *, item: str) -> bool:
    """Tell whether an entry falls with an id."""
    if entry.commitment == item:
        return True
    fields = entry.fields
    if fields is None or entry.kind in NEVER:
        return False
    if item.startswith("sha256:"):
        named = [name for name in _names_of(fields) if isinstance(name, str)]
        return any(_is_part(name, item=item) for name in named)
    holds = any(fields.get(name) == item for name in _IDS)
    falls = entry.kind.startswith(("claim.", "incident.", "estimate."))
    return holds and (falls or entry.kind in _OPENERS)


def _names_of(fields: Mapping[str, Any]) -> tuple[object, ...]:
    """Return the documents that a body names."""
    published = str(fields.get("item") or "").removeprefix("document:")
    return fields.get("document"), fields.get("digest"), fields.get("of"), published


def _is_part(document_id: str, *, item: str) -> bool:
    """Tell whether a document is the item or a part of it."""
    return document_id == item or document_id.startswith(f"{item}!")


def _files_of(case: Case, *, documents: Collection[str]) -> Iterator[str]:
    """Yield the files that only these documents need, relative to the case."""
    for document_id in documents:
        row = case.documents.find(document_id)
        if row is not None and row.container is None:
            yield case.originals.path(row.digest).relative_to(case.folder).as_posix()
    for text_digest in _texts_of(case, documents=documents):
        yield case.texts.path(text_digest).relative_to(case.folder).as_posix()


def _texts_of(case: Case, *, documents: Collection[str]) -> list[str]:
    """Return the texts that these documents have and no other has."""
    gone = set(documents)
    texts = case.documents.texts()
    kept = {text.text_digest for text in texts if text.document_id not in gone}
    found = {text.text_digest for text in texts if text.document_id in gone}
    return sorted(found - kept)


def _take_away(case: Case, *, recorded: Recorded, fields: Collection[str]) -> None:
    """Remove a body and its salt, or some of its fields."""
    found = case.logbook.find(recorded.commitment)
    if found is None or found[1].body is None:
        return
    entry = found[1]
    left = (
        entry.without(fields)
        if fields
        else Entry(header=entry.header, signature=entry.signature, body=None, salt=None)
    )
    case.logbook.replace_body(left, commitment=recorded.commitment)


def _forget_derived(
    case: Case, *, documents: Collection[str], entries: Collection[Recorded]
) -> None:
    """Remove suggestions, hints and search passages of what is erased."""
    for text_digest in _texts_of(case, documents=documents):
        case.derived.forget_text(text_digest)
    for document_id in documents:
        case.derived.forget(document_id)
        case.models.forget(document_id)
    for entry in entries:
        if entry.kind == "part.listed/1":  # what the part's hints were taken from
            case.derived.forget_hint(str((entry.fields or {}).get("document")))
    for entry in entries:
        suggestion = (entry.fields or {}).get("suggestion")
        if suggestion:
            case.models.forget_of(suggestion)
            case.derived.forget_suggestion(suggestion)
