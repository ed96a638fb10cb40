"""Entries: signed, committed to, and provable also when a part is erased."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import IntegrityError
from affiant.log.canon import canonical
from affiant.log.commitment import check_opening, commit, field_digest, field_salt
from affiant.log.entry import Entry, Signer, decode_header, sign_entry
from affiant.log.keys import key_from_seed
from affiant.log.tree import EMPTY_ROOT, TreeHead

KEY, OTHER = key_from_seed(bytes(32)), key_from_seed(bytes([1]) * 32)
SIGNER = Signer(key=KEY, case="ab" * 16, after=TreeHead(0, EMPTY_ROOT), at="2031-03-14T21:00:00Z")
SALT = bytes(range(32))
BODY = {"name": "Ilva Ordan", "why": "asked", "number": 3, "list": ["a", None]}
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
BODIES = st.dictionaries(NAMES, NAMES | st.integers(-9, 9) | st.none(), min_size=1, max_size=6)


def made(body: dict = BODY, *, salt: bytes = SALT) -> Entry:
    """Return a signed entry."""
    return sign_entry(body, kind="person.opened/1", salt=salt, signer=SIGNER)


def test_a_signed_entry_is_intact():
    header = made().check()
    assert (header.kind, header.actor, header.case) == ("person.opened/1", KEY.public, "ab" * 16)
    assert made().fields() == BODY


@pytest.mark.parametrize("part", ["header", "signature", "body", "salt"])
def test_every_bit_of_an_entry_counts(part):
    entry = made()
    data = getattr(entry, part)
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(IntegrityError):
            replace(entry, **{part: changed}).check()


def test_another_persons_signature_is_refused():
    entry = made()
    with pytest.raises(IntegrityError):
        replace(entry, signature=OTHER.sign(entry.header)).check()


@given(body=BODIES, data=st.data())
def test_an_entry_with_fields_erased_still_proves_the_rest(body, data):
    entry = made(body)
    gone = data.draw(st.sets(st.sampled_from(sorted(body))))
    more = data.draw(st.sets(st.sampled_from(sorted(body))))
    left = entry.without(gone)
    assert left.check() == entry.check()
    assert left.leaf() == entry.leaf()
    assert left.salt is None
    assert left.fields() == {name: body[name] for name in body if name not in gone}
    again = left.without(more)
    assert again.check() == entry.check()
    assert again.fields() == {name: body[name] for name in body if name not in gone | more}


@given(body=BODIES, data=st.data())
def test_nothing_of_an_erased_field_is_left(body, data):
    name = data.draw(st.sampled_from(sorted(body)))
    left = made(body).without([name])
    opening = json.loads(left.opening)
    assert name not in opening["salts"]
    salt = field_salt(SALT, field=name).hex()
    assert salt not in left.opening.decode()
    assert opening["digests"][name] == field_digest(
        canonical(body[name]), salt=field_salt(SALT, field=name)
    )


def test_a_changed_value_of_a_partly_erased_entry_is_refused():
    left = made().without(["name"])
    for body in ({"why": "asked", "number": 4, "list": ["a", None]}, {"why": "asked"}, {}):
        with pytest.raises(IntegrityError):
            replace(left, body=canonical(body)).check()


@pytest.mark.parametrize(
    "opening",
    [
        {},
        {"salts": {}, "digests": {}},
        {"salts": {"name": "00" * 32}, "digests": {}},
        {"salts": {"why": 3}, "digests": {}},
        {"salts": [], "digests": []},
        {"salts": {}, "digests": {}, "more": {}},
        {"salts": {"why": "zz" * 32}, "digests": {}},
    ],
)
def test_an_opening_of_another_form_is_refused(opening):
    left = made().without(["name"])
    with pytest.raises(IntegrityError):
        replace(left, opening=canonical(opening)).check()


def test_a_field_cannot_be_shown_and_gone_at_once():
    digests = {"a": "00" * 32}
    opening = {"salts": {"a": "11" * 32}, "digests": digests}
    with pytest.raises(IntegrityError):
        check_opening({"a": 1}, opening=opening, commitment=commit({"a": 1}, salt=SALT))


@pytest.mark.parametrize(
    "left",
    [
        {"body": None},
        {"salt": None},
        {"body": None, "salt": None, "opening": b"{}"},
        {"opening": b'{"digests":{},"salts":{}}'},
        {"salt": SALT[:16]},
    ],
)
def test_a_body_without_its_salt_or_a_salt_without_its_body_is_refused(left):
    with pytest.raises(IntegrityError):
        replace(made(), **left).check()


def test_a_wholly_erased_entry_is_intact_and_says_nothing():
    gone = replace(made(), body=None, salt=None)
    assert gone.check() == made().check()
    assert gone.fields() is None
    assert gone.leaf() == made().leaf()


@given(first=st.binary(min_size=32, max_size=32), second=st.binary(min_size=32, max_size=32))
def test_commitments_to_one_value_under_two_salts_cannot_be_linked(first, second):
    if first != second:
        assert commit(BODY, salt=first) != commit(BODY, salt=second)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"v": None},
        {"more": 1},
        {"case": "AB" * 16},
        {"case": "ab"},
        {"at": "2031-03-14 21:00:00Z"},
        {"at": "2031-03-14T21:00:00+01:00"},
        {"at": None},
        {"kind": "person.opened"},
        {"kind": "person.opened/0"},
        {"kind": "person.opened/01"},
        {"kind": "Person.opened/1"},
        {"actor": KEY.public.upper()},
        {"actor": 7},
        {"commitment": "00"},
        {"after": None},
        {"after": {"size": -1, "root": EMPTY_ROOT.hex()}},
        {"after": {"size": True, "root": EMPTY_ROOT.hex()}},
        {"after": {"size": "1", "root": EMPTY_ROOT.hex()}},
        {"after": {"size": 1, "root": "zz" * 32}},
        {"after": {"size": 1}},
        {"after": {"size": 1, "root": EMPTY_ROOT.hex(), "x": 1}},
    ],
)
def test_a_header_of_another_form_is_refused(change):
    fields = json.loads(made().header)
    with pytest.raises(IntegrityError):
        decode_header(canonical({**fields, **change}))


@pytest.mark.parametrize("field", ["v", "case", "after", "at", "kind", "actor", "commitment"])
def test_a_header_without_a_field_is_refused(field):
    fields = json.loads(made().header)
    del fields[field]
    with pytest.raises(IntegrityError):
        decode_header(canonical(fields))


def test_a_digit_of_another_script_is_no_digit():
    fields = json.loads(made().header)
    fields["at"] = fields["at"].replace("2031", "\u0662\u0660\u0663\u0661")
    with pytest.raises(IntegrityError):
        decode_header(canonical(fields))
