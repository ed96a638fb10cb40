import io
import random
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.comments import Comment

from affiant.errors import UnreadableError
from affiant.read import document as limits
from affiant.read import read_document, sniff
from affiant.read.marks import XLSX
from hostile.build import zipped

PERSIAN = "می\u200cشود \u202bمتن\u202c a\u00a0b so\u00adft cafe\u0301"


def read(data):
    return read_document(data, media_type=XLSX)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(rows):
    """Return a workbook of one sheet named S, made by another program's library."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "S"
    for row in rows:
        sheet.append(row)
    return book


def text_of(rows):
    return read(saved(sheet_of(rows))).extraction.text


def bare(sheet, **further):
    """Return a workbook put together by hand, with this sheet."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="x/{kind}" Target="{name}.xml"/>'
        for name, kind in [("s", "worksheet"), ("t", "sharedStrings"), ("f", "styles")]
        if name == "s" or name in further
    )
    parts = {
        "xl/workbook.xml": f"<workbook>{further.get('more', '')}"
        '<sheets xmlns:r="r"><sheet name="S" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
        "xl/s.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>",
    }
    parts |= {f"xl/{name}.xml": further[name] for name in ("t", "f") if name in further}
    return zipped(parts)


def bare_text(sheet, **further):
    return read(bare(sheet, **further)).extraction.text


def test_each_sheet_is_its_name_and_its_rows_with_every_code_point():
    book = sheet_of([["نام", "سن"], [PERSIAN, 7]])
    book.create_sheet("دومین می\u200cشود").append(["x"])
    extraction = read(saved(book)).extraction
    assert extraction.text == f"S\nنام\tسن\n{PERSIAN}\t7\n\nدومین می\u200cشود\nx"
    assert (extraction.tool, extraction.encoding) == ("affiant.read.spreadsheet", None)


def test_dates_and_times_are_written_as_iso():
    row = [
        date(2031, 5, 3),
        datetime(2031, 5, 3, 9, 26),
        datetime(2031, 5, 3, 9, 26, 54),
        time(9, 26),
        timedelta(hours=26, minutes=30),
        datetime(1900, 1, 15),
    ]
    assert text_of([row]) == (
        "S\n2031-05-03\t2031-05-03T09:26:00\t2031-05-03T09:26:54\t09:26:00\t26:30:00\t"
        "1900-01-15T00:00:00"
    )


FORMATS = {
    "yyyy\\-mm\\-dd": "2031-05-03",
    "[$-3000401]d/m/yy": "2031-05-03",
    'd "of" mmmm': "2031-05-03",
    "[Red]dd.mm.yyyy;@": "2031-05-03",
    "General": "47971",
    "0.00": "47971",
    "# ?/?": "47971",
    '"days: "0': "47971",
    "[>100]0;@": "47971",
    "0_d": "47971",
    "[h]:mm": "1151304:00:00",
    "hh:mm": "2031-05-03",
    "d/m/yy h:mm": "2031-05-03T00:00:00",
}


@pytest.mark.parametrize(("code", "shown"), FORMATS.items(), ids=FORMATS)
def test_a_format_says_what_a_number_is(code, shown):
    book = sheet_of([[47971]])
    book.active["A1"].number_format = code
    assert read(saved(book)).extraction.text == f"S\n{shown}"


def test_days_count_from_1904_where_the_file_says_so():
    book = sheet_of([[date(2031, 5, 3)]])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert read(saved(book)).extraction.text == "S\n2031-05-03"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.25, "0.25"), (1e21, "1e+21"), (True, "TRUE"), (-4, "-4"), (2.5, "2.5")],
)
def test_numbers_stand_as_they_are_stored(value, shown):
    assert text_of([[value]]) == f"S\n{shown}"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("12345678901234567890", "12345678901234567890"),
        ("3.1400000000000001", "3.14"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1E-3", "1E-3"),
        ("1e999.", "1e999."),
        ("nan", "nan"),
    ],
)
def test_numbers_lose_no_digit_that_counts(stored, shown):
    assert bare_text(f"<row><c><v>{stored}</v></c></row>") == f"S\n{shown}"


def test_what_another_library_reads_is_what_we_read():
    book = sheet_of([[f"r{row}c{column} می\u200cرود" for column in range(7)] for row in range(30)])
    data = saved(book)
    seen = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    lines = ["\t".join(cells) for cells in seen.iter_rows(values_only=True)]
    assert read(data).extraction.text == "\n".join(["S", *lines])


def test_gaps_keep_columns_in_their_places_and_rows_apart():
    book = sheet_of([["a", None, "c"]])
    book.active["B9"] = "after a gap"
    assert read(saved(book)).extraction.text == "S\na\t\tc\n\n\tafter a gap"


def test_line_breaks_and_tabs_in_a_cell_are_spaces():
    assert text_of([["one\ntwo", "three\tfour"]]) == "S\none two\tthree four"


