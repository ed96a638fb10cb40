import pytest

from affiant.errors import UnreadableError
from affiant.read import read_document

PAGE = """<!DOCTYPE html><html lang="fa"><head><meta charset="utf-8">
<title>گزارش می‌شود</title>
<meta property="og:site_name" content="روزنامه‌ی قارسان">
<meta name="author" content="میرا سُل">
<meta property="article:published_time" content="{date}">
<script>var hidden = "script";</script><style>p {{ color: red }}</style></head>
<body>{body}<!-- comment --></body></html>"""


def read(body="<p>x</p>", date="2031-03-14T10:00:00Z", encoding="utf-8"):
    page = PAGE.format(body=body, date=date).replace('"utf-8"', f'"{encoding}"')
    return read_document(page.encode(encoding), media_type="text/html").extraction


@pytest.mark.parametrize(
    "piece",
    [
        "می\u200cشود",
        "ن\u200dن",
        "a\u00a0b",
        "so\u00adft",
        "cafe\u0301",
        "\u202bمتن\u202c",
        "\u2067متن\u2069",
        "a\u200eb\u200fc",
        "x\ufeffy",
        "x\u200by",
        "ك ي ۱۲ ١٢",
        "\u05d0\u05b7",
        "\u1000\u103c",
        "\uac00\u1100\u1161",
        "\U0001f4c4",
        "x\u2028y",
    ],
)
def test_every_code_point_of_a_page_is_kept(piece):
    assert f"before {piece} after" in read(f"<p>before {piece} <b>after</b></p>").text


def test_the_title_stands_first_and_scripts_nowhere():
    text = read("<h1>Head</h1><p>Body</p>").text
    assert text == "گزارش می‌شود\n\nHead\n\nBody"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
        ("<figure><img alt='alt'><figcaption>Seven graves.</figcaption></figure>", "Seven graves."),
        ("<ul><li>one<li>two</ul>", "one\n  two"),
        ("<p style='display:none'>hidden but said</p>", "hidden but said"),
        ("<noscript><p>without script</p></noscript>", "without script"),
        ("<details><summary>s</summary>d</details>", "sd"),
        ("<p>&lt;b&gt; &amp; &#1740; &zwnj;</p>", "<b> & ی \u200c"),
    ],
)
def test_what_stands_on_a_page_is_text_and_nothing_is_added(body, text):
    assert read(body).text.removeprefix("گزارش می‌شود").strip() == text


def test_cells_stand_between_tabs():
    table = "<table><tr><td>name</td><td>age</td></tr><tr><td>M.</td><td>7</td></tr></table>"
    rows = [line.split() for line in read(table).text.splitlines()[-2:]]
    assert rows == [["name", "age"], ["M.", "7"]]


def test_no_character_but_blanks_is_added():
    body = "<ol><li>a</li></ol><img alt=q><a href=/z>b</a><input value=v><button>k</button><hr>"
    assert set(read(body).text.removeprefix("گزارش می‌شود")) <= set("ab \n\t")


@pytest.mark.parametrize(
    ("declared", "published"),
    [
        ("2031-03-14T10:00:00Z", "2031-03-14"),
        ("1988-07-03", "1988-07-03"),
        ("1988-07", "1988-07"),
        ("1988", "1988"),
        ("20310314", "2031-03-14"),
        ("1988-21", None),
        ("1988-02-31", None),
        ("yesterday", None),
    ],
)
def test_the_date_keeps_its_precision_and_no_day_is_made_up(declared, published):
    assert read(date=declared).hints.published == published


@pytest.mark.parametrize(
    ("mark", "published"),
    [
        ('<time datetime="1988-07-03T08:00">3 July 1988</time>', "1988-07-03"),
        ('<time class="entry-date" datetime="1988-07">July 1988</time>', None),
        ("<p>Published in July 1988.</p>", None),
        ("<p>On 3 July 1988 the camp was struck.</p>", None),
    ],
)
def test_a_date_elsewhere_is_taken_only_where_it_is_marked_and_written(mark, published):
    page = f"<html><head><title>T</title></head><body>{mark}<p>words</p></body></html>"
    hints = read_document(page.encode(), media_type="text/html").extraction.hints
    assert hints.published == published


def test_hints_are_those_of_the_page_with_all_their_characters():
    hints = read().hints
    assert hints.title == "گزارش می‌شود"
    assert hints.author == "میرا سُل"
    assert hints.site == "روزنامه‌ی قارسان"
    assert hints.language == "fa"


def test_the_declared_encoding_is_used_and_told():
    extraction = read("<p>سلام دنيا</p>".replace("ی", "ي"), encoding="utf-8")
    assert extraction.encoding == "utf-8"
    page = b'<html><head><meta charset="windows-1256"></head><body>' + "سلام".encode("cp1256")
    extraction = read_document(page, media_type="text/html").extraction
    assert (extraction.text, extraction.encoding) == ("سلام", "windows-1256")
    assert extraction.settings.startswith("encoding_by=declared")


def test_what_the_server_declares_goes_before_the_page():
    page = b'<html><head><meta charset="utf-8"></head><body>' + "سلام".encode("cp1256")
    extraction = read_document(page, media_type="text/html; charset=windows-1256").extraction
    assert extraction.text == "سلام"


def test_a_byte_order_mark_does_not_upset_the_page():
    page = "\ufeff<html><head><title>T</title></head><body>x</body></html>"
    assert read_document(page.encode(), media_type="text/html").extraction.text == "T\n\nx"


@pytest.mark.parametrize("page", [b"", b"<html></html>", b"<script>x</script>"])
def test_a_page_without_text_is_empty(page):
    with pytest.raises(UnreadableError) as problem:
        read_document(page, media_type="text/html")
    assert problem.value.code == "empty"


def test_a_page_is_the_same_text_with_and_without_hints():
    page = PAGE.format(body="<p>x</p>", date="2031").encode()
    bare = read_document(page, media_type="text/html", with_hints=False)
    full = read_document(page, media_type="text/html")
    assert bare.extraction.text == full.extraction.text
    assert [problem.code for problem in bare.problems] == ["hints_not_read"]
    assert not full.problems
