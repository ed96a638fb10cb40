"""What the domain asks of a reviewer is on the screen: blind passages, seeds, disagreements."""

from affiant.claims.passages import BlindShare
from affiant.claims.seeds import SeedShare
from flows.desk import SECOND
from web.bench import claim_of, press_through
from web.large import large_desk

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


def test_a_passage_is_read_before_its_suggestions_are_shown(opened, tmp_path):
    desk, document = large_desk(tmp_path / "case", claims=40, characters=0)
    desk.run("policy", "set", "blind_share", "50")
    reviewer = desk.settings().key().public
    with desk.open() as case:
        closed = BlindShare(case, reviewer=reviewer)
        hidden = {
            row.digest
            for row in case.derived.suggestions_of(document)
            if closed.hides(row.claim, document=document)
        }
    assert 0 < len(hidden) < 40
    at, tab = opened(desk)
    for path in ("/document", "/document.json"):
        for kind in ("all", "likely"):
            content = tab.context.request.get(at.address(path, id=document, kind=kind)).text()
            assert not any(digest in content for digest in hidden)
    some = next(iter(hidden))
    assert tab.context.request.get(at.address("/claim.json", id=some)).status == 409
    page = tab.document(document, kind="likely")
    assert "Read this passage first" in page.inner_text("#panel")
    with page.expect_navigation():
        page.keyboard.press("a")
    page.wait_for_selector("html[data-ready]")
    [read] = bodies(desk, "passage.read_blind/1")
    assert (read["document"], read["claim_ids"]) == (document, [])
    assert "kind=likely" in page.url
    tab.confirm_quiet()
    desk.clean()


def _suggested(desk, document: str) -> list[dict]:
    """What is suggested, whoever may see it."""
    with desk.open() as case:
        return [{"claim_id": row.digest} for row in case.derived.suggestions_of(document)]


def test_the_outcome_of_a_seeded_error_is_told_at_once(opened, tmp_path):
    desk, document = large_desk(tmp_path / "case", claims=120, characters=0)
    desk.run("policy", "set", "seeded_errors", "10")
    with desk.open() as case:
        share = SeedShare(case, reviewer=desk.settings().key().public)
        rows = case.derived.suggestions_of(document)
        seed = next(found for found in map(share.seed_of, [row.digest for row in rows]) if found)
    _, tab = opened(desk)
    page = tab.document(document, claim=seed.seed_id)
    assert claim_of(page) == seed.seed_id
    assert seed.suggestion not in page.content()
    real = press_through(page, "s", "d", "a")
    assert "a seeded error, and it got past you" in page.inner_text("#message")
    assert real == seed.suggestion
    assert "120 of 120 wait" in page.inner_text("#left")
    press_through(page, "s", "d", "a")
    assert "119 of 120 wait" in page.inner_text("#left")
    [decided] = bodies(desk, "seed.decided/1")
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
    page.goto(at.address("/review"))
    page.select_option('[name="kind"]', "likely")
    page.fill('[name="words"]', "driver")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.click("text=nurse.txt")
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#queue li").count() == 1
    page.keyboard.press("j")
    assert "kind=likely" in page.url
    assert "words=driver" in page.url


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
