"""A folder with one of each format, as an investigator has it, through the command line."""

import bz2
import gzip
import io
import json
import lzma
import tarfile

import openpyxl
import pptx
import pytest

from flows.desk import Desk, new_desk, write
from hostile.build import docx, mail, paragraph, pdf, zipped
from unit.read.scenes import COPIES, encoded, scene
from unit.read.test_open_document import document as open_document

WORDS = "می\u200cگویند \u202bچهار نفر\u202c"
BOX = f"From a@example.org Sat May  3 09:26:54 2031\nSubject: box\n\n{WORDS} in a box.\n"
SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://cadle.example/mill\r\n"
    "Subject: The mill\r\nDate: Sat, 3 May 2031 09:26:54 +0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="cut"\r\n\r\n'
    "--cut\r\nContent-Type: text/html; charset=utf-8\r\n"
    f"Content-Location: https://cadle.example/mill\r\n\r\n<html><body><p>{WORDS} page.</p>\r\n"
    "--cut\r\nContent-Type: text/css\r\nContent-Location: https://cadle.example/a.css\r\n\r\n"
    "p { color: red }\r\n--cut--\r\n"
)


def saved_by(thing):
    target = io.BytesIO()
    thing.save(target)
    return target.getvalue()


def sheet():
    book = openpyxl.Workbook()
    book.active.append([WORDS, 4])
    return saved_by(book)


def show():
    slides = pptx.Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = WORDS
    return saved_by(slides)


def tarred(files):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return target.getvalue()


TEXTS = {
    "a.txt": WORDS,
    "b.html": f"<html><body><p>{WORDS}</p>",
    "c.pdf": pdf([[b"four people"]]),
    "d.docx": docx(paragraph(WORDS)),
    "e.xlsx": sheet(),
    "f.pptx": show(),
    "g.odt": open_document(f"<text:p>{WORDS}</text:p>"),
    "h.eml": mail(WORDS),
    "i.csv": f"name,count\n{WORDS},4\n",
    "j.json": json.dumps({"said": WORDS}, ensure_ascii=False),
    "k.jsonl": json.dumps({"said": WORDS}, ensure_ascii=False) + "\n",
    "l.mhtml": SAVED,
}
CONTAINERS = {
    "m.mbox": BOX,
    "n.zip": zipped({"in.txt": f"{WORDS} zip"}),
    "o.tar": tarred({"in.txt": f"{WORDS} tar".encode()}),
    "p.tgz": gzip.compress(tarred({"in.txt": f"{WORDS} tgz".encode()})),
    "q.txt.gz": gzip.compress(f"{WORDS} gz".encode()),
    "r.tar.bz2": bz2.compress(tarred({"in.txt": f"{WORDS} bz2".encode()})),
    "s.tar.xz": lzma.compress(tarred({"in.txt": f"{WORDS} xz".encode()})),
}
PICTURES = {f"t.{kind}": kind for kind in ("png", "jpeg", "tiff", "gif", "webp", "bmp")}
UNREAD = {
    "u.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
    "v.7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(64),
    "w.rar": b"Rar!\x1a\x07\1\0" + bytes(64),
    "x.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "__substg1.0_".encode("utf-16-le"),
    "y.rtf": b"{\\rtf1 words}",
}
KINDS = ["image/heic", "application/x-7z-compressed", "application/vnd.rar"]
KINDS += ["application/vnd.ms-outlook", "application/rtf"]


@pytest.fixture
def desk(tmp_path) -> Desk:
    return new_desk(tmp_path)


def everything():
    picture = scene(1, size=(320, 240))
    pictures = {name: encoded(picture, kind) for name, kind in PICTURES.items()}
    return {**TEXTS, **CONTAINERS, **pictures, **UNREAD, "z.xlsx": sheet()[:-200]}


def test_one_of_each_is_kept_read_or_said_unread_and_a_broken_one_stops_nothing(desk, tmp_path):
    desk.run("add", write(tmp_path / "in", everything()))
    results = {row["name"]: row for row in desk.json("read")}
    read = {row["name"] for row in results.values() if row["text_digest"]}
    assert set(TEXTS) <= read
    rows = desk.json("status", "--documents")
    with desk.open() as case:
        for row in rows:
            if row["text_digest"] and row["name"] != "c.pdf":
                assert WORDS in case.text(row["text_digest"]), row["name"]
    inner = [row for row in rows if row["document"].count("!")]
    assert len([row for row in inner if row["text_digest"]]) == len(CONTAINERS)
    unread = {row["name"]: row["code"] for row in desk.json("status")[0]["unread"]}
    assert {name: unread.pop(name) for name in PICTURES} == dict.fromkeys(PICTURES, "no_text")
    assert {name: unread.pop(name) for name in UNREAD} == dict.fromkeys(UNREAD, "format_not_read")
    assert unread == {"z.xlsx": "archive_broken"} or unread == {"z.xlsx": "xlsx_broken"}
    kinds = {row["name"]: row["media_type"] for row in rows}
    assert [kinds[name] for name in UNREAD] == KINDS
    desk.clean()


PAGE = "<html><body><p>The mill</p><img src='page_files/photo.png'>"


