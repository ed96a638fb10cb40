"""``affiant capture``: from an address to a kept archive and an entry, failures included."""

import json
import os
import signal
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

import pytest
from click.testing import CliRunner

from affiant.cli.main import affiant
from affiant.preserve.capture import FAILURES
from affiant.preserve.capture.fetcher import Fetcher
from affiant.preserve.capture.job import Caps, Job, Manner
from affiant.store.objects import digest_of_file
from census import ROOT
from flows.capturing import check_archive, read_archive
from flows.desk import Desk, new_desk
from flows.website import REQUISITES, Site, running_site, trap

FIELDS = {
    *("address", "status", "document", "name", "size", "code", "final", "http_status"),
    *("media_type", "requests", "failures", "browser"),
}


@pytest.fixture
def site():
    with running_site() as running:
        yield running


@pytest.fixture
def desk(tmp_path) -> Desk:
    return new_desk(tmp_path)


def capture(desk: Desk, *words: object, site: Site, code: int = 0) -> list[dict]:
    return desk.json("capture", *words, "--allow", site.authority, "--delay", "0", code=code)


def archive_of(desk: Desk, row: dict):
    hexed = row["document"].removeprefix("sha256:")
    return desk.folder / "originals" / hexed[:2] / hexed[2:]


def detail_of(desk: Desk, row: dict) -> dict:
    with desk.open() as case:
        [found] = [each for each in case.captures.all() if each.document_id == row["document"]]
    return found.detail


def test_a_captured_page_is_an_original_with_its_custody(desk, site):
    [row] = capture(desk, site.url("/"), site=site)
    assert set(row) == FIELDS
    assert (row["status"], row["http_status"], row["code"]) == ("captured", 200, None)
    kept = archive_of(desk, row)
    assert digest_of_file(kept) == row["document"]
    assert kept.stat().st_size == row["size"]
    check_archive(kept)
    records = {each.uri: each.block for each in read_archive(kept) if each.kind == "response"}
    assert records == {site.url(path): bytes(site.sent[path]) for path in ("/", *REQUISITES)}
    with desk.open() as case:
        [event] = case.custody.events(row["document"])
        assert case.documents.find(row["document"]).media_type == "application/warc"
    assert (event.event, event.source) == ("captured", site.url("/"))
    desk.clean()


def test_what_was_asked_and_what_came_is_recorded(desk, site):
    [row] = capture(desk, site.url("/redirect?left=1"), site=site)
    detail = detail_of(desk, row)
    assert detail["asked"] == site.url("/redirect?left=1")
    assert detail["final"] == site.url("/redirect?left=0")
    assert [hop["ip"] for hop in detail["hops"]] == ["127.0.0.1", "127.0.0.1"]
    assert detail["settings"]["allow"] == [site.authority]
    assert detail["settings"]["robots"] == "not obeyed"
    assert detail["counts"] == {
        **{"requests": 2, "answers": 2, "failed": 0},
        "bytes": sum(len(sent) for sent in site.sent.values()),
    }
    assert detail["began"] <= detail["ended"]


def test_a_failed_capture_is_kept_and_recorded_too(desk, site):
    with trap() as gone:
        nobody = f"http://{gone.host}:{gone.port}/"
    addresses = [site.url("/half"), nobody, "ftp://127.0.0.1/", "http://user:word@127.0.0.1/"]
    rows = capture(desk, *addresses, site=site, code=1)
    assert [row["status"] for row in rows] == ["failed"] * 4
    assert [row["code"] for row in rows] == [
        *("connection_reset", "address_refused", "scheme_refused", "address_userinfo"),
    ]
    for row in rows:
        check_archive(archive_of(desk, row))
        assert detail_of(desk, row)["outcome"] == "failed"
        notes = [
            each.note for each in read_archive(archive_of(desk, row)) if each.kind == "metadata"
        ]
        assert [note["code"] for note in notes] == [row["code"]]
    desk.clean()


def test_a_list_is_captured_with_comments_left_out_and_resumed(desk, site, tmp_path):
    source = tmp_path / "list.txt"
    source.write_text(f"# the mill\n{site.url('/plain')}  # first\n\n{site.url('/half')}\n")
    first = capture(desk, "--from", source, site=site, code=1)
    assert [row["status"] for row in first] == ["captured", "failed"]
    site.asked.clear()
    source.write_text(source.read_text() + site.url("/gzip#part") + "\n")
    again = capture(desk, "--from", source, "--resume", site=site, code=1)
    assert [row["status"] for row in again] == ["passed", "failed", "captured"]
    assert site.asked == ["/half", "/gzip"], "failed ones are tried again"
    desk.clean()


def test_the_same_page_captured_again_is_another_original(desk, site):
    rows = capture(desk, site.url("/plain"), site.url("/plain"), site=site)
    assert len({row["document"] for row in rows}) == 2
    assert len({row["name"] for row in rows}) == 2


def test_pages_of_one_host_wait_for_one_another(desk, site):
    began = monotonic()
    allow = ("--allow", site.authority, "--page-only")
    desk.run("capture", site.url("/plain"), site.url("/gzip"), *allow, "--delay", "1.5")
    assert monotonic() - began > 1.5


