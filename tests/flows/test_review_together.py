"""Two and more people review one case: blind, apart, and measured."""

import json

import pytest

from affiant.claims.queue import Scope, queue, queue_item
from affiant.model.vocabulary import REJECTION_REASONS
from flows.desk import FIRST, SECOND, Desk, new_desk, write
from flows.shared import copy_of

THIRD = "Ciro Vane"
LETTER = (
    "At least twelve people were killed in Oreth on 3 May 2031.\n"
    "Four women were abducted by soldiers near the mill.\n"
    "Soldiers shot two farmers dead.\n"
    "Nobody could say what the shelling was for.\n"
)


LONG = "".join(
    f"At least {day} people were killed in Oreth on {day} May 2031.\n" for day in range(3, 17)
)


@pytest.fixture
def desk(tmp_path) -> Desk:
    """A case with three reviewers and suggestions on one letter."""
    return reviewed_by_three(tmp_path, letter=LETTER)


def reviewed_by_three(tmp_path, /, *, letter: str) -> Desk:
    desk = new_desk(tmp_path)
    for person in (SECOND, THIRD):
        [made] = desk.json("key", "make", person=person)
        desk.run("key", "admit", made["key"], "--name", person)
    desk.run("add", write(tmp_path / "in", {"letter.txt": letter}))
    desk.run("read")
    desk.run("suggest")
    return desk


def suggested(desk: Desk, *, person: str | None = None) -> list[str]:
    rows = desk.json("claim", "list", "--status", "suggested", person=person)
    return [row["claim_id"] for row in rows if len(row["claim_id"]) == 64]


def queued(desk: Desk, *words: str, person: str | None = None) -> list[dict]:
    return desk.json("claim", "queue", *words, person=person)


def packet_of(desk: Desk, *, person: str):
    path = desk.folder.parent / f"{person}.packet"
    path.write_text(desk.run("exchange", "export", person=person).out, encoding="utf-8")
    return path


def test_first_decisions_on_two_laptops_are_two_verdicts_on_one_claim(desk, tmp_path):
    ours, theirs = copy_of(desk, tmp_path / "ours"), copy_of(desk, tmp_path / "theirs")
    suggestion = suggested(ours)[0]
    [here] = ours.json("claim", "accept", suggestion)
    [there] = theirs.json("claim", "reject", suggestion, "--reason", "2", person=SECOND)
    packets = packet_of(ours, person=FIRST), packet_of(theirs, person=SECOND)
    ours.run("exchange", "import", packets[1])
    theirs.run("exchange", "import", packets[0], person=SECOND)
    for copy, own, other in ((ours, here, there), (theirs, there, here)):
        rows = {row["claim_id"]: row["status"] for row in copy.json("claim", "list", "--everyone")}
        assert rows[own["claim_id"]] == "unsure"
        assert other["claim_id"] not in rows
        with copy.open() as case:
            [row] = case.claims.matching(other["claim_id"])  # the other name still finds it
            assert (row.claim_id, len(row.verdicts)) == (own["claim_id"], 2)
        copy.clean()
        copy.run("check", "--repair")
        copy.clean()
    members = ("link", "incident", "Oreth", there["claim_id"], "--why", "same place")
    theirs.run(*members, person=SECOND)
    ours.run("exchange", "import", packet_of(theirs, person=SECOND))
    with ours.open() as case:
        [incident] = case.incidents.all()
        [row] = case.claims.in_incident(incident.incident_id)
        assert row.claim_id == here["claim_id"]
    ours.clean()


def test_a_claim_with_two_ids_is_erased_under_both(desk, tmp_path):
    ours, theirs = copy_of(desk, tmp_path / "ours"), copy_of(desk, tmp_path / "theirs")
    suggestion = suggested(ours)[0]
    ours.run("claim", "accept", suggestion)
    [there] = theirs.json("claim", "accept", suggestion, "--why", "seen", person=SECOND)
    ours.run("exchange", "import", packet_of(theirs, person=SECOND))
    ours.run("protect", "erase", there["claim_id"], "--why", "asked for")
    with ours.open() as case:
        assert case.claims.all() == []
    ours.clean()


