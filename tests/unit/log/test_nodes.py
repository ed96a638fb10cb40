"""Our proofs against an independent implementation of RFC 6962 and RFC 9162."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affiant.log.nodes import GrownTree, audit_path, extension_path, inner_count, subtree_root
from affiant.log.tree import (
    EMPTY_ROOT,
    Frontier,
    TreeHead,
    inclusion_path,
    is_consistent,
    leaf_hash,
    root_from_path,
)
from unit.log import rfc6962

LARGEST = 130
DATA = [number.to_bytes(3, "big") for number in range(LARGEST)]
TREE = GrownTree(leaf_hash(data) for data in DATA)


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_every_root_is_that_of_the_standard(size):
    assert TREE.root_at(size) == rfc6962.mth(DATA[:size])


def test_every_audit_path_up_to_130_leaves_is_that_of_the_standard():
    for size in range(1, LARGEST + 1):
        data, root = DATA[:size], rfc6962.mth(DATA[:size])
        for index in {*range(0, size, 7), 0, size - 1, size // 2}:
            found = audit_path(TREE, index=index, size=size)
            assert found == rfc6962.path(index, data)
            leaf = leaf_hash(data[index])
            assert rfc6962.verifies_inclusion(leaf, index, size, found, root)
            assert root_from_path(leaf, index=index, size=size, path=found) == root


def test_every_proof_of_extension_up_to_130_leaves_is_that_of_the_standard():
    for size in range(1, LARGEST + 1):
        data, root = DATA[:size], TREE.root_at(size)
        for first in {*range(1, size, 5), 1, size - 1, size} - {0}:
            found, old = extension_path(TREE, first=first, size=size), TREE.root_at(first)
            assert found == rfc6962.proof(first, data)
            assert is_consistent(TreeHead(first, old), new=TreeHead(size, root), path=found)
            if first < size:
                assert rfc6962.verifies_consistency(first, size, old, root, found)


@settings(max_examples=40)
@given(size=st.integers(131, 2500), draw=st.data())
def test_larger_trees_agree_too(size, draw):
    index = draw.draw(st.integers(0, size - 1))
    first = draw.draw(st.integers(1, size))
    data = [number.to_bytes(4, "big") for number in range(size)]
    tree = GrownTree(leaf_hash(item) for item in data)
    assert audit_path(tree, index=index, size=size) == rfc6962.path(index, data)
    assert extension_path(tree, first=first, size=size) == rfc6962.proof(first, data)


@settings(max_examples=60)
@given(
    size=st.integers(1, LARGEST), index=st.integers(0, LARGEST), steps=st.lists(
        st.sampled_from([TREE.node(0, at=at) for at in range(6)]), max_size=9))  # fmt: skip
def test_both_verifiers_accept_and_refuse_the_same_paths(size, index, steps):
    leaf, root = leaf_hash(DATA[index % size]), TREE.root_at(size)
    true = rfc6962.path(index % size, DATA[:size])
    for path in (steps, true, true[:-1], [*true, leaf], [*steps[:1], *true[1:]]):
        ours = root_from_path(leaf, index=index, size=size, path=path) == root
        assert ours == rfc6962.verifies_inclusion(leaf, index, size, path, root)


def test_the_seven_leaves_of_the_standard_have_the_paths_that_it_prints():
    """Source: RFC 6962, section 2.1.3, in the letters that are used there."""
    d = DATA[:7]
    a, b, c, _, e, f = (leaf_hash(item) for item in d[:6])
    dd, j = leaf_hash(d[3]), leaf_hash(d[6])
    g, h, i = rfc6962.mth(d[0:2]), rfc6962.mth(d[2:4]), rfc6962.mth(d[4:6])
    k, last = rfc6962.mth(d[0:4]), rfc6962.mth(d[4:7])
    assert audit_path(TREE, index=0, size=7) == [b, h, last]
    assert audit_path(TREE, index=3, size=7) == [c, g, last]
    assert audit_path(TREE, index=4, size=7) == [f, j, k]
    assert audit_path(TREE, index=6, size=7) == [i, k]
    assert extension_path(TREE, first=3, size=7) == [c, dd, g, last]
    assert extension_path(TREE, first=4, size=7) == [last]
    assert extension_path(TREE, first=6, size=7) == [i, j, k]
    assert (a, e) == (TREE.node(0, at=0), TREE.node(0, at=4))


def test_a_tree_without_leaves_proves_nothing_and_every_tree_extends_it():
    """Decided: RFC 6962 defines no path in an empty tree, and no proof from one."""
    assert GrownTree().root_at(0) == EMPTY_ROOT == subtree_root(TREE, start=0, end=0)
    with pytest.raises(ValueError, match="leaf 0 is not"):
        audit_path(TREE, index=0, size=0)
    for first in (0, -1, 8):
        with pytest.raises(ValueError, match="must lie between"):
            extension_path(TREE, first=first, size=7)
    empty = TreeHead(0, EMPTY_ROOT)
    assert is_consistent(empty, new=TreeHead(7, TREE.root_at(7)), path=[])
    assert is_consistent(empty, new=empty, path=[])
    assert not is_consistent(empty, new=empty, path=[EMPTY_ROOT])
    assert root_from_path(leaf_hash(b""), index=0, size=0, path=[]) is None
    assert TREE.root_at(LARGEST + 1) is None
    assert TREE.root_at(-1) is None


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 100, LARGEST])
def test_appending_completes_each_inner_node_once(size):
    frontier, nodes = Frontier(), []
    for data in DATA[:size]:
        frontier, completed = frontier.grow(leaf_hash(data))
        nodes += completed
    assert sorted(nodes, key=lambda node: (node.level, node.at)) == list(
        GrownTree(leaf_hash(data) for data in DATA[:size]).inner()
    )
    assert len(nodes) == inner_count(size)


def test_one_path_in_a_large_tree_is_under_two_kilobytes_of_hashes():
    assert max(len(audit_path(TREE, index=0, size=2**level)) for level in range(8)) == 7
    assert 32 * (100_000 - 1).bit_length() < 2000
    leaves = [leaf_hash(data) for data in DATA]
    assert audit_path(TREE, index=77, size=LARGEST) == inclusion_path(leaves, index=77)