def test_a_rehearsal_asks_for_nothing_and_keeps_nothing(desk, site):
    done = desk.run("capture", site.url("/"), "--allow", site.authority, "--dry-run")
    assert site.url("/") in done.out
    assert site.asked == []
    assert desk.json("status", "--documents") == []


def test_without_leave_a_private_address_is_not_asked(desk, site):
    [row] = desk.json("capture", site.url("/"), code=1)
    assert row["code"] == "address_refused"
    assert site.asked == []


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--allow", "example.org", "http://example.org"),
        ("--allow", "10.0.0.0/33", "http://example.org"),
        ("--proxy", "http://127.0.0.1:9", "http://example.org"),
        ("--proxy", "tor.example:9050", "http://example.org"),
        ("--agent", "two\nlines", "http://example.org"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_asked(words, desk):
    [error] = desk.json("capture", *words, code=2)
    assert {"problem", "remedy", "exit_code"} <= set(error)


def test_without_a_browser_the_rest_is_done_and_the_lack_is_said(desk, site, monkeypatch):
    monkeypatch.setenv("PATH", "")
    words = ("capture", site.url("/plain"), "--allow", site.authority, "--browser")
    done = desk.run(*words, code=3)
    assert "no browser is installed: no picture, print or elements" in done.out
    assert "1 captured" in done.out


def test_a_worker_that_dies_leaves_whole_records_and_a_note(site, tmp_path):
    def break_worker(handler):
        with (tmp_path / "a.warc.gz").open("ab") as archive:
            archive.write(b"\x1f\x8b half a record")
        os.kill(worker.pid, signal.SIGKILL)
        yield b""

    site.pages["/two.png"] = break_worker
    site.pages["/one-3x.png"] = break_worker
    manner = Manner(allow=(site.authority,), gap_ms=0, caps=Caps(total_s=20))
    job = Job(
        address=site.url("/"),
        archive=str(tmp_path / "a.warc.gz"),
        folder=str(tmp_path),
        manner=manner,
    )
    with Fetcher(tmp_path) as fetcher:
        fetcher._start()
        worker = fetcher._process
        outcome = fetcher.capture(job)
        assert outcome.code == "worker_died"
        check_archive(tmp_path / "a.warc.gz")
        records = read_archive(tmp_path / "a.warc.gz")
        assert next(each.uri for each in records if each.kind == "response") == site.url("/")
        assert records[-1].note["code"] == "worker_died"
        plain = Job(
            **{"address": site.url("/plain"), "archive": str(tmp_path / "b.warc.gz")},
            **{"folder": str(tmp_path), "manner": manner},
        )
        assert fetcher.capture(plain).code is None, "another worker takes its place"


def test_a_killed_capture_leaves_no_process_and_no_half_entry(desk, site):
    words = (site.url("/plain"), site.url("/drip"), "--allow", site.authority)
    running = desk.start("capture", *words, "--json", "--delay", "0")
    first = json.loads(running.stdout.readline())
    until = monotonic() + 20
    while "/drip" not in site.asked and monotonic() < until:
        sleep(0.05)
    running.send_signal(signal.SIGINT)
    running.wait(30)
    running.stdout.close()
    running.stderr.close()
    assert first["status"] == "captured"
    with desk.open() as case:
        assert [row.document_id for row in case.captures.all()] == [first["document"]]
    assert [path for path in (desk.folder / "out").iterdir() if path.name[:2] == ".c"] == []
    desk.clean()


def _peak_mb(pid: int) -> float:
    """Return the most memory that a running process has held; ``wait4`` would count ours."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc: not measured")
def test_a_large_file_is_never_held_whole(site, tmp_path, note):
    def job(path: str) -> Job:
        folder = tmp_path / path.strip("/")[:3]
        folder.mkdir()
        manner = Manner(allow=(site.authority,), gap_ms=0)
        archive = str(folder / "a.warc.gz")
        return Job(address=site.url(path), archive=archive, folder=str(folder), manner=manner)

    path = "/big?size=60000000"
    with Fetcher(tmp_path) as fetcher:
        assert fetcher.capture(job("/plain")).code is None
        little = _peak_mb(fetcher._process.pid)
        assert fetcher.capture(job(path)).code is None
        peak = _peak_mb(fetcher._process.pid)
    [kept] = [
        each for each in read_archive(tmp_path / "big" / "a.warc.gz") if each.kind == "response"
    ]
    assert sha256(kept.block).digest() == site.digests[path].digest()
    note(f"a capture of 60 MB took {peak:.0f} MiB at most, of a small page {little:.0f} MiB")
    assert peak - little < 20


def test_help_says_what_is_not_obeyed_and_who_sees_it():
    text = CliRunner().invoke(affiant, ["capture", "--help"]).output
    assert "robots.txt" in text and "--proxy" in text


def test_every_code_of_a_failure_is_explained_on_the_page_of_captures():
    page = (ROOT / "docs" / "how-to" / "capture-a-web-page.md").read_text(encoding="utf-8")
    assert {
        code for code, words in FAILURES.items() if f"| `{code}` | {words} |" not in page
    } == set()
    assert "never replays" in page
