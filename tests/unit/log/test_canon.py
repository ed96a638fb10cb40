"""Canonical JSON: one byte string for a value, and no other is read."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import BadInputError, IntegrityError
from affiant.log.canon import canonical, parse_canonical

LARGEST = 2**53 - 1
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, max_size=5)


@given(value=OBJECTS)
def test_what_is_written_is_read_again(value):
    assert parse_canonical(canonical(value)) == value


@given(
    value=st.dictionaries(st.text("abé\ufb33\U0001f600", max_size=2) | TEXTS, VALUES, max_size=5)
)
def test_the_quick_encoder_writes_what_the_library_of_the_standard_writes(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_every_character_is_written_as_the_library_of_the_standard_writes_it():
    for first in range(0, 0x110000, 0x400):
        block = "".join(map(chr, range(first, first + 0x400)))
        if not 0xD800 <= first < 0xE000:
            assert canonical({"text": block}) == rfc8785.dumps({"text": block})


@given(value=OBJECTS)
def test_any_json_reader_reads_the_same(value):
    assert json.loads(canonical(value)) == value


@given(value=OBJECTS)
def test_the_order_of_the_fields_does_not_matter(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(value=OBJECTS)
def test_another_spelling_of_the_same_value_is_refused(value):
    written = canonical(value)
    for other in (b" " + written, written + b"\n", b"\xef\xbb\xbf" + written):
        with pytest.raises(IntegrityError):
            parse_canonical(other)
    spaced = json.dumps(value, ensure_ascii=True, separators=(", ", ": ")).encode()
    if spaced != written:
        with pytest.raises(IntegrityError):
            parse_canonical(spaced)


@pytest.mark.parametrize(
    "spelling",
    [
        *(b"", b"{", b"null", b"[]", b'"a"', b"7", b'{"a":1,"a":1}', b'{"a":1,"a":2}'),
        *(b'{"b":1,"a":1}', b'{"a":1.0}', b'{"a":1e2}', b'{"a":-0}', b'{"a":01}'),
        *(b'{"a":9007199254740992}', b'{"a":1e400}', b'{"a":NaN}', b'{"a":Infinity}'),
        *(b'{"a":"\\u0041"}', b'{"a":"\\/"}', b'{"a":"\\ud800"}', b'{"a":"\xed\xa0\x80"}'),
        *(b'{"a":"\xff"}', b'{"a":tru}', b'{"a":"\\u001F"}', b"{'a':1}", b'{"a":1,}'),
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_what_is_not_canonical_is_refused(spelling):
    with pytest.raises(IntegrityError):
        parse_canonical(spelling)


@pytest.mark.parametrize(
    "value", [1.5, 2**53, -(2**53), float("nan"), "\ud800", {"\udfff": 1}, b"x", {1: 2}, {"a": {2}}]
)
def test_what_json_readers_disagree_about_is_not_written(value):
    with pytest.raises(BadInputError):
        canonical({"value": value})


def test_names_are_ordered_by_utf_16_code_units():
    assert canonical({"\ufb33": 1, "\U0001f600": 2, "\r": 3}) == (
        '{"\\r":3,"\U0001f600":2,"\ufb33":1}'.encode()
    )
