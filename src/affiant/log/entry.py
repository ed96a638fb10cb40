"""Entries: one recorded act each, signed by whoever did it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from affiant.errors import IntegrityError
from affiant.log.canon import canonical, parse_canonical
from affiant.log.commitment import (
    check_body,
    check_opening,
    commit,
    field_digest,
    field_digests,
    field_salt,
)
from affiant.log.keys import SIGNATURE_BYTES, SigningKey, signature_holds
from affiant.log.tree import TreeHead, leaf_hash

FORMAT = 1
_HEX64 = re.compile(r"[0-9a-f]{64}")
_HEX32 = re.compile(r"[0-9a-f]{32}")
_KIND = re.compile(r"[a-z_]+\.[a-z_]+/[1-9][0-9]*")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
_FIELDS = {"v", "case", "after", "at", "kind", "actor", "commitment"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What everybody may see of an entry.

    Attributes:
        case: The case's random id, 32 hex digits.
        after: The checkpoint that the signer had last seen.
        at: The signer's own clock, UTC, RFC 3339 with ``Z``; a claim, not a proof.
        kind: What was done, with its version: ``claim.accepted/1``.
        actor: The signer's raw Ed25519 public key, 64 hex digits.
        commitment: Binds the body, 64 hex digits.
    """

    case: str
    after: TreeHead
    at: str
    kind: str
    actor: str
    commitment: str

    def encode(self) -> bytes:
        """Return the canonical bytes that are signed."""
        return canonical(
            {
                "v": FORMAT,
                "case": self.case,
                "after": {"size": self.after.size, "root": self.after.root.hex()},
                "at": self.at,
                "kind": self.kind,
                "actor": self.actor,
                "commitment": self.commitment,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One recorded act as it is stored.

    Attributes:
        header: Canonical bytes.
        signature: 64 bytes, Ed25519 by the actor over ``header``.
        body: Canonical bytes of the fields; None where erased.
        salt: 32 random bytes; None where the body or a field of it was erased.
        opening: Canonical bytes of ``{digests, salts}`` where only some fields are left.
    """

    header: bytes
    signature: bytes
    body: bytes | None
    salt: bytes | None
    opening: bytes | None = None

    def leaf(self) -> bytes:
        """Return the hash of the entry's leaf: header, then signature."""
        return leaf_hash(self.header + self.signature)

    def read_header(self) -> Header:
        """Return the header's fields.

        Raises:
            IntegrityError: The header is not one.
        """
        return decode_header(self.header)

    def fields(self) -> dict[str, Any] | None:
        """Return the body's fields, or None where they were erased."""
        return None if self.body is None else parse_canonical(self.body)

    def check(self) -> Header:
        """Confirm header, signature and, where there is one, body; return the header.

        Raises:
            IntegrityError: Naming which of the three is not what was signed.
        """
        header = self.read_header()
        if not self.is_signed_by(header.actor):
            raise _broken("the signature is not the actor's over this header")
        self.check_body(header.commitment)
        return header

    def is_signed_by(self, public: str) -> bool:
        """Tell whether the signature is this key's over the header."""
        return len(self.signature) == SIGNATURE_BYTES and signature_holds(
            self.header, signature=self.signature, public=public
        )

    def check_body(self, commitment: str) -> None:
        """Confirm the body, whole or in part, or that nothing of it is left.

        Raises:
            IntegrityError: It is not what the commitment binds.
        """
        if self.body is None:
            if self.salt is not None or self.opening is not None:
                raise _broken("the body is missing")
        elif self.salt is not None and self.opening is None:
            check_body(parse_canonical(self.body), salt=self.salt, commitment=commitment)
        elif self.salt is None and self.opening is not None:
            opening = _read_opening(self.opening)
            check_opening(parse_canonical(self.body), opening=opening, commitment=commitment)
        else:
            raise _broken("the body's salt is missing")

    def without(self, fields: Collection[str]) -> "Entry":
        """Return the entry with these fields of its body erased, the rest still provable.

        Raises:
            IntegrityError: The body is gone already.
        """
        body = self.fields()
        if body is None:
            raise _broken("the body was erased already")
        if self.salt is not None:
            digests = field_digests(body, salt=self.salt)
            salts = {field: field_salt(self.salt, field=field).hex() for field in body}
        else:
            held = _read_opening(self.opening or b"{}")
            salts, digests = dict(held["salts"]), dict(held["digests"])
            for field, value in body.items():
                digests[field] = field_digest(canonical(value), salt=bytes.fromhex(salts[field]))
        kept = {field: value for field, value in body.items() if field not in fields}
        opening = {
            "digests": {name: digest for name, digest in digests.items() if name not in kept},
            "salts": {name: salts[name] for name in kept},
        }
        return replace(self, body=canonical(kept), salt=None, opening=canonical(opening))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """What an entry's header takes from its surroundings.

    Attributes:
        key: The actor's key.
        case: The case's id.
        after: The checkpoint last seen.
        at: The clock's reading, UTC, RFC 3339 with ``Z``.
    """

    key: SigningKey
    case: str
    after: TreeHead
    at: str


def sign_entry(body: Mapping[str, object], *, kind: str, salt: bytes, signer: Signer) -> Entry:
    """Make an entry of ``kind`` with this body, signed by the actor."""
    header = Header(
        case=signer.case,
        after=signer.after,
        at=signer.at,
        kind=kind,
        actor=signer.key.public,
        commitment=commit(body, salt=salt),
    ).encode()
    decode_header(header)
    return Entry(
        header=header, signature=signer.key.sign(header), body=canonical(dict(body)), salt=salt
    )


def _read_opening(data: bytes) -> dict[str, dict[str, str]]:
    """Read which fields are left and which are gone.

    Raises:
        IntegrityError: It has another form.
    """
    opening = parse_canonical(data)
    if set(opening) != {"digests", "salts"} or not all(
        isinstance(table, dict)
        and all(isinstance(text, str) and _HEX64.fullmatch(text) for text in table.values())
        for table in opening.values()
    ):
        raise _broken("the list of erased fields has another form than it must have")
    return opening


@lru_cache(maxsize=8)
def decode_header(data: bytes) -> Header:
    """Read a header strictly.

    Raises:
        IntegrityError: A field is missing, unknown or of another form.
    """
    fields = parse_canonical(data)
    if set(fields) != _FIELDS or fields["v"] != FORMAT or isinstance(fields["v"], bool):
        raise _broken("the header has other fields than a header of this format")
    after = fields["after"]
    if not isinstance(after, dict) or set(after) != {"size", "root"}:
        raise _broken("the header names no checkpoint")
    size = after["size"]
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise _broken("the header names no checkpoint")
    forms = (
        (_HEX32, fields["case"]),
        (_HEX64, after["root"]),
        (_AT, fields["at"]),
        (_KIND, fields["kind"]),
        (_HEX64, fields["actor"]),
        (_HEX64, fields["commitment"]),
    )
    if not all(isinstance(text, str) and form.fullmatch(text) for form, text in forms):
        raise _broken("a field of the header has another form than it must have")
    return Header(
        case=fields["case"],
        after=TreeHead(size, bytes.fromhex(after["root"])),
        at=fields["at"],
        kind=fields["kind"],
        actor=fields["actor"],
        commitment=fields["commitment"],
    )


def _broken(problem: str) -> IntegrityError:
    return IntegrityError(
        problem, remedy="Stop work, copy the folder as it is, compare it with your last bundle."
    )
