"""A case's own decisions change the scores of what waits, by what was seen of it."""

import sqlite3

from flows.desk import new_desk, write

LINES = [
    f"At least {number} people were killed in Oreth on {day} May 2031."
    for number, day in zip(range(11, 31), range(1, 21), strict=True)
]


def scores(desk):
    with sqlite3.connect(desk.folder / "case.db") as db:
        return dict(db.execute("select digest, score from suggestion"))


def test_decisions_change_the_scores_of_what_waits(tmp_path):
    desk = new_desk(tmp_path)
    desk.run("add", write(tmp_path / "in", {"list.txt": "\n\n".join(LINES)}))
    desk.run("read")
    desk.run("suggest")
    before = scores(desk)
    ids = [row["claim_id"] for row in desk.json("claim", "list")]
    assert len(ids) == len(LINES)
    for claim in ids[:12]:
        desk.run("claim", "reject", claim, "--reason", "not_said")
    desk.run("suggest")
    after = scores(desk)
    assert all(float(after[claim]) < float(before[claim]) for claim in ids[12:])
    with sqlite3.connect(desk.folder / "case.db") as db:
        [(why,)] = db.execute("select why from suggestion where digest = ?", [ids[12]])
    assert len(why.split("; ")) == len(set(why.split("; ")))
    desk.run("suggest", "--again")
    assert scores(desk) == after