def page_with_files(folder, *, ending="_files"):
    picture = scene(2, size=(320, 240))
    dot = encoded(picture.resize((1, 1)))
    write(folder, {"page.html": PAGE})
    files = {
        "style.css": "p { color: red }",
        "app.js.download": "let words = 'killed';",
        "font.woff2": b"wOF2" + bytes(range(200)),
        "dot.png": dot,
        "photo.png": encoded(picture),
        "frame.html": "<html><body>a frame",
    }
    write(folder / f"page{ending}", files)
    return folder


@pytest.mark.parametrize("ending", ["_files", "_fichiers", "-Dateien", "_archivos"])
def test_what_a_saved_page_is_dressed_in_does_not_wait_to_be_read(desk, tmp_path, ending):
    desk.run("add", page_with_files(tmp_path / "in", ending=ending))
    results = {row["name"]: row["code"] for row in desk.json("read")}
    dressed = {"style.css", "app.js.download", "font.woff2"}
    assert {name for name, code in results.items() if code == "page_file"} == dressed
    [status] = desk.json("status")
    assert [row["name"] for row in status["unread"]] == ["photo.png"]
    assert status["page_files"] == 6
    assert status["documents"] == 7
    shown = desk.json("status", "dot.png")[0]
    assert shown["belongs_to"] == [{"document": desk.document("page.html"), "role": "pixel"}]
    desk.clean()


def test_a_saved_page_in_an_archive_is_dressed_likewise(desk, tmp_path):
    page_with_files(tmp_path / "in")
    files = sorted(path for path in (tmp_path / "in").rglob("*") if path.is_file())
    packed = {str(path.relative_to(tmp_path / "in")): path.read_bytes() for path in files}
    desk.run("add", write(tmp_path / "packed", {"all.tgz": gzip.compress(tarred(packed))}))
    desk.run("read")
    [status] = desk.json("status")
    assert [row["name"] for row in status["unread"]] == ["photo.png"]


def test_a_file_that_also_lay_elsewhere_was_added_for_itself(desk, tmp_path):
    folder = page_with_files(tmp_path / "in")
    write(folder / "apart", {"evidence.js": "let words = 'killed';"})
    write(tmp_path / "report_photos", {"a.css": "p {}"})
    write(tmp_path, {"report.html": PAGE + " report"})
    desk.run("add", folder, tmp_path / "report.html", tmp_path / "report_photos")
    results = {row["name"]: row["text_digest"] for row in desk.json("read")}
    assert results["evidence.js"]
    assert results["a.css"]


def test_a_page_saved_as_one_file_keeps_its_address_and_its_parts(desk, tmp_path):
    desk.run("add", write(tmp_path / "in", {"l.mhtml": SAVED}))
    desk.run("read")
    shown = desk.json("status", "l.mhtml")[0]
    assert shown["facts"]["mhtml.address"] == "https://cadle.example/mill"
    assert shown["facts"]["mhtml.saved_by"] == "<Saved by Blink>"
    part = desk.json("status", f"{shown['document']}!a.css")[0]
    assert part["belongs_to"] == [{"document": shown["document"], "role": "style"}]
    assert desk.json("status")[0]["unread"] == []


def test_pictures_that_look_alike_are_proposed_and_others_are_not(desk, tmp_path):
    first, second = scene(3, size=(480, 360)), scene(4, size=(480, 360))
    files = {
        "camera.png": encoded(first),
        "sent on.jpg": COPIES["sent on twice"](first),
        "other.png": encoded(second),
        "packed.zip": zipped({"inside.png": encoded(second)}),
    }
    desk.run("add", write(tmp_path / "in", files))
    desk.run("read")
    names = {row["document"]: row["name"] for row in desk.json("status", "--documents")}
    pairs = {
        (names[row["document"]], names[row["of"]]): row for row in desk.json("compare", "--origins")
    }
    assert set(pairs) == {("sent on.jpg", "camera.png"), ("inside.png", "other.png")}
    assert pairs["inside.png", "other.png"]["same_bytes"]
    assert not pairs["sent on.jpg", "camera.png"]["same_bytes"]
    assert "sent on.jpg" in desk.run("compare", "--origins").out
    assert desk.json("source", "list") == []


def test_nested_containers_of_every_kind_end_at_one_depth(desk, tmp_path):
    content = b"deep words"
    for pack in (
        lambda data: zipped({"in.zip": data}),
        lambda data: gzip.compress(tarred({"in": data})),
        bz2.compress,
        lambda data: tarred({"in": data}),
        lzma.compress,
        lambda data: zipped({"in": data}),
        bz2.compress,
    ):
        content = pack(content)
    desk.run("add", write(tmp_path / "in", {"deep": content}))
    codes = [row["code"] for row in desk.json("read")]
    assert codes.count(None) == 5
    assert codes[-1] == "archive_limits"
    desk.clean()


def test_parts_of_every_depth_count_together(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("affiant.read.carried._MOST_BYTES", 400_000)
    inner = {f"{n}.tgz": gzip.compress(tarred({"a": bytes(90_000)})) for n in range(9)}
    desk.run("add", write(tmp_path / "in", {"many.zip": zipped(inner)}))
    codes = [row["code"] for row in desk.json("read")]
    assert "archive_limits" in codes
    assert codes.count("archive_limits") >= 4
    desk.clean()
