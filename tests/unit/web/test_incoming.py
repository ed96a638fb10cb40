"""What a browser sends is taken in file by file: one that cannot be taken costs no other."""

import os

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from affiant.errors import BadInputError
from affiant.web.incoming import LARGEST, MOST_FILES, receive

BOUNDARY = "x7"


def part(content: bytes, *, name: str = "file", filename: bytes | None = None) -> bytes:
    said = f'form-data; name="{name}"'.encode()
    if filename is not None:
        said += b'; filename="' + filename + b'"'
    return b"--x7\r\nContent-Disposition: " + said + b"\r\n\r\n" + content + b"\r\n"


def send(folder, *parts: bytes, largest: int = LARGEST, end: bytes = b"--x7--\r\n"):
    """Send a form; return its fields, its files by name, and what was refused."""

    async def take(request):
        sent = await receive(request, folder=folder, largest=largest)
        files = [[os.fsencode(path.name).hex(), path.read_bytes().hex()] for path in sent.paths]
        return JSONResponse([sent.fields, files, [each.problem for each in sent.refused]])

    client = TestClient(Starlette(routes=[Route("/", take, methods=["POST"])]))
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    fields, files, refused = client.post("/", content=b"".join(parts) + end, headers=kind).json()
    return fields, [tuple(map(bytes.fromhex, pair)) for pair in files], refused


def test_fields_and_files_arrive_byte_for_byte_under_the_names_they_had(tmp_path):
    every = bytes(range(256)) * 999
    fields, files, refused = send(
        tmp_path,
        part("خواهر".encode(), name="source"),
        part(every, filename="نامه.bin".encode()),
        part(b"--x7 is no end", filename=b"a%22b.txt"),
        part(b"", filename=b"empty.txt"),
        part(b"", filename=b""),
    )
    assert fields == {"source": "خواهر"}
    assert files == [
        ("نامه.bin".encode(), every),
        (b'a"b.txt', b"--x7 is no end"),
        (b"empty.txt", b""),
    ]
    assert refused == []


def test_two_files_of_one_name_are_two_files(tmp_path):
    _, files, _ = send(tmp_path, part(b"1", filename=b"a.txt"), part(b"2", filename=b"a.txt"))
    assert files == [(b"a.txt", b"1"), (b"a.txt", b"2")]


@pytest.mark.parametrize(
    "name", [b"../../case.db", b"/etc/passwd", b"..\\..\\case.db", b"C:\\x\\y.txt"]
)
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    inside = tmp_path / "deep" / "in"
    inside.mkdir(parents=True)
    _, files, _ = send(inside, part(b"x", filename=name))
    assert [content for _, content in files] == [b"x"]
    outside = [
        path for path in tmp_path.rglob("*") if path.is_file() and inside not in path.parents
    ]
    assert outside == []


def test_a_file_that_cannot_be_taken_costs_no_other(tmp_path):
    _, files, refused = send(
        tmp_path,
        part(b"first", filename=b"first.txt"),
        part(b"x", filename=b".."),
        part(b"x", filename=b"n" * 256),
        part(b"much too long", filename=b"large.txt"),
        part(b"last", filename=b"last.txt"),
        largest=5,
    )
    assert files == [(b"first.txt", b"first"), (b"last.txt", b"last")]
    assert len(refused) == 3
    assert "large.txt is larger than" in refused[2]
    assert len(list(tmp_path.rglob("*.txt"))) == 2


def test_more_files_than_are_taken_at_a_time_are_refused_one_by_one(tmp_path):
    parts = [part(b"x", filename=b"%d.txt" % number) for number in range(MOST_FILES + 2)]
    _, files, refused = send(tmp_path, *parts)
    assert (len(files), len(refused)) == (MOST_FILES, 2)


@pytest.mark.parametrize("end", [b"", b"--x7\r\nContent-Dis"])
def test_a_form_that_breaks_off_is_refused_as_a_whole(tmp_path, end):
    with pytest.raises(BadInputError, match="breaks off"):
        send(tmp_path, part(b"x", filename=b"a.txt"), end=end)


def test_a_field_without_end_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="too long"):
        send(tmp_path, part(b"x" * 10_000, name="source"))


def test_what_is_no_form_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="cannot be read"):
        send(tmp_path, b"nothing like a form")
