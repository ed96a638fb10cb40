"""WACZ files: what their list of files says, and what is there."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from affiant.errors import UnreadableError
from affiant.read.sniffing import sniff
from affiant.read.wacz import read_wacz
from affiant.read.web_archive_marks import WACZ, WARC

FILES = {
    "archive/data.warc.gz": b"\x1f\x8b\x08 as good as a web archive",
    "indexes/index.cdx": b"com,example,mill)/ 20310314",
    "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n',
}


def digest(data):
    return "sha256:" + sha256(data).hexdigest()


def the_list(files):
    resources = [
        {"name": path.rpartition("/")[2], "path": path, "hash": digest(data), "bytes": len(data)}
        for path, data in files.items()
    ]
    return json.dumps({"profile": "data-package", "resources": resources}).encode()


def packed(files, *, listed=None, digest_of=None):
    """Pack files with a list of them; ``digest_of`` is what the list's own digest is over."""
    target = BytesIO()
    the = the_list(files) if listed is None else listed
    with ZipFile(target, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
        archive.writestr("datapackage.json", the)
        beside = {
            "path": "datapackage.json",
            "hash": digest(the if digest_of is None else digest_of),
        }
        archive.writestr("datapackage-digest.json", json.dumps(beside))
    return target.getvalue()


def told(data):
    return [(one.code, one.item) for one in read_wacz(data).problems]


def test_the_files_of_an_untouched_archive_are_parts_and_nothing_is_told():
    reading = read_wacz(packed(FILES))
    assert reading.problems == ()
    kinds = {one.path: one.media_type for one in reading.members}
    assert set(kinds) == {*FILES, "datapackage.json", "datapackage-digest.json"}
    assert kinds["archive/data.warc.gz"] == WARC


CHANGED = {**FILES, "pages/pages.jsonl": b"{}"}
DAMAGE = {
    "a file changed": (
        packed(CHANGED, listed=the_list(FILES)),
        [("digest_mismatch", "pages/pages.jsonl")],
    ),
    "a file gone": (
        packed({"pages/pages.jsonl": FILES["pages/pages.jsonl"]}, listed=the_list(FILES)),
        [("part_missing", "archive/data.warc.gz"), ("part_missing", "indexes/index.cdx")],
    ),
    "a file more": (
        packed({**FILES, "archive/more.warc": b"x"}, listed=the_list(FILES)),
        [("part_unlisted", "archive/more.warc")],
    ),
    "the list changed": (
        packed(CHANGED, digest_of=the_list(FILES)),
        [("digest_mismatch", "datapackage.json")],
    ),
    "the list broken": (packed(FILES, listed=b"{"), [("part_broken", "datapackage.json")]),
    "no digest in the list": (
        packed(FILES, listed=the_list(FILES).replace(b"sha256:", b"fnv:", 1)),
        [("digest_unknown", "archive/data.warc.gz")],
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_what_differs_from_the_list_is_told_and_the_parts_stay(name):
    data, problems = DAMAGE[name]
    assert told(data) == problems
    assert len(read_wacz(data).members) >= 3


def test_an_archive_without_a_list_is_told():
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("archive/data.warc", b"WARC/1.0")
    assert told(target.getvalue()) == [("part_missing", "datapackage.json")]
    with pytest.raises(UnreadableError):
        read_wacz(b"PK\x03\x04")


def test_an_archive_is_told_by_its_name_or_its_first_files():
    assert sniff(packed(FILES), name="x.wacz") == WACZ
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("datapackage.json", the_list(FILES))
        archive.writestr("archive/data.warc.gz", FILES["archive/data.warc.gz"])
    assert sniff(target.getvalue(), name="x.zip") == WACZ
    with ZipFile(target := BytesIO(), "w") as archive:
        archive.writestr("archive/data.txt", b"x")
    assert sniff(target.getvalue(), name="x.zip") == "application/zip"
