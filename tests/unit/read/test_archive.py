import io
import zipfile

import pytest

from affiant.errors import UnreadableError
from affiant.read import members as member_limits
from affiant.read import read_document
from hostile.build import nested_zip, zip_link, zipped


def read(data):
    return read_document(data, media_type="application/zip")


def paths(reading):
    return [member.path for member in reading.members]


def problems(reading):
    return [(problem.code, problem.item) for problem in reading.problems]


def test_files_are_members_and_folders_are_not():
    reading = read(zipped({"a/": "", "a/b.txt": "hello", "c.csv": "1,2"}))
    assert reading.extraction is None
    assert [(m.path, m.size, m.media_type, m.data) for m in reading.members] == [
        ("a/b.txt", 5, "text/plain", b"hello"),
        ("c.csv", 3, "text/csv", b"1,2"),
    ]


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/passwd", "C:\\evil", "..\\evil", "\\\\host\\share"]
)
def test_names_that_point_outside_are_refused_and_told(name):
    reading = read(zipped({name: "x", "good.txt": "y"}))
    assert paths(reading) == ["good.txt"]
    assert [code for code, _ in problems(reading)] == ["member_unsafe_name"]


def test_a_name_with_two_dots_within_is_no_danger():
    assert paths(read(zipped({"a..b/c...txt": "x"}))) == ["a..b/c...txt"]


def test_links_are_refused_and_told():
    assert problems(read(zip_link())) == [("member_link", "link")]


def test_a_name_that_is_there_twice_gets_a_number():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for content in "abc":
            archive.writestr("same.txt", content)
    reading = read(target.getvalue())
    assert paths(reading) == ["same.txt", "same.txt~2", "same.txt~3"]
    assert [member.data for member in reading.members] == [b"a", b"b", b"c"]


@pytest.mark.parametrize(
    ("raw", "path"), [("نام.txt".encode(), "نام.txt"), (b"\xe9t\xe9.txt", "%E9t%E9.txt")]
)
def test_raw_names_are_utf_8_or_escaped_bytes(raw, path):
    stand_in = b"n" * len(raw)
    data = zipped({stand_in.decode(): "x"}).replace(stand_in, raw)
    assert paths(read(data)) == [path]


def test_a_damaged_file_costs_only_itself():
    data = bytearray(zipped({"a.txt": "a" * 500, "b.txt": "fine"}, compression=0))
    data[100] ^= 0xFF
    reading = read(bytes(data))
    assert paths(reading) == ["b.txt"]
    assert problems(reading) == [("member_broken", "a.txt")]


def test_a_file_with_a_password_is_told():
    data = bytearray(zipped({"a.txt": "x"}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    assert problems(read(bytes(data))) == [("member_encrypted", "a.txt")]


def test_an_unknown_packing_is_told():
    data = bytearray(zipped({"a.txt": "x" * 100}))
    data[8] = 99
    data[data.find(b"PK\x01\x02") + 10] = 99
    assert problems(read(bytes(data))) == [("member_unsupported", "a.txt")]


def test_a_file_that_unpacks_to_too_much_is_told(monkeypatch):
    monkeypatch.setattr(member_limits, "FREE_BYTES", 1000)
    reading = read(zipped({"bomb": "\0" * 300_000, "small": "x"}))
    assert paths(reading) == ["small"]
    assert problems(reading) == [("member_limits", "bomb")]


@pytest.mark.parametrize(("limit", "value"), [("MOST_MEMBERS", 3), ("MOST_TOTAL_BYTES", 30)])
def test_too_many_files_or_bytes_refuse_the_whole(monkeypatch, limit, value):
    monkeypatch.setattr(member_limits, limit, value)
    with pytest.raises(UnreadableError) as problem:
        read(zipped({f"{number}.txt": "0123456789" for number in range(4)}))
    assert problem.value.code == "archive_limits"


def test_archives_within_archives_end_at_a_depth():
    data, depth = nested_zip(8), 0
    with pytest.raises(UnreadableError) as problem:
        while True:
            reading = read_document(data, media_type="application/zip", depth=depth)
            data, depth = reading.members[0].data, depth + 1
    assert problem.value.code == "archive_limits"
    assert depth == member_limits.MOST_DEPTH


BROKEN = {"empty": b"", "a beginning": b"PK\x03\x04", "cut off": zipped({"a": "x"})[:-10]}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_archive_is_told(data):
    with pytest.raises(UnreadableError) as problem:
        read(data)
    assert problem.value.code == "archive_broken"


def test_a_name_that_begins_with_nul_is_refused_and_the_others_are_read():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("ZZ", "a")
        archive.writestr("good.txt", "b")
    reading = read(target.getvalue().replace(b"ZZ", b"\0Z"))
    assert [member.path for member in reading.members] == ["good.txt"]
    assert [problem.code for problem in reading.problems] == ["member_unsafe_name"]
