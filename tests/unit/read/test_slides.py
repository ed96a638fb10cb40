import io
from datetime import datetime

import pptx
import pytest
from pptx.util import Inches

from affiant.errors import UnreadableError
from affiant.read import read_document, sniff
from affiant.read.marks import PPTX
from hostile.build import zipped

PERSIAN = "می\u200cشود \u202bمتن\u202c a\u00a0b so\u00adft cafe\u0301"


def read(data):
    return read_document(data, media_type=PPTX)


def saved(show):
    target = io.BytesIO()
    show.save(target)
    return target.getvalue()


def show_of(*titles):
    """Return a presentation with these slides, made by another library."""
    show = pptx.Presentation()
    for title in titles:
        show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = title
    return show


def test_slides_are_pages_in_their_order_with_every_code_point():
    extraction = read(saved(show_of("گزارش", PERSIAN))).extraction
    assert extraction.text == f"گزارش\f\n{PERSIAN}"
    spans = [extraction.text[page.start : page.end] for page in extraction.pages]
    assert spans == ["گزارش", PERSIAN]


def test_the_order_is_the_show_s_and_not_the_files():
    show = show_of("first", "second", "third")
    order = show.slides._sldIdLst
    order.append(order[0])
    assert read(saved(show)).extraction.text == "second\f\nthird\f\nfirst"


def test_tables_and_notes_follow_in_their_slide():
    show = show_of("Killed", "Next")
    table = show.slides[0].shapes.add_table(2, 2, *[Inches(1)] * 4).table
    for row, column, text in [(0, 0, "نام"), (0, 1, "سن"), (1, 0, "M.\nS."), (1, 1, "۷")]:
        table.cell(row, column).text = text
    show.slides[0].notes_slide.notes_text_frame.text = "Said می\u200cشود"
    text = read(saved(show)).extraction.text
    assert text == "Killed\nنام\tسن\nM. S.\t۷\nSaid می\u200cشود\f\nNext"


def test_what_another_library_sees_is_there():
    show = show_of("a title")
    box = show.slides[0].shapes.add_textbox(*[Inches(1)] * 4).text_frame
    box.text = "first line"
    paragraph = box.add_paragraph()
    paragraph.add_run().text = "two "
    paragraph.add_run().text = "runs"
    paragraph.add_line_break()
    paragraph.add_run().text = "after"
    data = saved(show)
    seen = pptx.Presentation(io.BytesIO(data))
    frames = [shape.text_frame.text for slide in seen.slides for shape in slide.shapes]
    assert read(data).extraction.text == "\n".join(frames).replace("\v", "\n")


def test_hidden_slides_are_read_and_said():
    show = show_of("open", "kept")
    show.slides[1]._element.set("show", "0")
    reading = read(saved(show))
    assert reading.extraction.text == "open\f\nkept"
    assert dict(reading.facts)["office.hidden_slides"] == "2"


def test_hints_are_what_the_file_says_of_itself():
    show = show_of("x")
    show.core_properties.title, show.core_properties.author = "Vortrag", "Mira Sol"
    show.core_properties.created = datetime(2031, 3, 14)
    reading = read(saved(show))
    hints = reading.extraction.hints
    assert (hints.title, hints.author, hints.published) == ("Vortrag", "Mira Sol", "2031-03-14")
    assert dict(reading.facts)["office.creator"] == "Mira Sol"


SPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def by_hand(slide, **further):
    relation = '<Relationships><Relationship Id="{}" Type="x/{}" Target="{}.xml"/></Relationships>'
    parts = {
        "ppt/presentation.xml": '<p xmlns:r="r"><sldIdLst><sldId id="9" r:id="s"/></sldIdLst></p>',
        "ppt/_rels/presentation.xml.rels": relation.format("s", "slide", "s"),
        "ppt/s.xml": f"<p:sld xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'"
        f" {SPACE}>{slide}</p:sld>",
        "ppt/_rels/s.xml.rels": relation.format("c", further.get("kind", "comments"), "c"),
        "ppt/c.xml": further.get("other", "<x/>"),
    }
    return zipped(parts)


def test_comments_of_both_kinds_are_lines():
    old = (
        '<x:l xmlns:x="http://schemas.openxmlformats.org/presentationml/2006/main">'
        "<x:cm><x:text>not so</x:text></x:cm></x:l>"
    )
    new = f"<x {SPACE}><a:p><a:r><a:t>not so</a:t></a:r></a:p></x>"
    for comment in (old, new):
        data = by_hand("<a:p><a:r><a:t>said</a:t></a:r></a:p>", other=comment)
        assert read(data).extraction.text == "said\nnot so"


def test_slide_numbers_and_what_is_there_twice_are_left_out():
    mc = 'xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = "<a:r><a:t>once</a:t></a:r>"
    number = (
        '<a:fld type="slidenum"><a:t>7</a:t></a:fld><a:fld type="datetime"><a:t> 3</a:t></a:fld>'
    )
    slide = f"<a:p {mc}>{run}{number}<m:Fallback><a:p>{run}</a:p></m:Fallback></a:p>"
    assert read(by_hand(slide)).extraction.text == "once 3"


def test_a_damaged_slide_or_note_costs_only_itself():
    data = by_hand("<a:p><a:r><a:t>kept</a:t></a:r></a:p>", other="<x")
    reading = read(data)
    assert reading.extraction.text == "kept"
    assert [(problem.code, problem.item) for problem in reading.problems] == [("part_broken", "1")]


def test_depth_is_no_danger():
    slide = "<a:x>" * 20_000 + "<a:p><a:r><a:t>deep</a:t></a:r></a:p>" + "</a:x>" * 20_000
    assert read(by_hand(slide)).extraction.text == "deep"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "pptx_broken"),
        (saved(show_of("x"))[:-100], "pptx_broken"),
        (saved(show_of("")), "empty"),
        (by_hand("<a:p>"), "pptx_broken"),
        (
            zipped({"ppt/presentation.xml": '<!DOCTYPE p SYSTEM "file:///etc/hostname"><p/>'}),
            "pptx_broken",
        ),
    ],
    ids=["nothing", "cut", "empty", "open", "doctype"],
)
def test_a_damaged_show_is_told(data, code):
    with pytest.raises(UnreadableError) as problem:
        read(data)
    assert problem.value.code == code


def test_a_show_is_known():
    assert sniff(saved(show_of("x")), name="x") == PPTX
