"""Which claims tell one incident, which names mean one person: proposed, then decided."""

import pytest

from flows.desk import Desk, new_desk, write
from flows.mill import ids_of, killed

LETTERS = {
    "a.txt": "Four people were killed at the mill in Oreth on 3 May 2031. Kaveh Rostami died.\n",
    "b.txt": "On 4 May 2031 five people were killed in Oreth. كاوه رستمي died.\n",
    "c.txt": "Two people were killed in Oreth on 3 May 2029. کاوه رستمی died.\n",
    "d.txt": "Nine people were killed at the ford on 3 May 2031.\n",
}


def told(
    words: str, number: int, /, *, day: str | None, place: str | None, name: str | None = None
):
    fields = killed(words, number, number)
    fields["when"] = {"edtf": day, "basis": "explicit", "words": ""}
    fields["where"] = {"words": place, "name": place}
    if name:
        fields["involvements"] = [
            {"name": name, "role": "victim", "side": "victim", "strength": "named"}
        ]
    return fields


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = new_desk(tmp_path)
    desk.run("add", write(tmp_path / "in", LETTERS))
    desk.run("read")
    return desk


@pytest.fixture
def claims(desk) -> dict[str, str]:
    oreth = "mill, Oreth"
    return {
        "a": desk.add_claim("a.txt", **told("Four people", 4, day="2031-05-03", place=oreth,
                                            name="Kaveh Rostami")),
        "b": desk.add_claim("b.txt", **told("five people", 5, day="2031-05-04", place="Oreth",
                                            name="كاوه رستمي")),
        "c": desk.add_claim("c.txt", **told("Two people", 2, day="2029-05-03", place=oreth,
                                            name="کاوه رستمی")),
        "d": desk.add_claim("d.txt", **told("Nine people", 9, day="2031-05-03", place="ford")),
    }  # fmt: skip


def proposals(desk: Desk, kind: str) -> list[dict]:
    return [row for row in desk.json("link", "propose") if row["proposal"] == kind]


def test_claims_near_in_time_and_place_are_proposed_and_a_look_alike_is_not(desk, claims):
    [found] = proposals(desk, "incident")
    assert sorted(found["claim_ids"]) == sorted([claims["a"], claims["b"]])
    assert found["why"]
    assert desk.json("link", "list") == []


def test_a_proposal_is_accepted_by_a_person_and_then_no_longer_made(desk, claims):
    [found] = proposals(desk, "incident")
    [made] = desk.json("link", "accept", found["proposal_id"], "--why", "same night")
    assert sorted(made["claims"]) == sorted([claims["a"], claims["b"]])
    assert proposals(desk, "incident") == []
    [incident] = desk.json("link", "list")
    assert incident["claims"] == 2
    desk.run("link", "accept", found["proposal_id"], "--why", "again", code=2)
    desk.clean()


def test_a_pair_judged_different_is_never_proposed_together_again(desk, claims):
    desk.run("link", "judge", claims["a"], claims["b"], "different", "--why", "another mill")
    assert proposals(desk, "incident") == []


def test_names_that_differ_in_letter_forms_only_are_proposed_as_one(desk, claims):
    found = {tuple(row["written"]) for row in proposals(desk, "person")}
    assert ("Kaveh Rostami",) in found
    assert tuple(sorted(("كاوه رستمي", "کاوه رستمی"))) in found


def test_a_withdrawn_claim_is_not_proposed(desk, claims):
    desk.run("claim", "withdraw", claims["b"], "--why", "misread")
    assert proposals(desk, "incident") == []


def test_a_claim_tells_one_incident_at_a_time(mill):
    ids = ids_of(mill)
    [other] = mill.json("link", "incident", "Elsewhere", ids["deln"], "--why", "another place")
    assert mill.json("compare", "Oreth mill")[0]["questions"][0]["range"]["max"] == 4
    mill.run("link", "leave", other["incident_id"], ids["deln"], "--why", "a mistake")
    assert mill.json("compare", "Oreth mill")[0]["questions"][0]["range"]["max"] == 4
    mill.run("link", "join", ids["incident"], ids["deln"], "--why", "it was there")
    assert mill.json("compare", "Oreth mill")[0]["questions"][0]["range"]["max"] == 7
    mill.clean()
