"""What every drawn page keeps to, read back as HTML."""

import json
import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest

from affiant.publish.pages import render_site
from affiant.publish.pages.marks import MARKS
from affiant.publish.pages.views import MatrixCell, OmissionView, SiteView, Words, words_in
from unit.publish.invented import BAKERY, SITE

HOSTILE = "\"'><script>x()</script></td></title><!--&lt;\u202e{{7*7}}\u0000"
NOT_WORDS = re.compile(
    r".*_ids?$|language|direction|question|state|kind|purpose|slot|counted|persons|incidents"
    r"|header|signature|path|root|salt|checkpoint|key|commitment|origin|folding|proof|claim"
)


class Reading(HTMLParser):
    """Collects the tags, attributes and ids of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.words += data

    def values(self, name: str) -> list[str]:
        return [value for _, each, value in self.attributes if each == name]


def pages(site: SiteView = SITE) -> dict[str, Reading]:
    return {
        path: Reading(page) for path, page in render_site(site).items() if path.endswith(".html")
    }


def hostile(value, name=""):
    """Put the worst string into every field that is not an id, a term or a digest."""
    if is_dataclass(value):
        changed = {
            each.name: hostile(getattr(value, each.name), each.name)
            for each in fields(value)
            if not NOT_WORDS.fullmatch(each.name) or isinstance(getattr(value, each.name), tuple)
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(hostile(each, name) for each in value)
    if isinstance(value, str) and not NOT_WORDS.fullmatch(name) and value:
        return value + HOSTILE
    return value


def test_the_same_view_gives_the_same_bytes():
    assert render_site(SITE) == render_site(replace(SITE))
    assert list(render_site(SITE)) == sorted(render_site(SITE))


def test_a_page_stands_for_everything_that_is_published():
    paths = set(render_site(SITE))
    assert {"index.html", "register.html", "method.html", "proves.html"} <= paths
    assert {f"incident/{each.incident_id}.html" for each in SITE.incidents} <= paths
    assert {f"person/{each.person_id}.html" for each in SITE.persons} <= paths
    for check in SITE.checks:
        assert {f"check/{check.number_id}.html", f"check/{check.number_id}.data.js"} <= paths


def test_every_link_leads_somewhere():
    read = pages()
    files = set(render_site(SITE))
    for path, page in read.items():
        for link in [*page.values("href"), *page.values("src")]:
            if link.startswith("mailto:"):
                continue
            target, _, anchor = link.partition("#")
            target = normpath(join(dirname(path), target)) if target else path
            assert target in files, (path, link)
            assert not anchor or anchor in read[target].values("id"), (path, link)


def test_no_id_occurs_twice_on_a_page():
    for path, page in pages().items():
        assert [each for each, times in Counter(page.values("id")).items() if times > 1] == [], path


def test_no_page_runs_or_styles_anything_inline_or_loads_anything_from_elsewhere():
    for path, page in pages().items():
        names = {name for _, name, _ in page.attributes}
        assert not {name for name in names if name.startswith("on") or name == "style"}, path
        assert not {"style", "iframe", "img", "object", "base", "form"} & set(page.tags), path
        assert not [
            link
            for link in page.values("href")
            if re.match(r"\w+:", link) and not link.startswith("mailto:")
        ]
        for script in [
            each for each in page.attributes if each[0] == "script" and each[1] == "src"
        ]:
            assert not re.match(r"\w+:|//", script[2])
        policy = page.values("content")[0]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "http" not in policy


def test_words_of_others_never_become_markup():
    plain, attacked = pages(), pages(hostile(SITE))
    assert set(plain) == set(attacked)
    for path, page in attacked.items():
        assert page.tags == plain[path].tags, path
        assert "<script>x()</script>" in page.words, path
        assert "{{7*7}}" in page.words, path


def test_no_hidden_character_reaches_a_page_or_a_script():
    for path, page in render_site(hostile(SITE)).items():
        if path.endswith((".html", ".data.js")):
            assert not set(page.decode("utf-8")) & set(MARKS), path


def test_every_string_of_others_has_a_direction_and_a_language():
    for path, page in pages().items():
        said = [value for tag, name, value in page.attributes if tag == "q" and name == "dir"]
        assert len(said) == page.tags.count("q"), path
        assert set(said) <= {"ltr", "rtl", "auto"}, path
        spoken = [value for tag, name, value in page.attributes if tag == "q" and name == "lang"]
        assert len(spoken) == page.tags.count("q"), path


def test_everyone_accused_is_alleged():
    page = pages()["incident/q-0042.html"].words
    for party in BAKERY.accused:
        assert re.search(rf"{re.escape(party.name.text)}\s*\([^)]*\), alleged:", page)
    assert "By whom (alleged)" in page
    assert "Alleged: He told the men" in pages()["person/p-06.html"].words


def test_the_seven_states_have_word_sign_and_pattern():
    page = pages()["incident/q-0042.html"]
    kinds = [value for tag, name, value in page.attributes if (tag, name) == ("td", "class")]
    states = {"agrees", "fits", "differs", "denies", "repeats", "silent", "not_reviewed"}
    assert states <= {kind.split()[0] for kind in kinds}
    for sign in "=≈≠⊘↻·?+":
        assert sign in page.words


def with_voices(number: int) -> SiteView:
    """Return the site with so many voices in its first incident, the added ones silent."""
    matrix = BAKERY.matrix
    more = [
        replace(matrix.voices[3], letter=chr(ord("F") + at), name=Words(text=f"Voice {at}"))
        for at in range(number - len(matrix.voices))
    ]
    rows = [
        replace(row, cells=(*row.cells, *(MatrixCell(state="silent") for _ in more)))
        for row in matrix.rows
    ]
    wide = replace(matrix, voices=(*matrix.voices, *more), rows=tuple(rows))
    return replace(SITE, incidents=(replace(BAKERY, matrix=wide), *SITE.incidents[1:]))


def test_many_voices_stand_in_a_list_too_every_voice_in_every_question():
    path = "incident/q-0042.html"
    assert ("div", "class", "asked") not in pages(with_voices(6))[path].attributes
    page = pages(with_voices(7))[path]
    assert page.attributes.count(("div", "class", "asked")) == 1
    assert page.attributes.count(("table", "class", "answers")) == len(BAKERY.matrix.rows)
    listed = page.words.partition("The voices")[2].partition("Question")[0]
    asked = re.split(r"\n(?:When|Where|Taken|By whom|Killed)[^:\n]*: ", listed)[1:]
    assert len(asked) == len(BAKERY.matrix.rows)
    for question in asked:
        for letter in "ABCDEFG":
            assert re.search(rf"\b{letter}\b", question), (letter, question)


def test_who_denies_and_who_differs_is_said_before_any_support():
    words = pages()["incident/q-0042.html"].words
    assert words.index("Ministry of Order denies.") < words.index("Shown independent: 2")
    killed = words.partition("People killed")[2]
    assert killed.index("Witness W‑11 differs.") < killed.index("Shown independent: 2")


def test_what_is_left_out_is_said_with_its_reason():
    for path in ("index.html", "incident/q-0042.html"):
        assert "It would show who the witness is" in pages()[path].words
    without = replace(
        SITE, omissions=(), incidents=(replace(BAKERY, omissions=()), SITE.incidents[1])
    )
    assert "None. Every accepted claim that denies" in pages(without)["index.html"].words


def test_an_empty_release_still_says_what_it_is():
    nothing = replace(SITE, incidents=(), persons=(), checks=(), omissions=())
    read = pages(nothing)
    assert "publishes no incident" in read["index.html"].words
    assert "publishes no person" in read["register.html"].words


def test_a_link_to_nothing_is_refused():
    stray = OmissionView(question=None, claims=1, kind="denial", why="a reason", incident_id="gone")
    with pytest.raises(ValueError, match="links to 'gone'"):
        render_site(replace(SITE, omissions=(stray,)))


def test_two_ids_that_differ_only_in_case_are_refused():
    other = replace(SITE.incidents[1], incident_id="Q-0042")
    with pytest.raises(ValueError, match="two incidents"):
        render_site(replace(SITE, incidents=(BAKERY, other)))


def test_the_data_of_a_number_is_ascii_and_holds_every_step():
    data = render_site(SITE)["check/n-taken.data.js"].decode("ascii")
    held = json.loads(data.removeprefix("window.AFFIANT_CHECK = ").removesuffix(";\n"))
    assert held["number"] == {
        "of": "taken",
        "min": 14,
        "max": 16,
        "rule": "range of independent counts 2",
    }
    assert set(held["log"]) == {"size", "root", "checkpoint", "origin"}
    member = held["members"][0]
    assert set(member) == {"claim", "entry", "quotes"}
    entry = {"header", "signature", "position", "fields", "opened", "path"}
    assert set(member["entry"]) == entry
    paragraph = member["quotes"][0]["paragraph"]
    assert set(paragraph) == {"index", "count", "text", "start", "salt", "path", "text_entry"}
    assert set(paragraph["text_entry"]) == entry


def test_a_mail_address_becomes_a_link_and_anything_else_a_line():
    assert "mailto:register@qarsan.example" in pages()["index.html"].values("href")
    post = replace(SITE, keeper=replace(SITE.keeper, contact="Box 12, Sedra, Tarvand"))
    assert not [each for each in pages(post)["index.html"].values("href") if "mailto" in each]


def test_a_title_in_another_script_keeps_its_language():
    site = replace(SITE, title=words_in("fa", text="قارسان"))
    assert ("bdi", "lang", "fa") in pages(site)["index.html"].attributes
