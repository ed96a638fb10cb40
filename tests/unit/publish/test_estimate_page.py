"""The report of an estimate: what it shows, what it never shows, and in a real browser."""

import re
from pathlib import Path

import pytest

from affiant.estimate import CaptureTable, Estimation, estimate, from_counts
from affiant.estimate.reading import Stratum
from affiant.publish.estimate_page import render_estimates
from capture_tables import published

HOSTILE = '<script>alert(1)</script>"&\u202egraves'
SCREENS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}


def answered(table: CaptureTable, **label: str) -> tuple[Stratum, Estimation]:
    stratum = Stratum(label=tuple(label.items()), table=table)
    return stratum, estimate(table, seed=1, budget=10)


@pytest.fixture(scope="module")
def kosovo() -> tuple[Stratum, Estimation]:
    return answered(published("kosovo4"))


@pytest.fixture(scope="module")
def page(kosovo, tmp_path_factory) -> Path:
    two = from_counts({"10": 4, "01": 5, "11": 2}, lists=("court", "clinic"))
    file = tmp_path_factory.mktemp("estimate") / "estimate.html"
    answers = [kosovo, answered(published("korea3"), place="Palembang"), answered(two, sex="f")]
    file.write_bytes(render_estimates(answers))
    return file


def test_the_count_the_interval_and_every_sentence_stand_on_it(page, kosovo):
    text = re.sub(r"<[^>]+>", "", page.read_text("utf-8"))
    low, high = kosovo[1].interval95
    for words in (
        "Documented: 4,400 people",
        f"{low:,.0f} to {high:,.0f}",
        "never added up",
        "no list could reach are not counted",
        "5 % of the links between lists lost",
        "without EXH",
        "EXH and ABA as one list",
        "none given",
        "three are needed to see any dependence",
    ):
        assert words in text


def test_no_refused_number_stands_on_it(page):
    _, korea = answered(published("korea3"))
    refused = [line for line in korea.lines if line.refused and line.estimate is not None]
    assert refused
    text = re.sub(r"<[^>]+>", " ", page.read_text("utf-8"))
    part = text[text.index("place Palembang") : text.index("sex f")]
    for line in refused:
        limits = line.interval95
        assert f"{limits[0]:,.0f} to {limits[1]:,.0f}" not in part
        assert f"{line.diagnostics['mean']:.4g}" not in part


def test_the_figure_of_patterns_says_what_its_table_says(page, kosovo):
    text = page.read_text("utf-8")
    figure = text[text.index("<svg") : text.index("</svg>")]
    drawn = set(re.findall(r">([\d,]+)</text>", figure))
    table = kosovo[0].table
    assert {f"{count:,}" for count in table.counts if count} <= drawn
    assert {f"{table.size(name):,}" for name in table.lists} <= drawn


def test_names_of_lists_are_words_and_never_markup():
    table = from_counts({"100": 9, "010": 8, "001": 7, "111": 3, "110": 2, "011": 2},
                        lists=("court", "clinic", HOSTILE))  # fmt: skip
    text = render_estimates([answered(table, place=HOSTILE)]).decode("utf-8")
    assert "<script" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_asks_for_nothing_and_breaks_no_rule_of_access(browser, page, screen):
    from unit.publish.access import violations
    from unit.publish.browser import Watched

    context = browser.new_context(**SCREENS[screen])
    tab = Watched(context.new_page())
    tab.page.goto(page.as_uri())
    for details in tab.page.query_selector_all("details"):
        details.evaluate("each => each.open = true")
    assert violations(tab.page) == []
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.confirm_quiet()
    context.close()
