"""Incidents read from invented reports by the shipped weights."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from affiant.claims.learned.governing import governing_features, sort_of, word_index
from affiant.claims.learned.incidents import incidents
from affiant.claims.learned.mentions import mentions
from affiant.claims.learned.reports import plain, read_report
from affiant.claims.learned.second_look import same_entity
from affiant.claims.learned.syntax import left_governor, right_governor
from affiant.claims.learned.trees import Trees, tree_scores
from affiant.claims.learned.weights import KINDS, SLOTS, pack, shipped, table_of, unpack

CAPITALS = """   PORT SEDRA, 3 MAY 31 -- [REPORT] [TEXT] GUERRILLAS OF THE SEDRA LIBERATION
FRONT [SLF] MURDERED JUDGE NELA VARO TODAY.

   THE ATTACKERS USED RIFLES."""
LOWER = (
    "guerrillas of the sedra liberation front (slf) murdered judge nela varo today."
    "    the attackers used rifles."
)
BOMB = (
    "a powerful bomb exploded this morning at the offices of the port company in sedra."
    "  two terrorists placed the bomb.  the explosion destroyed a bus and wounded a guard."
)
MEETING = "the ministers of trade met in sedra today to discuss the price of coffee and sugar."


def test_capitals_with_a_dateline_are_read_as_their_lower_case_form():
    assert read_report(CAPITALS).text == LOWER


def test_a_report_in_capitals_tells_the_same_incidents():
    assert incidents(CAPITALS) == incidents(LOWER)


def test_a_bombing_is_read_with_its_weapon():
    found, *further = incidents(BOMB)
    assert found.kind == "bombing"
    assert any("bomb" in words for words in found.fillers["Weapon"])
    assert all(one.kind == "bombing" and not any(one.fillers.values()) for one in further)


def test_no_incident_is_told_twice_in_the_same_words():
    for text in (BOMB, LOWER):
        found = incidents(text)
        assert all(one not in found[:at] for at, one in enumerate(found))


def test_a_meeting_tells_no_incident():
    assert incidents(MEETING) == []


def test_every_filler_stands_in_the_report():
    for one in incidents(BOMB) + incidents(LOWER):
        assert all(words in BOMB + LOWER for said in one.fillers.values() for words in said)


def test_an_acronym_and_a_longer_form_are_one_entity():
    assert same_entity("slf", other="sedra liberation front")
    assert same_entity("guerrillas", other="two guerrillas")
    assert not same_entity("nela varo", other="rifles")


def test_a_long_phrase_with_what_is_attached_is_among_the_mentions():
    found = mentions(read_report(LOWER))
    assert plain("guerrillas of the Sedra Liberation Front") in found
    assert "nela varo" in found


def test_packed_weights_read_back_and_give_the_same_bytes():
    weights = shipped()
    packed = pack(weights)
    assert pack(unpack(packed)) == packed == pack(weights)


def test_a_table_keeps_each_weight_within_one_step():
    weights = np.array([[0.5, -3.0], [0.02, 1.0], [-0.25, 0.0]])
    table = table_of(weights)
    assert abs(table.cells * table.step - weights).max() <= 3 / 127
    assert table.total([0, 1]).shape == (2,)
    assert table.intercept()[0] < 0


def test_a_tree_asks_level_by_level():
    trees = Trees(
        asked=np.array([[0, 1, 1]], dtype=np.int16),
        over=np.array([[5, 1, 2]], dtype=np.float32),
        worth=np.array([[1, 2, 3, 4]], dtype=np.float32),
        base=np.array([10], dtype=np.float32),
    )
    values = np.array([[0.0, 0], [0, 9], [9, 2], [9, 3]])
    assert tree_scores(values, trees=trees).tolist() == [11, 12, 13, 14]


def test_the_verb_of_a_subject_and_of_an_object_govern_it():
    words = ["two", "men", "shot", "judge", "nela", "varo", "and", "a", "guard", "."]
    assert right_governor(words, last=1)[:2] == ("shot", "act")
    assert left_governor(words, first=3)[:2] == ("shot", "act")
    assert left_governor(words, first=8)[:2] == ("shot", "act")


def test_a_passive_governs_through_its_preposition():
    words = ["judge", "nela", "varo", "was", "killed", "by", "members", "of", "the", "front", "."]
    assert right_governor(words, last=2)[:2] == ("killed", "pas")
    assert left_governor(words, first=6)[:3] == ("killed", "pas", "by")
    assert left_governor(words, first=9)[:3] == ("members", "noun", "of")


def test_a_name_is_seen_where_its_end_comes_again():
    report = read_report("judge nela varo spoke. the murder of varo was condemned.")
    key = "nela varo"
    found = governing_features(
        report,
        key=key,
        places=mentions(report)[key],
        index=word_index(report),
        common=lambda _: 0,
    )
    assert sort_of(key, common=lambda _: 0) == "rare"
    assert "cG=murder_of" in found
    assert "G=murder_of" not in found


@given(st.text(alphabet="ab .,;'()\n-1", max_size=200))
def test_any_text_can_be_read(text):
    assert all(one.kind in KINDS for one in incidents(text))


def test_the_benchmark_runs_on_three_invented_reports(tmp_path):
    reports = [("a", {"text": CAPITALS}), ("b", {"doctext": BOMB}), ("c", {"doctext": MEETING})]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps({"docid": d, **t}) for d, t in reports))
    script = Path(__file__).parents[3] / "benchmarks/muc.py"
    command = [sys.executable, str(script), "--input", str(source), "--output", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    lines = [json.loads(line) for line in target.read_text().splitlines()]
    assert [line["docid"] for line in lines] == ["a", "b", "c"]
    assert all(set(t) == {"incident_type", *SLOTS} for line in lines for t in line["templates"])
