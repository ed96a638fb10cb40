"""Decisions on claims: suggested, decided, blind first, taken back; never lost, never leaked."""

import json
import sqlite3

import pytest

from flows.desk import FIRST, SECOND, Desk, new_desk, write
from flows.mill import ids_of, killed

LETTER = (
    "At least twelve people were killed in Oreth on 3 May 2031.\n"
    "Four women were abducted by soldiers near the mill.\n"
)
CLAIM = [
    *("claim_id", "status", "document", "quotes", "speakers", "modality", "act", "family"),
    *("method", "involvements", "counts", "when", "where", "origin", "why"),
]


@pytest.fixture
def desk(tmp_path) -> Desk:
    """A case with two reviewers and suggestions on one letter."""
    desk = new_desk(tmp_path)
    [made] = desk.json("key", "make", person=SECOND)
    desk.run("key", "admit", made["key"], "--name", SECOND)
    desk.run("policy", "set", "reviewers_needed", "2")
    desk.run("add", write(tmp_path / "in", {"letter.txt": LETTER}))
    desk.run("read")
    desk.run("suggest")
    return desk


def listed(desk: Desk, *words: str, person: str | None = None) -> dict[str, str]:
    """Return claim id to status as a reviewer sees it."""
    return {
        row["claim_id"]: row["status"] for row in desk.json("claim", "list", *words, person=person)
    }


def test_the_shape_of_claim_list_is_the_one_that_others_read(desk):
    rows = desk.json("claim", "list")
    assert rows
    for row in rows:
        assert set(CLAIM) <= set(row)
        assert row["status"] == "suggested"
        assert row["why"]
        assert len(row["claim_id"]) == 64
        assert set(row["origin"]) >= {"tool", "version"}
        for quote in row["quotes"]:
            assert set(quote) == {"slot", "exact", "start", "end", "text_digest"}
            assert LETTER[quote["start"] : quote["end"]] == quote["exact"]
            assert quote["text_digest"].startswith("sha256:")
        for speaker in row["speakers"]:
            assert set(speaker) == {"name", "stance", "basis"}
        for count in row["counts"]:
            assert {"of", "min", "max", "words", "breakdown", "scope"} <= set(count)
        for party in row["involvements"]:
            assert {"name", "role", "side", "strength", "inferred"} <= set(party)
        for field, names in (
            ("when", {"edtf", "clock", "basis", "words"}),
            ("where", {"words", "name"}),
        ):
            assert row[field] is None or names <= set(row[field])


def test_a_decided_claim_is_listed_under_its_own_id(desk):
    suggestion = next(iter(listed(desk)))
    [made] = desk.json("claim", "accept", suggestion)
    assert made["decision"] == "accepted"
    assert len(made["claim_id"]) == 32
    after = listed(desk)
    assert suggestion not in after
    assert after[made["claim_id"]] == "suggested"  # the policy asks for two
    desk.run("claim", "accept", suggestion, person=SECOND)
    assert listed(desk)[made["claim_id"]] == "accepted"


def test_one_reviewer_sees_nothing_of_the_other_s_decision_before_deciding(desk):
    before = desk.json("claim", "list", person=SECOND)
    suggestions = list(listed(desk))
    desk.run("claim", "accept", suggestions[0], "--why", "the words are unmistakable")
    desk.run("claim", "reject", suggestions[1], "--why", "not said")
    desk.run("claim", "edit", suggestions[-1], "--set", 'method="otherwise"', "--why", "more exact")
    assert desk.json("claim", "list", person=SECOND) == before
    assert desk.json("exchange", "export", "--claims", person=SECOND) == before
    [shown] = desk.json("claim", "show", suggestions[0], person=SECOND)
    of_document = {name: shown.pop(name) for name in set(shown) - set(before[0])}
    assert set(of_document) <= {"about", "attached"}
    assert shown == before[[row["claim_id"] for row in before].index(suggestions[0])]
    history = desk.run("history", "list", "--json", person=SECOND).out
    for word in ("accepted", "rejected", "superseded", "unmistakable", "not said", "more exact"):
        assert word not in history
    for about in ("unmistakable", "not said", "more exact", "otherwise"):
        assert desk.json("history", "list", "--about", about, person=SECOND) == []


