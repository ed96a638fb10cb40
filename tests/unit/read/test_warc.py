"""WARC files made by a library of others, and damaged by hand: the table of keys comes first."""

import gzip
import re
import zlib
from base64 import b32encode
from hashlib import md5, sha1, sha256
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from affiant.errors import UnreadableError
from affiant.read import warc_records
from affiant.read.digests import agrees
from affiant.read.http_payload import read_answer, unpack
from affiant.read.sniffing import sniff
from affiant.read.warc import read_warc
from affiant.read.web_archive_marks import WARC

PAGE = "<html><head><title>پل</title></head><body>می\u200cآیند</body></html>".encode(
    "cp1256", "ignore"
)
MOMENT = "2031-03-14T10:00:00Z"


def chunked(data):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


def add(writer, *, kind="response", address="http://mill.example/", body=b"", headers=(), **more):
    http = None
    if kind in ("response", "revisit"):
        http = StatusAndHeaders("200 OK", list(headers), protocol="HTTP/1.1")
    elif kind == "request":
        http = StatusAndHeaders("GET / HTTP/1.1", list(headers), is_http_request=True)
    writer.write_record(
        writer.create_warc_record(
            address,
            kind,
            payload=BytesIO(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": MOMENT, **more.pop("warc", {})},
            **more,
        )
    )


def archive(*, packed):
    """Eight records, one of each kind that crawlers write."""
    target = BytesIO()
    writer = WARCWriter(target, gzip=packed, warc_version="WARC/1.1")
    writer.write_record(writer.create_warcinfo_record("mill.warc", {"software": "by hand"}))
    add(writer, kind="request", headers=[("Host", "mill.example")])
    html = ("Content-Type", "text/html; charset=windows-1256")
    add(writer, body=PAGE, headers=[html, ("Content-Length", str(len(PAGE)))])
    add(
        writer,
        address="http://mill.example/list.txt",
        body=chunked(gzip.compress(b"forty men", mtime=0)),
        headers=[
            ("Content-Type", "text/plain"),
            ("Transfer-Encoding", "chunked"),
            ("Content-Encoding", "gzip"),
        ],
    )
    add(writer, kind="revisit", warc={"WARC-Refers-To-Target-URI": "http://mill.example/a"})
    add(
        writer,
        kind="resource",
        address="file:///photo.png",
        body=b"\x89PNG\r\n\x1a\nrest",
        warc_content_type="image/png",
    )
    add(writer, kind="metadata", body=b"via: x\r\n", warc_content_type="application/warc-fields")
    add(
        writer,
        kind="conversion",
        address="urn:text:1",
        body=b"forty men",
        warc_content_type="text/plain",
    )
    return target.getvalue()


EXPECTED = [
    ("record/000001", "warcinfo", "application/warc-fields", None),
    ("record/000002", "request", "application/http", None),
    ("record/000003", "200", "text/html; charset=windows-1256", PAGE),
    ("record/000004", "200", "text/plain", b"forty men"),
    ("record/000005", "revisit", "inode/x-empty", b""),
    ("record/000006", "resource", "image/png", b"\x89PNG\r\n\x1a\nrest"),
    ("record/000007", "metadata", "application/warc-fields", b"via: x\r\n"),
    ("record/000008", "conversion", "text/plain", b"forty men"),
]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_every_record_is_a_part(packed):
    reading = read_warc(archive(packed=packed))
    found = {one.path: one for one in reading.members}
    assert reading.problems == ()
    assert reading.extraction is None
    for path, status, media_type, data in EXPECTED:
        part = found.pop(path)
        assert (part.about.status, part.media_type) == (status, media_type)
        assert data is None or part.data == data
        assert part.about.captured == MOMENT or status == "warcinfo"
    assert found == {}
    assert reading.members[2].about.address == "http://mill.example/"
    assert reading.members[4].about.refers_to == "http://mill.example/a"


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_another_reader_sees_the_same_records(packed):
    data = archive(packed=packed)
    theirs = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
        for record in ArchiveIterator(BytesIO(data))
    ]
    ours = [
        (record.fields["warc-type"], record.fields.get("warc-target-uri"))
        for record in warc_records.read_records(data)
    ]
    assert ours == theirs


def starts(data, *, packed):
    """Return where each record begins, as the library tells it."""
    iterator = ArchiveIterator(BytesIO(data))
    found = []
    for _ in iterator:
        found.append(iterator.get_record_offset())
    return found


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]


def relength(data, *, record, by):
    """Change the length that a plain record states."""
    at = starts(data, packed=False)[record - 1]
    match = re.compile(rb"Content-Length: (\d+)").search(data, at)
    new = b"Content-Length: %d" % (int(match[1]) + by)
    return data[: match.start()] + new + data[match.end() :]


# damage by its name: packed or not, what is done, the codes told, the records that still come
ALL = list(range(1, 9))


