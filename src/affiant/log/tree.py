"""The Merkle tree over the entries.

Source: RFC 6962, section 2.1: SHA-256, leaves prefixed 0x00, nodes 0x01; the root of an
empty tree is the hash of the empty string.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, *, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """The root of a perfect subtree: leaves ``at * 2**level`` to ``(at + 1) * 2**level``.

    Attributes:
        level: 0 for a leaf.
        at: Which one of its level, from 0.
        hash: 32 bytes.
    """

    level: int
    at: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """The least of a tree that one must keep to append to it.

    Attributes:
        size: How many leaves the tree has.
        peaks: Roots of its perfect subtrees, largest first; one for each bit of ``size``.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> "Frontier":
        """Return the frontier after one more leaf hash."""
        return self.grow(leaf)[0]

    def grow(self, leaf: bytes) -> tuple["Frontier", list[Node]]:
        """Return the frontier after one more leaf hash, and the inner nodes it completes."""
        peaks, carry, nodes = list(self.peaks), leaf, []
        rest, level = self.size, 0
        while rest & 1:
            carry = node_hash(peaks.pop(), right=carry)
            rest >>= 1
            level += 1
            nodes.append(Node(level, rest, carry))
        return Frontier(self.size + 1, (*peaks, carry)), nodes

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self.peaks:
            return EMPTY_ROOT
        peaks = list(self.peaks)
        found = peaks.pop()
        while peaks:
            found = node_hash(peaks.pop(), right=found)
        return found

    def encode(self) -> bytes:
        """Return the peaks, one after the other, 32 bytes each."""
        return b"".join(self.peaks)

    @classmethod
    def decode(cls, data: bytes, *, size: int) -> "Frontier":
        """Build a frontier from what :meth:`encode` returned.

        Raises:
            ValueError: The length does not fit the size.
        """
        if len(data) != 32 * size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks")
        return cls(size, tuple(data[at : at + 32] for at in range(0, len(data), 32)))


def frontier_of(leaves: Iterable[bytes]) -> Frontier:
    """Return the frontier of a tree over these leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over these leaf hashes."""
    return frontier_of(leaves).root()


class TreeLevels:
    """Every node of a tree, so that many paths can be had of it."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(_level_above(self._levels[-1]))

    def path(self, index: int) -> list[bytes]:
        """Return the audit path of the leaf at ``index``, lowest sibling first.

        Raises:
            ValueError: There is no such leaf.

        Source: RFC 6962, section 2.1.1.
        """
        if not 0 <= index < len(self._levels[0]):
            raise ValueError(f"leaf {index} is not in a tree of {len(self._levels[0])}")
        path, at = [], index
        for level in self._levels[:-1]:
            if at ^ 1 < len(level):
                path.append(level[at ^ 1])
            at >>= 1
        return path


def inclusion_path(leaves: Sequence[bytes], *, index: int) -> list[bytes]:
    """Return the audit path of one leaf; see :class:`TreeLevels` for many."""
    return TreeLevels(leaves).path(index)


def _level_above(level: list[bytes]) -> list[bytes]:
    """Return the next level; a node without a sibling moves up unchanged."""
    above = [node_hash(level[at], right=level[at + 1]) for at in range(0, len(level) - 1, 2)]
    if len(level) % 2:
        above.append(level[-1])
    return above


def root_from_path(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that an audit path leads to, or None where the path cannot fit.

    Source: RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(sibling, right=found)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            found = node_hash(found, right=sibling)
        at >>= 1
        last >>= 1
    return found if last == 0 else None


def consistency_path(leaves: Sequence[bytes], *, first: int) -> list[bytes]:
    """Return the proof that the tree over ``leaves`` extends its first ``first`` leaves.

    Raises:
        ValueError: ``first`` is not between 1 and the number of leaves.

    Source: RFC 6962, section 2.1.2.
    """
    if not 1 <= first <= len(leaves):
        raise ValueError(f"{first=} must lie between 1 and {len(leaves)}")
    return _subproof(leaves, first=first, complete=True)


def _subproof(leaves: Sequence[bytes], *, first: int, complete: bool) -> list[bytes]:
    """Return SUBPROOF(first, leaves, complete) of RFC 6962."""
    if first == len(leaves):
        return [] if complete else [root_of(leaves)]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if first <= split:
        inner = _subproof(leaves[:split], first=first, complete=complete)
        return [*inner, root_of(leaves[split:])]
    inner = _subproof(leaves[split:], first=first - split, complete=False)
    return [*inner, root_of(leaves[:split])]


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A size and the root at that size."""

    size: int
    root: bytes


def is_consistent(old: TreeHead, *, new: TreeHead, path: Sequence[bytes]) -> bool:
    """Tell whether ``path`` proves that ``new`` extends ``old``.

    An empty old tree is extended by every tree, with an empty path.

    Source: RFC 9162, section 2.1.4.2.
    """
    if old.size > new.size or old.size < 0:
        return False
    if old.size == new.size:
        return not path and old.root == new.root
    if old.size == 0:
        return not path and old.root == EMPTY_ROOT
    steps = list(path)
    if old.size & (old.size - 1) == 0:
        steps.insert(0, old.root)
    if not steps:
        return False
    return _walk(steps, old=old.size, new=new.size) == (old.root, new.root)


def _walk(steps: Sequence[bytes], *, old: int, new: int) -> tuple[bytes, bytes] | None:
    """Return the old and the new root that a consistency path leads to."""
    at, last = old - 1, new - 1
    while at & 1:
        at >>= 1
        last >>= 1
    first_root = second_root = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            first_root = node_hash(step, right=first_root)
            second_root = node_hash(step, right=second_root)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            second_root = node_hash(second_root, right=step)
        at >>= 1
        last >>= 1
    return (first_root, second_root) if last == 0 else None
