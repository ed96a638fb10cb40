"""Start, documents, incidents, register, search, history: each fit for everybody, each useful."""

import pytest

from flows.desk import SECOND, new_desk, write
from unit.publish.access import violations
from web.pages import ARABIC, ENGLISH, PERSIAN

SCREENS = ("/", "/documents", "/review", "/incidents", "/register", "/find", "/history")


def accept(desk, document: str, *, number: int = 3) -> list[str]:
    """Accept the first suggestions of a document; return the claims."""
    rows = [row for row in desk.json("claim", "list") if row["document"] == document]
    made = [desk.json("claim", "accept", row["claim_id"])[0] for row in rows[:number]]
    return [row["claim_id"] for row in made]


def add_named(desk, document: str, *, name: str, person: str | None = None) -> str:
    """Enter a claim about somebody by name."""
    return desk.add_claim(
        document,
        act="abduction",
        speakers=[{"name": None}],
        involvements=[{"name": name, "role": "victim", "side": "victim", "strength": "named"}],
        quotes=[{"slot": "victim", "exact": name}],
        person=person,
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_an_empty_case_breaks_a_rule_of_access(opened, tmp_path, scheme):
    at, tab = opened(new_desk(tmp_path / "case"), color_scheme=scheme)
    for path in SCREENS:
        assert tab.page.goto(at.address(path)).status == 200
        assert violations(tab.page) == [], path
        assert tab.page.locator("nav [aria-current='page']").count() == 1, path
    tab.confirm_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_a_full_case_breaks_a_rule_of_access(opened, tmp_path, sample_once, scheme):
    at, tab = opened(
        sample_once.copied(tmp_path / "copy"), person="Mina Sohravan", color_scheme=scheme
    )
    ask = tab.context.request
    [incident, *_] = ask.get(at.address("/incidents.json")).json()["incidents"]
    [person, *_] = ask.get(at.address("/register.json")).json()["persons"]
    addresses = [
        *map(at.address, SCREENS),
        at.address("/find", q="نخل*"),
        at.address("/incident", id=incident["incident_id"]),
        at.address("/person", id=person["person_id"]),
    ]
    for address in addresses:
        assert tab.page.goto(address).status == 200
        assert violations(tab.page) == [], address
        assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    tab.confirm_quiet()


def test_every_screen_is_reached_with_the_keyboard_and_has_a_twin(opened, read_desk):
    at, tab = opened(read_desk)
    for name in ("Documents", "Incidents", "Register", "Search", "History", "Start"):
        for _ in range(30):
            tab.page.keyboard.press("Tab")
            if tab.page.evaluate("document.activeElement.textContent") == name:
                break
        with tab.page.expect_navigation():
            tab.page.keyboard.press("Enter")
        here = tab.page.get_by_role("link", name=name, exact=True)
        assert here.get_attribute("aria-current") == "page"
    for path in ("/start", "/documents", "/incidents", "/register", "/find", "/history"):
        answer = tab.context.request.get(at.address(f"{path}.json"))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json"), path
    told = tab.context.request.get(at.address("/start.json")).json()
    assert {name: told[name] for name in ("documents", "read")} == {"documents": 3, "read": 3}
    assert told["warnings"] == read_desk.json("status")[0]["warnings"]
    assert tab.context.request.get(at.address("/history.json")).json() == list(
        reversed(read_desk.json("history", "list"))
    )


def test_documents_are_added_read_and_gone_through_in_the_browser(opened, tmp_path):
    desk = new_desk(tmp_path / "case")
    folder = write(
        tmp_path / "in",
        {"nurse.txt": ENGLISH, "a b.txt": ENGLISH, "نانوا.txt": PERSIAN, "broken.pdf": b"%PDF-1.7"},
    )
    at, tab = opened(desk)
    page = tab.page
    with page.expect_navigation():
        page.get_by_role("link", name="Add documents").click()
    page.set_input_files("[name=file]", sorted(folder.iterdir()))
    page.fill("[name=source]", "A sister")
    page.fill("[name=received]", "2031-05-09")
    with page.expect_navigation():
        page.get_by_role("button", name="Add", exact=True).click()
    text = page.inner_text("main")
    assert "3 preserved, 1 known already, 0 not taken." in text
    assert "نانوا.txt" in text
    custody = desk.json("protect", "custody", desk.document("نانوا.txt"), code=None)
    assert custody is not None
    with page.expect_navigation():
        page.get_by_role("button", name="Read what waits").click()
    assert "2 documents were read just now." in page.inner_text("main")
    assert page.get_by_text("the PDF is damaged").count() == 1
    with page.expect_navigation():
        page.get_by_role("button", name="Propose claims").click()
    assert "claims were proposed just now" in page.inner_text("main")
    page.goto(at.address("/"))
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="Review").first.click()
    assert "/document?" in page.url
    assert list((desk.folder / "out").glob("incoming-*")) == []
    tab.confirm_quiet()
    desk.clean()


