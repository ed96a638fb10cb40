"""Proofs from stored nodes: few look-ups instead of every leaf.

Source: RFC 6962, sections 2.1.1 and 2.1.2. Every subtree that a proof names is perfect, or
the right edge of the tree, which is made of perfect ones.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from affiant.log.tree import EMPTY_ROOT, Node, node_hash


class Nodes(Protocol):
    """Where the roots of perfect subtrees are looked up."""

    def node(self, level: int, *, at: int) -> bytes:
        """Return the root over leaves ``at * 2**level`` to ``(at + 1) * 2**level``."""
        ...


class GrownTree:
    """A tree kept whole in memory: every leaf, every node, the root at every size."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash at the end."""
        carry = leaf
        for level in self._levels:
            level.append(carry)
            if len(level) % 2:
                return
            carry = node_hash(level[-2], right=level[-1])
        self._levels.append([carry])

    def node(self, level: int, *, at: int) -> bytes:
        """Return the root of one perfect subtree."""
        return self._levels[level][at]

    def root_at(self, size: int) -> bytes | None:
        """Return the root over the first ``size`` leaves, or None where there are fewer."""
        return subtree_root(self, start=0, end=size) if 0 <= size <= self.size else None

    def inner(self) -> Iterator[Node]:
        """Yield every inner node, level by level."""
        for level, hashes in enumerate(self._levels[1:], start=1):
            yield from (Node(level, at, found) for at, found in enumerate(hashes))


def inner_count(size: int) -> int:
    """Return how many inner nodes of perfect subtrees a tree of ``size`` leaves has."""
    return size - size.bit_count()


def subtree_root(nodes: Nodes, *, start: int, end: int) -> bytes:
    """Return the root over the leaves from ``start`` to ``end``, as RFC 6962 splits a tree.

    ``start`` is a multiple of the largest power of two that is not above ``end - start``.
    """
    width = end - start
    if width == 0:
        return EMPTY_ROOT
    level = width.bit_length() - 1
    if width == 1 << level:
        return nodes.node(level, at=start >> level)
    split = start + (1 << level)
    left = nodes.node(level, at=start >> level)
    return node_hash(left, right=subtree_root(nodes, start=split, end=end))


def audit_path(nodes: Nodes, *, index: int, size: int) -> list[bytes]:
    """Return the audit path of one leaf in the tree of ``size`` leaves, lowest sibling first.

    Raises:
        ValueError: There is no such leaf; a tree without leaves has none.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    start, end, path = 0, size, list[bytes]()
    while end - start > 1:
        split = start + _largest_power_below(end - start)
        if index < split:
            path.append(subtree_root(nodes, start=split, end=end))
            end = split
        else:
            path.append(subtree_root(nodes, start=start, end=split))
            start = split
    return path[::-1]


def extension_path(nodes: Nodes, *, first: int, size: int) -> list[bytes]:
    """Return the proof that the tree of ``size`` leaves extends its first ``first`` leaves.

    Raises:
        ValueError: ``first`` is not between 1 and ``size``. That every tree extends the empty
            one needs no proof, and RFC 6962 defines none.
    """
    if not 1 <= first <= size:
        raise ValueError(f"{first=} must lie between 1 and {size}")
    start, end, path, complete = 0, size, list[bytes](), True
    while first != end:
        split = start + _largest_power_below(end - start)
        if first <= split:
            path.append(subtree_root(nodes, start=split, end=end))
            end = split
        else:
            path.append(subtree_root(nodes, start=start, end=split))
            start, complete = split, False
    if not complete:
        path.append(subtree_root(nodes, start=start, end=end))
    return path[::-1]


def _largest_power_below(width: int) -> int:
    """Return the largest power of two that is below ``width``, which is above 1."""
    return 1 << ((width - 1).bit_length() - 1)
