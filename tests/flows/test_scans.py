"""Pictures and scans: read by recognition when asked, and it stands there that they were."""

import io
import re
import time
import zipfile

import pytest
from PIL import Image

from drawn import ARABIC, pdf_with, picture, saved
from flows.desk import Desk, new_desk, write
from flows.test_transcripts import sound

ENGLISH = [
    "Statement of a baker in Velmar",
    "Three men were killed at the mill",
    "on 2 May 2031 before the harvest",
]
PERSIAN = ["سه مرد در شهر کشته شدند", "نانوا دید که در را شکستند", "این گواهی در بهار نوشته شد"]
ARABIC_LINES = [
    "قتل ثلاثة رجال في المدينة",
    "رأى الخباز الجنود عند الباب",
    "كتبت هذه الشهادة في الربيع",
]
LAYER = [b"A report on the mill", b"Five people were wounded in Velmar"]


@pytest.fixture
def desk(tmp_path) -> Desk:
    return new_desk(tmp_path)


def take_in(desk, tmp_path, **documents):
    """Add documents and read them without recognition."""
    names = {name.replace("_", "."): data for name, data in documents.items()}
    desk.run("add", write(tmp_path / "in", names))
    return desk.json("read")


def scan(lines=ENGLISH):
    return picture(lines)[0]


def texts_of(desk, name):
    """Return what stands in the texts of a document, oldest first, with their fields."""
    [row] = [row for row in desk.json("status", "--documents") if row["name"] == name]
    with desk.open() as case:
        return [(case.text(text["text_digest"]), text) for text in row["texts"]]


def test_a_picture_is_recognised_when_asked_and_every_line_has_its_place(desk, tmp_path, tesseract):
    image, boxes = picture(ENGLISH)
    take_in(desk, tmp_path, letter_png=saved(image, "PNG"))
    assert texts_of(desk, "letter.png") == []
    [result] = desk.json("read", "--ocr", "--languages", "eng")
    assert result["isolation"].endswith("rlimits")
    [(text, made)] = texts_of(desk, "letter.png")
    assert [line for line in text.split("\n") if line] == ENGLISH
    assert made["tool"] == "tesseract"
    assert "languages=eng" in made["settings"]
    assert int(re.search(r"mean_confidence=(\d+)", made["settings"])[1]) > 80
    with desk.open() as case:
        document = desk.document("letter.png")
        [places] = case.places.of(made["text_digest"], document_id=document)
    assert [text[region.start : region.end] for region in places.regions] == ENGLISH
    for region, drawn in zip(places.regions, boxes, strict=True):
        width, height = image.width / 10_000, image.height / 10_000
        left, top, right, bottom = region.box
        assert drawn[0] - 8 <= left * width <= right * width <= drawn[2] + 8
        assert drawn[1] - 8 <= top * height <= bottom * height <= drawn[3] + 8
    [status] = desk.json("status")
    assert (status["read"], status["read_by_ocr_only"], status["unread_documents"]) == (1, 1, 0)
    desk.clean()


@pytest.mark.parametrize(("language", "lines"), [("fas", PERSIAN), ("ara", ARABIC_LINES)])
def test_persian_and_arabic_are_recognised_for_the_most_part(
    desk, tmp_path, tesseract, language, lines
):
    image, _ = picture(lines, names=ARABIC, size=60, step=150, right_to_left=True)
    take_in(desk, tmp_path, letter_png=saved(image, "PNG"))
    desk.run("read", "--ocr", "--languages", language)
    [(text, _)] = texts_of(desk, "letter.png")
    words = " ".join(lines).split()
    seen = sum(word in text.split() for word in words)
    assert seen >= 0.8 * len(words), text
    assert text.split()[0] == words[0]  # read from the right
    desk.clean()


def test_a_scan_gets_a_text_with_pages_and_a_second_run_does_nothing(desk, tmp_path, tesseract):
    data = pdf_with([scan(), scan(["A second page of the scan"])])
    [before] = take_in(desk, tmp_path, scan_pdf=data)
    assert before["code"] == "no_text"
    assert "read --ocr" in desk.run("read").out
    desk.run("read", "--ocr", "--languages", "eng")
    [(text, made)] = texts_of(desk, "scan.pdf")
    first, second = text.split("\f\n")
    assert [line for line in first.split("\n") if line] == ENGLISH
    assert second == "A second page of the scan"
    assert "dpi=300" in made["settings"]
    assert desk.json("read", "--ocr", "--languages", "eng") == []
    assert len(texts_of(desk, "scan.pdf")) == 1
    desk.clean()


def test_a_text_layer_is_never_replaced_and_its_empty_pages_are_filled_in(
    desk, tmp_path, tesseract
):
    take_in(desk, tmp_path, mixed_pdf=pdf_with([LAYER, scan(), LAYER]), whole_pdf=pdf_with([LAYER]))
    [(layer, _)] = texts_of(desk, "mixed.pdf")
    [result] = desk.json("read", "--ocr", "--languages", "eng")
    assert result["name"] == "mixed.pdf"
    [(kept, first), (text, second)] = texts_of(desk, "mixed.pdf")
    assert (kept, first["tool"]) == (layer, "pypdfium2")
    pages, pages_before = text.split("\f\n"), layer.split("\f\n")
    assert (pages[0], pages[2]) == (pages_before[0], pages_before[2])
    assert [line for line in pages[1].split("\n") if line] == ENGLISH
    assert "pages=2; the others as their text layer" in second["settings"]
    assert len(texts_of(desk, "whole.pdf")) == 1
    [status] = desk.json("status")
    assert status["read_by_ocr_only"] == 0
    desk.clean()