def test_an_acceptance_names_what_was_confirmed_and_a_rejection_its_reason(desk):
    first, second, *_ = suggested(desk)
    words = ("--confirm", "polarity", "--confirm", "attribution")
    [made] = desk.json("claim", "accept", first, *words)
    [other] = desk.json("claim", "reject", second, "--reason", "2", "--why", "it says five")
    with desk.open() as case:
        [decision] = case.reviews.decisions_on(made["claim_id"])
        assert decision.confirmed == ("attribution", "polarity")
        [decision] = case.reviews.decisions_on(other["claim_id"])
        assert (decision.reason, decision.why) == ("wrong_number", "it says five")
    assert list(REJECTION_REASONS)[1] == "wrong_number"
    assert len(REJECTION_REASONS) == 9
    desk.json("claim", "reject", second, "--reason", "0", code=2)
    desk.json("claim", "reject", second, "--reason", "dislike", code=2)
    desk.clean()


def test_a_disagreement_is_settled_by_a_third_and_shows_only_to_those_who_may_see_it(desk):
    suggestion = suggested(desk)[0]
    desk.run("policy", "set", "reviewers_needed", "2")
    [made] = desk.json("claim", "accept", suggestion)
    settle = ("claim", "settle", made["claim_id"], "--verdict", "rejected", "--why", "read again")
    desk.run(*settle, person=THIRD, code=2)
    desk.run("claim", "reject", suggestion, person=SECOND)
    for person in (FIRST, SECOND):
        [row] = queued(desk, "--kind", "disagreements", person=person)
        assert row["item_id"] == made["claim_id"]
    assert queued(desk, "--kind", "disagreements", person=THIRD) == []
    assert [row["item_id"] for row in queued(desk, "--kind", "settle", person=THIRD)] == [
        made["claim_id"]
    ]
    desk.run(*settle, code=2)  # one of those who differ
    desk.run(*settle, person=THIRD)
    rows = {row["claim_id"]: row["status"] for row in desk.json("claim", "list", "--everyone")}
    assert rows[made["claim_id"]] == "rejected"
    assert queued(desk, "--kind", "disagreements") == []
    desk.clean()
    desk.run("policy", "set", "settled_by", "anyone")
    desk.run("claim", "settle", made["claim_id"], "--verdict", "accepted", "--why", "we spoke")
    desk.clean()


def test_passages_of_the_blind_share_are_read_before_their_suggestions_are_seen(tmp_path):
    desk = reviewed_by_three(tmp_path, letter=LONG)
    before = suggested(desk)
    desk.run("policy", "set", "blind_share", "50")
    passages = [row for row in queued(desk) if row["what"] == "passage"]
    others = [row for row in queued(desk, person=SECOND) if row["what"] == "passage"]
    assert passages
    assert passages != others  # each reviewer reads others blind
    document = passages[0]["document"]
    assert len(suggested(desk)) < len(before)
    for row in passages:
        exact = LONG[row["start"] : row["end"]]
        made = desk.add_claim(
            "letter.txt",
            act="killing",
            speakers=[{"name": None}],
            quotes=[{"slot": "act", "exact": exact}],
        )
        desk.run("claim", "read-blind", document, row["start"], "--claim", made)
        desk.run("claim", "read-blind", document, row["start"], code=2)  # once
    assert suggested(desk) == before
    assert [row["what"] for row in queued(desk)] == ["suggestion"] * len(before)
    [report] = desk.json("claim", "report")
    assert report["team"]["recall"]["n"] == len(passages)
    assert report["team"]["recall"]["enough"] is False
    assert "too few to say" in desk.run("claim", "report").out
    desk.clean()


def seeded(desk: Desk) -> list[dict]:
    """Return what stands in the queue and is no suggestion."""
    with desk.open() as case:
        known = set(case.reviews.suggestion_digests())
    return [row for row in queued(desk) if row["item_id"] not in known]


def test_a_seeded_error_is_told_at_once_and_never_becomes_a_claim(desk, monkeypatch):
    monkeypatch.setattr("affiant.claims.seeds.is_chosen", lambda words, *, reviewer, share: True)
    desk.run("policy", "set", "seeded_errors", "10")
    before = desk.json("claim", "list", "--everyone"), desk.json("compare")
    first, second, *_ = seeded(desk)
    reviewer = desk.settings().key().public
    with desk.open() as case:
        ref = next(queue(case, reviewer=reviewer, kind="likely", scope=Scope()))
        shown = queue_item(case, ref=ref, reviewer=reviewer)
        for quote in shown.claim.quotes:
            quote.check(case.text(quote.text_digest))
    [accepted] = desk.json("claim", "accept", first["item_id"])
    assert (accepted["claim_id"], accepted["caught"]) == (None, False)
    [rejected] = desk.json("claim", "reject", second["item_id"])
    assert rejected["caught"] is True
    assert (desk.json("claim", "list", "--everyone"), desk.json("compare")) == before
    assert first["item_id"] not in [row["item_id"] for row in queued(desk)]
    [report] = desk.json("claim", "report")
    assert (report["team"]["caught"]["found"], report["team"]["caught"]["n"]) == (1, 2)
    rows = desk.json("history", "list")
    [entry, _] = [row for row in rows if row["kind"] == "seed.decided/1"]
    desk.run("history", "undo", entry["commitment"], "--why", "x", code=2)
    desk.clean()


