"""Checkpoints: one spelling, and no character of it can be another."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import IntegrityError
from affiant.log.checkpoint import key_id, note_text, read_checkpoint, sign_checkpoint
from affiant.log.keys import key_from_seed
from affiant.log.tree import TreeHead

KEY, OTHER = key_from_seed(bytes(32)), key_from_seed(bytes([1]) * 32)
CASE = "0f" * 16
HEAD = TreeHead(42, bytes(range(32)))
NOTE = sign_checkpoint(CASE, head=HEAD, key=KEY).note


def seal(text: str, *, key=KEY, name: str | None = None) -> str:
    """Return a signature line over a note's text."""
    raw = base64.b64encode(key_id(key.public) + key.sign(text.encode())).decode()
    return f"\u2014 {name or f'affiant/key/{key.public}'} {raw}\n"


@given(size=st.integers(0, 10**15), root=st.binary(min_size=32, max_size=32))
def test_what_is_signed_is_read_again(size, root):
    head = TreeHead(size, root)
    made = sign_checkpoint(CASE, head=head, key=KEY)
    read = read_checkpoint(made.note)
    assert (read.case, read.head, read.signers) == (CASE, head, (KEY.public,))


def test_every_change_of_a_single_character_is_refused():
    for at, character in enumerate(NOTE):
        for other in {"A", "0", "a", " ", "\n", "=", chr(ord(character) ^ 1)} - {character}:
            with pytest.raises(IntegrityError):
                read_checkpoint(NOTE[:at] + other + NOTE[at + 1 :])


def test_every_character_left_out_or_put_in_is_refused():
    for at in range(len(NOTE)):
        for other in (NOTE[:at] + NOTE[at + 1 :], NOTE[:at] + "A" + NOTE[at:]):
            with pytest.raises(IntegrityError):
                read_checkpoint(other)


@given(text=st.text(max_size=200))
def test_a_text_that_is_no_note_is_refused(text):
    with pytest.raises(IntegrityError):
        read_checkpoint(text)


def test_two_keys_may_sign_and_each_must_hold():
    text = note_text(CASE, head=HEAD)
    both = f"{text}\n{seal(text)}{seal(text, key=OTHER)}"
    assert read_checkpoint(both).signers == (KEY.public, OTHER.public)
    with pytest.raises(IntegrityError):
        read_checkpoint(both.replace("42", "43"))
    with pytest.raises(IntegrityError):
        read_checkpoint(f"{text}\n{seal(text)}{seal(text + ' ', key=OTHER)}")


@pytest.mark.parametrize(
    "note",
    [
        note_text(CASE, head=HEAD),
        note_text(CASE, head=HEAD) + "\n",
        f"{note_text(CASE, head=HEAD)}\n{seal(note_text(CASE, head=HEAD)) * 2}",
        f"{note_text(CASE, head=HEAD)}\n{seal(note_text(CASE, head=HEAD), name='someone')}",
        NOTE.replace("\n", "\r\n"),
        NOTE + "\n",
        "\ufeff" + NOTE,
    ],
)
def test_a_note_without_its_one_form_is_refused(note):
    with pytest.raises(IntegrityError):
        read_checkpoint(note)


@pytest.mark.parametrize("size", ["042", "+42", "4 2", "-1", "", "1" * 17, "\u0664\u0662"])
def test_a_size_in_another_spelling_is_refused_even_when_it_is_signed(size):
    text = note_text(CASE, head=HEAD).replace("42", size)
    with pytest.raises(IntegrityError):
        read_checkpoint(f"{text}\n{seal(text)}")


def test_spare_bits_of_base64_are_not_spare():
    line = NOTE.split("\n")[2]
    assert line.endswith("8=")
    text = note_text(CASE, head=HEAD).replace(line, line[:-2] + "9=")
    assert base64.b64decode(line[:-2] + "9=") == HEAD.root
    with pytest.raises(IntegrityError):
        read_checkpoint(f"{text}\n{seal(text)}")