def test_a_named_document_gets_a_second_text_and_keeps_its_first(desk, tmp_path, tesseract):
    take_in(desk, tmp_path, whole_pdf=pdf_with([LAYER]))
    said = desk.run("read", "--ocr", "--languages", "eng", "--document", "whole.pdf").out
    assert "the earlier ones stay" in said
    assert "compare every quote with its page" in said
    [(layer, first), (text, second)] = texts_of(desk, "whole.pdf")
    assert (first["tool"], second["tool"]) == ("pypdfium2", "tesseract")
    assert layer.split() == text.split()
    desk.clean()


def test_a_claim_from_a_scan_says_where_it_stands_and_that_it_was_recognised(
    desk, tmp_path, tesseract
):
    take_in(desk, tmp_path, scan_pdf=pdf_with([scan(["A first page"]), scan()]))
    desk.run("read", "--ocr", "--languages", "eng")
    desk.run("suggest")
    [suggested] = desk.json("claim", "list", "--status", "suggested")
    assert "character recognition" in suggested["why"]
    assert all("region" not in quote for quote in suggested["quotes"])
    desk.run("claim", "accept", suggested["claim_id"])
    [accepted] = desk.json("claim", "list", "--status", "accepted")
    for quote in accepted["quotes"]:
        assert [place["page"] for place in quote["region"]] == [2]
        assert len(quote["region"][0]["box"]) == 4
    assert desk.json("claim", "list", "--status", "suggested") == []
    shown = desk.json("claim", "show", accepted["claim_id"])[0]
    assert shown["quotes"] == accepted["quotes"]
    desk.clean()


def test_an_empty_picture_is_told_and_not_tried_again(desk, tmp_path, tesseract):
    take_in(desk, tmp_path, empty_png=saved(picture([])[0], "PNG"), broken_png=b"\x89PNG\r\n\x1a\n")
    codes = {row["name"]: row["code"] for row in desk.json("read", "--ocr", "--languages", "eng")}
    assert codes == {"empty.png": "nothing_recognised", "broken.png": "not_recognised"}
    assert desk.json("read", "--ocr", "--languages", "eng") == []
    desk.clean()


def test_a_language_without_data_is_told(desk, tesseract):
    [error] = desk.json("read", "--ocr", "--languages", "eng,xyz", code=2)
    assert "xyz" in error["problem"]
    assert "tesseract-ocr-xyz" in error["remedy"]
    assert desk.json("read", "--languages", "eng", code=2)[0]["exit_code"] == 2


def test_without_tesseract_it_is_said_and_nothing_else_fails(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    take_in(desk, tmp_path, letter_png=saved(scan(), "PNG"), a_txt=b"Words.")
    [error] = desk.json("read", "--ocr", code=1)
    assert "tesseract is not installed" in error["problem"]
    [status] = desk.json("status")
    assert (status["read"], status["unread_documents"]) == (1, 1)
    assert any("tesseract is not installed" in warning for warning in status["warnings"])


def test_a_strict_case_refuses_what_is_recognised_under_less(
    desk, tmp_path, monkeypatch, tesseract
):
    take_in(desk, tmp_path, letter_png=saved(scan(), "PNG"))
    desk.run("policy", "set", "isolation", "strict")
    only = tmp_path / "only"
    only.mkdir()
    (only / "tesseract").symlink_to(tesseract)
    monkeypatch.setenv("PATH", str(only))
    [row] = desk.json("read", "--ocr", "--languages", "eng")
    assert row["code"] == "isolation_refused"


def test_a_dry_run_recognises_nothing(desk, tmp_path, tesseract):
    take_in(desk, tmp_path, letter_png=saved(scan(), "PNG"))
    assert "Would recognise characters on letter.png" in desk.run("read", "--ocr", "--dry-run").out
    assert texts_of(desk, "letter.png") == []


def test_parts_of_an_archive_are_recognised_and_asked_too(desk, tmp_path, tesseract):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("letter.png", saved(scan(ENGLISH[1:2]), "PNG"))
        archive.writestr("call.wav", sound())
    take_in(desk, tmp_path, all_zip=packed.getvalue())
    codes = {row["name"]: row["code"] for row in desk.json("status")[0]["unread"]}
    assert codes["call.wav"] == "sound_or_film"
    desk.run("read", "--ocr", "--languages", "eng")
    [(text, _)] = texts_of(desk, "letter.png")
    assert text == ENGLISH[1]
    desk.clean()


def test_a_bomb_costs_itself_alone(desk, tmp_path, tesseract):
    bomb = saved(Image.new("1", (20_000, 20_000)), "PNG")  # 1 kB in a thousand
    take_in(desk, tmp_path, bomb_png=bomb, letter_png=saved(scan(ENGLISH[:1]), "PNG"))
    began = time.monotonic()
    rows = {row["name"]: row for row in desk.json("read", "--ocr", "--languages", "eng")}
    assert time.monotonic() - began < 60
    assert rows["bomb.png"]["code"] == "too_large"
    assert rows["letter.png"]["text_digest"] is not None
    desk.clean()
