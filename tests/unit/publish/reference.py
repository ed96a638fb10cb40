"""A second maker of logs and proofs, for tests: from the format alone, none of our own code.

RFC 6962 trees, salted commitments, Ed25519 signatures, C2SP notes. Keys, salts and secrets
come from labels, so that the same calls give the same bytes.
"""

import base64
import hmac
import json
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from affiant.publish.pages.views import (
    EntryProofView,
    LogProofView,
    OpenedFieldView,
    ParagraphProofView,
    QuoteProofView,
)

CASE = "5f" * 16
ORIGIN = f"affiant/case/{CASE}"


def canonical(value) -> str:
    """RFC 8785 for what stands here: whole numbers, strings, lists, objects with ASCII names."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def root_of(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, by its recursion."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = _cut(len(leaves))
    return sha256(b"\x01" + root_of(leaves[:cut]) + root_of(leaves[cut:])).digest()


def path_of(leaves: list[bytes], place: int) -> list[bytes]:
    """RFC 6962, section 2.1.1, by its recursion."""
    if len(leaves) <= 1:
        return []
    cut = _cut(len(leaves))
    if place < cut:
        return [*path_of(leaves[:cut], place), root_of(leaves[cut:])]
    return [*path_of(leaves[cut:], place - cut), root_of(leaves[:cut])]


def _cut(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def key_of(label: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(f"key {label}".encode()).digest())


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


class Text:
    """A recorded text, its paragraphs salted."""

    def __init__(self, label: str, *, text: str) -> None:
        self.text = text
        self.secret = sha256(f"secret {label}".encode()).digest()
        self.paragraphs = text.splitlines(keepends=True)
        self.leaves = [
            leaf(self.salt(index) + paragraph.encode())
            for index, paragraph in enumerate(self.paragraphs)
        ]
        self.position = -1

    def salt(self, index: int) -> bytes:
        return hmac.digest(self.secret, index.to_bytes(8, "big"), "sha256")

    def place(self, exact: str) -> tuple[int, int]:
        """Number of the paragraph that holds ``exact``, and the offset in it."""
        for index, paragraph in enumerate(self.paragraphs):
            if exact in paragraph:
                return index, paragraph.index(exact)
        raise AssertionError(f"{exact!r} does not stand in one paragraph")


class Log:
    """A log under construction, then its proofs."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, bytes, dict, bytes]] = []

    @property
    def leaves(self) -> list[bytes]:
        return [leaf(header.encode() + signature) for header, signature, _, _ in self.entries]

    def append(self, kind: str, *, body: dict, by: str) -> int:
        """Append a signed entry; return its position."""
        key, position = key_of(by), len(self.entries)
        salt = sha256(f"salt {position}".encode()).digest()
        header = canonical(
            {
                "v": 1,
                "case": CASE,
                "after": {"size": position, "root": root_of(self.leaves).hex()},
                "at": f"2031-05-03T10:{position:02d}:00Z",
                "kind": kind,
                "actor": public(key),
                "commitment": sha256(canonical(_fields(body, salt)).encode()).hexdigest(),
            }
        )
        self.entries.append((header, key.sign(header.encode()), body, salt))
        return position

    def read(self, text: Text) -> None:
        """Append the entry that records a text."""
        body = {
            "digest": "sha256:" + sha256(text.text.encode()).hexdigest(),
            "paragraphs": {"count": len(text.paragraphs), "root": root_of(text.leaves).hex()},
            "secret": text.secret.hex(),
        }
        text.position = self.append("text.read/1", body=body, by="reader")

    def entry(self, position: int, *, opened: tuple[str, ...]) -> EntryProofView:
        header, signature, body, salt = self.entries[position]
        return EntryProofView(
            header=header,
            signature=signature.hex(),
            position=position,
            fields=_fields(body, salt),
            opened={
                name: OpenedFieldView(salt=_salt(salt, name).hex(), value=canonical(body[name]))
                for name in opened
            },
            path=tuple(each.hex() for each in path_of(self.leaves, position)),
        )

    def quote(self, slot: str, *, exact: str, text: Text) -> QuoteProofView:
        index, start = text.place(exact)
        return QuoteProofView(
            slot=slot,
            exact=exact,
            paragraph=ParagraphProofView(
                index=index,
                count=len(text.paragraphs),
                text=text.paragraphs[index],
                start=start,
                salt=text.salt(index).hex(),
                path=tuple(each.hex() for each in path_of(text.leaves, index)),
                text_entry=self.entry(text.position, opened=("paragraphs",)),
            ),
        )

    def proof(self) -> LogProofView:
        root = root_of(self.leaves)
        note = f"{ORIGIN}\n{len(self.entries)}\n{base64.b64encode(root).decode()}\n"
        key = key_of("keeper")
        name = f"affiant/key/{public(key)}"
        short = sha256(f"{name}\n".encode() + b"\x01" + bytes.fromhex(public(key))).digest()[:4]
        seal = base64.b64encode(short + key.sign(note.encode())).decode()
        return LogProofView(
            size=len(self.entries),
            root=root.hex(),
            checkpoint=f"{note}\n\u2014 {name} {seal}\n",
            origin=ORIGIN,
        )


def _salt(salt: bytes, name: str) -> bytes:
    return hmac.digest(salt, name.encode(), "sha256")


def _fields(body: dict, salt: bytes) -> dict[str, str]:
    """Field to digest."""
    return {
        name: sha256(_salt(salt, name) + canonical(value).encode()).hexdigest()
        for name, value in body.items()
    }
