"""A page is reviewed with the keyboard alone; nothing is lost, nothing is told too early."""

from affiant.model.vocabulary import REJECTION_REASONS
from affiant.web.keys import DIGITS, KEYS
from flows.desk import SECOND
from web.bench import claim_of, press_through


def test_every_key_has_one_act_and_every_act_one_key():
    keys = [key.key for key in KEYS] + list(DIGITS) + ["Escape", "Enter", "Tab", " "]
    assert len(set(keys)) == len(keys)
    assert len({key.act for key in KEYS}) == len(KEYS)
    assert len(REJECTION_REASONS) == len(DIGITS)


def test_a_page_is_reviewed_by_keyboard_alone(opened, read_desk):
    document = read_desk.document("nurse.txt")
    _, tab = opened(read_desk)
    page = tab.document(document)
    total = page.locator("#queue li").count()
    assert total >= 4
    press_through(page, "s", "d", "a")
    press_through(page, "x", "2")
    press_through(page, "u")
    with page.expect_navigation():
        for key in ("r", "1", "3", "Enter"):
            page.keyboard.press(key)
    page.wait_for_selector("html[data-ready]")
    while page.locator('#queue li[data-s="suggested"]').count():
        left = page.locator('#queue li[data-s="suggested"]').count()
        for key in "sda":
            page.keyboard.press(key)
        page.wait_for_function(
            "(n) => document.querySelectorAll('#queue li[data-s=suggested]').length < n", arg=left
        )
    assert "Every claim here is decided" in page.inner_text("#message")
    rows = [row for row in read_desk.json("claim", "list") if row["document"] == document]
    verdicts = sorted(row["your_verdict"] for row in rows)
    assert verdicts == sorted(["accepted"] * (total - 2) + ["rejected", "unsure"])
    tab.confirm_quiet()
    read_desk.clean()


def test_an_acceptance_waits_for_both_confirmations(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("nurse.txt"))
    first = claim_of(page)
    for keys in ("a", "sa", "sda"):  # S twice takes the first confirmation back
        for key in keys:
            page.keyboard.press(key)
        assert "First look at" in page.inner_text("#message")
    assert claim_of(page) == first
    assert all(row["your_verdict"] is None for row in read_desk.json("claim", "list"))


def test_an_acceptance_sent_past_the_screen_without_them_is_refused_too(opened, read_desk):
    at, tab = opened(read_desk)
    first = claim_of(tab.document(read_desk.document("nurse.txt")))
    own = {"origin": at.origin, "sec-fetch-site": "same-origin"}
    for confirmed in ({}, {"attribution": "yes"}, {"polarity": "yes"}):
        form = {"claim": first, "verdict": "accepted", **confirmed}
        answer = tab.context.request.post(at.address("/decide"), form=form, headers=own)
        assert answer.status == 400
        assert "not confirmed" in answer.text()
    assert all(row["your_verdict"] is None for row in read_desk.json("claim", "list"))


def test_undo_takes_the_last_decision_back_by_a_later_entry(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("nurse.txt"))
    first, before = claim_of(page), len(read_desk.json("history", "list"))
    press_through(page, "s", "d", "a")
    with page.expect_navigation():
        page.keyboard.press("z")
    page.wait_for_selector("html[data-ready]")
    assert claim_of(page) == first
    assert page.locator('#queue li[data-s="accepted"]').count() == 0
    entries = len(read_desk.json("history", "list"))
    assert entries == before + 2, "the decision and its taking back are both there"
    read_desk.clean()


def test_any_slot_is_edited_and_the_number_is_accepted_so(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("nurse.txt"))
    page.keyboard.press("e")
    page.wait_for_selector('form[action="/edit"]')
    page.fill('[name="counts-0-max"]', "5")
    page.fill('[name="method"]', "shot")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("e")
    page.wait_for_selector(".draft:not([hidden])")
    assert page.input_value('[name="counts-0-max"]') == "5"
    page.check('[name="attribution"]')
    page.check('[name="polarity"]')
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#decide")
    [made] = [row for row in read_desk.json("claim", "list") if row["your_verdict"]]
    assert (made["counts"][0]["min"], made["counts"][0]["max"]) == (4, 5)
    assert made["method"] == "shot"
    assert made["origin"]["tool"] == "person"
    assert page.evaluate("sessionStorage.length") == 0
    read_desk.clean()


