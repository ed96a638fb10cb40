import bz2
import gzip
import io
import lzma
import random
import subprocess
import tarfile
import time

import pytest

from affiant.errors import UnreadableError
from affiant.read import compressed, read_document, sniff
from affiant.read import members as member_limits

TAR = "application/x-tar"
PACKERS = {
    "application/gzip": gzip.compress,
    "application/x-bzip2": bz2.compress,
    "application/x-xz": lzma.compress,
}
KINDS = pytest.mark.parametrize("kind", [TAR, *PACKERS])


def tarred(files, *, form=tarfile.PAX_FORMAT, entries=()):
    """Return a tar archive of files by name, and of further entries without content."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for entry in entries:
            archive.addfile(entry)
    return target.getvalue()


def entry(name, kind, *, target=""):
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


def packed(data, *, kind):
    return data if kind == TAR else PACKERS[kind](data)


def read(data, *, kind=TAR, depth=0):
    return read_document(data, media_type=kind, depth=depth)


def paths(reading):
    return [member.path for member in reading.members]


def problems(reading):
    return [(problem.code, problem.item) for problem in reading.problems]


@KINDS
def test_files_are_members_however_the_archive_is_packed(kind):
    data = packed(tarred({"a/نامه\u200c.txt": b"hello", "c.csv": b"1,2"}), kind=kind)
    assert sniff(data, name="x") == kind
    reading = read(data, kind=kind)
    assert [(m.path, m.size, m.media_type, m.data) for m in reading.members] == [
        ("a/نامه\u200c.txt", 5, "text/plain", b"hello"),
        ("c.csv", 3, "text/csv", b"1,2"),
    ]
    assert not reading.problems


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_each_form_and_long_names_are_read(form):
    name = "/".join(["folder" * 8] * (4 if form == tarfile.USTAR_FORMAT else 9)) + "/a.txt"
    assert paths(read(tarred({name: b"x"}, form=form))) == [name]


def test_an_archive_of_the_system_s_own_program_is_read(tmp_path):
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text("hello")
    (folder / "link").symlink_to("deep/a.txt")
    subprocess.run(["tar", "-czf", tmp_path / "x.tgz", "-C", tmp_path, "in"], check=True)
    reading = read((tmp_path / "x.tgz").read_bytes(), kind="application/gzip")
    assert paths(reading) == ["in/deep/a.txt"]
    assert problems(reading) == [("member_link", "in/link")]


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/passwd", "C:\\evil", "..\\evil"])
def test_names_that_point_outside_are_refused_and_told(name):
    reading = read(tarred({name: b"x", "good.txt": b"y"}))
    assert paths(reading) == ["good.txt"]
    assert [code for code, _ in problems(reading)] == ["member_unsafe_name"]


def test_a_name_with_a_nul_is_refused():
    made = tarfile.TarInfo("x")
    made.pax_headers = {"path": "good.txt\0.exe"}
    reading = read(tarred({}, entries=[made]))
    assert problems(reading) == [("member_unsafe_name", "good.txt%00.exe")]


def test_links_and_devices_are_refused_one_by_one():
    entries = [
        entry("soft", tarfile.SYMTYPE, target="/etc/passwd"),
        entry("hard", tarfile.LNKTYPE, target="good.txt"),
        entry("pipe", tarfile.FIFOTYPE),
        entry("disk", tarfile.BLKTYPE),
        entry("folder", tarfile.DIRTYPE),
        entry("odd", b"Z"),
    ]
    reading = read(tarred({"good.txt": b"y"}, entries=entries))
    assert paths(reading) == ["good.txt"]
    assert problems(reading) == [
        ("member_link", "soft"),
        ("member_link", "hard"),
        ("member_special", "pipe"),
        ("member_special", "disk"),
        ("member_unsupported", "odd"),
    ]


def test_a_sparse_file_is_not_blown_up():
    made = tarfile.TarInfo("sparse")
    made.pax_headers = {
        "GNU.sparse.major": "0",
        "GNU.sparse.minor": "1",
        "GNU.sparse.map": "0,0",
        "GNU.sparse.size": str(1 << 40),
    }
    assert problems(read(tarred({}, entries=[made]))) == [("member_unsupported", "sparse")]


def test_a_name_that_is_there_twice_gets_a_number():
    data = tarred({"same.txt": b"a"})[:1024] + tarred({"same.txt": b"b"})
    assert [(m.path, m.data) for m in read(data).members] == [
        ("same.txt", b"a"),
        ("same.txt~2", b"b"),
    ]


@KINDS
@pytest.mark.parametrize("cut", [1300, 2048, 2100])
def test_what_stands_before_a_cut_is_kept_and_the_cut_is_told(kind, cut):
    data = tarred({"a.txt": b"a" * 500, "b.txt": b"b" * 500, "c.txt": b"c"})[:cut]
    reading = read(packed(data, kind=kind), kind=kind)
    assert "a.txt" in paths(reading)
    assert "c.txt" not in paths(reading)
    assert problems(reading)[-1][0] == "archive_cut"


def test_a_damaged_header_does_not_pass_for_the_end():
    data = bytearray(tarred({"a.txt": b"a", "b.txt": b"b"}))
    data[1024 + 20] ^= 0xFF
    reading = read(bytes(data))
    assert paths(reading) == ["a.txt"]
    assert problems(reading) == [("archive_cut", "a.txt")]


def test_a_broken_packing_costs_only_what_comes_after():
    noise = bytes(range(256)) * 400
    data = gzip.compress(tarred({"a.txt": noise, "b.txt": noise[::-1]}))
    reading = read(data[: len(data) - 500], kind="application/gzip")
    assert paths(reading) == ["a.txt"]
    assert problems(reading)[-1][0] == "archive_cut"


@pytest.mark.parametrize("kind", PACKERS)
def test_one_packed_file_is_a_part(kind):
    reading = read(PACKERS[kind]("می\u200cشود".encode()), kind=kind)
    assert [(m.path, m.media_type, m.data.decode()) for m in reading.members] == [
        ("content", "text/plain", "می\u200cشود")
    ]


def test_a_gzip_file_gives_its_content_the_name_that_it_carries():
    target = io.BytesIO()
    with gzip.GzipFile("list.csv.gz", "wb", fileobj=target) as file:
        file.write(b"a,b\n1,2\n")
    [member] = read(target.getvalue(), kind="application/gzip").members
    assert (member.path, member.media_type) == ("list.csv", "text/csv")
    plain = gzip.compress(b"a,b\n")
    named = plain[:3] + b"\x08" + plain[4:10] + b"list%\xe9.csv\0" + plain[10:]
    [member] = read(named, kind="application/gzip").members
    assert (member.path, member.media_type) == ("list%25%E9.csv", "text/csv")


@pytest.mark.parametrize("kind", PACKERS)
def test_a_cut_packed_file_gives_what_came_out_and_says_so(kind):
    noise = random.Random(7).randbytes(1_000_000)
    data = PACKERS[kind](noise)
    reading = read(data[: len(data) - 20], kind=kind)
    assert problems(reading) == [("archive_cut", "content")]
    assert noise.startswith(reading.members[0].data)
    assert len(reading.members[0].data) > 500_000


@pytest.mark.parametrize("kind", PACKERS)
def test_a_bomb_is_refused_and_what_is_below_is_not(kind, monkeypatch):
    monkeypatch.setattr(member_limits, "FREE_BYTES", 10_000)
    bomb = PACKERS[kind](bytes(30_000_000))
    with pytest.raises(UnreadableError) as problem:
        read(bomb, kind=kind)
    assert problem.value.code == "archive_limits"
    assert read(PACKERS[kind](bytes(9_000)), kind=kind).members[0].size == 9_000


def test_a_bomb_in_a_packed_archive_is_refused(monkeypatch):
    monkeypatch.setattr(compressed, "FREE_BYTES", 10_000)
    with pytest.raises(UnreadableError) as problem:
        read(gzip.compress(tarred({"bomb": bytes(30_000_000)})), kind="application/gzip")
    assert problem.value.code == "archive_limits"


@pytest.mark.parametrize("size", [200 << 20, 1 << 40, 1 << 60])
def test_a_file_of_a_false_size_is_told(size):
    made = tarfile.TarInfo("huge")
    made.size = size
    head = made.tobuf(tarfile.GNU_FORMAT)
    began = time.process_time()
    reading = read(tarred({"a.txt": b"a"})[:1024] + head + bytes(2048))
    assert time.process_time() - began < 2
    assert paths(reading) == ["a.txt"]
    assert problems(reading) == [("member_limits", "huge"), ("archive_cut", "huge")]


@pytest.mark.parametrize(("limit", "value"), [("MOST_MEMBERS", 3), ("MOST_TOTAL_BYTES", 30)])
def test_too_many_files_or_bytes_refuse_the_whole(monkeypatch, limit, value):
    monkeypatch.setattr(member_limits, limit, value)
    with pytest.raises(UnreadableError) as problem:
        read(tarred({f"{number}.txt": b"0123456789" for number in range(4)}))
    assert problem.value.code == "archive_limits"


@KINDS
def test_no_container_is_opened_too_deep(kind):
    data = packed(tarred({"a.txt": b"a"}), kind=kind)
    assert read(data, kind=kind, depth=member_limits.MOST_DEPTH - 1).members
    with pytest.raises(UnreadableError) as problem:
        read(data, kind=kind, depth=member_limits.MOST_DEPTH)
    assert problem.value.code == "archive_limits"


@KINDS
@pytest.mark.parametrize("data", [b"", b"junk" * 200, bytes(600)], ids=["none", "junk", "noughts"])
def test_what_is_no_archive_is_told(kind, data):
    if kind == TAR and not any(data) and data:
        assert read(data).members == ()
        return
    with pytest.raises(UnreadableError) as problem:
        read(data, kind=kind)
    assert problem.value.code == "archive_broken"


@pytest.mark.parametrize("at", range(0, 520, 13))
def test_a_changed_header_breaks_nothing(at):
    data = bytearray(tarred({"a.txt": b"a" * 600, "b.txt": b"b"}))
    data[at] = 0xFF
    try:
        reading = read(bytes(data))
    except UnreadableError as problem:
        assert problem.code in ("archive_broken", "archive_limits")
    else:
        assert all(member.size == len(member.data) for member in reading.members)
