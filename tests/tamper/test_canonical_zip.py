"""The canonical zip: one file for some members, which any program opens and two readers demand."""

import io
import zipfile
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.audit.zip_file import ZipFile
from affiant.errors import IntegrityError, WrongUseError
from affiant.publish.canonical_zip import LARGEST, MOST_MEMBERS, Member, members_of, write_zip

NAMES = st.text(st.sampled_from("abcXYZ019./-_ "), min_size=1, max_size=30)
FILES = st.dictionaries(NAMES, st.binary(max_size=300), max_size=8)


def written(files: dict[str, bytes]) -> bytes:
    """Return the canonical zip of some files."""
    target = io.BytesIO()
    assert write_zip(target, members=members_of(files)) == len(target.getvalue())
    return target.getvalue()


@given(files=FILES)
def test_any_program_opens_it_and_finds_the_members(files):
    with zipfile.ZipFile(io.BytesIO(written(files))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == files
        assert opened.namelist() == sorted(files)


@given(files=FILES)
def test_the_order_of_the_members_does_not_matter(files):
    assert written(dict(reversed(files.items()))) == written(files)


@given(files=FILES)
def test_the_strict_reader_finds_the_members(files):
    opened = ZipFile(io.BytesIO(written(files)))
    assert {name: opened.read(name) for name in opened.members} == files
    assert all(opened.digest(name) for name in opened.members)
    assert opened.read("no such member") == b""


@given(files=FILES, data=st.data())
def test_any_other_byte_is_refused_or_belongs_to_a_member_whose_checksum_fails(files, data):
    whole = written(files)
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = (
        whole[:at] + bytes([whole[at] ^ (1 << data.draw(st.integers(0, 7)))]) + whole[at + 1 :]
    )
    try:
        opened = ZipFile(io.BytesIO(changed))
    except IntegrityError:
        return
    assert None in [opened.digest(name) for name in opened.members]


@given(files=FILES, data=st.data())
def test_a_file_cut_or_lengthened_is_refused(files, data):
    whole = written(files)
    for other in (whole[: data.draw(st.integers(0, len(whole) - 1))], whole + b"\0", b"\0" + whole):
        with pytest.raises(IntegrityError):
            ZipFile(io.BytesIO(other))


@pytest.mark.parametrize("name", ["", "x" * 256, "é"])
def test_a_name_that_the_format_does_not_hold_is_a_mistake_of_the_program(name):
    with pytest.raises(ValueError, match="ASCII"):
        written({name: b""})


@dataclass(frozen=True)
class Pretended(Member):
    """A member that says it is huge without being it."""

    def chunks(self):
        yield Size(b"huge")


class Size(bytes):
    """Bytes that claim a length."""

    def __len__(self) -> int:
        return LARGEST + 1


def test_more_than_the_format_holds_is_refused_with_a_way_out():
    too_many = [Member(name=f"{number:06}", data=b"") for number in range(MOST_MEMBERS + 1)]
    with pytest.raises(WrongUseError, match="do not fit") as problem:
        write_zip(io.BytesIO(), members=too_many)
    assert "incidents" in problem.value.remedy
    with pytest.raises(WrongUseError, match="4 GiB") as problem:
        write_zip(io.BytesIO(), members=[Pretended(name="huge")])
    assert "incidents" in problem.value.remedy


def test_the_most_members_that_it_holds_are_written_and_read():
    members = [Member(name=f"{number:06}", data=b"") for number in range(MOST_MEMBERS)]
    target = io.BytesIO()
    write_zip(target, members=members)
    assert len(ZipFile(target).members) == MOST_MEMBERS