def test_letters_typed_into_a_field_decide_nothing(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("nurse.txt"))
    first = claim_of(page)
    page.keyboard.press("e")
    page.wait_for_selector('form[action="/edit"]')
    page.focus('[name="method"]')
    page.keyboard.type("sda xu jk?")
    assert page.input_value('[name="method"]').endswith("sda xu jk?")
    page.keyboard.press("Escape")
    page.wait_for_selector("#decide")
    assert claim_of(page) == first
    assert all(row["your_verdict"] is None for row in read_desk.json("claim", "list"))


def test_a_claim_is_made_from_words_selected_by_keys_in_right_to_left_text(opened, read_desk):
    document = read_desk.document("baker.txt")
    _, tab = opened(read_desk)
    page = tab.document(document)
    page.keyboard.press("w")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    picked = page.evaluate("getSelection().toString()").strip()
    assert picked
    page.keyboard.press("n")
    page.wait_for_selector('form[action="/new"]')
    page.select_option('[name="act"]', "detention")
    page.check('[name="attribution"]')
    page.check('[name="polarity"]')
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.wait_for_selector("html[data-ready]")
    [made] = [row for row in read_desk.json("claim", "list") if row["your_verdict"]]
    assert made["act"] == "detention"
    assert made["quotes"][0]["exact"].strip() == picked
    read_desk.clean()


def test_several_are_rejected_at_once_and_never_accepted(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("nurse.txt"))
    press_through(page, "m")
    press_through(page, "m")
    page.keyboard.press("X")
    with page.expect_navigation():
        page.keyboard.press("8")
    page.wait_for_selector("html[data-ready]")
    rows = read_desk.json("claim", "list")
    assert [row["your_verdict"] for row in rows if row["your_verdict"]] == ["rejected"] * 2


def test_a_claim_is_linked_to_a_new_incident(opened, read_desk):
    document = read_desk.document("nurse.txt")
    _, tab = opened(read_desk)
    page = tab.document(document)
    press_through(page, "s", "d", "a")
    press_through(page, "k")
    page.keyboard.press("l")
    page.wait_for_selector('form[action="/link"]')
    page.fill('[name="why"]', "the same mill, the same day")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.wait_for_selector("html[data-ready]")
    assert "Oreth mill" in page.inner_text("#panel")


def test_keys_work_on_a_keyboard_that_writes_persian(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("nurse.txt"))
    before = claim_of(page)
    page.evaluate(
        """() => document.body.dispatchEvent(
            new KeyboardEvent("keydown", {key: "ت", code: "KeyJ", bubbles: true}))"""
    )
    page.wait_for_function("(was) => panel.dataset.claim !== was", arg=before)


def test_others_decisions_stay_hidden_until_one_has_decided(opened, read_desk):
    key = read_desk.json("key", "make", person=SECOND)[0]["key"]
    read_desk.run("key", "admit", key, "--name", SECOND)
    document = read_desk.document("nurse.txt")
    first = next(
        row["claim_id"] for row in read_desk.json("claim", "list") if row["document"] == document
    )
    read_desk.run("claim", "reject", first, "--why", "seen from afar", person=SECOND)
    at, tab = opened(read_desk)
    page = tab.document(document)
    for path in ("/document", "/document.json"):
        content = tab.context.request.get(at.address(path, id=document)).text()
        assert SECOND not in content
        assert "rejected" not in content.replace('value="rejected:', "")
        assert "score" not in content
    press_through(page, "u")
    press_through(page, "k")
    assert SECOND in page.inner_text("#panel")


def test_where_one_is_stands_in_the_address_and_survives_a_reload(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("nurse.txt"))
    here = press_through(page, "j")
    assert here in page.url
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert claim_of(page) == here