def test_after_deciding_the_other_s_decision_is_seen(desk):
    suggestion = next(iter(listed(desk)))
    [made] = desk.json("claim", "accept", suggestion, "--why", "the words are unmistakable")
    desk.run("claim", "reject", suggestion, "--why", "another event", person=SECOND)
    for person in (FIRST, SECOND):
        assert listed(desk, person=person)[made["claim_id"]] == "unsure"
        told = desk.run("history", "list", "--about", made["claim_id"], "--json", person=person).out
        assert "unmistakable" in told
        assert "another event" in told


def test_an_edited_claim_is_put_before_the_other_reviewer_once_they_decided(desk):
    suggestion = next(iter(listed(desk)))
    [edited] = desk.json("claim", "edit", suggestion, "--set", 'method="otherwise"')
    assert edited["claim_id"] not in listed(desk, person=SECOND)
    desk.run("claim", "reject", suggestion, "--why", "method is wrong", person=SECOND)
    assert listed(desk, person=SECOND)[edited["claim_id"]] == "suggested"
    desk.run("claim", "accept", edited["claim_id"], person=SECOND)
    assert listed(desk, person=SECOND)[edited["claim_id"]] == "accepted"
    assert listed(desk)[edited["claim_id"]] == "accepted"


def test_a_decision_stays_open_to_the_other_where_the_suggestion_is_no_longer_made(desk):
    suggestion = next(iter(listed(desk)))
    [made] = desk.json("claim", "accept", suggestion)
    with desk.open() as case, case.deriving():
        case.derived.forget_suggestion(suggestion)
    assert listed(desk, person=SECOND)[made["claim_id"]] == "suggested"
    desk.run("claim", "accept", made["claim_id"], person=SECOND)
    assert listed(desk, person=SECOND)[made["claim_id"]] == "accepted"


def test_a_rejection_survives_suggesting_again(desk):
    suggestion = next(iter(listed(desk)))
    [made] = desk.json("claim", "reject", suggestion, "--why", "not said")
    desk.run("claim", "reject", suggestion, person=SECOND)
    for _ in range(2):
        desk.run("suggest", "--again")
        desk.run("check", "--repair")
        assert suggestion not in listed(desk)
        assert listed(desk)[made["claim_id"]] == "rejected"
    desk.clean()


def test_suggesting_again_changes_nothing_that_is_recorded_and_gives_the_same_ids(desk):
    before, entries = listed(desk), desk.json("status")[0]["entries"]
    desk.run("suggest", "--again")
    assert listed(desk) == before
    assert desk.json("status")[0]["entries"] == entries


def test_every_verdict_can_be_given_and_changed(desk):
    suggestion = next(iter(listed(desk)))
    desk.run("policy", "set", "reviewers_needed", "1")
    claim_id = suggestion
    for verdict, status in (("unsure", "unsure"), ("reject", "rejected"), ("accept", "accepted")):
        claim_id = desk.json("claim", verdict, claim_id)[0]["claim_id"]
        assert listed(desk)[claim_id] == status
    desk.run("claim", "withdraw", claim_id, "--why", "no longer")
    assert listed(desk)[claim_id] == "withdrawn"
    desk.clean()