def test_documents_are_found_by_name_in_any_spelling_and_by_state(opened, read_desk):
    at, tab = opened(read_desk)
    ask = tab.context.request
    chosen = ask.get(at.address("/documents.json", name="NURSE")).json()
    assert [row["name"] for row in chosen] == ["nurse.txt"]
    waiting = ask.get(at.address("/documents.json", state="suggested")).json()
    assert "nurse.txt" in [row["name"] for row in waiting]
    assert ask.get(at.address("/documents.json", state="not_read")).json() == []
    tab.page.goto(at.address("/documents", name="nobody"))
    assert "No document is chosen by this" in tab.page.inner_text("main")


def test_an_incident_is_opened_from_a_proposal_and_a_claim_leaves_and_joins(opened, read_desk):
    accept(read_desk, read_desk.document("nurse.txt"))
    at, tab = opened(read_desk)
    page = tab.page
    page.goto(at.address("/incidents"))
    page.locator("[name=why]").first.fill("the same mill, the same day")
    with page.expect_navigation():
        page.get_by_role("button", name="They tell one incident").first.click()
    assert "/incident?id=" in page.url
    [row] = [row for row in read_desk.json("link", "list") if "label" in row]
    [compared] = read_desk.json("compare")
    told = tab.context.request.get(at.address("/incident.json", id=row["incident_id"])).json()
    assert {name: told[name] for name in compared} == compared
    assert page.get_by_role("cell", name="only here").count()
    for form, button in (("leave", "Take the chosen out"), ("join", "Join the chosen")):
        scope = page.locator(f'form[action="/incidents/{form}"]')
        if form == "join":
            page.get_by_text("Choose among").click()
        scope.locator("[name=claim]").first.check()
        scope.locator("[name=why]").fill("looked again")
        with page.expect_navigation():
            scope.get_by_role("button", name=button).click()
        number = len(told["claims"]) - (form == "leave")
        again = tab.context.request.get(at.address("/incident.json", id=row["incident_id"]))
        assert len(again.json()["claims"]) == number
    tab.confirm_quiet()
    read_desk.clean()


def test_a_link_without_a_reason_is_refused(opened, read_desk):
    accept(read_desk, read_desk.document("nurse.txt"))
    at, tab = opened(read_desk)
    before = len(read_desk.json("history", "list"))
    tab.page.goto(at.address("/incidents"))
    tab.page.evaluate("document.querySelector('[name=why]').removeAttribute('required')")
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name="They tell one incident").first.click()
    assert "needs its reason" in tab.page.inner_text("main")
    assert len(read_desk.json("history", "list")) == before


def test_a_name_becomes_an_entry_of_the_register_and_is_found_in_another_spelling(
    opened, read_desk
):
    add_named(read_desk, read_desk.document("baker.txt"), name="پریسا تلاور")
    at, tab = opened(read_desk)
    page = tab.page
    page.goto(at.address("/register"))
    page.fill("[name=fate]", "taken; no word since")
    page.fill("[name=why]", "her full name")
    with page.expect_navigation():
        page.get_by_role("button", name="Open the entry").click()
    assert "پریسا تلاور" in page.inner_text("h1")
    assert "یکی از آنان" not in page.inner_text("h1")
    ask = tab.context.request
    found = ask.get(at.address("/register.json", q="پريسا")).json()
    assert [row["name"] for row in found["persons"]] == ["پریسا تلاور"]
    assert found["proposals"] == []
    [person] = [row for row in read_desk.json("link", "list") if "fate" in row]
    assert person["fate"] == "taken; no word since"
    tab.confirm_quiet()


def test_a_passage_is_found_in_another_spelling_and_the_document_opens_there(opened, tmp_path):
    desk = new_desk(tmp_path / "case")
    long = "\n".join(f"سطر {number} از متن." for number in range(400))
    desk.run("add", write(tmp_path / "in", {"long.txt": f"{long}\n{PERSIAN}"}))
    desk.run("read")
    at, tab = opened(desk)
    page = tab.page
    page.goto(at.address("/find"))
    page.fill("[name=q]", "كاميون")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits mark")
    assert page.inner_text(".hits mark") == "کامیون"
    hit = tab.context.request.get(at.address("/find.json", q="كاميون")).json()[0]
    assert hit["exact"] == "کامیون"
    with page.expect_navigation():
        page.locator(".hits a").click()
    page.wait_for_selector("html[data-ready]")
    place = page.locator("#doc p:target")
    assert "کامیون" in place.inner_text()
    assert place.evaluate(
        """(p) => { const box = p.getBoundingClientRect(), pane = document
             .getElementById('text-pane').getBoundingClientRect();
             return box.bottom > pane.top && box.top < pane.bottom; }"""
    )


