"""The Merkle tree: known roots, and proofs that prove what they should and nothing else."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.log.tree import (
    EMPTY_ROOT,
    Frontier,
    TreeHead,
    consistency_path,
    frontier_of,
    inclusion_path,
    is_consistent,
    leaf_hash,
    root_from_path,
    root_of,
)

SIZES = range(1, 35)
LEAVES = [leaf_hash(number.to_bytes(2, "big")) for number in range(64)]
KNOWN_INPUTS = [
    *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
    "606162636465666768696a6b6c6d6e6f",
]
KNOWN_ROOTS = [  # of the reference implementation of RFC 6962
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_definition(leaves: list[bytes]) -> bytes:
    """Return MTH of RFC 6962, as it is written there."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = by_definition(leaves[:split]), by_definition(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def test_the_known_roots_are_found():
    leaves = [leaf_hash(bytes.fromhex(text)) for text in KNOWN_INPUTS]
    assert [root_of(leaves[:size]).hex() for size in range(9)] == KNOWN_ROOTS


@pytest.mark.parametrize("size", range(64))
def test_the_root_is_that_of_the_definition(size):
    assert root_of(LEAVES[:size]) == by_definition(LEAVES[:size])


@pytest.mark.parametrize("size", range(64))
def test_a_frontier_survives_its_encoding(size):
    frontier = frontier_of(LEAVES[:size])
    again = Frontier.decode(frontier.encode(), size=size)
    assert again == frontier
    assert again.append(LEAVES[0]).root() == by_definition([*LEAVES[:size], LEAVES[0]])
    with pytest.raises(ValueError, match="peaks"):
        Frontier.decode(frontier.encode() + b"x", size=size)


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proved_to_be_in_the_tree(size):
    leaves = LEAVES[:size]
    for index in range(size):
        path = inclusion_path(leaves, index=index)
        assert root_from_path(leaves[index], index=index, size=size, path=path) == root_of(leaves)


@pytest.mark.parametrize("size", range(1, 18))
def test_no_leaf_is_proved_at_another_place_or_size(size):
    leaves = LEAVES[:size]
    root = root_of(leaves)
    for index in range(size):
        path = inclusion_path(leaves, index=index)
        places = [
            (at, of)
            for of in range(1, 20)
            for at in range(-1, of + 1)
            if root_from_path(leaves[index], index=at, size=of, path=path) == root
        ]
        assert (index, size) in places
        # A path does not tell all sizes apart; the size is bound by the checkpoint.
        assert all(at == index for at, of in places if of == size)


@pytest.mark.parametrize("size", range(2, 20))
def test_a_proof_that_is_changed_cut_or_lengthened_proves_nothing(size):
    leaves = LEAVES[:size]
    root = root_of(leaves)
    for index in range(size):
        path = inclusion_path(leaves, index=index)
        others = [path[:-1], [*path, root], list(reversed(path)), [EMPTY_ROOT, *path[1:]]]
        for other in others:
            if other != path:
                found = root_from_path(leaves[index], index=index, size=size, path=other)
                assert found != root


@pytest.mark.parametrize("size", SIZES)
def test_every_tree_is_proved_to_extend_its_beginnings(size):
    new = TreeHead(size, root_of(LEAVES[:size]))
    for first in range(1, size + 1):
        old = TreeHead(first, root_of(LEAVES[:first]))
        path = consistency_path(LEAVES[:size], first=first)
        assert is_consistent(old, new=new, path=path)
        assert not is_consistent(TreeHead(first, EMPTY_ROOT), new=new, path=path)
        assert not is_consistent(old, new=TreeHead(size, EMPTY_ROOT), path=path)
        assert not is_consistent(old, new=new, path=[*path, EMPTY_ROOT])
        if path:
            assert not is_consistent(old, new=new, path=path[:-1])
            assert not is_consistent(old, new=new, path=[EMPTY_ROOT, *path[1:]])


def test_a_tree_does_not_extend_another_history():
    forked = [*LEAVES[:4], EMPTY_ROOT, *LEAVES[5:9]]
    old = TreeHead(6, root_of(LEAVES[:6]))
    new = TreeHead(9, root_of(forked))
    assert not is_consistent(old, new=new, path=consistency_path(forked, first=6))


def test_a_proof_for_one_size_is_none_for_a_taller_tree():
    for first, size in ((2, 4), (1, 2), (3, 7), (4, 8), (5, 6)):
        old, root = TreeHead(first, root_of(LEAVES[:first])), root_of(LEAVES[:size])
        path = consistency_path(LEAVES[:size], first=first)
        for taller in (size * 2, size * 4, size * 8):
            assert not is_consistent(old, new=TreeHead(taller, root), path=path)


def test_every_tree_extends_the_empty_one_and_none_shrinks():
    empty, five = TreeHead(0, EMPTY_ROOT), TreeHead(5, root_of(LEAVES[:5]))
    assert is_consistent(empty, new=five, path=[])
    assert not is_consistent(empty, new=five, path=[EMPTY_ROOT])
    assert not is_consistent(TreeHead(0, five.root), new=five, path=[])
    assert not is_consistent(five, new=empty, path=[])
    assert not is_consistent(TreeHead(-1, EMPTY_ROOT), new=five, path=[])


def test_a_proof_of_what_is_not_there_is_not_made():
    for index in (-1, 5):
        with pytest.raises(ValueError, match="leaf"):
            inclusion_path(LEAVES[:5], index=index)
    for first in (0, 6):
        with pytest.raises(ValueError, match="first"):
            consistency_path(LEAVES[:5], first=first)


@given(data=st.lists(st.binary(max_size=8), min_size=2, max_size=20), at=st.data())
def test_any_change_of_any_leaf_changes_the_root(data, at):
    leaves = [leaf_hash(item) for item in data]
    index = at.draw(st.integers(0, len(data) - 1))
    changed = [*leaves[:index], leaf_hash(data[index] + b"."), *leaves[index + 1 :]]
    assert root_of(changed) != root_of(leaves)
    assert root_of(leaves[:-1]) != root_of(leaves)
