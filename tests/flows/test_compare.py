"""What each voice says to one question: the seven states, the range, who is known to know."""

from flows.desk import Desk, new_desk, write
from flows.mill import ids_of, killed

VOICE = ["source", "source_id", "origin", "state", "value", "claim_id", "claim_ids", "alone"]


def killed_row(desk: Desk) -> dict:
    [incident] = desk.json("compare")
    return next(row for row in incident["questions"] if row["question"] == "killed")


def states(desk: Desk) -> dict[str, str]:
    return {voice["source"]: voice["state"] for voice in killed_row(desk)["voices"]}


def test_the_shape_of_compare_is_the_one_that_others_read(mill_once):
    [incident] = mill_once.json("compare")
    assert list(incident)[:3] == ["incident_id", "label", "questions"]
    for row in incident["questions"]:
        assert list(row) == [
            *("question", "voices", "range", "shown_independent", "at_most", "grade"),
        ]
        assert list(row["range"]) == ["min", "max", "rule", "members"]
        for voice in row["voices"]:
            assert list(voice) == [*VOICE, "repeats"]


def test_all_seven_states_stand_where_a_reader_would_put_them(mill_once):
    assert states(mill_once) == {
        "Alba Merin": "agrees",
        "Borin Tash": "agrees",
        "Cadle Review": "fits",
        "Deln Union": "differs",
        "Ministry of Calm": "denies",
        "Echo of the North": "repeats",
        "Green Valley Letter": "silent",
        "Hollow Post": "not_reviewed",
        "Province Office": "silent",
    }


def test_the_range_names_its_rule_and_its_members(mill_once):
    ids, row = ids_of(mill_once), killed_row(mill_once)
    members = sorted(ids[name] for name in ("alba", "borin", "cadle", "deln"))
    assert row["range"] == {
        "min": 3, "max": 7, "rule": "range_of_unrepeated_counts/1", "members": members,
    }  # fmt: skip


def test_knowers_who_depend_on_each_other_are_one_and_a_voice_without_one_adds_to_the_most(
    mill_once,
):
    row = killed_row(mill_once)
    assert (row["shown_independent"], row["at_most"]) == (2, 3)
    assert row["grade"]["grade"] == "supported"
    assert row["grade"]["contested"]
    assert row["grade"]["rule"] == "shown_knowers/1"
    assert row["grade"]["reasons"]
    assert row["grade"]["would_change"]


def test_a_total_over_several_events_is_kept_out_and_named(mill_once):
    [incident] = mill_once.json("compare")
    assert incident["aggregates_kept_out"] == [ids_of(mill_once)["yearly"]]
    assert killed_row(mill_once)["range"]["max"] == 7


def test_a_repeat_says_whom_it_repeats(mill_once):
    voices = {voice["source"]: voice for voice in killed_row(mill_once)["voices"]}
    assert voices["Echo of the North"]["repeats"] == mill_once.document("alba.txt")
    assert voices["Alba Merin"]["origin"] == "alba knew"
    assert voices["Green Valley Letter"]["claim_id"] is None


def test_a_correction_takes_the_place_of_what_it_corrects(mill):
    mill.run("source", "repeats", "borin.txt", "deln.txt", "--kind", "corrects", "--why", "counted")
    row = killed_row(mill)
    assert (row["range"]["min"], row["range"]["max"]) == (3, 4)
    mill.clean()


def test_a_reading_through_turns_not_reviewed_into_silence(mill):
    mill.run("claim", "read-through", "hollow.txt", "--questions", "killed")
    assert states(mill)["Hollow Post"] == "silent"


def test_a_withdrawn_claim_leaves_the_comparison_and_comes_back_with_the_undoing(mill):
    ids = ids_of(mill)
    mill.run("claim", "withdraw", ids["deln"], "--why", "misread")
    assert states(mill)["Deln Union"] == "silent"
    assert killed_row(mill)["range"]["max"] == 4
    [entry] = [row for row in mill.json("history", "list") if row["why"] == "misread"]
    mill.run("history", "undo", entry["commitment"], "--why", "it was right")
    assert states(mill)["Deln Union"] == "differs"
    [undoing] = [row for row in mill.json("history", "list") if row["why"] == "it was right"]
    mill.run("history", "undo", undoing["commitment"], "--why", "no")
    assert states(mill)["Deln Union"] == "silent"
    mill.clean()


def test_two_reviewers_must_agree_where_the_policy_asks_for_two(mill):
    mill.run("policy", "set", "reviewers_needed", "2")
    assert mill.json("compare")[0]["questions"] == []


def test_a_claim_that_only_may_have_happened_moves_no_range(mill):
    ids = ids_of(mill)
    made = mill.add_claim("hollow.txt", **killed("closed", 900, 900, modality="possible"))
    mill.run("link", "join", ids["incident"], made, "--why", "same place")
    assert killed_row(mill)["range"]["max"] == 7


def test_the_accused_s_own_number_counts_by_the_same_rule(mill):
    """A denial of some is an answer like any other when it gives a number."""
    made = mill.add_claim(
        "ministry.txt",
        **killed("nobody was killed", 2, 2, speakers=[{"name": "Ministry of Calm"}]),
    )
    mill.run("link", "join", ids_of(mill)["incident"], made, "--why", "same place")
    assert killed_row(mill)["range"]["min"] == 2


def test_proposals_of_who_repeats_whom_name_the_shared_words(tmp_path):
    desk = new_desk(tmp_path)
    told = "On the third day the soldiers came down the valley and shot four men at the old mill."
    letters = {
        "a.txt": told + " They left.\n",
        "b.txt": "Editor. " + told,
        "c.txt": "Nothing else.",
    }
    desk.run("add", write(tmp_path / "in", letters))
    desk.run("read")
    [proposal] = desk.json("compare", "--origins")
    assert proposal["runs"] >= 8
    assert {proposal["document"], proposal["of"]} == {
        desk.document("a.txt"), desk.document("b.txt"),
    }  # fmt: skip


def test_an_incident_that_is_not_there_is_wrong_use(mill_once):
    [error] = mill_once.json("compare", "no such", code=2)
    assert "no incident" in error["problem"]


def test_an_incident_is_found_by_its_label(mill_once):
    assert mill_once.json("compare", "Oreth mill")[0]["label"] == "Oreth mill"
