"""Every screen is fit for everybody: rules of access, both themes, right to left, page images."""

import pytest

from flows.desk import new_desk, write
from unit.publish.access import violations
from web.bench import claim_of, press_through


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_breaks_a_rule_of_access(opened, read_desk, scheme):
    document = read_desk.document("nurse.txt")
    at, tab = opened(read_desk, color_scheme=scheme)
    broken = {"documents": violations(tab.page)}
    page = tab.document(document)
    broken["document"] = violations(page)
    page.keyboard.press("x")
    page.keyboard.press("r")
    broken["reasons and questions"] = violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    broken["help"] = violations(page)
    page.keyboard.press("?")
    press_through(page, "s", "d", "a")
    press_through(page, "k")
    broken["decided"] = violations(page)
    for key, form in (("e", "/edit"), ("l", "/link")):
        page.keyboard.press(key)
        page.wait_for_selector(f'form[action="{form}"]')
        broken[form] = violations(page)
        page.keyboard.press("Escape")
        page.wait_for_selector("#decide")
    broken["rtl"] = violations(tab.document(read_desk.document("baker.txt")))
    page.goto(at.address("/document", id="sha256:none"))
    broken["refused"] = violations(page)
    assert {name: found for name, found in broken.items() if found} == {}


def test_every_screen_has_a_twin_for_programs(opened, read_desk):
    document = read_desk.document("nurse.txt")
    at, tab = opened(read_desk)
    claims = tab.context.request.get(at.address("/document.json", id=document)).json()["claims"]
    listed = [row for row in read_desk.json("claim", "list") if row["document"] == document]
    assert claims == listed
    one = tab.context.request.get(at.address("/claim.json", id=claims[0]["claim_id"])).json()
    assert one == claims[0]
    names = {row["name"] for row in tab.context.request.get(at.address("/documents.json")).json()}
    assert names == {"nurse.txt", "baker.txt", "port.txt"}
    refused = tab.context.request.get(at.address("/document.json", id="none"))
    assert (refused.status, set(refused.json())) == (404, {"problem", "remedy", "exit_code"})


HARD = "x\u202ey 𝔘𝔫 کارگران را بردند\r\n\r\n𝔘 Soldiers killed four men in Oreth on 3 May 2031.\r\n"


@pytest.mark.parametrize("way", ["ranges", "marks"])
def test_highlights_stand_on_the_quoted_characters(opened, tmp_path, way):
    desk = new_desk(tmp_path / "case")
    desk.run("add", write(tmp_path / "in", {"hard.txt": HARD}))
    desk.run("read")
    document = desk.document("hard.txt")
    words = [("act", "killed four men"), ("actor", "Soldiers"), ("where", "Oreth")]
    desk.add_claim(
        document,
        act="killing",
        speakers=[{"name": None}],
        quotes=[{"slot": slot, "exact": exact} for slot, exact in words],
    )
    _, tab = opened(desk)
    if way == "marks":
        tab.page.add_init_script("delete CSS.highlights")
    page = tab.document(document)
    if way == "marks":
        shown = " ".join(page.locator('#doc mark[data-s="current"]').all_inner_texts())
        assert page.evaluate("'highlights' in CSS") is False
        assert "killed four men" in shown
        assert "Soldiers" in shown
        assert page.locator("#doc").inner_text().count("killed") == 1
    else:
        shown = page.evaluate(
            "Array.from(CSS.highlights.get('current'), (range) => range.toString())"
        )
        assert set(shown) == {exact for _, exact in words}
        text_nodes = (
            "Array.from(document.querySelectorAll('#doc p[data-start]'), p => p.childNodes.length)"
        )
        assert set(page.evaluate(text_nodes)) == {1}, "letters are never cut apart"
    assert "RLO" in page.inner_text("#doc")
    assert "\u202e" not in page.content()
    tab.confirm_quiet()


def test_right_to_left_text_reads_from_the_right(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("baker.txt"))
    assert page.locator("#doc p").first.evaluate("p => getComputedStyle(p).direction") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_pdf_is_shown_beside_its_text_with_the_words_outlined(opened, tmp_path, sample_once):
    desk = sample_once.copied(tmp_path / "copy")
    listed = desk.json("claim", "list", person="Mina Sohravan")
    row = next(each for each in listed if any("region" in quote for quote in each["quotes"]))
    at, tab = opened(desk, person="Mina Sohravan")
    page = tab.document(row["document"], claim=row["claim_id"])
    page.wait_for_function("document.getElementById('page-image').naturalWidth > 300")
    boxed = any(place.get("box") for quote in row["quotes"] for place in quote.get("region", ()))
    assert bool(page.locator("#page-boxes rect").count()) == boxed
    answer = tab.context.request.get(at.address("/page.png", document=row["document"], page="1"))
    assert answer.headers["content-type"] == "image/png"
    assert answer.body().startswith(b"\x89PNG")
    for number in ("0", "9999", "x", "-1"):
        assert tab.context.request.get(
            at.address("/page.png", document=row["document"], page=number)
        ).status in (400, 404, 500)
    assert claim_of(page)
