"""Two small files for people: that one entry stands in a log, and that a log only grew.

Each is one canonical JSON object that brings its signed checkpoints along, so that it can be
checked by itself. It binds what it shows to a root; whose root that is, only a pin tells.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from affiant.errors import IntegrityError
from affiant.log.canon import canonical, parse_canonical
from affiant.log.checkpoint import Checkpoint, read_checkpoint
from affiant.log.entry import Entry, Header
from affiant.log.tree import is_consistent, root_from_path

ITEM_PROOF: Final = "affiant/item-proof/1"
EXTENSION_PROOF: Final = "affiant/extension-proof/1"
_HEX64 = re.compile(r"[0-9a-f]{64}")
_HEX128 = re.compile(r"[0-9a-f]{128}")
_LARGEST = 2**53 - 1
_LONGEST_PATH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProof:
    """That an entry is the leaf at one place of the tree that a checkpoint signs.

    Attributes:
        entry: Without body where it is not opened; with some fields where only those are.
        position: The leaf's place, from 0.
        path: Its audit path, lowest sibling first.
        checkpoint: Signed, over size and root of the tree.
    """

    entry: Entry
    position: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def check(self) -> Header:
        """Confirm signatures, what is opened, and the path to the signed root.

        Raises:
            IntegrityError: Naming what does not hold.
        """
        header = self.entry.check()
        if header.case != self.checkpoint.case:
            raise _broken("the entry belongs to another case than the checkpoint")
        root = root_from_path(
            self.entry.leaf(),
            index=self.position,
            size=self.checkpoint.head.size,
            path=self.path,
        )
        if root != self.checkpoint.head.root:
            raise _broken("the audit path does not lead to the root that the checkpoint signs")
        return header

    def encode(self) -> bytes:
        """Return the file's bytes."""
        entry = self.entry
        fields: dict[str, object] = {
            "format": ITEM_PROOF,
            "header": entry.header.decode("utf-8"),
            "signature": entry.signature.hex(),
            "position": self.position,
            "path": [step.hex() for step in self.path],
            "checkpoint": self.checkpoint.note,
        }
        if entry.body is not None:
            fields["body"] = entry.body.decode("utf-8")
        if entry.salt is not None:
            fields["salt"] = entry.salt.hex()
        if entry.opening is not None:
            fields["opening"] = entry.opening.decode("utf-8")
        return canonical(fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionProof:
    """That the log of a later checkpoint begins with the whole log of an earlier one.

    Attributes:
        earlier: Signed.
        later: Signed.
        path: The consistency proof between them.
    """

    earlier: Checkpoint
    later: Checkpoint
    path: tuple[bytes, ...]

    def check(self) -> None:
        """Confirm that one log grew from the other.

        Raises:
            IntegrityError: It is another case, or another history.
        """
        if self.earlier.case != self.later.case:
            raise _broken("the two checkpoints are of two cases")
        if not is_consistent(self.earlier.head, new=self.later.head, path=self.path):
            raise _broken("the later log does not begin with the earlier one")

    def encode(self) -> bytes:
        """Return the file's bytes."""
        return canonical(
            {
                "format": EXTENSION_PROOF,
                "earlier": self.earlier.note,
                "later": self.later.note,
                "path": [step.hex() for step in self.path],
            }
        )


_ALWAYS = {"format", "header", "signature", "position", "path", "checkpoint"}
_ITEM_FORMS = (
    _ALWAYS,
    _ALWAYS | {"body", "salt"},
    _ALWAYS | {"body", "opening"},
)


def read_proof(data: bytes) -> ItemProof | ExtensionProof:
    """Read a proof strictly; :meth:`check` is still to be called.

    Raises:
        IntegrityError: It is not one, or a checkpoint in it does not hold.
    """
    fields = parse_canonical(data)
    if fields.get("format") == ITEM_PROOF:
        return _item_proof(fields)
    if fields.get("format") == EXTENSION_PROOF:
        return _extension_proof(fields)
    raise _broken("it does not name a format of proof that is known here")


def _item_proof(fields: Mapping[str, Any]) -> ItemProof:
    """Build an item's proof from the file's fields."""
    position = fields.get("position")
    if set(fields) not in _ITEM_FORMS or not isinstance(position, int):
        raise _broken("it has other fields than a proof has")
    if isinstance(position, bool) or not 0 <= position <= _LARGEST:
        raise _broken("it names no position")
    texts = {name: fields[name] for name in set(fields) - {"position", "path", "format"}}
    if not all(isinstance(text, str) for text in texts.values()):
        raise _broken("a field of it has another form than it must have")
    if not _HEX128.fullmatch(texts["signature"]) or not _HEX64.fullmatch(
        texts.get("salt", "0" * 64)
    ):
        raise _broken("its signature or salt is not written in hex")
    opened = {
        name: texts[name].encode("utf-8") if name in texts else None for name in ("body", "opening")
    }
    entry = Entry(
        header=texts["header"].encode("utf-8"),
        signature=bytes.fromhex(texts["signature"]),
        salt=bytes.fromhex(texts["salt"]) if "salt" in texts else None,
        **opened,
    )
    return ItemProof(
        entry=entry,
        position=position,
        path=_path(fields["path"]),
        checkpoint=read_checkpoint(texts["checkpoint"]),
    )


def _extension_proof(fields: Mapping[str, Any]) -> ExtensionProof:
    """Build a proof of extension from the file's fields."""
    earlier, later = fields.get("earlier"), fields.get("later")
    if (
        set(fields) != {"format", "earlier", "later", "path"}
        or not isinstance(earlier, str)
        or not isinstance(later, str)
    ):
        raise _broken("it has other fields than a proof has")
    return ExtensionProof(
        earlier=read_checkpoint(earlier), later=read_checkpoint(later), path=_path(fields["path"])
    )


def _path(steps: Sequence[object]) -> tuple[bytes, ...]:
    """Return the hashes of a path.

    Raises:
        IntegrityError: They are not hashes, or more than any tree needs.
    """
    if not isinstance(steps, list) or len(steps) > _LONGEST_PATH:
        raise _broken("its path is none")
    found = []
    for step in steps:
        if not isinstance(step, str) or not _HEX64.fullmatch(step):
            raise _broken("its path is none")
        found.append(bytes.fromhex(step))
    return tuple(found)


def _broken(problem: str) -> IntegrityError:
    return IntegrityError(
        f"the proof does not hold: {problem}",
        remedy="Keep the file as it is, and ask for another one.",
    )
