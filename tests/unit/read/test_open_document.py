import zipfile
from io import BytesIO

import pytest

from affiant.errors import UnreadableError
from affiant.read import read_document, sniff
from affiant.read.block_text import BlockText
from hostile.build import zipped

PERSIAN = "می\u200cشود \u202bمتن\u202c a\u00a0b so\u00adft cafe\u0301"
KIND = "application/vnd.oasis.opendocument."
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in [
        *((name, name) for name in ("office", "text", "table", "style", "presentation", "meta")),
        ("draw", "drawing"),
    ]
)


def document(body, *, kind="text", styles="", headers=None, meta=None, **further):
    """Return a file as office programs write it; the first part says what it is, unpacked."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    parts = {"content.xml": content, **further}
    if headers is not None:
        parts["styles.xml"] = f"<s {SPACES}>{headers}</s>"
    if meta is not None:
        parts["meta.xml"] = f'<m {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</m>'
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND + kind, compress_type=zipfile.ZIP_STORED)
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return target.getvalue()


def read(data, *, kind="text"):
    return read_document(data, media_type=KIND + kind)


def text_of(body, *, kind="text", **further):
    return read(document(body, kind=kind, **further), kind=kind).extraction.text


@pytest.mark.parametrize("kind", ["text", "spreadsheet", "presentation", "graphics"])
def test_each_kind_is_known_by_its_first_part(kind):
    assert sniff(document("", kind=kind), name="x.zip") == KIND + kind


def test_paragraphs_and_headings_are_lines_with_every_code_point():
    body = f"<text:h>گزارش</text:h><text:p>{PERSIAN}</text:p><text:p/><text:p>end</text:p>"
    extraction = read(document(body)).extraction
    assert extraction.text == f"گزارش\n{PERSIAN}\n\nend"
    assert (extraction.tool, extraction.encoding) == ("affiant.read.open_document", None)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>a<text:span>b</text:span>c</text:p>", "abc"),
        ("<text:p>a<text:s/>b<text:s text:c='3'/>c</text:p>", "a b   c"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p>\n  a \n b\n<text:span> c</text:span></text:p>", "a b c"),
        ("<text:p>می\u200c<text:span>شود</text:span></text:p>", "می\u200cشود"),
        ("<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>", "one"),
        ("<text:section><text:p>in</text:p></text:section>", "in"),
        ("<text:p><text:a>link</text:a></text:p>", "link"),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p>"
            "</text:deletion></text:changed-region></text:tracked-changes><text:p>new</text:p>",
            "new",
        ),
        (
            "<text:p>said<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>by whom</text:p></text:note-body></text:note> there</text:p>"
            "<text:p>z</text:p>",
            "said there\nby whom\nz",
        ),
        (
            "<text:p>so<office:annotation><dc:creator xmlns:dc='d'>M</dc:creator>"
            "<text:p>not so</text:p><text:p>at all</text:p></office:annotation> it is</text:p>",
            "so it is\nnot so\nat all",
        ),
        (
            "<text:p>anchor<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box>"
            "</draw:frame> end</text:p>",
            "anchor end\nbox",
        ),
    ],
)
def test_what_can_stand_in_a_text_is_read(body, text):
    assert text_of(body) == text


def cells(*texts):
    return "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts
    )


def row(*texts, more=""):
    return f"<table:table-row {more}>{cells(*texts)}</table:table-row>"


def test_tables_are_rows_with_cells_between_tabs():
    table = f"<table:table>{row('نام', 'سن')}{row('M.', '')}</table:table>"
    assert text_of(f"<text:p>a</text:p>{table}<text:p>z</text:p>") == "a\nنام\tسن\nM.\t\nz"


def test_a_table_in_a_cell_stays_in_its_cell():
    inner = f"<table:table>{row('in', 'ner')}</table:table>"
    table = (
        f"<table:table><table:table-row><table:table-cell><text:p>a</text:p>{inner}"
        f"</table:table-cell>{cells('b')}</table:table-row></table:table>"
    )
    assert text_of(table) == "a in ner\tb"


def sheet(rows, *, name="S", style=""):
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def test_sheets_are_names_and_rows():
    body = sheet(row("نام", PERSIAN)) + sheet(row("x"), name="دوم")
    assert text_of(body, kind="spreadsheet") == f"S\nنام\t{PERSIAN}\n\nدوم\nx"


def test_repeated_cells_and_rows_stand_as_often_as_they_are_there():
    body = sheet(
        row("a", more="table:number-rows-repeated='2'")
        + "<table:table-row><table:table-cell table:number-columns-repeated='2'><text:p>b</text:p>"
        "</table:table-cell><table:table-cell table:number-columns-repeated='16000'/>"
        "</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell/>"
        "</table:table-row>"
        "<table:table-row><table:covered-table-cell/>" + cells("c") + "</table:table-row>"
        "<table:table-row table:number-rows-repeated='9'><table:table-cell/></table:table-row>"
    )
    assert text_of(body, kind="spreadsheet") == "S\na\na\nb\tb\n\n\tc"


def test_dates_are_iso_and_all_else_is_what_is_shown():
    body = sheet(
        "<table:table-row><table:table-cell office:value-type='date' "
        "office:date-value='2031-05-03'><text:p>03.05.31</text:p></table:table-cell>"
        "<table:table-cell office:value-type='date' office:date-value='soon'><text:p>03.05.31"
        "</text:p></table:table-cell>"
        "<table:table-cell office:value-type='float' office:value='1234.5'><text:p>1.234,50"
        "</text:p></table:table-cell></table:table-row>"
    )
    assert text_of(body, kind="spreadsheet") == "S\n2031-05-03\t03.05.31\t1.234,50"


def test_comments_of_a_sheet_stand_after_it():
    body = sheet(
        "<table:table-row><table:table-cell><office:annotation><text:p>not so</text:p>"
        f"</office:annotation><text:p>52</text:p></table:table-cell></table:table-row>{row('x')}"
    )
    assert text_of(body, kind="spreadsheet") == "S\n52\nx\nnot so"


def test_hidden_sheets_are_read_and_said():
    styles = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="o"><style:table-properties table:display="true"/></style:style>'
    )
    body = sheet(row("open"), style="o") + sheet(row("kept"), name="H", style="h")
    reading = read(document(body, kind="spreadsheet", styles=styles), kind="spreadsheet")
    assert reading.extraction.text == "S\nopen\n\nH\nkept"
    assert dict(reading.facts)["office.hidden_sheets"] == "H"


def test_slides_are_pages_with_their_notes_and_hidden_ones_are_said():
    styles = (
        '<style:style style:name="h"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
    )
    body = (
        "<draw:page><draw:frame><draw:text-box><text:p>Title می\u200cشود</text:p></draw:text-box>"
        "</draw:frame><presentation:notes><text:p>said</text:p></presentation:notes></draw:page>"
        '<draw:page draw:style-name="h"><text:p>kept</text:p></draw:page>'
    )
    reading = read(document(body, kind="presentation", styles=styles), kind="presentation")
    text = reading.extraction.text
    assert text == "Title می\u200cشود\nsaid\f\nkept"
    assert [text[page.start : page.end] for page in reading.extraction.pages] == text.split("\f\n")
    assert dict(reading.facts)["office.hidden_slides"] == "2"


def test_headers_and_footers_follow_the_body_but_not_those_that_are_off():
    headers = (
        "<style:header><text:p>Letter head</text:p></style:header>"
        '<style:header-left style:display="false"><text:p>off</text:p></style:header-left>'
        "<style:footer><text:p>Foot</text:p></style:footer><text:p>of a style</text:p>"
    )
    assert text_of("<text:p>Body</text:p>", headers=headers) == "Body\nLetter head\nFoot"


def test_a_damaged_header_costs_only_itself():
    data = document("<text:p>Body</text:p>", **{"styles.xml": "<broken"})
    reading = read(data)
    assert reading.extraction.text == "Body"
    assert [(p.code, p.item) for p in reading.problems] == [("part_broken", "styles.xml")]


def test_hints_and_facts_are_what_the_file_says_of_itself():
    meta = (
        "<dc:title>Liste می‌شود</dc:title><meta:initial-creator>Mira Sol</meta:initial-creator>"
        "<dc:creator>Office of Calm</dc:creator><dc:language>fa-IR</dc:language>"
        "<meta:creation-date>2031-03-14T09:30:00</meta:creation-date>"
    )
    reading = read(document("<text:p>x</text:p>", meta=meta))
    hints = reading.extraction.hints
    assert (hints.title, hints.author) == ("Liste می‌شود", "Mira Sol")
    assert (hints.published, hints.language) == ("2031-03-14", "fa-IR")
    assert dict(reading.facts)["office.creator"] == "Office of Calm"


def test_depth_is_no_danger():
    body = "<text:section>" * 20_000 + "<text:p>deep</text:p>" + "</text:section>" * 20_000
    assert text_of(body) == "deep"


@pytest.mark.parametrize(
    "body",
    [
        "<text:p>x<text:s text:c='999999999'/></text:p>",
        sheet(
            "<table:table-row table:number-rows-repeated='1048576'><table:table-cell "
            "table:number-columns-repeated='16384'><text:p>bomb</text:p></table:table-cell>"
            "</table:table-row>"
        ),
    ],
    ids=["spaces", "cells"],
)
def test_what_is_repeated_without_end_is_refused_before_it_is_built(body):
    with pytest.raises(UnreadableError) as problem:
        text_of(body, kind="spreadsheet")
    assert problem.value.code == "too_large"


@pytest.mark.parametrize("times", [10**13])
def test_a_repeated_sign_is_counted_before_it_is_built(times):
    blocks = BlockText()
    blocks.begin("paragraph")
    with pytest.raises(UnreadableError) as problem:
        blocks.add("x", times=times)
    assert problem.value.code == "too_large"


LOCK = (
    '<m:m xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:m>'
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "odf_broken"),
        (zipped({"mimetype": KIND + "text"}), "odf_broken"),
        (document("<text:p>")[:-50], "odf_broken"),
        (document("<text:p>"), "odf_broken"),
        (document("<text:p> </text:p>"), "empty"),
        (zipped({"content.xml": "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"}), "odf_broken"),
        (document("<text:p>x</text:p>", **{"META-INF__manifest.xml": LOCK}), "office_encrypted"),
    ],
    ids=["nothing", "no content", "cut", "open", "empty", "entity", "locked"],
)
def test_a_damaged_or_locked_file_is_told(data, code):
    with pytest.raises(UnreadableError) as problem:
        read(data)
    assert problem.value.code == code