def without(*numbers):
    return [number for number in ALL if number not in numbers]


DAMAGE = {
    "cut in the last block": (False, lambda d: d[:-7], ["record_cut 8"], without(8)),
    "cut in the line ends": (False, lambda d: d[:-2], ["record_cut 8"], ALL),
    "cut in a head": (
        False,
        lambda d: d[: starts(d, packed=False)[7] + 20],
        ["record_broken 8"],
        without(8),
    ),
    "cut in a member": (True, lambda d: d[:-9], ["record_cut 8"], without(8)),
    "cut between members": (True, lambda d: d[: starts(d, packed=True)[7]], [], without(8)),
    "a member flipped": (
        True,
        lambda d: flip(d, (starts(d, packed=True)[3] + starts(d, packed=True)[4]) // 2),
        ["record_broken 4"],
        without(4),
    ),
    "a member's sum flipped": (
        True,
        lambda d: flip(d, starts(d, packed=True)[4] - 6),
        ["record_broken 4"],
        without(4),
    ),
    "a member's mark lost": (
        True,
        lambda d: flip(d, starts(d, packed=True)[3]),
        ["record_broken 4"],
        without(4),
    ),
    "zeros behind": (True, lambda d: d + b"\0" * 1024, [], ALL),
    "words behind": (False, lambda d: d + b"and more", ["record_broken 9"], ALL),
    "too long": (False, lambda d: relength(d, record=3, by=5), ["record_length 3"], without(3)),
    "too short": (False, lambda d: relength(d, record=3, by=-5), ["record_length 3"], without(3)),
    "absurdly long": (
        False,
        lambda d: relength(d, record=3, by=99_000_000_000),
        ["record_length 3"],
        without(3),
    ),
    "the last one absurdly long": (
        False,
        lambda d: relength(d, record=8, by=99_000_000_000),
        ["record_cut 8"],
        without(8),
    ),
    "no version": (
        False,
        lambda d: d[: starts(d, packed=False)[3]] + b"X" + d[starts(d, packed=False)[3] + 1 :],
        ["record_broken 4"],
        without(4),
    ),
    "a page changed": (
        False,
        lambda d: d.replace(b"<title>", b"<tItle>", 1),
        ["digest_mismatch 3"],
        ALL,
    ),
    "a block digest changed": (
        False,
        lambda d: re.sub(rb"(WARC-Block-Digest: sha1:)[A-Z2-7]{4}", rb"\1AAAA", d, count=1),
        ["digest_mismatch 1"],
        ALL,
    ),
    "a digest of another kind": (
        False,
        lambda d: d.replace(b"WARC-Block-Digest: sha1:", b"WARC-Block-Digest: fnv1:", 1),
        ["digest_unknown 1"],
        ALL,
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_told_with_its_place_and_the_other_records_come_out(name):
    packed, damage, codes, left = DAMAGE[name]
    reading = read_warc(damage(archive(packed=packed)))
    told = [f"{one.code} {int(one.item.removeprefix('record/'))}" for one in reading.problems]
    assert told == codes
    assert [int(one.path.removeprefix("record/")) for one in reading.members] == left


def test_a_file_packed_as_one_gives_its_records_also_where_it_is_cut():
    whole = gzip.compress(archive(packed=False), mtime=0)
    assert len(read_warc(whole).members) == 8
    cut = read_warc(whole[: len(whole) // 2])
    assert 0 < len(cut.members) < 8
    assert [one.code for one in cut.problems] == ["record_cut"]


@pytest.mark.parametrize(
    "data", [b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"\x1f\x8bx" * 9, b"WARC/"]
)
def test_a_file_without_a_whole_record_is_broken(data):
    with pytest.raises(UnreadableError) as problem:
        read_warc(data)
    assert problem.value.code == "archive_broken"


def record(body, *headers, status="200 OK"):
    target = BytesIO()
    writer = WARCWriter(target, gzip=False)
    http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record("http://m.example/", "response", BytesIO(body), http_headers=http)
    )
    return target.getvalue()


def bare(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


# headers, body as sent, body as read, code
ENCODED = {
    "gzip": ({"content-encoding": "gzip"}, gzip.compress(b"ab"), b"ab", None),
    "deflate": ({"content-encoding": "deflate"}, zlib.compress(b"ab"), b"ab", None),
    "bare deflate": ({"content-encoding": "deflate"}, bare(b"ab"), b"ab", None),
    "unpacked already": ({"content-encoding": "gzip"}, b"ab", b"ab", None),
    "twice": (
        {"content-encoding": "deflate, gzip"},
        gzip.compress(zlib.compress(b"ab")),
        b"ab",
        None,
    ),
    "cut": (
        {"content-encoding": "gzip"},
        gzip.compress(b"ab", mtime=0)[:-9],
        gzip.compress(b"ab", mtime=0)[:-9],
        "part_encoded",
    ),
    "not known": ({"content-encoding": "zstd"}, b"(zstd)", b"(zstd)", "part_encoded"),
    "chunks": ({"transfer-encoding": "chunked"}, b"1\r\na\r\n1;x=y\r\nb\r\n0\r\n\r\n", b"ab", None),
    "chunks joined already": ({"transfer-encoding": "chunked"}, b"<ab>", b"<ab>", None),
    "chunks cut": ({"transfer-encoding": "chunked"}, b"9\r\nab", b"9\r\nab", "part_encoded"),
    "short": ({"content-length": "3"}, b"ab", b"ab", "length_differs"),
    "long": ({"content-length": "1"}, b"ab", b"ab", "length_differs"),
    "not modified": ({"content-length": "9"}, b"", b"", None),
    "bomb": (
        {"content-encoding": "gzip"},
        gzip.compress(b"\0" * (16 << 20), mtime=0),
        None,
        "member_limits",
    ),
}


@pytest.mark.parametrize("name", ENCODED)
def test_a_body_is_unpacked_or_kept_and_said(name):
    headers, sent, read, code = ENCODED[name]
    status = "304 Not Modified" if name == "not modified" else "200 OK"
    [part] = read_warc(record(sent, *headers.items(), status=status)).members
    payload = unpack(
        read_answer(record(sent, *headers.items(), status=status).split(b"\r\n\r\n", 1)[1])
    )
    assert part.data == (sent if read is None else read)
    told = [one.code for one in read_warc(record(sent, *headers.items(), status=status)).problems]
    assert told == ([code] if code else [])
    assert payload.data.startswith(part.data[:8])


def test_brotli_is_unpacked_where_the_library_is_there():
    brotli = pytest.importorskip("brotli")
    reading = read_warc(record(brotli.compress(b"ab" * 50), ("content-encoding", "br")))
    assert reading.members[0].data == b"ab" * 50
    bomb = read_warc(
        record(brotli.compress(b"\0" * (8 << 20), quality=1), ("content-encoding", "br"))
    )
    assert [one.code for one in bomb.problems] == ["member_limits"]


def test_brotli_stays_packed_where_the_library_is_not(monkeypatch):
    monkeypatch.setattr("affiant.read.http_payload.find_spec", lambda name: None)
    reading = read_warc(record(b"(br)", ("content-encoding", "br"), ("content-type", "text/html")))
    assert [one.code for one in reading.problems] == ["part_encoded"]
    assert reading.members[0].media_type == "application/octet-stream"


def test_a_member_that_unpacks_to_too_much_is_passed_over():
    bomb = gzip.compress(record(b"\0" * (8 << 20)), mtime=0)
    data = archive(packed=True)
    at = starts(data, packed=True)[3]
    reading = read_warc(data[:at] + bomb + data[at:])
    assert [(one.code, one.item) for one in reading.problems] == [
        ("member_limits", "record/000004")
    ]
    assert len(reading.members) == 8


def test_what_does_not_fit_is_left_out_and_said(monkeypatch):
    monkeypatch.setattr("affiant.read.members.MOST_TOTAL_BYTES", 100)
    reading = read_warc(archive(packed=False))
    assert 0 < len(reading.members) < 8
    assert [one.code for one in reading.problems] == ["parts_left_out"]


@pytest.mark.parametrize(
    "label",
    [
        f"sha1:{sha1(b'x').hexdigest()}",
        f"SHA-1:{b32encode(sha1(b'x').digest()).decode()}",
        f"sha256:{sha256(b'x').hexdigest().upper()}",
        f"sha256:{b32encode(sha256(b'x').digest()).decode()}",
        f"md5:{md5(b'x').hexdigest()}",
        f"md5:{b32encode(md5(b'x').digest()).decode().rstrip('=')}",
    ],
)
def test_a_digest_is_compared_in_each_of_its_forms(label):
    assert agrees(label, contents=[b"x"]) is True
    assert agrees(label, contents=[b"y"]) is False


def test_a_digest_that_says_nothing_is_not_known():
    for label in ("", "x", "crc32:aa", "sha1:", "sha1:zz", "sha256:" + "a" * 40):
        assert agrees(label, contents=[b"x"]) is None


def test_a_truncated_capture_is_told():
    reading = read_warc(
        record(b"ab").replace(b"WARC-Type:", b"WARC-Truncated: length\r\nWARC-Type:", 1)
    )
    assert [one.code for one in reading.problems] == ["part_truncated"]


def test_a_web_archive_is_told_by_its_first_bytes_or_its_name():
    assert sniff(archive(packed=False), name="x") == WARC
    assert sniff(archive(packed=True), name="x.warc.gz") == WARC
    assert sniff(archive(packed=True), name="x.gz") == "application/gzip"