def test_hidden_sheets_are_read_and_said():
    book = sheet_of([["open"]])
    for name, state in (("H1", "hidden"), ("H2", "veryHidden")):
        book.create_sheet(name).append(["kept"])
        book[name].sheet_state = state
    reading = read(saved(book))
    assert reading.extraction.text == "S\nopen\n\nH1\nkept\n\nH2\nkept"
    assert dict(reading.facts)["office.hidden_sheets"] == "H1; H2"
    assert dict(reading.facts)["office.sheets"] == "3"


def test_comments_stand_after_their_sheet_with_cell_and_author():
    book = sheet_of([["a"]])
    book.active["A1"].comment = Comment("not\nso", "Mira Sol")
    assert read(saved(book)).extraction.text == "S\na\nA1\tMira Sol\tnot so"


def test_a_formula_is_its_stored_value_or_itself_where_none_is_stored():
    assert text_of([[1, "=A1+1"]]) == "S\n1\t=A1+1"
    row = '<row><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>x</f><v>two</v></c></row>'
    assert bare_text(row) == "S\n2\ttwo"


def test_shared_texts_are_joined_from_their_runs_without_their_sounds():
    texts = (
        "<sst><si><r><t>می\u200c</t></r><r><t>شود</t></r></si>"
        "<si><t>漢字</t><rPh><t>カンジ</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>"
    )
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in (0, 1, 2, 99))
    assert bare_text(f"<row>{cells}</row>", t=texts) == "S\nمی\u200cشود\t漢字\ta b_x0041_"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c t="inlineStr"><is><r><t>in </t></r><r><t>line</t></r></is></c>', "in line"),
        ('<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="d"><v>2031-05-03</v></c>', "2031-05-03"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="n"><v> 3.10 </v></c>', "3.1"),
        ("<c><v>word</v></c>", "word"),
        ('<c s="99"><v>3</v></c>', "3"),
        ('<c t="inlineStr"><is><t>_xD83D_</t></is></c>', "\ufffd"),
    ],
)
def test_each_kind_of_cell_is_read(cell, shown):
    assert bare_text(f"<row>{cell}</row>") == f"S\n{shown}"


def test_hints_and_facts_are_what_the_file_says_of_itself():
    book = sheet_of([["a"]])
    book.properties.title, book.properties.creator = "Liste می‌شود", "Mira Sol"
    book.properties.lastModifiedBy = "Office of Calm"
    book.properties.created = datetime(2031, 3, 14, 9, 30)
    reading = read(saved(book))
    hints = reading.extraction.hints
    assert (hints.title, hints.author) == ("Liste می‌شود", "Mira Sol")
    assert hints.published == "2031-03-14"
    assert dict(reading.facts)["office.lastModifiedBy"] == "Office of Calm"


def test_a_sheet_that_is_missing_costs_only_itself():
    book = sheet_of([["kept"]])
    book.create_sheet("Lost می‌شود").append(["gone"])
    data = saved(book).replace(b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet9.xml")
    reading = read(data)
    assert reading.extraction.text == "S\nkept"
    assert [(p.code, p.item) for p in reading.problems] == [("part_broken", "Lost می‌شود")]


def test_a_book_is_known_by_its_list_of_names_wherever_that_stands():
    chance = random.Random(7)
    data = saved(sheet_of([[chance.random() for _ in range(40)] for _ in range(500)]))
    assert len(data) > 3 << 16
    assert sniff(data, name="x.zip") == XLSX
    assert sniff(data[: 1 << 16] + data[-(1 << 16) :], name="x") == XLSX


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="999999999999"><c r="A1"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row><c r="ZZZ1"><v>1</v></c></row>',
        "<row>" + "<c/>" * 1000 + "<c><v>1</v></c></row>",
    ],
)
def test_places_far_out_cost_little(sheet):
    text = bare_text(sheet)
    assert text.startswith("S\n")
    assert len(text) < 20_000


def test_rows_that_are_broad_without_end_are_refused(monkeypatch):
    monkeypatch.setattr("affiant.read.sheet_parts.MOST_TEXT", 100_000)
    with pytest.raises(UnreadableError) as problem:
        bare_text('<row><c r="XFD1"><v>1</v></c></row>' * 10)
    assert problem.value.code == "too_large"
    assert limits.MOST_TEXT >= 1_000_000


ENTITY = '<!DOCTYPE x [<!ENTITY e "lol">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xlsx_broken"),
        (b"PK\x03\x04", "xlsx_broken"),
        (saved(sheet_of([["a"]]))[:-100], "xlsx_broken"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "empty"),
        (zipped({"xl/workbook.xml": f"{ENTITY}<workbook>&e;</workbook>"}), "xlsx_broken"),
        (bare("<row>"), "xlsx_broken"),
    ],
    ids=["nothing", "beginning", "cut", "no sheet", "entity", "open row"],
)
def test_a_damaged_book_is_told(data, code):
    with pytest.raises(UnreadableError) as problem:
        read(data)
    assert problem.value.code == code