def test_an_edit_of_an_accepted_claim_supersedes_it(mill):
    ids = ids_of(mill)
    assert listed(mill)[ids["borin first"]] == "superseded"
    assert listed(mill)[ids["borin"]] == "accepted"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("edit", "CLAIM", "--set", "act=killing"), "does not set a field to JSON"),
        (("edit", "CLAIM", "--set", 'act="murder"'), "not a claim"),
        (("edit", "CLAIM", "--set", "counts=[]", "--set", "quotes=[]"), "not a claim"),
        (("edit", "CLAIM"), "changes nothing"),
        (("accept", "ffffff"), "no claim"),
        (("accept", ""), "no claim"),
        (("withdraw", "SUGGESTION", "--why", "x"), "nobody has decided"),
        (("read-through", "letter.txt", "--questions", "killed,weather"), "weather"),
        (("read-through", "letter.txt", "--questions", ""), "none given"),
        (("read-through", "no-such.txt", "--questions", "killed"), "0 documents"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_words(words, problem, desk):
    suggestions = list(listed(desk))
    [made] = desk.json("claim", "accept", suggestions[0])
    names = {"CLAIM": made["claim_id"], "SUGGESTION": suggestions[-1]}
    [error] = desk.json("claim", *(names.get(word, word) for word in words), code=2)
    assert problem in error["problem"]
    assert error["remedy"]
    desk.clean()


@pytest.mark.parametrize(
    ("quote", "code"),
    [
        ({"exact": "twelve persons"}, 5),
        ({"exact": "people", "start": 0}, 5),
        ({"exact": "the", "nth": 9}, 5),
        ({"exact": ""}, 5),
        ({}, 5),
        ({"exact": "e"}, 2),
        ({"exact": "people", "start": -3}, 5),
        ({"exact": "people", "text_digest": "sha256:" + "0" * 64}, 5),
    ],
)
def test_a_quote_that_does_not_stand_there_is_refused(quote, code, desk):
    source = desk.configuration / "claim.json"
    source.write_text(json.dumps(killed("x", 1, 1, quotes=[{"slot": "act", **quote}])))
    [error] = desk.json("claim", "add", "letter.txt", "--from", source, code=None)
    assert error["exit_code"] == code
    desk.clean()


def test_words_that_stand_twice_are_told_apart_by_their_number(desk):
    for number in (0, 1):
        quote = {"slot": "act", "exact": "were", "nth": number}
        made = desk.add_claim("letter.txt", **killed("x", 1, 1, quotes=[quote]))
        [row] = [row for row in desk.json("claim", "list") if row["claim_id"] == made]
        assert row["quotes"][0]["start"] == [LETTER.index("were"), LETTER.rindex("were")][number]


def test_claims_of_one_document_or_one_status_are_listed_alone(mill):
    alone = mill.json("claim", "list", "--document", "deln.txt")
    assert [row["claim_id"] for row in alone] == [ids_of(mill)["deln"]]
    rejected = mill.json("claim", "list", "--status", "rejected")
    assert [row["claim_id"] for row in rejected] == [ids_of(mill)["rejected"]]


def test_a_person_who_is_not_a_member_decides_nothing(desk):
    desk.run("key", "make", person="Ciro Vane")
    [error] = desk.json("claim", "accept", next(iter(listed(desk))), person="Ciro Vane", code=4)
    assert "not admitted" in error["problem"]
    [error] = desk.json("claim", "accept", "abcdef", person="Nobody At All", code=4)
    assert "no signing key" in error["problem"]


def test_every_decision_names_its_author_in_the_history(desk):
    suggestion = next(iter(listed(desk)))
    desk.run("claim", "accept", suggestion)
    desk.run("claim", "accept", suggestion, person=SECOND)
    acts = [(row["by"], row["kind"]) for row in desk.json("history", "list", person=SECOND)]
    assert acts[-2:] == [(FIRST, "claim.accepted/1"), (SECOND, "claim.accepted/1")]


def test_what_was_obtained_cannot_be_taken_back(desk):
    for row in desk.json("history", "list"):
        if row["kind"] in ("original.added/1", "text.read/1", "case.opened/1"):
            desk.run("history", "undo", row["commitment"], "--why", "x", code=2)
    desk.run("history", "undo", "abc", "--why", "x", code=2)
    desk.clean()


def test_a_misspelt_place_is_taken_for_one_that_people_of_the_case_named(tmp_path):
    desk = new_desk(tmp_path, name="spelling")
    pages = {
        "one.txt": "Soldiers killed two men in Qarsan.\n",
        "two.txt": "Militiamen killed three men in Qarsaan.\n",
    }
    desk.run("add", write(tmp_path / "in", pages))
    desk.run("read")
    desk.run("suggest")
    rows = desk.json("claim", "list")
    assert [row["where"]["latitude"] for row in rows] == [None, None]
    [first] = [row for row in rows if "Qarsan" in row["where"]["words"]]
    place = {"words": "Qarsan", "name": "Qarsan, Ost", "latitude": "10.5", "longitude": "20.5"}
    desk.run("claim", "edit", first["claim_id"], "--set", f"where={json.dumps(place)}")
    desk.run("suggest", "--again")
    [second] = [row for row in desk.json("claim", "list") if row["where"]["words"] == "Qarsaan"]
    assert second["where"]["name"] == "Qarsan, Ost"
    assert second["where"]["latitude"] == "10.5"
    assert "taken for Qarsan, Ost, spelt otherwise" in second["why"]
    assert any(quote["exact"] == "Qarsaan" for quote in second["quotes"])
    waiting = desk.json("claim", "list", "--status", "suggested")
    assert [row["claim_id"] for row in waiting] == [second["claim_id"]], "decided stays decided"


def test_a_place_that_becomes_known_brings_no_rejection_back(tmp_path):
    desk = new_desk(tmp_path, name="again")
    pages = {
        "one.txt": "Soldiers killed two men in Qarsan.\n",
        "two.txt": "Militiamen killed three men in Qarsaan.\n",
    }
    desk.run("add", write(tmp_path / "in", pages))
    desk.run("read")
    desk.run("suggest")
    by_words = {row["where"]["words"]: row for row in desk.json("claim", "list")}
    desk.run("claim", "reject", by_words["Qarsaan"]["claim_id"], "--why", "hearsay")
    place = {"words": "Qarsan", "name": "Qarsan, Ost", "latitude": "10.5", "longitude": "20.5"}
    edit = ("--set", f"where={json.dumps(place)}")
    desk.run("claim", "edit", by_words["Qarsan"]["claim_id"], *edit)
    desk.run("suggest", "--again")
    assert desk.json("claim", "list", "--status", "suggested") == []


def test_countries_are_set_by_their_codes_and_by_nothing_else(tmp_path):
    desk = new_desk(tmp_path, name="countries")
    desk.run("policy", "set", "countries", "XA XB")
    desk.run("policy", "set", "countries", "")
    for wrong in ("Xa", "X", "XA,XB", "XA  XB", " ", "XA XB "):
        desk.run("policy", "set", "countries", wrong, code=2)


def test_a_claim_stands_where_its_act_is_told_not_where_its_basis_is(tmp_path):
    desk = new_desk(tmp_path)
    lines = ["I saw it myself.", "Ten women were taken in Oreth.", "Two men were killed in Sedra."]
    desk.run("add", write(tmp_path / "in", {"letter.txt": "\n\n".join(lines)}))
    desk.run("read")
    letter = desk.document("letter.txt")
    later = desk.add_claim(
        letter,
        act="killing",
        speakers=[{"name": None, "basis": "saw"}],
        quotes=[
            {"slot": "act", "exact": "Two men were killed"},
            {"slot": "basis", "exact": "I saw it myself"},
        ],
    )
    first = desk.add_claim(
        letter,
        act="abduction",
        speakers=[{"name": None}],
        quotes=[{"slot": "act", "exact": "Ten women were taken"}],
    )
    with sqlite3.connect(desk.folder / "case.db") as db:
        starts = dict(db.execute("select claim_id, start from claim"))
    text = "\n\n".join(lines)
    assert starts == {first: text.index("Ten"), later: text.index("Two")}