def test_sentences_with_a_word_of_violence_and_no_claim_are_listed(desk):
    missed = queued(desk, "--kind", "missed")
    exact = [LETTER[row["start"] : row["end"]] for row in missed]
    assert exact == ["Nobody could say what the shelling was for."]
    desk.run("claim", "read-through", "letter.txt", "--questions", "killed")
    assert queued(desk, "--kind", "missed") == []
    assert queued(desk, "--kind", "missed", person=SECOND) == missed


def test_a_reprint_comes_after_its_original_and_shows_what_it_changes(desk, tmp_path):
    reprint = LETTER.replace("Four women", "Five women")
    desk.run("add", write(tmp_path / "more", {"a-reprint.txt": reprint}))
    desk.run("read")
    desk.run("suggest")
    desk.run("source", "repeats", "a-reprint.txt", "letter.txt", "--why", "the same words")
    rows = queued(desk)
    documents = [row["document"] for row in rows]
    original, copied = desk.document("letter.txt"), desk.document("a-reprint.txt")
    assert documents == [original] * (len(rows) - 1) + [copied]
    assert reprint[rows[-1]["start"] :].startswith("Five women")
    assert len(queued(desk, "--words", "farmers")) == 1
    assert queued(desk, "--document", "letter.txt") == rows[:-1]


@pytest.mark.parametrize("form", ["jsonl", "csv", "web-annotation"])
def test_codings_of_one_case_are_suggestions_in_another_with_the_same_original(
    form, desk, tmp_path
):
    desk.run("claim", "accept", suggested(desk)[0])
    source = tmp_path / "codings"
    source.write_text(desk.run("exchange", "export", "--as-codings", form).out, newline="")
    other = new_desk(tmp_path / "other", name="ford")
    other.run("add", tmp_path / "in")
    other.run("read")
    [done] = other.json("exchange", "import", source, "--reported-by", "Mina Solt")
    sent = desk.json("claim", "list")
    assert (done["taken"], done["refused"]) == (len(sent), [])
    came = other.json("claim", "list")
    own = ("claim_id", "status", "origin", "why", "your_verdict")
    plain = [{name: row[name] for name in row if name not in own} for row in came]
    assert plain == [{name: row[name] for name in row if name not in own} for row in sent]
    assert {row["status"] for row in came} == {"suggested"}
    assert {row["origin"]["tool"] for row in came} == {"Mina Solt"}
    [again] = other.json("exchange", "import", source, "--reported-by", "Mina Solt")
    assert (again["taken"], again["known"]) == (0, len(sent))
    other.run("check", "--repair")
    other.run("claim", "accept", came[0]["claim_id"])
    other.clean()


def test_a_coding_whose_words_do_not_stand_is_refused_by_itself(desk, tmp_path):
    rows = desk.json("claim", "list")
    rows[0]["quotes"][0]["exact"] += "!"
    source = tmp_path / "codings.jsonl"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    [done] = desk.json("exchange", "import", source, "--reported-by", "Mina Solt")
    assert [item["coding"] for item in done["refused"]] == [1]
    assert done["taken"] == len(rows) - 1
    desk.clean()


def test_agreement_is_that_of_first_decisions(desk):
    first, second, *rest = suggested(desk)
    for person in (FIRST, SECOND):
        desk.run("claim", "accept", first, person=person)
        desk.run("claim", "reject", second, person=person)
    found = {row["field"]: row for row in desk.json("claim", "agreement")}
    assert (found["verdict"]["alpha"], found["verdict"]["units"]) == (1.0, 2)
    desk.run("claim", "accept", rest[0])
    desk.run("claim", "reject", rest[0], person=SECOND)
    desk.run("claim", "accept", rest[0], person=SECOND)  # after seeing the other's
    found = {row["field"]: row for row in desk.json("claim", "agreement")}
    assert found["verdict"]["alpha"] < 1
    assert "too few to say" in desk.run("claim", "agreement").out
