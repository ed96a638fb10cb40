"""What the domain asks of a reviewer is on the screen: blind passages, seeds, disagreements."""

import re

from flows.desk import SECOND
from web.bench import claim_of, press_through

THIRD = "Ciro Vane"


def admit(desk, *people) -> None:
    for person in people:
        key = desk.json("key", "make", person=person)[0]["key"]
        desk.run("key", "admit", key, "--name", person)


def bodies(desk, kind: str) -> list[dict]:
    with desk.open() as case:
        return [dict(entry.fields or {}) for entry in case.logbook.of_kind(kind)]


def test_what_was_confirmed_and_why_one_rejects_stand_in_the_entries(opened, read_desk):
    _, tab = opened(read_desk)
    page = tab.document(read_desk.document("nurse.txt"))
    press_through(page, "s", "d", "a")
    press_through(page, "x", "2")
    [accepted] = bodies(read_desk, "claim.accepted/1")
    [rejected] = bodies(read_desk, "claim.rejected/1")
    assert accepted["confirmed"] == ["attribution", "polarity"]
    assert rejected["reason"] == "wrong_number"
    assert "confirmed" not in rejected
    tab.confirm_quiet()


def test_a_passage_is_read_before_its_suggestions_are_shown(opened, read_desk):
    read_desk.run("policy", "set", "blind_share", "100")
    document = read_desk.document("nurse.txt")
    hidden = {row["claim_id"] for row in _suggested(read_desk, document)}
    at, tab = opened(read_desk)
    for path in ("/document", "/document.json"):
        for kind in ("all", "likely"):
            content = tab.context.request.get(at.address(path, id=document, kind=kind)).text()
            assert not any(digest in content for digest in hidden)
    for digest in hidden:
        assert tab.context.request.get(at.address("/claim.json", id=digest)).status == 409
    page = tab.document(document, kind="likely")
    assert "Read this passage first" in page.inner_text("#panel")
    before = page.locator("#queue li").count()
    with page.expect_navigation():
        page.keyboard.press("a")
    page.wait_for_selector("html[data-ready]")
    [read] = bodies(read_desk, "passage.read_blind/1")
    assert (read["document"], read["claim_ids"]) == (document, [])
    assert "kind=likely" in page.url
    assert before
    tab.context.close()
    read_desk.clean()


def _suggested(desk, document: str) -> list[dict]:
    """What is suggested, whoever may see it."""
    with desk.open() as case:
        return [{"claim_id": row.digest} for row in case.derived.suggestions_of(document)]


def test_the_outcome_of_a_seeded_error_is_told_at_once(opened, read_desk):
    read_desk.run("policy", "set", "seeded_errors", "100")
    document = read_desk.document("nurse.txt")
    _, tab = opened(read_desk)
    page = tab.document(document)
    waiting = page.locator('#queue li[data-s="suggested"]').count()
    seed = claim_of(page)
    real = press_through(page, "s", "d", "a")
    assert re.search("seeded error, and it got past you", page.inner_text("#message"))
    assert real in {row["claim_id"] for row in _suggested(read_desk, document)}
    assert seed != real
    assert page.locator('#queue li[data-s="suggested"]').count() == waiting
    assert f"{waiting} of {waiting} wait" in page.inner_text("#left")
    press_through(page, "s", "d", "a")
    assert page.locator('#queue li[data-s="suggested"]').count() == waiting - 1
    [decided] = bodies(read_desk, "seed.decided/1")
    assert (decided["caught"], decided["verdict"]) == (False, "accepted")
    tab.confirm_quiet()


def test_a_third_person_settles_what_two_differ_on(opened, read_desk):
    admit(read_desk, SECOND, THIRD)
    document = read_desk.document("nurse.txt")
    first = _suggested(read_desk, document)[0]["claim_id"]
    read_desk.run("claim", "accept", first)
    read_desk.run("claim", "reject", first, "--why", "seen from afar", person=SECOND)
    _, tab = opened(read_desk, person=THIRD)
    page = tab.document(document, kind="settle")
    assert page.locator("#queue li").count() == 1
    assert "seen from afar" in page.inner_text("#panel")
    assert page.locator('[data-act="accept"]').count() == 0, "no verdict after others' were seen"
    page.select_option('[name="verdict"]', "rejected")
    page.fill('[name="why"]', "the nurse was far away")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#queue li").count() == 0
    [settled] = bodies(read_desk, "claim.settled/1")
    assert (settled["verdict"], settled["why"]) == ("rejected", "the nurse was far away")
    tab.confirm_quiet()


def test_a_queue_is_chosen_by_search_and_stays_in_the_address(opened, read_desk):
    at, tab = opened(read_desk)
    page = tab.page
    page.goto(at.address("/"))
    page.fill('[name="words"]', "teachers")
    page.select_option('[name="kind"]', "likely")
    with page.expect_navigation():
        page.keyboard.press("Enter")
        page.click("text=Show")
    page.click("text=nurse.txt")
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#queue li").count() == 1
    page.keyboard.press("j")
    assert "kind=likely" in page.url
    assert "words=teachers" in page.url


def test_a_claim_made_by_hand_and_taken_back_is_not_suggested(opened, read_desk):
    document = read_desk.document("baker.txt")
    exact = "دو کامیون آمد"
    made = read_desk.add_claim(
        document,
        act="abduction",
        speakers=[{"name": None}],
        quotes=[{"slot": "act", "exact": exact}],
    )
    _, tab = opened(read_desk)
    page = tab.document(document)
    with page.expect_navigation():
        page.keyboard.press("z")
    page.wait_for_selector("html[data-ready]")
    assert page.locator(f'#queue li[data-claim="{made}"]').count() == 0
    listed = {row["claim_id"]: row["status"] for row in read_desk.json("claim", "list")}
    assert made not in listed
    read_desk.clean()