def test_a_decision_is_taken_back_in_the_history_and_both_stay(opened, read_desk):
    [claim] = accept(read_desk, read_desk.document("nurse.txt"), number=1)
    at, tab = opened(read_desk)
    page = tab.page
    page.goto(at.address("/history", about=claim))
    page.get_by_text("Take back").first.click()
    page.locator("[name=why]").fill("too early")
    with page.expect_navigation():
        page.get_by_role("button", name="Take entry").click()
    assert "taken back" in page.inner_text("main")
    first, second = tab.context.request.get(at.address("/history.json")).json()[:2]
    assert (first["kind"], first["why"]) == ("decision.undone/1", "too early")
    assert (second["kind"], second["undone"]) == ("claim.accepted/1", True)
    read_desk.clean()


def test_what_others_decided_stays_hidden_on_every_screen_until_one_has_decided(opened, read_desk):
    key = read_desk.json("key", "make", person=SECOND)[0]["key"]
    read_desk.run("key", "admit", key, "--name", SECOND)
    document = read_desk.document("baker.txt")
    claim = add_named(read_desk, document, name="پریسا تلاور", person=SECOND)
    why = "seen with the eyes of another"
    read_desk.run("link", "incident", "Qarsan, 2031", claim, "--why", "hers", person=SECOND)
    read_desk.run("claim", "unsure", claim, "--why", why, person=SECOND)
    read_desk.run("claim", "accept", claim, "--why", why, person=SECOND)
    [incident] = [row for row in read_desk.json("link", "list") if "label" in row]
    at, tab = opened(read_desk)
    ask = tab.context.request
    paths = [(f"{path}{end}", {}) for path in ("/incidents", "/register") for end in ("", ".json")]
    paths += [("/incident", {"id": incident["incident_id"]}), ("/history", {}), ("/", {})]
    for path, named in paths:
        content = ask.get(at.address(path, **named)).text()
        assert "پریسا" not in content, path
        assert why not in content, path
    told = ask.get(at.address("/incident.json", id=incident["incident_id"])).json()
    assert (told["claims"], told["questions"], told["not_decided_by_you"]) == ([], [], 1)
    commitment = next(
        row["commitment"]
        for row in ask.get(at.address("/history.json")).json()
        if row["kind"].startswith("claim.decided")
    )
    own = {"origin": at.origin, "sec-fetch-site": "same-origin"}
    refused = ask.post(
        at.address("/history/take-back"),
        form={"commitment": commitment, "why": "curious"},
        headers=own,
    )
    assert refused.status == 409
    read_desk.run("claim", "accept", claim)
    assert "پریسا" in ask.get(at.address("/register")).text()


def test_a_number_after_a_right_to_left_name_stays_after_it(opened, read_desk):
    read_desk.add_claim(
        read_desk.document("baker.txt"),
        act="abduction",
        speakers=[{"name": None}],
        involvements=[{"name": "پریسا", "role": "victim", "side": "victim", "strength": "named"}],
        counts=[{"of": "taken", "min": 14, "max": 16, "words": "چهارده تا شانزده نفر"}],
        quotes=[{"slot": "victim", "exact": "پریسا"}],
    )
    at, tab = opened(read_desk)
    tab.page.goto(at.address("/register"))
    line = tab.page.locator(".cards a").first
    assert line.inner_text() == "Abduction of پریسا; 14–16 taken"
    assert line.evaluate(
        """(a) => { const range = document.createRange(), end = a.lastChild;
             range.setStart(end, end.data.indexOf('14')); range.setEnd(end, end.data.indexOf('16'));
             return range.getBoundingClientRect().left >=
                    a.querySelector('bdi').getBoundingClientRect().right - 1; }"""
    )


def test_arabic_words_are_found_without_their_marks(opened, read_desk):
    at, tab = opened(read_desk)
    assert "المرفأ" in ARABIC
    found = tab.context.request.get(at.address("/find.json", q="المرفا")).json()
    assert [row["name"] for row in found] == ["port.txt"]
