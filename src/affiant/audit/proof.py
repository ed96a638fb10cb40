"""Verify a proof of one entry, or that one log grew from another: one small file alone."""

import re
from pathlib import Path
from typing import Final

from affiant.audit.report import Problem, Report
from affiant.errors import AffiantError, IntegrityError
from affiant.log.checkpoint import Checkpoint, read_checkpoint
from affiant.log.item_proof import ExtensionProof, ItemProof, read_proof
from affiant.store.objects import storage_error

_LARGEST: Final = 1 << 26
_SHOWN: Final = 400
_KEY = re.compile(r"[0-9a-f]{64}")


def is_proof(path: Path) -> bool:
    """Tell whether a file is a proof and not a bundle: it begins as a JSON object does."""
    try:
        with path.open("rb") as file:
            return file.read(1) == b"{"
    except OSError as problem:
        raise storage_error(problem, path=path) from problem


def verify_proof(path: Path, *, pin: str | None = None) -> Report:
    """Check a proof against itself and, where one is given, against a pin.

    Args:
        path: The file.
        pin: A public key, 64 hex digits, that must have signed the checkpoint in it; or the
            text of another checkpoint of the case.

    Raises:
        StorageError: The file cannot be read.
    """
    report = Report()
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
    except OSError as problem:
        raise storage_error(problem, path=path) from problem
    try:
        proof = read_proof(data)
        proof.check()
    except AffiantError as problem:
        report.add([Problem(item="proof", kind="form", detail=problem.problem)])
        return report
    if isinstance(proof, ItemProof):
        _tell_item(proof, report=report)
        checkpoints: tuple[Checkpoint, ...] = (proof.checkpoint,)
    else:
        _tell_extension(proof, report=report)
        checkpoints = (proof.earlier, proof.later)
    report.count("checkpoints", by=len(checkpoints))
    if pin is None:
        report.notes.append("consistent, at most: no key was pinned, the signer is not known")
    else:
        _check_pin(pin, checkpoints=checkpoints, report=report)
    return report


def _tell_item(proof: ItemProof, *, report: Report) -> None:
    """Say what one entry is, and what of it is open."""
    header, body = proof.entry.read_header(), proof.entry.fields()
    report.count("entries")
    report.notes.append(
        f"entry {proof.position} of {proof.checkpoint.head.size} of the case {header.case}: "
        f"{header.kind}, signed by {header.actor} at {header.at} by their own clock"
    )
    for name, value in (body or {}).items():
        report.notes.append(f"opened: {name} = {value!r}"[:_SHOWN])
    if body is None:
        report.notes.append("not opened: what the entry says stays with whoever has the case")
    elif proof.entry.opening is not None:
        report.notes.append("the other fields of the entry stay closed, or were erased")
    report.notes.append(
        "whether the signer was admitted to the case, one entry does not show: a bundle does"
    )


def _tell_extension(proof: ExtensionProof, *, report: Report) -> None:
    """Say which log grew from which."""
    first, second = proof.earlier, proof.later
    report.notes.append(
        f"the {second.head.size} entries of the case {second.case} begin with the "
        f"{first.head.size} of the earlier checkpoint, unchanged and in their order"
    )


def _check_pin(pin: str, *, checkpoints: tuple[Checkpoint, ...], report: Report) -> None:
    """Demand a key among the signers, or that a checkpoint be one of these."""
    if _KEY.fullmatch(pin):
        for checkpoint in checkpoints:
            if pin not in checkpoint.signers:
                detail = (
                    f"the pinned key {pin[:16]}… did not sign the checkpoint over "
                    f"{checkpoint.head.size} entries"
                )
                report.add([Problem(item="signer", kind="stranger", detail=detail)])
        return
    try:
        pinned = read_checkpoint(pin)
    except IntegrityError as problem:
        report.add([Problem(item="pinned checkpoint", kind="form", detail=problem.problem)])
        return
    if any(pinned.case != checkpoint.case for checkpoint in checkpoints):
        report.add([Problem(item="pinned checkpoint", kind="stranger", detail="of another case")])
    elif not any(pinned.head.size == checkpoint.head.size for checkpoint in checkpoints):
        sizes = " and ".join(str(checkpoint.head.size) for checkpoint in checkpoints)
        report.not_checked.append(
            f"whether this history is that of the pinned checkpoint: it is over "
            f"{pinned.head.size} entries, this over {sizes}; ask for the proof that "
            "'affiant verify --since CHECKPOINT --output FILE' makes"
        )
    elif all(pinned.head != checkpoint.head for checkpoint in checkpoints):
        detail = f"it has another root over the same {pinned.head.size} entries"
        report.add([Problem(item="pinned checkpoint", kind="forked", detail=detail)])
