"""A document's way into the case: who gave it, on which conditions, where the original is."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from flows.desk import FIRST, new_desk, write
from unit.publish.browser import Watched, browsing

LETTER = "Statement of Alba Merin.\nI saw four men at the Oreth mill.\n"
FORGED = "<script>document.title='x'</script><b>\u202eevil"


@pytest.fixture
def desk(tmp_path):
    desk = new_desk(tmp_path)
    folder = write(tmp_path / "in", {"letter.txt": LETTER})
    desk.run(
        *("add", folder, "--from", "a sister", "--how", "by hand", "--received", "2031-05"),
        *("--conditions", "her name stays out", "--held-at", "a drawer in her house"),
    )
    desk.run("read")
    return desk


def test_what_was_said_at_intake_is_in_the_story(desk):
    [story] = desk.json("custody", "show", "letter.txt")
    [added] = story["steps"]
    facts = dict(added["facts"])
    assert facts["From"] == "a sister"
    assert facts["On these conditions"] == "her name stays out"
    assert facts["Where the original is"] == "a drawer in her house"
    assert facts["When"] == "May 2031"
    assert added["noted_by"].startswith(FIRST)
    assert [step["title"] for step in story["texts"]] == ["Text read"]


def test_what_happened_later_is_noted_and_signed(desk):
    desk.run(
        *("custody", "note", "letter.txt", "moved", "--when", "2031-06-02", "--by", "Teo Lind"),
        *("--held-at", "a bank", "--note", "the house was searched"),
    )
    [story] = desk.json("custody", "show", "letter.txt")
    moved = story["steps"][-1]
    assert moved["title"] == "Moved"
    assert dict(moved["facts"])["Note"] == "the house was searched"
    assert dict(moved["facts"])["By"] == "Teo Lind"
    desk.run("verify", code=0)


@pytest.mark.parametrize(
    "words", [("stolen",), ("moved", "--when", "yesterday"), ("moved", "--when", "2031-13")]
)
def test_an_event_or_date_that_is_none_is_refused(words, desk):
    before = desk.json("history", "list")
    desk.run("custody", "note", "letter.txt", *words, code=2)
    assert desk.json("history", "list") == before


def test_the_date_of_receipt_must_be_a_date(desk, tmp_path):
    desk.run("add", tmp_path / "in", "--received", "last week", code=2)


def test_each_noted_field_can_be_erased_alone(desk):
    desk.run("custody", "note", "letter.txt", "handed_over", "--by", "Teo Lind", "--note", "secret")
    commitment = desk.json("history", "list")[-1]["commitment"]
    desk.run("protect", "erase", commitment, "--field", "detail", "--why", "safety")
    [story] = desk.json("custody", "show", "letter.txt")
    assert "Teo Lind" not in str(story) and "secret" not in str(story)
    desk.run("verify", code=0)


def test_a_part_has_the_story_of_its_container(tmp_path):
    desk = new_desk(tmp_path)
    mail = (
        b"From: ilse@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\n"
        b"Content-Type: text/plain\r\n\r\nOne.\r\n--cut\r\nContent-Type: text/plain; name=n.txt\r\n"
        b"Content-Disposition: attachment; filename=n.txt\r\n\r\nTwo.\r\n--cut--\r\n"
    )
    desk.run("add", write(tmp_path / "in", {"letter.eml": mail}), "--from", "a sister")
    desk.run("read")
    part = next(row for row in desk.json("status", "--documents") if "!" in row["document"])
    [story] = desk.json("custody", "show", part["document"])
    assert story["container"] == ["letter.eml"]
    assert dict(story["steps"][0]["facts"])["From"] == "a sister"


def test_the_page_prints_on_paper_and_runs_nothing(desk, tmp_path, chromium):
    desk.run("custody", "note", "letter.txt", "moved", "--by", FORGED, "--note", FORGED)
    page_file = tmp_path / "custody.html"
    [made] = desk.json("custody", "page", "letter.txt", "-o", page_file)
    assert made["size"] == page_file.stat().st_size
    source = page_file.read_text(encoding="utf-8")
    assert "<script>" not in source and "\u202e" not in source
    with browsing(chromium) as browser:
        watched = Watched(browser.new_page())
        watched.page.goto(page_file.as_uri())
        words = watched.page.inner_text("main")
        printed = watched.page.pdf(format="A4")
        watched.confirm_quiet()
    assert watched.asked == [page_file.as_uri()]
    assert "her name stays out" in words and "Handed over by" in words
    assert len(PdfReader(BytesIO(printed)).pages) == 1
