"""A number is recomputed in a real browser, and a change anywhere is named."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from unit.publish.browser import Watched, change_data, computed, differing, write_site
from unit.publish.invented import recorded
from unit.publish.reference import leaf, path_of, root_of

DATA = "check/n-taken.data.js"
PAGE = "check/n-taken.html"


def flipped(hexes: str) -> str:
    """Change the last hex digit."""
    return hexes[:-1] + ("0" if hexes[-1] != "0" else "1")


@pytest.fixture
def tab(browser):
    """Open a tab of its own."""
    context = browser.new_context()
    yield Watched(context.new_page())
    context.close()


@pytest.fixture
def changed(tab, pages, tmp_path):
    """Return a function: change the data, open the page, compute, name what differs."""

    def steps(change, *, page=PAGE) -> set[str]:
        data = page.replace(".html", ".data.js")
        site = write_site(tmp_path, pages={**pages, data: change_data(pages[data], change=change)})
        tab.page.goto((site / page).as_uri())
        assert computed(tab.page) == "different"
        assert tab.page.inner_text("#verdict").startswith("≠ Different")
        tab.confirm_quiet()
        return differing(tab.page)

    return steps


@pytest.mark.parametrize("number", ["n-taken", "n-killed"])
def test_an_untouched_number_is_the_same_in_every_step(tab, site: Path, number):
    tab.page.goto((site / f"check/{number}.html").as_uri())
    assert computed(tab.page) == "same"
    steps = tab.page.query_selector_all("#steps li[data-step]")
    assert {step.get_attribute("data-result") for step in steps} == {"same"}
    assert {step.get_attribute("data-step") for step in steps} == {
        "number",
        "shown-number",
        "checkpoint",
        "checkpoint-signature",
        "kind",
        "field",
        "commitment",
        "entry",
        "entry-signature",
        "paragraph",
        "words",
        "claimed-words",
        "shown",
    }
    tab.confirm_quiet()


def member(data):
    return data["members"][0]


def paragraph(data):
    return member(data)["quotes"][0]["paragraph"]


def change_letter(data):
    paragraph(data)["text"] = "ب" + paragraph(data)["text"][1:]


def change_count(data):
    counts = member(data)["entry"]["opened"]["counts"]
    counts["value"] = counts["value"].replace('"max":16', '"max":17')


def change_number(data):
    data["number"]["max"] = 17


def change_entry_path(data):
    path = member(data)["entry"]["path"]
    path[0] = flipped(path[0])


def change_paragraph_path(data):
    path = paragraph(data)["path"]
    path[-1] = flipped(path[-1])


def change_paragraph_index(data):
    paragraph(data)["index"] -= 1


def change_signature(data):
    member(data)["entry"]["signature"] = flipped(member(data)["entry"]["signature"])


def change_checkpoint_signature(data):
    note = data["log"]["checkpoint"]
    data["log"]["checkpoint"] = note[:-4] + ("B" if note[-4] != "B" else "C") + note[-3:]


def change_checkpoint_size(data):
    data["log"]["checkpoint"] = data["log"]["checkpoint"].replace("\n13\n", "\n14\n")


def change_log_root(data):
    data["log"]["root"] = flipped(data["log"]["root"])


def change_start(data):
    paragraph(data)["start"] += 1


def change_kind(data):
    entry = member(data)["entry"]
    entry["header"] = entry["header"].replace("claim.accepted/1", "claim.withdrawn/1")


def change_closed_field(data):
    digests = member(data)["entry"]["fields"]
    digests["why"] = flipped(digests["why"])


def change_salt(data):
    paragraph(data)["salt"] = flipped(paragraph(data)["salt"])


def change_quote(data):
    quote = member(data)["quotes"][0]
    quote["exact"] = paragraph(data)["text"][:5]
    quote["paragraph"]["start"] = 0


def add_hex_that_is_none(data):
    paragraph(data)["path"][0] = "zz" * 32


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (change_letter, {"paragraph", "shown"}),
        (change_count, {"field", "number"}),
        (change_number, {"number", "shown-number"}),
        (change_entry_path, {"entry"}),
        (change_paragraph_path, {"paragraph"}),
        (change_paragraph_index, {"paragraph"}),
        (change_signature, {"entry", "entry-signature"}),
        (change_checkpoint_signature, {"checkpoint-signature"}),
        (change_checkpoint_size, {"checkpoint", "checkpoint-signature"}),
        (change_log_root, {"checkpoint", "entry"}),
        (change_start, {"words"}),
        (change_kind, {"kind", "entry", "entry-signature"}),
        (change_closed_field, {"commitment"}),
        (change_salt, {"paragraph"}),
        (change_quote, {"claimed-words"}),
        (add_hex_that_is_none, {"paragraph"}),
    ],
)
def test_a_change_is_named_by_the_step_that_finds_it(changed, change, named):
    assert changed(change) == named


def test_a_claim_that_was_first_left_unsure_is_not_called_checked(tab, pages, tmp_path):
    log, places = recorded(kind_of_first="claim.unsure/1")

    def first_unsure(data):
        data["log"] = {
            **data["log"],
            "root": log.proof().root,
            "checkpoint": log.proof().checkpoint,
        }
        for each in data["members"]:
            entry = log.entry(places[each["claim"]], opened=("counts", "exact_words"))
            each["entry"] = json.loads(json.dumps(asdict(entry)))
            for quote in each["quotes"]:
                old = quote["paragraph"]["text_entry"]
                text = log.entry(old["position"], opened=("paragraphs",))
                quote["paragraph"]["text_entry"] = json.loads(json.dumps(asdict(text)))

    changed_pages = {**pages, DATA: change_data(pages[DATA], change=first_unsure)}
    tab.page.goto((write_site(tmp_path, pages=changed_pages) / PAGE).as_uri())
    assert computed(tab.page) == "unchecked"
    left = tab.page.query_selector_all('#steps [data-result="unchecked"]')
    assert [each.get_attribute("data-step") for each in left] == ["kind", "kind"]


def test_a_claim_left_out_changes_the_number(changed):
    assert changed(lambda data: data["members"].pop(0), page="check/n-killed.html") == {"number"}


def test_a_letter_changed_on_the_page_alone_is_found(tab, site: Path):
    tab.page.goto((site / PAGE).as_uri())
    tab.page.evaluate(
        "document.querySelector('[data-paragraph] mark').firstChild.replaceData(0, 1, 'x')"
    )
    assert computed(tab.page) == "different"
    assert differing(tab.page) == {"shown"}


def test_a_number_changed_on_the_page_alone_is_found(tab, site: Path):
    tab.page.goto((site / PAGE).as_uri())
    tab.page.evaluate("document.querySelector('#number').textContent = '140–160'")
    assert computed(tab.page) == "different"
    assert differing(tab.page) == {"shown-number"}


def test_a_browser_without_signatures_says_what_it_did_not_check(tab, site: Path):
    tab.page.add_init_script(
        "crypto.subtle.importKey = () => Promise.reject(new Error('NotSupportedError'))"
    )
    tab.page.goto((site / PAGE).as_uri())
    assert computed(tab.page) == "unchecked"
    verdict = tab.page.inner_text("#verdict")
    assert verdict.startswith("? The same in 45 steps. Not checked here: 5")


def test_a_browser_without_digests_points_to_the_command(tab, site: Path):
    tab.page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    tab.page.goto((site / PAGE).as_uri())
    assert tab.page.is_hidden("#compute")
    assert "cannot compute it here" in tab.page.inner_text("#verdict")


def test_the_browser_walks_every_path_of_every_small_tree(tab, site: Path):
    leaves = [leaf(bytes([number])) for number in range(17)]
    cases = [
        {
            "leaf": leaves[index].hex(),
            "index": index,
            "size": size,
            "path": [each.hex() for each in path_of(leaves[:size], index)],
            "root": root_of(leaves[:size]).hex(),
        }
        for size in range(1, 18)
        for index in range(size)
    ]
    tab.page.goto((site / PAGE).as_uri())
    walk = """async (cases) => {
        const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
        const roots = [];
        for (const each of cases) {
            try { roots.push(await AFFIANT_PROOF.rootFrom(bytes(each.leaf), each)); }
            catch (problem) { roots.push(problem.message); }
        }
        return roots;
    }"""
    assert tab.page.evaluate(walk, cases) == [case["root"] for case in cases]
    wrong = [{**case, "index": case["index"] + case["size"]} for case in cases]
    wrong += [{**case, "path": [*case["path"], case["root"]]} for case in cases]
    wrong += [{**case, "path": case["path"][:-1]} for case in cases if case["path"]]
    refused = tab.page.evaluate(walk, wrong)
    assert {answer for answer in refused if len(answer) == 64} == set()
