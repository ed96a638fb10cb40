"""Proof without exposure: one paragraph is shown to stand in a text, and nothing else of it.

A paragraph ends after each U+000A; what follows the last one is a paragraph too, unless it
is empty. Joined, the paragraphs are the text.
"""

import hmac

from affiant.log.tree import EMPTY_ROOT, inclusion_path, leaf_hash, root_of


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each with its line feed."""
    pieces = text.split("\n")
    paragraphs = [piece + "\n" for piece in pieces[:-1]]
    if pieces[-1]:
        paragraphs.append(pieces[-1])
    return paragraphs


def paragraph_salt(secret: bytes, *, index: int) -> bytes:
    """Return the salt of one paragraph: HMAC-SHA-256 of its index, 8 bytes, big-endian."""
    return hmac.digest(secret, index.to_bytes(8, "big"), "sha256")


def paragraph_leaves(text: str, *, secret: bytes) -> list[bytes]:
    """Return the leaf hashes over salt and UTF-8 bytes of each paragraph."""
    return [
        leaf_hash(paragraph_salt(secret, index=index) + paragraph.encode("utf-8"))
        for index, paragraph in enumerate(split_paragraphs(text))
    ]


def paragraph_root(text: str, *, secret: bytes) -> bytes:
    """Return the RFC 6962 root over a text's paragraphs."""
    leaves = paragraph_leaves(text, secret=secret)
    return root_of(leaves) if leaves else EMPTY_ROOT


def paragraph_path(text: str, *, secret: bytes, index: int) -> list[bytes]:
    """Return the audit path of one paragraph in its text."""
    return inclusion_path(paragraph_leaves(text, secret=secret), index=index)


def paragraph_at(text: str, *, offset: int) -> tuple[int, int]:
    """Return index and start of the paragraph that holds the character at ``offset``.

    Raises:
        ValueError: The text has no such character.
    """
    if not 0 <= offset < len(text):
        raise ValueError(f"a text of {len(text)} characters has none at {offset}")
    index = text.count("\n", 0, offset)
    return index, text.rfind("\n", 0, offset) + 1
