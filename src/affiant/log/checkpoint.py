"""Checkpoints: a signed size and root, which leave the device and are remembered.

Source: C2SP signed-note and tlog-checkpoint; Ed25519 signatures (type 0x01).
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from affiant.errors import IntegrityError
from affiant.log.keys import SIGNATURE_BYTES, SigningKey, signature_holds
from affiant.log.tree import TreeHead

_KEY_NAME = re.compile(r"affiant/key/([0-9a-f]{64})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


def origin_of(case: str) -> str:
    """Return the origin line of a case's log."""
    return f"affiant/case/{case}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A signed note over size and root of a case's log.

    Attributes:
        case: The case's id.
        head: Size and root.
        note: The whole note, text and signature lines.
        signers: Public keys, hex, whose signatures over the text hold.
    """

    case: str
    head: TreeHead
    note: str
    signers: tuple[str, ...]


def note_text(case: str, *, head: TreeHead) -> str:
    """Return the text of the note that is signed, its last newline included."""
    return f"{origin_of(case)}\n{head.size}\n{base64.b64encode(head.root).decode('ascii')}\n"


def key_id(public: str) -> bytes:
    """Return the four bytes by which a note's signature line names a key."""
    name = f"affiant/key/{public}".encode("ascii")
    return sha256(name + b"\n\x01" + bytes.fromhex(public)).digest()[:4]


def sign_checkpoint(case: str, *, head: TreeHead, key: SigningKey) -> Checkpoint:
    """Sign size and root of a case's log."""
    text = note_text(case, head=head)
    seal = base64.b64encode(key_id(key.public) + key.sign(text.encode("utf-8"))).decode("ascii")
    note = f"{text}\n\u2014 affiant/key/{key.public} {seal}\n"
    return Checkpoint(case=case, head=head, note=note, signers=(key.public,))


def read_checkpoint(note: str) -> Checkpoint:
    """Read a note and check its signatures; lines of kinds unknown here are passed over.

    Raises:
        IntegrityError: Not a checkpoint, another spelling of one, or a signature that
            does not hold, or none at all.
    """
    text, blank, tail = note.partition("\n\n")
    lines = text.split("\n")
    if not blank or len(lines) != 3 or not tail.endswith("\n"):
        raise _broken("it does not have the three lines and the signatures of a checkpoint")
    origin, size, root = lines
    case = origin.removeprefix("affiant/case/")
    if origin != origin_of(case) or not re.fullmatch(r"[0-9a-f]{32}", case):
        raise _broken("its first line names no case")
    if not _SIZE.fullmatch(size):
        raise _broken("its second line is not a size")
    head = TreeHead(int(size), _decode(root, length=32))
    signers = _signers(tail[:-1].split("\n"), text=text + "\n")
    return Checkpoint(case=case, head=head, note=note, signers=signers)


def _signers(lines: Sequence[str], *, text: str) -> tuple[str, ...]:
    """Return the keys whose signatures hold; refuse one of ours that does not."""
    found = []
    for line in lines:
        dash, _, rest = line.partition(" ")
        name, _, seal = rest.partition(" ")
        if dash != "\u2014" or not name or not seal:
            raise _broken("a signature line is malformed")
        match = _KEY_NAME.fullmatch(name)
        if match is None:
            raise _broken("a signature line names a key of a kind that is not known here")
        public = match[1]
        data = _decode(seal, length=4 + SIGNATURE_BYTES)
        if data[:4] != key_id(public) or not signature_holds(
            text.encode("utf-8"), signature=data[4:], public=public
        ):
            raise _broken("a signature does not hold")
        found.append(public)
    if not found or len(set(found)) != len(found):
        raise _broken("it is not signed, or twice by one key")
    return tuple(found)


def _decode(text: str, *, length: int) -> bytes:
    """Return the bytes of base64 text in its one canonical spelling."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as problem:
        raise _broken("it holds something that is not base64") from problem
    if len(data) != length or base64.b64encode(data).decode("ascii") != text:
        raise _broken("it holds base64 of another length or spelling")
    return data


def _broken(problem: str) -> IntegrityError:
    return IntegrityError(
        f"the checkpoint is not valid: {problem}",
        remedy="Compare it with a checkpoint that you gave to somebody else.",
    )
