"""Which pictures look alike: proposals from perceptual hashes, before one picture counts twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from affiant.store.case import Case
from affiant.store.documents import DocumentRow

BITS: Final = 64
# Measured on 60 invented scenes and 60 invented written pages. Re-saved, scaled, brightened,
# grey copies and copies cropped by 1 % differ in 8 bits or fewer (2 %: 111 of 120 do); 3,540
# pairs of different pictures differ in 10 or more.
MOST_BITS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessProposal:
    """Two pictures that look alike.

    Attributes:
        document: The smaller one, which may be a copy; of two of one size the later added.
        of: The larger one.
        differing_bits: In how many of the 64 bits of their hashes they differ.
        same_bytes: Whether they are one file that came twice, byte by byte.
    """

    document: str
    of: str
    differing_bits: int
    same_bytes: bool


def propose_likenesses(case: Case) -> list[LikenessProposal]:
    """Return the pairs of pictures whose hashes differ in at most eight of 64 bits.

    A person decides whether one is a copy of the other: two photographs of one place may look
    alike, and a copy that is mirrored, turned or strongly cropped looks different.
    """
    rows = {row.document_id: row for row in case.documents.all()}
    hashes = {name: value for name, value in case.derived.likenesses().items() if name in rows}
    points = {name: _points(case.derived.facts(name)) for name in hashes}
    found = []
    for left, right, bits in near_pairs(hashes):
        smaller, larger = sorted(
            (left, right), key=lambda name: (points[name], -rows[name].position)
        )
        found.append(
            LikenessProposal(
                document=smaller,
                of=larger,
                differing_bits=bits,
                same_bytes=_same(rows[left], other=rows[right]),
            )
        )
    return sorted(found, key=lambda item: (item.differing_bits, item.document, item.of))


def near_pairs(hashes: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Return each pair of names whose hashes are near, with the bits in which they differ.

    >>> near_pairs({"a": "0" * 16, "b": "0" * 15 + "3", "c": "f" * 16})
    [('a', 'b', 2)]
    """
    names = sorted(hashes)
    values = np.array([int(hashes[name], 16) for name in names], dtype=np.uint64)
    found = []
    for at, name in enumerate(names):
        differing = np.bitwise_count(values[at + 1 :] ^ values[at])
        for offset in np.flatnonzero(differing <= MOST_BITS):
            found.append((name, names[at + 1 + int(offset)], int(differing[offset])))
    return found


def _points(facts: Mapping[str, str]) -> int:
    """Return how many points a picture has."""
    width, height = facts.get("picture.width", "0"), facts.get("picture.height", "0")
    return int(width) * int(height) if width.isdecimal() and height.isdecimal() else 0


def _same(row: DocumentRow, *, other: DocumentRow) -> bool:
    return row.digest == other.digest
