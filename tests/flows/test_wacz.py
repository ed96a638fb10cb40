"""Captured pages as a WACZ file: the archives as they are, and an index that finds each record."""

import gzip
import io
import json
import subprocess
import zipfile
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from affiant.publish.wacz import sort_key
from flows.desk import Desk, new_desk
from flows.website import running_site


@pytest.fixture(scope="module")
def captured(tmp_path_factory) -> tuple[Desk, dict]:
    """A case with a page, a redirect, a broken answer and one that was refused."""
    folder = tmp_path_factory.mktemp("captured")
    desk = new_desk(folder)
    with running_site() as site:
        addresses = [site.url(path) for path in ("/", "/redirect?left=1", "/half")]
        words = (*addresses, "ftp://127.0.0.1/", "--allow", site.authority, "--delay", "0")
        desk.json("capture", *words, code=1)
        sent = {site.url(path): bytes(data) for path, data in site.sent.items()}
    return desk, sent


def test_the_second_program_accepts_it(captured, wacz, tmp_path):
    desk, _ = captured
    made = tmp_path / "pages.wacz"
    row = desk.json("bundle", "--wacz", made)[0]
    assert (row["captures"], row["pages"]) == (4, 2)
    assert row["digest"] == sha256(made.read_bytes()).hexdigest()
    done = subprocess.run(
        [wacz, "validate", "-f", made], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Valid WACZ" in done.stdout or "valid" in done.stdout.lower()


def test_every_line_of_the_index_leads_to_its_record(captured, tmp_path):
    desk, sent = captured
    made = tmp_path / "pages.wacz"
    desk.run("bundle", "--wacz", made)
    found = {}
    with zipfile.ZipFile(made) as package:
        assert package.testzip() is None
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}
        lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
        assert lines == sorted(lines)
        for line in lines:
            key, _, values = line.split(" ", 2)
            entry = json.loads(values)
            assert key == sort_key(entry["url"])
            archive = package.read("archive/" + entry["filename"])
            start = int(entry["offset"])
            piece = archive[start : start + int(entry["length"])]
            record = next(ArchiveIterator(io.BytesIO(piece), no_record_parse=True))
            assert record.rec_headers.get_header("WARC-Target-URI") == entry["url"]
            assert record.rec_headers.get_header("WARC-Payload-Digest") == entry["digest"]
            found[entry["url"]] = record.raw_stream.read()
        pages = package.read("pages/pages.jsonl").decode().splitlines()
    assert found == sent
    assert [json.loads(page)["url"] for page in pages[1:]] == [
        *(url for url in sent if url.endswith(("/", "left=0"))),
    ]


def test_the_same_case_gives_the_same_bytes(captured, tmp_path):
    desk, _ = captured
    rows = [desk.json("bundle", "--wacz", tmp_path / name)[0] for name in ("a", "b")]
    assert rows[0]["digest"] == rows[1]["digest"]


def test_an_altered_archive_is_not_packed(captured, tmp_path):
    desk = captured[0].copied(tmp_path)
    victim = next(path for path in (desk.folder / "originals").rglob("*") if path.is_file())
    victim.chmod(0o600)
    victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    [error] = desk.json("bundle", "--wacz", tmp_path / "pages.wacz", code=5)
    assert "altered" in error["problem"]
    assert not (tmp_path / "pages.wacz").exists()


def test_where_nothing_was_captured_there_is_nothing_to_pack(tmp_path):
    [error] = new_desk(tmp_path).json("bundle", "--wacz", tmp_path / "pages.wacz", code=2)
    assert "nothing was captured" in error["problem"]


def test_addresses_are_sorted_by_host_from_the_end():
    assert sort_key("http://www.mill.example/a?B=1") == "example,mill)/a?b=1"
    assert sort_key("https://mill.example:8443") == "example,mill:8443)/"
    assert sort_key("http://127.0.0.1:80/x") == "127.0.0.1:80)/x"
    assert sort_key("urn:dom:http://mill.example/") == "urn:dom:http://mill.example/"
