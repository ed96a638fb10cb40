"""Paragraphs: together they are the text, and one is proved without the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.log.paragraphs import (
    paragraph_at,
    paragraph_leaves,
    paragraph_path,
    paragraph_root,
    paragraph_salt,
    split_paragraphs,
)
from affiant.log.tree import EMPTY_ROOT, leaf_hash, root_from_path

TEXTS = st.text(st.sampled_from("ab \n\r\u2028\u200cس\U0001f54a"), max_size=40)
SECRETS = st.binary(min_size=32, max_size=32)


@given(text=TEXTS)
def test_the_paragraphs_joined_are_the_text(text):
    paragraphs = split_paragraphs(text)
    assert "".join(paragraphs) == text
    assert all(paragraphs)
    assert all(part.count("\n") == 1 and part.endswith("\n") for part in paragraphs[:-1])


@given(text=TEXTS.filter(bool), secret=SECRETS)
def test_every_paragraph_is_proved_alone(text, secret):
    paragraphs, root = split_paragraphs(text), paragraph_root(text, secret=secret)
    for index, paragraph in enumerate(paragraphs):
        path = paragraph_path(text, secret=secret, index=index)
        leaf = leaf_hash(paragraph_salt(secret, index=index) + paragraph.encode())
        assert root_from_path(leaf, index=index, size=len(paragraphs), path=path) == root
        other = leaf_hash(paragraph_salt(secret, index=index) + paragraph.encode() + b"x")
        assert root_from_path(other, index=index, size=len(paragraphs), path=path) != root


@given(text=TEXTS.filter(bool), data=st.data())
def test_the_paragraph_of_a_character_is_the_one_that_holds_it(text, data):
    offset = data.draw(st.integers(0, len(text) - 1))
    index, start = paragraph_at(text, offset=offset)
    paragraphs = split_paragraphs(text)
    assert start == sum(map(len, paragraphs[:index]))
    assert start <= offset < start + len(paragraphs[index])


def test_equal_paragraphs_have_unequal_leaves():
    leaves = paragraph_leaves("same\nsame\n", secret=bytes(32))
    assert leaves[0] != leaves[1]


def test_an_empty_text_has_no_paragraph():
    assert paragraph_root("", secret=bytes(32)) == EMPTY_ROOT
    with pytest.raises(ValueError, match="none"):
        paragraph_at("", offset=0)
    with pytest.raises(ValueError, match="none"):
        paragraph_at("abc", offset=3)
