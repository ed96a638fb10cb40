"""Proofs of a case's log: made from stored nodes, checked before they are handed out."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from affiant.errors import (
    CaseBusyError,
    IntegrityError,
    NotFoundError,
    StorageError,
    WrongUseError,
)
from affiant.log.checkpoint import Checkpoint
from affiant.log.entry import Entry
from affiant.log.item_proof import ExtensionProof, ItemProof
from affiant.log.nodes import GrownTree, Nodes, audit_path, extension_path
from affiant.store.case import Case

Proof = TypeVar("Proof", ItemProof, ExtensionProof)


def proof_of(case: Case, *, commitment: str, fields: Collection[str] | None = ()) -> ItemProof:
    """Return the proof that one entry stands in the log under its newest checkpoint.

    Args:
        case: Open.
        commitment: Of the entry, 64 hex digits.
        fields: The fields that are opened; None for all of them, empty for none.

    Raises:
        NotFoundError: There is no such entry, or it has no such field.
        IntegrityError: The log does not lead to the checkpoint.
    """
    with case.reading():
        found = case.logbook.find(commitment)
        if found is None:
            raise NotFoundError(
                f"the log has no entry with the commitment {commitment[:16]}…",
                remedy="See 'affiant history list'.",
            )
        position, entry = found
        opened = _opened(entry, fields=fields)
        checkpoint = case.logbook.checkpoint()

        def _make(nodes: Nodes) -> ItemProof:
            path = audit_path(nodes, index=position, size=checkpoint.head.size)
            proof = ItemProof(
                entry=opened, position=position, path=tuple(path), checkpoint=checkpoint
            )
            proof.check()
            return proof

        proof, whole = _made(case, make=_make, size=checkpoint.head.size)
    _mend(case, whole=whole)
    return proof


def extension_of(case: Case, *, earlier: Checkpoint) -> ExtensionProof:
    """Return the proof that the case's newest checkpoint extends an earlier one.

    Raises:
        WrongUseError: The earlier one is over nothing: every log extends it.
        IntegrityError: It is of another case, a newer state, or another history.
    """
    if earlier.head.size == 0:
        raise WrongUseError(
            "every log extends an empty one: there is nothing to prove",
            remedy="Give a checkpoint over at least one entry.",
        )
    with case.reading():
        later = case.logbook.checkpoint()
        if earlier.head.size > later.head.size:
            raise IntegrityError(
                f"the case was rolled back: the checkpoint is over {earlier.head.size} entries, "
                f"and only {later.head.size} are here",
                remedy="Look for the newer copy of the case; work on that.",
            )

        def _make(nodes: Nodes) -> ExtensionProof:
            path = extension_path(nodes, first=earlier.head.size, size=later.head.size)
            proof = ExtensionProof(earlier=earlier, later=later, path=tuple(path))
            proof.check()
            return proof

        proof, whole = _made(case, make=_make, size=later.head.size)
    _mend(case, whole=whole)
    return proof


def _made(case: Case, *, make: Callable[[Nodes], Proof], size: int) -> tuple[Proof, bool]:
    """Make a proof from stored nodes, or where that fails from every entry; say which."""
    try:
        return make(case.tree), True
    except IntegrityError:
        leaves = case.logbook.leaves()
        if len(leaves) != size:
            raise
        return make(GrownTree(leaves)), False


def _mend(case: Case, *, whole: bool) -> None:
    """Store the nodes again where they were wrong and the medium can be written."""
    if whole or case.surroundings.rehearsal:
        return
    try:
        with case.deriving():
            case.tree.renew(case.logbook.leaves())
    except (StorageError, CaseBusyError):
        return  # it cannot be written just now: the proof was made without them


def _opened(entry: Entry, *, fields: Collection[str] | None) -> Entry:
    """Return an entry that shows these fields alone."""
    body = entry.fields()
    if fields is not None and not fields:
        return replace(entry, body=None, salt=None, opening=None)
    if body is None:
        raise NotFoundError(
            "the entry was erased: nothing of it can be opened",
            remedy="Leave --open away; that the entry was recorded can still be proved.",
        )
    if fields is None:
        return entry
    absent = sorted(set(fields) - body.keys())
    if absent:
        raise NotFoundError(
            f"the entry has no field {', '.join(absent)}",
            remedy=f"It has: {', '.join(sorted(body))}.",
        )
    hidden = set(body) - set(fields)
    return entry.without(hidden) if hidden else entry
